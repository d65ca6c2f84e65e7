"""`credwallet share`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand

from credwallet import formats
from credwallet.cli import handing_over
from credwallet.cli.app import COMMANDS, CONTEXT, GLOBALS, PLAIN
from credwallet.cli.disclosing import disclosures_json, show_disclosures
from credwallet.cli.handing_over import Form, Outlet, Sent
from credwallet.cli.output import OF_VERDICT, ExitCode, Result, gravest
from credwallet.cli.trash import find_all
from credwallet.errors import NotFound, Usage
from credwallet.model.credential import Credential
from credwallet.model.report import Problem, Verdict
from credwallet.model.summary import verdict_at
from credwallet.share import WAYS, Request, Way
from credwallet.share.slug import slug

if TYPE_CHECKING:
    from collections.abc import Sequence

    from credwallet.cli.console import Console
    from credwallet.cli.session import Session
    from credwallet.store import Entry

_GOOD = (Verdict.VALID, Verdict.UNDETERMINED)


class ShareCommand(TyperCommand):
    """A command whose `--qr` may stand alone, also in front of an ID."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse the arguments, after a lonely `--qr` got its value."""
        return super().parse_args(ctx, with_form(args))


def with_form(args: "Sequence[str]") -> list[str]:
    """Write each `--qr` that no form follows as `--qr=auto`.

    Args:
        args: The arguments of the command.

    """
    following = (*args[1:], "")
    forms = {form.value for form in Form}
    return [
        f"--qr={Form.AUTO}" if arg == "--qr" and after not in forms else arg
        for arg, after in zip(args, following, strict=True)
    ]


group = typer.Typer(**PLAIN)


@group.command(
    "share",
    cls=ShareCommand,
    epilog=GLOBALS,
    context_settings=CONTEXT,
    no_args_is_help=True,
    help=COMMANDS["share"].summary
    + """

    Lists what leaves, asks, and makes it. No network is used.

    As a file it goes to stdout or to --out, byte for byte as it was received. A QR code
    carries a link if there is a --page, else the credential itself if it is small.

    Examples: credwallet share k7wq --out badge.json; credwallet share k7wq --qr;
    credwallet share k7wq --as linkedin
    """,
)
def command(
    ctx: typer.Context,
    handles: Annotated[
        list[str], typer.Argument(metavar="ID...", help="Handles, ids or names.")
    ],
    way: Annotated[
        str, typer.Option("--as", metavar="|".join(WAYS), help="In which way.")
    ] = "",
    form: Annotated[
        Form | None,
        typer.Option(
            "--qr",
            metavar="[png|svg|term]",
            help="A QR code of it; alone: in the terminal if it fits, else a picture.",
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
        str, typer.Option(metavar="URL", help="linkedin: its public address.")
    ] = "",
    number: Annotated[
        str, typer.Option(metavar="TEXT", help="linkedin: its number.")
    ] = "",
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
    entries = _held(session, handles)
    if not anyway and (refusal := _refusal(session, entries)) is not None:
        return refusal
    page = page or session.environment.environ.get("CREDWALLET_PAGE", "")
    chosen = _way(way, with_page=form is not None and page != "")
    credentials, unsigned = _opened(session, entries)
    request = Request(page, url, number, unsigned)
    made = chosen.hand_over(credentials, request)
    outlet = handing_over.settled(
        session, Outlet(form, out, _stem(entries[0]), dense, force)
    )
    handing_over.check_outlet(session, made, outlet)
    symbol = handing_over.symbol_of(made, outlet)
    notes = (
        *_verdict_notes(session, entries),
        *made.notes,
        *handing_over.symbol_notes(made, symbol),
    )
    listed = [
        (entry, chosen.discloses(credential, request))
        for entry, credential in zip(entries, credentials, strict=True)
    ]
    # Nobody answers a question about what is not shown; only scripts are spared.
    if not yes or not (session.settings.quiet or session.settings.json):
        show_disclosures(session.console, chosen.NAME, listed, notes)
    if not yes and not session.confirm("Hand it over?", flag="--yes"):
        return Result(_data(chosen, (), Sent()), lambda _: None, ExitCode.ERROR)
    sent = handing_over.send(session, made, symbol, outlet)
    data = _data(chosen, made.links, sent)
    data |= {"discloses": disclosures_json(listed), "notes": list(notes)}

    def show(console: "Console") -> None:
        for line in sent.lines:
            console.row([line])

    return Result(data, show)


def _held(session: "Session", handles: "Sequence[str]") -> "list[Entry]":
    entries = find_all(session, handles)
    for entry in entries:
        if entry.summary.trashed_at:
            raise NotFound(
                f"{entry.handle} is in the trash",
                next_step=f"first: credwallet restore {entry.handle}",
            )
    return entries


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


def _opened(
    session: "Session", entries: "Sequence[Entry]"
) -> tuple[tuple[Credential, ...], tuple[str, ...]]:
    """Read the credentials, and which of their members no proof covers."""
    credentials = []
    unsigned: list[str] = []
    for entry in entries:
        stored = session.vault().read(entry.rid)
        held = formats.read(stored.raw)
        if not isinstance(held, Credential):
            raise Usage(f"{entry.handle} is a presentation, not a credential")
        credentials.append(held)
        unsigned += stored.report.get("unsigned", ())
    return tuple(credentials), tuple(unsigned)


def _refusal(session: "Session", entries: "Sequence[Entry]") -> Result | None:
    """Say which credentials a receiver would refuse, None if there are none."""
    problems = []
    codes = []
    for entry in entries:
        verdict = Verdict(verdict_at(entry.summary, session.at))
        if verdict in _GOOD:
            continue
        codes.append(OF_VERDICT[verdict])
        problems.append(
            Problem(
                type=str(verdict),
                title=f"{entry.handle} is {verdict}{_checked(entry)}",
                next_step="check it again with credwallet verify, or share it with "
                "--anyway: the receiver will see the same",
            )
        )
    if not problems:
        return None
    return Result({}, lambda _: None, gravest(codes), tuple(problems))


def _verdict_notes(session: "Session", entries: "Sequence[Entry]") -> tuple[str, ...]:
    notes = []
    for entry in entries:
        verdict = verdict_at(entry.summary, session.at)
        if verdict == Verdict.UNDETERMINED:
            notes.append(
                f"{entry.handle} could not be checked in full{_checked(entry)}"
            )
        elif verdict != Verdict.VALID:
            notes.append(f"{entry.handle} is {verdict}{_checked(entry)}: shared anyway")
    return tuple(notes)


def _checked(entry: "Entry") -> str:
    day = entry.summary.checked_at[:10]
    return f" (checked {day})" if day else ""


def _data(way: Way, links: tuple[str, ...], sent: Sent) -> dict[str, Any]:
    return {
        "as": way.NAME,
        "files": list(sent.files),
        "link": links[0] if len(links) == 1 else None,
        "links": list(links),
        "qr": sent.qr,
        "discloses": [],
        "notes": [],
    }
