"""What does a credential say about the achievements in it, apart from who earned them?

Open Badges 3.0 `Achievement`, in a badge and in the parts of a Comprehensive Learner
Record 2.0. Read whether or not anything was verified: a draft says so.
"""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from credwallet.model.credential import JsonObject, Profile, words
from credwallet.model.qualification import Fact
from credwallet.stacking.drafts.ledger import Ledger
from credwallet.stacking.holding import kind_of

_MOST = 2000


class Described(NamedTuple):
    """An achievement; texts `""` where nothing is said.

    `related` are achievements that are the same for most purposes (Open Badges 3.0,
    `related`). `credits` is a text for people: the standard has no unit.
    """

    id: str
    name: str
    description: str
    kind: str
    tags: tuple[str, ...]
    related: tuple[str, ...]
    credits: str
    levels: tuple[str, ...]
    criteria: str


def of_record(record: JsonObject) -> Iterator[Described]:
    """Read the achievements that a learner record describes or holds.

    Args:
        record: A `ClrCredential`.

    Yields:
        At most 2,000, in order.

    """
    number = 0
    for subject in objects(record.get("credentialSubject")):
        inner = [
            entry
            for part in objects(subject.get("verifiableCredential"))
            for each in objects(part.get("credentialSubject"))
            for entry in objects(each.get("achievement"))
        ]
        for achievement in (*objects(subject.get("achievement")), *inner):
            number += 1
            if number > _MOST:
                return
            yield described(achievement)


def described(achievement: JsonObject) -> Described:
    """Read one achievement.

    Args:
        achievement: Open Badges 3.0 `Achievement`.

    """
    criteria = achievement.get("criteria")
    available = achievement.get("creditsAvailable")
    amount = isinstance(available, int | float) and not isinstance(available, bool)
    return Described(
        id=_text(achievement.get("id")),
        name=words(achievement.get("name")),
        description=words(achievement.get("description")),
        kind=kind_of(_text(achievement.get("achievementType")).removeprefix("ext:")),
        tags=_texts(achievement.get("tag")),
        related=tuple(
            name
            for entry in objects(achievement.get("related"))
            if (name := _text(entry.get("id")))
        ),
        credits=repr(available).removesuffix(".0") if amount else "",
        levels=tuple(
            words(level.get("name"))
            for result in objects(achievement.get("resultDescription"))
            for level in objects(result.get("rubricCriterionLevel"))
        ),
        criteria=words(criteria.get("narrative")) if isinstance(criteria, dict) else "",
    )


def facts(known: Iterable[Described], ledger: Ledger) -> tuple[Fact, ...]:
    """Say what achievements are worth, as far as that can be used.

    Args:
        known: The achievements.
        ledger: Is told about credits without a unit, levels and results.

    Returns:
        One fact for each that has a kind or tags.

    """
    found = []
    for each in known:
        title = each.name or each.id
        if each.credits:
            ledger.leave(
                f"{each.credits} credits of {title}: Open Badges say no unit, and "
                "without one they count for nothing",
                order=True,
            )
        if each.levels:
            ledger.leave(f"the result levels of {title}", len(each.levels), order=True)
        if each.id and (each.kind or each.tags):
            ledger.carry()
            found.append(Fact(each.id, kind=each.kind, tags=each.tags))
    return tuple(found)


def issuer_of(document: JsonObject) -> Profile:
    """Return who issued a credential, as it says itself."""
    issuer = document.get("issuer")
    if isinstance(issuer, dict):
        name = words(issuer.get("name")) or words(issuer.get("legalName"))
        return Profile(_text(issuer.get("id")), name)
    return Profile(_text(issuer), "")


def types(document: JsonObject) -> tuple[str, ...]:
    """Return the types of a credential."""
    return _texts(document.get("type", document.get("@type")))


def objects(value: Any) -> list[JsonObject]:
    """Return the objects of a member that may be one, a list of them, or absent."""
    entries = value if isinstance(value, list) else [value]
    return [entry for entry in entries if isinstance(entry, dict)]


def _text(value: Any) -> str:
    # The label of a blank node names nothing outside of the file.
    return value if isinstance(value, str) and not value.startswith("_:") else ""


def _texts(value: Any) -> tuple[str, ...]:
    entries = value if isinstance(value, list) else [value]
    return tuple(entry for entry in entries if isinstance(entry, str) and entry)
