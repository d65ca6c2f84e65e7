"""Which public key does a verification method state?

Controlled Identifiers 1.0 section 2.2 (Multikey, JsonWebKey) and the older types that
real documents still use. The type decides where the key stands and what it may be.
"""

from typing import Any, NamedTuple

from credwallet.errors import Invalid, Undetermined
from credwallet.keys import jwk, multibase, multikey
from credwallet.keys.public_key import (
    PublicKey,
    from_ec_point,
    from_ed25519_bytes,
)
from credwallet.keys.wording import shown

_MULTIBASE = "publicKeyMultibase"
_JWK = "publicKeyJwk"
_BASE58 = "publicKeyBase58"
MEMBERS = (_MULTIBASE, _JWK, _BASE58)


class _Type(NamedTuple):
    """Where a type may state its key, and which kinds it may be (all if empty)."""

    members: tuple[str, ...]
    kinds: tuple[str, ...] = ()


TYPES = {
    "Multikey": _Type((_MULTIBASE,)),
    "JsonWebKey": _Type((_JWK,)),
    "JsonWebKey2020": _Type((_JWK,)),
    "Ed25519VerificationKey2018": _Type((_BASE58, _MULTIBASE, _JWK), ("Ed25519",)),
    "Ed25519VerificationKey2020": _Type((_MULTIBASE, _JWK), ("Ed25519",)),
    "EcdsaSecp256r1VerificationKey2019": _Type((_MULTIBASE, _BASE58, _JWK), ("P-256",)),
    "P256Key2021": _Type((_MULTIBASE, _JWK), ("P-256",)),
    "EcdsaSecp256k1VerificationKey2019": _Type(
        (_MULTIBASE, _BASE58, _JWK), ("secp256k1",)
    ),
}


def read(method: dict[str, Any]) -> PublicKey:
    """Read the key of a verification method object.

    Args:
        method: The object, as it stands in its document.

    Returns:
        The key.

    Raises:
        Invalid: It states no key, two keys, or one that its type does not allow.
        Undetermined: A type or a kind of key that is not supported.

    """
    name = method.get("type")
    kind = TYPES.get(name) if isinstance(name, str) else None
    if kind is None:
        raise Undetermined(
            f"verification methods of type {shown(name)} are not supported",
            type="unsupported-key",
        )
    stated = [member for member in MEMBERS if member in method]
    if len(stated) != 1 or stated[0] not in kind.members:
        raise Invalid(
            f"a verification method of type {name} states its key in"
            f" {' or '.join(kind.members)}, once"
        )
    public_key = _read_member(stated[0], method[stated[0]], kind.kinds)
    if kind.kinds and public_key.kind not in kind.kinds:
        raise Invalid(
            f"a verification method of type {name} has a {public_key.kind} key"
        )
    return public_key


def _read_member(member: str, value: Any, kinds: tuple[str, ...]) -> PublicKey:
    if member == _JWK:
        return jwk.from_jwk(value)
    if not isinstance(value, str):
        raise Invalid(f"{member} is not a text")
    if member == _MULTIBASE:
        return multikey.decode(value)
    data = multibase.base58_decode(value)
    # Bare bytes: the type says what they are.
    if kinds == ("Ed25519",):
        return from_ed25519_bytes(data)
    return from_ec_point(kinds[0], data)
