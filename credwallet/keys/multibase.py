"""Which bytes does this text stand for? base58btc, base64url and multibase.

Controlled Identifiers 1.0 section 2.4 (multibase headers `z` and `u`), RFC 4648
section 5 (base64url), RFC 7515 section 2 (without padding). Every text that is accepted
is the only one that stands for its bytes: strict alphabets, no padding, no spare bits.
"""

import base64
import binascii

from credwallet.errors import Invalid

MAX_BASE58 = 16_384

_BASE58 = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_NO_DIGIT = 255
_BASE58_VALUES = bytes(
    _BASE58.index(byte) if byte in _BASE58 else _NO_DIGIT for byte in range(256)
)


def decode(text: str) -> bytes:
    """Decode a multibase text with the header `z` or `u`.

    Args:
        text: Such as `z6Mk...` or `uH4sI...`.

    Returns:
        The bytes; they may be empty.

    Raises:
        Invalid: Another header, a character outside the alphabet, or spare bits
            (Controlled Identifiers 1.0 section 2.4).

    """
    if text.startswith("z"):
        return decode_base58btc(text)
    if text.startswith("u"):
        return base64url_decode(text[1:])
    raise Invalid("not a multibase text: it starts with neither z nor u")


def decode_base58btc(text: str) -> bytes:
    """Decode a multibase text with the header `z`, as in `proofValue`.

    Args:
        text: Such as `z58DAdF...`.

    Returns:
        The bytes.

    Raises:
        Invalid: Another header, too long, or a character outside the alphabet.

    """
    if not text.startswith("z"):
        raise Invalid("not a base58btc text: it does not start with z")
    return base58_decode(text[1:])


def base58_decode(text: str) -> bytes:
    """Decode base58btc without a header.

    Args:
        text: At most 16,384 characters, because the work grows with their square.

    Returns:
        The bytes; each leading `1` is a zero byte.

    Raises:
        Invalid: Too long, or a character outside the alphabet.

    """
    if len(text) > MAX_BASE58:
        raise Invalid(f"a base58 text of {len(text)} characters is too long")
    if not text.isascii():
        raise Invalid("not base58: a character outside the alphabet")
    digits = text.encode("ascii").translate(_BASE58_VALUES)
    if _NO_DIGIT in digits:
        raise Invalid("not base58: a character outside the alphabet")
    number = 0
    # Four digits at a time: the sum of four is small, and each step with the number,
    # which grows long, costs as much as several with small ones.
    padded = digits.rjust(-(-len(digits) // 4) * 4, b"\0")
    for a, b, c, d in zip(*[iter(padded)] * 4, strict=True):
        number = number * 11316496 + a * 195112 + b * 3364 + c * 58 + d
    zeros = len(digits) - len(digits.lstrip(b"\0"))
    return bytes(zeros) + number.to_bytes((number.bit_length() + 7) // 8, "big")


def base58_encode(data: bytes) -> str:
    """Encode as base58btc without a header.

    Args:
        data: Any bytes.

    Returns:
        The one text that `base58_decode` takes back to `data`.

    """
    number = int.from_bytes(data, "big")
    digits = bytearray()
    while number:
        number, digit = divmod(number, 58)
        digits.append(_BASE58[digit])
    zeros = len(data) - len(data.lstrip(b"\0"))
    return "1" * zeros + digits[::-1].decode("ascii")


def base64url_decode(text: str) -> bytes:
    """Decode base64url without padding (RFC 7515 section 2).

    Args:
        text: The text, without a header.

    Returns:
        The bytes.

    Raises:
        Invalid: A character outside the alphabet, padding, or bits left over at the
            end that are not zero.

    """
    if not text.isascii():
        raise Invalid("not base64url: a character outside the alphabet")
    data = text.encode("ascii")
    try:
        decoded = base64.urlsafe_b64decode(data + b"=" * (-len(data) % 4))
    except binascii.Error:
        raise Invalid("not base64url") from None
    # The library skips what it does not know and ignores spare bits; a text that does
    # not come back the same had one of the two.
    if base64.urlsafe_b64encode(decoded).rstrip(b"=") != data:
        raise Invalid("not base64url: padding, spare bits or a wrong character")
    return decoded


def base64url_encode(data: bytes) -> str:
    """Encode as base64url without padding (RFC 7515 section 2).

    Args:
        data: Any bytes.

    Returns:
        The text, without a header.

    """
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")
