"""What a credential is, in the few words that a form or a file name asks for.

Open Badges 3.0 (`achievement.name`, `validFrom`, `validUntil`) and 2.0 (`badge.name`,
`issuedOn`, `expires`), VCDM 1.1 and 2.0 (`name`). Each text comes with its place, so
that what leaves can be listed. Nothing here judges. Of a badge that only names its
class and its issuer, what was loaded to verify it says the rest; an SD-JWT VC is called
like its type, since its claim `name` is that of a person.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from credwallet.model.achievement import achievement_of
from credwallet.model.credential import Credential, JsonObject, words
from credwallet.model.open_badges_2 import whole
from credwallet.share.handover import Request


class Stated(NamedTuple):
    """A text as the credential states it, and the JSON Pointer where; both `""`."""

    text: str = ""
    pointer: str = ""


class Headline(NamedTuple):
    """What was achieved, who says so, from when, until when (dates as written)."""

    name: Stated
    issuer: Stated
    issued: Stated
    expires: Stated


def seen(credential: Credential, request: Request) -> tuple[Credential, Headline]:
    """Read the few words of a credential as the wallet knows it.

    Args:
        credential: As received.
        request: `about` tells what was loaded for it, and what no proof covers.

    Returns:
        The credential with what was loaded in its places, for listing what leaves, and
        its few words.

    """
    kept = request.about(credential)
    shown = whole(credential, kept.linked)
    return shown, headline(shown, kept.unsigned)


def headline(credential: Credential, unsigned: tuple[str, ...] = ()) -> Headline:
    """Read the few words.

    Args:
        credential: Of any format, an Open Badges 2.0 assertion with its class in it.
        unsigned: JSON Pointers of what no proof covers: never quoted.

    Returns:
        Each with its place; `""` where the credential says nothing.

    """
    document = credential.document
    if credential.states_claims:
        return _of_claims(credential)

    def first(candidates: Iterator[Stated]) -> Stated:
        return next(
            (
                found
                for found in candidates
                if found.text.strip() and not _below(found.pointer, unsigned)
            ),
            Stated(),
        )

    return Headline(
        name=first(_names(credential)),
        issuer=first(_issuers(credential)),
        issued=first(_members(document, "validFrom", "issuanceDate", "issuedOn")),
        expires=first(_members(document, "validUntil", "expirationDate", "expires")),
    )


def _below(pointer: str, unsigned: tuple[str, ...]) -> bool:
    return any(pointer == at or pointer.startswith(f"{at}/") for at in unsigned)


def _of_claims(credential: Credential) -> Headline:
    """Read an SD-JWT VC: who issued it is an address, and its dates are numbers."""
    claims = credential.document
    since = next((name for name in ("nbf", "iat") if name in claims), "")
    return Headline(
        name=Stated(credential.name, "/vct"),
        issuer=Stated(credential.issuer.name or credential.issuer.id, "/iss"),
        issued=Stated(credential.valid_from, f"/{since}"),
        expires=Stated(credential.valid_until, "/exp"),
    )


def _names(credential: Credential) -> Iterator[Stated]:
    document = credential.document
    for subject, at in _entries(
        document.get("credentialSubject"), "/credentialSubject"
    ):
        yield from _named(subject.get("achievement"), f"{at}/achievement")
    yield Stated(words(document.get("name")), "/name")
    yield from _named(document.get("badge"), "/badge")
    # What a learning claim of the European Learning Model is called.
    yield Stated(achievement_of(credential).name, "/credentialSubject")


def _issuers(credential: Credential) -> Iterator[Stated]:
    document = credential.document
    yield from _named(document.get("issuer"), "/issuer")
    for badge, at in _entries(document.get("badge"), "/badge"):
        yield from _named(badge.get("issuer"), f"{at}/issuer")
    yield Stated(credential.issuer.name, "/issuer")


def _members(document: JsonObject, *names: str) -> Iterator[Stated]:
    for name in names:
        value = document.get(name)
        if isinstance(value, str):
            yield Stated(value, f"/{name}")


def _named(value: Any, pointer: str) -> Iterator[Stated]:
    for entry, at in _entries(value, pointer):
        yield Stated(words(entry.get("name")), f"{at}/name")


def _entries(value: Any, pointer: str) -> Iterator[tuple[JsonObject, str]]:
    """Go through an object, or the objects of an array, each with its pointer."""
    if isinstance(value, dict):
        yield value, pointer
    elif isinstance(value, list):
        for index, entry in enumerate(value):
            if isinstance(entry, dict):
                yield entry, f"{pointer}/{index}"
