"""What a proof turns out to be once it fits."""

from typing import NamedTuple

from credwallet.canon.jsonld import Undefined
from credwallet.model.proof import VerificationMethod


class VerifiedProof(NamedTuple):
    """A proof that fits: the key that made it, and what it does not cover.

    `undefined` are terms of the document that no context defines, and `supplied` the
    contexts in use that the learner supplied; both are empty for proofs over JSON text.
    """

    label: str
    method: VerificationMethod
    undefined: tuple[Undefined, ...] = ()
    supplied: tuple[str, ...] = ()
