"""How the questions of `verify` are answered for tokens with selective disclosure.

SD-JWT VC, and VC 2.0 in SD-JWT (VC-JOSE-COSE section 3.2). What is the same as for
other credentials is asked there.
"""

from typing import TYPE_CHECKING

from credwallet.verify import refresh, subject, validity
from credwallet.verify.sd_jwt import endorsements, issuer, proof, status, structure

if TYPE_CHECKING:
    from credwallet.verify import Question

__all__ = ["QUESTIONS"]

QUESTIONS: "tuple[Question, ...]" = (
    structure,
    proof,
    issuer,
    validity,
    status,
    subject,
    endorsements,
    refresh,
)
