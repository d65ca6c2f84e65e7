"""How the questions of `verify` are answered for Blockcerts 2.0.

Open Badges 2.0 assertions that a Merkle receipt covers with their badge class and
issuer. The issuer's key is a blockchain address; revocation is a list that the issuer
hosts. What is the same as for other credentials is asked there.
"""

from typing import TYPE_CHECKING

from credwallet.verify import endorsements, issuer, refresh
from credwallet.verify.blockcerts_2 import proof, status, structure, subject, validity

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
