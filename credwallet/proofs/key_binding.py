"""Does the holder's key present this token, and to whom?

RFC 9901 sections 4.3 (key binding) and 7.3 (its verification), RFC 7800 section 3
(`cnf`). Audience and nonce are read and not judged.
"""

import hmac
import math
from datetime import UTC, datetime
from typing import Any, NamedTuple

from credwallet.errors import Invalid, Undetermined, Unreadable
from credwallet.fetch import Fetch
from credwallet.formats import sd_jwt as reading
from credwallet.formats.vc_jwt import claims_of
from credwallet.keys import from_jwk, resolve
from credwallet.model.credential import Held
from credwallet.model.moment import SKEW
from credwallet.model.proof import VerificationMethod
from credwallet.proofs.sd_jwt import check_header, check_signature


class KeyBinding(NamedTuple):
    """A presentation by the holder's key: to whom, with which nonce, and when."""

    audience: str
    nonce: str
    issued_at: datetime


def verify_key_binding(held: Held, *, fetch: Fetch, at: datetime) -> KeyBinding | None:
    """Verify the token by which a holder's key presents an SD-JWT (RFC 9901 7.3).

    Args:
        held: What an SD-JWT states.
        fetch: Who answers for addresses, if the holder's key is named by one.
        at: The moment before which it must have been made.

    Returns:
        To whom it is presented; audience and nonce are not judged. None if there is no
        key binding.

    Raises:
        Invalid: It is by another key, over another selection, or breaks a rule.
        Undetermined: The holder's key is named in a way that is not supported.

    """
    if held.jws is None or held.sd_jwt is None or held.sd_jwt.key_binding is None:
        return None
    binding = held.sd_jwt.key_binding
    check_header(binding)
    if reading.type_of(binding) != "kb+jwt":
        raise _bad_binding("it is not of the type kb+jwt")
    try:
        claims = claims_of(binding)
    except Unreadable as error:
        raise _bad_binding(error.what) from None
    said = _said(claims)
    check_signature(binding, _holder_key(claims_of(held.jws).get("cnf"), fetch))
    stated = claims.get("sd_hash")
    if not isinstance(stated, str) or not hmac.compare_digest(
        stated.encode("utf-8", "replace"), reading.digest(held.sd_jwt).encode()
    ):
        raise _bad_binding("its sd_hash is of something else")
    if said.issued_at - at > SKEW:
        raise _bad_binding("it is dated ahead")
    return said


def _holder_key(cnf: Any, fetch: Fetch) -> VerificationMethod:
    """Find the key to which a credential is bound (RFC 7800 section 3)."""
    if not isinstance(cnf, dict):
        raise _bad_binding("the issuer bound it to no key (cnf)")
    if "jwk" in cnf:
        return VerificationMethod(
            id="the holder's key",
            type="JsonWebKey",
            controller="",
            public_key=from_jwk(cnf["jwk"]),
            relationships=frozenset(),
            self_asserted=False,
            source="cnf",
        )
    kid = cnf.get("kid")
    if isinstance(kid, str) and kid.startswith(("did:", "https://")):
        return resolve(kid, fetch=fetch)
    raise Undetermined(
        "the holder's key is named in a way that is not supported (cnf)",
        type="unsupported-proof",
        next_step="ask the holder for a copy without key binding",
    )


def _said(claims: dict[str, Any]) -> KeyBinding:
    audience, nonce = claims.get("aud"), claims.get("nonce")
    issued_at: Any = claims.get("iat")
    if not isinstance(audience, str) or not isinstance(nonce, str):
        raise _bad_binding("it states no aud or no nonce")
    number = isinstance(issued_at, int | float) and not isinstance(issued_at, bool)
    try:
        moment = datetime.fromtimestamp(issued_at if number else math.nan, UTC)
    except (ValueError, OverflowError, OSError):
        raise _bad_binding("its iat is no date") from None
    return KeyBinding(audience, nonce, moment)


def _bad_binding(why: str) -> Invalid:
    return Invalid(
        f"the key binding is not good: {why}",
        type="key-binding",
        next_step="ask the holder for a new presentation",
    )
