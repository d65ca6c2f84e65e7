"""Do these offers fit in time, and on which days?

Time is counted in days from the day in question, which is day 0; a day ends where the
next begins. A learner works on one thing at a time or on several by turns, at most so
many hours in seven days. What is to be done within a window is then possible just where
between any two days no more hours must be worked than there are; and doing first what
must end first never fails where anything succeeds. Both hold with precedence too, once
what comes before has the earlier window (Blazewicz, 1976). All of it is exact.
"""

from collections.abc import Sequence
from fractions import Fraction
from heapq import heappop, heappush
from itertools import islice, product
from typing import NamedTuple

WEEK = 7
# Of one set of offers; more ways to choose who provides what are not tried.
MOST_WAYS = 5_000

# For each job the jobs that must end before it begins.
Before = tuple[tuple[int, ...], ...]


class Job(NamedTuple):
    """One offer in time.

    `starts` and `ends` are where its days begin and end, None if they are free; all of
    its `hours` lie between them. Of each of `needs` one job must end before it begins.
    """

    hours: Fraction
    starts: int | None
    ends: int | None
    needs: tuple[tuple[int, ...], ...] = ()


class Window(NamedTuple):
    """Where a job can lie at all; `latest` is None where nothing limits it."""

    earliest: int
    latest: int | None


class Slot(NamedTuple):
    """Where a job begins and ends in a timetable."""

    begins: Fraction
    ends: Fraction


class Pace(NamedTuple):
    """What a set of jobs asks of the learner.

    `hours` a week are enough, and less is not: 0 where nothing is due, None where dates
    forbid it at any pace. `complete` is False if not every way was tried.
    """

    hours: Fraction | None
    before: Before
    complete: bool


def pace_of(jobs: Sequence[Job], *, last: int | None, timeless: bool = False) -> Pace:
    """Say how many hours a week are just enough.

    Args:
        jobs: Some offers; `needs` are places in it.
        last: Where the last day ends, or None.
        timeless: Work takes no time; only dates and precedence matter.

    Returns:
        The least pace, by the best choice of who provides what.

    """
    best: Fraction | None = None
    chosen: Before = ()
    ways = product(*(need for job in jobs for need in job.needs))
    for way in islice(ways, MOST_WAYS):
        before = _before(jobs, way)
        windows = windows_of(jobs, before, last=last)
        if windows is None:
            continue
        pace = Fraction(0) if timeless else _least(jobs, windows)
        if pace is not None and (best is None or pace < best):
            best, chosen = pace, before
            if pace == 0:
                break
    complete = best == 0 or next(ways, None) is None
    return Pace(best, chosen, complete)


def windows_of(
    jobs: Sequence[Job], before: Before, *, last: int | None
) -> tuple[Window, ...] | None:
    """Work out where each job can lie, by dates and precedence.

    Args:
        jobs: Some offers.
        before: For each the jobs that end before it begins.
        last: Where the last day ends, or None.

    Returns:
        A window for each job; None if there is no room for one, or if they wait for
        each other in a circle.

    """
    order = order_of(before)
    if order is None:
        return None
    earliest = [0 if job.starts is None else job.starts for job in jobs]
    latest = [_sooner(job.ends, last) for job in jobs]
    for number in order:
        for other in before[number]:
            end = jobs[other].ends
            free = earliest[other] if end is None else end
            earliest[number] = max(earliest[number], free)
    for number in reversed(order):
        start = jobs[number].starts
        for other in before[number]:
            if jobs[other].ends is None:
                due = latest[number] if start is None else start
                latest[other] = _sooner(latest[other], due)
    windows = tuple(map(Window, earliest, latest))
    for job, window in zip(jobs, windows, strict=True):
        # What is dated cannot wait for what comes before it.
        late = job.starts is not None and window.earliest > job.starts
        early = job.ends is not None and window.latest != job.ends
        empty = window.latest is not None and window.earliest > window.latest
        if late or early or empty:
            return None
    return windows


def order_of(before: Before) -> tuple[int, ...] | None:
    """Put each job after those before it, the first in the list first; None: a circle.

    Args:
        before: For each job the jobs that end before it begins.

    """
    left = list(range(len(before)))
    order: list[int] = []
    done: set[int] = set()
    while left:
        ready = next((n for n in left if done.issuperset(before[n])), None)
        if ready is None:
            return None
        left.remove(ready)
        done.add(ready)
        order.append(ready)
    return tuple(order)


def timetable_of(
    jobs: Sequence[Job], before: Before, *, last: int | None, pace: Fraction
) -> tuple[Slot, ...]:
    """Do at any time what must end first.

    Args:
        jobs: Offers that fit.
        before: For each the jobs that end before it begins.
        last: Where the last day ends, or None.
        pace: Hours in seven days, above 0.

    Returns:
        A slot for each.

    """
    windows = windows_of(jobs, before, last=last) or ()
    order = order_of(before) or ()
    never = 1 + max((w.latest or 0 for w in windows), default=0)
    urgency = {
        number: (never if windows[number].latest is None else windows[number].latest, i)
        for i, number in enumerate(order)
    }
    left = [job.hours * WEEK / pace for job in jobs]
    begins: dict[int, Fraction] = {}
    ends: dict[int, Fraction] = {}
    coming = sorted(range(len(jobs)), key=lambda n: (windows[n].earliest, n))
    ready: list[tuple[tuple[int | None, int], int]] = []
    now = Fraction(0)
    while coming or ready:
        if not ready:
            now = max(now, Fraction(windows[coming[0]].earliest))
        while coming and windows[coming[0]].earliest <= now:
            number = coming.pop(0)
            heappush(ready, (urgency[number], number))
        number = ready[0][1]
        begins.setdefault(number, now)
        until = now + left[number]
        if coming:
            until = min(until, Fraction(windows[coming[0]].earliest))
        left[number] -= until - now
        now = until
        if left[number] == 0:
            ends[number] = now
            heappop(ready)
    return tuple(Slot(begins[n], ends[n]) for n in range(len(jobs)))


def _before(jobs: Sequence[Job], way: tuple[int, ...]) -> Before:
    found, place = [], 0
    for job in jobs:
        found.append(tuple(sorted(set(way[place : place + len(job.needs)]))))
        place += len(job.needs)
    return tuple(found)


def _least(jobs: Sequence[Job], windows: tuple[Window, ...]) -> Fraction | None:
    """Find the two days between which most must be worked; None: there is no room."""
    due = sorted(
        (window.latest, window.earliest, job.hours)
        for window, job in zip(windows, jobs, strict=True)
        if window.latest is not None and job.hours
    )
    most = Fraction(0)
    for start in sorted({earliest for _, earliest, _ in due}):
        hours = Fraction(0)
        for latest, earliest, amount in due:
            if earliest < start:
                continue
            hours += amount
            if latest <= start:
                return None
            most = max(most, hours * WEEK / (latest - start))
    return most


def _sooner(one: int | None, other: int | None) -> int | None:
    if one is None or other is None:
        return other if one is None else one
    return min(one, other)
