"""How is the recovery code written down and read back?

160 random bits as 32 characters of the RFC 4648 base32 alphabet, followed by 4
characters that catch mistyping: nine groups of four.
"""

import hashlib
import os
from base64 import b32decode, b32encode

from credwallet.errors import Locked

SECRET_BYTES = 20
_CHECK_CHARACTERS = 4
_LENGTH = 32 + _CHECK_CHARACTERS
_CHECK_LABEL = b"credwallet/1 recovery check"
# The alphabet has no 0, 1, 8: what people write instead of O, I, B is understood.
_LOOKALIKES = str.maketrans("018", "OIB", " -\t\r\n")


def new_code() -> str:
    """Make a recovery code from 160 random bits."""
    return encode(os.urandom(SECRET_BYTES))


def encode(secret: bytes) -> str:
    """Spell 20 secret bytes as a recovery code, for example `ABCD-EFGH-...`."""
    text = b32encode(secret).decode() + _check(secret)
    return "-".join(text[start : start + 4] for start in range(0, _LENGTH, 4))


def decode(code: str) -> bytes:
    """Read a recovery code; case, spaces and hyphens do not matter.

    Returns:
        The 20 secret bytes.

    Raises:
        Locked: If it was mistyped.

    """
    text = code.upper().translate(_LOOKALIKES)
    try:
        secret = b32decode(text[:-_CHECK_CHARACTERS]) if len(text) == _LENGTH else b""
    except ValueError:
        secret = b""
    if len(secret) != SECRET_BYTES or text[-_CHECK_CHARACTERS:] != _check(secret):
        raise Locked(
            "this is not a recovery code as it was written down",
            next_step=f"it has {_LENGTH} letters and digits in groups of four: "
            "compare them one by one",
        )
    return secret


def _check(secret: bytes) -> str:
    mark = hashlib.sha256(_CHECK_LABEL + secret).digest()
    return b32encode(mark)[:_CHECK_CHARACTERS].decode()
