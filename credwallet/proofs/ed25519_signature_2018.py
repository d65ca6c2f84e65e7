"""Ed25519Signature2018: Ed25519 over RDF, as a detached JWS (draft of 2021)."""

from credwallet.proofs import value

NAME = "Ed25519Signature2018"
KINDS = {"Ed25519": "sha256"}

signature_of = value.either
hash_data = value.hash_data
