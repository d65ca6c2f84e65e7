"""eddsa-jcs-2022: Ed25519 over JSON text (vc-di-eddsa section 3.3)."""

from credwallet.keys import PublicKey
from credwallet.model.proof import Proof
from credwallet.proofs import value
from credwallet.proofs.secured import HashData, Secured

NAME = "eddsa-jcs-2022"
KINDS = {"Ed25519": "sha256"}

signature_of = value.base58btc


def hash_data(secured: Secured, proof: Proof, key: PublicKey, /) -> HashData:
    """Return the bytes that the proof signs.

    Args:
        secured: The document with its proofs.
        proof: One of them, of this suite.
        key: An Ed25519 key.

    Raises:
        Invalid: If the proof's `@context` does not open the document's.

    """
    return secured.jcs_hash_data(proof, KINDS[key.kind])
