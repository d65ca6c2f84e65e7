"""How is one value sealed, so that it opens only where it was put?

`docs/format.md` section 3. An envelope is
`"CW" | version | kind | epoch | salt | nonce | ciphertext | tag`; its key is made anew
for every seal from a random salt (an extended nonce), so that random nonces stay safe
for more seals than any wallet makes. The content is compressed, then padded (Padme), so
that its size says little.
"""

import os
import struct
import zlib
from enum import IntEnum
from hmac import digest
from typing import NamedTuple

from credwallet.errors import Unreadable
from credwallet.store.failures import damaged, newer

VERSION = 1
_HEADER = struct.Struct(">2sBBH12s12s")
_LENGTH = struct.Struct(">I")
_EPOCH = struct.Struct(">H")
_MAGIC = b"CW"
_DOMAIN = b"credwallet/1"
_TAG = 16
# 10 MiB of a credential, with the report about it.
MAX_CONTENT = 16 * 1024 * 1024
_SMALL = 8 * 1024


class Kind(IntEnum):
    """What an envelope holds; part of what is authenticated."""

    RECORD = 1
    SEGMENT = 2
    HEAD = 3
    DIRECTORY = 4
    DOCUMENT = 5
    # In a file of its own, outside of the wallet folder.
    ANCHOR = 6


class Place(NamedTuple):
    """Where an envelope belongs: it opens nowhere else.

    `vault_id` has 16 bytes; `id` is as wide as its kind says (`docs/format.md`).
    """

    vault_id: bytes
    kind: Kind
    id: bytes
    epoch: int

    def associated_data(self) -> bytes:
        """Spell the place as bytes for the AEAD."""
        return b"".join(
            (
                _DOMAIN,
                self.vault_id,
                bytes((self.kind,)),
                self.id,
                _EPOCH.pack(self.epoch),
            )
        )


def padme(length: int) -> int:
    """Round a length up so that it leaks O(log log length) bits (Padme, PURBs 2019).

    Args:
        length: Bytes, at least 2.

    Returns:
        At most 12 % more.

    """
    exponent = length.bit_length() - 1
    low_bits = exponent - exponent.bit_length()
    mask = (1 << max(low_bits, 0)) - 1
    return (length + mask) & ~mask


def seal(key: bytes | bytearray, place: Place, content: bytes) -> bytes:
    """Seal content for one place.

    Args:
        key: The 32-byte key of the kind and epoch.
        place: Where it will stand.
        content: At most `MAX_CONTENT` bytes.

    Returns:
        The envelope.

    Raises:
        Unreadable: If the content is larger than that.

    """
    if len(content) > MAX_CONTENT:
        raise Unreadable(
            f"this {place.kind.name.lower()} is larger than {MAX_CONTENT >> 20} MiB",
            next_step="check that it is the right file, no badge is so large",
        )
    from cryptography.hazmat.primitives.ciphers.aead import (  # noqa: PLC0415 -- lazily: 20 ms that completion does not need
        AESGCM,
    )

    packed = _pack(content)
    inner = _LENGTH.pack(len(packed)) + packed
    inner += bytes(padme(len(inner)) - len(inner))
    random = os.urandom(24)
    salt, nonce = random[:12], random[12:]
    header = _HEADER.pack(_MAGIC, VERSION, place.kind, place.epoch, salt, nonce)
    cipher = AESGCM(digest(key, salt + b"\x01", "sha256"))
    return header + cipher.encrypt(nonce, inner, place.associated_data())


def epoch_of(sealed: bytes) -> int:
    """Read which epoch's key an envelope asks for (not yet authenticated).

    Raises:
        Damaged: If it is no envelope.

    """
    if len(sealed) < _HEADER.size + _TAG + _LENGTH.size or sealed[:2] != _MAGIC:
        raise damaged("something that was sealed is no longer an envelope")
    return int(_HEADER.unpack_from(sealed)[3])


def unseal(key: bytes | bytearray, place: Place, sealed: bytes) -> bytes:
    """Open an envelope that must have been made for this place.

    Args:
        key: The 32-byte key of the kind and epoch.
        place: Where it was found.
        sealed: The envelope.

    Returns:
        The content.

    Raises:
        Damaged: If a single bit differs, or it belongs to another place.

    """
    from cryptography.exceptions import (  # noqa: PLC0415 -- lazily: as in seal
        InvalidTag,
    )
    from cryptography.hazmat.primitives.ciphers.aead import (  # noqa: PLC0415 -- lazily: as in seal
        AESGCM,
    )

    epoch = epoch_of(sealed)
    _, version, kind, _, salt, nonce = _HEADER.unpack_from(sealed)
    if version != VERSION:
        raise newer(f"an envelope has version {version}")
    name = place.kind.name.lower()
    if kind != place.kind or epoch != place.epoch:
        raise damaged(f"a sealed {name} was put in the place of another")
    cipher = AESGCM(digest(key, salt + b"\x01", "sha256"))
    try:
        inner = cipher.decrypt(
            nonce, memoryview(sealed)[_HEADER.size :], place.associated_data()
        )
    except InvalidTag:
        raise damaged(f"a sealed {name} was changed or moved") from None
    return _unpack(inner, name)


def _pack(content: bytes) -> bytes:
    # A window of 32 KiB costs more to set up than a badge costs to compress.
    window = 13 if len(content) <= _SMALL else zlib.MAX_WBITS
    compress = zlib.compressobj(1, zlib.DEFLATED, window)
    return compress.compress(content) + compress.flush()


def _unpack(inner: bytes, name: str) -> bytes:
    # Authenticated, so only an own defect or a newer writer can fail here.
    (length,) = _LENGTH.unpack_from(inner)
    if length > len(inner) - _LENGTH.size:
        raise damaged(f"a sealed {name} is too short")
    inflate = zlib.decompressobj()
    try:
        content = inflate.decompress(inner[_LENGTH.size :][:length], MAX_CONTENT)
    except zlib.error:
        raise damaged(f"a sealed {name} does not unpack") from None
    if not inflate.eof:
        raise damaged(f"a sealed {name} is larger than {MAX_CONTENT} bytes")
    return content
