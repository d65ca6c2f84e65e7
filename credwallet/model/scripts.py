"""Does a name mix letters of scripts that look alike, as forgeries do?

Unicode Technical Standard 39 section 5 (mixed-script detection), narrowed to scripts
whose letters can be taken for each other: Japanese mixes three scripts in a word, and
many languages write Latin abbreviations beside their own letters.
"""

import unicodedata
from typing import NamedTuple

# The first word of a letter's Unicode name is its script.
_ALIKE = frozenset(
    (
        "ARMENIAN",
        "CHEROKEE",
        "COPTIC",
        "CYRILLIC",
        "DESERET",
        "GEORGIAN",
        "GOTHIC",
        "GREEK",
        "LATIN",
        "LISU",
    )
)


class Mixture(NamedTuple):
    """A word that mixes scripts: `odd` is its first letter of the rarer script.

    `scripts` are in the spelling of Unicode, such as `LATIN`, the main one first.
    """

    word: str
    scripts: tuple[str, ...]
    odd: str


def mixture_in(name: str) -> Mixture | None:
    """Find the first word of a name whose letters are of scripts that look alike.

    Args:
        name: A name as it is shown to people.

    Returns:
        The word and its scripts; None if every word keeps to one. Names in ASCII cost
        nothing.

    """
    if name.isascii():
        return None
    word = ""
    for character in f"{name} ":
        if unicodedata.category(character)[0] in "LM":
            word += character
            continue
        found = None if word.isascii() else _mixture_of(word)
        if found is not None:
            return found
        word = ""
    return None


def _mixture_of(word: str) -> Mixture | None:
    letters: dict[str, list[str]] = {}
    for character in word:
        script = unicodedata.name(character, "").partition(" ")[0]
        if script in _ALIKE:
            letters.setdefault(script, []).append(character)
    if len(letters) < 2:
        return None
    ordered = sorted(letters, key=lambda script: -len(letters[script]))
    return Mixture(word, tuple(ordered), letters[ordered[-1]][0])
