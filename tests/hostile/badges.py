"""The badge that every file of the corpus changes in one place, in three securings."""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from tests.hostile.hostile_file import NOTHING, Expect, HostileFile
from tests.hostile.signing import (
    HARBOUR,
    JsonObject,
    Key,
    Signer,
    proven,
    token,
)

V1 = "https://www.w3.org/2018/credentials/v1"
V2 = "https://www.w3.org/ns/credentials/v2"
OB = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
SUITE_2020 = "https://w3id.org/security/suites/ed25519-2020/v1"
VARIANTS = ("eddsa-jcs-2022", "eddsa-rdfc-2022", "vc-jwt")
ID = "urn:uuid:6a1f0c52-8d3b-4e7a-9c10-5b2e7d94f301"


def badge(signer: Signer = HARBOUR, **changes: Any) -> JsonObject:
    """Write a badge without a proof; `context` is its @context, `None` takes away."""
    written: JsonObject = {
        "@context": [V2, OB],
        "id": ID,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": "Knots and Splices",
        "issuer": signer.profile,
        "validFrom": "2026-02-01T00:00:00Z",
        "credentialSubject": {
            "id": "did:example:learner",
            "type": ["AchievementSubject"],
            "achievement": achievement(),
        },
    }
    for name, value in changes.items():
        member = "@context" if name == "context" else name
        if value is None:
            written.pop(member, None)
        else:
            written[member] = value
    return written


def achievement(**changes: Any) -> JsonObject:
    """Write what the badge is awarded for."""
    return {
        "id": "https://harbour.example.org/achievements/knots",
        "type": ["Achievement"],
        "achievementType": "MicroCredential",
        "name": "Knots and Splices",
        "description": "Ties twelve knots and splices rope.",
        "criteria": {"narrative": "Tied them before two witnesses."},
        **changes,
    }


def subject(**changes: Any) -> JsonObject:
    """Write about whom the badge is."""
    return {
        "id": "did:example:learner",
        "type": ["AchievementSubject"],
        "achievement": achievement(),
        **changes,
    }


def text(document: JsonObject) -> bytes:
    """Write a document as a file."""
    return json.dumps(document, indent=1, ensure_ascii=False).encode()


def secured(document: JsonObject, signer: Signer, variant: str) -> bytes:
    """Secure a document properly in one of the three ways."""
    if variant == "vc-jwt":
        return token(document, signer).encode()
    return text(proven(document, signer, variant))


def suffix_of(variant: str) -> str:
    return ".jwt" if variant == "vc-jwt" else ".json"


class Group:
    """Makes the files of one group."""

    def __init__(self, name: str) -> None:
        self.name = name

    def file(
        self,
        id_: str,
        data: bytes | str | JsonObject,
        why: str,
        expect: Expect = "reject",
        **more: Any,
    ) -> HostileFile:
        """Make one file; an object is written as JSON."""
        if isinstance(data, dict):
            data = text(data)
        if isinstance(data, str):
            data = data.encode()
            more.setdefault("suffix", ".jwt")
        return HostileFile(id_, self.name, data, expect, why, **more)

    def signed(
        self,
        id_: str,
        document: JsonObject,
        why: str,
        expect: Expect = "reject",
        *,
        signer: Signer = HARBOUR,
        variants: tuple[str, ...] = VARIANTS,
        documents: Mapping[str, bytes] = NOTHING,
        **more: Any,
    ) -> Iterator[HostileFile]:
        """Make one file a way of securing, the document properly signed as it is."""
        for variant in variants:
            yield self.file(
                f"{id_}/{variant}",
                secured(document, signer, variant),
                why,
                expect,
                documents=documents,
                suffix=suffix_of(variant),
                **more,
            )

    def changed(
        self,
        id_: str,
        change: Callable[[JsonObject], None],
        why: str,
        expect: Expect = "reject",
        *,
        suites: tuple[str, ...] = VARIANTS[:2],
        signer: Signer = HARBOUR,
        document: JsonObject | None = None,
        **more: Any,
    ) -> Iterator[HostileFile]:
        """Make one file a suite, changed after it was properly signed."""
        for suite in suites:
            made = json.loads(
                json.dumps(proven(document or badge(signer), signer, suite))
            )
            change(made)
            yield self.file(f"{id_}/{suite}", made, why, expect, **more)


def did_document(signer: Signer, key: Key | None = None, **changes: Any) -> JsonObject:
    """Write the DID document of a did:web issuer; `None` takes a member away."""
    method = {
        "id": signer.method,
        "type": "Multikey",
        "controller": signer.id,
        "publicKeyMultibase": (key or signer.key).multibase,
    }
    written = {
        "@context": ["https://www.w3.org/ns/did/v1"],
        "id": signer.id,
        "verificationMethod": [method],
        "assertionMethod": [signer.method],
        **changes,
    }
    return {name: value for name, value in written.items() if value is not None}


def did_address(signer: Signer) -> str:
    """Say where the document of a did:web without a path stands."""
    return f"https://{signer.id.removeprefix('did:web:')}/.well-known/did.json"


def served(signer: Signer, **changes: Any) -> dict[str, bytes]:
    """Serve the DID document of a did:web issuer."""
    return {did_address(signer): text(did_document(signer, **changes))}
