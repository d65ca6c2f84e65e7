"""Is the key really the issuer's, and does the learner know the issuer?

VCDM 2.0 section 4.7. The way from key to issuer: verification method, its document,
`assertionMethod` there, controller, issuer; all must agree (Controlled Identifiers 1.0
section 3.3). A key that only the badge itself names ties nothing to anybody. Whether
the issuer is known to the learner is a remark, unless the learner demands it.
"""

import unicodedata
from datetime import datetime

from credwallet.errors import Invalid
from credwallet.model.credential import Credential
from credwallet.model.moment import span_words
from credwallet.model.proof import VerificationMethod
from credwallet.model.report import Check, Listed, Outcome, Problem
from credwallet.model.scripts import mixture_in
from credwallet.verify import dates
from credwallet.verify.case import Case, answer, passed, skipped

ID = "issuer"
QUESTION = "Is the key really the issuer's, and do I know the issuer?"


def check(case: Case) -> Check:
    """Tie each verified proof to the issuer (or holder), or say that nothing does."""
    tied = _tie(case)
    remark = mixed_scripts(case)
    if remark is None:
        return tied
    note = f"{tied.note}; {remark.title}" if tied.note else remark.title
    return tied._replace(note=note, problems=(*tied.problems, remark))


def _tie(case: Case) -> Check:
    proofs = [proof for proof in case.verified if proof.pending is None]
    if not proofs:
        return skipped(ID, "no proof was verified")
    methods = [proof.method for proof in proofs]
    # A holder may be left out of a presentation: then the key speaks for itself.
    signer = case.signer or (methods[0].controller if not case.is_credential else "")
    own = [method for method in methods if method.controller == signer]
    if not own:
        return answer(ID, Outcome.FAILED, _foreign(methods[0], signer))
    firm = [method for method in own if not method.self_asserted]
    if not firm:
        doubt = next((proof.doubt for proof in proofs if proof.doubt), "")
        return answer(ID, Outcome.UNKNOWN, _self_asserted(signer, doubt))
    listed = [method for method in firm if _may_sign(case, method)]
    if not listed:
        return answer(ID, Outcome.FAILED, _not_listed(firm[0], case))
    for method in listed:
        stale = _stale(method, case.policy.at)
        if stale is not None:
            return answer(ID, Outcome.UNKNOWN, stale)
    return known(case, signer, listed[0], others=len(methods) - len(own))


def mixed_scripts(case: Case) -> Problem | None:
    """Say if the issuer's name mixes letters that look alike (UTS 39 section 5).

    Args:
        case: The verification; a presentation has no issuer's name.

    Returns:
        A remark that names one such letter, or None.

    """
    held = case.held
    return mixed_name(held.issuer.name) if isinstance(held, Credential) else None


def mixed_name(name: str) -> Problem | None:
    """Say if a name of an issuer mixes letters that look alike.

    Args:
        name: As it would be shown.

    Returns:
        A remark that names one such letter, or None.

    """
    found = mixture_in(name)
    if found is None:
        return None
    scripts = " and ".join(script.capitalize() for script in found.scripts)
    return Problem(
        type="mixed-scripts",
        title=f"the issuer's name mixes {scripts} letters in one word: {found.odd}"
        f" is {unicodedata.name(found.odd)}",
        instance="/issuer/name",
        next_step="go by the issuer's identifier, not by its name",
    )


def _may_sign(case: Case, method: VerificationMethod) -> bool:
    allowed = {"assertionMethod"}
    if not case.is_credential:
        allowed.add("authentication")
    return bool(allowed & method.relationships)


def known(case: Case, signer: str, method: VerificationMethod, *, others: int) -> Check:
    """Say whose key it is, and whether the learner knows the issuer.

    Args:
        case: The verification; what registries say is added to it.
        signer: Identifier of the issuer.
        method: A key that is tied to it.
        others: How many proofs are by other parties.

    """
    note = f"the key is {signer}'s ({method.source})"
    if others:
        note += f"; {others} more by other parties"
    return acquainted(case, signer, note)


def acquainted(case: Case, signer: str, note: str) -> Check:
    """Say whether the learner knows the issuer that something is tied to.

    Args:
        case: The verification; what registries say is added to it.
        signer: Identifier of the issuer.
        note: By what it is tied to the issuer.

    """
    if not case.is_credential or case.policy.known_issuers is None:
        return passed(ID, note)
    unchecked = _look_up(case, signer)
    note += "".join(f"; {_told(listed)}" for listed in case.listed)
    note += "".join(f"; {problem.title}" for problem in unchecked)
    pinned = case.policy.known_issuers.get(signer)
    if pinned is not None:
        note += f"; you know it as {pinned.name or pinned.id}"
    if pinned is not None or case.listed:
        return passed(ID, note, *unchecked)
    stranger = Problem(
        type="unknown-issuer",
        title="you have not said that you know this issuer",
        instance="/issuer",
        next_step=f"if you do: credwallet issuer trust {signer}",
    )
    if case.policy.require_known_issuer:
        return answer(ID, Outcome.UNKNOWN, stranger, *unchecked)
    note += "; not among the issuers you know"
    return passed(ID, note, stranger, *unchecked)


def _look_up(case: Case, signer: str) -> tuple[Problem, ...]:
    """Ask the learner's registries; those that could not be asked come back."""
    if not case.policy.registries:
        return ()
    from credwallet.trust.registries import look_up  # noqa: PLC0415 -- lazily: some use

    found = look_up(
        case.policy.registries, signer, fetch=case.ports.fetch, at=case.policy.at
    )
    case.listed = found.listed
    return found.unchecked


def _told(listed: Listed) -> str:
    age = f" ({span_words(listed.age_s)} old)" if listed.age_s else ""
    return f"listed as {listed.name} in {listed.registry}{age}"


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


def _self_asserted(signer: str, doubt: str) -> Problem:
    return Problem(
        type="self-asserted-key",
        title=f"nothing ties it to the issuer: {doubt}"
        if doubt
        else "nothing ties this key to the issuer: only the badge names it",
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
