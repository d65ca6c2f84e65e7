"""Which public key does a JSON Web Key state, and what is its thumbprint?

RFC 7517 (JWK), RFC 7518 section 6 (EC, RSA), RFC 8037 section 2 (OKP), RFC 8812
section 3 (secp256k1), RFC 7638 (thumbprint). Strict: each value in its one canonical
form, nothing that contradicts.
"""

import json
from typing import Any

from credwallet.errors import Invalid, Undetermined
from credwallet.keys import multibase
from credwallet.keys.public_key import (
    CURVES,
    PublicKey,
    from_ec_point,
    from_ed25519_bytes,
    from_rsa_numbers,
)
from credwallet.keys.wording import shown

_PRIVATE = ("d", "p", "q", "dp", "dq", "qi", "oth", "k")
_ALGORITHMS = {
    "Ed25519": frozenset(("EdDSA", "Ed25519")),
    "P-256": frozenset(("ES256",)),
    "P-384": frozenset(("ES384",)),
    "P-521": frozenset(("ES512",)),
    "secp256k1": frozenset(("ES256K",)),
    "RSA": frozenset(("RS256", "RS384", "RS512", "PS256", "PS384", "PS512")),
}
_OKP_CURVES = frozenset(("Ed25519", "Ed448", "X25519", "X448"))
_NO_SIGNING_CURVES = frozenset(("X25519", "X448"))
_THUMBPRINT_MEMBERS = {
    "OKP": ("crv", "kty", "x"),
    "EC": ("crv", "kty", "x", "y"),
    "RSA": ("e", "kty", "n"),
}


def from_jwk(jwk: Any) -> PublicKey:
    """Read a public JSON Web Key that is meant for signatures.

    Args:
        jwk: The object, as parsed from JSON.

    Returns:
        The key.

    Raises:
        Invalid: Not a JWK, a value out of form, a point off its curve, private or
            symmetric material, or `alg`, `use` or `key_ops` that say it is for
            something else.
        Undetermined: A kind of key that we do not check signatures with.

    """
    if not isinstance(jwk, dict):
        raise Invalid(f"a JSON Web Key is an object, not {shown(jwk)}")
    if jwk.get("kty") == "oct":
        raise Invalid("a symmetric key is not a public key")
    if any(member in jwk for member in _PRIVATE):
        raise Invalid("the JSON Web Key gives its private part away: anyone can sign")
    public_key = _read(jwk)
    _check_purpose(jwk, public_key.kind)
    if public_key.kind == "RSA":
        # The one kind that goes with several algorithms: this key may be for one.
        return public_key._replace(algorithm=jwk.get("alg") or "")
    return public_key


def thumbprint(jwk: Any) -> str:
    """Compute the thumbprint of a public key (RFC 7638 section 3, SHA-256).

    Args:
        jwk: The object; other members than those of the key itself do not count.

    Returns:
        43 characters of base64url.

    Raises:
        Invalid: Not an OKP, EC or RSA key, or a member is missing.

    """
    kty = jwk.get("kty") if isinstance(jwk, dict) else None
    members = _THUMBPRINT_MEMBERS.get(kty) if isinstance(kty, str) else None
    if members is None:
        raise Invalid("not a JSON Web Key that has a thumbprint")
    required = {member: _text(jwk, member) for member in members}
    from hashlib import sha256  # noqa: PLC0415 -- lazily: few keys need a thumbprint

    text = json.dumps(required, separators=(",", ":"), sort_keys=True)
    return multibase.base64url_encode(sha256(text.encode("ascii")).digest())


def _read(jwk: dict[str, Any]) -> PublicKey:
    kty = _text(jwk, "kty")
    if kty == "RSA":
        return from_rsa_numbers(_number(jwk, "n"), _number(jwk, "e"))
    if kty not in ("OKP", "EC"):
        raise Invalid(f"the JSON Web Key has the unknown kty {shown(kty)}")
    crv = _text(jwk, "crv")
    if kty == "OKP" and crv == "Ed25519":
        return from_ed25519_bytes(_bytes(jwk, "x", 32))
    if kty == "EC" and crv in CURVES:
        size = CURVES[crv].size
        point = b"\x04" + _bytes(jwk, "x", size) + _bytes(jwk, "y", size)
        return from_ec_point(crv, point)
    if (crv in _OKP_CURVES) != (kty == "OKP") and crv in {*_OKP_CURVES, *CURVES}:
        raise Invalid(f"the JSON Web Key is {kty} but on the curve {crv}")
    if crv in _NO_SIGNING_CURVES:
        raise Invalid(f"a key on {crv} is for encryption, not for signatures")
    raise Undetermined(
        f"keys of the kind {kty} on the curve {shown(crv)} are not supported",
        type="unsupported-key",
    )


def _check_purpose(jwk: dict[str, Any], kind: str) -> None:
    if jwk.get("use", "sig") != "sig":
        raise Invalid(f"the JSON Web Key is for the use {shown(jwk['use'])}, not sig")
    operations = jwk.get("key_ops", ["verify"])
    if not isinstance(operations, list) or "verify" not in operations:
        raise Invalid("the key_ops of the JSON Web Key do not allow to verify")
    algorithm = jwk.get("alg")
    if algorithm is not None and (
        not isinstance(algorithm, str) or algorithm not in _ALGORITHMS[kind]
    ):
        raise Invalid(f"the JSON Web Key is {kind} but says alg {shown(algorithm)}")


def _text(jwk: dict[str, Any], member: str) -> str:
    value = jwk.get(member)
    if not isinstance(value, str) or not value.isascii():
        raise Invalid(f"the member {member} of the JSON Web Key is missing or no text")
    return value


def _bytes(jwk: dict[str, Any], member: str, length: int) -> bytes:
    value = multibase.base64url_decode(_text(jwk, member))
    if len(value) != length:
        raise Invalid(
            f"the member {member} of the JSON Web Key has {len(value)} bytes,"
            f" not {length}"
        )
    return value


def _number(jwk: dict[str, Any], member: str) -> int:
    value = multibase.base64url_decode(_text(jwk, member))
    if not value or value[0] == 0:
        raise Invalid(f"the member {member} of the JSON Web Key has leading zeros")
    return int.from_bytes(value, "big")
