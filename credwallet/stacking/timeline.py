"""When was each credential issued, when does it expire, and what lapses with it?

The dates behind the answers, for a picture of them: a span for each credential, a
window of years that is worth showing, and which stacks one renewal keeps alive
(`docs/qualification-file.md`, "How it is counted"). Nothing here decides what counts:
`progress` did.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from credwallet.model.qualification import Holding, Progress, Standing

# Beyond this many years from the day in question a date is drawn at the edge.
_REACH = 12
_UNDER_WAY = frozenset({"enrolled", "inprogress", "provisional"})


class Span(NamedTuple):
    """One credential in time.

    `counts_in` are ids of the qualifications where it counts or is the award itself.
    `state` is `counts`, `revoked`, `suspended`, `invalid`, `lapsed`, `not-yet`,
    `under-way`, `unverified` or `unused`: the first that applies.
    """

    holding: Holding
    counts_in: tuple[str, ...]
    state: str


class Timeline(NamedTuple):
    """All spans, and the window that holds most dates; what counts comes first."""

    as_of: date
    start: date
    end: date
    spans: tuple[Span, ...]


class Renewal(NamedTuple):
    """What one renewal keeps alive.

    Unless all of `credentials` are renewed by `on`, all of `qualifications` lapse; if
    they are, none lapses before `until`, None for good.
    """

    on: date
    credentials: tuple[str, ...]
    qualifications: tuple[str, ...]
    until: date | None


def timeline(
    answers: Sequence[Progress], holdings: Iterable[Holding], *, as_of: date
) -> Timeline:
    """Lay all credentials out in time.

    Args:
        answers: What `progress` answered.
        holdings: What it was given.
        as_of: The day in question.

    Returns:
        The spans: what counts before what does not, each by expiry, then by handle.

    """
    counts: dict[str, list[str]] = {}
    for answer in answers:
        used = {use.credential for use in answer.allocation} | {answer.award}
        for handle in used - {""}:
            counts.setdefault(handle, []).append(answer.qualification.id)
    spans = [
        Span(
            holding,
            tuple(counts.get(holding.handle, ())),
            "counts" if holding.handle in counts else _state(holding, as_of),
        )
        for holding in holdings
    ]
    spans.sort(
        key=lambda span: (
            span.state != "counts",
            span.holding.expires or date.max,
            span.holding.handle,
        )
    )
    start, end = _window([span.holding for span in spans], as_of)
    return Timeline(as_of, start, end, tuple(spans))


_BAD = {Standing.REVOKED, Standing.SUSPENDED, Standing.INVALID}


def _state(holding: Holding, as_of: date) -> str:
    if holding.standing in _BAD:
        return str(holding.standing)
    if holding.expires is not None and holding.expires <= as_of:
        return "lapsed"
    if holding.issued is not None and holding.issued > as_of:
        return "not-yet"
    if holding.standing is Standing.OUT_OF_DATE:
        return "lapsed"
    if holding.result_status.strip().casefold() in _UNDER_WAY:
        return "under-way"
    return "unverified" if holding.standing is Standing.UNVERIFIED else "unused"


def _window(holdings: Sequence[Holding], as_of: date) -> tuple[date, date]:
    """Choose whole years around all dates, within reach of the day."""
    years = [as_of.year]
    for holding in holdings:
        years += [day.year for day in (holding.issued, holding.expires) if day]
    first = max(min(years), as_of.year - _REACH, date.min.year)
    last = min(max(years), as_of.year + _REACH, date.max.year - 1)
    return date(min(first, last), 1, 1), date(last + 1, 1, 1)


def renewals(answers: Iterable[Progress]) -> tuple[Renewal, ...]:
    """Say what one renewal keeps alive.

    Args:
        answers: What `progress` answered.

    Returns:
        By day; what lapses with the same credentials on the same day stands together.

    """
    found: dict[tuple[date, tuple[str, ...]], list[tuple[str, date | None]]] = {}
    for answer in answers:
        lapse = answer.lapse
        if lapse is not None:
            entry = (answer.qualification.id, lapse.until)
            found.setdefault((lapse.on, lapse.credentials), []).append(entry)
    return tuple(
        Renewal(
            on,
            credentials,
            tuple(name for name, _ in entries),
            min((day for _, day in entries if day is not None), default=None),
        )
        for (on, credentials), entries in sorted(found.items())
    )
