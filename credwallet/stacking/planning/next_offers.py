"""In which order should offers be looked at?

By default: what finishes the most qualifications, then the largest sum of gains, then
the least cost per percentage point, then the id. Goals stand above all that, each
priority for itself. An offer that needs something else first comes after every one that
does not. `docs/planning.md` states it.
"""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from credwallet.errors import Usage
from credwallet.model.gain import Gain, gain_of
from credwallet.model.goal import Goal
from credwallet.model.offer import Offer
from credwallet.model.plan import Money
from credwallet.stacking.planning.money import currencies_of, in_one_currency

SORTS = ("finishes", "gain", "cost-per-point", "cost", "hours")

_MOST_NAMED = 10

# Larger is better for a number, and what is not known comes last.
_Key = tuple[int, Fraction]
_UNKNOWN: _Key = (1, Fraction(0))


class Wanted(NamedTuple):
    """Which offers the learner would take; None and `()` where it does not matter.

    `budget` is the most that a single offer may cost.
    """

    modes: tuple[str, ...] = ()
    budget: Fraction | None = None


class Shortlist(NamedTuple):
    """The offers that are left, and what to say about those that are not."""

    offers: tuple[Offer, ...]
    remarks: tuple[str, ...]


class Ranking(NamedTuple):
    """Gains in order, and what to say about the order."""

    gains: tuple[Gain, ...]
    remarks: tuple[str, ...]


def shortlist(
    offers: Sequence[Offer], wanted: Wanted, *, as_of: date, money: Money
) -> Shortlist:
    """Leave out what cannot be begun any more, and what is not wanted.

    Args:
        offers: All offers.
        wanted: Modes, and the most that one may cost.
        as_of: The first day on which one could begin.
        money: In what the budget is.

    Returns:
        The offers that are left, in their order.

    Raises:
        Usage: If there is a budget, and costs in a currency without a rate.

    """
    left, late, silent = [], [], []
    costs = in_one_currency(offers, money)[1] if wanted.budget is not None else {}
    for offer in offers:
        if (offer.starts or offer.ends or as_of) < as_of:
            late.append(offer.id)
        elif wanted.modes and offer.mode not in wanted.modes:
            continue
        elif wanted.budget is not None and offer.id not in costs:
            silent.append(offer.id)
        elif wanted.budget is None or costs[offer.id] <= wanted.budget:
            left.append(offer)
    remarks = []
    if late:
        remarks.append(f"left out, begun before {as_of}: {named_few(late)}")
    if silent:
        remarks.append(f"left out, no cost is known: {named_few(silent)}")
    return Shortlist(tuple(left), tuple(remarks))


def rank(
    gains: Sequence[Gain], *, goals: Sequence[Goal] = (), sort: str = "", money: Money
) -> Ranking:
    """Put gains into the order in which to look at them.

    Args:
        gains: One for each offer.
        goals: Qualifications that count before the others, by priority.
        sort: One of `SORTS` to go by first, `""` for the default order.
        money: In what to compare costs.

    Returns:
        The gains in order.

    Raises:
        Usage: If costs are to be compared, and there is no rate between them.

    """
    costs, remarks = _costs(gains, sort=sort, money=money)
    priorities = sorted({goal.priority for goal in goals})
    levels = [
        frozenset(goal.qualification for goal in goals if goal.priority == priority)
        for priority in priorities
    ]

    def key(entry: Gain) -> tuple[object, ...]:
        for_goals: list[tuple[int, Fraction]] = []
        for level in levels:
            some = tuple(a for a in entry.advances if a.qualification in level)
            for_goals.append((-sum(a.finishes for a in some), -gain_of(some)))
        standard = (-len(entry.finishes), -entry.gain)
        each = _per_point(entry, costs)
        first = {
            "": _UNKNOWN,
            "finishes": (standard[0], Fraction(0)),
            "gain": (0, standard[1]),
            "cost-per-point": each,
            "cost": _known(costs.get(entry.offer.id)),
            "hours": _known(entry.offer.hours),
        }[sort]
        return (
            bool(entry.needs_first),
            first,
            *for_goals,
            standard,
            each,
            entry.offer.id,
        )

    return Ranking(tuple(sorted(gains, key=key)), remarks)


def named_few(names: Sequence[str]) -> str:
    """Name some of many, and say how many there are beyond those."""
    more = len(names) - _MOST_NAMED
    return ", ".join(names[:_MOST_NAMED]) + (f" and {more:,} more" if more > 0 else "")


def _costs(
    gains: Sequence[Gain], *, sort: str, money: Money
) -> tuple[dict[str, Fraction], tuple[str, ...]]:
    """Bring costs into one currency, or say that they are not compared."""
    offers = [
        entry.offer
        for entry in gains
        if sort == "cost" or entry.cost_per_point is not None
    ]
    try:
        return in_one_currency(offers, money)[1], ()
    except Usage:
        if sort in {"cost", "cost-per-point"} or money != Money():
            raise
    found = " and ".join(currencies_of(offers))
    remark = f"costs are in {found}, so that they do not decide the order"
    return {}, (f"{remark}: --currency and --rate let them",)


def _per_point(entry: Gain, costs: dict[str, Fraction]) -> _Key:
    cost, gain = costs.get(entry.offer.id), entry.gain
    return _UNKNOWN if cost is None or gain <= 0 else (0, cost / (100 * gain))


def _known(number: Fraction | None) -> _Key:
    return _UNKNOWN if number is None else (0, number)
