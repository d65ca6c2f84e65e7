"""Small credentials for these tests; none of them is signed by anybody."""

import json
from base64 import urlsafe_b64encode
from typing import Any

from credwallet.model.credential import Credential
from credwallet.model.proof import Jws

DOCUMENT: dict[str, Any] = {
    "@context": [
        "https://www.w3.org/ns/credentials/v2",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    ],
    "id": "urn:uuid:6f1f2a1e-0b1c-4d6e-9b59-3f3f4d1c9a10",
    "type": ["VerifiableCredential", "OpenBadgeCredential"],
    "name": "Certificate",
    "issuer": {
        "id": "did:key:z6MkIssuer",
        "type": "Profile",
        "name": "Example & Sons #1",
    },
    "validFrom": "2026-03-31T23:30:00-05:00",
    "validUntil": "2029-12-01T00:00:00+09:00",
    "credentialSubject": {
        "id": "did:key:z6MkHolder",
        "type": "AchievementSubject",
        "achievement": {
            "id": "https://example.org/achievements/1",
            "type": "Achievement",
            "name": "Zażółć gęślą jaźń: 100% & more?",
            "image": {"id": "https://example.org/badge.png", "type": "Image"},
        },
    },
    "credentialStatus": {
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": "94567",
        "statusListCredential": "https://example.org/status/3",
    },
    "proof": {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-rdfc-2022",
        "verificationMethod": "did:key:z6MkIssuer#z6MkIssuer",
        "proofPurpose": "assertionMethod",
        "proofValue": "z3FXQsignature",
    },
}


def credential(document: dict[str, Any] | None = None, /, **changes: Any) -> Credential:
    """Make a JSON credential as if it had been read."""
    document = DOCUMENT if document is None else {**DOCUMENT, **document}
    raw = json.dumps(document, indent=2, ensure_ascii=False).encode()
    return Credential(
        **{
            "raw": raw,
            "media_type": "application/vc",
            "format": "json-ld",
            "document": document,
            **changes,
        }
    )


def jwt(
    payload: dict[str, Any] | None = None, header: dict[str, Any] | None = None
) -> Credential:
    """Make a JWT credential as if it had been read."""

    def packed(value: Any) -> bytes:
        return urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=")

    header = header or {"alg": "EdDSA", "typ": "vc+jwt", "kid": "did:key:z6Mk#z6Mk"}
    document = {name: item for name, item in DOCUMENT.items() if name != "proof"}
    payload = document if payload is None else payload
    signing_input = packed(header) + b"." + packed(payload)
    signature = bytes(range(64))
    return Credential(
        raw=signing_input + b"." + urlsafe_b64encode(signature).rstrip(b"=") + b"\n",
        media_type="application/vc+jwt",
        format="vc-jwt",
        document=document,
        jws=Jws(header, json.dumps(payload).encode(), signing_input, signature),
    )
