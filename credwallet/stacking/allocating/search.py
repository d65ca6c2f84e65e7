"""Which allocation of some parts of a problem is the best?

The objective (`docs/qualification-file.md`, "How it is counted"), case by case:
fraction, gates met, requirements done; then fewest credentials; then the canonical
order. "Satisfied" is the largest fraction with all gates met, so it needs no place of
its own.

1. Walk with few states. Most parts are small, and this was everything already.
2. Otherwise look for prices that bound the fraction. Often they prove the answer of 1.
3. If not, walk with more and more of the states that could have a larger fraction,
   until all of them were walked.
4. Walk with every state that could be as good, for the rest of the objective.

When the steps run out in 3, the fraction is an interval; when they run out in 4, it is
proven, and only the order among equals is the best that was found.
"""

from collections.abc import Sequence
from typing import NamedTuple

from credwallet.stacking.allocating.layout import Layout, Part, layout_of
from credwallet.stacking.allocating.prices import Prices, prices_of
from credwallet.stacking.allocating.problem import Problem
from credwallet.stacking.allocating.walk import Budget, Goal, Walk

_FIRST_WIDTH = 64
# Of the walks that look for a larger fraction; the last is as wide as it must be.
_WIDTHS = (64, 256, None)


class Found(NamedTuple):
    """The best allocation of some parts.

    `choices` are (unit, option) pairs. `value` is, case by case, the fraction, the
    gates met and the requirements done, then minus the credentials used. `upper` bounds
    the fraction of each case. `proven` says that all of the value is the best.
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
        problem: With all of its parts, whichever are searched.
        parts: Those that are searched, in the order in which they are decided.
        gates: Gates to look at, by place; no other gate counts.
        budget: Steps that are left; what this takes is taken off.
        known: An allocation of these parts that is known already.

    Returns:
        The best allocation, or the best found with a proven bound.

    """
    layout = layout_of(problem, parts, gates)
    first = Walk(layout, budget, width=_width(layout, budget, _FIRST_WIDTH))
    first.run()
    found = _found(layout, first)
    if not first.cut:
        return found
    if known is not None and known.value > found.value:
        found = known
    prices = prices_of(layout, _fractions(layout, found))
    found, upper = _prove(layout, budget, prices, found)
    if upper[0] > found.value[0]:
        return found._replace(upper=upper, proven=False)
    last = Walk(layout, budget, prices=prices, goal=Goal(found.value))
    last.run()
    if last.stopped:
        bounds = map(max, last.upper(), _fractions(layout, found))
        upper = tuple(map(min, upper, bounds))
        return found._replace(upper=(found.value[0], *upper[1:]), proven=False)
    return _found(layout, last)


def _prove(
    layout: Layout, budget: Budget, prices: Prices, found: Found
) -> tuple[Found, tuple[int, ...]]:
    """Find the largest fraction of the first case, or else bound it."""
    upper = tuple(map(min, prices.start, layout.ceiling))
    for most in _WIDTHS:
        if upper[0] <= found.value[0]:
            break
        walk = Walk(
            layout,
            budget,
            prices=prices,
            width=most and _width(layout, budget, most),
            goal=Goal(found.value, strict=True),
        )
        walk.run()
        if walk.layer and not walk.stopped:
            found = max(found, _found(layout, walk), key=lambda entry: entry.value)
        bound = max(found.value[0], walk.upper()[0])
        upper = (min(upper[0], bound), *upper[1:])
    return found, upper


def _width(layout: Layout, budget: Budget, most: int) -> int:
    steps = sum(len(depth.moves) for depth in layout.depths) * layout.cost
    return max(1, min(most, budget.left // (4 * steps + 1)))


def _fractions(layout: Layout, found: Found) -> tuple[int, ...]:
    return tuple(found.value[3 * case] for case in range(layout.cases))


def _found(layout: Layout, walk: Walk) -> Found:
    """Take the best allocation that a finished walk holds."""
    value, options = walk.best()
    upper = tuple(value[3 * case] for case in range(layout.cases))
    choices = tuple(zip(layout.units, options, strict=True))
    return Found(choices, value, upper, proven=True)
