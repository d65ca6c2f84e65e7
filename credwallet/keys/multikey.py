"""Which public key does a Multikey text state, and how is a key written as one?

Controlled Identifiers 1.0 section 2.2.2 (Multikey), did:key method: a multicodec
header, then the key in its shortest form.
"""

from credwallet.errors import Invalid, Undetermined
from credwallet.keys import multibase
from credwallet.keys.public_key import (
    CURVES,
    PublicKey,
    from_ec_point,
    from_ed25519_bytes,
)
from credwallet.keys.wording import shown

_KINDS = {
    b"\xed\x01": "Ed25519",
    b"\x80\x24": "P-256",
    b"\x81\x24": "P-384",
    b"\x82\x24": "P-521",
    b"\xe7\x01": "secp256k1",
}
_HEADERS = {kind: header for header, kind in _KINDS.items()}
_NOT_YET = {
    b"\xec\x01": "X25519",
    b"\xeb\x01": "BLS12-381",
    b"\x85\x24": "RSA",
    b"\xef\x01": "Ed448",
}


def decode(text: str) -> PublicKey:
    """Read a Multikey text.

    Args:
        text: Such as `z6Mk...` (Ed25519), `zDna...` (P-256), `z82L...` (P-384) or
            `zQ3s...` (secp256k1).

    Returns:
        The key.

    Raises:
        Invalid: Not multibase, a wrong length, or no point on the curve.
        Undetermined: A kind of key that we do not check signatures with.

    """
    data = multibase.decode(text)
    header, material = data[:2], data[2:]
    kind = _KINDS.get(header)
    if kind == "Ed25519":
        return from_ed25519_bytes(material)
    if kind is not None:
        if len(material) != 1 + CURVES[kind].size:
            raise Invalid(f"the {kind} key is not a compressed point")
        return from_ec_point(kind, material)
    if header in _NOT_YET:
        raise Undetermined(
            f"keys of the kind {_NOT_YET[header]} are not supported",
            type="unsupported-key",
        )
    raise Invalid(f"{shown(text)} states no kind of key that is known")


def encode(public_key: PublicKey) -> str:
    """Write a key as a Multikey text; `did:key:` before it makes the key's DID.

    Args:
        public_key: An Ed25519, P-256, P-384, P-521 or secp256k1 key.

    Returns:
        The text, with the header `z`.

    Raises:
        Undetermined: An RSA key, which has no Multikey form.

    """
    if public_key.kind == "Ed25519":
        material: bytes = public_key.key.public_bytes_raw()
    elif public_key.kind in CURVES:
        numbers = public_key.key.public_numbers()
        material = bytes([2 + numbers.y % 2]) + numbers.x.to_bytes(
            CURVES[public_key.kind].size, "big"
        )
    else:
        raise Undetermined(
            f"a key of the kind {public_key.kind} has no Multikey form",
            type="unsupported-key",
        )
    return "z" + multibase.base58_encode(_HEADERS[public_key.kind] + material)
