"""Which public key does a PEM text state?

RFC 7468 section 13 (SubjectPublicKeyInfo), and the older PKCS #1 form that some issuers
of Open Badges publish. `publicKeyPem` of a `CryptographicKey`.
"""

from typing import Any

from credwallet.errors import Invalid, Undetermined
from credwallet.keys.public_key import (
    PublicKey,
    from_ec_point,
    from_ed25519_bytes,
    from_rsa_numbers,
)

MAX_CHARACTERS = 16_384

_CURVES = {"secp256r1": "P-256", "secp384r1": "P-384", "secp521r1": "P-521"}


def looks_like(text: str) -> bool:
    """Say whether a text begins as PEM does."""
    return text.lstrip(" \t\r\n").startswith("-----BEGIN ")


def from_pem(text: str) -> PublicKey:
    """Read a public key.

    Args:
        text: One PEM text, at most 16 KiB.

    Returns:
        The key.

    Raises:
        Invalid: No public key, or one that proves nothing, such as a short RSA key.
        Undetermined: A kind of key that is not supported.

    """
    if len(text) > MAX_CHARACTERS:
        raise Invalid("the PEM text of the key is longer than 16 KiB")
    from cryptography.exceptions import UnsupportedAlgorithm  # noqa: PLC0415 -- lazily: few badges bring such keys
    from cryptography.hazmat.primitives import serialization  # noqa: PLC0415 -- lazily: few badges bring such keys

    try:
        key = serialization.load_pem_public_key(text.strip().encode())
    except ValueError:
        raise Invalid("the PEM text states no public key") from None
    except UnsupportedAlgorithm:
        raise _unsupported() from None
    return _of(key, serialization)


def _of(key: Any, serialization: Any) -> PublicKey:
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa  # noqa: PLC0415 -- lazily: few badges bring such keys

    if isinstance(key, rsa.RSAPublicKey):
        numbers = key.public_numbers()
        return from_rsa_numbers(numbers.n, numbers.e)
    if isinstance(key, ed25519.Ed25519PublicKey):
        return from_ed25519_bytes(key.public_bytes_raw())
    if isinstance(key, ec.EllipticCurvePublicKey) and key.curve.name in _CURVES:
        point: bytes = key.public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )
        return from_ec_point(_CURVES[key.curve.name], point)
    raise _unsupported()


def _unsupported() -> Undetermined:
    return Undetermined(
        "the issuer's key is of a kind that is not supported", type="unsupported-key"
    )
