"""A text of a credential as one line of a list, for people.

Control characters, line ends and signs that turn the direction of a line have no
business in a list; the joiners that many scripts need stay (Unicode 23.2).
"""

import unicodedata

_LONGEST = 300
_JOINERS = "\u200c\u200d"


def one_line(text: str) -> str:
    """Write a text as one line.

    Args:
        text: Any text; what is longer than 300 characters is cut.

    Returns:
        At most 300 characters, single spaces between words.

    """
    # Four times the length: white space at the start must not eat the text.
    visible = "".join(
        sign if sign in _JOINERS or unicodedata.category(sign)[0] not in "CZ" else " "
        for sign in text[: 4 * _LONGEST]
    )
    line = " ".join(visible.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1].rstrip() + "…"
