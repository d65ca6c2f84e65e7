"""Is this a JWS in compact serialisation? Its parts, strictly decoded.

RFC 7515 sections 2 (base64url) and 3.1 (compact serialisation). Nothing is verified.
"""

import binascii

from credwallet.canon import strict_json
from credwallet.errors import Unreadable
from credwallet.model.proof import Jws

_TO_STANDARD = bytes.maketrans(b"-_", b"+/")
_TO_URL_SAFE = bytes.maketrans(b"+/", b"-_")
_PART_NAMES = ("header", "payload", "signature")


def take_apart(data: bytes) -> Jws:
    """Take a compact JWS apart.

    Args:
        data: ASCII text `header.payload.signature`, white space around it allowed.

    Returns:
        The decoded parts; the header is a strict JSON object.

    Raises:
        Unreadable: Not three parts, no canonical base64url, or no JSON object as
            header.

    """
    text = data.strip(b" \t\r\n")
    parts = text.split(b".")
    if len(parts) == 5:
        raise Unreadable(
            "an encrypted token (JWE), which is not supported",
            next_step="ask the issuer for the badge in plain form",
        )
    if len(parts) != 3:
        raise Unreadable(
            f"{len(parts)} part{'s' * (len(parts) != 1)} between dots instead of three",
            next_step="copy the whole token, from the first character to the last",
        )
    header, payload, signature = (
        decode(part, name) for part, name in zip(parts, _PART_NAMES, strict=True)
    )
    members = strict_json.loads(header)
    if not isinstance(members, dict):
        raise Unreadable("the header is no JSON object")
    return Jws(
        header=members,
        payload=payload,
        signing_input=text[: -len(parts[2]) - 1],
        signature=signature,
    )


def decode(part: bytes, name: str) -> bytes:
    """Decode strict base64url (RFC 7515 section 2).

    Args:
        part: The text.
        name: What it is, for the message.

    Returns:
        The bytes.

    Raises:
        Unreadable: It is not the one canonical text of any bytes.

    """
    try:
        decoded = binascii.a2b_base64(
            part.translate(_TO_STANDARD) + b"=" * (-len(part) % 4)
        )
    except binascii.Error:
        decoded = b""
    # Two texts for the same bytes would be two tokens with one signature: only the
    # canonical one counts, without padding, line ends or stray low bits.
    again = binascii.b2a_base64(decoded, newline=False)
    if again.rstrip(b"=").translate(_TO_URL_SAFE) != part:
        raise Unreadable(
            f"the {name} is no strict base64url",
            next_step="copy the whole token, from the first character to the last",
        )
    return decoded
