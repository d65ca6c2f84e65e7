"""Assertions of Open Badges 0.5, 1.x, 2.0 and 2.1, hosted or signed.

Open Badges 2.0 "Assertion", "Signed badges" (a compact JWS whose payload is the
assertion). Extraction only: the badge class, issuer and hosted copy stand elsewhere.
"""

from typing import Any

from credwallet.canon import strict_json
from credwallet.errors import Unreadable
from credwallet.formats._jws import take_apart
from credwallet.formats._kind import types_of
from credwallet.model.credential import Credential, JsonObject

NAME = "open-badges-2"
REFUSAL = "no assertion"

_HOSTED = "application/ld+json"
_SIGNED = "application/jwt"
_ADDRESS = (b"http://", b"https://")
_AWARDED = ("recipient", "verify", "verification")
_ELEMENTS = ("BadgeClass", "Issuer", "Profile", "RevocationList", "CryptographicKey")


def sniff(data: bytes) -> bool:
    """Say whether this is a JSON object, a token with dots, or an address."""
    start = data.lstrip(b" \t\r\n")[:8].lower()
    if start[:1] == b"{" or start.startswith(_ADDRESS):
        return True
    return start[:2] in (b"ey", b"ew", b"e3") and data.count(b".") == 2


def read(data: bytes) -> Credential:
    """Extract an assertion.

    Args:
        data: JSON, a compact JWS, or the bare address of a hosted assertion.

    Returns:
        The assertion as a credential of format `open-badges-2`.

    Raises:
        Unreadable: No assertion, or only the address of one, which is named.

    """
    text = data.strip(b" \t\r\n")
    if text[:8].lower().startswith(_ADDRESS):
        _refuse_address(text)
    if text[:1] == b"{":
        return Credential(
            raw=data,
            media_type=_HOSTED,
            format=NAME,
            document=_assertion(strict_json.loads(data)),
        )
    jws = take_apart(data)
    return Credential(
        raw=data,
        media_type=_SIGNED,
        format=NAME,
        document=_assertion(strict_json.loads(jws.payload)),
        jws=jws,
    )


def _assertion(document: Any) -> JsonObject:
    if not isinstance(document, dict):
        raise Unreadable("no JSON object")
    types = types_of(document)
    awarded = any(name in document for name in _AWARDED)
    if "Assertion" in types or ("badge" in document and awarded):
        return document
    for name in _ELEMENTS:
        if name in types:
            raise Unreadable(
                f"a {name}, which describes a badge but awards none",
                next_step="give the assertion: the file that names you as recipient",
            )
    raise Unreadable("no assertion: it has no badge with a recipient")


def _refuse_address(text: bytes) -> None:
    address = ascii(text.decode("utf-8", "replace").split(None, 1)[0][:200])[1:-1]
    raise Unreadable(
        f"it holds only the address of the badge, {address}",
        next_step=f"import it from there: credwallet import {address}",
    )
