"""Does the QR code that was drawn say what it should? Asked before it is handed out.

A code that cannot be read is found out where nobody can help: at the receiver's. So
what was drawn is turned into pixels again, out of the drawing itself, and read by
software that is not ours (zxing-cpp, of the extra `scan`). Without the extra nothing
is checked. ISO/IEC 18004.
"""

import re

from credwallet.errors import Unreadable
from credwallet.formats import qr_picture
from credwallet.share import drawing
from credwallet.share.qr import Row, Symbol

_SIDE = re.compile(r'viewBox="0 0 (\d+) \1"')
_PATH = re.compile(r' d="(M[^"]+)"/></svg>')
_STEP = re.compile(r"([Mmh])(-?[\d.]+)(?: (-?[\d.]+))?")
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def check_png(picture: bytes, text: str) -> None:
    """Read a code out of a PNG.

    Args:
        picture: The file, as it would be handed out.
        text: What it should say.

    Raises:
        Unreadable: It does not say it.

    """
    try:
        said = qr_picture.text_of(picture)
    except Unreadable as failure:
        if failure.type == "extra-missing":
            return
        raise _unreadable("cannot be read back") from None
    if said != text:
        raise _unreadable("says something else when it is read back")


def check_svg(document: str, text: str) -> None:
    """Read a code out of our kind of SVG; see `check_png`.

    Args:
        document: As `drawing.svg` makes it.
        text: What it should say.

    Raises:
        Unreadable: It does not say it.

    """
    side, path = _SIDE.search(document), _PATH.search(document)
    if side is None or path is None:
        raise _unreadable("cannot be read back")
    _check_rows(_stroked(path[1], int(side[1])), text)


def check_terminal(lines: str, text: str) -> None:
    """Read a code out of half blocks; see `check_png`.

    Args:
        lines: As `drawing.terminal` makes them.
        text: What it should say.

    Raises:
        Unreadable: It does not say it.

    """
    rows: list[Row] = []
    for line in lines.splitlines():
        cells = _COLOUR.sub("", line)
        rows += [tuple(cell in "\u2580\u2588" for cell in cells)]
        rows += [tuple(cell in "\u2584\u2588" for cell in cells)]
    # An odd number of rows leaves half a line of cells below the border.
    _check_rows(rows[: len(rows[0])] if rows else rows, text)


def _check_rows(rows: list[Row], text: str) -> None:
    drawn = Symbol(version=0, level="L", modules=tuple(rows))
    check_png(drawing.png(drawn, scale=4), text)


def _stroked(path: str, side: int) -> list[Row]:
    """Turn horizontal strokes of width 1 into rows of dark and light."""
    dark = [[False] * side for _ in range(side)]
    x, y = 0.0, 0.0
    for command, first, second in _STEP.findall(path):
        if command == "M":
            x, y = float(first), float(second)
        elif command == "m":
            x, y = x + float(first), y + float(second)
        else:
            start, end = int(x), int(x) + int(first)
            if not (0 <= start < end <= side and 0 <= int(y) < side):
                raise _unreadable("is drawn beyond its own edge")
            dark[int(y)][start:end] = [True] * (end - start)
            x += float(first)
    return [tuple(row) for row in dark]


def _unreadable(how: str) -> Unreadable:
    return Unreadable(
        f"the QR code that was drawn {how}: it is not handed out",
        next_step="hand over the file itself: --as file; and please report this",
        type="qr-unreadable",
    )
