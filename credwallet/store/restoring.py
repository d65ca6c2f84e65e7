"""How does a backup take the wallet's place?

It is copied first, and the copy is opened as any wallet is, every body of it, beside
the wallet that is there; only then do they change places, and the old one is kept
among the automatic backups.
"""

import shutil
import sqlite3
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from credwallet.errors import CredwalletError, Damaged, Usage
from credwallet.store import maintenance
from credwallet.store.backup_contents import (
    automatic_backups,
    looking,
    restore_words,
)
from credwallet.store.backups import (
    backups_folder,
    check_structure,
    copy_bytes,
    keep,
    keep_broken,
    prune,
)
from credwallet.store.checking import Checked, check
from credwallet.store.failures import explained
from credwallet.store.folder import (
    DATABASE,
    check_ours,
    exists,
    private_folder,
    ready_folder,
    replacement,
)
from credwallet.store.keys import KeyRing
from credwallet.store.opening import keys_by_passphrase, open_vault
from credwallet.store.schema import (
    connect,
    empty_journal,
    look_into,
    take_alone,
)
from credwallet.store.slots import Opened, read_vault_id

# In the folder of backups: what is left of it when we are killed is found there.
_STAGE = "restoring"
# Of the files beside a backup that is damaged.
_LOOKED_AT = 10
# Each derivation takes a good part of a second.
_DERIVED = 3


class Restored(NamedTuple):
    """A backup that is the wallet now.

    `kept` is where the wallet that was there before lies, None if there was none;
    `vault_key` opens the wallet without deriving a key once more.
    """

    checked: Checked
    kept: Path | None
    vault_key: Opened

    def __repr__(self) -> str:
        return f"<Restored {self.checked!r}>"


def restore_backup(
    folder: Path, file: Path, *, passphrase: str, at: datetime | None = None
) -> Restored:
    """Put a backup in the place of the wallet, or where there is none.

    Args:
        folder: The wallet folder; no vault of this process is open in it.
        file: The backup, of any format that is known.
        passphrase: Of the backup; the wallet may have another one by now.
        at: The time now, for the name of what is kept; None takes what the file
            system says.

    Raises:
        NotFound: If there is no such file.
        Usage: If it is a backup of another wallet than the one that is there.
        Locked: If the passphrase does not open it.
        Damaged: If it is damaged, with the backup that is good instead.
        StorageFailure: If somebody uses the wallet, there is no space, or the disk
            fails.

    Whatever is raised, the wallet that was there is as it was.

    """
    ready_folder(folder)
    with maintenance.alone(folder):
        stage = backups_folder(folder) / _STAGE
        with explained("check the backup"):
            _clear(stage)
        try:
            checked, vault_key = _staged(file, private_folder(stage), passphrase)
            _check_same(folder, stage)
            kept = _swapped(folder, stage / DATABASE, at)
        finally:
            with explained("tidy up the backups"):
                _clear(stage)
    prune(folder)
    return Restored(checked, kept, vault_key)


def _clear(stage: Path) -> None:
    if stage.exists():
        shutil.rmtree(stage)


def _staged(file: Path, stage: Path, passphrase: str) -> tuple[Checked, Opened]:
    """Copy the backup and open all of it; brings it to this format, too."""
    copy_bytes(file, stage / DATABASE)
    journal = file.with_name(f"{file.name}-wal")
    if journal.exists():
        # Not one of ours: somebody copied the files of a wallet as they were.
        copy_bytes(journal, stage / f"{DATABASE}-wal")
    try:
        with open_vault(stage, passphrase=passphrase) as vault:
            checked, vault_key = vault.check(), vault.vault_key()
        _finish(stage / DATABASE)
    except Damaged as error:
        raise _of_backup(error, file, passphrase, folder=stage.parent.parent) from error
    return checked, vault_key


def _finish(database: Path) -> None:
    with explained("check the backup"):
        connection = connect(database)
        try:
            empty_journal(connection)
            connection.execute("PRAGMA journal_mode=DELETE")
        finally:
            connection.close()
    check_structure(database)


def _check_same(folder: Path, stage: Path) -> None:
    here = _vault_id(folder) if exists(folder) else b""
    if here and here != _vault_id(stage):
        raise Usage(
            "it is a backup of another wallet than the one that is here",
            next_step="put it into a folder of its own: "
            "credwallet --home FOLDER restore-backup FILE",
        )


def _vault_id(folder: Path) -> bytes:
    """Read the identifier of a wallet; nothing if it is too damaged to tell."""
    try:
        with explained("read the wallet"):
            connection = connect(check_ours(folder), older=True)
            try:
                return read_vault_id(connection)
            finally:
                connection.close()
    except Damaged:
        return b""


def _swapped(folder: Path, staged: Path, at: datetime | None) -> Path | None:
    """Keep the wallet that is there, if there is one, and put the other in its place.

    Returns:
        Where the old one is kept.

    """
    source, kept = None, None
    try:
        if exists(folder):
            source, kept = _set_aside(folder, at)
        with replacement(folder) as target:
            staged.replace(target)
    finally:
        if source is not None:
            # What took its place is another file: nothing of it is closed here.
            source.close()
    return kept


def _set_aside(
    folder: Path, at: datetime | None
) -> tuple[sqlite3.Connection | None, Path]:
    """Copy the wallet that goes; the connection keeps others from it until closed."""
    try:
        with explained("replace the wallet"):
            source = connect(check_ours(folder), older=True)
            try:
                take_alone(source)
                return source, keep(folder, source, "restore", at=at)
            except BaseException:
                source.close()
                raise
    except Damaged:
        return None, keep_broken(folder, check_ours(folder), at=at)


def _of_backup(error: Damaged, file: Path, passphrase: str, *, folder: Path) -> Damaged:
    """Say that it is the backup that is damaged, and which one is not."""
    what = error.what.replace("the wallet", f"the backup {file}", 1)
    if error.type == "unknown-format":
        return Damaged(what, next_step=error.next_step, type=error.type)
    other = _good((*automatic_backups(folder), *_beside(file)), file, passphrase)
    next_step = "no other backup that is good was found beside it or in the wallet"
    if other is not None:
        next_step = f"this one is good, every credential of it opens: {other}"
        next_step = f"{next_step} ({restore_words(other)})"
    return Damaged(what, next_step=next_step, type="damaged-backup")


def _beside(file: Path) -> tuple[Path, ...]:
    try:
        found = sorted(file.parent.glob(f"*{file.suffix}"), key=_written, reverse=True)
    except OSError:
        return ()
    return tuple(found[:_LOOKED_AT])


def _written(path: Path) -> float:
    return path.lstat().st_mtime


def _good(paths: Iterable[Path], file: Path, passphrase: str) -> Path | None:
    """Find the first backup of which every body opens."""
    keys, derived = None, 0
    try:
        for path in paths:
            try:
                if path.is_symlink() or path.samefile(file):
                    continue
                if keys is None and derived < _DERIVED:
                    derived += 1
                    keys = _keys(path, passphrase)
                if keys is None:
                    return None
                with looking(path, keys) as view:
                    check(view)
            except (CredwalletError, OSError):
                continue
            return path
        return None
    finally:
        if keys is not None:
            keys.wipe()


def _keys(path: Path, passphrase: str) -> KeyRing:
    connection = look_into(path)
    try:
        with explained("read the backup"):
            return keys_by_passphrase(connection, passphrase)
    finally:
        connection.close()
