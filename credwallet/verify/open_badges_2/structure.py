"""Is it a well-formed credential of its standard?

Open Badges 0.5, 1.0, 1.1, 2.0 and 2.1: what each requires of an assertion. The
documents that it names are looked at where they are needed.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from credwallet.errors import Invalid
from credwallet.model.credential import JsonObject
from credwallet.model.open_badges_2 import forms_of, is_address, verification_of
from credwallet.model.report import Check, Outcome, Problem
from credwallet.verify import structure
from credwallet.verify.case import Case, answer, passed
from credwallet.verify.open_badges_2 import moments
from credwallet.verify.open_badges_2.graph import is_hosted

ID = structure.ID
QUESTION = structure.QUESTION

V2 = "Open Badges 2"
V1_1 = "Open Badges 1.1"
V1 = "Open Badges 1.0"
V0_5 = "Open Badges 0.5"

_CONTEXTS = {
    "https://w3id.org/openbadges/v2": V2,
    "https://openbadgespec.org/v2/context.json": V2,
    "https://purl.imsglobal.org/spec/ob/v2p0/context.json": V2,
    "https://purl.imsglobal.org/spec/ob/v2p1/ob_v2p1.jsonld": V2,
    "https://w3id.org/openbadges/v1": V1_1,
    "https://openbadgespec.org/v1/context.json": V1_1,
}
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+", re.ASCII)
_EXTENSION = "extensions:"
# More than this helps nobody to mend a badge.
_MOST = 20

Found = Iterator[Problem]


def check(case: Case) -> Check:
    """Name every member that breaks a rule of the standard."""
    document = case.held.document
    version = version_of(document)
    found = tuple(islice(_problems(case, document, version), _MOST))
    if found:
        return answer(ID, Outcome.FAILED, *found)
    kind = "hosted" if is_hosted(case) else "signed"
    extended = any(name.startswith(_EXTENSION) for name in document)
    rest = "; its extensions are not checked" if extended else ""
    return passed(ID, f"{version}, {kind}{rest}")


def version_of(document: JsonObject) -> str:
    """Tell the generation of an assertion; `""` if its contexts are not known."""
    if "@context" in document or "type" in document:
        for entry in _listed(document.get("@context")):
            if isinstance(entry, str) and entry.rstrip("/") in _CONTEXTS:
                return _CONTEXTS[entry.rstrip("/")]
        return ""
    modern = "verify" in document or "verification" in document or "uid" in document
    return V1 if modern else V0_5


def _problems(case: Case, document: JsonObject, version: str) -> Found:
    if not version:
        yield _wrong("/@context", "names no version of Open Badges")
        return
    if version == V0_5:
        yield from _oldest(document)
    else:
        yield from _verified(case, document, version)
        yield from _recipient(document.get("recipient"))
        yield from _badge(document.get("badge"))
    if version in (V2, V1_1):
        yield from _typed(document)
    if version == V2:
        yield from _extensions(document)
        image = document.get("image")
        if isinstance(image, str) and image[:5].lower() == "data:":
            yield _wrong("/image", "is a picture itself, not the address of one")
    yield from _dates(document, required=version != V0_5)


def _oldest(document: JsonObject) -> Found:
    if not isinstance(document.get("recipient"), str):
        yield _wrong("/recipient", "is no text")
    badge = document.get("badge")
    if not isinstance(badge, dict):
        yield _wrong("/badge", "is no object")
        return
    if not isinstance(badge.get("name"), str):
        yield _wrong("/badge/name", "is no text")
    issuer = badge.get("issuer")
    if not isinstance(issuer, dict) or not isinstance(issuer.get("origin"), str):
        yield _wrong("/badge/issuer/origin", "is no text")


def _typed(document: JsonObject) -> Found:
    if "Assertion" not in _listed(document.get("type", document.get("@type"))):
        yield _wrong("/type", "does not name Assertion")


def _verified(case: Case, document: JsonObject, version: str) -> Found:
    name = "verify" if "verify" in document else "verification"
    if not forms_of(document):
        yield _wrong(f"/{name}/type", "is neither hosted nor signed")
    identifier = document.get("id")
    if version == V1:
        if not is_address(verification_of(document).get("url")):
            yield _wrong(f"/{name}/url", "is no address (URL)")
        if not isinstance(document.get("uid"), str):
            yield _wrong("/uid", "is no text")
    elif is_hosted(case):
        older = version == V1_1 and is_address(verification_of(document).get("url"))
        if not is_address(identifier) and not (older and identifier is None):
            yield _wrong("/id", "is not the address at which it is hosted")
    elif identifier is None and version == V1_1:
        if not isinstance(document.get("uid"), str):
            yield _wrong("/id", "is missing")
    elif not isinstance(identifier, str) or not _IRI.fullmatch(identifier):
        yield _wrong("/id", "is not one address (URL)")


def _recipient(recipient: Any) -> Found:
    if not isinstance(recipient, dict):
        yield _wrong("/recipient", "is no object")
        return
    for name in ("identity", "type"):
        if not isinstance(recipient.get(name), str) or not recipient[name]:
            yield _wrong(f"/recipient/{name}", "is missing or no text")
    if "hashed" in recipient and not isinstance(recipient["hashed"], bool):
        yield _wrong("/recipient/hashed", "is neither true nor false")
    if "salt" in recipient and not isinstance(recipient["salt"], str):
        yield _wrong("/recipient/salt", "is no text")


def _badge(badge: Any) -> Found:
    if isinstance(badge, dict):
        if not is_address(badge.get("id")) and not isinstance(badge.get("name"), str):
            yield _wrong("/badge/name", "is no text")
    elif not is_address(badge):
        yield _wrong("/badge", "is neither an address nor an object")


def _extensions(document: JsonObject) -> Found:
    """Open Badges 2.0 "Extensions": each brings its own context and its types."""
    for name, value in document.items():
        if not name.startswith(_EXTENSION):
            continue
        for index, entry in enumerate(_listed(value)):
            pointer = f"/{_escaped(name)}" + f"/{index}" * isinstance(value, list)
            if not isinstance(entry, dict):
                yield _wrong(pointer, "is no object")
            elif "@context" not in entry:
                yield _wrong(pointer, "has no @context of its own")
            elif "Extension" not in _listed(entry.get("type")):
                yield _wrong(pointer, "does not have the type Extension")


def _dates(document: JsonObject, *, required: bool) -> Found:
    name = "issued_on" if "issued_on" in document else "issuedOn"
    if required and name not in document:
        yield _wrong("/issuedOn", "is missing")
    for member in (name, "expires"):
        if member in document:
            try:
                moments.parse(document[member], f"/{member}")
            except Invalid as error:
                yield Problem.of(error)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _escaped(name: str) -> str:
    return name[:80].replace("~", "~0").replace("/", "~1")


def _wrong(pointer: str, what: str) -> Problem:
    return Problem(
        type="malformed",
        title=f"{pointer.lstrip('/').replace('/', ' ')} {what}",
        instance=pointer,
        next_step="ask the issuer for a corrected copy",
    )
