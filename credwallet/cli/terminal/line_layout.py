"""Where does each line stand on a terminal, and where is it broken?

Nothing of a stranger's stands in the first column where our own lines start: what a
line has no room for goes further in, and what would speak in our name does, too.
"""

from collections.abc import Sequence
from typing import NamedTuple

from credwallet.cli.terminal.plain_text import OUR_NAME, cells, shorten, wrap

# So far in starts what there was no room for, at least.
_HANGING = 2
# Longer lines beside a label are hard to read, however wide the terminal is.
_MEASURE = 100
# Narrower columns of running text nobody reads.
_NARROWEST = 20
_GAP = "  "


class Line(NamedTuple):
    """One line: `text` is harmless and stands `indent` cells from the left."""

    indent: int
    text: str


def hung(safe: str, indent: int, width: int) -> list[Line]:
    """Break text that usually fits on its line; the second line is further in.

    Args:
        safe: Harmless text; the spaces that it starts with are kept.
        indent: Cells to leave free in front.
        width: Columns of the terminal.

    """
    bare = safe.lstrip(" ")
    indent = own_place(bare, indent + len(safe) - len(bare))
    if indent + cells(bare) <= width:
        return [Line(indent, bare)]
    indent = min(indent, width // 2)
    below = indent + _HANGING
    first, *others = _broken(bare, width - below, width) or [""]
    return [_moved(first, indent, width), *(_moved(o, below, width) for o in others)]


def running(safe: str, indent: int, width: int) -> list[Line]:
    """Break long text at its spaces, all lines under each other.

    Args:
        safe: Harmless text.
        indent: Cells to leave free in front; in the first column stands one line only.
        width: Columns of the terminal.

    """
    if not indent:
        return hung(safe, 0, width) if safe else []
    indent = max(_HANGING, min(indent, width - _NARROWEST))
    lines = _broken(safe, width - indent, width)
    return [_moved(line, indent, width) for line in lines]


def room_beside(taken: int, width: int) -> int:
    """Say how wide running text may be beside what stands in front of it.

    Args:
        taken: Cells of that.
        width: Columns of the terminal.

    """
    room = max(_NARROWEST, min(width - taken, _MEASURE))
    return max(1, min(room, width - _HANGING))


def beside_label(safe: str, indent: int, width: int) -> tuple[str, list[Line]]:
    """Break text beside a label.

    Args:
        safe: Harmless text.
        indent: Cells that the label takes.
        width: Columns of the terminal.

    Returns:
        What stands on the line of the label, and the lines below.

    """
    room = room_beside(indent, width)
    lines = _broken(safe, room, width)
    first = ""
    if lines and cells(lines[0]) <= min(room, width - indent):
        first = lines.pop(0)
    return first, [_moved(line, indent, width) for line in lines]


def own_place(safe: str, indent: int) -> int:
    """Keep what would speak in our name out of the column where our lines start.

    Args:
        safe: Harmless text.
        indent: Cells that were to be left free in front of it.

    """
    is_ours = safe.lstrip(" ").casefold().startswith(OUR_NAME)
    return max(indent, _HANGING) if is_ours else indent


def fitting(
    texts: Sequence[str], room: int, ellipsis: str, giving: Sequence[int] = ()
) -> list[str]:
    """Cut texts that stand beside each other to the room there is, the widest first.

    Args:
        texts: Harmless texts.
        room: Cells for all of them.
        ellipsis: What stands where one is cut.
        giving: Places of the texts that give way before the others.

    """
    if sum(map(cells, texts)) <= room:
        return list(texts)
    from credwallet.cli.terminal.columns import (  # noqa: PLC0415 -- lazily: few lines are so wide
        widths_of,
    )

    flexible = giving or range(len(texts))
    widths = widths_of([[text] for text in texts], flexible=flexible, room=room)
    return [
        shorten(text, width, ellipsis)
        for text, width in zip(texts, widths, strict=True)
    ]


def records(rows: Sequence[Sequence[str]], width: int) -> list[Line]:
    """Put the texts of each row beside each other, under those of the row before.

    Args:
        rows: Harmless texts; a row may have fewer than another.
        width: Columns of the terminal; where the rows are wider, none stand under
            each other.

    Returns:
        A line a row, and further in what there was no room for.

    """
    most = max(map(len, rows), default=0)
    widths = [
        max((cells(row[place]) for row in rows if place < len(row)), default=0)
        for place in range(most)
    ]
    if sum(widths) + len(_GAP) * (most - 1) > width:
        widths = [0] * most
    lines = (
        _GAP.join(
            text + " " * (wide - cells(text))
            for text, wide in zip(row, widths, strict=False)
            if text or wide
        )
        for row in rows
    )
    return [part for line in lines for part in hung(line.rstrip(" "), 0, width)]


def _broken(safe: str, room: int, width: int) -> list[str]:
    return wrap(safe, max(1, room), widest=max(1, width - _HANGING))


def _moved(line: str, indent: int, width: int) -> Line:
    """Move an address that is too wide for its place to the left, so far as it may."""
    least = min(indent, _HANGING)
    return Line(own_place(line, min(indent, max(least, width - cells(line)))), line)
