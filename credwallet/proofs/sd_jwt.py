"""Does the token of an issuer that has disclosures fit, and whose key made it?

RFC 9901 section 7.1, SD-JWT VC sections 3.2.1 (types) and 3.5 (whose key), VC-JOSE-COSE
section 3.2. The algorithm follows from the key. That the disclosures belong to it was
checked when they were read.
"""

from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from credwallet.errors import Invalid, Undetermined
from credwallet.fetch import Fetch
from credwallet.formats import sd_jwt as reading
from credwallet.keys import from_jose, from_jwk, jwt_vc_issuer, thumbprint
from credwallet.keys.https import IN_THE_BADGE
from credwallet.keys.wording import shown
from credwallet.model.credential import Credential, Held
from credwallet.model.proof import Jws, SdJwt, VerificationMethod
from credwallet.proofs.jose import ALGORITHMS, LATER, hash_name_for
from credwallet.proofs.verified import VerifiedProof

CERTIFICATE = "X.509 certificate"

# No type, or one that says nothing: told by the structure check.
UNTYPED = frozenset({"", "jwt", "sd-jwt"})
_CLAIMS_TYPES = frozenset({"dc+sd-jwt", "vc+sd-jwt"})
_CREDENTIAL_TYPES = frozenset({"vc+sd-jwt", "vc-ld+sd-jwt", "vc+ld+json+sd-jwt"})
_PRESENTATION_TYPES = frozenset({"vp+sd-jwt", "vp-ld+sd-jwt", "vp+ld+json+sd-jwt"})
_CONTENT_TYPES = frozenset(
    {"", "vc", "vc+ld+json", "vp", "vp+ld+json", "json", "credential-claims-set+json"}
)
_ASK = "ask the issuer for a new copy"


class Trust(NamedTuple):
    """How the owner of a key is found out: documents, and certificates (DER)."""

    fetch: Fetch
    certificates: tuple[bytes, ...]
    at: datetime


def verify_sd_jwt(held: Held, *, signer: str, trust: Trust) -> VerifiedProof:
    """Verify the token of the issuer (or of the holder of a presentation).

    Args:
        held: What an SD-JWT states.
        signer: Identifier of the issuer, or of the holder for a presentation; `""` if
            only a certificate says it.
        trust: How the key's owner is found out.

    Returns:
        The verification method that made the signature.

    Raises:
        Invalid: The signature does not fit, or a rule is broken.
        Undetermined: The key is out of reach, or an algorithm is not supported.

    """
    if held.jws is None or held.sd_jwt is None:
        raise AssertionError
    check_header(held.jws)
    _check_types(held, held.jws, held.sd_jwt)
    if held.problem:
        raise Invalid(held.problem, type="claims", next_step=_ASK)
    method = signing_key(
        held.jws.header, signer, claims=held.sd_jwt.states_claims, trust=trust
    )
    check_signature(held.jws, method)
    return VerifiedProof(f"SD-JWT {held.jws.header['alg']}", method)


def check_header(jws: Jws) -> None:
    """Refuse a header that demands what we do not do.

    Args:
        jws: A token.

    Raises:
        Invalid: No algorithm for signatures, or extensions (`crit`, `b64`).
        Undetermined: An algorithm that is not supported.

    """
    algorithm = jws.header.get("alg")
    known = {name for names in ALGORITHMS.values() for name in names}
    if isinstance(algorithm, str) and algorithm in LATER - known:
        raise Undetermined(
            f"the algorithm {algorithm} is not supported",
            type="unsupported-proof",
            next_step="see which are: credwallet help formats",
        )
    if not isinstance(algorithm, str) or algorithm not in known:
        raise Invalid(
            f"the algorithm {shown(algorithm)} cannot secure a credential",
            type="algorithm",
            next_step="ask the issuer for a token that is signed",
        )
    if "crit" in jws.header or jws.header.get("b64", True) is not True:
        raise Invalid(
            "the token demands an extension that is not known (crit or b64)",
            type="header",
            next_step="ask the issuer for a plain token",
        )


def check_signature(jws: Jws, method: VerificationMethod) -> None:
    """Verify a signature; the header's algorithm must go with the key.

    Args:
        jws: A token whose header was checked.
        method: With the key.

    Raises:
        Invalid: It does not fit.

    """
    kind = method.public_key.kind
    algorithm = jws.header.get("alg")
    hash_name = hash_name_for(algorithm, method.public_key)
    if hash_name is None:
        raise Invalid(
            f"the algorithm {shown(algorithm)} does not go with the {kind} key",
            type="algorithm",
            next_step=_ASK,
        )
    try:
        method.public_key.verify(jws.signature, jws.signing_input, hash_name=hash_name)
    except Invalid:
        raise Invalid(
            f"the {algorithm} signature does not fit this token",
            type="signature",
            next_step="the badge was changed after signing: ask for a fresh copy",
        ) from None


def signing_key(
    header: dict[str, Any], signer: str, *, claims: bool, trust: Trust
) -> VerificationMethod:
    """Find the key with which a token says it was signed (SD-JWT VC section 3.5).

    Args:
        header: The protected header.
        signer: The claim `iss`, or the issuer of a VC 2.0 document.
        claims: Whether an https address of the issuer leads to JWT VC Issuer Metadata
            (SD-JWT VC) or to a document of keys (VC-JOSE-COSE).
        trust: How the key's owner is found out.

    Returns:
        The method. `self_asserted` where nothing ties it to the signer; for a
        certificate `source` then says why. Without a signer the controller of a
        certified key is the certificate's subject.

    Raises:
        Invalid: A key that is named and is not the signer's, or a bad certificate.
        Undetermined: The documents that would tell cannot be had.

    """
    if "x5c" in header:
        return _certified(header["x5c"], signer, trust)
    if not claims or signer.startswith("did:") or not signer:
        return from_jose(header, signer, fetch=trust.fetch)
    if not signer.startswith("https://"):
        raise Undetermined(
            f"nothing says where the keys of {shown(signer)} are",
            type="no-key-document",
            next_step="ask the issuer for a copy with a certificate (x5c)",
        )
    try:
        return jwt_vc_issuer.find_key(signer, header, fetch=trust.fetch)
    except Undetermined:
        if "jwk" not in header:
            raise
    return VerificationMethod(
        id=f"{signer}#{thumbprint(header['jwk'])}",
        type="JsonWebKey",
        controller=signer,
        public_key=from_jwk(header["jwk"]),
        relationships=frozenset(),
        self_asserted=True,
        source=IN_THE_BADGE,
    )


def _certified(value: Any, signer: str, trust: Trust) -> VerificationMethod:
    from credwallet.keys.x5c import read_x5c  # noqa: PLC0415 -- lazily: few tokens have certificates

    found = read_x5c(value, trusted=trust.certificates, at=trust.at)
    owner = found.subject or ", ".join(sorted(found.names)) or "nobody"
    doubt = found.doubt
    anchor = f"certificate of {shown(owner)}, trusted: {shown(found.anchor)}"
    host = (_host(signer) or "").lower()
    if not signer or signer in found.names or host in map(str.lower, found.names):
        controller = signer or owner
    elif found.names:
        controller = owner
    else:
        controller = signer
        doubt = doubt or f"the certificate of {shown(owner)} does not name the issuer"
    return VerificationMethod(
        id=f"certificate of {owner}",
        type=CERTIFICATE,
        controller=controller,
        public_key=found.public_key,
        relationships=frozenset({"assertionMethod"}),
        self_asserted=bool(doubt),
        source=doubt or anchor,
    )


def _host(signer: str) -> str | None:
    if not signer.startswith("https://"):
        return None
    try:
        return urlsplit(signer).hostname
    except ValueError:
        return None


def _check_types(held: Held, jws: Jws, sd_jwt: SdJwt) -> None:
    if sd_jwt.states_claims:
        allowed = _CLAIMS_TYPES
    elif isinstance(held, Credential):
        allowed = _CREDENTIAL_TYPES
    else:
        allowed = _PRESENTATION_TYPES
    typ, cty = jws.header.get("typ", ""), jws.header.get("cty", "")
    if not isinstance(typ, str) or reading.type_of(jws) not in allowed | UNTYPED:
        raise Invalid(
            f"a token of the type {shown(typ)} is no such credential",
            type="header",
            next_step="check that it is the right file",
        )
    if not isinstance(cty, str) or (
        cty.lower().removeprefix("application/") not in _CONTENT_TYPES
    ):
        raise Invalid(
            f"a token with content of the type {shown(cty)} is no credential",
            type="header",
            next_step="check that it is the right file",
        )
