"""Makes the sample badges of `credwallet demo`; a test compares them with the package.

Two invented issuers, keys from fixed seeds (worthless on purpose), so that the same
bytes come out each time:

- Harbour College, did:key: embedded proofs (eddsa-rdfc-2022).
- Northlight Academy, did:web: a JWT and a baked picture; its DID document and its
  status list are handed over with `--documents`.
"""

import base64
import gzip
import hashlib
import json
import struct
import sys
import zlib
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from credwallet.canon.contexts import Contexts
from credwallet.formats import png
from credwallet.keys import PublicKey, multikey
from credwallet.keys.multibase import base58_encode
from credwallet.model.proof import proofs_of
from credwallet.proofs.secured import Secured

CONTEXTS = [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
]
NORTHLIGHT = "did:web:northlight.example"
STATUS_LIST = "https://northlight.example/status/1"
LEARNER = "did:example:learner"


def key(name: str) -> Ed25519PrivateKey:
    seed = hashlib.sha256(f"credwallet sample: {name}".encode()).digest()
    return Ed25519PrivateKey.from_private_bytes(seed)


def multibase(private: Ed25519PrivateKey) -> str:
    return multikey.encode(PublicKey("Ed25519", private.public_key()))


HARBOUR_KEY, NORTHLIGHT_KEY = key("harbour"), key("northlight")
HARBOUR = f"did:key:{multibase(HARBOUR_KEY)}"


def badge(
    number: int,
    *,
    issuer: dict[str, Any],
    name: str,
    about: str,
    skill: str,
    credits_: float,
    until: str | None = None,
    tag: str = "data",
) -> dict[str, Any]:
    slug = name.lower().replace(" ", "-")
    home = (
        "https://harbour.example"
        if issuer["id"] == HARBOUR
        else ("https://northlight.example")
    )
    document: dict[str, Any] = {
        "@context": CONTEXTS,
        "id": f"urn:uuid:00000000-0000-4000-8000-{number:012d}",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": name,
        "issuer": issuer,
        "validFrom": "2026-02-01T00:00:00Z",
        "credentialSubject": {
            "id": LEARNER,
            "type": ["AchievementSubject"],
            "achievement": {
                "id": f"{home}/achievements/{slug}",
                "type": ["Achievement"],
                "achievementType": "MicroCredential",
                "name": name,
                "description": about,
                "criteria": {"narrative": "Passed its assessment."},
                "creditsAvailable": credits_,
                "tag": [tag],
                "alignment": [
                    {
                        "type": ["Alignment"],
                        "targetName": skill,
                        "targetUrl": f"https://skills.example/{skill.lower()}",
                    }
                ],
            },
        },
    }
    if until:
        document["validUntil"] = until
    return document


def signed(
    document: dict[str, Any],
    private: Ed25519PrivateKey,
    method: str,
    *,
    contexts: Contexts | None = None,
) -> dict[str, Any]:
    proof = {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-rdfc-2022",
        "created": "2026-02-01T09:00:00Z",
        "verificationMethod": method,
        "proofPurpose": "assertionMethod",
    }
    secured = {**document, "proof": proof}
    data = Secured(secured, contexts or Contexts.bundled()).rdfc_hash_data(
        proofs_of(secured)[0], "sha256"
    )
    assert not data.undefined, data.undefined
    value = "z" + base58_encode(private.sign(data.data))
    return {**document, "proof": {**proof, "proofValue": value}}


def base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def jwt(document: dict[str, Any], private: Ed25519PrivateKey, kid: str) -> str:
    header = {"alg": "EdDSA", "kid": kid, "typ": "vc+jwt"}
    body = ".".join(
        base64url(json.dumps(part, separators=(",", ":")).encode())
        for part in (header, document)
    )
    return f"{body}.{base64url(private.sign(body.encode()))}"


def status_list(revoked: int) -> dict[str, Any]:
    bits = bytearray(16 * 1024)
    bits[revoked // 8] |= 0x80 >> revoked % 8
    packed = gzip.compress(bytes(bits), mtime=0)
    document = {
        "@context": CONTEXTS[:1],
        "id": STATUS_LIST,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": NORTHLIGHT,
        "validFrom": "2026-01-01T00:00:00Z",
        "credentialSubject": {
            "id": f"{STATUS_LIST}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": f"u{base64url(packed)}",
        },
    }
    return signed(document, NORTHLIGHT_KEY, f"{NORTHLIGHT}#key-1")


def did_document() -> dict[str, Any]:
    return {
        "@context": ["https://www.w3.org/ns/did/v1"],
        "id": NORTHLIGHT,
        "verificationMethod": [
            {
                "id": f"{NORTHLIGHT}#key-1",
                "type": "Multikey",
                "controller": NORTHLIGHT,
                "publicKeyMultibase": multibase(NORTHLIGHT_KEY),
            }
        ],
        "assertionMethod": [f"{NORTHLIGHT}#key-1"],
    }


def picture() -> bytes:
    """Draw a small badge: a blue disc with a lighter ring."""
    size, colours = 64, {"in": (36, 74, 122), "ring": (143, 184, 222)}
    rows = bytearray()
    for y in range(size):
        rows.append(0)
        for x in range(size):
            distance = ((x - 31.5) ** 2 + (y - 31.5) ** 2) ** 0.5
            if distance > 30:
                rows += bytes((0, 0, 0, 0))
            else:
                rows += bytes((*colours["ring" if 23 < distance < 26 else "in"], 255))

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(bytes(rows), 9))
        + chunk(b"IEND", b"")
    )


def pretty(document: dict[str, Any]) -> bytes:
    return (json.dumps(document, indent=2, ensure_ascii=False) + "\n").encode()


def files() -> dict[str, bytes]:
    """Make every sample, by file name."""
    harbour = {"id": HARBOUR, "type": ["Profile"], "name": "Harbour College"}
    northlight = {"id": NORTHLIGHT, "type": ["Profile"], "name": "Northlight Academy"}
    method = f"{HARBOUR}#{HARBOUR.removeprefix('did:key:')}"

    def entry(index: int) -> dict[str, Any]:
        return {
            "id": f"{STATUS_LIST}#{index}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": str(index),
            "statusListCredential": STATUS_LIST,
        }

    cleaning = badge(
        1,
        issuer=harbour,
        name="Cleaning Data",
        about="Finds and mends faults in tables of data.",
        skill="Data",
        credits_=3,
    )
    python = badge(
        2,
        issuer=northlight,
        name="Python for Analysis",
        about="Reads, joins and summarises data with Python.",
        skill="Python",
        credits_=5,
    )
    charts = badge(
        3,
        issuer=northlight,
        name="Honest Charts",
        about="Chooses and draws charts that do not mislead.",
        skill="Visualisation",
        credits_=2,
    )
    privacy = badge(
        4,
        issuer=harbour,
        name="Privacy Basics",
        about="Handles personal data with care and within the law.",
        skill="Privacy",
        credits_=2,
        until="2026-06-30T00:00:00Z",
    )
    statistics = badge(
        5,
        issuer=northlight,
        name="Statistics One",
        about="Samples, estimates and tells how sure an estimate is.",
        skill="Statistics",
        credits_=4,
    )
    ethics = badge(
        6,
        issuer=harbour,
        name="Data Ethics",
        about="Weighs what data does to the people in it.",
        skill="Ethics",
        credits_=2,
    )
    kid = f"{NORTHLIGHT}#key-1"
    tampered = signed(ethics, HARBOUR_KEY, method)
    tampered["credentialSubject"]["achievement"]["creditsAvailable"] = 20
    revoked = {**statistics, "credentialStatus": entry(42)}
    good = {**python, "credentialStatus": entry(7)}
    baked = signed(charts, NORTHLIGHT_KEY, kid)
    return {
        "badges/cleaning-data.json": pretty(signed(cleaning, HARBOUR_KEY, method)),
        "badges/python-for-analysis.jwt": jwt(good, NORTHLIGHT_KEY, kid).encode(),
        "badges/honest-charts.png": png.bake(
            picture(), "openbadgecredential", json.dumps(baked)
        ),
        "badges/privacy-basics.json": pretty(signed(privacy, HARBOUR_KEY, method)),
        "badges/statistics-one.json": pretty(signed(revoked, NORTHLIGHT_KEY, kid)),
        "badges/data-ethics.json": pretty(tampered),
        "documents/did.json": pretty(did_document()),
        "documents/status-1.json": pretty(status_list(42)),
        "documents.json": pretty(
            {
                "https://northlight.example/.well-known/did.json": "documents/did.json",
                STATUS_LIST: "documents/status-1.json",
            }
        ),
    }


def main() -> None:
    """Write the samples into the package (or the folder named)."""
    package = Path(__file__).parents[2] / "credwallet" / "cli" / "samples"
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else package
    for name, data in files().items():
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


if __name__ == "__main__":
    main()
