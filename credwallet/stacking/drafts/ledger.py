"""What of another standard was carried over, what people must check, what was left?

Nothing is lost without a line here: a construct is carried exactly, or it becomes a
`manual` requirement, or it is left out; each of the last two has a note.
"""

from typing import NamedTuple

_MOST_NOTES = 1000
_LONGEST_NOTE = 400


class Counts(NamedTuple):
    """How many constructs were carried over, became manual, or were left out."""

    carried: int
    manual: int
    left: int


class Ledger:
    """The account of one draft."""

    def __init__(self) -> None:
        self._carried = 0
        self._manual = 0
        self._left = 0
        self._notes: dict[str, None] = {}
        self._more = 0
        self.complete = True

    @property
    def counts(self) -> Counts:
        """The three numbers."""
        return Counts(self._carried, self._manual, self._left)

    @property
    def notes(self) -> tuple[str, ...]:
        """One line for each thing that is not as it was, in order, at most 1,001."""
        if not self._more:
            return tuple(self._notes)
        return (*self._notes, f"and {self._more:,} more")

    def carry(self, number: int = 1) -> None:
        """Count what stands in the file as it stood in the source."""
        self._carried += number

    def by_hand(self, what: str, number: int = 1) -> None:
        """Note what became a manual requirement, or words within one.

        Args:
            what: The construct, in words.
            number: How many of them, at least 1.

        """
        self._manual += number
        self._note(f"manual: {what}")

    def leave(self, what: str, number: int = 1, *, order: bool = False) -> None:
        """Note what was left out.

        Args:
            what: The construct, in words.
            number: How many of them.
            order: It only says what comes first, or describes: the rules ask for the
                same without it.

        """
        self._left += number
        self.complete = self.complete and order
        self._note(f"left out: {what}")

    def remark(self, what: str, *, guessed: bool = False) -> None:
        """Note how something was understood.

        Args:
            what: In words.
            guessed: The source leaves it open, so that the rules are an estimate.

        """
        self.complete = self.complete and not guessed
        self._note(f"read as: {what}" if guessed else f"note: {what}")

    def _note(self, text: str) -> None:
        line = " ".join(text[: 4 * _LONGEST_NOTE].split())
        if len(line) > _LONGEST_NOTE:
            line = line[: _LONGEST_NOTE - 3] + "..."
        if len(self._notes) < _MOST_NOTES:
            self._notes[line] = None
        elif line not in self._notes:
            self._more += 1
