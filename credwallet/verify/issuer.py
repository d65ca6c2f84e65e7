"""Is the key really the issuer's, and does the learner know the issuer?

The way from key to issuer: verification method, its document, `assertionMethod` there,
controller, issuer; all must agree (Controlled Identifiers 1.0 section 3.3). A key that
only the badge itself names ties nothing to anybody. Whether the issuer is known to the
learner is a remark, unless the learner demands it.
"""

from datetime import datetime

from credwallet.errors import Invalid
from credwallet.model.proof import VerificationMethod
from credwallet.model.report import Check, Outcome, Problem
from credwallet.verify import dates
from credwallet.verify.case import Case, answer, passed, skipped

ID = "issuer"
QUESTION = "Is the key really the issuer's, and do I know the issuer?"


def check(case: Case) -> Check:
    """Tie each verified proof to the issuer (or holder), or say that nothing does."""
    if not case.verified:
        return skipped(ID, "no proof was verified")
    methods = [proof.method for proof in case.verified]
    # A holder may be left out of a presentation: then the key speaks for itself.
    signer = case.signer or (methods[0].controller if not case.is_credential else "")
    own = [method for method in methods if method.controller == signer]
    if not own:
        return answer(ID, Outcome.FAILED, _foreign(methods[0], signer))
    firm = [method for method in own if not method.self_asserted]
    if not firm:
        return answer(ID, Outcome.UNKNOWN, _self_asserted(signer))
    listed = [method for method in firm if _may_sign(case, method)]
    if not listed:
        return answer(ID, Outcome.FAILED, _not_listed(firm[0], case))
    for method in listed:
        stale = _stale(method, case.policy.at)
        if stale is not None:
            return answer(ID, Outcome.UNKNOWN, stale)
    return _known(case, signer, listed[0], len(methods) - len(own))


def _may_sign(case: Case, method: VerificationMethod) -> bool:
    allowed = {"assertionMethod"}
    if not case.is_credential:
        allowed.add("authentication")
    return bool(allowed & method.relationships)


def _known(case: Case, signer: str, method: VerificationMethod, others: int) -> Check:
    note = f"the key is {signer}'s ({method.source})"
    if others:
        note += f"; {others} more by other parties"
    if not case.is_credential or case.policy.known_issuers is None:
        return passed(ID, note)
    known = case.policy.known_issuers.get(signer)
    if known is not None:
        return passed(ID, f"{note}; you know it as {known.name or known.id}")
    stranger = Problem(
        type="unknown-issuer",
        title="you have not said that you know this issuer",
        instance="/issuer",
        next_step=f"if you do: credwallet issuer trust {signer}",
    )
    if case.policy.require_known_issuer:
        return answer(ID, Outcome.UNKNOWN, stranger)
    return passed(ID, f"{note}; not among the issuers you know", stranger)


def _stale(method: VerificationMethod, at: datetime) -> Problem | None:
    for name, text in (("revoked", method.revoked), ("expires", method.expires)):
        if not text:
            continue
        try:
            moment = dates.parse(text, zone_required=False, pointer="")
        except Invalid:
            moment = at
        if moment <= at:
            word = "revoked" if name == "revoked" else "expired"
            return Problem(
                type="stale-key",
                title=f"the issuer's key {method.id} is {word} since {text}",
                next_step="ask the issuer for a copy signed with a current key",
            )
    return None


def _foreign(method: VerificationMethod, signer: str) -> Problem:
    return Problem(
        type="foreign-key",
        title=f"signed by {method.controller}, not by the issuer {signer}",
        instance="/issuer",
        next_step="do not rely on this badge unless its issuer confirms it",
    )


def _self_asserted(signer: str) -> Problem:
    return Problem(
        type="self-asserted-key",
        title="nothing ties this key to the issuer: only the badge names it",
        instance="/issuer",
        next_step=f"the signature fits; ask {signer} whether it is theirs",
    )


def _not_listed(method: VerificationMethod, case: Case) -> Problem:
    purpose = "issuing credentials" if case.is_credential else "presenting"
    return Problem(
        type="key-not-listed",
        title=f"the issuer's document does not list {method.id} for {purpose}",
        instance="/issuer",
        next_step="ask the issuer for a copy signed with a listed key",
    )
