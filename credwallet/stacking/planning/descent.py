"""What is the cheapest way to fill one part of a plan?

Unit by unit, as `walk`: all ways so far that leave the same state are one, and only the
cheapest is kept; where a second resource is limited too, all that none beats in both.
A narrow first walk finds some way to fill it and often everything. Otherwise prices
bound what is still to be spent, and what cannot beat the best that is known is dropped.
"""

from typing import Any, NamedTuple

from credwallet.stacking.allocating.walk import Budget
from credwallet.stacking.planning.course import Course, State, Way, can_fill, moved
from credwallet.stacking.planning.prices import Spending, spending_of, still_to_spend

_FIRST, _SECOND = 64, 512

# A label is a weight, an amount of the other resource, and (earlier label, choice).
Label = tuple[int, int, Any]
Layer = dict[State, list[Label]]
Choices = tuple[tuple[int, int], ...]


class Filled(NamedTuple):
    """The cheapest way to fill a part.

    `choices` are (unit, option) pairs, None if no way was found. None is cheaper than
    `lower`; it is `weight` where that is proven.
    """

    weight: int
    extra: int
    choices: Choices | None
    lower: int


class Front(NamedTuple):
    """All ways to fill a part that none beats in both, and whether they are all."""

    ways: tuple[tuple[int, int, Choices], ...]
    complete: bool


def fill(course: Course, budget: Budget, *, unit: int) -> Filled | None:
    """Find the cheapest way to fill a part.

    Args:
        course: The part.
        budget: Steps that are left; what this takes is taken off.
        unit: Differences below it are only of order, and are looked for last.

    Returns:
        The way, or the best found with a bound; None if there certainly is none.

    """
    if budget.left < 0:
        return Filled(0, 0, None, 0)
    first = _Walk(course, budget, width=_FIRST)
    first.run()
    best = _cheapest(first)
    if not first.cut:
        return best
    spending = spending_of(course, best.weight if best else None)
    for width in (_SECOND, None):
        aim = None if best is None else best.weight // unit * unit
        walk = _Walk(course, budget, width=width, known=spending, aim=aim)
        walk.run()
        found = _cheapest(walk)
        if found is not None:
            best = found
        if not walk.cut:
            # What was found beats the aim, and is the cheapest of all that do.
            return best if best is None or found is not None else _first(walk, best)
    lower = walk.lower()
    if best is None:
        return Filled(0, 0, None, lower)
    return best._replace(lower=min(lower, best.weight))


def _first(walk: "_Walk", best: Filled) -> Filled:
    """Find the first in order of those that cost as little as the best."""
    again = _Walk(
        walk.course, walk.budget, width=None, known=walk.spending, aim=best.weight
    )
    again.run()
    found = _cheapest(again) or best
    return found._replace(lower=walk.lower()) if again.cut else found


def fill_in_all_ways(course: Course, budget: Budget, *, most_extra: int) -> Front:
    """Find every way to fill a part that no other beats in weight and resource.

    Args:
        course: The part.
        budget: Steps that are left; what this takes is taken off.
        most_extra: Of the resource; ways that take more are left out.

    Returns:
        The ways, the cheapest first; not complete if the budget ended.

    """
    ways = (tuple(way._replace(weight=way.extra) for way in w) for w in course.ways)
    spending = spending_of(course._replace(ways=tuple(ways)), most_extra)
    walk = _Walk(course, budget, known=spending, most_extra=most_extra)
    walk.run()
    found = [label for labels in walk.layer.values() for label in labels]
    kept = undominated([(w, e, _choices(chain)) for w, e, chain in found])
    return Front(() if walk.cut else tuple(kept), not walk.cut)


def undominated(
    ways: list[tuple[int, int, Choices]],
) -> list[tuple[int, int, Choices]]:
    """Keep the ways that no other beats in both numbers, the cheapest first."""
    kept: list[tuple[int, int, Choices]] = []
    for way in sorted(ways, key=lambda way: way[:2]):
        if not kept or way[1] < kept[-1][1]:
            kept.append(way)
    return kept


class _Walk:
    """One walk through all units; `cut` says that not every state was followed.

    Only what weighs less than `aim` is looked for; with `most_extra` every way is that
    takes no more of the other resource, which `known` is about then.
    """

    def __init__(  # noqa: PLR0913 -- all keyword-only
        self,
        course: Course,
        budget: Budget,
        *,
        width: int | None = None,
        known: Spending | None = None,
        aim: int | None = None,
        most_extra: int | None = None,
    ) -> None:
        self.course = course
        self.budget = budget
        self.width = width
        self.spending = known
        self.aim = aim
        self.most_extra = most_extra
        self.cut = False
        self.depth = -1
        # Of the states of the last layer.
        self._bounds: dict[State, int | None] = {}
        self.layer: Layer = {(0,) * len(course.layout.bounds): [(0, 0, None)]}

    def run(self) -> None:
        """Decide every unit, unless the budget ends."""
        cost = self.course.layout.cost
        for number, ways in enumerate(self.course.ways):
            steps = cost * len(ways) * sum(map(len, self.layer.values()))
            if self.width is None and self.budget.left < steps:
                self.cut = True
                return
            self.budget.left -= steps
            self.layer = self._step(number)
            if self.width is None and self.budget.left < 0:
                self.cut = True
                return
            self.depth = number
            if self.width is not None and len(self.layer) > self.width:
                self.cut = True
                self.layer = self._thinned(number, self.width)

    def lower(self) -> int:
        """Bound what any way weighs, of a walk that dropped nothing for its width."""
        found = [] if self.aim is None else [self.aim]
        for state, labels in self.layer.items():
            left = self._left(self.depth, state)
            if left is not None:
                found.append(min(label[0] for label in labels) + left)
        return min(found, default=0)

    def _step(self, number: int) -> Layer:
        grown: Layer = {}
        self._bounds.clear()
        for state, labels in self.layer.items():
            for way in self.course.ways[number]:
                child = moved(self.course, number, state, way)
                if child is None:
                    continue
                before = grown.get(child, [])
                others = before
                if self.most_extra is not None:
                    # Each label is held against all of the others.
                    self.budget.left -= len(labels) * len(before)
                for label in labels:
                    longer = self._longer(label, way)
                    if longer is not None and not self._beaten(others, longer):
                        others = self._with(others, longer)
                if others is not before and self._worthy(number, child, others):
                    grown[child] = others
        return grown

    def _longer(self, label: Label, way: Way) -> Label | None:
        """Add a way to a label; None if it takes too much of the other resource."""
        weight, extra, chain = label
        extra += way.extra
        if self.most_extra is not None and extra > self.most_extra:
            return None
        chain = chain if way.choice is None else (chain, way.choice)
        return weight + way.weight, extra, chain

    def _worthy(self, number: int, state: State, labels: list[Label]) -> bool:
        """Say whether a state could still come to what is looked for."""
        if self.spending is None:
            return can_fill(self.course, number, state)
        left = self._left(number, state)
        if left is None:
            return False
        if self.most_extra is not None:
            return min(label[1] for label in labels) + left <= self.most_extra
        return self.aim is None or labels[0][0] + left < self.aim

    def _beaten(self, others: list[Label], label: Label) -> bool:
        weight, extra, _ = label
        if self.most_extra is None:
            return bool(others) and others[0][0] <= weight
        return any(w <= weight and e <= extra for w, e, _ in others)

    def _with(self, others: list[Label], label: Label) -> list[Label]:
        if self.most_extra is None:
            return [label]
        weight, extra, _ = label
        return [*(o for o in others if o[0] < weight or o[1] < extra), label]

    def _left(self, number: int, state: State) -> int | None:
        """Bound what is still to be spent; None if nothing is enough."""
        if self.spending is None or number < 0:
            return 0
        if state not in self._bounds:
            bound = still_to_spend(self.course, self.spending, number, state)
            self._bounds[state] = bound
        return self._bounds[state]

    def _thinned(self, number: int, width: int) -> Layer:
        """Keep the most promising states."""
        layout = self.course.layout

        def promise(entry: tuple[State, list[Label]]) -> tuple[int, int, State]:
            state, labels = entry
            most = zip(state, layout.bounds, strict=True)
            full = sum((have << 10) // (bound or 1) for have, bound in most)
            return (labels[0][0] + (self._left(number, state) or 0), -full, state)

        return dict(sorted(self.layer.items(), key=promise)[:width])


def _cheapest(walk: _Walk) -> Filled | None:
    if walk.depth + 1 < len(walk.course.ways):
        return None
    ways = [labels[0] for labels in walk.layer.values()]
    if not ways:
        return None
    weight, extra, chain = min(ways, key=lambda label: label[0])
    return Filled(weight, extra, _choices(chain), weight)


def _choices(chain: Any) -> Choices:
    choices = []
    while chain is not None:
        chain, choice = chain
        choices.append(choice)
    return tuple(reversed(choices))
