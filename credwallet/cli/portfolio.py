"""`credwallet portfolio`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from credwallet.cli.listing.filter_options import (
    Collections,
    Issuer,
    Kind,
    Query,
    Saved,
    Skill,
    Tags,
)
from credwallet.cli.listing.filtering import Filter, Sort, fitting, with_saved
from credwallet.cli.listing.unfitting import nothing_fits
from credwallet.cli.output import Result
from credwallet.cli.sharing import to_share
from credwallet.cli.sharing import work as sharing
from credwallet.cli.sharing.handing_over import Outlet
from credwallet.errors import Usage
from credwallet.model.report import Verdict
from credwallet.model.summary import verdict_at
from credwallet.share import WAYS, Request

if TYPE_CHECKING:
    from collections.abc import Sequence

    from credwallet.cli.session import Session
    from credwallet.store import Entry

NO_ARGS_IS_HELP = True

_TITLE = "Portfolio"
_LONGEST_NAME = 200
_LONGEST_WORDS = 3000


def command(
    ctx: typer.Context,
    handles: Annotated[
        list[str] | None,
        typer.Argument(metavar="ID...", help="Handles, ids or names, in this order."),
    ] = None,
    out: Annotated[Path | None, typer.Option(help="The file to write.")] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="All that are good.")
    ] = False,
    tag: Tags = None,
    issuer: Issuer = None,
    skill: Skill = None,
    kind: Kind = None,
    query: Query = None,
    collection: Collections = None,
    saved: Saved = None,
    name: Annotated[
        str, typer.Option(metavar="TEXT", help="Your name, at the head of the page.")
    ] = "",
    about: Annotated[
        str, typer.Option(metavar="TEXT", help="Words of yours below it.")
    ] = "",
    audience: Annotated[
        str, typer.Option("--for", metavar="WHO", help="Who it is for, for the log.")
    ] = "",
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Overwrite a file that is there.")
    ] = False,
    anyway: Annotated[
        bool, typer.Option("--anyway", help="Even if invalid, revoked or out of date.")
    ] = False,
) -> Result:
    """Show their skills and when each was issued: for an application, say.

    Whoever opens the page sees and verifies them in their browser: one file, nothing is
    loaded, nothing is sent. Lists what leaves and asks, as share does. Evidence stands
    there as text. What a filter finds and is not good is left out, and named.

    Examples: credwallet portfolio --tag python --out ada.html --name "Ada Byron";
    credwallet portfolio k7wq m2xe --out two.html --about "For the job of a keeper.";
    credwallet portfolio --collection job --out job.html
    """
    session: Session = ctx.obj
    if out is None:
        raise Usage("a page goes to a file", next_step="name it: --out portfolio.html")
    _check_words(name, about)
    wish = with_saved(
        session,
        saved,
        Filter(
            issuer=issuer,
            skill=skill,
            tags=tuple(tag or ()),
            kind=kind,
            query=query,
            collections=tuple(collection or ()),
        ),
    )
    filtered = everything or wish.narrows() or saved is not None
    entries = _entries(session, handles or (), wish if filtered else None)
    if not entries:
        raise nothing_fits(session.vault(), wish)
    entries, left_out = _good(session, entries, handles or (), anyway=anyway)
    if not entries:
        raise Usage(
            "nothing that is good is left to put on the page",
            next_step="see why with: credwallet list; or give --anyway",
        )
    if not anyway and (refusal := to_share.refusal(session, entries)) is not None:
        return refusal
    for line in left_out:
        session.console.note(line)
    credentials, kept = to_share.opened(session, entries)
    request = Request(
        kept=kept, audience=audience, title=name or _TITLE, about_me=about
    )
    outlet = Outlet(None, out, "portfolio", dense=False, force=force)
    handing = sharing.Handing(
        WAYS["html"], entries, credentials, request, outlet, yes=yes
    )
    return sharing.run(session, handing)


def _entries(
    session: "Session", handles: "Sequence[str]", wish: Filter | None
) -> "list[Entry]":
    """Find what was named, in its order, then what a filter finds.

    That comes newest first; what is in a collection in the order of that.
    """
    if not handles and wish is None:
        raise Usage(
            "say which credentials the page is to show",
            next_step="name them, or give --tag, --collection, --issuer, --skill, "
            "--query, --filter or --all",
        )
    named = to_share.held(session, handles)
    found = {entry.rid: entry for entry in named}
    for entry in _found(session, wish) if wish is not None else ():
        found.setdefault(entry.rid, entry)
    return list(found.values())


def _found(session: "Session", wish: Filter) -> "list[Entry]":
    if wish.collections:
        return fitting(session, wish._replace(sort=None))
    return fitting(session, wish._replace(sort=Sort.FROM))[::-1]


def _good(
    session: "Session",
    entries: "Sequence[Entry]",
    handles: "Sequence[str]",
    *,
    anyway: bool,
) -> "tuple[list[Entry], list[str]]":
    """Leave out what only a filter found and no receiver would take."""
    named = {entry.rid for entry in to_share.held(session, handles)}
    stays, lines = [], []
    for entry in entries:
        verdict = Verdict(verdict_at(entry.summary, session.at))
        if anyway or entry.rid in named or verdict in to_share.GOOD:
            stays.append(entry)
        else:
            lines.append(f"left out: {entry.handle} is {verdict}")
    return stays, lines


def _check_words(name: str, about: str) -> None:
    for flag, words, most in (
        ("--name", name, _LONGEST_NAME),
        ("--about", about, _LONGEST_WORDS),
    ):
        if len(words) > most:
            raise Usage(
                f"{flag} is longer than {most:,} characters",
                next_step="say it in fewer words",
            )
