"""Who is using the wallet file, and may it be replaced right now?

Whoever opens it holds `maint.lock` in the wallet folder, shared, for as long as it is
open; what puts another file in its place (migrate, restore) holds it alone. Locks die
with their process, so the file means nothing and stays. Windows has no locks that can
be shared: there only SQLite's own keep the others out, and the system itself, which
renames no file that is open.
"""

import os
from pathlib import Path
from types import TracebackType
from typing import Self

from credwallet.errors import StorageFailure
from credwallet.store.folder import open_private

LOCK = "maint.lock"
# Whoever wants the file alone waits so long for the others to go.
ALONE_SECONDS = 10
# Whoever comes meanwhile waits longer: 100,000 credentials migrate in that time.
SHARED_SECONDS = 60
_PAUSE = 0.05


class Hold:
    """A lock on the wallet folder, until it is closed."""

    __slots__ = ("_descriptor",)

    def __init__(self, descriptor: int) -> None:
        self._descriptor: int | None = descriptor

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let the others in; closing again does nothing."""
        if self._descriptor is not None:
            descriptor, self._descriptor = self._descriptor, None
            os.close(descriptor)


def shared(folder: Path, *, seconds: float = SHARED_SECONDS) -> Hold:
    """Say that the wallet file is in use; any number of processes can.

    Args:
        folder: The wallet folder; it is there.
        seconds: How long to wait for one that replaces the file.

    Raises:
        StorageFailure: If that one is not done by then (type `busy`), or the lock is a
            link or somebody else's.

    """
    return _held(folder, alone=False, seconds=seconds)


def alone(folder: Path, *, seconds: float = ALONE_SECONDS) -> Hold:
    """Keep everybody else from the wallet file, in order to replace it.

    Args:
        folder: The wallet folder; it is there. No vault of this process may be open.
        seconds: How long to wait for the others to close it.

    Raises:
        StorageFailure: If they do not (type `busy`), or the lock is a link or somebody
            else's.

    """
    return _held(folder, alone=True, seconds=seconds)


def _held(folder: Path, *, alone: bool, seconds: float) -> Hold:
    descriptor = open_private(folder / LOCK, os.O_RDWR | os.O_CREAT)
    try:
        _lock(descriptor, alone=alone, seconds=seconds)
    except BaseException:
        os.close(descriptor)
        raise
    return Hold(descriptor)


def _pause() -> None:
    from threading import Event  # noqa: PLC0415 -- lazily: only who has to wait

    Event().wait(_PAUSE)


def _lock(descriptor: int, *, alone: bool, seconds: float) -> None:
    try:
        import fcntl  # noqa: PLC0415 -- lazily: POSIX only
    except ImportError:
        return
    how = (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB
    for turn in range(int(seconds / _PAUSE) + 1):
        try:
            fcntl.flock(descriptor, how)
        except BlockingIOError:
            if turn * _PAUSE < seconds:
                _pause()
        except OSError:
            # Some network file systems have no locks; SQLite says what it can.
            return
        else:
            return
    raise _busy()


def _busy() -> StorageFailure:
    return StorageFailure(
        "another credwallet is using the wallet",
        next_step="wait until it is done, then try again",
        type="busy",
    )
