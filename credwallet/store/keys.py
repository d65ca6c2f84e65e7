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

    Args:
        vault_id: 16 bytes.
        epoch: Number of the vault key in force.
        vault_key: 32 bytes; kept, not copied, and wiped with the ring.

    """

    __slots__ = ("_subkeys", "_vault_key", "epoch", "vault_id")

    def __init__(self, vault_id: bytes, *, epoch: int, vault_key: bytearray) -> None:
        self.vault_id = vault_id
        self.epoch = epoch
        self._vault_key = vault_key
        self._subkeys = {
            kind: hkdf_expand(vault_key, label) for kind, label in _LABELS.items()
        }

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
        return seal(self._subkeys[kind], place, content)

    def unseal(self, kind: Kind, name: bytes, sealed: bytes) -> bytes:
        """Open what was sealed for this row.

        Raises:
            Damaged: If it was changed, moved, or sealed under a key that is not ours.

        """
        epoch = epoch_of(sealed)
        if epoch != self.epoch:
            raise damaged(f"a sealed {kind.name.lower()} names an unknown key")
        return unseal(
            self._subkeys[kind], Place(self.vault_id, kind, name, epoch), sealed
        )

    def identity_key(self) -> bytes:
        """Derive the key of record names; the head keeps it for later epochs."""
        return bytes(hkdf_expand(self._vault_key, _IDENTITY_LABEL))

    def wipe(self) -> None:
        """Overwrite every key."""
        wipe(self._vault_key)
        for subkey in self._subkeys.values():
            wipe(subkey)
