"""Learner records (CLR 2.0) and endorsements that the tests sign themselves."""

from typing import Any

from tests.samples import make
from tests.verify.badges import HARBOUR, METHOD, NORTHLIGHT, harbour, unsigned

CLR = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"
CONTEXTS = [make.CONTEXTS[0], CLR, make.CONTEXTS[1]]
KNOTS = "https://harbour.example/achievements/knots"
WHOLE = "https://harbour.example/achievements/seamanship"
ENDORSED = make.LEARNER


def badge(number: int, **members: Any) -> dict[str, Any]:
    """Make a badge of Harbour College that is like no other, not signed."""
    made = unsigned(**{"id": f"urn:uuid:part-{number}", **members})
    subject = made["credentialSubject"]
    achievement = {**subject["achievement"], "id": f"{KNOTS}/{number}"}
    achievement["name"] = f"Knots {number}"
    name = members.get("name", f"Knots {number}")
    return {
        **made,
        "name": name,
        "credentialSubject": {**subject, "achievement": achievement},
    }


def signed(document: dict[str, Any]) -> dict[str, Any]:
    """Sign with Harbour College's key."""
    return make.signed(document, make.HARBOUR_KEY, METHOD)


def association(kind: str, source: str, target: str) -> dict[str, Any]:
    """Make an association of two achievements."""
    return {
        "type": "Association",
        "associationType": kind,
        "sourceId": source,
        "targetId": target,
    }


def unsigned_record(*parts: Any, **members: Any) -> dict[str, Any]:
    """Make a record of these parts by Harbour College; members as in `unsigned`."""
    subject = {
        "id": make.LEARNER,
        "type": ["ClrSubject"],
        "verifiableCredential": list(parts),
        **members.pop("subject", {}),
    }
    return unsigned(
        **{
            "context": CONTEXTS,
            "id": "urn:uuid:record",
            "type": ["VerifiableCredential", "ClrCredential"],
            "name": "Transcript",
            "credentialSubject": subject,
            **members,
        }
    )


def record(*parts: Any, **members: Any) -> dict[str, Any]:
    """Make it and sign it."""
    return signed(unsigned_record(*parts, **members))


def endorsement(endorsed: str, **members: Any) -> dict[str, Any]:
    """Make an endorsement by Northlight Academy (did:web), not signed."""
    return unsigned(
        **{
            "id": "urn:uuid:endorsement",
            "type": ["VerifiableCredential", "EndorsementCredential"],
            "name": "Endorsement",
            "issuer": NORTHLIGHT,
            "credentialSubject": {
                "id": endorsed,
                "type": ["EndorsementSubject"],
                "endorsementComment": "Sound work.",
            },
            **members,
        }
    )


__all__ = ["HARBOUR", "badge", "endorsement", "harbour", "record", "signed"]
