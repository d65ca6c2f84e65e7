"""How far is a long run? A line on stderr, if that is a terminal, gone at the end."""

import time
from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypeVar

if TYPE_CHECKING:
    from credwallet.cli.console import Console

# What is done sooner than this needs no line, and nobody reads faster than that.
_PATIENCE_S = 0.5
_PAUSE_S = 0.1
_CELLS = 24
_Item = TypeVar("_Item")


class Progress:
    """A line that says how many things are done; use it in a `with` statement.

    Args:
        console: Shows nothing if its stderr is no terminal, or it is to be quiet.
        doing: What is done, such as `importing`.

    """

    def __init__(self, console: "Console", doing: str) -> None:
        self._console = console
        self._doing = doing
        self._shown = console.error_terminal and not console.quiet
        self._next = time.monotonic() + _PATIENCE_S
        self._expected = 0
        self._done = 0
        self._drawn = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._drawn:
            self._console.transient("")

    def expect(self, count: int) -> None:
        """Say that so many more are to come."""
        self._expected += count

    def counted(self, items: Iterable[_Item]) -> Iterator[_Item]:
        """Pass things on, and count each when the next one is asked for."""
        for item in items:
            yield item
            self.advance(1)

    def advance(self, count: int) -> None:
        """Say that so many more are done."""
        self._done += count
        if self._shown and time.monotonic() >= self._next:
            self._draw()

    def _draw(self) -> None:
        self._next = time.monotonic() + _PAUSE_S
        self._drawn = True
        count = f"{self._done:,}"
        if self._expected >= self._done:
            full = _CELLS * self._done // self._expected
            count = f"[{'#' * full:<{_CELLS}}] {count} of {self._expected:,}"
        self._console.transient(f"{self._doing} {count}")
