"""Where a handover goes: stdout, a file, or a QR code in the terminal or in a file."""

import os
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from credwallet.cli.export import write_new
from credwallet.cli.out import check_folder, note_folder, note_name
from credwallet.errors import Usage
from credwallet.share import Handover, drawing, link, qr, read_back

if TYPE_CHECKING:
    from credwallet.cli.session import Session
    from credwallet.share.qr import Symbol

_PICTURES = {"png": "image/png", "svg": "image/svg+xml"}
_NOT_SHOWN = {
    "image/png": "picture",
    "application/pdf": "PDF",
    "text/html": "web page",
}

_CARRIES_ITSELF = (
    "the QR code holds the credential itself: a wallet or a verifier reads it, "
    "a plain camera shows its text"
)


class Form(StrEnum):
    """How a QR code is drawn."""

    AUTO = "auto"
    PNG = "png"
    SVG = "svg"
    TERM = "term"


class Outlet(NamedTuple):
    """What the learner said about where it goes; `form` is None without a QR code.

    `stem` is a safe file name without extension, for a QR code that has none.
    """

    form: Form | None
    out: Path | None
    stem: str
    dense: bool
    force: bool


class Sent(NamedTuple):
    """What was written: `files` and `qr` for `--json`, `lines` still to be printed."""

    files: tuple[dict[str, Any], ...] = ()
    qr: dict[str, Any] | None = None
    lines: tuple[str, ...] = ()


def settled(session: "Session", outlet: Outlet) -> Outlet:
    """Decide what `auto` means here.

    Args:
        session: Of the run.
        outlet: What the learner said.

    """
    if outlet.form is not Form.AUTO:
        return outlet
    if outlet.out is not None:
        form = Form.SVG if outlet.out.suffix.lower() == ".svg" else Form.PNG
    else:
        shown = session.console.terminal and not session.settings.json
        form = Form.TERM if shown else Form.PNG
    return outlet._replace(form=form)


def check_outlet(session: "Session", made: Handover, outlet: Outlet) -> None:
    """Refuse what cannot be done, before there is a question.

    Args:
        session: Of the run.
        made: What would go out.
        outlet: Where to.

    Raises:
        Usage: Several credentials for one QR code or one stdout, or a picture for a
            terminal.

    """
    if outlet.form is not None:
        if len(made.files) + len(made.links) != 1:
            raise Usage(
                "one QR code carries one credential",
                next_step="share them one at a time",
            )
        if made.files and not made.files[0].scan:
            raise Usage(
                "a file of this kind does not go into a QR code",
                next_step="leave out --qr; the code of a link is --as link --page "
                "https://... --qr",
            )
        return
    if outlet.out is not None and len(made.files) > 1:
        check_folder(outlet.out, len(made.files))
    if outlet.out is not None or not made.files:
        return
    if len(made.files) != 1 or session.settings.json:
        raise Usage(
            "only one credential goes to stdout, and not inside --json",
            next_step="name a file or a folder with --out",
        )
    if session.console.terminal and made.files[0].media_type in _NOT_SHOWN:
        kind = _NOT_SHOWN[made.files[0].media_type]
        raise Usage(
            f"a {kind} does not go to the terminal",
            next_step=f"name a file: --out {made.files[0].name}",
        )


def symbol_of(made: Handover, outlet: Outlet) -> "Symbol | None":
    """Make the QR code, if one was asked for.

    Args:
        made: One link, or one file that is text.
        outlet: Settled.

    Raises:
        Usage: If it does not fit; what to do instead depends on what was to go in.

    """
    if outlet.form is None:
        return None
    make = qr.symbol_for_paper if outlet.form is Form.SVG else qr.symbol
    try:
        if made.links:
            return make(made.links[0], dense=outlet.dense)
        return make(made.files[0].scan, dense=outlet.dense)
    except Usage as refusal:
        if made.links:
            raise
        raise Usage(
            f"as it stands this credential is too large: {refusal.what}",
            next_step=f"{refusal.next_step}; a link is often shorter: "
            f"{link.ABOUT_PAGES}",
        ) from None


def symbol_notes(made: Handover, symbol: "Symbol | None") -> tuple[str, ...]:
    """Say what to know about a QR code.

    Args:
        made: What it carries.
        symbol: The code, or None.

    """
    if symbol is None:
        return ()
    notes = [] if made.links else [_CARRIES_ITSELF]
    return tuple(note for note in (*notes, qr.warning(symbol)) if note)


def check_screen(session: "Session", symbol: "Symbol | None", outlet: Outlet) -> None:
    """Refuse a code that is wanted in a terminal which cannot show it.

    Args:
        session: Of the run.
        symbol: The code, or None if it is not known yet.
        outlet: As the learner said it, before `auto` was settled.

    Raises:
        Usage: If it does not fit; no file is made in its place.

    """
    if symbol is None or outlet.form is not Form.TERM or session.settings.json:
        return
    why = _why_not_shown(session, symbol)
    if why:
        raise Usage(why, next_step="make a picture of it: --qr png --out FILE")


def send(
    session: "Session", made: Handover, symbol: "Symbol | None", outlet: Outlet
) -> Sent:
    """Write it all.

    Args:
        session: Of the run.
        made: What goes out.
        symbol: The QR code that goes out in its place, or None.
        outlet: Settled and checked.

    Raises:
        Usage: If a file is there already.
        StorageFailure: If a file cannot be written.

    """
    if symbol is not None:
        return _send_symbol(session, symbol, outlet)
    if made.links:
        return _send_links(session, made, outlet)
    if outlet.out is None:
        session.write_bytes(made.files[0].content, made.files[0].media_type)
        return Sent()
    single = len(made.files) == 1 and not _is_folder(outlet.out)
    return _written(
        session,
        [
            (
                outlet.out if single else outlet.out / file.name,
                file.media_type,
                file.content,
            )
            for file in made.files
        ],
        outlet,
    )


def _send_links(session: "Session", made: Handover, outlet: Outlet) -> Sent:
    if outlet.out is None:
        return Sent(lines=made.links)
    path = outlet.out / "link.txt" if outlet.out.is_dir() else outlet.out
    text = "".join(f"{line}\n" for line in made.links)
    return _written(session, [(path, "text/plain", text.encode())], outlet)


def _send_symbol(session: "Session", symbol: "Symbol", outlet: Outlet) -> Sent:
    about = {"version": symbol.version, "level": symbol.level, "path": None}
    form, why = outlet.form, ""
    if form is Form.TERM:
        why = _why_not_shown(session, symbol)
        if not why and not session.settings.json:
            text = _for_terminal(session, symbol) or ""
            read_back.check_terminal(text, symbol.text)
            session.environment.stdout.write(text)
            return Sent(qr=about)
        form = Form.PNG
    kind = "svg" if form is Form.SVG else "png"
    picture = _drawn(symbol, kind)
    to_file = session.console.terminal or session.settings.json
    if outlet.out is None and not to_file and outlet.form is not Form.TERM:
        session.write_bytes(picture, _PICTURES[kind])
        return Sent(qr=about)
    name = Path(f"{outlet.stem}-qr.{kind}")
    path = outlet.out or name
    if path.is_dir():
        path /= name
    if why:
        session.console.note(f"{why}: it is written to {path}")
    sent = _written(session, [(path, _PICTURES[kind], picture)], outlet)
    return sent._replace(qr={**about, "path": str(path)})


def _drawn(symbol: "Symbol", kind: str) -> bytes:
    """Draw a symbol, and read it back before anybody else has to."""
    if kind == "png":
        picture = drawing.png(symbol)
        read_back.check_png(picture, symbol.text)
        return picture
    document = drawing.svg(symbol)
    read_back.check_svg(document, symbol.text)
    return document.encode()


def _for_terminal(session: "Session", symbol: "Symbol") -> str | None:
    """Draw the symbol for stdout, None if the window is too small."""
    console = session.console
    if not console.terminal:
        # Whoever sends it through a pipe on purpose knows where it is shown.
        return drawing.terminal(symbol, columns=1000, rows=1000)
    return drawing.terminal(symbol, columns=console.width, rows=rows_of(session))


def _why_not_shown(session: "Session", symbol: "Symbol") -> str:
    """Say why stdout is no place for the symbol, `""` if it is one."""
    console = session.console
    if session.settings.json:
        return ""
    if not console.unicode:
        return "the QR code needs UTF-8, and this output has another encoding"
    width, height = drawing.terminal_size(symbol)
    fits = width <= console.width and height <= rows_of(session)
    # Whoever sends it through a pipe knows where it is shown.
    if fits or not console.terminal:
        return ""
    return (
        f"the QR code needs a window of {width} x {height} cells, this one has "
        f"{console.width} x {rows_of(session)}"
    )


def rows_of(session: "Session") -> int:
    """Return how many lines the terminal shows at once, 24 if that is unknown."""
    lines = session.environment.environ.get("LINES", "")
    if lines.isascii() and lines.isdigit() and int(lines) > 0:
        return int(lines)
    try:
        return os.get_terminal_size(session.environment.stdout.fileno()).lines or 24
    except (OSError, ValueError):
        return 24


def _is_folder(path: Path) -> bool:
    return path.is_dir() or not path.suffix


def _written(
    session: "Session", items: list[tuple[Path, str, bytes]], outlet: Outlet
) -> Sent:
    note_folder(session.console, items[0][0])
    for path, media_type, content in items:
        note_name(session.console, path, media_type)
        write_new(path, content, force=outlet.force)
    return Sent(
        files=tuple(
            {"path": str(path), "mediaType": media_type, "bytes": len(content)}
            for path, media_type, content in items
        ),
        lines=tuple(str(path) for path, _, _ in items),
    )
