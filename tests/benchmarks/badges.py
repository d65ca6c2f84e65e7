"""Signed badges for the benchmarks, made on the spot with fresh keys."""

import json
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.samples.make import CONTEXTS, multibase, signed

EXTENSIONS = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"


def skill() -> bytes:
    """Make a badge with the members of the specification's skill assertion.

    Open Badges 3.0, example "Skill Assertion (Credential Registry)": the same members,
    values of the same length, issued by a did:key.
    """
    private = Ed25519PrivateKey.generate()
    issuer = f"did:key:{multibase(private)}"
    method = f"{issuer}#{issuer.removeprefix('did:key:')}"
    document = signed(_skill(issuer), private, method)
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
