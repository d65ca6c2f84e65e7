"""Which automatic backup is good, and which one holds what is damaged?

Backups are looked into without a trace, each with keys of its own: one made before the
vault key was changed opens only as long as the wallet still knows that key.
"""

import sqlite3
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from credwallet.errors import CredwalletError, Locked
from credwallet.store.envelope import epoch_of
from credwallet.store.failures import DAMAGE, damaged, explained
from credwallet.store.keys import KeyRing, wipe
from credwallet.store.memory import Memory
from credwallet.store.schema import blob, look_into
from credwallet.store.view import HEAD_ROW, View, read_head

BACKUPS = "backups"
# Why a copy of a wallet was kept that could not be read.
BROKEN = "damaged"
STAMP = "%Y%m%dT%H%M%SZ"


class BackupState(NamedTuple):
    """One automatic backup, looked into.

    `generation` is None if it could not be opened with the keys there are (or without
    any), `problem` says what is wrong with it, if something is.
    """

    path: Path
    at: datetime | None
    reason: str
    generation: int | None
    problem: str = ""


def automatic_backups(folder: Path) -> tuple[Path, ...]:
    """List the automatic backups of a wallet, the newest first.

    Args:
        folder: The wallet folder.

    """
    try:
        found = [
            path for path in (folder / BACKUPS).glob("vault-*.db") if path.is_file()
        ]
    except OSError:
        return ()
    return tuple(sorted(found, key=lambda path: path.name, reverse=True))


def moment_and_reason(path: Path) -> tuple[datetime | None, str]:
    """Read from the name of an automatic backup when and why it was made."""
    _, _, rest = path.stem.partition("-")
    stamp, _, reason = rest.partition("-")
    try:
        return datetime.strptime(stamp, STAMP).replace(tzinfo=UTC), reason
    except ValueError:
        return None, reason


def state_of(path: Path, keys: KeyRing | None) -> BackupState:
    """Look into a backup: its structure, and with keys its index, too.

    Args:
        path: From `automatic_backups`.
        keys: Of the open wallet; None while it is locked.

    """
    at, reason = moment_and_reason(path)
    try:
        if keys is None:
            _check_pages(path)
            return BackupState(path, at, reason, None)
        with looking(path, keys) as view:
            view.check_counts(records=view.head.records)
            view.check_numbers()
            return BackupState(path, at, reason, view.head.generation)
    except CredwalletError as error:
        problem = error.what.removeprefix(DAMAGE)
        return BackupState(path, at, reason, None, problem)


def holders(
    folder: Path, keys: KeyRing, wanted: Collection[bytes]
) -> dict[bytes, Path]:
    """Find the newest automatic backup that holds each of some records whole.

    Args:
        folder: The wallet folder.
        keys: Of the open wallet.
        wanted: Record identifiers.

    Returns:
        Identifier to backup; what no backup holds is left out.

    """
    found: dict[bytes, Path] = {}
    for path in automatic_backups(folder):
        missing = [rid for rid in wanted if rid not in found]
        if missing:
            found.update(dict.fromkeys(_whole_in(path, keys, missing), path))
    return found


def newest_good(
    folder: Path, keys: KeyRing | None, *, from_generation: int = 0
) -> BackupState | None:
    """Find the newest automatic backup in which nothing wrong is seen.

    Args:
        folder: The wallet folder.
        keys: Of the open wallet; without them only the structure is looked at.
        from_generation: The earliest state that will do.

    """
    for path in automatic_backups(folder):
        state = state_of(path, keys)
        if state.reason == BROKEN:
            continue
        if not state.problem and (state.generation or 0) >= from_generation:
            return state
    return None


def restore_words(path: Path) -> str:
    """Say how to take a backup."""
    return f"credwallet restore-backup {path}"


def _check_pages(path: Path) -> None:
    with explained("read the backup"):
        connection = look_into(path)
        try:
            found = connection.execute("PRAGMA quick_check(1)").fetchone()
        finally:
            connection.close()
    if found != (b"ok",):
        raise damaged("the database is not as credwallet left it")


def _whole_in(path: Path, keys: KeyRing, wanted: Collection[bytes]) -> list[bytes]:
    whole = []
    try:
        with looking(path, keys) as view:
            for rid in wanted:
                try:
                    segment, position = view.locate(rid)
                    view.body(rid, segment.tags[position])
                except CredwalletError:
                    continue
                whole.append(rid)
    except CredwalletError:
        return []
    return whole


@contextmanager
def looking(path: Path, keys: KeyRing) -> Iterator[View]:
    """Open the index of a backup, with keys of its own.

    Args:
        path: A private file that nobody writes.
        keys: Of the wallet that it is of, open.

    Raises:
        Damaged: If it is not what credwallet wrote.
        Locked: If it was made under a key that the wallet no longer knows.
        StorageFailure: If it cannot be read.

    """
    with explained("read the backup"):
        connection = look_into(path)
        try:
            own = _own_keys(_epoch(connection), keys)
            try:
                head = read_head(connection, own)
                yield View(connection, own, head, Memory())
            finally:
                own.wipe()
        finally:
            connection.close()


def _epoch(connection: sqlite3.Connection) -> int:
    row = connection.execute(
        "SELECT sealed FROM head WHERE id=?", (HEAD_ROW,)
    ).fetchone()
    if row is None:
        raise damaged("the head of the index is missing")
    return epoch_of(blob(row[0]))


def _own_keys(epoch: int, keys: KeyRing) -> KeyRing:
    known = {int(old): bytearray.fromhex(key) for old, key in keys.old_keys().items()}
    known[keys.epoch] = keys.vault_key()
    vault_key = known.pop(epoch, None)
    for other in known.values():
        wipe(other)
    if vault_key is None:
        raise Locked(
            "it was made under a key that the wallet no longer knows",
            next_step="its own passphrase or recovery code of then opens it",
        )
    return KeyRing(keys.vault_id, epoch=epoch, vault_key=vault_key)
