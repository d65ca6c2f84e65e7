"""How does a passphrase, a recovery code or the OS keyring give the vault key?

`docs/format.md` section 2. A slot is the vault key, wrapped under a key made from one
secret. RFC 9106 (Argon2id), RFC 5869 (HKDF). The HMAC over the whole slot commits it to
one key, so that one guess tries one passphrase, and authenticates the header.
"""

import hashlib
import os
import sqlite3
import struct
import unicodedata
from enum import IntEnum
from hmac import compare_digest, digest
from typing import NamedTuple

from credwallet.errors import Locked, StorageFailure, Usage
from credwallet.store.keys import KEY_BYTES, hkdf_expand, wipe

MIN_PASSPHRASE = 8
_SLOT_VERSION = 1
_MIB = 1024
_DOMAIN = b"credwallet/1 slot"
_PASSPHRASE_PARAMS = struct.Struct(">BHIII16s")
# Of recovery codes and of the OS keyring.
_RANDOM_PARAMS = struct.Struct(">BH16s")
_ENC_LABEL = b"credwallet/1 slot encryption"
_MAC_LABEL = b"credwallet/1 slot commitment"
_MAC_BYTES = 32
SALT_BYTES = 16
# What the OS keyring keeps.
KEYRING_BYTES = 32
_WRAPPED_BYTES = 12 + KEY_BYTES + 16 + _MAC_BYTES


class SlotKind(IntEnum):
    """Which secret opens a slot."""

    PASSPHRASE = 1
    RECOVERY = 2
    KEYRING = 3


_NAMES = {
    SlotKind.RECOVERY: "the recovery code",
    SlotKind.KEYRING: "the key in the OS keyring",
}


class KdfCosts(NamedTuple):
    """Costs of Argon2id: memory in KiB, passes, lanes (RFC 9106 section 3.1)."""

    memory: int = 64 * _MIB
    passes: int = 3
    lanes: int = 4

    def acceptable(self) -> bool:
        """Tell whether these costs are neither too weak nor a trap.

        Below: someone made guessing cheap. Above: someone wants to use up memory or
        time before any passphrase is checked.
        """
        return (
            19 * _MIB <= self.memory <= 1024 * _MIB
            and 1 <= self.passes <= 16
            and 1 <= self.lanes <= 16
            and self.memory * self.passes <= 4096 * _MIB
        )


DEFAULT_COSTS = KdfCosts()


class Slot(NamedTuple):
    """One row of the slot table, bytes as stored."""

    number: int
    kind: int
    params: bytes
    wrapped: bytes


class Opened(NamedTuple):
    """What a slot held."""

    epoch: int
    vault_key: bytearray

    def __repr__(self) -> str:
        return f"<Opened epoch={self.epoch}>"


def check_new_passphrase(passphrase: str) -> None:
    """Refuse a passphrase that is too short.

    Raises:
        Usage: If it has fewer than 8 characters.

    """
    if len(unicodedata.normalize("NFC", passphrase)) < MIN_PASSPHRASE:
        raise Usage(
            f"the passphrase is too short: it needs at least {MIN_PASSPHRASE} "
            "characters",
            next_step="several words in a row are easy to remember and hard to guess",
        )


def new_passphrase_slot(
    passphrase: str,
    *,
    vault_id: bytes,
    number: int,
    opened: Opened,
    costs: KdfCosts,
) -> Slot:
    """Wrap the vault key for a passphrase.

    Args:
        passphrase: At least 8 characters.
        vault_id: 16 bytes.
        number: Row of the slot.
        opened: The vault key and its epoch.
        costs: Within the limits of `KdfCosts.acceptable`.

    Raises:
        Usage: If the passphrase is too short or the costs are out of bounds.

    """
    check_new_passphrase(passphrase)
    if not costs.acceptable():
        raise Usage(f"these costs of Argon2id are out of bounds: {tuple(costs)}")
    salt = os.urandom(SALT_BYTES)
    params = _PASSPHRASE_PARAMS.pack(_SLOT_VERSION, opened.epoch, *costs, salt)
    key = _argon2id(passphrase, salt=salt, costs=costs)
    return _wrapped(
        Slot(number, SlotKind.PASSPHRASE, params, b""), key, vault_id, opened
    )


def new_random_slot(bare: Slot, *, vault_id: bytes, opened: Opened) -> Slot:
    """Wrap the vault key for a random secret, which needs no slow derivation.

    Args:
        bare: Its row and kind; as `params` 16 random bytes of salt, as `wrapped` the
            secret: the 20 bytes of a recovery code, or the 32 of the OS keyring.
        vault_id: 16 bytes.
        opened: The vault key and its epoch.

    """
    params = _RANDOM_PARAMS.pack(_SLOT_VERSION, opened.epoch, bare.params)
    key = _from_random(bare.wrapped, bare.params)
    return _wrapped(Slot(bare.number, bare.kind, params, b""), key, vault_id, opened)


def open_with_passphrase(
    passphrase: str, *, vault_id: bytes, slots: tuple[Slot, ...]
) -> Opened:
    """Unwrap the vault key; one key derivation, whatever the slot looks like.

    Args:
        passphrase: As typed.
        vault_id: As stored.
        slots: As stored.

    Raises:
        Locked: If it is the wrong passphrase, or the slot was changed: nobody can tell.

    """
    slot = first(slots, SlotKind.PASSPHRASE)
    epoch, costs, salt = 0, DEFAULT_COSTS, bytes(SALT_BYTES)
    readable = len(slot.params) == _PASSPHRASE_PARAMS.size
    if readable:
        version, epoch, *stated, salt = _PASSPHRASE_PARAMS.unpack(slot.params)
        costs = KdfCosts(*stated)
        readable = version == _SLOT_VERSION and costs.acceptable()
    key = _argon2id(passphrase, salt=salt, costs=costs if readable else DEFAULT_COSTS)
    vault_key = _unwrap(slot, key, vault_id) if readable else None
    if vault_key is None:
        raise _wrong(
            "the passphrase does not open this wallet",
            other="credwallet recover, or credwallet restore-backup FILE",
        )
    return Opened(epoch, vault_key)


def open_with_random(
    kind: SlotKind, secret: bytes, *, vault_id: bytes, slots: tuple[Slot, ...]
) -> Opened:
    """Unwrap the vault key with the secret of a recovery code or of the OS keyring.

    Args:
        kind: `RECOVERY` or `KEYRING`, whose secret it is.
        secret: The 20 bytes of a recovery code, or the 32 of the OS keyring.
        vault_id: 16 bytes; a slot of another wallet does not open.
        slots: All of the wallet's.

    Raises:
        Locked: If it is another wallet's, or the slot was changed.

    """
    slot = first(slots, kind)
    vault_key, epoch = None, 0
    if len(slot.params) == _RANDOM_PARAMS.size:
        version, epoch, salt = _RANDOM_PARAMS.unpack(slot.params)
        if version == _SLOT_VERSION:
            vault_key = _unwrap(slot, _from_random(secret, salt), vault_id)
    if vault_key is None:
        raise _wrong(
            f"{_NAMES[kind]} does not open this wallet",
            other="use the passphrase, or: credwallet restore-backup FILE",
        )
    return Opened(epoch, vault_key)


def costs_of(slot: Slot) -> KdfCosts:
    """Read the costs of a passphrase slot; the usual ones if they are no good."""
    if len(slot.params) != _PASSPHRASE_PARAMS.size:
        return DEFAULT_COSTS
    _, _, *stated, _ = _PASSPHRASE_PARAMS.unpack(slot.params)
    costs = KdfCosts(*stated)
    return costs if costs.acceptable() else DEFAULT_COSTS


def read_vault_id(connection: sqlite3.Connection) -> bytes:
    """Read the identifier of the vault, `b""` if it is unreadable.

    Its place in every authenticated text is what proves it.
    """
    row = connection.execute("SELECT v FROM meta WHERE k='vault_id'").fetchone()
    valid = row is not None and isinstance(row[0], bytes) and len(row[0]) == 16
    return row[0] if valid else b""


def read_slots(connection: sqlite3.Connection) -> tuple[Slot, ...]:
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


def epochs_of_slots(connection: sqlite3.Connection) -> set[int]:
    """Read which vault keys the slots say that they hold (not authenticated)."""
    # Every kind starts with its version and the epoch.
    return {int.from_bytes(slot.params[1:3], "big") for slot in read_slots(connection)}


def slots_digest(vault_id: bytes, slots: tuple[Slot, ...]) -> bytes:
    """Digest all slots, so that the head tells when one is dropped or put back.

    Args:
        vault_id: 16 bytes.
        slots: All of them, in any order.

    Returns:
        32 bytes.

    """
    total = hashlib.sha256(_DOMAIN + b"s" + vault_id)
    for slot in sorted(slots):
        for part in (slot.params, slot.wrapped):
            total.update(struct.pack(">QQI", slot.number, slot.kind, len(part)) + part)
    return total.digest()


def first(slots: tuple[Slot, ...], kind: SlotKind) -> Slot:
    """Find the slot of a kind; an empty one, which nothing opens, if there is none.

    Args:
        slots: All of the wallet's, in any order.
        kind: There may be several; the one with the lowest number is found.

    """
    found = (slot for slot in sorted(slots) if slot.kind == kind)
    return next(found, Slot(0, kind, b"", b""))


def _wrong(what: str, *, other: str) -> Locked:
    return Locked(
        what,
        next_step="try again; if you are sure of it, the key slot may be damaged: "
        f"{other}",
    )


def _header(slot: Slot, vault_id: bytes) -> bytes:
    return _DOMAIN + vault_id + bytes((slot.number & 0xFF, slot.kind)) + slot.params


def _wrapped(slot: Slot, key: bytearray, vault_id: bytes, opened: Opened) -> Slot:
    from cryptography.hazmat.primitives.ciphers.aead import (  # noqa: PLC0415 -- lazily: only when a slot is made
        AESGCM,
    )

    header = _header(slot, vault_id)
    nonce = os.urandom(12)
    cipher = AESGCM(hkdf_expand(key, _ENC_LABEL))
    box = nonce + cipher.encrypt(nonce, bytes(opened.vault_key), header)
    commitment = digest(hkdf_expand(key, _MAC_LABEL), header + box, "sha256")
    wipe(key)
    return slot._replace(wrapped=box + commitment)


def _unwrap(slot: Slot, key: bytearray, vault_id: bytes) -> bytearray | None:
    from cryptography.exceptions import (  # noqa: PLC0415 -- lazily: only when a slot is opened
        InvalidTag,
    )
    from cryptography.hazmat.primitives.ciphers.aead import (  # noqa: PLC0415 -- lazily: only when a slot is opened
        AESGCM,
    )

    header = _header(slot, vault_id)
    box, commitment = slot.wrapped[:-_MAC_BYTES], slot.wrapped[-_MAC_BYTES:]
    expected = digest(hkdf_expand(key, _MAC_LABEL), header + box, "sha256")
    cipher = AESGCM(hkdf_expand(key, _ENC_LABEL))
    wipe(key)
    if len(slot.wrapped) != _WRAPPED_BYTES or not compare_digest(commitment, expected):
        return None
    try:
        return bytearray(cipher.decrypt(box[:12], box[12:], header))
    except InvalidTag:
        return None


def _argon2id(passphrase: str, *, salt: bytes, costs: KdfCosts) -> bytearray:
    from cryptography.exceptions import (  # noqa: PLC0415 -- lazily: only when deriving
        UnsupportedAlgorithm,
    )
    from cryptography.hazmat.primitives.kdf.argon2 import (  # noqa: PLC0415 -- lazily: only when deriving
        Argon2id,
    )

    # Names of bytes that are no UTF-8 (surrogates) stay distinct instead of failing.
    secret = unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")
    try:
        kdf = Argon2id(
            salt=salt,
            length=KEY_BYTES,
            iterations=costs.passes,
            lanes=costs.lanes,
            memory_cost=costs.memory,
        )
        return bytearray(kdf.derive(secret))
    except UnsupportedAlgorithm as error:
        raise StorageFailure(
            "this installation of the cryptography package has no Argon2id",
            next_step="install the package from PyPI",
        ) from error
    except MemoryError as error:
        raise StorageFailure(
            f"deriving the key needs {costs.memory // _MIB} MiB of free memory",
            next_step="close other programs, then try again",
        ) from error


def _from_random(secret: bytes, salt: bytes) -> bytearray:
    # HKDF-Extract: 160 random bits and more need no slow derivation.
    return bytearray(digest(salt, secret, "sha256"))
