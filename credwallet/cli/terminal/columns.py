"""How wide is each column of a table, and where are its texts cut?

A column gives way until the table fits, and no text is cut so that two different ones
look the same while there is room to tell them apart.
"""

import unicodedata
from collections.abc import Sequence
from itertools import pairwise

from credwallet.cli.terminal.plain_text import cells, shorten, start_of

# What a column that gives way keeps while there is any other way.
_NARROWEST = 8
# The first column that gives way is what is looked for: it keeps half as much again.
_FIRST, _OTHER = 2, 3
# So far back is looked for the start of the word in which two texts differ.
_WORD = 10
_STEP = 2
# More rows than that nobody looks at one by one.
_MANY = 2_000


def widths_of(
    columns: Sequence[Sequence[str]],
    *,
    flexible: Sequence[int],
    room: int,
    ellipsis: str = "\u2026",
    whole: Sequence[int] = (),
) -> list[int]:
    """Say how wide each column is.

    Args:
        columns: The texts of each column, its header among them.
        flexible: Places of the columns that give way; the one that matters most first.
        room: Cells for all columns together.
        ellipsis: What stands where a text is cut.
        whole: Places of the columns that never give way.

    Returns:
        Cells a column. Their sum is at most `room`, if that is a cell a column: where
        nothing is left to give way, the others do, but for `whole`.

    """
    widths = [max(map(cells, texts)) for texts in columns]
    for floor in (_NARROWEST, 1):
        _narrow(widths, flexible, room, floor)
    others = [place for place in range(len(columns)) if place not in whole]
    _narrow(widths, others, room, 1)
    if flexible and len(columns[flexible[0]]) <= _MANY:
        _tell_apart(columns[flexible[0]], widths, flexible, ellipsis)
    return widths


def _narrow(widths: list[int], flexible: Sequence[int], room: int, floor: int) -> None:
    """Take cells from the widest flexible column until all columns fit."""
    while sum(widths) > room:
        able = [place for place in flexible if widths[place] > floor]
        if not able:
            return
        widest = max(
            able,
            key=lambda place: (
                widths[place] * (_FIRST if place == flexible[0] else _OTHER)
            ),
        )
        widths[widest] -= 1


def _tell_apart(
    texts: Sequence[str], widths: list[int], flexible: Sequence[int], ellipsis: str
) -> None:
    """Give the first column cells of the others while texts in it look the same."""
    first, *others = flexible
    most = max(map(cells, texts))
    while widths[first] < most and _alike(texts, widths[first], ellipsis):
        rich = [place for place in others if widths[place] >= _NARROWEST + _STEP]
        if not rich:
            return
        widths[max(rich, key=widths.__getitem__)] -= _STEP
        widths[first] += _STEP


def _alike(texts: Sequence[str], width: int, ellipsis: str) -> bool:
    return len(set(fitted(texts, width, ellipsis))) < len(set(texts))


def fitted(texts: Sequence[str], width: int, ellipsis: str = "\u2026") -> list[str]:
    """Cut texts to `width` cells: at the end, or in the middle if they look the same.

    Args:
        texts: Harmless texts, one a row.
        width: Most cells of each.
        ellipsis: What stands where one is cut.

    Returns:
        The texts, in order.

    """
    cut = [shorten(text, width, ellipsis) for text in texts]
    families: dict[str, set[str]] = {}
    for whole, short in zip(texts, cut, strict=True):
        families.setdefault(short, set()).add(whole)
    differs: dict[str, int] = {}
    for family in families.values():
        if len(family) > 1:
            differs.update(_differences(sorted(family)))
    return [
        _around(whole, differs[whole], width, ellipsis) if whole in differs else short
        for whole, short in zip(texts, cut, strict=True)
    ]


def _differences(family: list[str]) -> dict[str, int]:
    """Say where each text first differs from all others; they are sorted."""
    steps = [_common(one, next_) for one, next_ in pairwise(family)]
    return {
        text: max(before, after)
        for text, before, after in zip(family, [0, *steps], [*steps, 0], strict=True)
    }


def _around(text: str, place: int, width: int, ellipsis: str) -> str:
    """Show the start of a text and the place where it differs from others like it."""
    if cells(text) <= width:
        return text
    tail = text[_word_start(text, place) :]
    head = width // 3
    tail = shorten(tail, width - head - len(ellipsis), ellipsis)
    head = width - len(ellipsis) - cells(tail)
    return f"{start_of(text, head).rstrip()}{ellipsis}{tail}"


def _common(one: str, other: str) -> int:
    place = 0
    for mine, theirs in zip(one, other, strict=False):
        if mine != theirs:
            break
        place += 1
    return place


def _word_start(text: str, place: int) -> int:
    """Go back to the start of the word, or of the one before, never into marks."""
    place = min(place, len(text) - 1)
    space = text.rfind(" ", max(0, place - _WORD), place + 1)
    # "Level 2" says more than "2".
    before = text.rfind(" ", max(0, space - _WORD), max(space, 0))
    if before >= 0 and place - space <= 1:
        return before + 1
    if space >= 0:
        return space + 1
    while place and unicodedata.category(text[place]) in ("Mn", "Me"):
        place -= 1
    return place
