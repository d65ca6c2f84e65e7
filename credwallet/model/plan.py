"""What is asked of a plan, and what a plan is.

A `Plan` is the cheapest set of offers that finishes one qualification
(`stacking.planning`). Every amount is an exact `Fraction`; nothing is ever a float.
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from credwallet.model.offer import Offer
from credwallet.model.qualification import Progress, Qualification

# What a plan may make as small as it can.
AIMS = ("cost", "hours")


class Limits(NamedTuple):
    """What a plan must keep to; None and `()` where nothing is limited.

    `budget` is money in the currency of the plan, `hours` the learner's own in all,
    `modes` the only ones that are wanted, `by` the last day (UTC), and `per_week` how
    many hours the learner works in seven days at most.
    """

    budget: Fraction | None = None
    hours: Fraction | None = None
    modes: tuple[str, ...] = ()
    by: date | None = None
    per_week: Fraction | None = None


class Money(NamedTuple):
    """In which currency to sum, and what one unit of another is worth in it.

    `currency` is ISO 4217 in capitals, `""` for the only one that occurs. `rates` are
    (currency, how much of `currency` one unit of it is).
    """

    currency: str = ""
    rates: tuple[tuple[str, Fraction], ...] = ()


class Step(NamedTuple):
    """One offer in the order of a plan, and the days (UTC) on which it begins and ends.

    `starts` and `ends` are None where neither the offer nor a pace says them; then
    `not_before` and `not_after` say between which days other offers let it lie.
    `needed_by` are ids of offers of the plan that require what it gives.
    """

    offer: Offer
    starts: date | None
    ends: date | None
    not_before: date | None = None
    not_after: date | None = None
    needed_by: tuple[str, ...] = ()


class Relaxation(NamedTuple):
    """One limit, and the value of it that is just enough if the others are kept.

    `limit` is `budget`, `hours`, `by`, `per-week` or `mode`; `to` is an exact number, a
    date, or the modes to add. `increase` is by which part of itself the limit grows.
    """

    limit: str
    to: str
    increase: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The answer for one qualification.

    `offers` are in the order of `schedule`. `cost` is in `currency`, `hours` are the
    learner's own; None where an offer of the plan does not say, or where there is no
    plan. `before` is the progress without any offer, `after` with those of the plan.
    `no_offer` are ids of requirements and gates that stay open with every offer taken
    and no limit kept. `relaxations` has one entry for each limit that can be enough
    by itself, `relaxation` is the least of them. `bounds` hold the best value that
    exists of what is minimised: equal when `proven`; the second is None where no plan
    was found. `weeks` at the pace and `finishes_on` are None where nothing is dated.
    """

    qualification: Qualification
    as_of: date
    minimise: str
    limits: Limits
    feasible: bool
    offers: tuple[Offer, ...]
    cost: Fraction | None
    currency: str
    hours: Fraction | None
    schedule: tuple[Step, ...]
    no_offer: tuple[str, ...]
    relaxation: Relaxation | None
    relaxations: tuple[Relaxation, ...]
    before: Progress
    after: Progress | None
    proven: bool
    bounds: tuple[Fraction | None, Fraction | None]
    weeks: Fraction | None = None
    finishes_on: date | None = None
    warnings: tuple[str, ...] = ()
