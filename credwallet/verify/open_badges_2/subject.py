"""Is it about me? `recipient` of Open Badges 0.5 to 2.1, plain or hashed.

Open Badges 2.0 "IdentityObject", "IdentityHash": the hash of address and salt. One
without a salt, or of an old kind, can be guessed, which is said.
"""

from credwallet.model.credential import JsonObject
from credwallet.model.open_badges_2 import is_hash
from credwallet.model.report import Check, Outcome, Problem
from credwallet.verify import subject
from credwallet.verify.case import Case, answer, passed, skipped

ID = subject.ID
QUESTION = subject.QUESTION

_WEAK = ("md5$", "sha1$")


def check(case: Case) -> Check:
    """Compare the recipient with the learner's identities."""
    if not case.policy.identities:
        return skipped(ID, "you have not said who you are")
    entry = _entry(case.held.document)
    stated = entry.get("identityHash")
    if not isinstance(stated, str) or not stated:
        return answer(ID, Outcome.UNKNOWN, NOBODY)
    match = subject.matching(entry, case.policy.identities)
    if not match:
        return answer(ID, Outcome.FAILED, SOMEBODY_ELSE)
    remarks = tuple(_cautions(stated, entry.get("salt")))
    words = "".join(f" ({remark.title})" for remark in remarks)
    return passed(ID, f"issued to {match}{words}", *remarks)


def _entry(document: JsonObject) -> JsonObject:
    recipient = document.get("recipient")
    if isinstance(recipient, dict):
        identity, salt = recipient.get("identity"), recipient.get("salt")
    else:
        # Open Badges 0.5.
        identity, salt = recipient, document.get("salt")
    if isinstance(identity, str):
        identity = identity.removeprefix("mailto:")
    return {"identityHash": identity, "salt": salt}


def _cautions(stated: str, salt: object) -> list[Problem]:
    if not is_hash(stated):
        return []
    found = []
    if not salt:
        found.append(_UNSALTED)
    if stated.lower().startswith(_WEAK):
        found.append(_OLD)
    return found


_UNSALTED = Problem(
    type="unsalted-hash",
    title="its hash has no salt: others can guess the address",
    instance="/recipient/salt",
)
_OLD = Problem(
    type="weak-hash",
    title="its hash is of an old kind that proves little",
    instance="/recipient/identity",
)
SOMEBODY_ELSE = Problem(
    type="other-subject",
    title="it is about none of the identities you gave",
    instance="/recipient",
    next_step="add yours with: credwallet identity add",
)
NOBODY = Problem(
    type="no-subject",
    title="it does not say whom it is about",
    instance="/recipient",
)
