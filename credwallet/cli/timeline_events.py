"""What happened to the credentials of the wallet when, and what lies ahead?"""

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, NamedTuple

from credwallet.cli.naming import issuer_words
from credwallet.model.moment import moment_of
from credwallet.model.report import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from credwallet.model.goal import Goal
    from credwallet.store import Entry

_OFF = {Verdict.REVOKED: "revoked", Verdict.SUSPENDED: "suspended"}
# What anybody may have written, and what was taken back.
_RENEWS_NOTHING = (Verdict.MALFORMED, Verdict.INVALID, *_OFF)
# On one day the end of a thing comes before the beginning of the next.
_ORDER = (
    *("lapsed", "lapses", "revoked", "suspended"),
    *("earned", "renewed", "begins", "goal"),
)


class Event(NamedTuple):
    """One thing that happened, or will.

    `day` is the UTC day, None where the credential says none that can be read; `about`
    is the handle, of a goal its qualification. `renews` and `renewed_by` are handles of
    the copy before and after. `verdict` is that of today. `seen` says that the day is
    that of a check.
    """

    day: date | None
    what: str
    about: str
    name: str
    issuer: str = ""
    renews: str = ""
    renewed_by: str = ""
    verdict: str = ""
    seen: bool = False


class _Next(NamedTuple):
    before: str
    after: str


def events_of(
    entries: "Sequence[Entry]", goals: "Iterable[Goal]", *, at: datetime
) -> list[Event]:
    """Put what the wallet knows into the order of time.

    Args:
        entries: Rows, with what time made of their verdict.
        goals: Those without a date are left out.
        at: Today.

    Returns:
        Oldest first; what has no date comes last.

    """
    renewals = _renewals(entries)
    events = [
        event
        for entry in entries
        for event in _of(entry, renewals.get(entry.handle, _Next("", "")), at)
    ]
    events += [
        Event(goal.by, "goal", goal.qualification, goal.why)
        for goal in goals
        if goal.by is not None
    ]
    return sorted(events, key=_when)


def within(event: Event, *, first: date | None, last: date | None) -> bool:
    """Tell whether an event lies between two days, both included.

    Args:
        event: One without a day lies only in a span that is open on both sides.
        first: The first day, None for no beginning.
        last: The last day, None for no end.

    """
    if event.day is None:
        return first is None and last is None
    return (first is None or first <= event.day) and (last is None or event.day <= last)


def _of(entry: "Entry", beside: _Next, at: datetime) -> "Iterator[Event]":
    """List what happened to one credential."""
    summary = entry.summary
    today = at.astimezone(UTC).date()
    base = Event(
        None,
        "",
        entry.handle,
        summary.name or summary.id,
        issuer_words(summary.issuer_name, summary.listed_as) or summary.issuer_id,
        verdict=summary.verdict,
    )
    start, end = moment_of(summary.valid_from), moment_of(summary.valid_until)
    what = "renewed" if beside.before else "earned"
    if start is not None and start > at:
        what = "begins"
    yield base._replace(day=_day(start), what=what, renews=beside.before)
    off = _OFF.get(Verdict(summary.verdict))
    if off is not None:
        seen = moment_of(summary.checked_at)
        yield base._replace(day=_day(seen) or today, what=off, seen=True)
    # What was taken back has nothing more to lose.
    if end is not None and (end <= at or off is None):
        what = "lapsed" if end <= at else "lapses"
        yield base._replace(day=_day(end), what=what, renewed_by=beside.after)


def _renewals(entries: "Sequence[Entry]") -> dict[str, _Next]:
    """Find which credential renews which: the same achievement, of the same issuer."""
    found: dict[tuple[str, str, str], list[tuple[datetime, str]]] = {}
    for entry in entries:
        summary = entry.summary
        start = moment_of(summary.valid_from)
        if summary.verdict in _RENEWS_NOTHING or start is None:
            continue
        if summary.achievements and summary.issuer_id:
            # The name, too: some issuers give one identifier to a whole sort of badges.
            key = summary.issuer_id, summary.achievements[0], summary.name.casefold()
            found.setdefault(key, []).append((start, entry.handle))
    renewals = {}
    for copies in found.values():
        handles = [handle for _, handle in sorted(copies)]
        starts = [start for start, _ in sorted(copies)]
        for number, handle in enumerate(handles):
            # Two of one moment are copies, and renew nothing.
            earlier = number and starts[number - 1] < starts[number]
            later = number + 1 < len(handles) and starts[number] < starts[number + 1]
            renewals[handle] = _Next(
                handles[number - 1] if earlier else "",
                handles[number + 1] if later else "",
            )
    return renewals


def _day(moment: datetime | None) -> date | None:
    if moment is None:
        return None
    try:
        return moment.astimezone(UTC).date()
    except OverflowError:
        return moment.date()


def _when(event: Event) -> tuple[bool, date, int, str, str]:
    day = event.day or date.max
    return (
        event.day is None,
        day,
        _ORDER.index(event.what),
        event.name.casefold(),
        event.about,
    )
