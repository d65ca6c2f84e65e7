"""Revoked or suspended?

The `status` claim (Token Status List section 6) of an SD-JWT VC, and `credentialStatus`
of a VC 2.0 document as for any other. The holder cannot hold the claim back: it must
not be disclosed selectively.
"""

from credwallet.errors import Undetermined
from credwallet.keys.wording import shown
from credwallet.model.credential import Credential
from credwallet.model.report import Check, Outcome, Problem
from credwallet.status import StatusResult, token_status_list
from credwallet.verify import status
from credwallet.verify.case import Case, answer, passed
from credwallet.verify.sd_jwt.proof import trust_of

ID = status.ID
QUESTION = status.QUESTION

_BY_GRAVITY = (Outcome.FAILED, Outcome.UNKNOWN, Outcome.PASSED, Outcome.SKIPPED)


def check(case: Case) -> Check:
    """Look up the `status` claim and every `credentialStatus` entry."""
    entries = status.check(case)
    held = case.held
    if not isinstance(held, Credential):
        return entries
    claim = held.document.get("status")
    if not isinstance(claim, dict):
        return entries
    answers = sorted((_claim(case, held, claim), entries), key=_gravity)
    gravest = answers[0]
    more = answers[1].problems if answers[1].outcome is not Outcome.PASSED else ()
    return gravest._replace(problems=(*gravest.problems, *more))


def _gravity(found: Check) -> int:
    return _BY_GRAVITY.index(found.outcome)


def _claim(case: Case, held: Credential, claim: dict[str, object]) -> Check:
    if token_status_list.MEMBER not in claim:
        return answer(ID, Outcome.UNKNOWN, _unsupported(claim))
    try:
        found = token_status_list.read(
            claim[token_status_list.MEMBER],
            held,
            trust_of(case),
            keys=[proof.method.public_key for proof in case.verified],
        )
    except Undetermined as error:
        if error.instance is None:
            error.instance = "/status/status_list"
        return answer(ID, Outcome.UNKNOWN, error)
    if found.state in ("revoked", "suspended"):
        return answer(ID, Outcome.FAILED, _hit(found))
    return passed(ID, found.note)


def _hit(found: StatusResult) -> Problem:
    return Problem(
        type=found.state,
        title=f"{found.state} by the issuer's list",
        instance="/status/status_list",
        detail=found.note,
        next_step="ask the issuer why",
    )


def _unsupported(claim: dict[str, object]) -> Problem:
    kinds = ", ".join(sorted(claim)) or "nothing"
    return Problem(
        type="unknown-status-type",
        title=f"status not checked: {shown(kinds)} is not supported",
        instance="/status",
        next_step="ask the issuer whether the badge still stands",
    )
