"""What exactly is asked of a search for a plan?

The order of plans (`docs/planning.md`) is one whole number a plan: what is minimised,
then the other of cost and hours (an offer that does not say it comes last), then how
many offers, then their ids. Each offer has its share of that number, its weight, so
that the least sum is the one best plan, and no two plans are equal.
"""

from collections.abc import Sequence
from fractions import Fraction
from math import lcm
from typing import NamedTuple

from credwallet.model.plan import Limits
from credwallet.stacking.planning.field import Field
from credwallet.stacking.planning.schedule import WEEK


class Question(NamedTuple):
    """One search; amounts are whole numbers of small steps, and go by offer.

    `weights` are the shares, `steps` those of what is minimised, `extras` those of the
    other of cost and hours, `silent` is 1 where that is not said. `unit` is what one
    step weighs, and `scale` how many of them are one of the currency, or one hour.
    `most` and `most_extra` are in steps; None where nothing is limited. `last` is where
    the last day ends, `pace` hours a week. `below` asks for plans that a lesser pace
    than that is enough for. `any_plan` asks for no more than one that holds.
    """

    allowed: frozenset[int]
    weights: tuple[int, ...]
    steps: tuple[int, ...]
    silent: tuple[int, ...]
    extras: tuple[int, ...]
    unit: int
    scale: int
    most: int | None
    most_extra: int | None
    last: int | None
    pace: Fraction | None
    below: bool = False
    any_plan: bool = False


def question_of(
    field: Field,
    limits: Limits,
    *,
    minimise: str,
    allowed: frozenset[int],
    last: int | None,
) -> Question:
    """Put limits into whole numbers.

    Args:
        field: The offers.
        limits: What is limited; its modes and date were applied to `allowed` already.
        minimise: `cost` or `hours`.
        allowed: Offers that may be taken, by place.
        last: Where the last day ends, counted in days; None without a last day.

    Returns:
        The question.

    """
    hours = tuple(offer.hours for offer in field.offers)
    first, other = field.costs, hours
    most, most_other = limits.budget, limits.hours
    if minimise == "hours":
        first, other = hours, field.costs
        most, most_other = limits.hours, limits.budget
    if limits.per_week is not None and last is not None:
        # However they lie in time, all hours lie before the last day.
        room = limits.per_week * last / WEEK
        if minimise == "hours":
            most = room if most is None else min(most, room)
        else:
            most_other = room if most_other is None else min(most_other, room)
    scale, steps = _whole(first)
    other_scale, extras = _whole(other)
    count = len(field.offers)
    base = (count + 1) * (sum(extras) + 1) * (count + 1)
    weights = []
    for number in range(count):
        weight = steps[number] * (count + 1) + (other[number] is None)
        weight = weight * (sum(extras) + 1) + extras[number]
        weight = weight * (count + 1) + 1
        # The earlier id makes the larger difference; offers are in the order of ids.
        weights.append((weight << count) - (1 << (count - 1 - number)))
    return Question(
        allowed=allowed,
        weights=tuple(weights),
        steps=steps,
        silent=tuple(int(value is None) for value in other),
        extras=extras,
        unit=base << count,
        scale=scale,
        most=None if most is None else int(most * scale // 1),
        most_extra=None if most_other is None else int(most_other * other_scale // 1),
        last=last,
        pace=limits.per_week,
    )


def _whole(values: Sequence[Fraction | None]) -> tuple[int, tuple[int, ...]]:
    """Scale amounts to whole numbers; None is nothing here."""
    scale = lcm(*(value.denominator for value in values if value is not None))
    return scale, tuple(int((value or Fraction(0)) * scale) for value in values)
