"""Open Badges 2 that the tests issue themselves: hosted, or signed with a fresh key.

Harbour College is at harbour.example. Each document is good but for what a test
changes; `world` serves all of them.
"""

import base64
import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from credwallet.model.report import VerificationReport
from tests.verify.badges import report

JsonObject = dict[str, Any]

HOST = "https://harbour.example"
ASSERTION = f"{HOST}/assertions/1.json"
BADGE = f"{HOST}/badges/knots.json"
ISSUER = f"{HOST}/issuer.json"
KEY = f"{HOST}/key.json"
LIST = f"{HOST}/revoked.json"
V2 = "https://w3id.org/openbadges/v2"
CREATOR = {"type": "SignedBadge", "creator": KEY}
UUID = "urn:uuid:0d6e8f1c-2f4e-4d0b-9a55-27b5a61f0003"


def _made(document: JsonObject, changes: Mapping[str, Any]) -> JsonObject:
    made = {**document, **changes}
    return {name: value for name, value in made.items() if value is not None}


def assertion(**changes: Any) -> JsonObject:
    """Make a hosted assertion; `None` takes a member away."""
    document = {
        "@context": V2,
        "type": "Assertion",
        "id": ASSERTION,
        "recipient": {"type": "email", "identity": "ada@example.org", "hashed": False},
        "badge": BADGE,
        "issuedOn": "2024-03-01T00:00:00Z",
        "verification": {"type": "hosted"},
    }
    return _made(document, changes)


def badge_class(**changes: Any) -> JsonObject:
    """Make the badge class."""
    document = {
        "@context": V2,
        "type": "BadgeClass",
        "id": BADGE,
        "name": "Knots",
        "description": "Ties six knots.",
        "image": f"{HOST}/knots.png",
        "criteria": {"id": f"{HOST}/knots.html", "narrative": "Tie them."},
        "alignment": [{"targetName": "Rope", "targetUrl": "https://skills.example/1"}],
        "tags": ["sea"],
        "issuer": ISSUER,
    }
    return _made(document, changes)


def profile(**changes: Any) -> JsonObject:
    """Make the issuer's profile."""
    document = {
        "@context": V2,
        "type": "Profile",
        "id": ISSUER,
        "name": "Harbour College",
        "url": HOST,
        "email": "badges@harbour.example",
    }
    return _made(document, changes)


@cache
def private_key(name: str = "harbour") -> rsa.RSAPrivateKey:
    """Return the key of that name: fresh in each run, one for each name."""
    del name
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def pem(name: str = "harbour") -> str:
    """Return the public half of a key, in PEM."""
    public = private_key(name).public_key()
    return public.public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    ).decode()


def key(name: str = "harbour", **changes: Any) -> JsonObject:
    """Make the document of a key."""
    document = {
        "@context": V2,
        "type": "CryptographicKey",
        "id": KEY,
        "owner": ISSUER,
        "publicKeyPem": pem(name),
    }
    return _made(document, changes)


def revoked(*entries: Any, **changes: Any) -> JsonObject:
    """Make the issuer's revocation list."""
    document = {
        "@context": V2,
        "type": "RevocationList",
        "id": LIST,
        "issuer": ISSUER,
        "revokedAssertions": [*entries],
    }
    return _made(document, changes)


def encoded(value: bytes) -> str:
    """Encode as base64url without padding."""
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def token(document: JsonObject, header: JsonObject, name: str = "harbour") -> str:
    """Sign an assertion (RS256, whatever the header says)."""
    parts = (json.dumps(part).encode() for part in (header, document))
    text = ".".join(map(encoded, parts))
    signature = private_key(name).sign(
        text.encode(), padding.PKCS1v15(), hashes.SHA256()
    )
    return f"{text}.{encoded(signature)}"


def signed(*, by: str = "harbour", **changes: Any) -> str:
    """Make a signed assertion; its `creator` is the key document."""
    stated = {"id": UUID, "verification": CREATOR}
    return token(assertion(**stated | changes), {"alg": "RS256"}, by)


def world(**documents: Any) -> dict[str, bytes]:
    """Serve everything; by name what a test changes, `None` for what is gone."""
    served = {
        "assertion": assertion(),
        "badge": badge_class(),
        "issuer": profile(publicKey=KEY),
        "key": key(),
        **documents,
    }
    addresses = {
        "assertion": ASSERTION,
        "badge": BADGE,
        "issuer": ISSUER,
        "key": KEY,
        "listing": LIST,
    }
    return {
        addresses.get(name, name): value
        if isinstance(value, bytes)
        else json.dumps(value).encode()
        for name, value in served.items()
        if value is not None
    }


def verify(
    badge: JsonObject | str, /, served: Mapping[str, bytes] | None = None, **policy: Any
) -> VerificationReport:
    """Verify with what is served and nothing else."""
    documents = world() if served is None else served
    return report(badge, documents=documents, **policy)


def types(found: VerificationReport, check: str) -> set[str]:
    """Name the kinds of problems of one check."""
    return {problem.type for problem in found.check(check).problems}
