"""In which order, and on which days, are the offers of a plan done?"""

from datetime import timedelta
from fractions import Fraction
from math import ceil, floor

from credwallet.model.plan import Limits, Step
from credwallet.stacking.planning.asking import Asking
from credwallet.stacking.planning.rules import jobs_of
from credwallet.stacking.planning.schedule import (
    Job,
    Slot,
    order_of,
    timetable_of,
    windows_of,
)


def steps_of(
    asking: Asking, chosen: frozenset[int], limits: Limits
) -> tuple[Step, ...]:
    """Put a set that fits in order.

    Args:
        asking: Knows the offers and the day.
        chosen: The set.
        limits: The limits that it fits.

    Returns:
        A step for each, what begins first before the others.

    """
    jobs = jobs_of(asking.field, chosen)
    offers = [asking.field.offers[number] for number in sorted(chosen)]
    before = asking.pace(chosen, limits).before
    last = asking.last(limits.by)
    windows = windows_of(jobs, before, last=last) or ()
    rank = {number: place for place, number in enumerate(order_of(before) or ())}
    needed_by = [
        tuple(offers[n].id for n, first in enumerate(before) if number in first)
        for number in range(len(offers))
    ]
    found: list[tuple[tuple[Fraction, bool, Fraction, int], Step]] = []
    if limits.per_week is not None:
        slots = timetable_of(jobs, before, last=last, pace=limits.per_week)
        for number, (job, slot) in enumerate(zip(jobs, slots, strict=True)):
            starts, ends = _days(job, slot)
            step = Step(
                offers[number],
                asking.as_of + timedelta(days=starts),
                asking.as_of + timedelta(days=ends),
                needed_by=needed_by[number],
            )
            found.append(((slot.begins, False, slot.ends, rank[number]), step))
    else:
        for number, window in enumerate(windows):
            offer, early, late = offers[number], window.earliest, window.latest
            free = offer.starts is None and early > 0
            due = offer.ends is None and late is not None
            step = Step(
                offer,
                offer.starts,
                offer.ends,
                asking.as_of + timedelta(days=early) if free else None,
                asking.day(max(late or 0, early + 1)) if due else None,
                needed_by[number],
            )
            until = (late is None, Fraction(late or 0))
            found.append(((Fraction(early), *until, rank[number]), step))
    return tuple(step for _, step in sorted(found, key=lambda entry: entry[0]))


def _days(job: Job, slot: Slot) -> tuple[int, int]:
    """Name the first and the last day of a slot, counted from the day in question."""
    ends = max(ceil(slot.ends) - 1, 0)
    starts = min(floor(slot.begins), ends)
    if job.starts is not None:
        starts = job.starts
    if job.ends is not None:
        ends = job.ends - 1
    return starts, max(starts, ends)
