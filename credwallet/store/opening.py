"""How is a wallet made, and how is it unlocked?"""

import os
import sqlite3
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from credwallet.errors import Usage
from credwallet.store.failures import damaged, explained
from credwallet.store.folder import check_ours, exists, new_database
from credwallet.store.index import Head
from credwallet.store.keys import KEY_BYTES, KeyRing
from credwallet.store.memory import Memory
from credwallet.store.recovery import SECRET_BYTES, decode, encode
from credwallet.store.schema import connect, lay_out
from credwallet.store.slots import (
    DEFAULT_COSTS,
    KdfCosts,
    Opened,
    Slot,
    check_new_passphrase,
    new_passphrase_slot,
    new_recovery_slot,
    open_with_passphrase,
    open_with_recovery,
    slots_digest,
)
from credwallet.store.vault import Vault, rfc3339
from credwallet.store.view import View, read_head
from credwallet.store.writing import write_head

_FIRST_EPOCH = 1


class Created(NamedTuple):
    """A new wallet, open, and its recovery code, to be shown once."""

    vault: Vault
    recovery_code: str | None

    def __repr__(self) -> str:
        return f"<Created {self.vault!r}>"


def create(
    folder: Path,
    passphrase: str,
    *,
    recovery: bool,
    at: datetime,
    kdf: KdfCosts = DEFAULT_COSTS,
) -> Created:
    """Make a wallet.

    Args:
        folder: Where; made if it is missing, private from the start.
        passphrase: At least 8 characters.
        recovery: Whether to make a recovery code too.
        at: Now.
        kdf: Costs of Argon2id; never below what is accepted when reading.

    Raises:
        Usage: If there is a wallet already, or the passphrase is too short.
        StorageFailure: If the folder is not ours alone, or cannot be written.

    """
    check_new_passphrase(passphrase)
    if exists(folder):
        raise Usage(
            f"there is a wallet in {folder} already",
            next_step="use it, or choose another folder with --home",
        )
    vault_id = os.urandom(16)
    opened = Opened(_FIRST_EPOCH, bytearray(os.urandom(KEY_BYTES)))
    slots = [
        new_passphrase_slot(
            passphrase, vault_id=vault_id, number=1, opened=opened, costs=kdf
        )
    ]
    code = None
    if recovery:
        secret = os.urandom(SECRET_BYTES)
        code = encode(secret)
        slots.append(
            new_recovery_slot(secret, vault_id=vault_id, number=2, opened=opened)
        )
    keys = KeyRing(vault_id, epoch=opened.epoch, vault_key=opened.vault_key)
    try:
        with new_database(folder) as database:
            _fill(database, keys, slots=tuple(slots), created_at=rfc3339(at))
        connection = connect(check_ours(folder))
    except BaseException:
        keys.wipe()
        raise
    return Created(Vault(folder, connection, keys), code)


def open_vault(
    folder: Path, *, passphrase: str | None = None, recovery_code: str | None = None
) -> Vault:
    """Unlock a wallet; a passphrase costs one key derivation.

    A recovery code also opens a wallet whose other key slots were damaged: it is the
    way out.

    Args:
        folder: The wallet folder.
        passphrase: Either this,
        recovery_code: or this.

    Raises:
        NotFound: If there is no wallet.
        Locked: If it does not open, for whatever reason.
        Damaged: If the file is not what credwallet wrote.
        StorageFailure: If it cannot be read, or is not ours alone.
        Usage: If none or both are given.

    """
    if (passphrase is None) == (recovery_code is None):
        raise Usage("give either a passphrase or a recovery code")
    secret = None if recovery_code is None else decode(recovery_code)
    connection = connect(check_ours(folder))
    try:
        with explained("open the wallet"):
            keys = _unlocked(connection, passphrase=passphrase, secret=secret)
    except BaseException:
        connection.close()
        raise
    return Vault(folder, connection, keys)


def _unlocked(
    connection: sqlite3.Connection, *, passphrase: str | None, secret: bytes | None
) -> KeyRing:
    connection.execute("BEGIN")
    vault_id, slots = _read_vault_id(connection), _read_slots(connection)
    if secret is not None:
        opened = open_with_recovery(secret, vault_id=vault_id, slots=slots)
    else:
        opened = open_with_passphrase(passphrase or "", vault_id=vault_id, slots=slots)
    keys = KeyRing(vault_id, epoch=opened.epoch, vault_key=opened.vault_key)
    try:
        head = read_head(connection, keys)
        connection.execute("COMMIT")
        if secret is None:
            _check_slots(head, slots_digest(vault_id, slots))
    except BaseException:
        keys.wipe()
        raise
    return keys


def _check_slots(head: Head, found: bytes) -> None:
    if head.slots_digest != found:
        raise damaged("its key slots are not those that were made")


def _fill(
    database: Path, keys: KeyRing, *, slots: tuple[Slot, ...], created_at: str
) -> None:
    head = Head(
        generation=1,
        records=0,
        identity_key=keys.identity_key(),
        slots_digest=slots_digest(keys.vault_id, slots),
        created_at=created_at,
        old_keys={},
        directory_tag=b"",
        segments={},
    )
    connection = lay_out(database)
    try:
        with explained("make the wallet"):
            connection.execute(
                "INSERT INTO meta(k, v) VALUES('vault_id', ?)", (keys.vault_id,)
            )
            connection.executemany(
                "INSERT INTO slot(n, kind, params, wrapped) VALUES(?, ?, ?, ?)", slots
            )
            write_head(View(connection, keys, head, Memory()), head)
            connection.execute("COMMIT")
            _empty_journal(connection)
    finally:
        connection.close()


def _empty_journal(connection: sqlite3.Connection) -> None:
    # Closing would do it too, but would not tell when it fails.
    state = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if state[0] != 0:
        raise sqlite3.OperationalError("the journal could not be written back")


def _read_vault_id(connection: sqlite3.Connection) -> bytes:
    """Read the identifier of the vault, `b""` if it is unreadable.

    Its place in every authenticated text is what proves it.
    """
    row = connection.execute("SELECT v FROM meta WHERE k='vault_id'").fetchone()
    valid = row is not None and isinstance(row[0], bytes) and len(row[0]) == 16
    return row[0] if valid else b""


def _read_slots(connection: sqlite3.Connection) -> tuple[Slot, ...]:
    """Read the key slots; a row of a wrong shape becomes an empty one."""
    rows = connection.execute("SELECT n, kind, params, wrapped FROM slot ORDER BY n")
    return tuple(
        Slot(number, kind, params, wrapped)
        if isinstance(kind, int)
        and 0 < number < 256
        and 0 < kind < 256
        and isinstance(params, bytes)
        and isinstance(wrapped, bytes)
        else Slot(0, 0, b"", b"")
        for number, kind, params, wrapped in rows
    )
