"""Several processes for a long import: verification is nearly all computing.

The parent reads and writes, its workers examine. A worker opens no connection and
touches no wallet: an input that needs a document is left to the parent, so that each
document is fetched once.
"""

import os
import sys
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, NoReturn

from credwallet.cli.examining import Examined, Terms, examine
from credwallet.cli.expanding import Source
from credwallet.fetch import Document, Supplied

if TYPE_CHECKING:
    from collections.abc import Mapping
    from multiprocessing.connection import Connection

# Below this one process is done before others are ready.
WORTHWHILE = 500
CHUNK = 128
CHUNK_BYTES = 4 * 1024 * 1024
MOST = 8

Answer = tuple[Source, tuple[Examined, ...]]


def examined(
    sources: Iterable[Source], terms: Terms, *, documents: "Mapping[str, bytes]"
) -> Iterator[Answer]:
    """Examine every input, in order, by several processes if there are many.

    Args:
        sources: The inputs; they are read as they are needed.
        terms: Of this import.
        documents: What the learner supplied: all that a worker has.

    """
    sources = iter(sources)
    first = list(islice(sources, WORTHWHILE))
    count = _processors() if len(first) == WORTHWHILE else 1
    if count == 1:
        yield from ((source, examine(source, terms)) for source in first)
        yield from ((source, examine(source, terms)) for source in sources)
        return
    fetch = Supplied(documents, _Elsewhere())
    apart = terms._replace(ports=terms.ports._replace(fetch=fetch))
    team = [_Worker(apart) for _ in range(count)]
    try:
        yield from _shared_out(chain(first, sources), team, terms)
    finally:
        for worker in team:
            worker.stop()


def _processors() -> int:
    # Elsewhere a new process starts from nothing, which costs more than it gains.
    if sys.platform != "linux":
        return 1
    return min(len(os.sched_getaffinity(0)), MOST)


def _shared_out(
    sources: Iterator[Source], team: "list[_Worker]", terms: Terms
) -> Iterator[Answer]:
    """Give each worker one chunk at a time and take the answers in order."""
    given = [_give(worker, sources) for worker in team]
    while any(given):
        for position, worker in enumerate(team):
            chunk = given[position]
            if not chunk:
                continue
            answers = worker.answers() or [None] * len(chunk)
            # Its next chunk first: it works while these answers are dealt with.
            given[position] = _give(worker, sources)
            for source, answer in zip(chunk, answers, strict=True):
                yield source, examine(source, terms) if answer is None else answer


def _give(worker: "_Worker", sources: Iterator[Source]) -> list[Source]:
    chunk: list[Source] = []
    size = 0
    while len(chunk) < CHUNK and size < CHUNK_BYTES:
        source = next(sources, None)
        if source is None:
            break
        chunk.append(source)
        size += len(source.data) if isinstance(source.data, bytes) else 0
    if chunk:
        worker.give(chunk)
    return chunk


class _ElsewhereError(BaseException):
    """An input needs a document, which a worker does not fetch.

    No layer may take it for an answer, so it is none of the errors they know.
    """


class _Elsewhere:
    """The `Fetch` of a worker."""

    def __call__(self, url: str, /) -> Document:
        """Leave it to the parent.

        Raises:
            _ElsewhereError: Always.

        """
        raise _ElsewhereError(url)


class _Worker:
    """A process made by fork, which examines what it is given."""

    def __init__(self, terms: Terms) -> None:
        import multiprocessing  # noqa: PLC0415 -- lazily: few imports are long

        context = multiprocessing.get_context("fork")
        self._ours, theirs = context.Pipe()
        self._process = context.Process(
            target=_work, args=(theirs, self._ours, terms), daemon=True
        )
        self._process.start()
        theirs.close()

    def give(self, chunk: list[Source]) -> None:
        """Hand over a chunk; its answers must be taken before the next one."""
        data = [source if isinstance(source.data, bytes) else None for source in chunk]
        try:
            self._ours.send(data)
        except OSError:
            return  # it died: `answers` says so

    def answers(self) -> list[tuple[Examined, ...] | None] | None:
        """Wait for the answers, None for each input that the parent must examine.

        Returns:
            The answers, or None if the worker died.

        """
        try:
            answers: list[Any] = self._ours.recv()
        except (OSError, EOFError):
            return None
        return answers

    def stop(self) -> None:
        """End the process."""
        self._ours.close()
        self._process.terminate()
        self._process.join()


def _work(theirs: "Connection", ours: "Connection", terms: Terms) -> None:
    import signal  # noqa: PLC0415 -- lazily: only in a worker

    # The parent is interrupted as well, and ends its workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    ours.close()
    while True:
        try:
            chunk = theirs.recv()
        except EOFError:
            return
        theirs.send([_examined(source, terms) for source in chunk])


def _examined(source: Source | None, terms: Terms) -> tuple[Examined, ...] | None:
    if source is None:
        return None
    try:
        return examine(source, terms)
    except _ElsewhereError:
        return None
