"""Is the wallet folder ours alone, and how does a wallet file come into being?

Files are private from the moment they exist, whatever the umask. A new wallet is built
under another name and renamed when it is complete, so that a crash leaves none or one.
"""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from credwallet.errors import NotFound, StorageFailure, Usage
from credwallet.store.failures import damaged, explained, os_failure

DATABASE = "vault.db"
_UNFINISHED = "vault.db.new"
_BESIDE = ("-wal", "-shm", "-journal")
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
        for companion in ("", *_BESIDE):
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
    ready_folder(folder)
    with locked(folder):
        if exists(folder):
            raise Usage(
                f"there is a wallet in {folder} already",
                next_step="use it, or choose another folder with --home",
            )
        with _becoming(folder, "make the wallet") as unfinished:
            yield unfinished


@contextmanager
def replacement(folder: Path) -> Iterator[Path]:
    """Give an empty private file to fill; on success it takes the wallet's place.

    Args:
        folder: The wallet folder, held alone (`maintenance.alone`); what the journal of
            the file that goes still held is lost.

    Raises:
        StorageFailure: If it cannot be written; the old wallet stays.

    """
    with locked(folder), _becoming(folder, "replace the wallet") as unfinished:
        yield unfinished


@contextmanager
def _becoming(folder: Path, doing: str) -> Iterator[Path]:
    unfinished = folder / _UNFINISHED
    # Whoever left one behind is dead: its lock on the folder is gone.
    discard(unfinished)
    try:
        with explained(doing):
            _make_private_file(unfinished)
        yield unfinished
        with explained(doing):
            sync(unfinished)
            # SQLite would play a journal that is left back into the new file.
            discard_companions(folder / DATABASE)
            unfinished.rename(folder / DATABASE)
            sync(folder)
    except BaseException:
        discard(unfinished)
        raise


def tidy(folder: Path) -> None:
    """Remove the half of a wallet file that somebody who was killed left behind.

    Args:
        folder: The wallet folder, with a wallet in it, so that nobody makes one; held
            shared (`maintenance.shared`), so that nobody replaces it.

    """
    unfinished = folder / _UNFINISHED
    if os.path.lexists(unfinished):
        with explained("tidy up the wallet folder"):
            discard(unfinished)


def private_folder(folder: Path) -> Path:
    """Make a folder that is ours alone, with those above it that are missing.

    Args:
        folder: For example of backups, or of a rollback anchor.

    Returns:
        The same.

    Raises:
        StorageFailure: If it belongs to somebody else, or cannot be made.

    """
    with explained(f"make the folder {folder}"):
        _make_missing(folder)
        _make_private_folder(folder)
    return folder


def open_private(path: Path, flags: int) -> int:
    """Open a file beside the wallet: a file of ours, never through a link.

    Args:
        path: In a folder of ours.
        flags: Of `os.open`. With `O_CREAT` it is private from the start, whatever the
            umask; one that others may read is made private again.

    Returns:
        A descriptor, not inherited by programs that we start.

    Raises:
        FileNotFoundError: If there is none and it is not to be made.
        FileExistsError: If there is one and it is to be new.
        StorageFailure: If it is a link, no file, somebody else's, or cannot be opened.

    """
    no_follow = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        descriptor = os.open(path, flags | no_follow, _PRIVATE_FILE)
    except (FileNotFoundError, FileExistsError):
        raise
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.EMLINK):
            raise _is_link(path) from None
        raise os_failure(error, f"open {path}") from None
    try:
        state = os.fstat(descriptor)
        _check_regular(path, state)
        _check_owner(path, state)
        if os.name == "posix" and stat.S_IMODE(state.st_mode) != _PRIVATE_FILE:
            with explained(f"make {path} private"):
                os.fchmod(descriptor, _PRIVATE_FILE)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def replace_private(path: Path, data: bytes, *, sync_name: bool = True) -> None:
    """Write a small file beside the wallet: the old content or the new, never half.

    Args:
        path: In a folder of ours; nobody else writes it at the same time (`locked`).
        data: Its new content.
        sync_name: Bring the name to the disk, too; without it a loss of power may bring
            the old content back.

    Raises:
        StorageFailure: If it cannot be written.

    """
    unfinished = path.with_name(f"{path.name}.new")
    with explained(f"write {path}"):
        # Whoever left one behind is dead.
        unfinished.unlink(missing_ok=True)
        descriptor = open_private(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            unfinished.replace(path)
            if sync_name:
                sync(path.parent)
        except BaseException:
            unfinished.unlink(missing_ok=True)
            raise


def _make_missing(folder: Path) -> bool:
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    for path in reversed(missing):
        path.mkdir(_PRIVATE_FOLDER, exist_ok=True)
        path.chmod(_PRIVATE_FOLDER)
    return bool(missing)


def ready_folder(folder: Path) -> None:
    """Make the folder of a new wallet, or make sure that one can be put there.

    Raises:
        StorageFailure: If it is not ours alone and holds other things, or cannot be
            made.

    """
    with explained("make the wallet folder"):
        _ready_folder(folder)


def _ready_folder(folder: Path) -> None:
    if _make_missing(folder):
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
        raise _is_link(path)
    if not stat.S_ISREG(state.st_mode):
        raise damaged(f"{path.name} is not a file")
    _check_owner(path, state)
    if os.name == "posix" and stat.S_IMODE(state.st_mode) & 0o177:
        path.chmod(_PRIVATE_FILE)


def _is_link(path: Path) -> StorageFailure:
    return StorageFailure(
        f"{path} is a link to somewhere else",
        next_step="put the file itself into the wallet folder",
    )


def _check_regular(path: Path, state: os.stat_result) -> None:
    if not stat.S_ISREG(state.st_mode):
        raise StorageFailure(
            f"{path} is not a file",
            next_step="look at what is there, and move it elsewhere",
        )


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


def discard(database: Path) -> None:
    """Remove a database file with what SQLite keeps beside it, if it is there."""
    database.unlink(missing_ok=True)
    discard_companions(database)


def discard_companions(database: Path) -> None:
    """Remove what SQLite keeps beside a database file that nobody has open."""
    for companion in _BESIDE:
        database.with_name(database.name + companion).unlink(missing_ok=True)


def sync(path: Path) -> None:
    """Bring a file, or the names in a folder, to the disk."""
    if path.is_dir() and os.name != "posix":
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep other processes out of a folder that they lock too; dies with us."""
    lock = _locked(folder)
    try:
        yield
    finally:
        if lock is not None:
            os.close(lock)


def _locked(folder: Path) -> int | None:
    """Lock the folder itself: no file of a lock that could be left behind."""
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
