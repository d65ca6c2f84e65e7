"""Is it about me? `recipient` of Open Badges 2.0, by its value or its salted hash."""

from credwallet.model.report import Check, Outcome
from credwallet.verify import subject
from credwallet.verify.case import Case, answer, passed, skipped
from credwallet.verify.open_badges_2.subject import NOBODY, SOMEBODY_ELSE

ID = subject.ID
QUESTION = subject.QUESTION


def check(case: Case) -> Check:
    """Compare the recipient with the learner's identities."""
    if not case.policy.identities:
        return skipped(ID, "you have not said who you are")
    recipient = case.held.document.get("recipient")
    if not isinstance(recipient, dict):
        return answer(ID, Outcome.UNKNOWN, NOBODY)
    entry = {"identityHash": recipient.get("identity"), "salt": recipient.get("salt")}
    match = subject.matching(entry, case.policy.identities)
    if match:
        return passed(ID, f"issued to {match}")
    return answer(ID, Outcome.FAILED, SOMEBODY_ELSE)
