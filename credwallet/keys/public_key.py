"""Does this signature fit this public key? Keys as values, and the one way to use them.

RFC 8032 (Ed25519), FIPS 186-5 section 6 (ECDSA; signatures are r || s as in RFC 7518
section 3.4), RFC 8017 sections 8.1 and 8.2 (RSASSA-PSS, RSASSA-PKCS1-v1_5). Keys with
which a signature would prove nothing are refused when they are made: points of small
order, points off the curve, short or known weak RSA moduli.
"""

from typing import Any, NamedTuple

from credwallet.errors import Invalid, Undetermined
from credwallet.keys.weak_rsa import check_modulus

_P25519 = 2**255 - 19
# y coordinates of all points whose order divides 8: 1, 2, 4, and twice two of order 8.
_SMALL_ORDER = frozenset(
    (
        0,
        1,
        _P25519 - 1,
        int("05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826", 16),
        int("7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7", 16),
    )
)
_HASHES = {"sha256": "SHA256", "sha384": "SHA384", "sha512": "SHA512"}
_PSS = "pss-"
_NO_FIT = "the signature does not fit"


class Curve(NamedTuple):
    """A curve for ECDSA: `size` bytes a coordinate, `order` of its base point."""

    name: str
    size: int
    order: int


CURVES = {
    "P-256": Curve(
        "SECP256R1",
        32,
        int("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16),
    ),
    "P-384": Curve(
        "SECP384R1",
        48,
        int(
            "ffffffffffffffffffffffffffffffffffffffffffffffff"
            "c7634d81f4372ddf581a0db248b0a77aecec196accc52973",
            16,
        ),
    ),
    "P-521": Curve(
        "SECP521R1",
        66,
        int(
            "01ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
            "fa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409",
            16,
        ),
    ),
    "secp256k1": Curve(
        "SECP256K1",
        32,
        int("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16),
    ),
}


class PublicKey(NamedTuple):
    """A public key that can check signatures; two are equal if they are the same key.

    `kind` is `Ed25519`, `P-256`, `P-384`, `P-521`, `secp256k1` or `RSA`; `key` is the
    object of the cryptography package. `algorithm` is the only one that its JSON Web
    Key allows where its kind has several (RSA), `""` for any.
    """

    kind: str
    key: Any
    algorithm: str = ""

    def verify(
        self, signature: bytes, message: bytes, *, hash_name: str = "sha256"
    ) -> None:
        """Check a signature.

        Args:
            signature: Ed25519: 64 bytes. ECDSA: r || s, each of the curve's size. RSA:
                as long as the modulus.
            message: The bytes that were signed, not their digest.
            hash_name: `sha256`, `sha384` or `sha512`; Ed25519 has its own. With `pss-`
                before it an RSA signature is RSASSA-PSS (salt as long as the hash).

        Raises:
            Invalid: The signature does not fit.
            Undetermined: The hash is none of these.

        """
        if self.kind == "Ed25519":
            _verify_ed25519(self.key, signature, message)
        elif self.kind == "RSA":
            _verify_rsa(self.key, signature, message, hash_name)
        else:
            _verify_ecdsa(self, signature, message, hash_name)


def from_ed25519_bytes(raw: bytes) -> PublicKey:
    """Make a key from the encoding of an Edwards point (RFC 8032 section 5.1.2).

    Args:
        raw: 32 bytes.

    Returns:
        The key.

    Raises:
        Invalid: Another length, an encoding that is not the shortest, or a point of
            small order, for which anyone can make signatures.

    """
    if len(raw) != 32:
        raise Invalid(f"an Ed25519 key has 32 bytes, this one {len(raw)}")
    y = int.from_bytes(raw, "little") & (2**255 - 1)
    if y >= _P25519:
        raise Invalid("the Ed25519 key is not encoded canonically")
    if y in _SMALL_ORDER:
        raise Invalid("the Ed25519 key is a point of small order and proves nothing")
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415 -- lazily: most commands verify nothing
        Ed25519PublicKey,
    )

    return PublicKey("Ed25519", Ed25519PublicKey.from_public_bytes(raw))


def from_ec_point(kind: str, point: bytes) -> PublicKey:
    """Make a key from an encoded point (SEC 1 section 2.3.4).

    Args:
        kind: `P-256`, `P-384`, `P-521` or `secp256k1`.
        point: Compressed (first byte 2 or 3) or uncompressed (first byte 4).

    Returns:
        The key.

    Raises:
        Invalid: Another length or first byte, or a point that is not on the curve.

    """
    curve = CURVES[kind]
    expected = {2: 1 + curve.size, 3: 1 + curve.size, 4: 1 + 2 * curve.size}
    if not point or expected.get(point[0]) != len(point):
        raise Invalid(f"not the encoding of a point on {kind}")
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415 -- lazily: most commands verify nothing

    try:
        key = ec.EllipticCurvePublicKey.from_encoded_point(
            getattr(ec, curve.name)(), point
        )
    except ValueError:
        raise Invalid(f"the key is not a point on {kind}") from None
    return PublicKey(kind, key)


def from_rsa_numbers(modulus: int, exponent: int) -> PublicKey:
    """Make an RSA key (RFC 8017 section 3.1).

    Args:
        modulus: 2,048 to 8,192 bits.
        exponent: Odd, 3 to 2**32.

    Returns:
        The key.

    Raises:
        Invalid: Outside these bounds, or a modulus known to be weak.

    """
    check_modulus(modulus)
    if not (3 <= exponent <= 2**32 and exponent % 2):
        raise Invalid("the exponent of the RSA key is not an odd number from 3 to 2^32")
    from cryptography.hazmat.primitives.asymmetric import rsa  # noqa: PLC0415 -- lazily: most commands verify nothing

    try:
        key = rsa.RSAPublicNumbers(exponent, modulus).public_key()
    except ValueError:
        raise Invalid("not an RSA key") from None
    return PublicKey("RSA", key)


def _verify_ed25519(key: Any, signature: bytes, message: bytes) -> None:
    if len(signature) != 64:
        raise Invalid(f"an Ed25519 signature has 64 bytes, this one {len(signature)}")
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 -- lazily: most commands verify nothing

    # The library refuses S >= L (RFC 8032 section 5.1.7); Wycheproof guards it.
    try:
        key.verify(signature, message)
    except InvalidSignature:
        raise Invalid(_NO_FIT) from None


def _verify_ecdsa(
    public_key: PublicKey, signature: bytes, message: bytes, hash_name: str
) -> None:
    curve = CURVES[public_key.kind]
    if len(signature) != 2 * curve.size:
        raise Invalid(
            f"a {public_key.kind} signature has {2 * curve.size} bytes,"
            f" this one {len(signature)}"
        )
    r = int.from_bytes(signature[: curve.size], "big")
    s = int.from_bytes(signature[curve.size :], "big")
    if not (0 < r < curve.order and 0 < s < curve.order):
        raise Invalid("the signature does not fit: r or s is out of range")
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 -- lazily: most commands verify nothing
    from cryptography.hazmat.primitives.asymmetric import ec, utils  # noqa: PLC0415 -- lazily: most commands verify nothing

    try:
        public_key.key.verify(
            utils.encode_dss_signature(r, s), message, ec.ECDSA(_hash(hash_name))
        )
    except InvalidSignature:
        raise Invalid(_NO_FIT) from None


def _verify_rsa(key: Any, signature: bytes, message: bytes, hash_name: str) -> None:
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 -- lazily: most commands verify nothing
    from cryptography.hazmat.primitives.asymmetric import padding  # noqa: PLC0415 -- lazily: most commands verify nothing

    digest = _hash(hash_name.removeprefix(_PSS))
    # RFC 7518 section 3.5: the salt is as long as the hash, by the same hash.
    scheme = (
        padding.PSS(padding.MGF1(digest), digest.digest_size)
        if hash_name.startswith(_PSS)
        else padding.PKCS1v15()
    )
    try:
        key.verify(signature, message, scheme, digest)
    except InvalidSignature:
        raise Invalid(_NO_FIT) from None


def _hash(name: str) -> Any:
    from cryptography.hazmat.primitives import hashes  # noqa: PLC0415 -- lazily: most commands verify nothing

    if name not in _HASHES:
        raise Undetermined(
            f"no signatures with the hash {name!r} are checked",
            type="unsupported-algorithm",
        )
    return getattr(hashes, _HASHES[name])()
