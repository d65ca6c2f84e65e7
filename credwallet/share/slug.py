"""File names that are safe on every system, made of human names.

Names in credentials come from strangers: they may hold slashes, control characters or
the name of a device. What is left here is `[a-z0-9-]`, at most 80 characters.
"""

import re
import unicodedata

_LONGEST = 80
_LETTERS = str.maketrans(
    {
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "\u0131": "i",
    }
)
_NO_LETTER = re.compile(r"[^a-z0-9]+")
# Names that Windows gives to devices, with any extension.
_DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9]|conin|conout|clock)\Z")


def slug(name: str, *, otherwise: str) -> str:
    """Make a file name, without extension, out of any text.

    Args:
        name: Any text; only its start matters.
        otherwise: A safe name for texts of which nothing is left, such as those in
            scripts other than Latin.

    Returns:
        1 to 80 characters of `[a-z0-9-]`, no dash at either end.

    """
    # Eight times the length: signs that are dropped, such as accents, cost nothing.
    folded = name[: 8 * _LONGEST].casefold().translate(_LETTERS)
    plain = unicodedata.normalize("NFKD", folded).encode("ascii", "ignore").decode()
    cut = _NO_LETTER.sub("-", plain).strip("-")[:_LONGEST].strip("-")
    if not cut:
        return otherwise
    return f"{otherwise}-{cut}" if _DEVICES.match(cut) else cut
