"""What can the terminal of this run do? Nothing is asked of it, so nothing waits."""

import os
import sys
from collections.abc import Mapping

_USUAL = 80
# They show the controls around text from right to left as boxes.
_NO_ISOLATES = frozenset({"dumb", "linux"})
_MANY_COLOURS = ("256", "truecolor", "24bit", "direct", "kitty", "ghostty")


def width(environ: Mapping[str, str]) -> int:
    """Say how many columns the terminal has, 80 where there is none.

    Results may go into a pipe while errors stand on the terminal: either counts.
    """
    columns = environ.get("COLUMNS", "")
    if columns.isascii() and columns.isdigit() and int(columns[:5]) > 0:
        return int(columns[:5])
    for stream in (sys.stdout, sys.stderr):
        try:
            return os.get_terminal_size(stream.fileno()).columns or _USUAL
        except (AttributeError, OSError, ValueError):
            continue
    return _USUAL


def knows_256_colours(environ: Mapping[str, str]) -> bool:
    """Tell whether the terminal says that it has more than its eight colours."""
    said = f"{environ.get('TERM', '')} {environ.get('COLORTERM', '')}"
    return any(word in said for word in _MANY_COLOURS)


def takes_isolates(environ: Mapping[str, str]) -> bool:
    """Tell whether the controls around text from right to left are not drawn."""
    return environ.get("TERM") not in _NO_ISOLATES


def cell_height(descriptor: int) -> int:
    """Say how many pixels high a line is, 0 if the terminal does not tell."""
    try:
        import fcntl  # noqa: PLC0415 -- POSIX only, and only for a picture
        import struct  # noqa: PLC0415 -- as above
        import termios  # noqa: PLC0415 -- as above

        said = fcntl.ioctl(descriptor, termios.TIOCGWINSZ, bytes(8))
        rows, _, _, pixels = struct.unpack("HHHH", said)
    except (ImportError, OSError, ValueError):
        return 0
    return int(pixels // rows) if rows else 0
