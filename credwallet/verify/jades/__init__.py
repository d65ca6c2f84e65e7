"""How the questions of `verify` are answered for credentials that are sealed.

JAdES (ETSI TS 119 182-1) as Europass puts it around credentials of the European
Learning Model. The seal covers the JSON text, so that no JSON-LD context is needed; a
certificate says who signed. What is the same as for other credentials is asked there.
"""

from typing import TYPE_CHECKING

from credwallet.verify import endorsements, refresh
from credwallet.verify.jades import (
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
