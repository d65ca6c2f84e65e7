"""`--format lcw`: a backup as the Learner Credential Wallet writes and reads it.

A tar of `credentials/ID.json`, `profiles/NAME.json` and a manifest. What that wallet
cannot hold lies in `originals/`, which it passes over and our import reads.
"""

import json
from collections.abc import Iterator
from typing import Any

from credwallet.formats.tar_archive import OTHERS
from credwallet.formats.wallets import MOST
from credwallet.formats.wallets.lcw import CREDENTIALS, MANIFEST, ORIGINALS, PROFILES
from credwallet.share import file
from credwallet.share.slug import slug
from credwallet.share.wallets import _profiles, _tar
from credwallet.share.wallets._as_json import as_json, is_known_to_lcw
from credwallet.share.wallets._leaving import (
    BEYOND,
    Leaving,
    LeftOut,
    Outgoing,
    Piece,
    own_words,
    the_rest,
)

NAME = "lcw"
SUMMARY = "a backup for the Learner Credential Wallet (tar)"
EXTENSION = ".tar"
MEDIA_TYPE = "application/x-tar"

_MANIFEST_URL = "https://w3id.org/fep/6fcd#manifest-file"
_PASSED_OVER = "that wallet passes over {}, import here gets it back"


class _Files:
    """The files of the archive: credentials by their content, and originals."""

    def __init__(self) -> None:
        self.credentials: dict[str, bytes] = {}
        self.originals: dict[str, bytes] = {}
        # Files that are JSON and nothing else, until another has the same content.
        self._plain: set[str] = set()

    def add(self, leaving: Leaving) -> str:
        """Take a credential; say in what respect that wallet does not, or ""."""
        credential = leaving.credential
        made = as_json(credential)
        if not (made.text and is_known_to_lcw(credential)):
            self._keep(made.id, leaving)
            what = "an older Open Badge" if made.text else "a token, which is no JSON"
            return _PASSED_OVER.format(what)
        held = self.credentials.setdefault(made.id, made.text.encode())
        if made.whole and held == credential.raw and made.id not in self._plain:
            self._plain.add(made.id)
            if not any(name.startswith(made.id) for name in self.originals):
                return ""
        elif made.id in self._plain:
            self.originals.setdefault(f"{made.id}.json", held)
        self._keep(made.id, leaving)
        return "" if made.whole else _PASSED_OVER.format("its picture")

    def _keep(self, name: str, leaving: Leaving) -> None:
        ending = file.extension(leaving.credential.media_type)
        free = f"{name}{ending}"
        number = 1
        while free in self.originals:
            number += 1
            free = f"{name}.{number}{ending}"
        self.originals[free] = leaving.credential.raw


def pieces(wallet: Outgoing, /) -> Iterator[Piece]:
    """Write the archive.

    Args:
        wallet: What goes out.

    """
    files = _Files()
    for leaving in wallet.credentials:
        said = files.add(leaving)
        if said:
            yield LeftOut(leaving.handle, said)
        yield from own_words(leaving)
    profiles = _profiles.kept(wallet.documents)
    usable = [one for one in profiles if one.did_document and one.key]
    members = _members(files, usable or [_profiles.made()])
    yield _tar.member(MANIFEST, _manifest(members), at=wallet.at)
    total = 0
    for name, content in members.items():
        total += len(content)
        yield _tar.member(name, content, at=wallet.at)
    yield _tar.END
    yield from _not_carried(profiles, total=total, count=len(members))
    yield from the_rest(one for one in wallet.documents if one.kind != "profile")


def _members(files: _Files, profiles: list[_profiles.Profile]) -> dict[str, bytes]:
    members = {}
    for profile, names in _profiles.shared_out(profiles, list(files.credentials)):
        stem = slug(profile.name, otherwise="profile")[:60]
        name, number = f"{PROFILES}/{stem}.json", 1
        while name in members:
            number += 1
            name = f"{PROFILES}/{stem}-{number}.json"
        members[name] = _json(
            {
                "profileName": profile.name,
                "didDocument": profile.did_document,
                "verificationKey": profile.key,
                "credentialCids": names,
            }
        )
    for folder, found in (
        (
            CREDENTIALS,
            {f"{name}.json": data for name, data in files.credentials.items()},
        ),
        (ORIGINALS, files.originals),
    ):
        members |= {f"{folder}/{name}": content for name, content in found.items()}
    return members


def _not_carried(
    profiles: tuple[_profiles.Profile, ...], *, total: int, count: int
) -> Iterator[LeftOut]:
    for profile in profiles:
        name = profile.name[:80]
        if not (profile.did_document and profile.key):
            yield LeftOut("", f"the wallet {name}: it has no DID with a key")
        more = len(profile.contents) - 3
        if more > 0:
            yield LeftOut("", f"of the profile {name} {more} things of other kinds")
    if total > OTHERS.in_all or count > MOST:
        yield LeftOut("", BEYOND)


def _manifest(members: dict[str, bytes]) -> bytes:
    """List the files in YAML (FEP-6fcd)."""
    lines = ['ubc-version: "0.1"', "contents:"]
    lines += [f"  {MANIFEST}:", f"    url: {_MANIFEST_URL}"]
    for folder in (PROFILES, CREDENTIALS, ORIGINALS):
        inside = [name for name in members if name.startswith(f"{folder}/")]
        if inside:
            lines += [f"  {folder}:", "    contents:"]
            lines += [f"      - {name}" for name in inside]
    return "".join(f"{line}\n" for line in lines).encode()


def _json(value: Any) -> bytes:
    return json.dumps(value, indent=2).encode()
