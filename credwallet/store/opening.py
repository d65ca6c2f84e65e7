"""How is a wallet made, and how is it unlocked?"""

import os
import sqlite3
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from credwallet.errors import Usage
from credwallet.store.entering import enter
from credwallet.store.failures import damaged, explained
from credwallet.store.folder import exists, new_database
from credwallet.store.index import Head
from credwallet.store.keys import KEY_BYTES, KeyRing
from credwallet.store.memory import Memory
from credwallet.store.recovery import decode, new_code
from credwallet.store.schema import empty_journal, lay_out
from credwallet.store.slots import (
    DEFAULT_COSTS,
    SALT_BYTES,
    KdfCosts,
    Opened,
    Slot,
    SlotKind,
    check_new_passphrase,
    new_passphrase_slot,
    new_random_slot,
    open_with_passphrase,
    open_with_random,
    read_slots,
    read_vault_id,
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
    recovery: bool | str,
    at: datetime,
    kdf: KdfCosts = DEFAULT_COSTS,
) -> Created:
    """Make a wallet.

    Args:
        folder: Where; made if it is missing, private from the start.
        passphrase: At least 8 characters.
        recovery: Whether to make a recovery code too; or the one to take, from
            `slot_changes.new_recovery_code`.
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
        code = recovery if isinstance(recovery, str) else new_code()
        secret = decode(code)
        slots.append(
            new_random_slot(
                Slot(2, SlotKind.RECOVERY, os.urandom(SALT_BYTES), secret),
                vault_id=vault_id,
                opened=opened,
            )
        )
    keys = KeyRing(vault_id, epoch=opened.epoch, vault_key=opened.vault_key)
    try:
        with new_database(folder) as database:
            _fill(database, keys, slots=tuple(slots), created_at=rfc3339(at))
        entered = enter(folder)
    except BaseException:
        keys.wipe()
        raise
    return Created(Vault(folder, entered, keys), code)


def open_vault(
    folder: Path,
    *,
    passphrase: str | None = None,
    recovery_code: str | None = None,
    vault_key: Opened | None = None,
    keyring_secret: bytes | None = None,
) -> Vault:
    """Unlock a wallet; a passphrase costs one key derivation, all else none.

    A recovery code also opens a wallet whose other key slots were damaged: it is the
    way out.

    Args:
        folder: The wallet folder.
        passphrase: Either this,
        recovery_code: or this,
        vault_key: or what `Vault.vault_key` gave; copied,
        keyring_secret: or what the OS keyring keeps for this wallet.

    Raises:
        NotFound: If there is no wallet.
        Locked: If it does not open, for whatever reason; with the type `rekeyed` if the
            vault key was in force once.
        Damaged: If the file is not what credwallet wrote.
        StorageFailure: If it cannot be read, or is not ours alone.
        Usage: If none or several are given.

    """
    given = (passphrase, recovery_code, vault_key, keyring_secret)
    if sum(secret is not None for secret in given) != 1:
        raise Usage("give one of passphrase, recovery code, vault key, keyring secret")
    unlock = _Unlock(
        passphrase,
        None if recovery_code is None else decode(recovery_code),
        vault_key,
        keyring_secret,
    )
    entered = enter(folder)
    try:
        with explained("open the wallet"):
            keys = _unlocked(entered.connection, unlock)
    except BaseException:
        entered.close()
        raise
    return Vault(folder, entered, keys)


def keys_by_passphrase(connection: sqlite3.Connection, passphrase: str) -> KeyRing:
    """Derive the keys of a wallet file that is only looked into.

    Args:
        connection: Of that file.
        passphrase: Of the time at which it was written.

    Raises:
        Locked: If it does not open it.
        Damaged: If the file is not what credwallet wrote.

    """
    return _unlocked(connection, _Unlock(passphrase, None, None, None))


class _Unlock(NamedTuple):
    """The one secret that is to open a wallet."""

    passphrase: str | None
    recovery: bytes | None
    vault_key: Opened | None
    keyring: bytes | None

    def __repr__(self) -> str:
        return "<_Unlock>"

    def opened(self, vault_id: bytes, slots: tuple[Slot, ...]) -> Opened:
        """Unwrap the vault key."""
        if self.vault_key is not None:
            return self.vault_key._replace(vault_key=bytearray(self.vault_key[1]))
        for kind, secret in (
            (SlotKind.RECOVERY, self.recovery),
            (SlotKind.KEYRING, self.keyring),
        ):
            if secret is not None:
                return open_with_random(kind, secret, vault_id=vault_id, slots=slots)
        return open_with_passphrase(
            self.passphrase or "", vault_id=vault_id, slots=slots
        )


def _unlocked(connection: sqlite3.Connection, unlock: _Unlock) -> KeyRing:
    connection.execute("BEGIN")
    vault_id, slots = read_vault_id(connection), read_slots(connection)
    opened = unlock.opened(vault_id, slots)
    keys = KeyRing(vault_id, epoch=opened.epoch, vault_key=opened.vault_key)
    try:
        head = read_head(connection, keys)
        connection.execute("COMMIT")
        if unlock.recovery is None:
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
            empty_journal(connection)
    finally:
        connection.close()
