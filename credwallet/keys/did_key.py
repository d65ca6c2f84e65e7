"""did:key: the identifier is the key.

did:key method v0.9. Nothing is fetched; the document has one method, whose id is the
key once more as the fragment. A bare did:key stands for that method, as real badges
write it.
"""

from credwallet.errors import Invalid
from credwallet.fetch import Fetch
from credwallet.keys.document import RELATIONSHIPS, ControllerDocument, Entry
from credwallet.keys.identifiers import DidUrl
from credwallet.keys.wording import shown

NAME = "key"

_RELATIONSHIPS = frozenset(RELATIONSHIPS) - {"keyAgreement"}


def read(did: DidUrl, /, *, fetch: Fetch) -> ControllerDocument:  # noqa: ARG001 -- the same call for every method
    """Write the document of a did:key.

    Args:
        did: The DID; its identifier is a Multikey text with the header `z`.
        fetch: Not used.

    Returns:
        The document. The key itself is read when it is taken from there.

    Raises:
        Invalid: The identifier is not base58btc.

    """
    if not did.identifier.startswith("z") or ":" in did.identifier:
        raise Invalid(f"{shown(did.did)} is not a did:key")
    method = {
        "type": "Multikey",
        "controller": did.did,
        "publicKeyMultibase": did.identifier,
    }
    entry = Entry(f"{did.did}#{did.identifier}", method, _RELATIONSHIPS)
    return ControllerDocument(did.did, (entry,), "in the DID itself")
