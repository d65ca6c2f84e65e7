"""From the order in which a line is read to the order in which it stands on paper.

UAX 9 (the Unicode bidirectional algorithm), which fpdf2 brings along; brackets turn
round (rule L4) and marks stay behind their letter (rule L3) here.
"""

import unicodedata
from typing import NamedTuple

_TURNED = str.maketrans(
    "()[]{}<>\u00ab\u00bb\u2039\u203a", ")(][}{><\u00bb\u00ab\u203a\u2039"
)
_RIGHT = ("R", "AL", "AN")


class Line(NamedTuple):
    """One line in the order of paper, left first; `right` is where it starts."""

    text: str
    right: bool


def starts_right(text: str) -> bool:
    """Say whether a paragraph is read from the right (UAX 9 rules P2 and P3).

    Args:
        text: Of any length.

    """
    for letter in text:
        kind = unicodedata.bidirectional(letter)
        if kind in ("L", "R", "AL"):
            return kind != "L"
    return False


def on_paper(text: str, *, right: bool) -> Line:
    """Put one line into the order of paper.

    Args:
        text: In the order in which it is read, no line break in it.
        right: Whether its paragraph is read from the right.

    """
    if not right and not any(unicodedata.bidirectional(at) in _RIGHT for at in text):
        return Line(text, right)
    from fpdf.bidi import BidiParagraph  # noqa: PLC0415 -- lazily: of the extra `pdf`
    from fpdf.enums import TextDirection  # noqa: PLC0415 -- lazily: as above

    base = TextDirection.RTL if right else TextDirection.LTR
    shown: list[str] = []
    marks: list[str] = []
    for entry in BidiParagraph(text, base_direction=base).get_reordered_characters():
        turned = entry.embedding_level % 2 == 1
        if turned and unicodedata.category(entry.character) in ("Mn", "Me"):
            marks.append(entry.character)
            continue
        shown.append(entry.character.translate(_TURNED) if turned else entry.character)
        shown += reversed(marks)
        marks = []
    return Line("".join(shown + marks), right)
