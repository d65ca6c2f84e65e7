"""Which key does this verification method name? The table of DID methods.

Data Integrity 1.0 section 4.4, Controlled Identifiers 1.0 section 3.3. Each DID method
is one module of this folder that turns a DID into a document of keys; what is taken
from the document is the same for all.
"""

from functools import lru_cache
from types import MappingProxyType
from typing import Protocol

from credwallet.errors import Invalid, Undetermined
from credwallet.fetch import Fetch, Offline
from credwallet.keys import did_jwk, did_key, did_web, document, finding, https
from credwallet.keys.document import ControllerDocument
from credwallet.keys.identifiers import DidUrl, parse_did_url, scheme_of
from credwallet.keys.wording import shown
from credwallet.model.proof import VerificationMethod


class Method(Protocol):
    """A DID method: a module with these names."""

    NAME: str

    def read(self, did: DidUrl, /, *, fetch: Fetch) -> ControllerDocument:
        """Return the document of keys of a DID.

        Args:
            did: The DID, maybe with a fragment, which does not choose the document.
            fetch: The port for methods that fetch; the others never call it.

        Raises:
            Invalid: If the DID is malformed, or its document is not its own.
            Undetermined: If the document cannot be had.

        """
        ...


METHODS: MappingProxyType[str, Method] = MappingProxyType(
    {"jwk": did_jwk, "key": did_key, "web": did_web}
)


# DIDs that say everything themselves: the same text is always the same key.
_SELF_CONTAINED = ("did:key:", "did:jwk:")


def resolve(method_id: str, *, fetch: Fetch) -> VerificationMethod:
    """Find the key that a verification method identifier names.

    Args:
        method_id: A DID URL or an https URL, as in `proof.verificationMethod`.
        fetch: Who answers for addresses.

    Returns:
        The method with its key, its controller and the relationships that list it. The
        controller is always the subject of the document that lists the method. For
        `self_asserted` methods nothing but the badge names the key; their
        `relationships` are empty.

    Raises:
        Invalid: Not a URI, an unknown scheme, or a document that was had and does not
            list the key, or lists it as another's.
        Undetermined: An unknown DID method, a document that cannot be had, or a kind
            of key that is not supported.

    """
    scheme = scheme_of(method_id)
    if scheme == "did":
        if method_id.startswith(_SELF_CONTAINED):
            return _resolve_self_contained(method_id)
        return _resolve_did(method_id, fetch)
    if scheme in ("https", "http"):
        return https.resolve(method_id, fetch=fetch)
    if scheme == "urn":
        # A name without an address: only its fragment can carry the key.
        return https.from_fragment(method_id)
    raise Invalid(f"{shown(method_id)} has the unknown scheme {scheme}")


def _resolve_did(method_id: str, fetch: Fetch) -> VerificationMethod:
    did = parse_did_url(method_id)
    found = read_did(did, fetch=fetch)
    if did.fragment:
        return finding.find(found, did.url)
    return finding.default(found)


# A wallet meets few issuers, each of them often.
@lru_cache(maxsize=256)
def _resolve_self_contained(method_id: str) -> VerificationMethod:
    return _resolve_did(method_id, Offline())


def read_document(identifier: str, *, fetch: Fetch) -> ControllerDocument:
    """Read the document of keys of a DID or an https URL.

    Args:
        identifier: Such as the `id` of an issuer.
        fetch: Who answers for addresses.

    Returns:
        The document.

    Raises:
        Invalid: Not a DID or https URL, or a document of another id.
        Undetermined: It cannot be had, or says nothing about keys.

    """
    scheme = scheme_of(identifier)
    if scheme == "did":
        return read_did(parse_did_url(identifier), fetch=fetch)
    if scheme in ("https", "http"):
        return https.read(identifier, fetch=fetch)
    raise Invalid(f"{shown(identifier)} has no document of keys")


def read_did(did: DidUrl, *, fetch: Fetch) -> ControllerDocument:
    """Read the document of a DID.

    Args:
        did: Of any method; a fragment is not looked at.
        fetch: Who answers for addresses. It is asked for the DID itself if its method
            is unknown: the learner may have supplied the document.

    Returns:
        The document.

    Raises:
        Invalid: Not a DID of its method, or a document of another DID.
        Undetermined: An unknown method, or a document that cannot be had.

    """
    method = METHODS.get(did.method)
    if method is not None:
        return method.read(did, fetch=fetch)
    try:
        answer = fetch(did.did)
    except Undetermined:
        raise Undetermined(
            f"the DID method {shown(did.method)} is not supported",
            next_step="give the document of the DID with --documents",
            type="unknown-did-method",
        ) from None
    value = document.parse(answer.body, did.did)
    return document.read(value, id=did.did, source=f"{did.did} ({answer.told})")
