"""How far is a long run? A line on stderr, if that is a terminal, gone at the end."""

import time
from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypeVar

if TYPE_CHECKING:
    from threading import Event, Thread

    from credwallet.cli.terminal.console import Console

# What is done sooner than this needs no line, and nobody reads faster than that.
_PATIENCE_S = 0.5
_PAUSE_S = 0.1
_CELLS = 24
_Item = TypeVar("_Item")


class Progress:
    """A line that says how many things are done; use it in a `with` statement.

    Where nothing is counted it says for how many seconds it has been going on. The line
    moves while the work stands still, too: a thread draws it.

    Args:
        console: Shows nothing if its stderr is no terminal, or it is to be quiet.
        doing: What is done, such as `importing`.
        forks: Whether the work makes processes by fork, beside which no thread may run:
            the line then moves only when something is counted.

    """

    def __init__(self, console: "Console", doing: str, *, forks: bool = False) -> None:
        self._console = console
        self._doing = doing
        self._shown = console.error_terminal and not console.quiet
        self._ticks = self._shown and not forks
        self._started = time.monotonic()
        self._next = self._started + _PATIENCE_S
        self._expected = 0
        self._done = 0
        self._drawn = False
        self._over: Event | None = None
        self._clock: Thread | None = None

    def __enter__(self) -> Self:
        if self._ticks:
            import threading  # noqa: PLC0415 -- lazily: terminals only

            self._over = threading.Event()
            self._clock = threading.Thread(target=self._tick, daemon=True)
            self._clock.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        try:
            if self._over is not None and self._clock is not None:
                self._over.set()
                self._clock.join()
        finally:
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
        # Where a thread draws, it alone does: two would write into one line.
        if self._shown and not self._ticks and time.monotonic() >= self._next:
            self._draw()

    def _tick(self) -> None:
        wait = _PATIENCE_S
        while self._over is not None and not self._over.wait(wait):
            if time.monotonic() >= self._next:
                self._draw()
            wait = _PAUSE_S

    def _draw(self) -> None:
        self._next = time.monotonic() + _PAUSE_S
        self._drawn = True
        self._console.transient(f"{self._doing} {self._said()}")

    def _said(self) -> str:
        done, expected = self._done, self._expected
        if not done and not expected:
            return f"for {time.monotonic() - self._started:.0f} s"
        if expected < done:
            return f"{done:,}"
        full = _CELLS * done // expected
        return f"[{'#' * full:<{_CELLS}}] {done:,} of {expected:,}"
