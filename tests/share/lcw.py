"""What the Learner Credential Wallet takes out of a backup, told from what it does.

Its `walletBackupCore` and `parseWallet` of June 2026: every profile of the archive is
one wallet; without a DID document and an Ed25519 key it is refused as a whole; only
JSON objects with a context of the VC Data Model count as credentials.
"""

import base64
import hashlib
import io
import json
import tarfile
from typing import Any, NamedTuple

CONTEXTS = {
    "https://www.w3.org/2018/credentials/v1",
    "https://www.w3.org/ns/credentials/v2",
}


class Profile(NamedTuple):
    """One profile as that wallet would have it."""

    name: str
    did: str
    key: dict[str, Any]
    credentials: list[Any]


def from_tar(data: bytes) -> list[Profile]:
    """Read a backup in the newer form."""
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        files = {member.name: archive.extractfile(member).read() for member in archive}
    credentials = {
        name.removeprefix("credentials/").removesuffix(".json"): json.loads(content)
        for name, content in files.items()
        if name.startswith("credentials/")
    }
    found = []
    for name, content in files.items():
        if name.startswith("profiles/"):
            profile = json.loads(content)
            held = [credentials.get(cid) for cid in profile["credentialCids"]]
            assert None not in held
            metadata = {
                "type": "ProfileMetadata",
                "data": {"profileName": profile["profileName"]},
            }
            parts = [profile["didDocument"], profile["verificationKey"], metadata]
            found.append(_parsed([*held, *parts]))
    return found


def from_json(data: bytes) -> list[Profile]:
    """Read a backup in the older form."""
    value = json.loads(data)
    return [
        _parsed(wallet["contents"])
        for wallet in (value if isinstance(value, list) else [value])
    ]


def _parsed(contents: list[Any]) -> Profile:
    (did,) = [c for c in contents if "https://www.w3.org/ns/did/v1" in _contexts(c)]
    keys = [c for c in contents if c.get("type") == "Ed25519VerificationKey2020"]
    named = [c for c in contents if c.get("type") == "ProfileMetadata"]
    return Profile(
        named[0]["data"]["profileName"],
        did["id"],
        keys[0],
        [item for item in contents if CONTEXTS & set(_contexts(item))],
    )


def _contexts(item: dict[str, Any]) -> list[str]:
    contexts = item.get("@context", [])
    return contexts if isinstance(contexts, list) else [contexts]


def content_id(credential: Any) -> str:
    """Name a credential by its content: only for one that is ASCII without numbers."""
    text = json.dumps(credential, sort_keys=True, separators=(",", ":"))
    digest = hashlib.sha256(text.encode("ascii")).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
