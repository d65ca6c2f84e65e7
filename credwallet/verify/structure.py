"""Is it a well-formed credential of its standard?

VC Data Model 2.0 section 4 (and 1.1 where it reads differently), Open Badges 3.0
section 6 for what makes an achievement; only what the standards require of every
credential, so that a legal badge of any issuer passes.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from credwallet.errors import Invalid
from credwallet.model.credential import Credential, Held, Presentation
from credwallet.model.report import Check, Outcome, Problem
from credwallet.verify import dates
from credwallet.verify.case import Case, answer, passed

ID = "structure"
QUESTION = "Is it a well-formed credential of its standard?"

V1 = "https://www.w3.org/2018/credentials/v1"
V2 = "https://www.w3.org/ns/credentials/v2"
_NAMES = {V1: "VC Data Model 1.1", V2: "VC Data Model 2.0"}
_OPEN_BADGE = frozenset({"OpenBadgeCredential", "AchievementCredential"})

# RFC 3986 section 3: a scheme and no character that an address cannot hold.
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
_TYPED = (
    "credentialStatus",
    "credentialSchema",
    "evidence",
    "termsOfUse",
    "refreshService",
)

Found = Iterator[Problem]
# More than this helps nobody to mend a badge.
_MOST = 20


def check(case: Case) -> Check:
    """Name every member that breaks a rule of the standard."""
    held = case.held
    if held.format == "open-badges-2":
        return passed(ID, "Open Badges 2.0 or older")
    answers = _credential(held) if isinstance(held, Credential) else _presentation(held)
    found = tuple(islice(answers, _MOST))
    if found:
        # A part of a kind that is not supported makes the whole no worse than unknown.
        unsure = all(problem.type == "unsupported" for problem in found)
        return answer(ID, Outcome.UNKNOWN if unsure else Outcome.FAILED, *found)
    return passed(ID, _name(held))


def _name(held: Held) -> str:
    contexts = held.document.get("@context")
    first = contexts[0] if isinstance(contexts, list) else contexts
    model = _NAMES.get(first if isinstance(first, str) else "", "VC Data Model")
    if _OPEN_BADGE & set(held.types):
        return f"Open Badges 3.0, {model}"
    return f"presentation, {model}" if isinstance(held, Presentation) else model


def _credential(held: Credential) -> Found:
    document = held.document
    yield from _contexts(document)
    yield from _types(document, "VerifiableCredential")
    yield from _single_url(document, "id", required=False)
    yield from _party(document, "issuer", required=True)
    yield from _subject(document.get("credentialSubject"))
    yield from _dates(held)
    for name in _TYPED:
        yield from _typed(document, name)
    yield from _proofs(held)
    if _OPEN_BADGE & set(held.types):
        yield from _achievement(held)


def _presentation(held: Presentation) -> Found:
    if not held.credentials and not held.proofs and held.jws is None:
        yield _wrong("/verifiableCredential", "is empty, and nobody signed it")
    if not held.types and "@context" not in held.document:
        # A plain list of credentials, not a presentation of any standard.
        yield from _unreadable_parts(held)
        return
    document = held.document
    yield from _contexts(document)
    yield from _types(document, "VerifiablePresentation")
    yield from _single_url(document, "id", required=False)
    yield from _party(document, "holder", required=False)
    yield from _unreadable_parts(held)
    yield from _proofs(held, required=False)


def _unreadable_parts(held: Presentation) -> Found:
    for index, part in enumerate(held.credentials):
        if isinstance(part, Exception):
            problem = _wrong(f"/verifiableCredential/{index}", f"is unreadable: {part}")
            yield problem._replace(type=getattr(part, "type", problem.type))


def _contexts(document: dict[str, Any]) -> Found:
    contexts = document.get("@context")
    listed = contexts if isinstance(contexts, list) else [contexts]
    if listed[:1] not in ([V1], [V2]):
        yield _wrong("/@context", "does not begin with a context of VC 1.1 or 2.0")
        return
    for index, entry in enumerate(listed):
        if isinstance(entry, dict) or (isinstance(entry, str) and _is_url(entry)):
            continue
        yield _wrong(f"/@context/{index}", "is neither an address nor an object")


def _types(document: dict[str, Any], required: str) -> Found:
    value = document.get("type")
    types = value if isinstance(value, list) else [value]
    if not all(isinstance(entry, str) and entry for entry in types):
        yield _wrong("/type", "is no text or list of texts")
    elif required not in types:
        yield _wrong("/type", f"does not name {required}")


def _single_url(document: dict[str, Any], name: str, *, required: bool) -> Found:
    value = document.get(name)
    if value is None and (not required and name not in document):
        return
    if not isinstance(value, str) or not _is_url(value):
        yield _wrong(f"/{name}", "is not one address (URL)")


def _party(document: dict[str, Any], name: str, *, required: bool) -> Found:
    if name not in document:
        if required:
            yield _wrong(f"/{name}", "is missing")
        return
    value = document[name]
    identifier = value.get("id") if isinstance(value, dict) else value
    if not isinstance(identifier, str) or not _is_url(identifier):
        yield _wrong(f"/{name}", "has no identifier that is an address (URL)")


def _subject(value: Any) -> Found:
    subjects = value if isinstance(value, list) else [value]
    for entry in subjects or [None]:
        if not isinstance(entry, dict) or not entry:
            yield _wrong("/credentialSubject", "makes no claim")
            return
        identifier = entry.get("id")
        if "id" in entry and not (isinstance(identifier, str) and _is_url(identifier)):
            yield _wrong("/credentialSubject/id", "is not one address (URL)")


def _dates(held: Credential) -> Found:
    second = held.contexts[:1] == (V2,)
    moments = {}
    for name in ("validFrom", "validUntil", "issuanceDate", "expirationDate"):
        if name not in held.document:
            continue
        value = held.document[name]
        if not isinstance(value, str):
            yield _wrong(f"/{name}", "is no text")
            continue
        try:
            moments[name] = dates.parse(
                value,
                zone_required=second and name.startswith("valid"),
                pointer=f"/{name}",
            )
        except Invalid as error:
            yield Problem.of(error)
    start = moments.get("validFrom", moments.get("issuanceDate"))
    end = moments.get("validUntil", moments.get("expirationDate"))
    if start is not None and end is not None and end < start:
        yield _wrong("/validUntil", "is before validFrom")
    if not second and not held.valid_from and held.contexts[:1] == (V1,):
        yield _wrong("/issuanceDate", "is missing")


def _typed(document: dict[str, Any], name: str) -> Found:
    if name not in document:
        return
    value = document[name]
    several = isinstance(value, list)
    for index, entry in enumerate(value if several else [value]):
        where = f"/{name}/{index}" if several else f"/{name}"
        if not isinstance(entry, dict):
            yield _wrong(where, "is no object")
            continue
        types = entry.get("type")
        types = types if isinstance(types, list) else [types]
        if not types or not all(isinstance(item, str) and item for item in types):
            yield _wrong(f"{where}/type", "is missing")
        identifier = entry.get("id")
        needed = name == "credentialSchema"
        if (needed or "id" in entry) and not (
            isinstance(identifier, str) and _is_url(identifier)
        ):
            yield _wrong(f"{where}/id", "is not one address (URL)")


def _proofs(held: Held, *, required: bool = True) -> Found:
    value = held.document.get("proof")
    if value is None:
        if required and held.jws is None:
            yield _wrong("/proof", "is missing: nothing secures this credential")
        return
    entries = value if isinstance(value, list) else [value]
    for index, entry in enumerate(entries):
        if not isinstance(entry, dict):
            yield _wrong(f"/proof/{index}", "is no object")
        elif not isinstance(entry.get("type"), str) or not entry["type"]:
            yield _wrong("/proof/type", "is missing")
    if not entries and required and held.jws is None:
        yield _wrong("/proof", "is empty: nothing secures this credential")


def _achievement(held: Credential) -> Found:
    several = isinstance(held.document.get("credentialSubject"), list)
    for index, subject in enumerate(held.subjects):
        where = "/credentialSubject" + (f"/{index}" if several else "")
        achievement = subject.get("achievement")
        yield from _credits(subject, "creditsEarned", where)
        if achievement is None:
            continue
        if not isinstance(achievement, dict):
            yield _wrong(f"{where}/achievement", "is no object")
        elif not isinstance(achievement.get("id"), str):
            yield _wrong(f"{where}/achievement/id", "is missing")
        else:
            yield from _credits(achievement, "creditsAvailable", f"{where}/achievement")


def _credits(holder: dict[str, Any], name: str, where: str) -> Found:
    value = holder.get(name, 0)
    if isinstance(value, bool) or not isinstance(value, int | float):
        yield _wrong(f"{where}/{name}", "is no number")


def _is_url(text: str) -> bool:
    return _URL.fullmatch(text) is not None


def _wrong(pointer: str, what: str) -> Problem:
    return Problem(
        type="malformed",
        title=f"{pointer.lstrip('/').replace('/', ' ') or 'the document'} {what}",
        instance=pointer,
        next_step="ask the issuer for a corrected copy",
    )
