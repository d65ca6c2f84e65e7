"""What does a learner record say beyond the credentials that it holds?

Comprehensive Learner Record 2.0: `ClrCredential`, `ClrSubject` and `Association`. A
record is no achievement itself: the `achievement`s of its subject only describe what
its associations are about.
"""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from credwallet.model.credential import JsonObject, words

RECORD = "ClrCredential"
# More are not kept: a record with so many says nothing to people.
MAX_ASSOCIATIONS = 1000


class Association(NamedTuple):
    """How two achievements belong together, by the identifiers of both.

    `association_type` is `isChildOf`, `isParentOf`, `isPartOf`, `precedes`,
    `replacedBy`, `exactMatchOf` or another word of the standard.
    """

    association_type: str
    source_id: str
    target_id: str


def is_record(types: Iterable[str]) -> bool:
    """Tell whether a credential with these types is a learner record."""
    return RECORD in types


def associations_of(document: JsonObject) -> tuple[Association, ...]:
    """Read the associations of a learner record.

    Args:
        document: A credential, its signed part.

    Returns:
        Each once, in order, at most 1,000; none if it is no record, or where a member
        is no text.

    """
    if RECORD not in _list(document.get("type")):
        return ()
    found: dict[Association, None] = {}
    for subject in _objects(document.get("credentialSubject")):
        for entry in _objects(subject.get("association")):
            said = [
                entry.get(name) for name in ("associationType", "sourceId", "targetId")
            ]
            if all(isinstance(text, str) and text for text in said):
                found[Association(*map(str, said))] = None
            if len(found) == MAX_ASSOCIATIONS:
                return tuple(found)
    return tuple(found)


def names_in(document: JsonObject) -> dict[str, str]:
    """Find what a learner record calls the achievements that it speaks of.

    Args:
        document: A record, its signed part.

    Returns:
        Names by the achievements' identifiers.

    """
    return {
        achievement["id"]: words(achievement.get("name"))
        for achievement in _achievements(document)
        if isinstance(achievement.get("id"), str)
    }


def _achievements(document: JsonObject) -> Iterator[JsonObject]:
    for subject in _objects(document.get("credentialSubject")):
        yield from _objects(subject.get("achievement"))
        for part in _objects(subject.get("verifiableCredential")):
            for inner in _objects(part.get("credentialSubject")):
                yield from _objects(inner.get("achievement"))


def _list(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _objects(value: Any) -> list[JsonObject]:
    return [entry for entry in _list(value) if isinstance(entry, dict)]
