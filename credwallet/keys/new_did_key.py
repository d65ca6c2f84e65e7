"""A new did:key with its keys, for a wallet that cannot be without one.

did:key method v0.9; Ed25519 Signature 2020 and X25519 2020 (key pairs in multibase).
What is made here is about nobody yet, and nothing of ours ever signs with it.
"""

import hashlib
from typing import Any, NamedTuple

from credwallet.keys.multibase import base58_encode

# Multicodec prefixes: the public and the private half of each kind of key.
_ED25519 = (b"\xed\x01", b"\x80\x26")
_X25519 = (b"\xec\x01", b"\x82\x26")
_CONTEXTS = (
    "https://www.w3.org/ns/did/v1",
    "https://w3id.org/security/suites/ed25519-2020/v1",
    "https://w3id.org/security/suites/x25519-2020/v1",
)
_USES = (
    "authentication",
    "assertionMethod",
    "capabilityDelegation",
    "capabilityInvocation",
)


class NewDid(NamedTuple):
    """A DID document and its two keys with their private halves, as JSON."""

    document: dict[str, Any]
    signing_key: dict[str, Any]
    agreement_key: dict[str, Any]


def make() -> NewDid:
    """Make one of fresh random bytes.

    Returns:
        The document of a did:key for Ed25519 with its derived X25519 key.

    """
    from cryptography.hazmat.primitives.asymmetric import (  # noqa: PLC0415 -- lazily
        ed25519,
        x25519,
    )

    signing = ed25519.Ed25519PrivateKey.generate()
    seed = signing.private_bytes_raw()
    public = signing.public_key().public_bytes_raw()
    # RFC 8032 section 5.1.5: the first half of the hash is the scalar of both curves.
    scalar = hashlib.sha512(seed).digest()[:32]
    agreement = x25519.X25519PrivateKey.from_private_bytes(scalar)
    did = f"did:key:{_text(_ED25519[0] + public)}"
    signing_key = _pair(
        did,
        "Ed25519VerificationKey2020",
        _text(_ED25519[0] + public),
        _text(_ED25519[1] + seed + public),
    )
    agreement_key = _pair(
        did,
        "X25519KeyAgreementKey2020",
        _text(_X25519[0] + agreement.public_key().public_bytes_raw()),
        _text(_X25519[1] + scalar),
    )
    document = {
        "@context": list(_CONTEXTS),
        "id": did,
        "verificationMethod": [_public(signing_key)],
        **{use: [signing_key["id"]] for use in _USES},
        "keyAgreement": [_public(agreement_key)],
    }
    return NewDid(document, signing_key, agreement_key)


def _text(data: bytes) -> str:
    return "z" + base58_encode(data)


def _pair(did: str, kind: str, public: str, private: str) -> dict[str, Any]:
    return {
        "id": f"{did}#{public}",
        "type": kind,
        "controller": did,
        "publicKeyMultibase": public,
        "privateKeyMultibase": private,
    }


def _public(pair: dict[str, Any]) -> dict[str, Any]:
    return {name: pair[name] for name in pair if name != "privateKeyMultibase"}
