"""What does a Token Status List say at this place?

draft-ietf-oauth-status-list sections 4 (the list: zlib, the first entry in the lowest
bits), 5.1 (its token), 6.2 (`status_list` in the `status` claim) and 8.3 (validation).
It stands in no `credentialStatus`, so it is reached from the `status` claim, not from
the table of types. `ttl` is for caches; of the list in CBOR nothing is read.
"""

import math
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from credwallet.errors import Invalid, Unreadable
from credwallet.fetch import Document
from credwallet.formats.vc_jwt import claims_of, take_apart
from credwallet.keys import PublicKey, multibase
from credwallet.keys.wording import shown
from credwallet.model.credential import Credential
from credwallet.model.moment import SKEW
from credwallet.model.proof import Jws, VerificationMethod
from credwallet.proofs.sd_jwt import Trust, check_header, check_signature, signing_key
from credwallet.status import bitstring, entry
from credwallet.status.entry import Finding, JsonObject, StatusResult, undetermined

MEMBER = "status_list"

_SIZES = (1, 2, 4, 8)
_MAX_INDEX = 10**12
# Section 7.1; what else may stand there only the issuer can explain.
_PURPOSES = {0: "revocation", 1: "revocation", 2: "suspension"}


def read(
    value: Any, credential: Credential, trust: Trust, *, keys: Sequence[PublicKey]
) -> StatusResult:
    """Look a credential up in its list.

    Args:
        value: The member `status_list` of its `status` claim.
        credential: A token that was verified already.
        trust: How the owner of the list's key is found out, and the time.
        keys: With which the credential itself was verified: a list by one of them is
            its issuer's.

    Returns:
        What the list says: `clear` for 0, `revoked` for 1, `suspended` for 2. The
        latter two also come from a list that another made, with the doubt in the note.

    Raises:
        Undetermined: The entry or the list is not in order, cannot be had, or holds
            another value.

    """
    index, url = _place(value)
    document = entry.fetch_list(url, fetch=trust.fetch)
    jws, claims = _token(document)
    if claims.get("sub") != url:
        raise undetermined(
            f"the list at {shown(url)} says it is {shown(claims.get('sub'))}"
        )
    _check_times(claims, trust.at)
    doubts = _doubts(jws, claims, credential, trust, keys)
    number = _value(claims.get("status_list"), index)
    if number not in _PURPOSES:
        raise undetermined(
            f"the list says {number:#04x}, and only the issuer knows what that means"
        )
    return entry.judge(Finding(number, _PURPOSES[number], "", doubts), document)


def _place(value: Any) -> tuple[int, str]:
    if not isinstance(value, dict):
        raise undetermined("status_list is no object", type="status-entry")
    index, url = value.get("idx"), value.get("uri")
    if isinstance(index, bool) or not isinstance(index, int):
        raise undetermined("its idx is no whole number", type="status-entry")
    if not 0 <= index < _MAX_INDEX:
        raise undetermined("its idx is no place in a list", type="status-entry")
    if not isinstance(url, str):
        raise undetermined("its uri is no text", type="status-entry")
    return index, url


def _token(document: Document) -> tuple[Jws, JsonObject]:
    try:
        jws = take_apart(document.body)
        claims = claims_of(jws)
    except Unreadable as error:
        raise undetermined(
            f"what {shown(document.url)} answered is no status list token: {error.what}"
        ) from None
    typ = jws.header.get("typ")
    if not isinstance(typ, str) or (
        typ.lower().removeprefix("application/") != "statuslist+jwt"
    ):
        raise undetermined(
            f"what {shown(document.url)} answered is not of the type statuslist+jwt"
        )
    return jws, claims


def _check_times(claims: JsonObject, at: datetime) -> None:
    issued_at = _moment(claims.get("iat"), "iat")
    if issued_at - at > SKEW:
        raise undetermined(f"the list is dated ahead: {issued_at.isoformat()}")
    if "exp" in claims:
        expires = _moment(claims["exp"], "exp")
        if at - expires >= SKEW:
            raise undetermined(f"the list was valid until {expires.isoformat()}")
    ttl = claims.get("ttl", 1)
    if isinstance(ttl, bool) or not isinstance(ttl, int | float) or ttl <= 0:
        raise undetermined("the list's ttl is no number above 0")


def _moment(value: Any, name: str) -> datetime:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    try:
        return datetime.fromtimestamp(value if number else math.nan, UTC)
    except (ValueError, OverflowError, OSError):
        raise undetermined(f"the list's {name} is no date") from None


def _doubts(
    jws: Jws,
    claims: JsonObject,
    credential: Credential,
    trust: Trust,
    keys: Sequence[PublicKey],
) -> tuple[str, ...]:
    """Verify the list, and say why it may not be its issuer's (section 11.3)."""
    issuer = claims.get("iss", credential.issuer.id)
    if not isinstance(issuer, str):
        raise undetermined("the list's iss is no text")
    try:
        check_header(jws)
        method = _key(jws, issuer, trust, keys)
        check_signature(jws, method)
    except Invalid as error:
        raise undetermined(f"the list is not good: {error.what}") from None
    stated = entry.doubts_about_issuer(issuer, credential)
    if method.public_key in keys:
        return stated
    if method.controller != issuer:
        return (*stated, f"the list is signed by {shown(method.controller)}")
    if method.self_asserted:
        return (*stated, f"nothing ties the list's key to the issuer: {method.source}")
    if "assertionMethod" not in method.relationships:
        return (*stated, "the list's key is not for assertions")
    return stated


def _key(
    jws: Jws, issuer: str, trust: Trust, keys: Sequence[PublicKey]
) -> VerificationMethod:
    if keys and not {"kid", "jwk", "x5c"} & set(jws.header):
        return VerificationMethod(
            id="the key of the credential",
            type="JsonWebKey",
            controller=issuer,
            public_key=keys[0],
            relationships=frozenset(),
            self_asserted=False,
            source="the key of the credential",
        )
    return signing_key(jws.header, issuer, claims=True, trust=trust)


def _value(status_list: Any, index: int) -> int:
    if not isinstance(status_list, dict):
        raise undetermined("the token holds no status_list")
    size, text = status_list.get("bits"), status_list.get("lst")
    if isinstance(size, bool) or size not in _SIZES:
        raise undetermined("the list's bits are none of 1, 2, 4 and 8")
    if not isinstance(text, str):
        raise undetermined("the list's lst is no text")
    try:
        packed = multibase.base64url_decode(text)
    except Invalid:
        raise undetermined("its lst is not base64url") from None
    return value_at(bitstring.inflate(packed, "ZLIB", member="lst"), index, size)


def value_at(entries: bytes, index: int, size: int) -> int:
    """Read one entry (section 4.1).

    Args:
        entries: The list, decompressed.
        index: Number of the entry, from 0.
        size: Bits an entry: 1, 2, 4 or 8.

    Returns:
        The number in those bits; the first entry stands in the lowest bits of a byte.

    Raises:
        Undetermined: The list has no such entry.

    """
    place, shift = divmod(index * size, 8)
    if place >= len(entries):
        raise undetermined(
            f"the list has {len(entries) * 8 // size} entries,"
            f" none with the number {index}"
        )
    return entries[place] >> shift & ((1 << size) - 1)
