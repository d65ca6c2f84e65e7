"""Which private key does a file hold, and how is one written to a file?

RFC 7517 and RFC 8037 (JWK with `d`), Controlled Identifiers 1.0 section 2.2.2 (Multikey
with `secretKeyMultibase`), Ed25519 Signature 2020 (`privateKeyMultibase`, as wallets on
phones keep keys), RFC 5208 (PKCS #8 in PEM). No message quotes the file.
"""

import json
from typing import Any

from credwallet.canon import strict_json
from credwallet.errors import CredwalletError, Undetermined, Unreadable
from credwallet.keys import multikey, pem
from credwallet.keys.jwk import from_jwk
from credwallet.keys.multibase import base58_encode, base64url_decode, base64url_encode
from credwallet.keys.multibase import decode as decode_multibase
from credwallet.keys.private_key import KINDS, PrivateKey, from_secret, public_jwk
from credwallet.keys.public_key import PublicKey

FORMS = ("jwk", "multibase")
"""How a key can be written."""

MAX_BYTES = 16_384

# Multicodec: ed25519-priv (0x1300) and p256-priv (0x1306), as varints.
_HEADERS = {"Ed25519": b"\x80\x26", "P-256": b"\x86\x26"}
_OKP = {"kty": "OKP", "crv": "Ed25519"}
_EC = {"kty": "EC", "crv": "P-256"}
_SECRETS = ("secretKeyMultibase", "privateKeyMultibase")


def write(key: PrivateKey, form: str) -> bytes:
    """Write a key with its private half.

    Args:
        key: Of the learner; its private half goes into the text.
        form: One of `FORMS`.

    Returns:
        A JSON text.

    """
    if form == "jwk":
        written: dict[str, Any] = jwk_of(key)
    else:
        written = {
            "id": key.method,
            "type": "Multikey",
            "controller": key.did,
            "publicKeyMultibase": multikey.encode(key.public_key),
            "secretKeyMultibase": "z"
            + base58_encode(_HEADERS[key.kind] + key.secret()),
        }
    return (json.dumps(written, indent=2) + "\n").encode()


def jwk_of(key: PrivateKey) -> dict[str, Any]:
    """Write a key with its private half as a JSON Web Key.

    Args:
        key: Of the learner; its private half goes into `d`.

    """
    kid = {"kid": key.method, "alg": key.algorithm}
    return {**public_jwk(key.public_key), "d": base64url_encode(key.secret()), **kid}


def read(data: bytes) -> PrivateKey:
    """Read a file with one private key.

    Args:
        data: At most 16 KiB.

    Returns:
        The key.

    Raises:
        Unreadable: No private key, or one whose public half is of another.
        Undetermined: A kind of key that we do not sign with.

    """
    if len(data) > MAX_BYTES:
        raise Unreadable(
            "the file is larger than 16 KiB, no key is",
            next_step="check that it is the right file",
        )
    try:
        text = data.decode("ascii").strip()
    except UnicodeDecodeError:
        raise _no_key() from None
    if pem.looks_like(text):
        return _from_pem(text)
    if text.startswith("{"):
        return from_object(strict_json.loads(text.encode()))
    return _from_multibase(text)


def from_object(value: Any) -> PrivateKey:
    """Read a JWK or a key pair in multibase.

    Args:
        value: As parsed from JSON.

    Returns:
        The key.

    Raises:
        Unreadable: As `read`.
        Undetermined: As `read`.

    """
    if not isinstance(value, dict):
        raise _no_key()
    if "kty" in value:
        return _from_jwk(value)
    secret = next((value[name] for name in _SECRETS if name in value), None)
    if not isinstance(secret, str):
        raise _no_key()
    key = _from_multibase(secret)
    stated = value.get("publicKeyMultibase")
    if stated is not None:
        _check_pair(key, lambda: multikey.decode(str(stated)))
    return key


def _from_jwk(jwk: dict[str, Any]) -> PrivateKey:
    kind = next(
        (
            kind
            for kind, members in (("Ed25519", _OKP), ("P-256", _EC))
            if all(jwk.get(name) == member for name, member in members.items())
        ),
        None,
    )
    if kind is None:
        raise _not_used()
    if not isinstance(jwk.get("d"), str):
        raise Unreadable(
            "the JSON Web Key has no private part (d)",
            next_step="export the private key, not the public one",
        )
    key = from_secret(kind, _decoded(base64url_decode, jwk["d"]))
    named = ("kty", "crv", "x", "y")
    _check_pair(key, lambda: from_jwk({n: jwk[n] for n in named if n in jwk}))
    return key


def _from_multibase(text: str) -> PrivateKey:
    data = _decoded(decode_multibase, text)
    kinds = [kind for kind, header in _HEADERS.items() if data[:2] == header]
    if not kinds:
        raise _no_key()
    secret = data[2:]
    if len(secret) == 64 and kinds == ["Ed25519"]:
        # Ed25519 Signature 2020 writes the public half behind the seed.
        key = from_secret("Ed25519", secret[:32])
        if key.public_key.key.public_bytes_raw() != secret[32:]:
            raise _no_pair()
        return key
    return from_secret(kinds[0], secret)


def _from_pem(text: str) -> PrivateKey:
    from cryptography.exceptions import UnsupportedAlgorithm  # noqa: PLC0415 -- lazily: rare
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519  # noqa: PLC0415 -- lazily: rare
    from cryptography.hazmat.primitives.serialization import (  # noqa: PLC0415 -- lazily: rare
        load_pem_private_key,
    )

    try:
        loaded = load_pem_private_key(text.encode(), password=None)
    except TypeError:
        raise Unreadable(
            "the PEM text is encrypted", next_step="decrypt it: openssl pkey -in FILE"
        ) from None
    except (ValueError, UnsupportedAlgorithm):
        raise _no_key() from None
    if isinstance(loaded, ed25519.Ed25519PrivateKey):
        return PrivateKey("Ed25519", loaded)
    if isinstance(loaded, ec.EllipticCurvePrivateKey) and isinstance(
        loaded.curve, ec.SECP256R1
    ):
        return PrivateKey("P-256", loaded)
    raise _not_used()


def _decoded(decode: Any, text: str) -> bytes:
    try:
        data: bytes = decode(text)
    except CredwalletError:
        raise _no_key() from None
    return data


def _check_pair(key: PrivateKey, stated: Any) -> None:
    try:
        public: PublicKey | None = stated()
    except CredwalletError:
        public = None
    if public is None or public_jwk_or_none(public) != public_jwk(key.public_key):
        raise _no_pair()


def public_jwk_or_none(public_key: PublicKey) -> dict[str, str] | None:
    """Write a public key as a JWK if a holder can have one of its kind, else None."""
    known = public_key.kind in KINDS.values()
    return public_jwk(public_key) if known else None


def _no_key() -> Unreadable:
    return Unreadable(
        "no private key that is known",
        next_step="give a JWK, a key pair in multibase, or PKCS #8 in PEM",
    )


def _no_pair() -> Unreadable:
    return Unreadable(
        "the public and the private half of the key do not belong together",
        next_step="export it again from where it came",
    )


def _not_used() -> Undetermined:
    return Undetermined(
        "nothing is signed with keys of that kind, only Ed25519 and P-256",
        type="unsupported-key",
        next_step="make one: credwallet key create",
    )
