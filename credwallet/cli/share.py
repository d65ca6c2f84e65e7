"""`credwallet share`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from credwallet.cli.app import COMMANDS, CONTEXT, GLOBALS, PLAIN
from credwallet.cli.listing.filter_options import Collections
from credwallet.cli.listing.filtering import Filter, fitting
from credwallet.cli.output import Result
from credwallet.cli.sharing import to_share
from credwallet.cli.sharing import work as sharing
from credwallet.cli.sharing.beside import ShareCommand
from credwallet.cli.sharing.handing_over import Form, Outlet
from credwallet.cli.sharing.picture import picture_of
from credwallet.cli.sharing.presenting import Asked, presenting_of
from credwallet.errors import NotFound, Usage
from credwallet.share import WAYS, Request, Way
from credwallet.share.slug import slug

if TYPE_CHECKING:
    from credwallet.cli.session import Session
    from credwallet.store import Entry

_WAYS = "\n".join(f"    {name:<14}{way.SUMMARY}" for name, way in WAYS.items())

group = typer.Typer(**PLAIN)


@group.command(
    "share",
    cls=ShareCommand,
    epilog=GLOBALS,
    context_settings=CONTEXT,
    no_args_is_help=True,
    help=COMMANDS["share"].summary
    + """

    Lists what leaves, asks, and makes it. No network is used but for --upload and
    --open. What went out is listed by: credwallet share log

    As a file it goes to stdout or to --out, byte for byte as it was received. A QR code
    carries a link if there is a --page, else the credential itself if it is small.

    Examples: credwallet share k7wq --out badge.json; credwallet share k7wq --qr;
    credwallet share k7wq --as linkedin;
    credwallet share --collection job --as html --out job.html

    Ways, for --as:

    \b
"""
    + _WAYS,
)
def command(
    ctx: typer.Context,
    handles: Annotated[
        list[str] | None,
        typer.Argument(metavar="ID...", help="Handles, ids or names."),
    ] = None,
    collection: Collections = None,
    way: Annotated[
        str, typer.Option("--as", metavar="WAY", help="In which way; see above.")
    ] = "",
    form: Annotated[
        Form | None,
        typer.Option(
            "--qr",
            metavar="[png|svg|term]",
            help="A QR code of it; alone: in the terminal if it fits, else a PNG file.",
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="The file to write, or a folder for several.")
    ] = None,
    page: Annotated[
        str,
        typer.Option(metavar="URL", help="Page of the link, else CREDWALLET_PAGE."),
    ] = "",
    url: Annotated[
        str, typer.Option(metavar="URL", help="Its public address, for what names one.")
    ] = "",
    number: Annotated[
        str, typer.Option(metavar="TEXT", help="linkedin: its number.")
    ] = "",
    audience: Annotated[
        str, typer.Option("--for", metavar="WHO", help="Who it is for.")
    ] = "",
    nonce: Annotated[
        str,
        typer.Option(
            metavar="TEXT", help="vp, vp-jwt, sd-jwt: what the receiver sent you."
        ),
    ] = "",
    expires: Annotated[
        str, typer.Option(metavar="10m", help="vp, vp-jwt, sd-jwt: ends after so long.")
    ] = "",
    key: Annotated[
        str, typer.Option(metavar="NAME", help="vp, vp-jwt: the key that signs.")
    ] = "",
    reveal: Annotated[
        list[str] | None,
        typer.Option(metavar="A,B", help="sd-jwt: what is shown; nothing else is."),
    ] = None,
    upload: Annotated[
        bool,
        typer.Option("--upload", help="verifierplus: let its server keep a copy."),
    ] = False,
    browse: Annotated[
        bool, typer.Option("--open", help="Open the address in the browser.")
    ] = False,
    bake: Annotated[
        Path | None,
        typer.Option(metavar="IMAGE", help="file: into this PNG or SVG, a copy of it."),
    ] = None,
    font: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help="pdf: a font for letters that ours lacks."),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    dense: Annotated[
        bool, typer.Option("--dense", help="Allow QR codes that few phones read.")
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Overwrite files that are there.")
    ] = False,
    anyway: Annotated[
        bool, typer.Option("--anyway", help="Even if invalid, revoked or out of date.")
    ] = False,
) -> Result:
    """Hand credentials over."""
    session: Session = ctx.obj
    # What the words alone can get wrong is said before the wallet is looked for.
    page = page or session.settings.share_page
    chosen = _way(way, with_page=form is not None and page != "")
    picture = picture_of(bake, way=chosen.NAME, form=form)
    entries = _held(session, handles or [], form, tuple(collection or ()))
    if not anyway and (refusal := to_share.refusal(session, entries)) is not None:
        return refusal
    credentials, kept = to_share.opened(session, entries)
    asked = Asked(audience, nonce, expires, key, tuple(reveal or ()))
    request = Request(
        page=page,
        certificate_url=url,
        certificate_id=number,
        kept=kept,
        audience=audience,
        upload=upload,
        picture=picture,
        fonts=tuple(font or ()),
        at=session.at.isoformat(timespec="seconds"),
        presenting=presenting_of(session, chosen, credentials, asked),
    )
    handing = sharing.Handing(
        chosen,
        entries,
        credentials,
        request,
        Outlet(form, out, _stem(entries[0]), dense, force),
        yes=yes,
        browse=browse,
    )
    return sharing.run(session, handing)


def _held(
    session: "Session",
    handles: list[str],
    form: Form | None,
    collections: tuple[str, ...],
) -> "list[Entry]":
    """Find the credentials; a word after a lonely `--qr` may be meant as its form."""
    if not handles and not collections:
        raise Usage(
            "say which credentials to share",
            next_step="name them by handle, id or name, or give --collection; see: "
            "credwallet list",
        )
    try:
        named = to_share.held(session, handles)
        if not collections:
            return named
        found = fitting(session, Filter(collections=collections))
    except NotFound as error:
        if form is Form.AUTO:
            error.next_step = f"{error.next_step}; a QR code is png, svg or term"
        raise
    entries = {entry.rid: entry for entry in (*named, *found)}
    if not entries:
        raise NotFound(
            f"nothing is in the collection {' or '.join(collections)}",
            next_step=f"see: credwallet collection show {collections[0]}",
        )
    return list(entries.values())


def _stem(entry: "Entry") -> str:
    return slug(entry.summary.name, otherwise=f"credential-{entry.handle}")


def _way(name: str, *, with_page: bool) -> Way:
    if not name:
        return WAYS["link" if with_page else "file"]
    if name not in WAYS:
        raise Usage(
            f"there is no way to share called {name!r}",
            next_step=f"choose one of: {', '.join(WAYS)}",
        )
    return WAYS[name]
