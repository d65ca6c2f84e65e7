"""Ed25519Signature2020: the older name of Ed25519 over RDF (vc-di-eddsa, annex)."""

from credwallet.model.proof import Proof
from credwallet.proofs.secured import HashData, Secured

NAME = "Ed25519Signature2020"
KINDS = {"Ed25519": "sha256"}


def hash_data(secured: Secured, proof: Proof, hash_name: str, /) -> HashData:
    """Return the bytes that the proof signs."""
    return secured.rdfc_hash_data(proof, hash_name)
