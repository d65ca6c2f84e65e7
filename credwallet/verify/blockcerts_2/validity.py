"""Is it valid at this time? `issuedOn` and `expires` of Open Badges 2.0."""

from credwallet.errors import Invalid
from credwallet.model.moment import SKEW
from credwallet.model.report import Check, Outcome, Problem
from credwallet.verify import validity
from credwallet.verify.blockcerts_2 import moments
from credwallet.verify.case import Case, answer, passed

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
        return answer(ID, Outcome.FAILED, _late(str(document["expires"])))
    if issued - at > SKEW:
        return answer(ID, Outcome.FAILED, _early(str(document["issuedOn"])))
    until = f"until {ends.date()}" if ends is not None else "no end"
    return passed(ID, f"from {issued.date()}, {until}")


def _late(text: str) -> Problem:
    return Problem(
        type="expired",
        title=f"expired on {text} (expires)",
        instance="/expires",
        next_step="ask the issuer whether it can be renewed",
    )


def _early(text: str) -> Problem:
    return Problem(
        type="not-yet-valid",
        title=f"not valid before {text} (issuedOn)",
        instance="/issuedOn",
        next_step="come back then; if your clock is wrong, set it",
    )
