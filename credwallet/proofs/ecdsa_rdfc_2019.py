"""ecdsa-rdfc-2019: ECDSA with P-256 or P-384 over RDF (vc-di-ecdsa section 3.2)."""

from credwallet.model.proof import Proof
from credwallet.proofs.secured import HashData, Secured

NAME = "ecdsa-rdfc-2019"
KINDS = {"P-256": "sha256", "P-384": "sha384"}


def hash_data(secured: Secured, proof: Proof, hash_name: str, /) -> HashData:
    """Return the bytes that the proof signs."""
    return secured.rdfc_hash_data(proof, hash_name)
