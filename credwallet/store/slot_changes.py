"""How do the secrets that open a wallet change, while its vault key stays?

`docs/format.md` section 2. Slots are rewritten in one transaction, together with their
digest in the head. A slot that a person can open always stays: the OS keyring alone is
never enough, since a reset of it would take the wallet along.
"""

import os
from pathlib import Path
from typing import NamedTuple

from credwallet.errors import Usage
from credwallet.store.entering import glance
from credwallet.store.failures import damaged, explained
from credwallet.store.recovery import decode, new_code
from credwallet.store.slots import (
    KEYRING_BYTES,
    SALT_BYTES,
    KdfCosts,
    Opened,
    Slot,
    SlotKind,
    check_new_passphrase,
    costs_of,
    first,
    new_passphrase_slot,
    new_random_slot,
    read_slots,
    read_vault_id,
    slots_digest,
)
from credwallet.store.vault import Vault
from credwallet.store.writing import Writing

_ROWS = {SlotKind.PASSPHRASE: 1, SlotKind.RECOVERY: 2, SlotKind.KEYRING: 3}
_OF_PEOPLE = frozenset((SlotKind.PASSPHRASE, SlotKind.RECOVERY))


class KeyringKey(NamedTuple):
    """What the OS keyring keeps for one slot: a name for it, and 32 random bytes."""

    entry: str
    salt: bytes
    secret: bytes

    def __repr__(self) -> str:
        return f"<KeyringKey {self.entry}>"


class Secrets(NamedTuple):
    """What shall open a wallet; `None`: nothing of that kind."""

    passphrase: str | None = None
    recovery_code: str | None = None
    keyring: KeyringKey | None = None

    def __repr__(self) -> str:
        return "<Secrets>"


class KeySlot(NamedTuple):
    """One way into a wallet, as it says of itself (not authenticated).

    `entry` is the name of the secret in the OS keyring, `costs` those of a passphrase.
    """

    kind: str
    epoch: int
    entry: str = ""
    costs: KdfCosts | None = None


def new_recovery_code() -> str:
    """Make a recovery code; it opens nothing before it was set."""
    return new_code()


def new_keyring_key(folder: Path) -> KeyringKey:
    """Make a key for the OS keyring; it opens nothing before it was set.

    Each has a name of its own, so that the one before stays until the slot is written.

    Args:
        folder: The wallet folder.

    Raises:
        NotFound: If there is no wallet.

    """
    vault_id, _ = _public(folder)
    salt = os.urandom(SALT_BYTES)
    return KeyringKey(_entry(vault_id, salt), salt, os.urandom(KEYRING_BYTES))


def key_slots(folder: Path) -> tuple[KeySlot, ...]:
    """List the ways into a wallet that may be locked.

    Args:
        folder: The wallet folder.

    Raises:
        NotFound: If there is no wallet.
        Damaged: If the file is none of credwallet.

    """
    vault_id, slots = _public(folder)
    return tuple(_told(vault_id, slot) for slot in slots)


def change_passphrase(
    vault: Vault, passphrase: str, *, kdf: KdfCosts | None = None
) -> None:
    """Let another passphrase open the wallet; the vault key and all else stay.

    Args:
        vault: Open.
        passphrase: At least 8 characters.
        kdf: Costs of Argon2id; without it they stay as they are.

    Raises:
        Usage: If it is too short.

    """
    check_new_passphrase(passphrase)
    with vault.changing() as writing:
        _set(writing, Secrets(passphrase), held=_held(writing), kdf=kdf)


def recover(
    vault: Vault,
    *,
    passphrase: str,
    recovery_code: str | None,
    kdf: KdfCosts | None = None,
) -> bool:
    """Set the passphrase and the recovery code anew, whatever became of the slots.

    Args:
        vault: Open, by its recovery code.
        passphrase: At least 8 characters.
        recovery_code: From `new_recovery_code`, in place of the one that was used;
            `None` leaves that one.
        kdf: Costs of Argon2id; without it they stay as they are.

    Returns:
        Whether the slots were found as they were made; if not, all that are not set
        anew are gone.

    Raises:
        Usage: If the passphrase is too short.

    """
    check_new_passphrase(passphrase)
    with vault.changing() as writing:
        slots = read_slots(writing.view.connection)
        sound = _digest(writing, slots) == writing.view.head.slots_digest
        held = slots
        if not sound:
            # The one that just opened the wallet proved itself, the others did not.
            held = tuple(s for s in slots if s.kind == SlotKind.RECOVERY)[:1]
        _set(writing, Secrets(passphrase, recovery_code), held=held, kdf=kdf)
    return sound


def set_recovery_code(vault: Vault, recovery_code: str) -> None:
    """Let a new recovery code open the wallet, in place of an earlier one.

    Args:
        vault: Open.
        recovery_code: From `new_recovery_code`.

    """
    with vault.changing() as writing:
        secrets = Secrets(recovery_code=recovery_code)
        _set(writing, secrets, held=_held(writing), kdf=None)


def set_keyring(vault: Vault, key: KeyringKey) -> None:
    """Let the OS keyring open the wallet too.

    Args:
        vault: Open.
        key: From `new_keyring_key`, kept by the keyring already.

    Raises:
        Usage: If nothing that a person knows opens the wallet.

    """
    with vault.changing() as writing:
        _set(writing, Secrets(keyring=key), held=_held(writing), kdf=None)


def drop_keyring(vault: Vault) -> None:
    """Let the OS keyring open the wallet no longer."""
    with vault.changing() as writing:
        kept = (s for s in _held(writing) if s.kind != SlotKind.KEYRING)
        write_slots(writing, tuple(kept))


def made(
    secrets: Secrets, *, vault_id: bytes, opened: Opened, costs: KdfCosts
) -> tuple[Slot, ...]:
    """Wrap a vault key for each secret that is given.

    Args:
        secrets: What shall open it.
        vault_id: 16 bytes.
        opened: The vault key and its epoch.
        costs: Of Argon2id.

    """
    slots = []
    if secrets.passphrase is not None:
        number = _ROWS[SlotKind.PASSPHRASE]
        slots.append(
            new_passphrase_slot(
                secrets.passphrase,
                vault_id=vault_id,
                number=number,
                opened=opened,
                costs=costs,
            )
        )
    random = []
    if secrets.recovery_code is not None:
        code = decode(secrets.recovery_code)
        random.append((SlotKind.RECOVERY, code, os.urandom(SALT_BYTES)))
    if secrets.keyring is not None:
        key = secrets.keyring
        random.append((SlotKind.KEYRING, key.secret, key.salt))
    slots += [
        new_random_slot(
            Slot(_ROWS[kind], kind, salt, secret), vault_id=vault_id, opened=opened
        )
        for kind, secret, salt in random
    ]
    return tuple(slots)


def write_slots(writing: Writing, slots: tuple[Slot, ...]) -> None:
    """Put these slots in the place of all that there are.

    Args:
        writing: The change under way; the digest of the slots goes into its head.
        slots: All that there will be, in any order.

    Raises:
        Usage: If a person could open none of them.

    """
    if not any(slot.kind in _OF_PEOPLE for slot in slots):
        raise Usage(
            "then nothing that a person knows would open the wallet",
            next_step="keep a passphrase or a recovery code",
        )
    execute = writing.view.connection.execute
    execute("DELETE FROM slot")
    for slot in sorted(slots):
        execute("INSERT INTO slot(n, kind, params, wrapped) VALUES(?, ?, ?, ?)", slot)
    writing.amend(slots_digest=_digest(writing, slots))


def _set(
    writing: Writing,
    secrets: Secrets,
    *,
    held: tuple[Slot, ...],
    kdf: KdfCosts | None,
) -> None:
    keys = writing.view.keys
    opened = Opened(keys.epoch, keys.vault_key())
    costs = kdf or costs_of(first(held, SlotKind.PASSPHRASE))
    new = made(secrets, vault_id=keys.vault_id, opened=opened, costs=costs)
    opened.vault_key[:] = bytes(len(opened.vault_key))
    kinds = {slot.kind for slot in new}
    write_slots(writing, (*(slot for slot in held if slot.kind not in kinds), *new))


def _held(writing: Writing) -> tuple[Slot, ...]:
    slots = read_slots(writing.view.connection)
    if _digest(writing, slots) != writing.view.head.slots_digest:
        raise damaged("its key slots are not those that were made")
    return slots


def _digest(writing: Writing, slots: tuple[Slot, ...]) -> bytes:
    return slots_digest(writing.view.keys.vault_id, slots)


def _public(folder: Path) -> tuple[bytes, tuple[Slot, ...]]:
    entered = glance(folder)
    try:
        with explained("read the wallet"):
            return read_vault_id(entered.connection), read_slots(entered.connection)
    finally:
        entered.close()


def _told(vault_id: bytes, slot: Slot) -> KeySlot:
    try:
        kind = SlotKind(slot.kind)
    except ValueError:
        return KeySlot("unknown", 0)
    epoch = int.from_bytes(slot.params[1:3], "big")
    salt = slot.params[-SALT_BYTES:]
    return KeySlot(
        kind.name.lower(),
        epoch,
        _entry(vault_id, salt) if kind is SlotKind.KEYRING else "",
        costs_of(slot) if kind is SlotKind.PASSPHRASE else None,
    )


def _entry(vault_id: bytes, salt: bytes) -> str:
    return f"wallet {vault_id.hex()} key {salt.hex()}"
