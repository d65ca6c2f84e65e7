"""Compact JWS as VC-JOSE-COSE and Open Badges 3.0 section 8.2 secure credentials.

The algorithm follows from the key, never from the header: the header must merely agree.
Keys by reference (`jku`, `x5u`) are never fetched.
"""

from credwallet.errors import Invalid, Undetermined
from credwallet.fetch import Fetch
from credwallet.keys import PublicKey, from_jose
from credwallet.model.credential import Credential, Held
from credwallet.model.proof import Jws, VerificationMethod
from credwallet.proofs.verified import VerifiedProof

# RFC 7518 section 3.1, RFC 8037, RFC 8812, RFC 9864 ("Ed25519" is the newer name):
# the algorithms of each kind of key, with the hash as `PublicKey.verify` takes it.
ALGORITHMS = {
    "Ed25519": {"EdDSA": "sha256", "Ed25519": "sha256"},
    "P-256": {"ES256": "sha256"},
    "P-384": {"ES384": "sha384"},
    "P-521": {"ES512": "sha512"},
    "secp256k1": {"ES256K": "sha256"},
    "RSA": {
        "RS256": "sha256",
        "RS384": "sha384",
        "RS512": "sha512",
        "PS256": "pss-sha256",
        "PS384": "pss-sha384",
        "PS512": "pss-sha512",
    },
}

# VC-JOSE-COSE section 3, and what VC 1.1 and the drafts between wrote.
CREDENTIAL_TYPES = frozenset(
    {"", "jwt", "vc+jwt", "vc+ld+jwt", "vc+ld+json+jwt", "vc-ld+jwt"}
)
PRESENTATION_TYPES = frozenset(
    {"", "jwt", "vp+jwt", "vp+ld+jwt", "vp+ld+json+jwt", "vp-ld+jwt"}
)


def verify_jws(held: Held, jws: Jws, *, signer: str, fetch: Fetch) -> VerifiedProof:
    """Verify the JWS that secures a credential or a presentation.

    Args:
        held: What the JWS says; its claims were read by the format.
        jws: Its parts as they were received, nothing verified.
        signer: Identifier of the issuer, or of the holder for a presentation.
        fetch: Where key documents come from.

    Returns:
        The verification method that made the signature.

    Raises:
        Invalid: If the signature does not fit or the JWS breaks a rule.
        Undetermined: If the key is out of reach.

    """
    check_header(held, jws)
    if held.problem:
        raise Invalid(
            held.problem, type="claims", next_step="ask the issuer for a new copy"
        )
    return fit(jws, from_jose(jws.header, signer, fetch=fetch))


def fit(jws: Jws, method: VerificationMethod) -> VerifiedProof:
    """Verify a JWS with a key that was found; `check_header` comes before.

    Args:
        jws: Its parts as they were received, nothing verified.
        method: The key.

    Raises:
        Invalid: If the signature does not fit, or the algorithm is not the key's.

    """
    algorithm = jws.header.get("alg")
    hash_name = hash_name_for(algorithm, method.public_key)
    if hash_name is None:
        kind = method.public_key.kind
        raise Invalid(
            f"the algorithm {algorithm} does not go with the issuer's {kind} key",
            type="algorithm",
            next_step="ask the issuer for a new copy",
        )
    try:
        method.public_key.verify(jws.signature, jws.signing_input, hash_name=hash_name)
    except Invalid:
        raise Invalid(
            f"the {algorithm} signature does not fit this token",
            type="signature",
            next_step="the badge was changed after signing: ask for a fresh copy",
        ) from None
    return VerifiedProof(f"JWS {algorithm}", method)


def hash_name_for(algorithm: object, public_key: PublicKey) -> str | None:
    """Say by which hash a key verifies an algorithm, as `PublicKey.verify` takes it.

    Args:
        algorithm: The `alg` of a header.
        public_key: The key; where its own `alg` names one algorithm, no other goes.

    Returns:
        The name, or None if the algorithm does not go with the key.

    """
    if public_key.algorithm and algorithm != public_key.algorithm:
        return None
    return ALGORITHMS.get(public_key.kind, {}).get(str(algorithm))


def check_header(held: Held, jws: Jws) -> None:
    """Check what the header of a JWS demands (RFC 7515 section 4.1).

    Args:
        held: What the JWS says.
        jws: Its parts as they were received, nothing verified.

    Raises:
        Invalid: If it is not signed, not a credential, or demands what is not known.
        Undetermined: If its algorithm is not supported.

    """
    algorithm = jws.header.get("alg")
    known = {name for names in ALGORITHMS.values() for name in names}
    if not isinstance(algorithm, str) or algorithm not in known:
        _refuse_algorithm(algorithm)
    if "crit" in jws.header or jws.header.get("b64", True) is not True:
        raise Invalid(
            "the token demands an extension that is not known (crit or b64)",
            type="header",
            next_step="ask the issuer for a plain token",
        )
    allowed = CREDENTIAL_TYPES if isinstance(held, Credential) else PRESENTATION_TYPES
    typ = jws.header.get("typ", "")
    if not isinstance(typ, str) or _media_type(typ) not in allowed:
        raise Invalid(
            f"a token of the type {typ} is no credential",
            type="header",
            next_step="check that it is the right file",
        )


def _refuse_algorithm(algorithm: object) -> None:
    if isinstance(algorithm, str) and algorithm in LATER:
        raise Undetermined(
            f"the algorithm {algorithm} is not supported",
            type="unsupported-proof",
            next_step="see which are: credwallet help formats",
        )
    raise Invalid(
        f"the algorithm {algorithm} cannot secure a credential",
        type="algorithm",
        next_step="ask the issuer for a token that is signed",
    )


# Signatures of public keys that are registered but that we do not verify (RFC 9864).
LATER = frozenset({"Ed448"})


def _media_type(typ: str) -> str:
    return typ.lower().removeprefix("application/")
