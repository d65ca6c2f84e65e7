"""How is a copy of the wallet made that can be trusted later?

By SQLite's online backup, while others read and write: one state, in one file. It is
written under another name, read back and compared with what it should be, brought to
the disk, and only then gets its name.
"""

import errno
import hashlib
import os
import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from credwallet.errors import NotFound, StorageFailure, Usage
from credwallet.store.backup_contents import (
    BACKUPS,
    STAMP,
    automatic_backups,
    looking,
    moment_and_reason,
)
from credwallet.store.checking import Checked, check
from credwallet.store.entering import glance
from credwallet.store.failures import damaged, explained, os_failure
from credwallet.store.folder import (
    discard,
    locked,
    open_private,
    private_folder,
    sync,
)
from credwallet.store.schema import look_into, single_file

if TYPE_CHECKING:
    from credwallet.store.vault import Vault

KEPT = 3
# A copy of a damaged wallet is worth keeping, but pushes no good one out.
BROKEN = "damaged"
_UNFINISHED = "unfinished.db"
_BLOCK = 1 << 20
_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)
_NEW = os.O_CREAT | os.O_EXCL | _NO_FOLLOW


class Made(NamedTuple):
    """A finished backup; `checked` is None if its contents were not opened.

    `size` is in bytes, `sha256` in hexadecimal.
    """

    path: Path
    size: int
    sha256: str
    checked: Checked | None


def back_up(
    folder: Path, file: Path, *, vault: "Vault | None" = None, force: bool = False
) -> Made:
    """Copy the wallet into one file outside of its folder.

    Args:
        folder: The wallet folder.
        file: Where to; its folder is there.
        vault: The same wallet, open: then every body of the copy is opened.
        force: Replace a file that is there.

    Raises:
        Usage: If the file is there, is a folder, or would lie in the wallet folder.
        NotFound: If there is no wallet, or no folder for the file.
        Damaged: If the wallet is damaged; a file that was there stays.
        StorageFailure: If it cannot be written; a file that was there stays.

    """
    _check_target(folder, file, force=force)
    unfinished = file.with_name(f".{file.name}.unfinished")
    entered = glance(folder)
    try:
        # One after the other: two would write under the same name.
        with locked(backups_folder(folder)), explained(f"write {file}"):
            discard(unfinished)
            try:
                copy_of(entered.connection, unfinished)
                checked = None if vault is None else _opened(vault, unfinished)
                _check_target(folder, file, force=force)
                made = Made(file, *_measured(unfinished), checked)
                unfinished.replace(file)
                sync(file.parent)
            except BaseException:
                discard(unfinished)
                raise
            return made
    finally:
        entered.close()


def automatic(folder: Path, reason: str, *, at: datetime | None = None) -> Path:
    """Copy the wallet into its folder of backups, where the last three are kept.

    Args:
        folder: The wallet folder; whoever holds it alone calls `keep`.
        reason: A word, for example `rekey`.
        at: The time now, for its name; None takes what the file system says.

    Returns:
        The backup.

    Raises:
        NotFound: If there is no wallet.
        Damaged: If it is damaged.
        StorageFailure: If it cannot be written.

    """
    entered = glance(folder)
    try:
        path = keep(folder, entered.connection, reason, at=at)
    finally:
        entered.close()
    prune(folder)
    return path


def keep(
    folder: Path,
    connection: sqlite3.Connection,
    reason: str,
    *,
    at: datetime | None = None,
) -> Path:
    """Copy an open wallet file into the folder of backups.

    Args:
        folder: The wallet folder.
        connection: Of its file; no transaction.
        reason: A word.
        at: The time now, as for `automatic`.

    Raises:
        Damaged: If it is damaged.
        StorageFailure: If it cannot be written.

    """
    return _kept(folder, reason, at, lambda file: copy_of(connection, file))


def keep_broken(folder: Path, database: Path, *, at: datetime | None = None) -> Path:
    """Copy a wallet file that SQLite cannot read, byte for byte, with its journal.

    Args:
        folder: The wallet folder, held alone.
        database: The file.
        at: The time now, as for `automatic`.

    Raises:
        StorageFailure: If it cannot be written.

    """
    path = _kept(folder, BROKEN, at, lambda file: copy_bytes(database, file))
    journal = database.with_name(f"{database.name}-wal")
    if journal.exists():
        copy_bytes(journal, path.with_name(f"{path.name}-wal"))
    return path


def prune(folder: Path) -> None:
    """Let the oldest automatic backups go: three stay, and three of damaged wallets."""
    with explained("tidy up the backups"), locked(backups_folder(folder)):
        paths = automatic_backups(folder)
        broken = [path for path in paths if moment_and_reason(path)[1] == BROKEN]
        whole = [path for path in paths if path not in broken]
        for path in (*whole[KEPT:], *broken[KEPT:]):
            discard(path)


def backups_folder(folder: Path) -> Path:
    """Make the folder of automatic backups, if it is not there, and give its path.

    Raises:
        StorageFailure: If it is a link, or not ours alone.

    """
    backups = folder / BACKUPS
    if backups.is_symlink():
        raise StorageFailure(
            f"{backups} is a link to somewhere else",
            next_step="move it away; backups are kept in the wallet folder itself",
        )
    return private_folder(backups)


def copy_of(connection: sqlite3.Connection, target: Path) -> None:
    """Write one state of a wallet file into a new file, and read it back.

    Args:
        connection: Of the wallet file; no transaction.
        target: A name that is free.

    Raises:
        Damaged: If the wallet is damaged.
        StorageFailure: If it cannot be written.

    """
    with explained("write the backup"):
        os.close(os.open(target, _NEW | os.O_RDWR, 0o600))
        with single_file(target) as copy:
            connection.backup(copy)
            # Readable where no file can be made beside it.
            copy.execute("PRAGMA journal_mode=DELETE")
        sync(target)
    check_structure(target)


def check_structure(file: Path) -> None:
    """Make sure that SQLite can read all pages, and that the tables are ours.

    Args:
        file: A wallet file in one piece that nobody writes.

    Raises:
        Damaged: If not.
        StorageFailure: If it cannot be read.

    """
    connection = look_into(file)
    try:
        with explained("read the backup"):
            found = connection.execute("PRAGMA integrity_check(1)").fetchall()
    finally:
        connection.close()
    if found != [(b"ok",)]:
        raise damaged("the database is not as credwallet left it")


def copy_bytes(source: Path, target: Path) -> None:
    """Copy a file into a new private one, and to the disk.

    Args:
        source: A file; a link to one is not followed.
        target: In a folder of ours; a name that is free.

    Raises:
        NotFound: If there is no such file.
        StorageFailure: If it is no file, or cannot be read or written.

    """
    with reading(source) as read, explained(f"copy {source}"):
        descriptor = open_private(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
        with os.fdopen(descriptor, "wb") as written:
            while block := read.read(_BLOCK):
                written.write(block)
            written.flush()
            os.fsync(written.fileno())


@contextmanager
def reading(source: Path) -> Iterator[BinaryIO]:
    """Open a backup to read its bytes.

    Args:
        source: A file; a link to one is not followed.

    Raises:
        NotFound: If there is no such file.
        Usage: If it is no file.
        StorageFailure: If it cannot be read.

    """
    flags = os.O_RDONLY | _NO_FOLLOW | getattr(os, "O_NONBLOCK", 0)
    try:
        descriptor = os.open(source, flags)
    except FileNotFoundError:
        raise NotFound(
            f"there is no file {source}", next_step="check the name"
        ) from None
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.EMLINK):
            raise _is_link(source) from None
        raise os_failure(error, f"read {source}") from None
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise Usage(f"{source} is not a file", next_step="name a backup file")
        yield file


def _kept(
    folder: Path, reason: str, at: datetime | None, fill: Callable[[Path], None]
) -> Path:
    backups = backups_folder(folder)
    unfinished = backups / _UNFINISHED
    with explained("keep a backup"), locked(backups):
        # Whoever left one behind is dead.
        discard(unfinished)
        try:
            fill(unfinished)
            path = _free_name(unfinished, reason, at)
            unfinished.rename(path)
            sync(backups)
        except BaseException:
            discard(unfinished)
            raise
    return path


def _free_name(unfinished: Path, reason: str, at: datetime | None) -> Path:
    """Name a backup after the moment at which it was written."""
    written = unfinished.stat().st_mtime if at is None else at.timestamp()
    at = datetime.fromtimestamp(int(written), UTC)
    while True:
        path = unfinished.with_name(f"vault-{at.strftime(STAMP)}-{reason}.db")
        if not os.path.lexists(path):
            return path
        at += timedelta(seconds=1)


def _opened(vault: "Vault", file: Path) -> Checked:
    with vault.looking() as view, looking(file, view.keys) as copy:
        return check(copy)


def _measured(file: Path) -> tuple[int, str]:
    with file.open("rb") as opened:
        digest = hashlib.file_digest(opened, "sha256").hexdigest()
        return opened.tell(), digest


def _check_target(folder: Path, file: Path, *, force: bool) -> None:
    parent = Path(os.path.realpath(file.parent))
    if not parent.is_dir():
        raise NotFound(f"there is no folder {file.parent}", next_step="make it first")
    home = Path(os.path.realpath(folder))
    if parent == home or home in parent.parents:
        raise Usage(
            f"{file} would lie in the wallet folder, and be lost with it",
            next_step="name a file elsewhere, best on another disk",
        )
    try:
        mode = file.lstat().st_mode
    except FileNotFoundError:
        return
    except OSError as error:
        raise os_failure(error, f"look at {file}") from None
    if stat.S_ISLNK(mode):
        raise _is_link(file)
    if not stat.S_ISREG(mode):
        raise Usage(f"{file} is not a file", next_step="name a file for the backup")
    if not force:
        raise Usage(
            f"{file} is there already", next_step="name another, or give --force"
        )


def _is_link(path: Path) -> StorageFailure:
    return StorageFailure(
        f"{path} is a link to somewhere else", next_step="name the file itself"
    )
