"""JsonWebSignature2020: a detached JWS over RDF, by a key of any kind (draft of 2022).

The algorithm follows from the key; the header of the JWS may only agree.
"""

from credwallet.model.proof import Proof
from credwallet.proofs import value
from credwallet.proofs.jose import ALGORITHMS

NAME = "JsonWebSignature2020"
# Which hash goes with each is the header's to say.
KINDS = dict.fromkeys(ALGORITHMS, "sha256")

hash_data = value.hash_data


def signature_of(proof: Proof, /) -> bytes:
    """Decode the signature in `jws`; there is no `proofValue`."""
    return value.detached(proof).signature
