"""Badges for the tests of the command line, signed by the issuer of the samples."""

import json
from pathlib import Path
from typing import Any

from tests.samples.make import HARBOUR, HARBOUR_KEY, badge, signed

METHOD = f"{HARBOUR}#{HARBOUR.removeprefix('did:key:')}"
STATUS = {
    "id": "https://unreachable.example/status/1#3",
    "type": "BitstringStatusListEntry",
    "statusPurpose": "revocation",
    "statusListIndex": "3",
    "statusListCredential": "https://unreachable.example/status/1",
}


def document(
    number: int = 100,
    *,
    name: str = "Woodwork",
    issuer_name: str = "Harbour College",
    about: str = "Makes chairs.",
    skill: str = "Wood",
    tag: str = "craft",
    until: str | None = None,
    **changes: Any,
) -> dict[str, Any]:
    """Write a badge; `changes` are members of the credential itself."""
    written = badge(
        number,
        issuer={"id": HARBOUR, "type": ["Profile"], "name": issuer_name},
        name=name,
        about=about,
        skill=skill,
        credits_=1,
        until=until,
        tag=tag,
    )
    written = json.loads(json.dumps(written))  # nothing is shared with other badges
    achievement = written["credentialSubject"]["achievement"]
    achievement["id"] = f"https://harbour.example/achievements/{number}"
    achievement["alignment"][0]["targetUrl"] = "https://skills.example/1"
    return {**written, **changes}


def sign(written: dict[str, Any]) -> dict[str, Any]:
    """Sign a badge in the issuer's name."""
    return signed(written, HARBOUR_KEY, METHOD)


def signed_badge(number: int = 100, **changes: Any) -> bytes:
    """Write and sign a badge; see `document`."""
    return json.dumps(sign(document(number, **changes)), indent=1).encode()


def good(folder: Path, number: int = 100, **changes: Any) -> Path:
    """Put a valid badge into a file."""
    path = folder / f"good-{number}.json"
    path.write_bytes(signed_badge(number, **changes))
    return path


def tampered(folder: Path, number: int = 200) -> Path:
    """Put a badge that was changed after signing into a file."""
    changed = {**sign(document(number)), "name": "Master of Everything"}
    path = folder / f"tampered-{number}.json"
    path.write_text(json.dumps(changed))
    return path


def undetermined(folder: Path, number: int = 300) -> Path:
    """Put a badge whose status list cannot be had into a file."""
    path = folder / f"undetermined-{number}.json"
    path.write_bytes(signed_badge(number, credentialStatus=STATUS))
    return path


def presentation(*parts: Any) -> bytes:
    """Put badges (or anything else) into an envelope that nobody signed."""
    return json.dumps(
        {
            "@context": ["https://www.w3.org/ns/credentials/v2"],
            "type": ["VerifiablePresentation"],
            "verifiableCredential": list(parts),
        }
    ).encode()
