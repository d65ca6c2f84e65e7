"""What does a terminal draw for this text, and in how many cells?

`plain` is the one function that makes foreign text harmless. The others measure, cut
and break what it returned. Nothing here prints.
"""

import unicodedata
from collections.abc import Iterable

# Format characters that change what the reader sees: bidi embeddings, overrides and
# isolates, zero-width characters, tags, variations but of emoji, separators of lines,
# and letters and signs without any ink (Hangul fillers, the empty Braille pattern).
# Joiners are among them, so that an emoji made of several shows as its parts.
_DECEIVING = frozenset(
    (
        *(0x00AD, 0x034F, 0x061C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164),
        *(0x2800, 0xFEFF, 0xFFA0, 0xFFFC, 0x1D159),
        *(*range(0x180B, 0x1810), *range(0x200B, 0x2010), *range(0x2028, 0x202F)),
        *(*range(0x2060, 0x2070), *range(0xFE00, 0xFE0E), *range(0xFFF0, 0xFFFC)),
        *range(0xE0000, 0xE1000),
    )
)
_UNSHOWN = frozenset(("Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp"))
_MAX_COMBINING = 3
# Asks for the picture of a sign instead of the sign: terminals do not agree how wide.
_AS_EMOJI = "\ufe0f"
_RIGHT_TO_LEFT = frozenset(("R", "AL", "AN"))
# First strong isolate, and the end of an isolate (UAX 9 section 2.4).
_ISOLATE, _ISOLATE_END = "\u2068", "\u2069"
# How an address starts: it stays whole, so that it can be copied.
_ADDRESS = ("did:", "urn:", "mailto:")
# Such an address stays whole even if the terminal has to break it. Where the terminal
# does so, text of strangers starts a line: so it holds no space and no sign beyond
# those of RFC 3986 (section 2), is not endless, and never speaks in our name.
_LONGEST_ADDRESS = 300
_OF_ADDRESSES = frozenset(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
    "-._~:/?#[]@!$&'()*+,;=%"
)
_AROUND_ADDRESS = "(<\"'[>"
OUR_NAME = "credwallet:"
"""What our own lines on stderr start with."""


def plain(text: str, *, limit: int | None = None) -> str:
    r"""Make foreign text safe to print on one line.

    Control, bidi, zero-width and unassigned characters are shown as escapes such as
    `\x1b` or `\u202e`; a pile of combining marks is cut; every kind of space becomes
    a plain one, at which lines are broken.

    Args:
        text: Any text, of any length.
        limit: Most terminal cells to return; longer text ends in an ellipsis.

    Returns:
        Text without line breaks, control or deceiving characters.

    """
    harmless = text.isascii() and text.isprintable()
    safe = text if harmless else "".join(_visible(text))
    return shorten(safe, limit) if limit is not None else safe


def _visible(text: str) -> Iterable[str]:
    combining = 0
    for character in text:
        code = ord(character)
        category = unicodedata.category(character)
        if category in ("Mn", "Me"):
            combining += 1
            if combining > _MAX_COMBINING:
                continue
        else:
            combining = 0
        if code in _DECEIVING or category in _UNSHOWN:
            yield _escape(code)
        elif category == "Zs":
            yield " "
        else:
            yield character


def _escape(code: int) -> str:
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def cells(text: str) -> int:
    """Count the terminal cells of printable text (UAX 11: wide characters take two)."""
    if text.isascii():
        return len(text)
    return sum(_cell(character) for character in text)


def _cell(character: str) -> int:
    # Vowels and finals of Hangul are drawn within the syllable before them.
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    if "\u1160" <= character <= "\u11ff":
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def settled(safe: str) -> str:
    """Write harmless text so that every terminal draws it equally wide.

    Letters and their marks become one character where there is one (NFC), and signs
    that may be drawn as emoji stay signs.
    """
    if safe.isascii():
        return safe
    return unicodedata.normalize("NFC", safe).replace(_AS_EMOJI, "")


def isolated(safe: str) -> str:
    """Keep text that is written from right to left from turning its surroundings.

    Args:
        safe: Harmless text on one line: it holds no bidi control that could close the
            isolate.

    Returns:
        The same, within an isolate if any character of it runs to the left.

    """
    if safe.isascii() or not any(
        unicodedata.bidirectional(character) in _RIGHT_TO_LEFT for character in safe
    ):
        return safe
    return f"{_ISOLATE}{safe}{_ISOLATE_END}"


def shorten(text: str, limit: int, ellipsis: str = "\u2026") -> str:
    """Cut printable text to `limit` cells, with an ellipsis where it was cut.

    Args:
        text: What `plain` returned.
        limit: Most cells to return; an ellipsis that is wider is cut itself.
        ellipsis: What stands where it was cut.

    """
    if cells(text) <= limit:
        return text
    ellipsis = ellipsis[: max(limit, 0)]
    return start_of(text, limit - len(ellipsis)).rstrip() + ellipsis


def start_of(text: str, room: int) -> str:
    """Return as much of the start of printable text as fits into `room` cells.

    Args:
        text: On one line, with nothing in it that steers a terminal.
        room: Columns; a wide character takes two. Below 0 counts as 0.

    """
    if text.isascii():
        return text[: max(room, 0)]
    for place, character in enumerate(text):
        room -= _cell(character)
        if room < 0:
            return text[:place]
    return text


def one_spaced(safe: str) -> str:
    """Leave one space of each run of them, so that no name looks like columns.

    Args:
        safe: What `plain` returned; spaces at its end, which pad it, stay.

    """
    bare = safe.rstrip(" ")
    if "  " not in bare and not bare.startswith(" "):
        return safe
    return " ".join(filter(None, bare.split(" "))) + safe[len(bare) :]


def wrap(
    text: str, width: int, *, whole: bool = False, widest: int | None = None
) -> list[str]:
    """Break printable text at spaces into lines of at most `width` cells.

    A word that is wider than a line is broken anywhere; an address stays whole, since
    it must stay copyable: up to `widest` cells, and beyond if it is one for sure.

    Args:
        text: What `plain` returned.
        width: Cells of a line.
        whole: No word is broken.
        widest: Cells of a line if an address may move to the left; as `width` if None.

    """
    lines: list[str] = []
    current = ""
    widest = width if widest is None else widest
    for word in text.split(" "):
        candidate = f"{current} {word}" if current else word
        if current and cells(candidate) > width:
            lines.append(current)
            candidate = word
        while not whole and cells(candidate) > width and not _stays(candidate, widest):
            start = start_of(candidate, width) or candidate[0]
            lines.append(start)
            candidate = candidate[len(start) :]
        current = candidate
    if current:
        lines.append(current)
    return lines


def _stays(word: str, widest: int) -> bool:
    """Say whether a word that is too wide for its line is an address, to stay whole."""
    bare = word.lstrip(_AROUND_ADDRESS)
    if "://" not in bare and not bare.startswith(_ADDRESS):
        return False
    if cells(word) <= widest:
        return True
    scheme, mark, _ = bare.partition("://")
    return (
        len(word) <= _LONGEST_ADDRESS
        and _OF_ADDRESSES.issuperset(word.strip(_AROUND_ADDRESS))
        and (bare.startswith(_ADDRESS) or bool(mark and scheme.isalnum()))
        and OUR_NAME not in word.casefold()
    )
