"""Is it valid at this time? `issuedOn` and `expires` of Open Badges 0.5 to 2.1."""

from credwallet.errors import Invalid
from credwallet.model.moment import SKEW
from credwallet.model.report import Check, Outcome, Problem
from credwallet.verify import validity
from credwallet.verify.case import Case, answer, passed
from credwallet.verify.open_badges_2 import moments

ID = validity.ID
QUESTION = validity.QUESTION


def check(case: Case) -> Check:
    """Compare both dates with the policy's moment, and with each other."""
    document, at = case.held.document, case.policy.at
    opens = "issued_on" if "issued_on" in document else "issuedOn"
    try:
        issued, ends = (
            moments.parse(document[name], f"/{name}") if name in document else None
            for name in (opens, "expires")
        )
    except Invalid as error:
        return answer(ID, Outcome.FAILED, error)
    if issued is not None and ends is not None and ends < issued:
        return answer(ID, Outcome.FAILED, _REVERSED)
    if ends is not None and at - ends >= SKEW:
        return answer(ID, Outcome.FAILED, late(ends.date().isoformat()))
    if issued is not None and issued - at > SKEW:
        return answer(ID, Outcome.FAILED, early(issued.date().isoformat(), opens))
    start = f"from {issued.date()}" if issued is not None else "no start"
    until = f"until {ends.date()}" if ends is not None else "no end"
    return passed(ID, f"{start}, {until}")


_REVERSED = Problem(
    type="date",
    title="it expires before it was issued",
    instance="/expires",
    next_step="ask the issuer for a corrected copy",
)


def late(day: str) -> Problem:
    """Say that it expired.

    Args:
        day: Its `expires`, as it is to be read.

    """
    return Problem(
        type="expired",
        title=f"expired on {day} (expires)",
        instance="/expires",
        next_step="ask the issuer whether it can be renewed",
    )


def early(day: str, name: str) -> Problem:
    """Say that it does not hold yet.

    Args:
        day: Its date of issue, as it is to be read.
        name: The member that states it.

    """
    return Problem(
        type="not-yet-valid",
        title=f"not valid before {day} ({name})",
        instance=f"/{name}",
        next_step="come back then; if your clock is wrong, set it",
    )
