"""Is it about me? `recipient` of Open Badges 2.0, by its value or its salted hash."""

from credwallet.model.report import Check, Outcome, Problem
from credwallet.verify import subject
from credwallet.verify.case import Case, answer, passed, skipped

ID = subject.ID
QUESTION = subject.QUESTION


def check(case: Case) -> Check:
    """Compare the recipient with the learner's identities."""
    if not case.policy.identities:
        return skipped(ID, "you have not said who you are")
    recipient = case.held.document.get("recipient")
    if not isinstance(recipient, dict):
        return answer(ID, Outcome.UNKNOWN, _NOBODY)
    entry = {"identityHash": recipient.get("identity"), "salt": recipient.get("salt")}
    match = subject.matching(entry, case.policy.identities)
    if match:
        return passed(ID, f"issued to {match}")
    return answer(ID, Outcome.FAILED, _SOMEBODY_ELSE)


_SOMEBODY_ELSE = Problem(
    type="other-subject",
    title="it is about none of the identities you gave",
    instance="/recipient",
    next_step="add yours with: credwallet identity add",
)
_NOBODY = Problem(
    type="no-subject",
    title="it does not say whom it is about",
    instance="/recipient",
)
