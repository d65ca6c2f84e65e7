"""Is it valid at this time? `issuedOn` and `expires` of Open Badges 2.0."""

from credwallet.errors import Invalid
from credwallet.model.moment import SKEW
from credwallet.model.report import Check, Outcome
from credwallet.verify import validity
from credwallet.verify.blockcerts_2 import moments
from credwallet.verify.case import Case, answer, passed
from credwallet.verify.open_badges_2.validity import early, late

ID = validity.ID
QUESTION = validity.QUESTION


def check(case: Case) -> Check:
    """Compare both dates with the policy's moment."""
    document, at = case.held.document, case.policy.at
    try:
        issued = moments.parse(document.get("issuedOn"), "/issuedOn")
        ends = (
            moments.parse(document["expires"], "/expires")
            if "expires" in document
            else None
        )
    except Invalid as error:
        return answer(ID, Outcome.FAILED, error)
    if ends is not None and at - ends >= SKEW:
        return answer(ID, Outcome.FAILED, late(str(document["expires"])))
    if issued - at > SKEW:
        return answer(ID, Outcome.FAILED, early(str(document["issuedOn"]), "issuedOn"))
    until = f"until {ends.date()}" if ends is not None else "no end"
    return passed(ID, f"from {issued.date()}, {until}")
