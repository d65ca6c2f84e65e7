"""What a credential of the European Learning Model says that its subject achieved.

European Learning Model 3 (EDC application profile): `hasClaim`, `specifiedBy`,
`creditPoint`, `eqfLevel`, `hasPart`. Identifiers that begin with `urn:epass:` number
the parts of one file and name nothing outside of it: they are passed over.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from credwallet.model.achievement import Achievement, Alignment, Evidence, Result
from credwallet.model.credential import words

JsonObject = dict[str, Any]

_WITHIN_THE_FILE = ("urn:epass:", "_:")
_ECTS = "http://data.europa.eu/snb/education-credit/6fcec5c5af"
_EQF = re.compile(r"https?://data\.europa\.eu/snb/eqf/([1-8])", re.ASCII)
_POINTS = re.compile(r"\d{1,9}(\.\d{1,9})?", re.ASCII)
_ACHIEVED = "LearningAchievement"
_SKILLS = ("relatedESCOSkill", "relatedSkill")
# Real programmes have some dozens of parts, two or three levels deep.
_MOST_PARTS = 300
_DEEPEST = 6


class _Credits(NamedTuple):
    """How many credits of which kind."""

    points: str
    unit: str


def is_learning_claim(document: JsonObject) -> bool:
    """Say whether a credential claims something in the words of this model."""
    return any("hasClaim" in subject for subject in _subjects(document))


def legal_name(organisation: Any) -> str:
    """Return the name of an `Organisation`, `""` if it has none."""
    return (
        words(organisation.get("legalName")) if isinstance(organisation, dict) else ""
    )


def read(document: JsonObject) -> Achievement:
    """Read the first achievement of the first subject, with its parts.

    Args:
        document: A credential, without what no proof covers.

    Returns:
        The achievement. Without an identifier of its own the credential's stands for
        it, so that no two are taken for the same; those of its parts come last.

    """
    subject = next(iter(_subjects(document)), {})
    claims = _objects(subject.get("hasClaim"))
    claims.sort(key=lambda claim: _ACHIEVED not in _texts(claim.get("type")))
    claim = claims[0] if claims else {}
    specified = next(iter(_objects(claim.get("specifiedBy"))), {})
    own = _unique((*_identifiers(specified), *_identifiers(claim)))
    own = own or _unique((_identifier(document.get("id")),))
    credit = _credits(claim, specified)
    level = _level(specified)
    return Achievement(
        id=own[0] if own else "",
        name=_title(claim) or _title(specified) or _display_title(document),
        description=words(claim.get("description"))
        or words(specified.get("description")),
        criteria=_note(specified.get("entryRequirement")),
        criteria_url=_homepage(specified),
        achievement_type=_label(specified.get("dcType")),
        human_code=_notation(specified) or _notation(claim),
        field_of_study=_label(specified.get("thematicArea")),
        identifiers=_unique((*own, *_of_parts(claim, claims[1:]))),
        keywords=(),
        alignments=tuple(_alignments(specified)),
        results=tuple(_results(claim)),
        evidence=tuple(map(_evidence, _objects(document.get("evidence")))),
        credits=credit.points,
        subject_id=_identifier(subject.get("id")),
        credit_unit=credit.unit,
        level=level,
        framework="eqf" if level else "",
    )


def mail_addresses(subject: JsonObject) -> tuple[str, ...]:
    """Return the e-mail addresses of a `Person`, without `mailto:`."""
    return _unique(
        _text(address.get("id")).removeprefix("mailto:")
        for point in _objects(subject.get("contactPoint"))
        for address in _objects(point.get("emailAddress"))
    )


def _credits(claim: JsonObject, specified: JsonObject) -> _Credits:
    # What was received counts, also where it cannot be read: never more than that.
    received = "creditReceived" in claim
    stated = claim["creditReceived"] if received else specified.get("creditPoint")
    found = [
        _Credits(points, _unit(entry.get("framework")))
        for entry in _objects(stated)
        if (points := _points(entry.get("point")))
    ]
    found.sort(key=lambda credit: credit.unit != "ects")
    return found[0] if found else _Credits("", "")


def _points(value: Any) -> str:
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = repr(value).removesuffix(".0")
    text = _text(value).strip()
    return text if _POINTS.fullmatch(text) else ""


def _unit(framework: Any) -> str:
    concept = next(iter(_objects(framework)), {})
    identifier = _identifier(concept.get("id"))
    if identifier == _ECTS:
        return "ects"
    return identifier or words(concept.get("prefLabel")).casefold()


def _level(specified: JsonObject) -> str:
    for concept in _objects(specified.get("eqfLevel")):
        match = _EQF.fullmatch(_text(concept.get("id")))
        if match:
            return match[1]
    return ""


def _of_parts(claim: JsonObject, others: Iterable[JsonObject]) -> Iterator[str]:
    waiting = [(part, 1) for part in (*_parts(claim), *others)]
    for count, (part, depth) in enumerate(waiting, 1):
        yield from _identifiers(part)
        for specified in _objects(part.get("specifiedBy")):
            yield from _identifiers(specified)
        if depth < _DEEPEST and len(waiting) < _MOST_PARTS:
            waiting.extend((inner, depth + 1) for inner in _parts(part))
        if count == _MOST_PARTS:
            return


def _parts(claim: JsonObject) -> list[JsonObject]:
    return [
        *_objects(claim.get("hasPart")),
        *(
            part
            for specified in _objects(claim.get("specifiedBy"))
            for part in _objects(specified.get("hasPart"))
        ),
    ]


def _alignments(specified: JsonObject) -> Iterator[Alignment]:
    for outcome in _objects(specified.get("learningOutcome")):
        for member in _SKILLS:
            for concept in _objects(outcome.get(member)):
                framework = "ESCO" if member == _SKILLS[0] else ""
                yield Alignment(
                    words(concept.get("prefLabel")),
                    _identifier(concept.get("id")),
                    "",
                    framework,
                    "",
                )


def _results(claim: JsonObject) -> Iterator[Result]:
    for assessment in (claim, *_objects(claim.get("provenBy"))):
        grade = _note(assessment.get("grade"))
        if grade:
            yield Result(_title(assessment), grade, "")


def _evidence(entry: JsonObject) -> Evidence:
    return Evidence(
        _identifier(entry.get("id")),
        words(entry.get("title")) or _label(entry.get("dcType")),
        words(entry.get("evidenceStatement")),
    )


def _identifiers(thing: JsonObject) -> Iterator[str]:
    yield _identifier(thing.get("id"))
    for entry in _objects(thing.get("identifier")):
        yield _text(entry.get("notation"))


def _notation(thing: JsonObject) -> str:
    found = (
        _text(entry.get("notation")) for entry in _objects(thing.get("identifier"))
    )
    return next(filter(None, found), "")


def _identifier(value: Any) -> str:
    text = _text(value)
    return "" if text.startswith(_WITHIN_THE_FILE) else text


def _title(thing: JsonObject) -> str:
    return words(thing.get("title"))


def _display_title(document: JsonObject) -> str:
    return next(map(_title, _objects(document.get("displayParameter"))), "")


def _note(value: Any) -> str:
    return next((words(entry.get("noteLiteral")) for entry in _objects(value)), "")


def _label(value: Any) -> str:
    return next((words(entry.get("prefLabel")) for entry in _objects(value)), "")


def _homepage(specified: JsonObject) -> str:
    pages = _objects(specified.get("homepage"))
    return next((_text(page.get("contentURL")) for page in pages), "")


def _subjects(document: JsonObject) -> list[JsonObject]:
    return _objects(document.get("credentialSubject"))


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _texts(value: Any) -> tuple[str, ...]:
    entries = value if isinstance(value, list) else [value]
    return tuple(entry for entry in entries if isinstance(entry, str))


def _objects(value: Any) -> list[JsonObject]:
    entries = value if isinstance(value, list) else [value]
    return [entry for entry in entries if isinstance(entry, dict)]


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))
