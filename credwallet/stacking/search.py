"""Which allocation of some parts of a problem is the best?

Units are decided one after the other. After each, all ways so far that leave the same
state (what each open requirement has, how much of each cap is used, how far each gate
is) are one: only the best of them is kept. Nothing is lost by that, so the answer is
exact. A first pass keeps few states and finds a good answer; if that was not yet all
there is, a second pass keeps every state that could still beat it.

The objective (`stacking.md` section 6.6), case by case: fraction, gates met,
requirements done; then fewest credentials; then the canonical order. "Satisfied" is the
largest fraction with all gates met, so it needs no place of its own.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from credwallet.stacking.layout import Depth, Layout, Move, Part, layout_of
from credwallet.stacking.problem import Problem
from credwallet.stacking.worth import worth

_FIRST_WIDTH = 96

# For each case the fraction and the requirements done of settled blocks, then minus the
# credentials used, then minus the canonical number: what is added up on the way.
Score = tuple[int, ...]
# The moves so far as (earlier moves, option), or None at the start.
Chain = Any
State = tuple[int, ...]
Layer = dict[State, tuple[Score, Chain]]


class Budget:
    """How many steps are left; they are counted, never timed."""

    def __init__(self, steps: int) -> None:
        self.left = steps


class Found(NamedTuple):
    """The best allocation of some parts.

    `choices` are (unit, option) pairs. `value` is, case by case, the fraction, the
    gates met and the requirements done, then minus the credentials used. `upper` bounds
    the fraction of each case.
    """

    choices: tuple[tuple[int, int], ...]
    value: tuple[int, ...]
    upper: tuple[int, ...]
    proven: bool


def search(
    problem: Problem,
    parts: Sequence[Part],
    *,
    gates: Sequence[int],
    budget: Budget,
    known: Found | None = None,
) -> Found:
    """Find the best allocation of some parts together.

    Args:
        problem: The whole problem.
        parts: The parts.
        gates: Gates to look at, by place; no other gate counts.
        budget: Steps that are left; what this takes is taken off.
        known: An allocation of these parts that is known already.

    Returns:
        The best allocation, or the best found with a proven bound.

    """
    layout = layout_of(problem, parts, gates)
    steps = sum(len(depth.moves) for depth in layout.depths)
    width = max(1, min(_FIRST_WIDTH, budget.left // (4 * steps + 1)))
    first = _Pass(layout, budget, width=width)
    first.run()
    found = first.found()
    if not first.cut:
        return found
    if known is not None and known.value > found.value:
        found = known
    second = _Pass(layout, budget, incumbent=found.value)
    second.run()
    if second.stopped:
        return found._replace(upper=second.upper(), proven=False)
    return second.found()


class _Pass:
    """One walk through all depths."""

    def __init__(
        self,
        layout: Layout,
        budget: Budget,
        *,
        width: int | None = None,
        incumbent: tuple[int, ...] = (),
    ) -> None:
        self.layout = layout
        self.budget = budget
        self.width = width
        self.incumbent = incumbent
        self.cut = False
        self.stopped = False
        self.reached = -1
        start: State = (0,) * len(layout.bounds)
        self.layer: Layer = {start: ((0,) * (2 * layout.cases + 2), None)}

    def run(self) -> None:
        """Decide every unit, unless the budget ends."""
        for number, depth in enumerate(self.layout.depths):
            steps = len(self.layer) * len(depth.moves)
            if self.width is None and self.budget.left < steps:
                self.stopped = True
                return
            self.layer = self._step(depth)
            self.reached = number
            if self.width is not None and len(self.layer) > self.width:
                self.cut = True
                ranked = sorted(
                    self.layer.items(),
                    key=lambda item: (
                        self._bound(depth, item[0], item[1][0]),
                        self._worth_now(depth, item[0], item[1][0]),
                        item[1][0],
                        item[0],
                    ),
                    reverse=True,
                )
                self.layer = dict(ranked[: self.width])

    def found(self) -> Found:
        """Return the best allocation that the last depth holds."""
        value, chain = max(
            (
                (self._value(s, score), chain)
                for s, (score, chain) in self.layer.items()
            ),
            key=lambda pair: pair[0],
        )
        options: list[int] = []
        while chain is not None:
            chain, option = chain
            options.append(option)
        options.reverse()
        return Found(
            choices=tuple(zip(self.layout.units, options, strict=True)),
            value=value[:-1],
            upper=tuple(value[3 * case] for case in range(self.layout.cases)),
            proven=True,
        )

    def upper(self) -> tuple[int, ...]:
        """Bound the fraction of each case by what is left where the walk stopped."""
        cases = range(self.layout.cases)
        if self.reached < 0:
            return self.layout.ceiling
        most = [self.incumbent[3 * case] for case in cases]
        depth = self.layout.depths[self.reached]
        for state, (score, _) in self.layer.items():
            bound = self._bound(depth, state, score)
            most = [max(most[case], bound[3 * case]) for case in cases]
        return tuple(map(min, most, self.layout.ceiling))

    def _step(self, depth: Depth) -> Layer:
        grown: Layer = {}
        incumbent = self.incumbent
        for state, (score, chain) in self.layer.items():
            for move in depth.moves:
                self.budget.left -= 1
                child = self._moved(state, move)
                if child is None:
                    continue
                total = self._settle(depth, child, score, move)
                key = tuple(child)
                old = grown.get(key)
                if old is not None and old[0] >= total:
                    continue
                if incumbent and self._bound(depth, key, total) < incumbent:
                    continue
                grown[key] = (total, (chain, move.option))
        return grown

    def _moved(self, state: State, move: Move) -> list[int] | None:
        """Apply a move; None if a cap forbids it or it changes nothing."""
        child = list(state)
        bounds = self.layout.bounds
        for position, amount in move.caps:
            child[position] += amount
            if child[position] > bounds[position]:
                return None
        helps = not move.gains
        for position, amount in move.gains:
            need = bounds[position]
            if child[position] < need:
                helps = True
                child[position] = min(need, child[position] + amount)
        return child if helps else None

    def _settle(
        self, depth: Depth, child: list[int], score: Score, move: Move
    ) -> Score:
        """Add up what is settled now, and forget what cannot matter any more."""
        layout = self.layout
        total = list(score)
        total[-2] -= move.uses
        total[-1] -= move.order
        for block in depth.settled:
            total[2 * block.case] += worth(block.tree, child, layout.values)
            for position in block.leaves:
                if child[position] >= layout.bounds[position]:
                    total[2 * block.case + 1] += 1
                child[position] = 0
        for position in layout.caps:
            if child[position] + depth.after[position] <= layout.bounds[position]:
                child[position] = 0
        for position in layout.minimums:
            if child[position] + depth.after[position] < layout.bounds[position]:
                child[position] = 0
        return tuple(total)

    def _bound(self, depth: Depth, state: State, score: Score) -> tuple[int, ...]:
        """Bound the value of everything that can still come of a state."""
        layout = self.layout
        bounds, after = layout.bounds, depth.after
        most = [
            min(bound, have + more)
            for bound, have, more in zip(bounds, state, after, strict=True)
        ]
        found = [0] * (3 * layout.cases)
        linear = [0] * layout.cases
        for case in range(layout.cases):
            found[3 * case] = score[2 * case] + depth.later[case]
            found[3 * case + 2] = score[2 * case + 1] + depth.later_done[case]
            linear[case] = score[2 * case] + depth.worth_after[case]
            linear[case] += depth.live_fixed[case]
        for block in depth.live:
            case = block.case
            found[3 * case] += worth(block.tree, most, layout.values)
            for position in block.leaves:
                found[3 * case + 2] += most[position] >= bounds[position]
                linear[case] += state[position] * layout.values[position]
        for case, positions in layout.gates:
            found[3 * case + 1] += all(most[p] >= bounds[p] for p in positions)
        for case in range(layout.cases):
            found[3 * case] = min(found[3 * case], linear[case])
        return (*found, score[-2])

    def _worth_now(self, depth: Depth, state: State, score: Score) -> int:
        now = sum(score[2 * case] for case in range(self.layout.cases))
        for block in depth.live:
            now += worth(block.tree, state, self.layout.values)
        return now

    def _value(self, state: State, score: Score) -> tuple[int, ...]:
        """Put a last state's score into the order of the objective."""
        layout = self.layout
        value = [0] * (3 * layout.cases)
        for case in range(layout.cases):
            value[3 * case] = score[2 * case]
            value[3 * case + 2] = score[2 * case + 1]
        for case, positions in layout.gates:
            value[3 * case + 1] += all(state[p] >= layout.bounds[p] for p in positions)
        return (*value, score[-2], score[-1])
