"""Do the members that every credential may have follow the rules?

VC Data Model 2.0 section 4 and 11.1 (languages and directions), and 1.1 where it reads
differently.
"""

from collections.abc import Iterator
from typing import Any

from credwallet.errors import Invalid
from credwallet.model.credential import Credential, Held
from credwallet.model.report import Problem
from credwallet.verify import dates
from credwallet.verify.structure_contexts import V1, V2
from credwallet.verify.structure_finding import (
    Found,
    is_url,
    listed,
    places,
    wrong,
)

_TYPED = (
    "credentialStatus",
    "credentialSchema",
    "evidence",
    "termsOfUse",
    "refreshService",
)
_DIRECTIONS = ("ltr", "rtl")


def identifier(document: dict[str, Any], name: str) -> Found:
    """Name what is wrong with an optional member that is one address.

    Args:
        document: The object that has the member, or not.
        name: Of the member, at the top of the document.

    """
    if name in document and not is_url(document[name]):
        yield wrong(f"/{name}", "is not one address (URL)")


def party(document: dict[str, Any], name: str, *, required: bool) -> Found:
    """Name what is wrong with an issuer or a holder (sections 4.7 and 4.13).

    Args:
        document: The credential or presentation.
        name: `issuer` or `holder`.
        required: Whether it is wrong that there is none.

    """
    if name not in document:
        if required:
            yield wrong(f"/{name}", "is missing")
        return
    value = document[name]
    if not is_url(value.get("id") if isinstance(value, dict) else value):
        yield wrong(f"/{name}", "has no identifier that is an address (URL)")


def subject(value: Any) -> Found:
    """Name what is wrong with `credentialSubject` (section 4.8)."""
    for entry in listed(value) or [None]:
        if not isinstance(entry, dict) or not entry:
            yield wrong("/credentialSubject", "makes no claim")
            return
        if "id" in entry and not is_url(entry["id"]):
            yield wrong("/credentialSubject/id", "is not one address (URL)")


def period(held: Credential) -> Found:
    """Name what is wrong with the dates (section 4.9)."""
    second = is_second(held.document)
    moments = {}
    for name in ("validFrom", "validUntil", "issuanceDate", "expirationDate"):
        if name not in held.document:
            continue
        value = held.document[name]
        if not isinstance(value, str):
            yield wrong(f"/{name}", "is no text")
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
        yield wrong("/validUntil", "is before validFrom")
    if not second and not held.valid_from and held.contexts[:1] == (V1,):
        yield wrong("/issuanceDate", "is missing")


def typed(document: dict[str, Any]) -> Found:
    """Name what is wrong with the members whose objects must say their type."""
    for name in _TYPED:
        if name in document:
            for where, entry in places(document[name], f"/{name}"):
                yield from _typed(entry, where, id_needed=name == "credentialSchema")


def _typed(entry: Any, where: str, *, id_needed: bool) -> Found:
    if not isinstance(entry, dict):
        yield wrong(where, "is no object")
        return
    types = listed(entry.get("type"))
    if not types or not all(isinstance(item, str) and item for item in types):
        yield wrong(f"{where}/type", "is missing")
    if (id_needed or "id" in entry) and not is_url(entry.get("id")):
        yield wrong(f"{where}/id", "is not one address (URL)")


def described(document: dict[str, Any]) -> Found:
    """Name what is wrong with names and descriptions (VC 2.0 section 11.1)."""
    issuer = document.get("issuer")
    for where, holder in (("", document), ("/issuer", issuer)):
        if not isinstance(holder, dict):
            continue
        for name in ("name", "description"):
            for pointer, entry in places(holder.get(name, ""), f"{where}/{name}"):
                what = _not_worded(entry)
                if what:
                    yield wrong(pointer, what)


def _not_worded(entry: Any) -> str:
    if isinstance(entry, str):
        return ""
    if not isinstance(entry, dict) or not isinstance(entry.get("@value"), str):
        return "is neither a text nor a text with its language"
    if not isinstance(entry.get("@language", ""), str):
        return "has an @language that is no text"
    if entry.get("@direction", _DIRECTIONS[0]) not in _DIRECTIONS:
        return "has an @direction that is neither ltr nor rtl"
    if set(entry) - {"@value", "@language", "@direction"}:
        return "has more than @value, @language and @direction"
    return ""


def related(document: dict[str, Any]) -> Found:
    """Name what is wrong with `relatedResource` (VC 2.0 section 5.3)."""
    if "relatedResource" not in document:
        return
    seen: set[str] = set()
    for where, entry in places(document["relatedResource"], "/relatedResource"):
        if not isinstance(entry, dict):
            yield wrong(where, "is no object")
            continue
        address = entry.get("id")
        if not isinstance(address, str) or not is_url(address):
            yield wrong(f"{where}/id", "is not one address (URL)")
        elif address in seen:
            yield wrong(f"{where}/id", "stands there twice")
        else:
            seen.add(address)
        if not any(_digests(entry)):
            yield wrong(where, "has neither digestSRI nor digestMultibase")


def _digests(entry: dict[str, Any]) -> Iterator[bool]:
    for name in ("digestSRI", "digestMultibase"):
        value = entry.get(name)
        yield bool(value) and all(isinstance(item, str) for item in listed(value))


def proofs(held: Held, *, required: bool = True) -> Found:
    """Name what is wrong with the embedded proofs (section 4.12).

    Args:
        held: The credential or presentation; one in a JWS needs no proof besides.
        required: Whether it is wrong that there is none.

    """
    required = required and held.jws is None
    value = held.document.get("proof")
    if value is None:
        if required:
            yield wrong("/proof", "is missing: nothing secures this credential")
        return
    entries = listed(value)
    for index, entry in enumerate(entries):
        if not isinstance(entry, dict):
            yield wrong(f"/proof/{index}", "is no object")
        elif not isinstance(entry.get("type"), str) or not entry["type"]:
            yield wrong("/proof/type", "is missing")
    if not entries and required:
        yield wrong("/proof", "is empty: nothing secures this credential")


def is_second(document: dict[str, Any]) -> bool:
    """Tell whether a document is one of VC Data Model 2.0."""
    return listed(document.get("@context"))[:1] == [V2]
