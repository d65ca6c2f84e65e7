"""did:jwk: the identifier is a JSON Web Key in base64url.

did:jwk method. Nothing is fetched; the document has one method, `#0`.
"""

from credwallet.canon import strict_json
from credwallet.errors import Invalid, Unreadable
from credwallet.fetch import Fetch
from credwallet.keys import multibase
from credwallet.keys.document import RELATIONSHIPS, ControllerDocument, Entry
from credwallet.keys.identifiers import DidUrl
from credwallet.keys.wording import shown

NAME = "jwk"

_RELATIONSHIPS = frozenset(RELATIONSHIPS) - {"keyAgreement"}


def read(did: DidUrl, /, *, fetch: Fetch) -> ControllerDocument:  # noqa: ARG001 -- the same call for every method
    """Write the document of a did:jwk.

    Args:
        did: Of this method; a fragment is not looked at.
        fetch: Not used.

    Returns:
        The document.

    Raises:
        Invalid: The identifier is not the base64url form of a JSON object.

    """
    try:
        value = strict_json.loads(multibase.base64url_decode(did.identifier))
    except (Invalid, Unreadable) as error:
        raise Invalid(f"{shown(did.did)} is not a did:jwk: {error.what}") from None
    if not isinstance(value, dict):
        raise Invalid(f"{shown(did.did)} is not a did:jwk: no JSON object")
    method = {"type": "JsonWebKey", "controller": did.did, "publicKeyJwk": value}
    entry = Entry(f"{did.did}#0", method, _RELATIONSHIPS)
    return ControllerDocument(did.did, (entry,), "in the DID itself")
