"""`credwallet unlock`."""

import re
from datetime import UTC, datetime, timedelta
from math import inf
from typing import TYPE_CHECKING, Annotated

import typer

from credwallet.cli.agent import client, starting
from credwallet.cli.agent.held import HARD_S, IDLE_S, Limits
from credwallet.cli.agent.place import Place, place_of
from credwallet.cli.configuring import profiles
from credwallet.cli.output import Result
from credwallet.cli.unlocking import work as unlocking
from credwallet.errors import Usage
from credwallet.model.moment import span_words

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from credwallet.cli.session import Session
    from credwallet.cli.terminal.console import Console

_SPAN = re.compile(r"(?:(\d{1,3})h)?(?:(\d{1,4})m)?", re.ASCII)


def command(
    ctx: typer.Context,
    span: Annotated[
        str | None,
        typer.Option("--for", metavar="8h", help="So long, used or not; at most 12h."),
    ] = None,
) -> Result:
    """Asks for the passphrase once; after that no command does, until the time is up.

    An agent of your own keeps the key in its memory. Without --for it forgets it when
    it was not asked for 15 minutes, and after 12 hours in any case.

    Examples: credwallet unlock; credwallet unlock --for 8h; credwallet lock
    """
    session: Session = ctx.obj
    limits = _limits(span)
    starting.check_possible()
    if not session.has_wallet():
        raise profiles.no_wallet(session)
    place = place_of(session.home, session.environment.environ)
    _start(session, place, limits)
    until = session.at + timedelta(seconds=limits.hard)
    idle = None if limits.idle == inf else int(limits.idle) // 60
    return Result(
        {
            "home": str(session.home),
            "until": until.isoformat(timespec="seconds").replace("+00:00", "Z"),
            "idleMinutes": idle,
        },
        lambda console: _show(console, _until(session, until, limits), idle),
    )


def _start(session: "Session", place: Place, limits: Limits) -> None:
    from credwallet import store  # noqa: PLC0415 -- lazily: sqlite3

    waiting = starting.start(place)
    try:
        with unlocking.opened(session, afresh=True) as vault:
            opened = vault.vault_key()
        # One that is there holds an older key, or has less time: it ends first.
        client.lock(place)
        waiting.hand_over(
            store.vault_id(session.home),
            epoch=opened.epoch,
            vault_key=opened.vault_key,
            limits=limits,
        )
    finally:
        waiting.give_up()


def _limits(span: str | None) -> Limits:
    if span is None:
        return Limits(HARD_S, IDLE_S)
    found = _SPAN.fullmatch(span.strip())
    hours, minutes = (int(part or 0) for part in found.groups()) if found else (0, 0)
    seconds = hours * 3600.0 + minutes * 60.0
    if not 0 < seconds <= HARD_S:
        raise Usage(
            f"--for {span} is no span of at most 12 hours",
            next_step="write it in hours and minutes: 8h, 30m, 1h30m",
        )
    return Limits(seconds, inf)


def _until(session: "Session", until: datetime, limits: Limits) -> str:
    """Say when the time is up, in the learner's own zone if a variable names it."""
    zone = _zone(session.environment.environ.get("TZ", ""))
    if session.console.terminal and zone is not None:
        return f"unlocked until {until.astimezone(zone):%Y-%m-%d %H:%M %Z}"
    span = span_words(limits.hard)
    return f"unlocked for {span}, until {until.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def _zone(name: str) -> "ZoneInfo | None":
    from zoneinfo import ZoneInfo  # noqa: PLC0415 -- lazily: once a day

    try:
        return ZoneInfo(name.removeprefix(":")) if name else None
    except (ValueError, OSError, LookupError):
        return None  # `CET-1CEST` and the like, or no table of zones


def _show(console: "Console", words: str, idle: int | None) -> None:
    if idle is not None:
        words += f", or until it is not used for {idle} minutes"
    console.line(words)
    console.hint("forget the key at once with: credwallet lock")
