"""By how much must one limit give way, so that there is a plan?

Each limit is let go alone, with all others kept, and its least value that is enough is
worked out. What could not be proven within the steps is left out rather than guessed.
"""

from fractions import Fraction
from itertools import combinations
from math import ceil

from credwallet.model.offer import MODES
from credwallet.model.plan import Limits, Relaxation
from credwallet.stacking.amounts import plain
from credwallet.stacking.planning.asking import Asking
from credwallet.stacking.planning.rules import jobs_of
from credwallet.stacking.planning.schedule import timetable_of

# In this order where two would have to grow by the same part.
_ORDER = ("budget", "hours", "by", "per-week", "mode")


def relaxations_of(
    asking: Asking, limits: Limits, minimise: str
) -> tuple[Relaxation, ...]:
    """Find for each limit its least value that is enough if the others are kept.

    Args:
        asking: The field, for which there is no plan within the limits.
        limits: Those of the question, of which at least one stands in the way.
        minimise: What the plan should have minimised.

    Returns:
        One for each limit that can be enough alone, the least increase first. A limit
        grows by a part of itself: of the days that there are, or of the number of
        modes.

    """
    found = (
        _budget(asking, limits),
        _hours(asking, limits),
        _by(asking, limits, minimise),
        _per_week(asking, limits, minimise),
        _mode(asking, limits, minimise),
    )
    kept = [relaxation for relaxation in found if relaxation is not None]
    return tuple(sorted(kept, key=lambda r: (r.increase, _ORDER.index(r.limit))))


def _budget(asking: Asking, limits: Limits) -> Relaxation | None:
    if limits.budget is None:
        return None
    outcome = asking.ask(limits._replace(budget=None), "cost")
    if outcome.offers is None or not outcome.proven:
        return None
    cost = asking.cost(outcome.offers)
    return None if cost is None else _grown("budget", limits.budget, cost)


def _hours(asking: Asking, limits: Limits) -> Relaxation | None:
    if limits.hours is None:
        return None
    outcome = asking.ask(limits._replace(hours=None), "hours")
    if outcome.offers is None or not outcome.proven:
        return None
    hours = asking.hours(outcome.offers)
    return None if hours is None else _grown("hours", limits.hours, hours)


def _by(asking: Asking, limits: Limits, minimise: str) -> Relaxation | None:
    last = asking.last(limits.by)
    if last is None:
        return None
    guide = minimise if limits.per_week is None else "hours"
    outcome = asking.ask(limits._replace(by=None), guide, any_plan=True)
    if outcome.offers is None:
        return None
    ends = [end for end in _ends(asking, limits, outcome.offers) if end > last]
    # The first that is enough: what is enough is enough on every later day.
    low, high = 0, len(ends) - 1
    while low < high:
        middle = (low + high) // 2
        tried = limits._replace(by=asking.day(ends[middle]))
        outcome = asking.ask(tried, guide, any_plan=True)
        if outcome.offers is None and not outcome.proven:
            return None
        low, high = (middle + 1, high) if outcome.offers is None else (low, middle)
    return Relaxation(
        "by", asking.day(ends[low]).isoformat(), Fraction(ends[low] - last, last)
    )


def _ends(asking: Asking, limits: Limits, chosen: frozenset[int]) -> list[int]:
    """List the days after which there could first be a plan, in order."""
    free = limits._replace(by=None)
    if limits.per_week is None:
        return sorted({asking.end(n) for n in asking.allowed(free)})
    pace = asking.pace(chosen, free)
    slots = timetable_of(
        jobs_of(asking.field, chosen), pace.before, last=None, pace=limits.per_week
    )
    enough = max(ceil(slot.ends) for slot in slots)
    enough = max(enough, *(asking.end(n) for n in chosen))
    return list(range(1, enough + 1))


def _per_week(asking: Asking, limits: Limits, minimise: str) -> Relaxation | None:
    if limits.per_week is None:
        return None
    free = limits._replace(per_week=None)
    outcome = asking.ask(free, minimise, any_plan=True)
    enough: Fraction | None = None
    while outcome.offers is not None:
        pace = asking.pace(outcome.offers, limits)
        if pace.hours is None:
            # Dates leave no room for it at any pace.
            break
        enough = pace.hours
        tried = limits._replace(per_week=enough)
        outcome = asking.ask(tried, "hours", below=True, any_plan=True)
    if enough is None or outcome.offers is not None or not outcome.proven:
        return None
    return _grown("per-week", limits.per_week, enough)


def _mode(asking: Asking, limits: Limits, minimise: str) -> Relaxation | None:
    if not limits.modes:
        return None
    others = [mode for mode in MODES if mode not in limits.modes]
    for count in range(1, len(others) + 1):
        for more in combinations(others, count):
            tried = limits._replace(modes=(*limits.modes, *more))
            outcome = asking.ask(tried, minimise, any_plan=True)
            if outcome.offers is not None:
                part = Fraction(count, len(limits.modes))
                return Relaxation("mode", " ".join(more), part)
            if not outcome.proven:
                return None
    return None


def _grown(limit: str, before: Fraction, after: Fraction) -> Relaxation:
    return Relaxation(limit, plain(after), (after - before) / before)
