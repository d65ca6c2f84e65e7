"""The unsigned documents of the VC Data Model suite, made whole as the suite does.

They are templates: the suite puts in the issuer and the dates, and has the
implementation sign them, before it asks whether they verify. What a row is about (its
name says so) stays as it is.
"""

import json
from typing import Any

ISSUER = "did:key:z6MkpJySvETLnxhQG9DzEdmKJtysBDjuuTeDfUj1uNNCUqcj"
_DATES = {"PAST DATE": "2020-01-01T00:00:00Z", "FUTURE DATE": "2030-01-01T00:00:00Z"}
_PROOF = {
    "type": "DataIntegrityProof",
    "cryptosuite": "eddsa-rdfc-2022",
    "created": "2024-01-01T00:00:00Z",
    "verificationMethod": f"{ISSUER}#{ISSUER.removeprefix('did:key:')}",
    "proofPurpose": "assertionMethod",
    "proofValue": "z0",
}


def whole(data: bytes, name: str) -> bytes:
    """Fill in what the suite fills in before it verifies.

    Args:
        data: A document of the suite.
        name: The id of its row.

    """
    document = json.loads(data)
    if "presentation" in name:
        parts = document.get("verifiableCredential", [])
        for part in parts:
            if isinstance(part, dict) and "issuer" in part:
                part.setdefault("proof", _PROOF)
    elif "issuer" not in name:
        document.setdefault("issuer", ISSUER)
    elif document.get("issuer") == {}:
        document["issuer"] = {"id": ISSUER}
    document.setdefault("proof", _PROOF)
    return json.dumps(_dated(document)).encode()


def _dated(document: dict[str, Any]) -> dict[str, Any]:
    return {
        member: _DATES.get(value, value) if isinstance(value, str) else value
        for member, value in document.items()
    }
