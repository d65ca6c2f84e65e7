"""Which key does the header of a JWS name, and is it the issuer's?

Open Badges 3.0 section 8.2 (`kid` or `jwk`), RFC 7515 section 4.1, Securing Verifiable
Credentials using JOSE and COSE section 4.1. `kid` is compared or resolved, never opened
as anything else. `jku`, `x5u` and `x5c` are not looked at (RFC 8725 section 3.10). A
key in the header counts for nothing until the issuer's own document lists it.
"""

import re
from typing import Any

from credwallet.errors import Invalid, Undetermined
from credwallet.fetch import Fetch
from credwallet.keys import finding, https
from credwallet.keys.https import IN_THE_BADGE
from credwallet.keys.jwk import from_jwk, thumbprint
from credwallet.keys.methods import read_document, resolve
from credwallet.keys.wording import shown
from credwallet.model.proof import VerificationMethod

_URLS = ("did:", "https://", "http://")
_SELF_CONTAINED = ("did:key:", "did:jwk:")
_FRAGMENT = re.compile(r"[A-Za-z0-9._~!$&'()*+,;=:@/?-]+", re.ASCII)


def from_jose(
    header: dict[str, Any], issuer: str, *, fetch: Fetch
) -> VerificationMethod:
    """Find the key with which a JWS says it was signed.

    Args:
        header: The protected header.
        issuer: Who issued, as the signed payload says (a DID or a URL), or `""`.
        fetch: Who answers for addresses.

    Returns:
        The method. A `kid` that names another's key is returned as that other's: the
        caller compares `controller` with the issuer. Bare keys (a JWK set) at the
        issuer's own origin are the issuer's. `self_asserted` if only the
        header's `jwk` names the key and the issuer's document cannot be had.

    Raises:
        Invalid: Neither `jwk` nor `kid` where one is needed, a `kid` that nothing goes
            by, or a `jwk` that is not the issuer's.
        Undetermined: The document that would tell cannot be had, or a kind of key that
            is not supported.

    """
    kid = header.get("kid")
    if kid is not None and (not isinstance(kid, str) or not kid):
        raise Invalid(f"the kid of the header is {shown(kid)}, not a text")
    if "jwk" in header:
        return _from_header_key(header["jwk"], kid or "", issuer, fetch=fetch)
    if kid is None:
        return _without_name(issuer, fetch=fetch)
    if kid.startswith("https://"):
        return https.resolve(kid, fetch=fetch, issuer=issuer)
    if kid.startswith(_URLS):
        return resolve(kid, fetch=fetch)
    return _by_name(kid, issuer, fetch=fetch)


def _without_name(issuer: str, *, fetch: Fetch) -> VerificationMethod:
    if issuer.startswith("did:"):
        return finding.default(read_document(issuer, fetch=fetch))
    raise Invalid("the header has neither jwk nor kid, so no key is named")


def _by_name(kid: str, issuer: str, *, fetch: Fetch) -> VerificationMethod:
    """Look a bare name, or `#name`, up in the issuer's own document."""
    if not issuer:
        raise Invalid(f"the kid {shown(kid)} names a key of no one: there is no issuer")
    name = kid.removeprefix("#")
    address = issuer
    if not issuer.startswith("did:") and _FRAGMENT.fullmatch(name):
        # With the name as its fragment, because a document that the learner supplies
        # may be of that one key; over the network the fragment makes no difference.
        address = f"{issuer.partition('#')[0]}#{name}"
    return finding.find_name(read_document(address, fetch=fetch), name)


def _from_header_key(
    jwk: Any, kid: str, issuer: str, *, fetch: Fetch
) -> VerificationMethod:
    public_key = from_jwk(jwk)
    # A kid that is a URL says whose key it is, except where the issuer is its own key.
    named = kid.startswith(_URLS) and not issuer.startswith(_SELF_CONTAINED)
    owner = kid if named else issuer
    try:
        if owner.startswith(_URLS):
            listing = read_document(owner.partition("#")[0], fetch=fetch)
            found = finding.find_key(listing, public_key)
            if kid.startswith(_URLS) and "#" in kid and found.id != kid:
                raise Invalid(f"the jwk of the header is not the key {shown(kid)}")
            return found
    except Undetermined:
        if owner.startswith(_SELF_CONTAINED):
            raise
    return VerificationMethod(
        id=f"{issuer}#{thumbprint(jwk)}",
        type="JsonWebKey",
        controller=issuer,
        public_key=public_key,
        relationships=frozenset(),
        self_asserted=True,
        source=IN_THE_BADGE,
    )
