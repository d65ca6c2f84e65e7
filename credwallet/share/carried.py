"""The text that is the credential itself, without carrier and white space.

A link and a QR code carry this text. White space between the tokens of a JSON text is
no part of what any supported proof signs (Data Integrity signs the canonical form),
and every token stays as it was written, so that numbers and escapes keep their
spelling. A JWT is carried as it is.
"""

import base64
import re
from typing import Literal, NamedTuple

from credwallet.formats import jades, png, svg
from credwallet.model.credential import Credential

Kind = Literal["j", "t", "s"]

_TOKENS = re.compile(r'("[^"\\]*(?:\\.[^"\\]*)*")|[ \t\r\n]+', re.DOTALL)
_CARRIERS = {png.NAME: png.badge_text, svg.NAME: svg.badge_text}
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")


class Carried(NamedTuple):
    """A credential as text; `kind` is j for JSON, t for a JWT, s for an SD-JWT."""

    kind: Kind
    text: str

    @property
    def ascii_text(self) -> str:
        """The text with other letters as JSON escapes, which mean the same."""
        return _NOT_ASCII.sub(_escaped, self.text)


def carried(credential: Credential) -> Carried:
    """Take the credential out of its carrier.

    Args:
        credential: As received.

    Returns:
        The compact JWS, the SD-JWT with its disclosures, or the JSON text without
        white space between its tokens.

    Raises:
        Unreadable: If the carrier does not hold it any more.

    """
    if credential.sd_jwt is not None:
        return Carried("s", credential.sd_jwt.text.decode("ascii"))
    # A JAdES seal is JSON; what it seals may stand in it as it is (RFC 7797).
    if credential.jws is not None and credential.format != jades.NAME:
        signature = base64.urlsafe_b64encode(credential.jws.signature).rstrip(b"=")
        compact = credential.jws.signing_input + b"." + signature
        return Carried("t", compact.decode("ascii"))
    return Carried("j", without_white_space(json_text(credential)))


def without_white_space(text: str) -> str:
    """Drop the white space between the tokens of a JSON text (RFC 8259 section 2).

    Args:
        text: Well-formed JSON.

    Returns:
        The same tokens, spelled as before.

    """
    return _TOKENS.sub(r"\1", text)


def json_text(credential: Credential) -> str:
    """Take the JSON text of a credential out of its carrier, spelled as received.

    Args:
        credential: That is neither a compact JWT nor an SD-JWT.

    Raises:
        Unreadable: If the carrier does not hold it any more.

    """
    text = credential.raw
    if credential.carrier in _CARRIERS:
        text = _CARRIERS[credential.carrier](text)
    return text.decode("utf-8", "replace")


def _escaped(match: re.Match[str]) -> str:
    units = match[0].encode("utf-16-be")
    return "".join(
        f"\\u{units[index]:02x}{units[index + 1]:02x}"
        for index in range(0, len(units), 2)
    )
