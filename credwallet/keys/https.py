"""Keys at https addresses: a document of keys, one key, or a key in the URL itself.

Controlled Identifiers 1.0 section 3.3, Open Badges 3.0 section 8 (a `kid` that is the
URL of a JWK), RFC 7517 section 5 (JWK sets). Several issuers put the key into the
fragment of a URL that answers nothing; such a key is taken, and marked as tied to the
issuer by nothing but the badge.
"""

from typing import Any

from credwallet.errors import Invalid, Undetermined
from credwallet.fetch import Fetch
from credwallet.fetch.addresses import target_of
from credwallet.keys import document, finding, jwk, material, multikey
from credwallet.keys.document import ASSERTION, ControllerDocument, Entry
from credwallet.keys.wording import shown
from credwallet.model.proof import VerificationMethod

IN_THE_BADGE = "in the badge itself"

_FOR_ASSERTIONS = frozenset((ASSERTION,))


def resolve(url: str, /, *, fetch: Fetch, issuer: str = "") -> VerificationMethod:
    """Find the key that a URL names.

    Args:
        url: An https (or http) URL, with or without a fragment.
        fetch: Who answers for it.
        issuer: Whose keys are looked for; see `read`.

    Returns:
        The method. `self_asserted` where the document cannot be had, or says nothing
        about keys, and the fragment itself is a Multikey.

    Raises:
        Invalid: The document was had and does not list the key.
        Undetermined: It cannot be had, and the fragment is no key.

    """
    fragment = url.partition("#")[2]
    try:
        found = read(url, fetch=fetch, issuer=issuer)
    except Undetermined:
        if not fragment.startswith("z"):
            raise
        return from_fragment(url)
    return finding.find(found, url) if fragment else finding.default(found)


def from_fragment(url: str) -> VerificationMethod:
    """Take the key that a URL carries in its own fragment.

    Args:
        url: Such as `https://issuer.example/x#z6Mk...`.

    Returns:
        A method that nothing but the URL itself vouches for.

    Raises:
        Undetermined: The fragment is no key, or one of an unsupported kind.

    """
    address, _, fragment = url.partition("#")
    try:
        public_key = multikey.decode(fragment)
    except Invalid as error:
        raise Undetermined(
            f"{shown(address)} was not had, and its fragment is no key: {error.what}",
            next_step="run again online, or give the document with --documents",
            type="no-key-document",
        ) from None
    return VerificationMethod(
        id=url,
        type="Multikey",
        controller=address,
        public_key=public_key,
        relationships=frozenset(),
        self_asserted=True,
        source=IN_THE_BADGE,
    )


def read(url: str, /, *, fetch: Fetch, issuer: str = "") -> ControllerDocument:
    """Fetch a document of keys, whatever its form.

    Args:
        url: The URL, with the fragment that is looked for if there is one.
        fetch: Who answers for it; it is asked with the fragment, because a document
            that the learner supplies may be of that one key.
        issuer: An https URL. Bare keys (a JWK or a JWK set) do not say whose they are:
            at the issuer's own origin they are its, elsewhere they are the address's.

    Returns:
        The keys, each with its absolute id. A JWK or a JWK set says nothing about
        relationships: its keys count as published for assertions.

    Raises:
        Invalid: A document of another id, or two different keys with one id.
        Undetermined: It cannot be had, or says nothing about keys.

    """
    answer = fetch(url)
    address = url.partition("#")[0]
    value = document.parse(answer.body, address)
    source = f"{address} ({answer.told})"
    owner = issuer if _same_origin(address, issuer) else address
    if "keys" in value and "id" not in value:
        return _key_set(value["keys"], address, owner, source)
    if "kty" in value:
        return ControllerDocument(owner, (_of_jwk(value, url, owner),), source)
    if any(member in value for member in material.MEMBERS):
        return _single(value, url, source)
    found = document.read(value, id=address, source=source)
    if not found.entries:
        raise Undetermined(
            f"the document of {shown(address)} says nothing about keys",
            next_step="ask the issuer where its keys are published",
            type="no-key-document",
        )
    return found


def _single(value: dict[str, Any], url: str, source: str) -> ControllerDocument:
    if value.get("id") != url:
        raise Invalid(
            f"the verification method at {shown(url)}"
            f" says it is {shown(value.get('id'))}"
        )
    entry = Entry(url, value, _FOR_ASSERTIONS)
    return ControllerDocument(url.partition("#")[0], (entry,), source)


def _same_origin(address: str, issuer: str) -> bool:
    try:
        return target_of(address)[:2] == target_of(issuer)[:2]
    except Undetermined:
        # No address that would be asked: nothing can stand there.
        return False


def _key_set(keys: Any, address: str, owner: str, source: str) -> ControllerDocument:
    if not isinstance(keys, list):
        raise Invalid(f"the JWK set of {shown(address)} is not a list of keys")
    entries: dict[str, Entry] = {}
    for value in keys:
        if not isinstance(value, dict) or not _name(value):
            continue
        name = _name(value)
        method_id = name if name.startswith(address + "#") else f"{address}#{name}"
        entry = _of_jwk(value, method_id, owner)
        if entries.setdefault(entry.id, entry) != entry:
            raise Invalid(f"{shown(address)} lists two keys {shown(entry.id)}")
    return ControllerDocument(owner, tuple(entries.values()), source)


def _of_jwk(value: dict[str, Any], method_id: str, owner: str) -> Entry:
    fragment = method_id.partition("#")[2]
    name = _name(value)
    if fragment and name and name not in (fragment, method_id):
        raise Invalid(f"the key at {shown(method_id)} has the kid {shown(name)}")
    method = {
        "type": "JsonWebKey",
        "controller": owner,
        "publicKeyJwk": value,
    }
    return Entry(method_id, method, _FOR_ASSERTIONS)


def _name(value: dict[str, Any]) -> str:
    kid = value.get("kid")
    if isinstance(kid, str):
        return kid
    try:
        return jwk.thumbprint(value)
    except Invalid:
        return ""
