"""EcdsaSecp256k1Signature2019: ECDSA with secp256k1 over RDF (draft of 2019)."""

from credwallet.proofs import value

NAME = "EcdsaSecp256k1Signature2019"
KINDS = {"secp256k1": "sha256"}

signature_of = value.either
hash_data = value.hash_data
