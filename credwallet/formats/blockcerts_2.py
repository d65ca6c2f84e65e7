"""Blockcerts 2.0: Open Badges 2.0 assertions with a Merkle receipt in `signature`.

The badge class and the issuer are embedded, and the receipt covers them. Extraction
only; an assertion with another kind of `signature` is no Blockcerts document.
"""

from credwallet.canon import strict_json
from credwallet.errors import Unreadable
from credwallet.formats._kind import types_of
from credwallet.model.credential import BLOCKCERTS_2, Credential

NAME = BLOCKCERTS_2
REFUSAL = "no Merkle receipt"

_RECEIPT = "MerkleProof2017"


def sniff(data: bytes) -> bool:
    """Say whether this is a JSON object that speaks of a Merkle receipt."""
    return data.lstrip(b" \t\r\n")[:1] == b"{" and _RECEIPT.encode() in data


def read(data: bytes) -> Credential:
    """Extract a Blockcerts 2.0 document.

    Args:
        data: UTF-8 JSON.

    Returns:
        It as a credential of format `blockcerts-2`.

    Raises:
        Unreadable: No strict JSON, or no assertion with a Merkle receipt.

    """
    document = strict_json.loads(data)
    if not isinstance(document, dict):
        raise Unreadable("no JSON object")
    signature = document.get("signature")
    if not isinstance(signature, dict) or _RECEIPT not in types_of(signature):
        raise Unreadable("its signature is no Merkle receipt")
    if "badge" not in document:
        raise Unreadable("no assertion: it awards no badge")
    return Credential(
        raw=data, media_type="application/ld+json", format=NAME, document=document
    )
