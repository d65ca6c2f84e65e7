"""The work of `credwallet share`: say what leaves, ask, hand over, note it down."""

from typing import TYPE_CHECKING, Any, NamedTuple

from credwallet.cli.output import ExitCode, Result
from credwallet.cli.sharing import handing_over, shared, to_share
from credwallet.cli.sharing.disclosing import disclosures_json, show_disclosures
from credwallet.cli.terminal.progress import Progress
from credwallet.cli.unlocking.private_file import there_already
from credwallet.errors import CredwalletError, Usage
from credwallet.fetch.port import NO_ANSWER
from credwallet.share.disclosure import added

if TYPE_CHECKING:
    from collections.abc import Sequence

    from credwallet.cli.session import Session
    from credwallet.cli.sharing.handing_over import Outlet, Sent
    from credwallet.cli.terminal.console import Console
    from credwallet.model.credential import Credential
    from credwallet.share import Disclosure, Handover, Request, Way
    from credwallet.store import Entry

    Listed = list[tuple[Entry, tuple[Disclosure, ...]]]


_TAKES_URL = ("linkedin", "verifierplus", "resume", "markdown")
_TAKES_NUMBER = ("linkedin",)


class Handing(NamedTuple):
    """What is to be handed over, how and where to; `entries` are the rows of it.

    `yes` spares the question, `browse` opens the address that comes of it.
    """

    way: "Way"
    entries: "Sequence[Entry]"
    credentials: "tuple[Credential, ...]"
    request: "Request"
    outlet: "Outlet"
    yes: bool = False
    browse: bool = False


def run(session: "Session", handing: Handing) -> Result:
    """Hand it over, if the learner agrees to what is listed.

    Args:
        session: Of the run.
        handing: What, how and where to.

    Returns:
        What was written; with an exit code of 1 if the answer was no.

    Raises:
        Usage: If it cannot be done as it was asked for.
        CredwalletError: If a file or a server fails.

    """
    way, request = handing.way, handing.request
    with Progress(session.console, f"making {way.NAME}"):
        made = way.hand_over(handing.credentials, request)
    outlet = handing_over.settled(session, handing.outlet)
    _check(session, made, outlet, handing)
    symbol = None if made.uploads else handing_over.symbol_of(made, outlet)
    handing_over.check_screen(session, symbol, handing.outlet)
    notes = (
        *to_share.verdict_notes(session, handing.entries),
        *made.notes,
        *handing_over.symbol_notes(made, symbol),
    )
    listed = _listed(handing)
    # Nobody answers a question about what is not shown; only scripts are spared.
    if not handing.yes or not (session.settings.quiet or session.settings.json):
        rows = 0 if handing.yes else handing_over.rows_of(session)
        show_disclosures(session.console, way.NAME, listed, notes, rows=rows)
    if not _agreed(session, made, yes=handing.yes):
        session.console.note("nothing was handed over")
        return Result(_data(way, (), handing_over.Sent()), _nothing, ExitCode.ERROR)
    if made.uploads:
        made = _uploaded(session, handing, made, listed)
        symbol = handing_over.symbol_of(made, outlet)
    sent = handing_over.send(session, made, symbol, outlet)
    screen = session.console.terminal and not session.settings.json
    _note_down(session, handing, made, listed, _where(made, sent, screen=screen))
    if handing.browse:
        from credwallet.cli.sharing.browsing import browse  # noqa: PLC0415 -- lazily: rare

        browse(session, made.links[0])
    data = _data(way, made.links, sent)
    data |= {"discloses": disclosures_json(listed), "notes": list(notes)}

    def show(console: "Console") -> None:
        for line in sent.lines:
            console.row([line])

    return Result(data, show)


def _listed(handing: Handing) -> "Listed":
    """List what leaves with each; the words at the head of a page stand once."""
    request = handing.request
    head = (("title of the page", request.title), ("your words", request.about_me))
    beside = tuple(added(label, value) for label, value in head if value)
    pairs = zip(handing.entries, handing.credentials, strict=True)
    listed = [
        (entry, handing.way.discloses(credential, request))
        for entry, credential in pairs
    ]
    first, *others = listed
    return [(first[0], (*beside, *first[1])), *others]


def _check(
    session: "Session", made: "Handover", outlet: "Outlet", handing: Handing
) -> None:
    """Refuse what cannot be done, before there is a question."""
    if handing.request.upload and not made.uploads:
        raise Usage(
            "only VerifierPlus keeps a copy",
            next_step="leave --upload out, or give --as verifierplus",
        )
    _check_public(handing)
    _check_out(outlet, uploads=bool(made.uploads))
    # What a server will answer is one address for each.
    links = made.links or tuple(upload.url for upload in made.uploads)
    handing_over.check_outlet(session, made._replace(links=links), outlet)
    if handing.browse and len(links) != 1:
        raise Usage(
            "--open opens one address, and this makes "
            + (f"{len(links)}" if links else "none"),
            next_step="share one credential as linkedin, link or verifierplus",
        )
    if session.settings.offline and (handing.browse or made.uploads):
        raise Usage(
            f"{'--upload' if made.uploads else '--open'} needs the network, and "
            "--offline forbids it",
            next_step="leave one of the two out",
        )


def _check_public(handing: Handing) -> None:
    """Refuse an address or a number that the way would pass over."""
    request, way = handing.request, handing.way.NAME
    for flag, given, takes in (
        ("--url", request.certificate_url, _TAKES_URL),
        ("--number", request.certificate_id, _TAKES_NUMBER),
    ):
        if given and way not in takes:
            raise Usage(
                f"{flag} does not fit --as {way}",
                next_step=f"leave it out; it is for {', '.join(takes)}",
            )


def _check_out(outlet: "Outlet", *, uploads: bool) -> None:
    """Refuse a file that is there, and what cannot be one, before any question."""
    out = outlet.out
    if out is None:
        return
    try:
        out.lstat()
        folder = out.is_dir()
    except (FileNotFoundError, NotADirectoryError):
        return
    except (OSError, ValueError):
        raise Usage(
            f"{str(out)[:100]} cannot be the name of a file",
            next_step="choose a shorter name of letters, digits and dashes",
        ) from None
    if folder and uploads:
        raise Usage(
            f"{out} is a folder",
            next_step="name the file that the address goes into, or leave --out out",
        )
    if not folder and not outlet.force:
        raise there_already(out)


def _agreed(session: "Session", made: "Handover", *, yes: bool) -> bool:
    if made.uploads:
        from credwallet.cli.sharing.uploading import agreed  # noqa: PLC0415 -- lazily: rare

        return agreed(session, made.uploads, yes=yes)
    return yes or session.confirm("Hand it over?", flag="--yes")


def _uploaded(
    session: "Session", handing: Handing, made: "Handover", listed: "Listed"
) -> "Handover":
    """Give each to its server; what left is noted down also if another one fails."""
    from credwallet.cli.sharing.uploading import upload  # noqa: PLC0415 -- lazily: rare

    links: list[str] = []
    for one in made.uploads:
        try:
            links.append(upload(session, one))
        except CredwalletError as error:
            there = tuple(links)
            if error.type == NO_ANSWER:
                there = (*there, f"{one.host}: no answer, it may be there")
            if there:
                _note_down(session, handing, made, listed[: len(there)], there)
            raise
    return made._replace(links=tuple(links))


def _where(made: "Handover", sent: "Sent", *, screen: bool) -> tuple[str, ...]:
    """Say where it went; a link that carries the credential is not kept."""
    files = tuple(item["path"] for item in sent.files)
    if made.uploads:
        return (*made.links, *files)
    if files:
        return files
    if sent.qr is not None:
        return ("a QR code on the screen" if screen else "a QR code on stdout",)
    return ("the screen",) if made.links and screen else ("stdout",)


def _note_down(
    session: "Session",
    handing: Handing,
    made: "Handover",
    listed: "Listed",
    where: tuple[str, ...],
) -> None:
    parts = tuple(
        shared.part_of(entry, credential, disclosed)
        for (entry, disclosed), credential in zip(
            listed, handing.credentials, strict=False
        )
    )
    shared.keep(
        session,
        shared.Line(
            at=session.at.isoformat(timespec="microseconds"),
            way=handing.way.NAME,
            to=handing.request.audience or made.to or shared.WHOEVER,
            where=where,
            parts=parts,
        ),
    )


def _nothing(_: "Console") -> None:
    return


def _data(way: "Way", links: tuple[str, ...], sent: "Sent") -> dict[str, Any]:
    return {
        "as": way.NAME,
        "files": list(sent.files),
        "link": links[0] if len(links) == 1 else None,
        "links": list(links),
        "qr": sent.qr,
        "discloses": [],
        "notes": [],
    }
