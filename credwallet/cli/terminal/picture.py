"""Does this terminal draw pictures, and how is the one of a badge said to it?

Nothing is asked of the terminal, so nothing waits: its name in the environment says
what it can do. The picture is the one that the badge was baked into, or one that stands
in the credential itself; it is never fetched.
"""

import base64
import sys
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from credwallet.cli.terminal import traits as terminal_traits

if TYPE_CHECKING:
    from credwallet.cli.session import Session
    from credwallet.model.credential import Credential
    from credwallet.share.thumbnail import Thumbnail

AUTO, NEVER = "auto", "never"
_ROWS = 10
_COLUMNS = 60
# Pixels of a line where the terminal does not say, and the most that is believed.
_USUAL_CELL, _MAX_CELL = 20, 60
# Sixels are spelled one by one: of large ones it would take seconds.
_MAX_SIXEL_CELL = 20
# What one chunk of the kitty protocol may hold.
_CHUNK = 4096


class Drawn(NamedTuple):
    """A picture, and how many lines of the terminal it takes."""

    small: "Thumbnail"
    rows: int


def _kitty(drawn: Drawn) -> str:
    """Say it in the kitty graphics protocol; it is told to answer nothing."""
    from credwallet.share.thumbnail import as_png  # noqa: PLC0415 -- loaded already

    said = base64.b64encode(as_png(drawn.small)).decode()
    chunks = [said[start : start + _CHUNK] for start in range(0, len(said), _CHUNK)]

    def spelled() -> Iterator[str]:
        keys = f"a=T,f=100,q=2,r={drawn.rows},"
        for number, chunk in enumerate(chunks, 1):
            yield f"\x1b_G{keys}m={int(number < len(chunks))};{chunk}\x1b\\"
            keys = ""

    return "".join(spelled())


def _iterm2(drawn: Drawn) -> str:
    """Say it as an inline image of iTerm2."""
    from credwallet.share.thumbnail import as_png  # noqa: PLC0415 -- loaded already

    png = as_png(drawn.small)
    keys = f"inline=1;size={len(png)};height={drawn.rows};preserveAspectRatio=1"
    return f"\x1b]1337;File={keys}:{base64.b64encode(png).decode()}\x07"


def _sixel(drawn: Drawn) -> str:
    """Say it in sixels."""
    from credwallet.cli.terminal.picture_sixel import (  # noqa: PLC0415 -- lazily: rare
        MOST_COLOURS,
        sixels,
    )
    from credwallet.share.thumbnail import paletted  # noqa: PLC0415 -- loaded already

    return sixels(paletted(drawn.small, colours=MOST_COLOURS))


PICTURES: Mapping[str, Callable[[Drawn], str]] = {
    "kitty": _kitty,
    "iterm2": _iterm2,
    "sixel": _sixel,
}
# Variable, how its value starts, and what that terminal draws; the first that fits.
_TERMINALS = (
    ("KITTY_WINDOW_ID", "", "kitty"),
    ("TERM", "xterm-kitty", "kitty"),
    ("TERM", "xterm-ghostty", "kitty"),
    ("TERM_PROGRAM", "ghostty", "kitty"),
    ("TERM_PROGRAM", "iTerm.app", "iterm2"),
    ("TERM_PROGRAM", "WezTerm", "iterm2"),
    ("TERM_PROGRAM", "mintty", "iterm2"),
    ("LC_TERMINAL", "iTerm2", "iterm2"),
    ("TERM", "foot", "sixel"),
    ("TERM", "mlterm", "sixel"),
    ("TERM", "contour", "sixel"),
    ("TERM", "yaft", "sixel"),
)
# They stand between us and the terminal, and would break a picture.
_BETWEEN = ("screen", "tmux")


def protocol_of(environ: Mapping[str, str], setting: str = AUTO) -> str:
    """Say how this terminal draws pictures.

    Args:
        environ: The environment.
        setting: `auto`, or what the learner said: a key of `PICTURES` or `never`.

    Returns:
        A key of `PICTURES`, `""` for none.

    """
    if setting != AUTO:
        return setting if setting in PICTURES else ""
    term = environ.get("TERM", "")
    if environ.get("TMUX") or environ.get("STY") or term.startswith(_BETWEEN):
        return ""
    if term == "dumb":
        return ""
    for name, start, protocol in _TERMINALS:
        if environ.get(name) and environ[name].startswith(start):
            return protocol
    return ""


def show_picture(
    session: "Session", credential: "Credential", *, wanted: bool | None
) -> None:
    """Draw the picture of a credential, if there is one and the terminal can.

    Args:
        session: The console, the settings and the environment.
        credential: Its signed part.
        wanted: True says why nothing is drawn, False draws nothing.

    """
    console = session.console
    if not console.terminal or console.quiet or wanted is False:
        return
    setting = session.settings.images
    if setting == NEVER and wanted:
        setting = AUTO
    protocol = protocol_of(session.environment.environ, setting)
    if not protocol:
        if wanted:
            console.note("this terminal is not known to draw pictures")
            console.hint("if it does: credwallet config set images sixel")
        return
    most = _MAX_SIXEL_CELL if protocol == "sixel" else _MAX_CELL
    drawn = _drawn(credential, console.width, most)
    if drawn is not None:
        console.picture(PICTURES[protocol](drawn))
    elif wanted:
        console.note(
            "there is no picture to draw: an SVG is not drawn, nor one that is "
            "broken, too large or kept elsewhere"
        )


def _drawn(credential: "Credential", columns: int, most: int) -> Drawn | None:
    """Find the picture and draw it anew, ten lines of `most` pixels high or less."""
    from credwallet.share.certificate.picture import (  # noqa: PLC0415 -- lazily: rare
        address_in,
        carried_by,
    )
    from credwallet.share.thumbnail import thumbnail  # noqa: PLC0415 -- as above

    _, data = carried_by(address_in(credential))
    if credential.carrier == "png":
        data = credential.raw
    cell = terminal_traits.cell_height(_descriptor()) or _USUAL_CELL
    cell = min(cell, most)
    small = thumbnail(
        data,
        width=max(1, min(columns - 1, _COLUMNS) * cell // 2),
        height=_ROWS * cell,
    )
    if small is None:
        return None
    return Drawn(small, max(1, -(-small.height // cell)))


def _descriptor() -> int:
    try:
        return sys.stdout.fileno()
    except (AttributeError, OSError, ValueError):
        return -1
