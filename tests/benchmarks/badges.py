"""Signed badges for the benchmarks, made on the spot with fresh keys."""

import json
import os
from pathlib import Path
from typing import Any, NamedTuple

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from credwallet.canon.contexts import Contexts
from credwallet.keys import PublicKey, multikey
from credwallet.keys.multibase import base58_encode
from credwallet.model.proof import proofs_of
from credwallet.proofs.secured import Secured
from tests.samples.make import CONTEXTS, base64url, multibase, signed

EXTENSIONS = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"
_CREATED = "2026-02-01T09:00:00Z"
# What needs a network, or is about another document than this.
_FROM_ELSEWHERE = ("credentialStatus", "credentialSchema", "refreshService")


class Signed(NamedTuple):
    """A badge, and what its signature check needs: key, hashed data, signature."""

    raw: bytes
    key: PublicKey
    data: bytes
    signature: bytes


def skill() -> bytes:
    """Make a badge with the members of the specification's skill assertion.

    Open Badges 3.0, example "Skill Assertion (Credential Registry)": the same members,
    values of the same length, issued by a did:key.
    """
    return eddsa_rdfc().raw


def eddsa_rdfc() -> Signed:
    """Sign the skill badge with eddsa-rdfc-2022."""
    private = Ed25519PrivateKey.generate()
    issuer = f"did:key:{multibase(private)}"
    return _eddsa(_skill(issuer), private)


def variant(number: int, private: Ed25519PrivateKey) -> bytes:
    """Sign one of many badges that differ in their identifiers and names.

    Args:
        number: Which one.
        private: Of its issuer.

    """
    document = _skill(f"did:key:{multibase(private)}")
    document["id"] = f"http://university.example/credentials/{number}"
    document["name"] = f"Read and draw the graphs of linear functions, part {number}"
    return _eddsa(document, private).raw


def complete() -> Signed | None:
    """Sign the specification's complete badge anew; None without the test vectors."""
    folder = os.environ.get("CREDWALLET_VECTORS")
    if not folder:
        return None
    file = Path(folder) / "1edtech-public-validator/ob30/complete.json"
    document = json.loads(file.read_bytes())
    private = Ed25519PrivateKey.generate()
    document["issuer"]["id"] = f"did:key:{multibase(private)}"
    for name in ("proof", "validUntil", *_FROM_ELSEWHERE):
        document.pop(name, None)
    return _eddsa(document, private)


def ecdsa_rdfc() -> Signed:
    """Sign the skill badge with ecdsa-rdfc-2019 and P-256."""
    private = ec.generate_private_key(ec.SECP256R1())
    key = PublicKey("P-256", private.public_key())
    issuer = f"did:key:{multikey.encode(key)}"
    document = _skill(issuer)
    proof = {
        "type": "DataIntegrityProof",
        "cryptosuite": "ecdsa-rdfc-2019",
        "created": _CREATED,
        "verificationMethod": f"{issuer}#{issuer.removeprefix('did:key:')}",
        "proofPurpose": "assertionMethod",
    }
    data = _hash_data({**document, "proof": proof})
    signature = _raw(private.sign(data, ec.ECDSA(hashes.SHA256())))
    document["proof"] = {**proof, "proofValue": f"z{base58_encode(signature)}"}
    return Signed(_text(document), key, data, signature)


def vc_jwt(algorithm: str) -> Signed:
    """Secure the skill badge as a JWT.

    Args:
        algorithm: `EdDSA` or `ES256`.

    """
    private: Any = (
        Ed25519PrivateKey.generate()
        if algorithm == "EdDSA"
        else ec.generate_private_key(ec.SECP256R1())
    )
    kind = "Ed25519" if algorithm == "EdDSA" else "P-256"
    key = PublicKey(kind, private.public_key())
    issuer = f"did:key:{multikey.encode(key)}"
    kid = f"{issuer}#{issuer.removeprefix('did:key:')}"
    header = {"alg": algorithm, "kid": kid, "typ": "vc+jwt"}
    data = ".".join(
        base64url(json.dumps(part, separators=(",", ":")).encode())
        for part in (header, _skill(issuer))
    ).encode()
    signature = (
        private.sign(data)
        if algorithm == "EdDSA"
        else _raw(private.sign(data, ec.ECDSA(hashes.SHA256())))
    )
    return Signed(data + b"." + base64url(signature).encode(), key, data, signature)


def _eddsa(document: dict[str, Any], private: Ed25519PrivateKey) -> Signed:
    issuer = document["issuer"]["id"]
    method = f"{issuer}#{issuer.removeprefix('did:key:')}"
    document = signed(document, private, method)
    data = _hash_data(document)
    key = PublicKey("Ed25519", private.public_key())
    return Signed(_text(document), key, data, private.sign(data))


def _hash_data(secured: dict[str, Any]) -> bytes:
    proof = proofs_of(secured)[0]
    return Secured(secured, Contexts.bundled()).rdfc_hash_data(proof, "sha256").data


def _raw(der: bytes) -> bytes:
    return b"".join(part.to_bytes(32, "big") for part in decode_dss_signature(der))


def _text(document: dict[str, Any]) -> bytes:
    return json.dumps(document, indent=2).encode()


def _skill(issuer: str) -> dict[str, Any]:
    return {
        "@context": [*CONTEXTS, EXTENSIONS],
        "id": "http://university.example/credentials/3732",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": "Read and draw the graphs of linear functions correctly",
        "credentialSubject": {
            "id": "did:example:ebfeb1f712ebc6f1c276e12ec21",
            "type": ["AchievementSubject"],
            "achievement": {
                "id": "https://example.com/achievements/math/graphs-1",
                "type": ["Achievement"],
                "alignment": [
                    {
                        "type": ["Alignment"],
                        "targetCode": "ce-00000000-4d86-4592-a761-8b32ae70a045",
                        "targetFramework": "A Community College, MATH 135, FINITE MATH",
                        "targetName": "Read and draw graphs of linear functions",
                        "targetType": "ceasn:Competency",
                        "targetUrl": "https://registry.example/competency/ce-00000000",
                    }
                ],
                "achievementType": "Competency",
                "creator": {
                    "id": "https://example.com/issuers/123767",
                    "type": ["Profile"],
                    "name": "An Industry Group",
                    "url": "https://example.com",
                    "description": "A group of firms that publishes data on skills.",
                    "email": "info@group.example",
                },
                "criteria": {
                    "narrative": "Shows in a supervised test that graphs of linear"
                    " functions are read and drawn without mistakes."
                },
                "description": "Can read a linear function off its graph and draw it.",
                "image": {
                    "id": "https://example.com/achievements/math/graphs-1/image",
                    "type": "Image",
                    "caption": "A straight line that climbs to the right",
                },
                "name": "Graphs of linear functions",
            },
        },
        "issuer": {
            "id": issuer,
            "type": ["Profile"],
            "name": "A University",
            "url": "https://university.example",
            "phone": "1-222-333-4444",
            "description": "A university that offers degrees from afar.",
            "image": {
                "id": "https://university.example/logo.png",
                "type": "Image",
                "caption": "The university's mark",
            },
            "email": "registrar@university.example",
        },
        "validFrom": "2022-07-01T00:00:00Z",
    }
