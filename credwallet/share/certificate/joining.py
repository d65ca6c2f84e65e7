"""Arabic and Hebrew letters as they stand in a word, without a shaping program.

Unicode 16 section 9.2 (cursive joining). Unicode keeps each letter's four forms as
characters of their own (Arabic Presentation Forms), and its data says of which letter
each is a form; lam and alef become one sign. Hebrew letters with a point are characters
too. Letters without such forms stay as they are.
"""

import unicodedata
from functools import cache

_BLOCKS = (range(0xFB50, 0xFE00), range(0xFE70, 0xFF00))
_POINTED = range(0xFB1D, 0xFB50)
_LAM_ALEF = range(0xFEF5, 0xFEFD)
_JOINER, _NON_JOINER, _STRETCH = "\u200d", "\u200c", "\u0640"

_Forms = dict[str, dict[str, str]]


def joined(text: str) -> str:
    """Replace Arabic letters by the forms that they have where they stand.

    Args:
        text: In the order in which it is read.

    Returns:
        The text in the same order; joiners are gone.

    """
    if any("\u0590" <= letter <= "\u05ff" for letter in text):
        text = _pointed(text)
    if not any("\u0600" <= letter <= "\u08ff" for letter in text):
        return text.replace(_JOINER, "").replace(_NON_JOINER, "")
    forms, pairs = _tables()
    letters = list(text)
    shown: list[str] = []
    before = ""  # the letter before, if it reaches out to this one
    index = 0
    while index < len(letters):
        letter = letters[index]
        if _transparent(letter):
            shown.append(letter)
            index += 1
            continue
        pair = letter + letters[index + 1] if index + 1 < len(letters) else letter
        length = 1
        own = forms.get(letter, {})
        if pair in pairs:
            own, length = pairs[pair], 2
        after = _next_letter(letters, index + length)
        reached = bool(before) and ("final" in own or letter in (_JOINER, _STRETCH))
        reaches = _reaches(letter, own)
        received = reaches and _receives(after, forms)
        if letter not in (_JOINER, _NON_JOINER):
            plain = "".join(letters[index : index + length])
            shown.append(_form(own, plain, reached=reached, received=received))
        before = letter if reaches else ""
        index += length
    return "".join(shown)


def _pointed(text: str) -> str:
    """Make one character of a Hebrew letter and its point."""
    table = _points()
    shown: list[str] = []
    at = -1  # where the letter stands
    for letter in text:
        whole = table.get((shown[at] if at >= 0 else "") + letter)
        if whole is not None and _transparent(letter):
            shown[at] = whole
            continue
        shown.append(letter)
        if not _transparent(letter):
            at = len(shown) - 1
    return "".join(shown)


@cache
def _points() -> dict[str, str]:
    found = {}
    for code in _POINTED:
        parts = unicodedata.decomposition(chr(code)).split()
        if len(parts) == 2 and not parts[0].startswith("<"):
            found["".join(chr(int(part, 16)) for part in parts)] = chr(code)
    return found


def _form(own: dict[str, str], plain: str, *, reached: bool, received: bool) -> str:
    if reached and received:
        name = "medial"
    elif reached:
        name = "final"
    elif received:
        name = "initial"
    else:
        name = "isolated"
    return own.get(name, plain)


def _reaches(letter: str, own: dict[str, str]) -> bool:
    return "initial" in own or letter in (_JOINER, _STRETCH)


def _receives(letter: str, forms: _Forms) -> bool:
    return "final" in forms.get(letter, {}) or letter in (_JOINER, _STRETCH)


def _next_letter(letters: list[str], start: int) -> str:
    for letter in letters[start:]:
        if not _transparent(letter):
            return letter
    return ""


def _transparent(letter: str) -> bool:
    return unicodedata.category(letter) in ("Mn", "Me")


@cache
def _tables() -> tuple[_Forms, _Forms]:
    """Read the forms of letters, and those of lam with alef, out of Unicode's data."""
    letters: _Forms = {}
    pairs: _Forms = {}
    for block in _BLOCKS:
        for code in block:
            name, *parts = unicodedata.decomposition(chr(code)).split() or [""]
            plain = "".join(chr(int(part, 16)) for part in parts)
            if len(plain) == 1:
                letters.setdefault(plain, {})[name.strip("<>")] = chr(code)
            elif code in _LAM_ALEF:
                pairs.setdefault(plain, {})[name.strip("<>")] = chr(code)
    return letters, pairs
