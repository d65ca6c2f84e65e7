"""Backups of the Learner Credential Wallet: a tar of credentials and profiles.

`credentials/ID.json` is a credential named by its content, `profiles/NAME.json` says
`profileName`, `didDocument`, `verificationKey` and `credentialCids`; `manifest.yml`
only lists the rest (FEP-6fcd). What we write has `originals/` besides, which that
wallet passes over: files as they were received, where JSON is not all there is to them.
"""

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any, BinaryIO

from credwallet.canon import strict_json
from credwallet.errors import CredwalletError, Unreadable
from credwallet.formats import tar_archive
from credwallet.formats.archive import Member
from credwallet.formats.wallets._contents import (
    Document,
    Entry,
    Item,
    content_id_of,
    profile,
)

NAME = "lcw"

CREDENTIALS, PROFILES, ORIGINALS = "credentials", "profiles", "originals"
MANIFEST = "manifest.yml"
_MAX_PROFILES = 100
_MAX_PROFILE = 1024 * 1024


def sniff(head: bytes, /) -> bool:
    """Say whether it is a tar archive at all; any that holds badges is read."""
    return tar_archive.sniff(head)


def items(stream: BinaryIO, /) -> Iterator[Item]:
    """Read a backup; each file of a tar that is no backup is an entry as well.

    Args:
        stream: The archive.

    Yields:
        The profiles, and every credential as it was received if that is there.

    Raises:
        Unreadable: If the archive is damaged or beyond a limit.

    """
    derived: list[Member] = []
    originals: set[str] = set()
    profiles = 0
    for member in tar_archive.members(stream, tar_archive.OTHERS):
        folder = PurePosixPath(member.name).parts[0] if member.name else ""
        if folder == CREDENTIALS:
            # An original may come after it.
            derived.append(member)
        elif folder == PROFILES:
            profiles += 1
            yield from _profile(member, profiles)
        elif member.name != MANIFEST:
            if folder == ORIGINALS and isinstance(member.content, bytes):
                originals.add(content_id_of(member.content))
            yield Entry(*member)
    for member in derived:
        content = member.content
        known = isinstance(content, bytes) and originals and content_id_of(content)
        if not known or known not in originals:
            yield Entry(*member)


def _profile(member: Member, number: int) -> Iterator[Item]:
    content = member.content
    try:
        if isinstance(content, Unreadable):
            raise content
        if number > _MAX_PROFILES or len(content) > _MAX_PROFILE:
            raise Unreadable("more profiles, or a larger one, than a wallet has")
        yield _kept(strict_json.loads(content))
    except CredwalletError as error:
        what = f"a profile that cannot be read: {error.what}"
        yield Entry(member.name, Unreadable(what, next_step=error.next_step))


def _kept(value: Any) -> Document:
    if not isinstance(value, dict):
        raise Unreadable("it is no JSON object")
    name, cids = value.get("profileName"), value.get("credentialCids")
    parts = [value.get("didDocument"), value.get("verificationKey")]
    contents: list[Any] = [part for part in parts if isinstance(part, dict)]
    if isinstance(name, str):
        contents.append(metadata(name))
    listed = cids if isinstance(cids, list) else []
    return profile({}, contents, [cid for cid in listed if isinstance(cid, str)])


def metadata(name: str) -> dict[str, Any]:
    """Write the name of a profile as an item of a Universal Wallet."""
    return {
        "@context": ["https://w3id.org/wallet/v1"],
        "type": "ProfileMetadata",
        "data": {"profileName": name},
    }
