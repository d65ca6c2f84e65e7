"""`credwallet timeline`."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from credwallet.cli.kept import goals
from credwallet.cli.listing.filter_options import (
    Collections,
    Issuer,
    IsVerdict,
    Kind,
    Query,
    Saved,
    Skill,
    Tags,
)
from credwallet.cli.listing.filtering import Filter, fitting, with_saved
from credwallet.cli.output import Result
from credwallet.errors import Usage

if TYPE_CHECKING:
    from credwallet.cli.session import Session


def command(
    ctx: typer.Context,
    start: Annotated[
        str | None,
        typer.Option("--from", metavar="DATE", help="2025, 2025-06 or 2025-06-30."),
    ] = None,
    end: Annotated[
        str | None,
        typer.Option("--until", metavar="DATE", help="2027, 2027-06 or 2027-06-30."),
    ] = None,
    issuer: Issuer = None,
    skill: Skill = None,
    tag: Tags = None,
    kind: Kind = None,
    verdict: IsVerdict = None,
    query: Query = None,
    collection: Collections = None,
    saved: Saved = None,
) -> Result:
    """Oldest first: what was earned, renewed, lapsed or revoked, and what lies ahead.

    Goals with a date stand in it unless a filter is given. The day of a revocation is
    not known: it stands at the day of the check that saw it. In a pipe: date, event,
    handle (of a goal its qualification), name.

    Examples: credwallet timeline; credwallet timeline --from 2026 --until 2027;
    credwallet timeline --tag python --json
    """
    from credwallet.cli import timeline_events, timeline_report  # noqa: PLC0415 -- for --help

    session: Session = ctx.obj
    given = Filter(
        issuer=issuer,
        skill=skill,
        tags=tuple(tag or ()),
        kind=kind,
        verdict=verdict,
        query=query,
        collections=tuple(collection or ()),
    )
    wish = with_saved(session, saved, given)
    first, last = _first(start), _last(end)
    if first and last and last < first:
        raise Usage("--until is before --from", next_step="turn them around")
    kept = () if wish.narrows() else goals(session.vault())
    events = timeline_events.events_of(fitting(session, wish), kept, at=session.at)
    return timeline_report.result(
        [
            event
            for event in events
            if timeline_events.within(event, first=first, last=last)
        ],
        at=session.at,
    )


def _last(text: str | None) -> date | None:
    if text is None:
        return None
    from credwallet.cli.adding_up.offer_inputs import deadline_of  # noqa: PLC0415 -- rare

    return deadline_of(text, "--until")


def _first(text: str | None) -> date | None:
    if text is None:
        return None
    from credwallet.cli.adding_up.offer_inputs import deadline_of  # noqa: PLC0415 -- rare

    last = deadline_of(text, "--from")
    year, _, rest = text.partition("-")
    month, _, day = rest.partition("-")
    return last if day else date(int(year), int(month or 1), 1)
