"""Seals credentials as Europass does: JAdES, with fresh certificates."""

import base64
import json
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from credwallet import formats
from credwallet.canon.contexts import Contexts
from credwallet.fetch import Offline
from credwallet.model.report import VerificationReport
from credwallet.verify import verify
from credwallet.verify.policy import Policy, Ports
from tests.keys.certificates import NOW, Issued, authority, certificate

ROOT = authority("Trust Services")
SIGNER = certificate("Tallinn School", by=ROOT)
SIGNED_AT = "2026-06-01T10:00:00Z"
ISSUER = {
    "id": "urn:epass:org:1",
    "type": "Organisation",
    "legalName": {"en": "Tallinn School"},
}
ECTS = "http://data.europa.eu/snb/education-credit/6fcec5c5af"


def claim(**changes: Any) -> dict[str, Any]:
    """Make a learning achievement of six credits."""
    specified = {
        "id": "https://school.example/course/7",
        "type": "Qualification",
        "title": {"en": "Bookkeeping"},
        "eqfLevel": {"id": "http://data.europa.eu/snb/eqf/5"},
        "creditPoint": {"framework": {"id": ECTS}, "point": "6"},
    }
    return {
        "id": "urn:epass:learningAchievement:1",
        "type": "LearningAchievement",
        "title": {"en": ["Bookkeeping basics"]},
        "specifiedBy": specified,
        **changes,
    }


def document(**changes: Any) -> dict[str, Any]:
    """Make a credential of the European Learning Model; None takes a member out."""
    whole = {
        "@context": [
            "https://www.w3.org/2018/credentials/v1",
            "http://data.europa.eu/snb/model/context/edc-ap",
        ],
        "id": "urn:credential:1",
        "type": ["VerifiableCredential", "EuropeanDigitalCredential"],
        "issuer": ISSUER,
        "issuanceDate": "2026-06-01T10:00:00Z",
        "validFrom": "2026-06-01T10:00:00Z",
        "credentialSubject": {
            "id": "urn:epass:person:1",
            "type": "Person",
            "contactPoint": {"emailAddress": {"id": "mailto:ada@learner.example"}},
            "hasClaim": claim(),
        },
        **changes,
    }
    return {name: value for name, value in whole.items() if value is not None}


def url_safe(data: bytes) -> str:
    """Encode base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def header(*chain: Issued, **changes: Any) -> dict[str, Any]:
    """Make the protected header of Europass; None takes a member out."""
    whole = {
        "alg": "ES256",
        "typ": "jose+json",
        "cty": "octet-stream",
        "x5c": [entry.base64 for entry in chain or (SIGNER,)],
        "b64": False,
        "sigT": SIGNED_AT,
        "crit": ["b64", "sigT"],
        **changes,
    }
    return {name: value for name, value in whole.items() if value is not None}


def signature(
    payload: str,
    protected: dict[str, Any] | None = None,
    *,
    by: Issued = SIGNER,
    unprotected: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """Sign a payload, which is given as it will stand in the file."""
    head = url_safe(json.dumps(protected or header()).encode())
    signed = head.encode() + b"." + payload.encode()
    r, s = decode_dss_signature(by.key.sign(signed, ec.ECDSA(hashes.SHA256())))
    entry = {
        "protected": head,
        "signature": url_safe(r.to_bytes(32, "big") + s.to_bytes(32, "big")),
    }
    return {**entry, "header": unprotected} if unprotected is not None else entry


def sealed(
    credential: dict[str, Any] | None = None,
    protected: dict[str, Any] | None = None,
    **how: Any,
) -> bytes:
    """Seal a credential: general serialisation, one signature."""
    payload = json.dumps(credential or document(), ensure_ascii=False)
    protected = protected or header()
    if protected.get("b64") is not False:
        payload = url_safe(payload.encode())
    entry = signature(payload, protected, **how)
    return json.dumps({"payload": payload, "signatures": [entry]}).encode()


def report(
    data: bytes, *, trusted: tuple[Issued, ...] = (ROOT,), **policy: Any
) -> VerificationReport:
    """Verify a sealed credential with a trust list, without network."""
    known = Policy(
        **{
            "at": NOW,
            "trusted_certificates": tuple(entry.der for entry in trusted),
            **policy,
        }
    )
    return verify(formats.read(data), known, Ports(Offline(), Contexts.bundled()))
