"""ecdsa-jcs-2019: ECDSA, P-256 or P-384, over JSON text (vc-di-ecdsa section 3.3)."""

from credwallet.keys import PublicKey
from credwallet.model.proof import Proof
from credwallet.proofs import value
from credwallet.proofs.secured import HashData, Secured

NAME = "ecdsa-jcs-2019"
KINDS = {"P-256": "sha256", "P-384": "sha384"}

signature_of = value.base58btc


def hash_data(secured: Secured, proof: Proof, key: PublicKey, /) -> HashData:
    """Return the bytes that the proof signs.

    Args:
        secured: The document with its proofs.
        proof: One of them, of this suite.
        key: On P-256 or P-384, which decides the hash.

    Raises:
        Invalid: If the proof's `@context` does not open the document's.

    """
    return secured.jcs_hash_data(proof, KINDS[key.kind])
