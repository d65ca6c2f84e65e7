"""eddsa-jcs-2022: Ed25519 over JSON text (vc-di-eddsa section 3.3)."""

from credwallet.model.proof import Proof
from credwallet.proofs.secured import HashData, Secured

NAME = "eddsa-jcs-2022"
KINDS = {"Ed25519": "sha256"}


def hash_data(secured: Secured, proof: Proof, hash_name: str, /) -> HashData:
    """Return the bytes that the proof signs."""
    return secured.jcs_hash_data(proof, hash_name)
