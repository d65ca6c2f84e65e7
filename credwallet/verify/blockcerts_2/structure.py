"""Is it a well-formed credential of its standard?

Blockcerts 2.0: the members that Open Badges 2.0 requires of an assertion, its badge
class and its issuer, which are embedded, and a receipt.
"""

import re
from collections.abc import Iterator
from typing import Any

from credwallet.errors import Invalid
from credwallet.model.report import Check, Outcome, Problem
from credwallet.verify import structure
from credwallet.verify.blockcerts_2 import moments
from credwallet.verify.case import Case, answer, passed

ID = structure.ID
QUESTION = structure.QUESTION

_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+", re.ASCII)

Json = dict[str, Any]


def check(case: Case) -> Check:
    """Name every member that breaks a rule of the standard."""
    found = tuple(_problems(case.held.document))
    if found:
        return answer(ID, Outcome.FAILED, *found)
    return passed(ID, "Blockcerts 2.0, Open Badges 2.0")


def _problems(document: Json) -> Iterator[Problem]:
    yield from _typed(document, "", "Assertion")
    yield from _identified(document, "")
    recipient = _object(document.get("recipient"))
    if not isinstance(recipient.get("identity"), str):
        yield _wrong("/recipient/identity", "is missing")
    badge = _object(document.get("badge"))
    if not badge:
        yield _wrong("/badge", "is not embedded")
        return
    yield from _typed(badge, "/badge", "BadgeClass")
    yield from _named(badge, "/badge")
    issuer = _object(badge.get("issuer"))
    yield from _named(issuer, "/badge/issuer")
    yield from _identified(issuer, "/badge/issuer")
    yield from _dates(document)


def _dates(document: Json) -> Iterator[Problem]:
    if "issuedOn" not in document:
        yield _wrong("/issuedOn", "is missing")
    for name in ("issuedOn", "expires"):
        if name in document:
            try:
                moments.parse(document[name], f"/{name}")
            except Invalid as error:
                yield Problem.of(error)


def _typed(value: Json, pointer: str, wanted: str) -> Iterator[Problem]:
    types = value.get("type")
    if wanted not in (types if isinstance(types, list) else [types]):
        yield _wrong(f"{pointer}/type", f"does not name {wanted}")


def _named(value: Json, pointer: str) -> Iterator[Problem]:
    name = value.get("name")
    if not isinstance(name, str) or not name:
        yield _wrong(f"{pointer}/name", "is missing")


def _identified(value: Json, pointer: str) -> Iterator[Problem]:
    identifier = value.get("id")
    if not isinstance(identifier, str) or not _IRI.fullmatch(identifier):
        yield _wrong(f"{pointer}/id", "is not one address (URL)")


def _object(value: Any) -> Json:
    return value if isinstance(value, dict) else {}


def _wrong(pointer: str, what: str) -> Problem:
    return Problem(
        type="malformed",
        title=f"{pointer.lstrip('/').replace('/', ' ')} {what}",
        instance=pointer,
        next_step="ask the issuer for a corrected copy",
    )
