"""Which of the keys that a document lists is meant?

Controlled Identifiers 1.0 section 3.3. By id, by the bare `kid` of a JWS, by the key
itself, or the only one there is. What is found is the document's own: a method whose
controller is someone else is refused.
"""

from credwallet.errors import Invalid, Undetermined
from credwallet.keys import jwk, material
from credwallet.keys.document import ASSERTION, ControllerDocument, Entry
from credwallet.keys.public_key import PublicKey
from credwallet.keys.wording import shown
from credwallet.model.proof import VerificationMethod


def find(listing: ControllerDocument, method_id: str) -> VerificationMethod:
    """Find a method by its absolute id.

    Args:
        listing: Where to look.
        method_id: Such as `did:web:example.org#key-1`.

    Returns:
        The method.

    Raises:
        Invalid: The document does not list it, or it is another's.
        Undetermined: Its key is of an unsupported kind.

    """
    for entry in listing.entries:
        if entry.id == method_id:
            return method_of(listing, entry)
    raise Invalid(
        f"{shown(listing.id)} lists no verification method {shown(method_id)}"
    )


def find_name(listing: ControllerDocument, name: str) -> VerificationMethod:
    """Find a method by a bare `kid`: its fragment, its JWK's `kid`, or a thumbprint.

    Args:
        listing: Where to look.
        name: The value of `kid` (RFC 7515 section 4.1.4); it is compared, not opened.

    Returns:
        The method.

    Raises:
        Invalid: No method or several go by that name, or the one is another's.
        Undetermined: Its key is of an unsupported kind.

    """
    found = [entry for entry in listing.entries if name in _names(entry)]
    if len(found) == 1:
        return method_of(listing, found[0])
    raise Invalid(
        f"{shown(listing.id)} lists {len(found) or 'no'} keys by the kid {shown(name)}"
    )


def find_key(listing: ControllerDocument, public_key: PublicKey) -> VerificationMethod:
    """Find the method that states a given key, preferably one for assertions.

    Args:
        listing: Where to look.
        public_key: The key.

    Returns:
        The method.

    Raises:
        Invalid: The document does not list that key.

    """
    found = [
        method
        for method in _usable(listing, listing.entries)
        # Its `alg` may stand in one of the two places only.
        if method.public_key[:2] == public_key[:2]
    ]
    if not found:
        raise Invalid(f"{shown(listing.id)} does not list the key in the badge")
    return next((item for item in found if ASSERTION in item.relationships), found[0])


def default(listing: ControllerDocument) -> VerificationMethod:
    """Take the only method for assertions, for want of a name.

    Args:
        listing: Where to look.

    Returns:
        The method.

    Raises:
        Invalid: There is none, or there are several.
        Undetermined: Its key is of an unsupported kind.

    """
    found = [item for item in listing.entries if ASSERTION in item.relationships]
    if len(found) == 1:
        return method_of(listing, found[0])
    raise Invalid(
        f"no key is named, and {shown(listing.id)} lists"
        f" {len(found) or 'none'} for assertions"
    )


def method_of(listing: ControllerDocument, entry: Entry) -> VerificationMethod:
    """Make the method of an entry, with its key.

    Args:
        listing: Where the entry stands.
        entry: One of its entries.

    Returns:
        The method.

    Raises:
        Invalid: Its controller is not the document's subject (Controlled Identifiers
            1.0 section 3.3 step 10), or its key is bad.
        Undetermined: Its key is of an unsupported kind.

    """
    controller = entry.method.get("controller")
    if controller != listing.id:
        raise Invalid(
            f"the controller of {shown(entry.id)} is {shown(controller)},"
            f" not {shown(listing.id)}"
        )
    return VerificationMethod(
        id=entry.id,
        type=str(entry.method.get("type")),
        controller=listing.id,
        public_key=material.read(entry.method),
        relationships=entry.relationships,
        self_asserted=False,
        source=listing.source,
        expires=_time(entry, "expires"),
        revoked=_time(entry, "revoked"),
    )


def _usable(
    listing: ControllerDocument, entries: tuple[Entry, ...]
) -> tuple[VerificationMethod, ...]:
    methods = []
    for entry in entries:
        try:
            methods.append(method_of(listing, entry))
        except (Invalid, Undetermined):
            # A key that cannot be used is not the one we look for.
            continue
    return tuple(methods)


def _names(entry: Entry) -> tuple[str, ...]:
    names: tuple[str, ...] = (entry.id, entry.id.partition("#")[2])
    value = entry.method.get("publicKeyJwk")
    if not isinstance(value, dict):
        return names
    kid = value.get("kid")
    if isinstance(kid, str):
        names = (*names, kid)
    try:
        return (*names, jwk.thumbprint(value))
    except Invalid:
        return names


def _time(entry: Entry, member: str) -> str:
    value = entry.method.get(member, "")
    if not isinstance(value, str):
        raise Invalid(f"the member {member} of {shown(entry.id)} is not a text")
    return value
