"""What a badge says that its subject achieved (Open Badges 3.0 section 6, appendix B).

Read from the signed part of the document only: `signed_view` takes out what no proof
covers before anything here looks at it.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

from credwallet.model.credential import Credential, words
from credwallet.model.record import is_record

JsonObject = dict[str, Any]


class Alignment(NamedTuple):
    """A skill or framework item that the issuer aligned the achievement with."""

    target_name: str
    target_url: str
    target_code: str
    target_framework: str
    target_type: str


class Result(NamedTuple):
    """One result of the subject: a grade, a score or a status."""

    name: str
    value: str
    status: str


class Evidence(NamedTuple):
    """Where the issuer points for proof of the work; never fetched."""

    id: str
    name: str
    narrative: str


class Achievement(NamedTuple):
    """The achievement and what the subject got out of it; texts `""` when absent.

    `identifiers` are the achievement's id and its `otherIdentifier`s. `credits` is what
    the subject earned, else what is available, as an exact decimal in a string.
    `credit_unit` is `ects` or an address; `level` is one of `framework` (`eqf`).
    """

    id: str
    name: str
    description: str
    criteria: str
    criteria_url: str
    achievement_type: str
    human_code: str
    field_of_study: str
    identifiers: tuple[str, ...]
    keywords: tuple[str, ...]
    alignments: tuple[Alignment, ...]
    results: tuple[Result, ...]
    evidence: tuple[Evidence, ...]
    credits: str
    subject_id: str
    credit_unit: str = ""
    level: str = ""
    framework: str = ""


def signed_view(document: JsonObject, unsigned: Iterable[str]) -> JsonObject:
    """Return the document without the members that no proof covers.

    Args:
        document: A credential.
        unsigned: JSON Pointers (RFC 6901) of what is not signed.

    """
    pointers = [
        [part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:]]
        for pointer in unsigned
    ]
    if [] in pointers:
        return {}
    pruned = _without(document, pointers)
    return pruned if isinstance(pruned, dict) else {}


def _without(value: Any, pointers: list[list[str]]) -> Any:
    if not pointers:
        return value
    inner: dict[str, list[list[str]]] = {}
    for pointer in pointers:
        if pointer:
            inner.setdefault(pointer[0], []).append(pointer[1:])
    if isinstance(value, dict):
        return {
            name: _without(member, inner.get(name, []))
            for name, member in value.items()
            if [] not in inner.get(name, [])
        }
    if isinstance(value, list):
        return [
            _without(member, inner.get(str(index), []))
            for index, member in enumerate(value)
            if [] not in inner.get(str(index), [])
        ]
    return value


def achievement_of(credential: Credential, unsigned: Iterable[str] = ()) -> Achievement:
    """Read the achievement of a credential's first subject.

    Args:
        credential: A credential of any generation; Open Badges 2.0 puts its badge class
            where 3.0 puts the achievement.
        unsigned: JSON Pointers of what no proof covers.

    """
    document = signed_view(credential.document, unsigned)
    if credential.states_claims:
        document = _of_claims(credential._replace(document=document))
    from credwallet.model import learning_achievement  # noqa: PLC0415 -- breaks the circle

    if learning_achievement.is_learning_claim(document):
        return learning_achievement.read(document)
    subject, achievement = _subject_and_achievement(document)
    criteria = achievement.get("criteria")
    criteria = criteria if isinstance(criteria, dict) else {"id": criteria}
    identifier = _text(achievement.get("id"))
    return Achievement(
        id=identifier,
        name=words(achievement.get("name")) or words(subject.get("name")),
        description=words(achievement.get("description")),
        criteria=words(criteria.get("narrative")),
        criteria_url=_text(criteria.get("id")),
        achievement_type=_text(achievement.get("achievementType")),
        human_code=_text(achievement.get("humanCode")),
        field_of_study=_text(achievement.get("fieldOfStudy")),
        identifiers=_unique(
            (
                identifier,
                *(
                    _text(entry.get("identifier"))
                    for entry in _objects(achievement.get("otherIdentifier"))
                ),
            )
        ),
        keywords=_unique(
            _text(entry)
            for entry in _list(achievement.get("tag", achievement.get("tags")))
        ),
        alignments=tuple(map(_alignment, _objects(achievement.get("alignment")))),
        results=tuple(_results(subject, achievement)),
        evidence=tuple(
            Evidence(
                _text(entry.get("id")),
                words(entry.get("name")),
                words(entry.get("narrative")),
            )
            for entry in _objects(document.get("evidence", subject.get("evidence")))
        ),
        # What was earned counts, also where it cannot be read: never more than that.
        credits=_number(
            subject["creditsEarned"]
            if "creditsEarned" in subject
            else achievement.get("creditsAvailable")
        ),
        subject_id=_text(subject.get("id")),
    )


def _of_claims(credential: Credential) -> JsonObject:
    """Put the type and the subject of an SD-JWT VC where an achievement stands."""
    (subject,) = credential.subjects
    vct = next(iter(credential.types), "")
    achievement = {"id": vct, "name": credential.name}
    return {"credentialSubject": {"id": subject.get("id"), "achievement": achievement}}


def _subject_and_achievement(document: JsonObject) -> tuple[JsonObject, JsonObject]:
    if "badge" in document:
        badge = document["badge"]
        recipient = document.get("recipient")
        return (
            recipient if isinstance(recipient, dict) else {},
            badge if isinstance(badge, dict) else {"id": badge},
        )
    subject = next(iter(_objects(document.get("credentialSubject"))), {})
    if is_record(_list(document.get("type"))):
        # Its achievements are only described: what was earned are its parts.
        return subject, {}
    # Blockcerts calls it a claim.
    described = subject.get("achievement", subject.get("claim"))
    return subject, next(iter(_objects(described)), {})


def _results(subject: JsonObject, achievement: JsonObject) -> Iterable[Result]:
    names = {
        _text(entry.get("id")): words(entry.get("name"))
        for entry in _objects(achievement.get("resultDescription"))
    }
    for entry in _objects(subject.get("result")):
        yield Result(
            names.get(_text(entry.get("resultDescription")), ""),
            _text(entry.get("value")) or _number(entry.get("value")),
            _text(entry.get("status")),
        )


def _alignment(entry: JsonObject) -> Alignment:
    return Alignment(
        words(entry.get("targetName")),
        _text(entry.get("targetUrl")),
        _text(entry.get("targetCode")),
        words(entry.get("targetFramework")),
        _text(entry.get("targetType")),
    )


def _number(value: Any) -> str:
    # The shortest text that reads back as the same number is what was written.
    if isinstance(value, bool) or not isinstance(value, int | float):
        return ""
    text = repr(value)
    return text.removesuffix(".0")


def _text(value: Any) -> str:
    # The label of a blank node is not signed: it says nothing.
    return value if isinstance(value, str) and not value.startswith("_:") else ""


def _list(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _objects(value: Any) -> list[JsonObject]:
    return [entry for entry in _list(value) if isinstance(entry, dict)]


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))
