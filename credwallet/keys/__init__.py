"""Whose key is it, and what are its bytes? From a name to a public key.

One module per DID method (`did_*.py`) and one line in `METHODS`. Nothing here decides
whether a key may be used: the caller compares controller and relationships.
"""

from credwallet.keys.jose import from_jose
from credwallet.keys.jwk import from_jwk, thumbprint
from credwallet.keys.methods import METHODS, read_document, resolve
from credwallet.keys.public_key import PublicKey

__all__ = [
    "METHODS",
    "PublicKey",
    "from_jose",
    "from_jwk",
    "read_document",
    "resolve",
    "thumbprint",
]
