"""EcdsaSecp256r1Signature2019: ECDSA with P-256 over RDF (draft of 2019)."""

from credwallet.proofs import value

NAME = "EcdsaSecp256r1Signature2019"
KINDS = {"P-256": "sha256"}

signature_of = value.either
hash_data = value.hash_data
