"""Which word may have been meant by one that is none?"""

from collections.abc import Iterable

_LONGEST = 80


def near(typed: str, words: Iterable[str]) -> list[str]:
    """Find the words, three at most, that one looks like.

    Args:
        typed: What was typed.
        words: What could have been meant.

    """
    from difflib import get_close_matches  # noqa: PLC0415 -- lazily: after a mistake

    # Two dashes that all options have in common make none of them more alike.
    shorn = {word.lstrip("-"): word for word in words}
    found = get_close_matches(typed[:_LONGEST].lstrip("-"), shorn)
    return [shorn[each] for each in found]


def did_you_mean(typed: str, words: Iterable[str], otherwise: str) -> str:
    """Write the hint that follows a word that is none.

    Args:
        typed: What was typed.
        words: What could have been meant.
        otherwise: The hint if it looks like none of them.

    """
    found = near(typed, words)
    return f"did you mean {' or '.join(found)}?" if found else otherwise
