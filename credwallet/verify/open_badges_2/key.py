"""Which keys may have signed this assertion, and whose are they?

Open Badges 2.0 "CryptographicKey" and "Signed badges": `verification.creator` names the
key, or else the issuer's profile does; the profile must list it. Open Badges 1.x names
the address of a key in `verify.url`, which no profile lists: a key on the issuer's own
host counts.
"""

from collections.abc import Iterator
from typing import Any

from credwallet.canon import strict_json
from credwallet.errors import CredwalletError, Invalid, Undetermined, Unreadable
from credwallet.keys.jwk import from_jwk
from credwallet.keys.pem import from_pem, looks_like
from credwallet.keys.public_key import PublicKey
from credwallet.keys.wording import shown
from credwallet.model.credential import JsonObject
from credwallet.model.open_badges_2 import is_address, verification_of
from credwallet.model.proof import VerificationMethod
from credwallet.verify.open_badges_2.documents import Documents, Node
from credwallet.verify.open_badges_2.scope import same_host

_MAX_KEYS = 10
_LISTED = frozenset({"assertionMethod"})


def keys_of(
    assertion: JsonObject, issuer: Node, documents: Documents
) -> Iterator[VerificationMethod | CredwalletError]:
    """Yield the keys that may have signed an assertion, or why one cannot be had.

    Args:
        assertion: The signed assertion.
        issuer: Its issuer's profile.
        documents: Where key documents come from.

    """
    listed = issuer.document.get("publicKey")
    entries = listed if isinstance(listed, list) else [listed] * (listed is not None)
    by_id = {_identifier(entry): entry for entry in entries}
    stated = verification_of(assertion)
    creator = _identifier(stated.get("creator", stated.get("url")))
    names = [creator] if creator else list(by_id)
    for name in names[:_MAX_KEYS]:
        try:
            method = _method(name, by_id, issuer, documents)
            older = "creator" not in stated and not by_id
            yield _by_host(method, issuer) if older else method
        except (Invalid, Undetermined) as error:
            yield error


def _method(
    name: str, by_id: dict[str, Any], issuer: Node, documents: Documents
) -> VerificationMethod:
    embedded = by_id.get(name)
    if isinstance(embedded, dict) and not embedded.keys() <= {"id", "type"}:
        document, told = embedded, issuer.told
    elif is_address(name):
        document, told = _document(name, documents)
    else:
        raise Invalid(
            f"the issuer's key {shown(name)} has no address",
            type="unknown-key",
            next_step="ask the issuer for a new copy",
        )
    owner = document.get("owner", document.get("controller"))
    owner = owner if isinstance(owner, str) else ""
    listed = name in by_id
    return VerificationMethod(
        id=name or f"{issuer.url}#key",
        type="CryptographicKey",
        controller=owner or (issuer.url if listed else ""),
        public_key=_public_key(document),
        relationships=_LISTED if listed else frozenset(),
        self_asserted=not by_id,
        source=told,
    )


def _by_host(method: VerificationMethod, issuer: Node) -> VerificationMethod:
    """Take a key of Open Badges 1.x that stands on the issuer's host for its own."""
    if not same_host(method.id, issuer.url):
        return method
    return method._replace(
        controller=method.controller or issuer.url,
        relationships=_LISTED,
        self_asserted=False,
        source=f"on the issuer's host, {method.source}",
    )


def _document(url: str, documents: Documents) -> tuple[JsonObject, str]:
    answered = documents.answer(url)
    text = answered.body.decode("ascii", "replace")
    if looks_like(text):
        # Open Badges 1.x: the bare key.
        return {"publicKeyPem": text}, answered.told
    try:
        strict_json.loads(answered.body)
    except Unreadable:
        raise Undetermined(
            f"{shown(url)} holds no key",
            type="bad-answer",
            next_step="try again later, or ask the issuer",
        ) from None
    node = documents.load(url, "the issuer's key")
    inner = _inside(node.document, url)
    stated = inner.get("id")
    if isinstance(stated, str) and stated != url:
        raise Invalid(
            f"the document at {shown(url)} is of another key, {shown(stated)}",
            type="unknown-key",
            next_step="ask the issuer for a new copy",
        )
    return inner, node.told


def _inside(document: JsonObject, url: str) -> JsonObject:
    """Take a key out of a profile that stands at the same address."""
    listed = document.get("publicKey")
    for entry in listed if isinstance(listed, list) else [listed]:
        if isinstance(entry, dict) and entry.get("id") == url:
            return entry
    return document


def _public_key(document: JsonObject) -> PublicKey:
    pem = document.get("publicKeyPem")
    if isinstance(pem, str):
        return from_pem(pem)
    if "publicKeyJwk" in document:
        return from_jwk(document["publicKeyJwk"])
    raise Invalid(
        "the issuer's key document states no key (publicKeyPem)",
        type="unknown-key",
        next_step="ask the issuer for a new copy",
    )


def _identifier(value: Any) -> str:
    named = value.get("id") if isinstance(value, dict) else value
    return named if isinstance(named, str) else ""
