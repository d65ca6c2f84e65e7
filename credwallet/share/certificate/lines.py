"""Where does a text break, so that it fits between two edges?

Between words where there are any, else between letters, never in front of a mark. What
does not fit into the lines that there are ends in an ellipsis.
"""

import unicodedata
from collections.abc import Callable

Width = Callable[[str], float]

_CUT = "\u2026"


def broken(text: str, room: float, width: Width, *, most: int) -> list[str]:
    """Break a text into lines.

    Args:
        text: One line, in the order in which it is read.
        room: In the unit of `width`.
        width: Measures a line.
        most: Lines at most.

    Returns:
        The lines; the last ends in an ellipsis if there is more.

    """
    made, rest = _taken(text, room, width, most=most)
    if rest:
        last = made[-1]
        while last and width(last + _CUT) > room:
            last = last[:-1]
        made[-1] = last.rstrip() + _CUT
    return made


def fits(text: str, room: float, width: Width, *, most: int) -> bool:
    """Say whether a text needs no more than some lines, without a word broken.

    Args:
        text: As in `broken`.
        room: As in `broken`.
        width: As in `broken`.
        most: Lines at most.

    """
    if any(width(word) > room for word in text.split(" ")):
        return False
    return not _taken(text, room, width, most=most)[1]


def _taken(text: str, room: float, width: Width, *, most: int) -> tuple[list[str], str]:
    made: list[str] = []
    rest = text
    while rest and len(made) < most:
        line, rest = _first_line(rest, room, width)
        made.append(line)
    return made, rest


def _first_line(text: str, room: float, width: Width) -> tuple[str, str]:
    words = text.split(" ")
    line = ""
    for number, word in enumerate(words):
        longer = f"{line} {word}" if line else word
        if width(longer) <= room:
            line = longer
        elif line:
            return line, " ".join(words[number:])
        else:
            # The end of the text, from the word that is too long on its own.
            return _within_a_word(" ".join(words[number:]), room, width)
    return line, ""


def _within_a_word(text: str, room: float, width: Width) -> tuple[str, str]:
    end = 1
    while end < len(text) and width(text[: end + 1]) <= room:
        end += 1
    while end > 1 and end < len(text) and unicodedata.combining(text[end]):
        end -= 1
    return text[:end].rstrip(), text[end:].lstrip()
