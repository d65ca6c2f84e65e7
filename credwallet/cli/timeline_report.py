"""How is it shown what happened to the credentials of the wallet, and when?"""

from datetime import UTC, date, datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any

from credwallet.cli.output import Result
from credwallet.cli.terminal.console import cells
from credwallet.model.report import Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from credwallet.cli.terminal.console import Console
    from credwallet.cli.timeline_events import Event

_STYLES = {
    "earned": "green",
    "renewed": "green",
    "lapses": "yellow",
    "goal": "bold",
    "lapsed": "red",
    "revoked": "red",
    "suspended": "red",
}
_UNDATED = "no date"
# Cells on a terminal.
_LONGEST_EVENT, _GAP, _NARROWEST, _RULE = 9, 2, 12, 60


def result(events: "Sequence[Event]", *, at: datetime) -> Result:
    """Show events.

    Args:
        events: In order.
        at: Today.

    """
    today = at.astimezone(UTC).date()
    data = {
        "today": today.isoformat(),
        "events": [_event_json(event) for event in events],
    }
    return Result(data, lambda console: _show(console, events, today))


def _event_json(event: "Event") -> dict[str, Any]:
    goal = event.what == "goal"
    return {
        "date": event.day.isoformat() if event.day else None,
        "event": event.what,
        "handle": None if goal else event.about,
        "qualification": event.about if goal else None,
        "name": event.name or None,
        "issuer": event.issuer or None,
        "renews": event.renews or None,
        "renewedBy": event.renewed_by or None,
        "verdict": event.verdict or None,
        "seenAtCheck": event.seen,
    }


def _show(console: "Console", events: "Sequence[Event]", today: date) -> None:
    if not events:
        console.hint("nothing here: see what there is with credwallet list")
        return
    if not console.terminal:
        console.rows(
            (event.day.isoformat() if event.day else "", *event[1:4])
            for event in events
        )
        return
    width = max((cells(e.about) for e in events if e.what != "goal"), default=4)
    told = False
    for number, (year, group) in enumerate(groupby(events, key=_year)):
        if number:
            console.line()
        if not told and (year == _UNDATED or int(year) > today.year):
            _today(console, today)
            told = True
        console.line(year, style="bold")
        for event in group:
            if not told and event.day is not None and event.day > today:
                _today(console, today)
                told = True
            _line(console, event, width)
    if not told:
        _today(console, today)


def _year(event: "Event") -> str:
    return str(event.day.year) if event.day else _UNDATED


def _today(console: "Console", today: date) -> None:
    words = f"-- today, {today.isoformat()} "
    console.line(words.ljust(min(console.width, _RULE), "-"), style="dim")


def _line(console: "Console", event: "Event", width: int) -> None:
    """Print an event: its name gives way last, the issuer first."""
    day = event.day.isoformat()[5:] if event.day else " " * 5
    about, words = event.about, event.name
    if event.what == "goal":
        about, words = "", f"{event.about}: {event.name}" if event.name else event.about
    remark = _remark(event)
    left = console.width - 2 - len(day) - _LONGEST_EVENT - width - 3 * _GAP
    if left - cells(remark) - _GAP < _NARROWEST:
        remark = ""
    beside = cells(remark) + _GAP if remark else 0
    name = console.shown(words, max(_NARROWEST, left - beside))
    room = left - beside - cells(name) - _GAP
    issuer = console.shown(event.issuer)
    if cells(issuer) > room:
        issuer = console.shown(issuer, room) if room > _NARROWEST else ""
    console.pieces(
        [
            (day, ""),
            (event.what.ljust(_LONGEST_EVENT), _STYLES.get(event.what, "")),
            (about + " " * (width - cells(about)), ""),
            (name, ""),
            (issuer, "dim"),
            (remark, "dim"),
        ],
        indent=2,
        gap=" " * _GAP,
    )


def _remark(event: "Event") -> str:
    if event.renews:
        return f"renews {event.renews}"
    if event.renewed_by:
        return f"renewed by {event.renewed_by}"
    if event.verdict in (Verdict.MALFORMED, Verdict.INVALID):
        return event.verdict
    return "when checked" if event.seen else ""
