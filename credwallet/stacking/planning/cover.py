"""What is the least that must be taken, apart from time and prerequisites?

The problem of `progress` falls into parts that have nothing in common; each is filled
for itself, and remembered. Gates tie parts together: they are left out at first, and
looked at once an answer fails them.
"""

from collections.abc import Sequence
from typing import NamedTuple

from credwallet.stacking.allocating.components import Component, components_of
from credwallet.stacking.allocating.layout import Layout, Part, layout_of
from credwallet.stacking.allocating.walk import Budget
from credwallet.stacking.planning.course import Course, course_of, is_full
from credwallet.stacking.planning.descent import (
    Choices,
    Filled,
    Front,
    fill,
    fill_in_all_ways,
    undominated,
)
from credwallet.stacking.planning.field import Field

_Price = tuple[int, int] | None
# A part by its place, and what its offers cost.
_Key = tuple[int, tuple[_Price, ...]]


class Wanted(NamedTuple):
    """Which offers are taken, which are not, and what each of the others weighs."""

    forced: frozenset[int]
    forbidden: frozenset[int]
    weights: tuple[int, ...]


class Covered(NamedTuple):
    """Offers that fill everything, or a bound.

    Nothing that fills everything weighs less than `lower`, not counting what is forced.
    `offers` are those used, without what is forced; None if none were found.
    `choices` are (unit, option) pairs. `exact` says that `offers` weigh `lower`.
    """

    lower: int
    offers: frozenset[int] | None
    choices: Choices
    exact: bool


class Cover:
    """Fills the problem of a field again and again, as more is decided.

    Args:
        field: Offers and problem.
        extras: What each offer takes of a second resource, whole numbers.
        most_extra: How much of it there is; None if it is not limited.
        unit: What one step of what is minimised weighs.
        budget: Steps that are left.

    """

    def __init__(
        self,
        field: Field,
        *,
        unit: int,
        extras: Sequence[int],
        most_extra: int | None,
        budget: Budget,
    ) -> None:
        self.field = field
        self.unit = unit
        self.extras = extras
        self.most_extra = most_extra
        self.budget = budget
        self.gates = False
        self._components = components_of(field.problem)
        self._layouts = self._laid_out()
        self._inside = self._offers_inside()
        self._filled: dict[_Key, Filled | None] = {}
        self._fronts: dict[tuple[_Key, int], Front] = {}

    def heed_gates(self) -> None:
        """Tie the parts together that gates look at, from now on."""
        self.gates = True
        self._layouts = self._laid_out()
        self._inside = self._offers_inside()
        self._filled.clear()
        self._fronts.clear()

    def cover(self, wanted: Wanted) -> Covered | None:
        """Find the least that fills everything.

        Args:
            wanted: What is decided already.

        Returns:
            The offers, or a bound; None if nothing can fill everything.

        """
        if not self._can_fill():
            return None
        keys = [(n, self._prices(n, wanted)) for n in range(len(self._layouts))]
        found: list[Filled] = []
        for key in keys:
            if key not in self._filled:
                self._filled[key] = fill(self._course(key), self.budget, unit=self.unit)
            filled = self._filled[key]
            if filled is None:
                return None
            found.append(filled)
        lower = sum(filled.lower for filled in found)
        if any(filled.choices is None for filled in found):
            return Covered(lower, None, (), exact=False)
        choices = tuple(c for filled in found for c in filled.choices or ())
        exact = all(filled.lower == filled.weight for filled in found)
        best = Covered(lower, self._offers(choices, wanted), choices, exact)
        spent = sum(self.extras[n] for n in wanted.forced)
        extra = spent + sum(filled.extra for filled in found)
        if self.most_extra is None or extra <= self.most_extra:
            return best
        return self._within(best, keys, wanted, self.most_extra - spent)

    def _within(
        self,
        best: Covered,
        keys: list[_Key],
        wanted: Wanted,
        room: int,
    ) -> Covered | None:
        """Find the least that keeps to the second resource too."""
        if room < 0:
            return None
        fronts = []
        for key in keys:
            if (key, room) not in self._fronts:
                self._fronts[key, room] = fill_in_all_ways(
                    self._course(key), self.budget, most_extra=room
                )
            fronts.append(self._fronts[key, room])
            if not fronts[-1].complete:
                # Whoever asks sees that the resource does not suffice, and decides on.
                return best
            if not fronts[-1].ways:
                return None
        ways: list[tuple[int, int, Choices]] = [(0, 0, ())]
        for front in fronts:
            self.budget.left -= len(ways) * len(front.ways)
            ways = undominated(
                [
                    (weight + w, extra + e, (*choices, *c))
                    for weight, extra, choices in ways
                    for w, e, c in front.ways
                    if extra + e <= room
                ]
            )
        if not ways:
            return None
        weight, _, choices = ways[0]
        return Covered(weight, self._offers(choices, wanted), choices, exact=True)

    def meets_gates(self, choices: Choices) -> bool:
        """Say whether an allocation meets every gate of the problem."""
        problem = self.field.problem
        have = [0] * len(problem.minimums)
        for unit, option in choices:
            for place, amount in problem.units[unit][option].gates:
                have[place] += amount
        return all(n >= least for n, least in zip(have, problem.minimums, strict=True))

    def _offers(self, choices: Choices, wanted: Wanted) -> frozenset[int]:
        owners = {self.field.owners[unit][option] for unit, option in choices}
        return frozenset(owners - {-1} - wanted.forced)

    def _can_fill(self) -> bool:
        """Say whether what no unit serves is full already."""
        problem = self.field.problem
        served = {place for part in self._components for place in part.blocks}
        empty, needs = [0] * len(problem.leaves), [leaf.need for leaf in problem.leaves]
        if self.gates and any(
            least > 0
            and not any(place in self._tied(part) for part in self._components)
            for place, least in enumerate(problem.minimums)
        ):
            return False
        return all(
            place in served or is_full(block.tree, empty, needs)
            for place, block in enumerate(problem.blocks)
        )

    def _prices(self, place: int, wanted: Wanted) -> tuple[_Price, ...]:
        """Say what each offer in a part costs now: its part of the key of an answer."""
        prices: list[_Price] = []
        for number in self._inside[place]:
            if number in wanted.forced:
                prices.append((0, 0))
            elif number in wanted.forbidden:
                prices.append(None)
            else:
                prices.append((wanted.weights[number], self.extras[number]))
        return tuple(prices)

    def _course(self, key: _Key) -> Course:
        place, prices = key
        price_of = dict(zip(self._inside[place], prices, strict=True))
        owners = self.field.owners
        return course_of(self._layouts[place], owners, price_of.__getitem__)

    def _laid_out(self) -> tuple[Layout, ...]:
        problem = self.field.problem
        apart, together = list(self._components), []
        if self.gates:
            apart = [part for part in self._components if not self._tied(part)]
            together = [part for part in self._components if self._tied(part)]
        nothing = (0,) * problem.cases
        found = [layout_of(problem, (Part(part, nothing),), ()) for part in apart]
        if together:
            parts = [Part(part, nothing) for part in together]
            found.append(layout_of(problem, parts, range(len(problem.gates))))
        return tuple(found)

    def _offers_inside(self) -> tuple[tuple[int, ...], ...]:
        """List the offers of each part."""
        owners = self.field.owners
        return tuple(
            tuple(sorted({n for unit in layout.units for n in owners[unit] if n >= 0}))
            for layout in self._layouts
        )

    def _tied(self, part: Component) -> frozenset[int]:
        """List the minimums that units of a part add to."""
        return frozenset(
            place
            for unit in part.units
            for option in self.field.problem.units[unit]
            for place, _ in option.gates
        )
