"""How is whoever waits for a long answer told how far it is?"""

from typing import Protocol


class Watch(Protocol):
    """Somebody who is told what is to be done, and what of it is done."""

    def expect(self, count: int) -> None:
        """Hear that so many more things are to be done."""

    def advance(self, count: int) -> None:
        """Hear that so many more are done."""
