"""When does a stack that is satisfied or held end, and what would keep it alive?

`docs/qualification-file.md`, "How it is counted": by the file's own `expires_with`:
with the first of its parts that ends, with the last, or never. What is held without
being satisfied ends with the award itself.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

from credwallet.model.qualification import Lapse
from credwallet.stacking.case import Case
from credwallet.stacking.settled import Settled
from credwallet.stacking.usable import Bar, ends_on

Solve = Callable[[tuple[Case, ...]], tuple[Settled, ...]]


def lapse_of(settled: Settled) -> Lapse | None:
    """Forecast the end of one answer.

    Args:
        settled: One case with its allocation.

    Returns:
        The forecast; None if it does not end by time, or is not reached yet.

    """
    case = settled.case
    ends = []
    if settled.satisfied:
        with_parts = _of(settled, settled.used)
        if case.qualification.expires_with == "earliest":
            ends.extend(with_parts)
        elif case.qualification.expires_with == "latest" and _all_end(settled):
            last = max(day for day, _ in with_parts)
            ends.extend(entry for entry in with_parts if entry[0] == last)
    if case.award is not None:
        ends.extend(_of(settled, (case.award,)))
    return _first(ends)


def longest(settled: tuple[Settled, ...], solve: Solve) -> tuple[Settled, ...]:
    """Look among allocations that are as good for those that end last.

    Every satisfied case is solved again with less and less of what ends early, for the
    latest day that leaves it, and all others, as they were. Only the number of
    credentials may grow.

    Args:
        settled: Cases with their best allocations.
        solve: Finds the best allocations of cases.

    Returns:
        The same cases, with what lasts longest.

    """
    original = tuple(entry.case for entry in settled)
    cases, best = list(original), settled
    for number, case in enumerate(original):
        if (
            not settled[number].satisfied
            or case.qualification.expires_with != "earliest"
        ):
            continue
        days = _days_after(best[number])
        low, high = 0, len(days)
        while low < high:
            middle = (low + high) // 2
            tried = [*cases]
            tried[number] = _without(case, days[middle])
            found = solve(tuple(tried))
            if all(map(_as_good, found, settled)):
                low, cases, best = middle + 1, tried, found
            else:
                high = middle
    return tuple(
        replace(entry, case=case) for entry, case in zip(best, original, strict=True)
    )


def _days_after(settled: Settled) -> list[date]:
    """List the days on which parts end that could last longer than what is used."""
    case = settled.case
    first = min((day for day, _ in _of(settled, settled.used)), default=date.max)
    ends = {ends_on(case.holdings[index], case.qualification) for index in case.leaves}
    return sorted(day for day in {*filter(None, ends), date.max} if day > first)


def _without(case: Case, day: date) -> Case:
    """Leave out what ends before a day."""
    bars = list(case.bars)
    for index in case.leaves:
        end = ends_on(case.holdings[index], case.qualification)
        if bars[index] is None and end is not None and end < day:
            bars[index] = Bar("lapsed", f"ends {end}", end)
    return replace(case, bars=tuple(bars))


def _as_good(found: Settled, wanted: Settled) -> bool:
    return _worth(found) >= _worth(wanted)


def _worth(settled: Settled) -> tuple[bool, Fraction, int, int]:
    done = sum(fraction == 1 for fraction in settled.fractions.values())
    met = sum(gate.met for gate in settled.gates)
    return settled.satisfied, settled.fraction, met, done


def _of(settled: Settled, holdings: Iterable[int]) -> list[tuple[date, str]]:
    case = settled.case
    found = []
    for index in holdings:
        day = ends_on(case.holdings[index], case.qualification)
        if day is not None:
            found.append((day, case.holdings[index].handle))
    return found


def _all_end(settled: Settled) -> bool:
    return len(_of(settled, settled.used)) == len(settled.used) > 0


def _first(ends: Sequence[tuple[date, str]]) -> Lapse | None:
    if not ends:
        return None
    first = min(day for day, _ in ends)
    return Lapse(
        on=first,
        credentials=tuple(sorted(name for day, name in ends if day == first)),
        until=min((day for day, _ in ends if day > first), default=None),
    )
