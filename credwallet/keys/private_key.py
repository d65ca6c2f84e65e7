"""Which private key is this, and what does it sign? The keys of a holder.

RFC 8032 (Ed25519), FIPS 186-5 section 6 (ECDSA on P-256, r || s as in RFC 7518 section
3.4), did:key method v0.9 (whose key it is). No message of an error quotes a private
key, and none is in the text that shows one.
"""

from typing import Any, NamedTuple

from credwallet.errors import Unreadable
from credwallet.keys import multikey
from credwallet.keys.multibase import base64url_encode
from credwallet.keys.public_key import CURVES, PublicKey

KINDS = {"ed25519": "Ed25519", "p256": "P-256"}
"""The kinds of key that a holder can have, by the words of the command line."""

ALGORITHMS = {"Ed25519": "EdDSA", "P-256": "ES256"}
"""The `alg` of a JWS by each kind (RFC 8037 section 3.1, RFC 7518 section 3.4)."""

_SIZE = 32
_AGAIN = "export it again from where it came"


class PrivateKey(NamedTuple):
    """A private key: `kind` is `Ed25519` or `P-256`, `key` of the cryptography package.

    Neither of them shows the key itself.
    """

    kind: str
    key: Any

    @property
    def public_key(self) -> PublicKey:
        """The public half."""
        return PublicKey(self.kind, self.key.public_key())

    @property
    def did(self) -> str:
        """The did:key of the public half."""
        return f"did:key:{multikey.encode(self.public_key)}"

    @property
    def method(self) -> str:
        """The DID URL of the one verification method of that DID."""
        return f"{self.did}#{multikey.encode(self.public_key)}"

    @property
    def algorithm(self) -> str:
        """The `alg` of a JWS that it signs."""
        return ALGORITHMS[self.kind]

    def sign(self, message: bytes) -> bytes:
        """Sign a message.

        Args:
            message: The bytes, not their digest.

        Returns:
            64 bytes: an Ed25519 signature, or r || s of ECDSA with SHA-256.

        """
        if self.kind == "Ed25519":
            signature: bytes = self.key.sign(message)
            return signature
        from cryptography.hazmat.primitives import hashes  # noqa: PLC0415 -- lazily: few commands sign
        from cryptography.hazmat.primitives.asymmetric import ec, utils  # noqa: PLC0415 -- lazily: few commands sign

        r, s = utils.decode_dss_signature(
            self.key.sign(message, ec.ECDSA(hashes.SHA256()))
        )
        return r.to_bytes(_SIZE, "big") + s.to_bytes(_SIZE, "big")

    def secret(self) -> bytes:
        """Return the 32 bytes of the key itself, to be sealed or exported."""
        if self.kind == "Ed25519":
            seed: bytes = self.key.private_bytes_raw()
            return seed
        number: int = self.key.private_numbers().private_value
        return number.to_bytes(_SIZE, "big")


def generate(kind: str) -> PrivateKey:
    """Make a new key of fresh random bytes.

    Args:
        kind: `Ed25519` or `P-256`.

    """
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519  # noqa: PLC0415 -- lazily: few commands sign

    if kind == "Ed25519":
        return PrivateKey(kind, ed25519.Ed25519PrivateKey.generate())
    return PrivateKey(kind, ec.generate_private_key(ec.SECP256R1()))


def from_secret(kind: str, secret: bytes) -> PrivateKey:
    """Make a key of its 32 bytes.

    Args:
        kind: `Ed25519` or `P-256`.
        secret: The seed, or the number from 1 to the order of the curve.

    Raises:
        Unreadable: Another length, or a number out of range.

    """
    if len(secret) != _SIZE:
        raise Unreadable(
            f"a private {kind} key has 32 bytes, this one {len(secret)}",
            next_step=_AGAIN,
        )
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519  # noqa: PLC0415 -- lazily: few commands sign

    if kind == "Ed25519":
        return PrivateKey(kind, ed25519.Ed25519PrivateKey.from_private_bytes(secret))
    number = int.from_bytes(secret, "big")
    if not 0 < number < CURVES[kind].order:
        raise Unreadable(
            f"not a private {kind} key: its number is out of range", next_step=_AGAIN
        )
    return PrivateKey(kind, ec.derive_private_key(number, ec.SECP256R1()))


def public_jwk(public_key: PublicKey) -> dict[str, str]:
    """Write a public key as a JSON Web Key (RFC 8037 section 2, RFC 7518 section 6.2).

    Args:
        public_key: An Ed25519 or P-256 key.

    """
    if public_key.kind == "Ed25519":
        x = base64url_encode(public_key.key.public_bytes_raw())
        return {"kty": "OKP", "crv": "Ed25519", "x": x}
    numbers = public_key.key.public_numbers()
    return {
        "kty": "EC",
        "crv": public_key.kind,
        "x": base64url_encode(numbers.x.to_bytes(_SIZE, "big")),
        "y": base64url_encode(numbers.y.to_bytes(_SIZE, "big")),
    }
