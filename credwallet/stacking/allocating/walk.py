"""Which states can be reached by deciding one unit after the other?

After each unit, all ways so far that leave the same state (what each open requirement
has, how much of each cap is used, how far each gate is) are one: only the best of them
is kept. Nothing is lost by that, so a walk that cuts nothing off is exact. What is cut
off, and with which right, is for `search` to say.
"""

from typing import Any, NamedTuple

from credwallet.stacking.allocating.layout import Depth, Layout, Move
from credwallet.stacking.allocating.prices import Prices
from credwallet.stacking.allocating.worth import worth

# For each case the fraction and the requirements done of settled blocks, then minus the
# credentials used, then minus the canonical number: what is added up on the way.
Score = tuple[int, ...]
State = tuple[int, ...]
# With each state the moves that led to it, as (earlier moves, option).
Layer = dict[State, tuple[Score, Any]]


class Budget:
    """How many steps are left; they are counted, never timed."""

    def __init__(self, steps: int) -> None:
        self.left = steps


class Goal(NamedTuple):
    """A value that is reached already: what cannot reach it is cut off.

    `strict` cuts off also what cannot have a larger fraction of the first case.
    """

    value: tuple[int, ...]
    strict: bool = False


class Walk:
    """One walk through all depths of a layout.

    Args:
        layout: What is searched.
        budget: Steps that are left; a walk without a width stops when they run out.
        prices: Bound the fraction by these too.
        width: Keep at most so many states at each depth.
        goal: What is reached already, if anything is.

    """

    def __init__(
        self,
        layout: Layout,
        budget: Budget,
        *,
        prices: Prices | None = None,
        width: int | None = None,
        goal: Goal | None = None,
    ) -> None:
        self.layout = layout
        self.budget = budget
        self.prices = prices
        self.width = width
        self.goal = goal
        self.cut = False
        self.stopped = False
        self.depth = -1
        # The largest fractions that what was cut off for lack of width could have had.
        self.dropped = [0] * layout.cases
        start: State = (0,) * len(layout.bounds)
        self.layer: Layer = {start: ((0,) * (2 * layout.cases + 2), None)}

    def run(self) -> None:
        """Decide every unit, unless the budget ends."""
        for number, depth in enumerate(self.layout.depths):
            steps = len(self.layer) * len(depth.moves) * self.layout.cost
            if self.width is None and self.budget.left < steps:
                self.stopped = True
                return
            self.layer = self._step(number, depth)
            self.depth = number
            if self.width is not None and len(self.layer) > self.width:
                self.cut = True
                self.layer = self._thinned(number, self.width)

    def best(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Return the best value that the last depth holds, and the option of each unit.

        Returns:
            For each case fraction, gates met and requirements done, then minus the
            credentials used; and an option for each unit of the layout.

        """
        value, chain = max(
            (
                (self._value(state, score), chain)
                for state, (score, chain) in self.layer.items()
            ),
            key=lambda pair: pair[0],
        )
        options: list[int] = []
        while chain is not None:
            chain, option = chain
            options.append(option)
        return value[:-1], tuple(reversed(options))

    def upper(self) -> tuple[int, ...]:
        """Bound the fraction of each case by what was cut off or not walked."""
        if self.depth < 0:
            return self.layout.ceiling
        most = list(self.dropped)
        if self.stopped:
            for state, (score, _) in self.layer.items():
                bound = self._bound(self.depth, state, score)
                most = [max(n, bound[3 * case]) for case, n in enumerate(most)]
        return tuple(map(min, most, self.layout.ceiling))

    def _step(self, number: int, depth: Depth) -> Layer:
        grown: Layer = {}
        for state, (score, chain) in self.layer.items():
            for move in depth.moves:
                self.budget.left -= self.layout.cost
                child = self._moved(state, move)
                if child is None:
                    continue
                total = self._settle(depth, child, score, move)
                key = tuple(child)
                old = grown.get(key)
                if old is not None and old[0] >= total:
                    continue
                if self.goal and self._hopeless(self.goal, number, key, total):
                    continue
                grown[key] = (total, (chain, move.option))
        return grown

    def _hopeless(self, goal: Goal, number: int, state: State, score: Score) -> bool:
        bound = self._bound(number, state, score)
        return bound[0] <= goal.value[0] if goal.strict else bound < goal.value

    def _thinned(self, number: int, width: int) -> Layer:
        """Keep the most promising states."""
        ranked = sorted(
            (
                (
                    self._bound(number, state, entry[0]),
                    self._worth_now(number, state, entry[0]),
                    entry[0],
                    state,
                )
                for state, entry in self.layer.items()
            ),
            reverse=True,
        )
        for bound, *_ in ranked[width:]:
            for case, most in enumerate(self.dropped):
                self.dropped[case] = max(most, bound[3 * case])
        return {state: self.layer[state] for *_, state in ranked[:width]}

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

    def _bound(self, number: int, state: State, score: Score) -> tuple[int, ...]:
        """Bound the value of everything that can still come of a state."""
        layout = self.layout
        depth = layout.depths[number]
        bounds = layout.bounds
        most = [
            min(bound, have + more)
            for bound, have, more in zip(bounds, state, depth.after, strict=True)
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
        if self.prices is not None:
            self._bound_by_prices(self.prices, found, number, state, score)
        return (*found, score[-2])

    def _bound_by_prices(
        self,
        prices: Prices,
        found: list[int],
        number: int,
        state: State,
        score: Score,
    ) -> None:
        """Lower the bounds of the fractions to what the prices allow."""
        layout = self.layout
        priced = list(prices.open_after[number])
        for block in layout.depths[number].live:
            for position in block.leaves:
                priced[block.case] += prices.prices[position] * state[position]
        for cap in layout.caps:
            priced[layout.owners[cap]] -= prices.prices[cap] * state[cap]
        for case in range(layout.cases):
            bound = score[2 * case] + priced[case] // prices.scale
            found[3 * case] = min(found[3 * case], bound)

    def _worth_now(self, number: int, state: State, score: Score) -> int:
        now = sum(score[2 * case] for case in range(self.layout.cases))
        for block in self.layout.depths[number].live:
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
