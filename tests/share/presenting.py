"""A holder with her keys, badges about her, and receivers to present them to."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from credwallet import formats
from credwallet.canon.contexts import Contexts
from credwallet.fetch import Offline
from credwallet.keys.private_key import PrivateKey, from_secret, public_jwk
from credwallet.model.credential import Credential
from credwallet.model.occasion import Occasion
from credwallet.model.report import VerificationReport
from credwallet.share import WAYS, Handover, Request
from credwallet.share.presentation import HolderKey, Presenting
from credwallet.verify import verify
from credwallet.verify.policy import Policy, Ports
from tests.cli.badges import document, sign
from tests.hostile.sd_jwt import claims, digest, disclosure, token

AT = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
AUDIENCE, NONCE = "https://employer.example/hr", "kD8s-2 \u00fcber"
MAIN = HolderKey("main", from_secret("Ed25519", bytes(range(32))))
WORK = HolderKey("work", from_secret("P-256", bytes(range(1, 33))))
OTHER = HolderKey("other", from_secret("Ed25519", bytes(range(2, 34))))
V1 = "https://www.w3.org/2018/credentials/v1"


def badge(
    number: int = 100, *, holder: HolderKey | None = MAIN, **more: Any
) -> Credential:
    """Make a badge of Harbour College, about the DID of a key."""
    written = document(number, **more)
    if holder is None:
        del written["credentialSubject"]["id"]
    else:
        written["credentialSubject"]["id"] = holder.key.did
    return read(json.dumps(sign(written), indent=1, ensure_ascii=False).encode())


def older_badge(holder: HolderKey = MAIN) -> Credential:
    """Make a credential of Data Model 1.1."""
    written = {
        "@context": [V1, "https://w3id.org/security/data-integrity/v2"],
        "id": "urn:uuid:00000000-0000-4000-8000-000000000011",
        "type": ["VerifiableCredential"],
        "issuer": document()["issuer"]["id"],
        "issuanceDate": "2026-02-01T00:00:00Z",
        "credentialSubject": {"id": holder.key.did},
    }
    return read(json.dumps(sign(written)).encode())


ADDRESS = [disclosure("s1", "city", "Lund"), disclosure("s2", "street", "Hamngatan 1")]
PARTS = {
    "name": disclosure("s3", "given_name", "Ada"),
    "address": disclosure(
        "s4", "address", {"country": "SE", "_sd": [*map(digest, ADDRESS)]}
    ),
    "one": disclosure("s5", "Knots"),
    "two": disclosure("s6", "Splices"),
    "birth": disclosure("s7", "birth/date", "2001-02-03"),
}


def selective(
    holder: HolderKey | None = MAIN, *, binding: str = "", **more: Any
) -> Credential:
    """Make an SD-JWT VC in which most can be hidden, bound to a key."""
    cnf = None if holder is None else {"jwk": public_jwk(holder.key.public_key)}
    payload = claims(
        **{
            "cnf": cnf,
            "_sd_alg": "sha-256",
            "_sd": [
                *(digest(PARTS[name]) for name in ("name", "address", "birth")),
                digest("decoy"),
            ],
            "skills": [{"...": digest(PARTS["one"])}, {"...": digest(PARTS["two"])}],
            **more,
        }
    )
    parts = [*PARTS.values(), *ADDRESS]
    return read(token(payload, parts, binding=binding).encode())


def read(data: bytes) -> Credential:
    held = formats.read(data)
    assert isinstance(held, Credential)
    return held


def asked(
    *reveal: str,
    keys: tuple[HolderKey, ...] = (MAIN,),
    key: str = "",
    minutes: int = 0,
    audience: str = AUDIENCE,
    nonce: str = NONCE,
) -> Request:
    expires = AT + timedelta(minutes=minutes) if minutes else None
    return Request(
        presenting=Presenting(
            Occasion(audience, nonce, AT, expires),
            keys,
            Contexts.bundled(),
            key,
            reveal,
        )
    )


def made(way: str, *credentials: Credential, request: Request | None = None) -> bytes:
    """Hand over in one of the ways, and return the one file."""
    (file,) = handed(way, *credentials, request=request).files
    return file.content


def handed(
    way: str, *credentials: Credential, request: Request | None = None
) -> Handover:
    return WAYS[way].hand_over(credentials, request or asked())


def judged(data: bytes, *, at: datetime = AT) -> VerificationReport:
    """Verify as our own receiver would."""
    ports = Ports(fetch=Offline(), contexts=Contexts.bundled())
    return verify(formats.read(data), Policy(at=at), ports)


def jwk(key: PrivateKey) -> dict[str, str]:
    return public_jwk(key.public_key)
