"""What an Open Badges 1.x or 2.0 assertion says together with what it names.

Open Badges 2.0 "Assertion", "BadgeClass", "Profile". An assertion names its badge class
and that names its issuer, often by address only: here the loaded documents are put in
their places, so that one reading fits the badges of every generation.
"""

import json
from collections.abc import Iterable
from typing import Any

from credwallet.model.credential import OPEN_BADGES_2, Credential, JsonObject
from credwallet.model.moment import moment_of_seconds
from credwallet.model.report import Linked

# What is shown of a loaded document; the rest need not be kept.
_SHOWN = (
    *("id", "type", "name", "description", "criteria", "tags", "alignment", "issuer"),
    *("url", "issuedOn", "expires", "evidence", "narrative", "badge", "@language"),
)
# A picture in a text, or a novel, is not kept for showing.
_MOST_SHOWN = 16_384
_ALIGNMENT = {
    "name": "targetName",
    "url": "targetUrl",
    "description": "targetDescription",
}


def whole(credential: Credential, linked: Iterable[Linked]) -> Credential:
    """Put the loaded documents of a badge in their places.

    Args:
        credential: Of any format; all but Open Badges 1.x and 2.0 stay as they are.
        linked: What was loaded to verify it.

    Returns:
        The credential with badge class and issuer embedded, dates as text, and what
        only the hosted copy states. For showing: its document is not what was signed.

    """
    if credential.format != OPEN_BADGES_2:
        return credential
    documents = {item.url: item.document for item in linked}
    stated = credential.document
    address = hosted_at(stated)
    document = {**documents.get(address, {}), **stated}
    document["badge"] = _badge(document.get("badge"), documents)
    for name, older in (("issuedOn", "issued_on"), ("expires", "expires")):
        value = document.get(name, stated.get(older))
        if value is not None:
            document[name] = _moment(value)
    document["evidence"] = [
        {"id": entry} if isinstance(entry, str) else entry
        for entry in _many(document.get("evidence"))
    ]
    document["recipient"] = _recipient(document.get("recipient"))
    if not isinstance(document.get("id"), str):
        document["id"] = address
    document.setdefault("type", document.get("@type", "Assertion"))
    return credential._replace(document=document)


def with_earlier(
    linked: Iterable[Linked], earlier: Iterable[Linked]
) -> tuple[Linked, ...]:
    """Add what an earlier verification loaded and this one could not.

    Args:
        linked: What was loaded now.
        earlier: What was loaded then, as it was kept.

    Returns:
        Both; the earlier ones with the origin `kept`. For showing: no verdict rests on
        them.

    """
    now = tuple(linked)
    urls = {item.url for item in now}
    kept = (item._replace(origin="kept") for item in earlier if item.url not in urls)
    return (*now, *kept)


def hosted_at(document: JsonObject) -> str:
    """Return the address at which an assertion says that it is hosted, or `""`.

    Args:
        document: The assertion: its `id`, or else `verify.url` of Open Badges 1.x.

    """
    if is_address(document.get("id")):
        return str(document["id"])
    url = verification_of(document).get("url")
    return str(url) if is_address(url) and "signed" not in forms_of(document) else ""


def verification_of(document: JsonObject) -> JsonObject:
    """Return the object that says how an assertion is verified, empty if none does."""
    value = document.get("verification", document.get("verify"))
    return value if isinstance(value, dict) else {}


def forms_of(document: JsonObject) -> frozenset[str]:
    """Return `hosted`, `signed` or both: how an assertion says that it is verified."""
    names = {"HostedBadge": "hosted", "SignedBadge": "signed"}
    types = _many(verification_of(document).get("type"))
    found = {names.get(name, name) for name in types if isinstance(name, str)}
    return frozenset(found & {"hosted", "signed"})


def is_address(value: Any) -> bool:
    """Tell whether a JSON value is an address of the web."""
    return isinstance(value, str) and value[:8].lower().startswith(
        ("https://", "http://")
    )


def to_show(document: JsonObject) -> JsonObject:
    """Take out of a loaded document what `whole` shows, for keeping.

    Args:
        document: A badge class, an issuer, or a hosted assertion.

    """
    return {
        name: document[name]
        for name in _SHOWN
        if name in document and len(json.dumps(document[name])) <= _MOST_SHOWN
    }


def _badge(value: Any, documents: dict[str, JsonObject]) -> JsonObject:
    badge = _loaded(value, documents)
    issuer = _loaded(badge.get("issuer"), documents)
    if not isinstance(issuer.get("id"), str):
        # Open Badges 0.5 knows an issuer by its origin.
        origin = issuer.get("origin")
        issuer["id"] = origin if isinstance(origin, str) else ""
    badge["issuer"] = issuer
    badge["alignment"] = [
        _alignment(entry)
        for entry in _many(badge.get("alignment"))
        if isinstance(entry, dict)
    ]
    return badge


def _loaded(value: Any, documents: dict[str, JsonObject]) -> JsonObject:
    embedded = value if isinstance(value, dict) else {}
    url = embedded.get("id") if embedded else value
    if not isinstance(url, str):
        return dict(embedded)
    found = documents.get(url, {})
    other = found.get("id")
    # A document may say that it is to be had at another address.
    if isinstance(other, str) and other in documents:
        url, found = other, documents[other]
    return {**embedded, **found, "id": url}


def _alignment(entry: JsonObject) -> JsonObject:
    renamed = {
        _ALIGNMENT[name]: value for name, value in entry.items() if name in _ALIGNMENT
    }
    return {**renamed, **entry}


def _recipient(value: Any) -> JsonObject:
    stated = value if isinstance(value, dict) else {"identity": value}
    identity = stated.get("identity")
    # A hash names nobody to people.
    plain = isinstance(identity, str) and not is_hash(identity)
    return {**stated, "id": identity if plain else ""}


def is_hash(identity: str) -> bool:
    """Tell whether an identity is written as a hash, such as `sha256$...`."""
    algorithm, dollar, digest = identity.partition("$")
    return bool(dollar and algorithm.isalnum() and digest.isalnum())


def _moment(value: Any) -> Any:
    # Open Badges 1.x: seconds since 1970.
    if isinstance(value, int) and not isinstance(value, bool):
        moment = moment_of_seconds(value)
        return moment.isoformat() if moment is not None else ""
    return value


def _many(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
