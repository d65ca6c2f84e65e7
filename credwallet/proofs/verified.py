"""What a proof turns out to be once it fits."""

from typing import NamedTuple

from credwallet.canon.jsonld import Undefined
from credwallet.errors import Undetermined
from credwallet.model.proof import VerificationMethod


class VerifiedProof(NamedTuple):
    """A proof that fits: the key that made it, and what it does not cover.

    `undefined` are terms of the document that no context defines, and `supplied` the
    contexts in use that the learner supplied; both are empty for proofs over JSON text.
    `pending` is why the proof proves nothing yet though it fits (an anchor that was not
    looked up), and `doubt` why nothing ties the method to the issuer, or `""`.
    """

    label: str
    method: VerificationMethod
    undefined: tuple[Undefined, ...] = ()
    supplied: tuple[str, ...] = ()
    pending: Undetermined | None = None
    doubt: str = ""
