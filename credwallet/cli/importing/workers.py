"""Several processes for a long import: verification is nearly all computing.

The parent reads and writes, its workers examine. A worker opens no connection and
touches no wallet: an input that needs a document is left to the parent, so that each
document is fetched once.
"""

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, Any

from credwallet.cli.importing.examining import Examined, Terms, examine
from credwallet.cli.importing.expanding import Source
from credwallet.fetch import Document, Supplied

if TYPE_CHECKING:
    from collections.abc import Mapping
    from multiprocessing.connection import Connection

# Below this one process is done before others are ready.
WORTHWHILE = 500
CHUNK = 128
CHUNK_BYTES = 4 * 1024 * 1024
MOST = 8

# Entries of one input; at least one.
Answer = tuple[Examined, ...]
Known = Callable[[Source], Answer | None]
_Given = tuple[Source, Answer | None]


def examined(
    sources: Iterable[Source],
    terms: Terms,
    *,
    documents: "Mapping[str, bytes]",
    known: Known,
) -> Iterator[tuple[Source, Answer]]:
    """Examine every input, in order, by several processes if there are many.

    Args:
        sources: The inputs; they are read as they are needed.
        terms: Of this import.
        documents: What the learner supplied: all that a worker has.
        known: Answers for an input that needs no work.

    """
    given = ((source, known(source)) for source in sources)
    first: list[_Given] = []
    missing = 0
    for source, answer in given:
        if answer is not None and not first:
            yield source, answer
            continue
        first.append((source, answer))
        missing += answer is None
        if missing == WORTHWHILE:
            break
    count = _processors() if missing == WORTHWHILE else 1
    if count == 1:
        for source, answer in chain(first, given):
            yield source, answer or examine(source, terms)
        return
    fetch = Supplied(documents, _Elsewhere())
    apart = terms._replace(ports=terms.ports._replace(fetch=fetch))
    team = [_Worker(apart) for _ in range(count)]
    try:
        yield from _shared_out(chain(first, given), team, terms)
    finally:
        for worker in team:
            worker.stop()


def _processors() -> int:
    # Elsewhere a new process starts from nothing, which costs more than it gains.
    if sys.platform != "linux":
        return 1
    return min(len(os.sched_getaffinity(0)), MOST)


def _shared_out(
    given: Iterator[_Given], team: "list[_Worker]", terms: Terms
) -> Iterator[tuple[Source, Answer]]:
    """Give each worker one chunk at a time and take the answers in order."""
    chunks = [_give(worker, given) for worker in team]
    while any(chunks):
        for position, worker in enumerate(team):
            chunk = chunks[position]
            if not chunk:
                continue
            answers = worker.answers() or [None] * len(chunk)
            # Its next chunk first: it works while these answers are dealt with.
            chunks[position] = _give(worker, given)
            for (source, known), answer in zip(chunk, answers, strict=True):
                yield source, known or answer or examine(source, terms)


def _give(worker: "_Worker", given: Iterator[_Given]) -> list[_Given]:
    chunk: list[_Given] = []
    size = 0
    while len(chunk) < CHUNK and size < CHUNK_BYTES:
        following = next(given, None)
        if following is None:
            break
        chunk.append(following)
        data = following[0].data
        size += len(data) if isinstance(data, bytes) else 0
    if chunk:
        worker.give(
            [
                source if answer is None and isinstance(source.data, bytes) else None
                for source, answer in chunk
            ]
        )
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
        import signal  # noqa: PLC0415 -- as above

        context = multiprocessing.get_context("fork")
        self._ours, theirs = context.Pipe()
        self._process = context.Process(
            target=_work, args=(theirs, self._ours, terms), daemon=True
        )
        # An interrupt waits until the worker, which inherits that, has been made.
        waiting = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            self._process.start()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, waiting)
        theirs.close()

    def give(self, chunk: list[Source | None]) -> None:
        """Hand over a chunk; its answers must be taken before the next one."""
        try:
            self._ours.send(chunk)
        except OSError:
            return  # it died: `answers` says so

    def answers(self) -> list[Answer | None] | None:
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


def _examined(source: Source | None, terms: Terms) -> Answer | None:
    if source is None:
        return None
    try:
        return examine(source, terms)
    except _ElsewhereError:
        return None
