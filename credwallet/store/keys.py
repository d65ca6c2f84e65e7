"""Which key seals what?

`docs/format.md` section 2: one random vault key an epoch, and a subkey of it for each
kind of envelope (HKDF-Expand, RFC 5869 section 2.3).
"""

from hmac import digest

from credwallet.store.envelope import Kind, Place, epoch_of, seal, unseal
from credwallet.store.failures import damaged

KEY_BYTES = 32
_LABELS = {
    Kind.RECORD: b"credwallet/1 record",
    Kind.SEGMENT: b"credwallet/1 segment",
    Kind.HEAD: b"credwallet/1 head",
    Kind.DIRECTORY: b"credwallet/1 directory",
    Kind.DOCUMENT: b"credwallet/1 document",
}
_IDENTITY_LABEL = b"credwallet/1 identity"


def hkdf_expand(key: bytes | bytearray, label: bytes) -> bytearray:
    """Derive 32 bytes from a uniformly random key (RFC 5869 section 2.3, one block).

    Args:
        key: 32 bytes.
        label: What the derived key is for.

    Returns:
        32 bytes in a buffer that can be wiped.

    """
    return bytearray(digest(key, label + b"\x01", "sha256"))


def wipe(secret: bytearray) -> None:
    """Overwrite a secret with zeros."""
    secret[:] = bytes(len(secret))


class KeyRing:
    """The keys of one open vault; they leave the memory with `wipe`.

    Seals under the vault key in force, opens what earlier ones sealed too.

    Args:
        vault_id: 16 bytes.
        epoch: Number of the vault key in force.
        vault_key: 32 bytes; kept, not copied, and wiped with the ring.

    """

    __slots__ = ("_subkeys", "_vault_keys", "epoch", "vault_id")

    def __init__(self, vault_id: bytes, *, epoch: int, vault_key: bytearray) -> None:
        self.vault_id = vault_id
        self.epoch = epoch
        self._vault_keys = {epoch: vault_key}
        self._subkeys = {epoch: _subkeys(vault_key)}

    def __repr__(self) -> str:
        return f"<KeyRing epoch={self.epoch}>"

    def seal(self, kind: Kind, name: bytes, content: bytes) -> bytes:
        """Seal under the key in force.

        Args:
            kind: What the content is.
            name: Identifier of its row, as wide as the kind says.
            content: At most `envelope.MAX_CONTENT` bytes.

        """
        place = Place(self.vault_id, kind, name, self.epoch)
        return seal(self._subkeys[self.epoch][kind], place, content)

    def unseal(self, kind: Kind, name: bytes, sealed: bytes) -> bytes:
        """Open what was sealed for this row, under the key that it names.

        Args:
            kind: What the content is.
            name: Identifier of its row, as wide as the kind says.
            sealed: The whole envelope, as it was stored.

        Returns:
            The content, as it was given to `seal`.

        Raises:
            Damaged: If it was changed, moved, or sealed under a key that is not ours.

        """
        epoch = epoch_of(sealed)
        if epoch not in self._subkeys:
            raise damaged(f"a sealed {kind.name.lower()} names an unknown key")
        return unseal(
            self._subkeys[epoch][kind], Place(self.vault_id, kind, name, epoch), sealed
        )

    def vault_key(self) -> bytearray:
        """Copy the vault key in force; whoever asks for it wipes the copy."""
        return bytearray(self._vault_keys[self.epoch])

    def know(self, old_keys: dict[str, str]) -> None:
        """Take the keys of earlier epochs from the head, and forget all others.

        Args:
            old_keys: Epochs to vault keys, as in `Head.old_keys`.

        """
        for epoch in set(self._vault_keys) - {self.epoch, *map(int, old_keys)}:
            self._forget(epoch)
        for text, key in old_keys.items():
            epoch = int(text)
            if epoch not in self._vault_keys:
                self._vault_keys[epoch] = bytearray.fromhex(key)
                self._subkeys[epoch] = _subkeys(self._vault_keys[epoch])

    def advance(self, vault_key: bytearray) -> None:
        """Put a new vault key in force, one epoch later; the old one still opens.

        Args:
            vault_key: 32 bytes; kept, not copied, and wiped with the ring.

        """
        self.epoch += 1
        self._vault_keys[self.epoch] = vault_key
        self._subkeys[self.epoch] = _subkeys(vault_key)

    def retreat(self) -> None:
        """Undo `advance`, since the change that it was part of did not happen."""
        self._forget(self.epoch)
        self.epoch -= 1

    def old_keys(self) -> dict[str, str]:
        """Spell the keys of earlier epochs for the head."""
        return {
            str(epoch): key.hex()
            for epoch, key in self._vault_keys.items()
            if epoch != self.epoch
        }

    def identity_key(self) -> bytes:
        """Derive the key of record names; the head keeps it for later epochs."""
        return bytes(hkdf_expand(self._vault_keys[self.epoch], _IDENTITY_LABEL))

    def wipe(self) -> None:
        """Overwrite every key."""
        for vault_key in self._vault_keys.values():
            wipe(vault_key)
        for subkeys in self._subkeys.values():
            for subkey in subkeys.values():
                wipe(subkey)

    def _forget(self, epoch: int) -> None:
        wipe(self._vault_keys.pop(epoch))
        for subkey in self._subkeys.pop(epoch).values():
            wipe(subkey)


def _subkeys(vault_key: bytearray) -> dict[Kind, bytearray]:
    return {kind: hkdf_expand(vault_key, label) for kind, label in _LABELS.items()}
