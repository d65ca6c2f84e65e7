"""How a QR code looks: as a PNG, as an SVG, in a terminal.

They are written here because they need nothing but rectangles: the PNG is one bit deep
and the SVG one path, both small, and the terminal form sets its own colours, since a
symbol in the colours of a dark theme is a negative, which many scanners refuse.
PNG (ISO/IEC 15948), SVG 2, ECMA-48 (SGR).
"""

import struct
import zlib
from itertools import groupby

from credwallet.errors import Usage
from credwallet.share.qr import Row, Symbol

# Black on white whatever the theme says: 16 colours first, then the exact ones of
# the 256-colour table, which themes leave alone.
_BLACK_ON_WHITE = "\x1b[0;30;107;38;5;16;48;5;231m"
_RESET = "\x1b[0m"
_HALF_BLOCKS = {
    (False, False): " ",
    (True, False): "\u2580",
    (False, True): "\u2584",
    (True, True): "\u2588",
}


def png(made: Symbol, *, scale: int = 8, quiet: int = 4) -> bytes:
    """Draw a symbol as a PNG, one bit a pixel.

    Args:
        made: The symbol.
        scale: Pixels a module, at least 4: below that scanners begin to fail.
        quiet: Width of the light border in modules, at least 4 (ISO/IEC 18004).

    Returns:
        The file.

    Raises:
        Usage: If the scale or the border is too small, or the picture too large.

    """
    if not 4 <= scale <= 64 or not 4 <= quiet <= 64:
        raise Usage("a QR picture needs a scale of 4 to 64 and a border of 4 to 64")
    side = (len(made.modules) + 2 * quiet) * scale
    lines = b"".join(
        _png_line(row, scale=scale) * scale for row in _with_border(made, quiet)
    )
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _png_chunk(b"IHDR", header)
        + _png_chunk(b"IDAT", zlib.compress(lines, 9))
        + _png_chunk(b"IEND", b"")
    )


def svg(made: Symbol, *, quiet: int = 4) -> str:
    """Draw a symbol as an SVG: a white square and one black path.

    Args:
        made: The symbol.
        quiet: Width of the light border in modules, at least 4 (ISO/IEC 18004).

    Returns:
        The document; it states no size in pixels beyond 8 a module, so it prints at
        any size.

    Raises:
        Usage: If the border is too small.

    """
    if not 4 <= quiet <= 64:
        raise Usage("a QR picture needs a border of 4 to 64")
    side = len(made.modules) + 2 * quiet
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{8 * side}" '
        f'height="{8 * side}" viewBox="0 0 {side} {side}" '
        'shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M0 0h{side}v{side}H0z"/>'
        f'<path stroke="#000" d="{_svg_path(made, quiet)}"/></svg>\n'
    )


def terminal(made: Symbol, *, columns: int, rows: int, quiet: int = 2) -> str | None:
    """Draw a symbol as text in half blocks, forced to black on white.

    Args:
        made: The symbol.
        columns: Width of the window in cells.
        rows: Height of the window in cells; one stays free for the prompt.
        quiet: Width of the light border in modules, at least 2.

    Returns:
        The lines, each ending with a colour reset and a newline, or None if the
        window is too small.

    """
    width, height = terminal_size(made, quiet=quiet)
    if width > columns or height > rows:
        return None
    bordered = _with_border(made, max(quiet, 2))
    pairs = zip(bordered[::2], [*bordered[1::2], (False,) * width], strict=False)
    return "".join(
        _BLACK_ON_WHITE
        + "".join(_HALF_BLOCKS[pair] for pair in zip(upper, lower, strict=True))
        + _RESET
        + "\n"
        for upper, lower in pairs
    )


def terminal_size(made: Symbol, *, quiet: int = 2) -> tuple[int, int]:
    """Say how large a window `terminal` needs: columns and rows, prompt included.

    Args:
        made: A QR symbol, two modules a character high and one wide.
        quiet: The width of the quiet zone in modules; at least 2 are drawn.

    """
    side = len(made.modules) + 2 * max(quiet, 2)
    return side, (side + 1) // 2 + 1


def _with_border(made: Symbol, quiet: int) -> list[Row]:
    side = len(made.modules) + 2 * quiet
    blank = ((False,) * side,) * quiet
    margin = (False,) * quiet
    return [*blank, *(margin + row + margin for row in made.modules), *blank]


def _png_line(row: Row, *, scale: int) -> bytes:
    bits = "".join(("0" if dark else "1") * scale for dark in row)
    padded = bits + "0" * (-len(bits) % 8)
    # The first byte names the filter of the line: none.
    return b"\0" + int(padded, 2).to_bytes(len(padded) // 8, "big")


def _png_chunk(kind: bytes, body: bytes) -> bytes:
    checksum = zlib.crc32(kind + body)
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", checksum)


def _svg_path(made: Symbol, quiet: int) -> str:
    # One stroke of width 1 through the middle of each run of dark modules, each
    # drawn from where the last one ended.
    parts: list[str] = []
    pen_x, pen_y = 0, 0
    for y, row in enumerate(made.modules):
        x = 0
        for dark, run in groupby(row):
            width = len(tuple(run))
            if dark:
                start = (
                    f"m{x - pen_x} {y - pen_y}" if parts else f"M{quiet} {quiet + 0.5}"
                )
                parts.append(f"{start}h{width}")
                pen_x, pen_y = x + width, y
            x += width
    return "".join(parts)
