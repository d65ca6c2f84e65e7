"""What a credential is, in the few words that a form or a file name asks for.

Open Badges 3.0 (`achievement.name`, `validFrom`, `validUntil`) and 2.0 (`badge.name`,
`issuedOn`, `expires`), VCDM 1.1 and 2.0 (`name`). Each text comes with its place, so
that what leaves can be listed. Nothing here judges.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from credwallet.model.credential import Credential, JsonObject, words


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


def headline(credential: Credential, unsigned: tuple[str, ...] = ()) -> Headline:
    """Read the few words.

    Args:
        credential: Of any format.
        unsigned: JSON Pointers of what no proof covers: never quoted.

    Returns:
        Each with its place; `""` where the credential says nothing.

    """
    document = credential.document

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
        name=first(_names(document)),
        issuer=first(_issuers(document)),
        issued=first(_members(document, "validFrom", "issuanceDate", "issuedOn")),
        expires=first(_members(document, "validUntil", "expirationDate", "expires")),
    )


def _below(pointer: str, unsigned: tuple[str, ...]) -> bool:
    return any(pointer == at or pointer.startswith(f"{at}/") for at in unsigned)


def _names(document: JsonObject) -> Iterator[Stated]:
    for subject, at in _entries(
        document.get("credentialSubject"), "/credentialSubject"
    ):
        yield from _named(subject.get("achievement"), f"{at}/achievement")
    yield Stated(words(document.get("name")), "/name")
    yield from _named(document.get("badge"), "/badge")


def _issuers(document: JsonObject) -> Iterator[Stated]:
    yield from _named(document.get("issuer"), "/issuer")
    for badge, at in _entries(document.get("badge"), "/badge"):
        yield from _named(badge.get("issuer"), f"{at}/issuer")


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
