"""Which word may have been meant by one that is none?"""

from collections.abc import Iterable

_LONGEST = 80
# Below this, difflib finds a likeness that no reader sees: of `tour` to `doctor`.
_ALIKE = 0.65
# What other programs call a thing, and what it may be called here.
_CALLED = {
    **dict.fromkeys(("create", "new", "make"), ("create", "add", "init")),
    **dict.fromkeys(("delete", "del", "rm"), ("remove",)),
    "ls": ("list",),
    "upgrade": ("refresh",),
    **dict.fromkeys(("view", "cat", "open"), ("show",)),
}


def near(typed: str, words: Iterable[str]) -> list[str]:
    """Find the words, three at most, that one looks like.

    Args:
        typed: What was typed.
        words: What could have been meant.

    """
    from difflib import get_close_matches  # noqa: PLC0415 -- lazily: after a mistake

    # Two dashes that all options have in common make none of them more alike.
    shorn = {word.lstrip("-"): word for word in words}
    called = [word for word in _CALLED.get(typed, ()) if word in shorn]
    found = get_close_matches(typed[:_LONGEST].lstrip("-"), shorn, cutoff=_ALIKE)
    return [shorn[each] for each in called[:1] or found]


def did_you_mean(typed: str, words: Iterable[str], otherwise: str) -> str:
    """Write the hint that follows a word that is none.

    Args:
        typed: What was typed.
        words: What could have been meant.
        otherwise: The hint if it looks like none of them.

    """
    found = near(typed, words)
    return f"did you mean {' or '.join(found)}?" if found else otherwise
