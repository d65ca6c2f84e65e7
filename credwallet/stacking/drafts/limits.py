"""How much may one document ask for, and how much work may it make?

What a qualification file can hold (`docs/qualification-file.md`), and a bound on what
is tried: a file may name one component from many places, again and again.
"""

from credwallet.errors import Unreadable

MAX_PARTS = 2000
MAX_DEPTH = 32
# Real documents have a handful.
MAX_DRAFTS = 200
MAX_NAMES = 100
_MOST_STEPS = 10_000


class Steps:
    """How much work one document may still make, over all its drafts."""

    def __init__(self) -> None:
        self._left = _MOST_STEPS

    def take(self, depth: int = 0) -> None:
        """Go one step on.

        Raises:
            Unreadable: If there were too many, or it is deeper than a file can say.

        """
        self._left -= 1
        if depth > MAX_DEPTH:
            raise too_deep()
        if self._left < 0:
            raise Unreadable(
                f"it names parts more than {_MOST_STEPS:,} times",
                next_step="take the one pathway or credential that you mean",
            )


def check_number(drafts: int) -> None:
    """Refuse a document of too many sets of rules.

    Raises:
        Unreadable: If there are more than 200.

    """
    if drafts > MAX_DRAFTS:
        raise Unreadable(
            f"it holds more than {MAX_DRAFTS} sets of rules",
            next_step="take the one that you mean",
        )


def too_many() -> Unreadable:
    """Return the error for more parts than a file can hold."""
    return Unreadable(
        f"it asks for more than {MAX_PARTS:,} things",
        next_step="a qualification file holds no more: take a part of it",
    )


def too_deep() -> Unreadable:
    """Return the error for groups in groups beyond what a file can hold."""
    return Unreadable(
        f"its conditions are nested deeper than {MAX_DEPTH}",
        next_step="a qualification file holds no more: take a part of it",
    )
