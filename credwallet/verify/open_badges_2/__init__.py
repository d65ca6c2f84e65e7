"""How the questions of `verify` are answered for Open Badges 0.5 to 2.1.

An assertion is hosted by its issuer or signed with the issuer's key, and names badge
class and issuer by their addresses. What is the same as for other credentials is asked
there.
"""

from typing import TYPE_CHECKING

from credwallet.verify import refresh
from credwallet.verify.open_badges_2 import (
    endorsements,
    issuer,
    proof,
    status,
    structure,
    subject,
    validity,
)

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
