"""Is the wallet folder ours alone, and how does a wallet file come into being?

Files are private from the moment they exist, whatever the umask. A new wallet is built
under another name and renamed when it is complete, so that a crash leaves none or one.
"""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from credwallet.errors import NotFound, StorageFailure, Usage
from credwallet.store.failures import damaged, explained

DATABASE = "vault.db"
_UNFINISHED = "vault.db.new"
_COMPANIONS = ("", "-wal", "-shm")
_PRIVATE_FOLDER = 0o700
_PRIVATE_FILE = 0o600


def exists(folder: Path) -> bool:
    """Tell whether there is a wallet in a folder, without opening it."""
    return os.path.lexists(folder / DATABASE)


def check_ours(folder: Path) -> Path:
    """Make sure that nobody else could have put or can read the wallet's files.

    A wallet that was copied here with wider permissions is made private again.

    Args:
        folder: The wallet folder.

    Returns:
        The path of the database.

    Raises:
        NotFound: If there is no wallet.
        StorageFailure: If a file or the folder belongs to somebody else, or is a link.

    """
    if not exists(folder):
        raise NotFound(
            f"there is no wallet in {folder}",
            next_step="make one with: credwallet init",
        )
    with explained("look at the wallet folder"):
        _make_private_folder(folder)
        for companion in _COMPANIONS:
            _check_file(folder / (DATABASE + companion))
    return folder / DATABASE


@contextmanager
def new_database(folder: Path) -> Iterator[Path]:
    """Give an empty private file to fill; on success it becomes the wallet.

    Args:
        folder: The wallet folder; made if it is missing.

    Raises:
        Usage: If there is a wallet already.
        StorageFailure: If the folder is not ours alone, or cannot be written.

    """
    with explained("make the wallet folder"):
        _make_folders(folder)
        lock = _locked(folder)
    try:
        if exists(folder):
            raise Usage(
                f"there is a wallet in {folder} already",
                next_step="use it, or choose another folder with --home",
            )
        unfinished = folder / _UNFINISHED
        # Whoever left one behind is dead: its lock on the folder is gone.
        _remove(unfinished)
        try:
            with explained("make the wallet"):
                _make_private_file(unfinished)
            yield unfinished
            with explained("make the wallet"):
                _sync(unfinished)
                unfinished.rename(folder / DATABASE)
                _sync(folder)
        except BaseException:
            _remove(unfinished)
            raise
    finally:
        if lock is not None:
            os.close(lock)


def _make_folders(folder: Path) -> None:
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    for path in reversed(missing):
        path.mkdir(_PRIVATE_FOLDER, exist_ok=True)
        path.chmod(_PRIVATE_FOLDER)
    if folder in missing:
        return
    state = folder.stat()
    ours = any(folder.glob(DATABASE + "*")) or not any(folder.iterdir())
    if stat.S_IMODE(state.st_mode) & 0o077 and not ours:
        raise StorageFailure(
            f"the folder {folder} holds other files and is open to other users",
            next_step="choose an empty folder, or close it with: chmod 700 FOLDER",
        )
    _make_private_folder(folder)


def _make_private_folder(folder: Path) -> None:
    state = folder.stat()
    if not stat.S_ISDIR(state.st_mode):
        raise StorageFailure(
            f"{folder} is not a folder", next_step="name a folder with --home DIR"
        )
    _check_owner(folder, state)
    if os.name == "posix" and stat.S_IMODE(state.st_mode) & 0o077:
        # A sticky folder (/tmp) belongs to the machine: never close that to others.
        if state.st_mode & stat.S_ISVTX:
            raise StorageFailure(
                f"the folder {folder} is shared by all users of this machine",
                next_step="keep the wallet in a folder of your own",
            )
        folder.chmod(_PRIVATE_FOLDER)


def _check_file(path: Path) -> None:
    # lstat, not open: closing a second descriptor would drop SQLite's POSIX locks.
    try:
        state = path.lstat()
    except FileNotFoundError:
        return
    if stat.S_ISLNK(state.st_mode):
        raise StorageFailure(
            f"{path} is a link to somewhere else",
            next_step="put the file itself into the wallet folder",
        )
    if not stat.S_ISREG(state.st_mode):
        raise damaged(f"{path.name} is not a file")
    _check_owner(path, state)
    if os.name == "posix" and stat.S_IMODE(state.st_mode) & 0o177:
        path.chmod(_PRIVATE_FILE)


def _check_owner(path: Path, state: os.stat_result) -> None:
    effective_user = getattr(os, "geteuid", None)
    if effective_user is not None and state.st_uid != effective_user():
        raise StorageFailure(
            f"{path} belongs to another user",
            next_step="work as the user to whom the wallet belongs",
        )


def _make_private_file(path: Path) -> None:
    flags = os.O_CREAT | os.O_EXCL | os.O_RDWR | getattr(os, "O_NOFOLLOW", 0)
    descriptor = os.open(path, flags, _PRIVATE_FILE)
    os.close(descriptor)
    # A umask that takes our own rights away is undone too.
    path.chmod(_PRIVATE_FILE)


def _remove(path: Path) -> None:
    for companion in (*_COMPANIONS, "-journal"):
        path.with_name(path.name + companion).unlink(missing_ok=True)


def _sync(path: Path) -> None:
    if path.is_dir() and os.name != "posix":
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _locked(folder: Path) -> int | None:
    """Lock the folder itself against another `init`; the lock dies with us."""
    try:
        import fcntl  # noqa: PLC0415 -- lazily: POSIX only
    except ImportError:
        return None
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
    except OSError:
        # Some network file systems have no locks; the rename is still atomic.
        os.close(descriptor)
        return None
    return descriptor
