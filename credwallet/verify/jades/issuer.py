"""Is the seal really the issuer's, and does anybody vouch for it?

The chain of the certificate must end in the learner's trust list, and the certificate
must be the issuer's: by the identifier of the organisation (ETSI EN 319 412-1 section
5.1.4, `eIDASIdentifier` of the European Learning Model) or by its name. Anybody with a
certificate can seal a credential in another's name.
"""

from typing import NamedTuple

from credwallet.errors import CredwalletError, Invalid, Undetermined
from credwallet.formats import jades as reading
from credwallet.keys.wording import shown
from credwallet.keys.x5c import Certified
from credwallet.model.report import Check, Outcome, Problem
from credwallet.proofs.jades import certified
from credwallet.verify import issuer
from credwallet.verify.case import Case, answer, passed, skipped
from credwallet.verify.jades.organisation import Likeness, likeness

ID = issuer.ID
QUESTION = issuer.QUESTION


class _Judged(NamedTuple):
    """A signer whose chain was followed, and how it compares with the issuer."""

    signer: Certified
    likeness: Likeness


def check(case: Case) -> Check:
    """Follow the chain of each signature and compare its owner with the issuer."""
    if not case.verified:
        return skipped(ID, "no proof was verified")
    signatures = reading.signatures_of(case.held.raw)
    if len(case.verified) < len(signatures):
        return answer(ID, Outcome.UNKNOWN, _OPEN)
    judged: list[_Judged] = []
    for place, signature in enumerate(signatures):
        try:
            signer = certified(
                signature.jws,
                trusted=case.policy.trusted_certificates,
                at=case.policy.at,
            )
        except (Invalid, Undetermined) as error:
            return _broken(error, place)
        judged.append(_Judged(signer, likeness(case.held.document, signer)))
    # The issuer's own seal counts; beside it others may have sealed, too.
    told = _answered(case, min(judged, key=_rank), others=len(judged) - 1)
    remark = issuer.mixed_scripts(case)
    if remark is None:
        return told
    note = f"{told.note}; {remark.title}"
    return told._replace(note=note, problems=(*told.problems, remark))


def _broken(error: CredwalletError, place: int) -> Check:
    error.instance = f"/signatures/{place}"
    bad = isinstance(error, Invalid)
    return answer(ID, Outcome.FAILED if bad else Outcome.UNKNOWN, error)


def _rank(judged: _Judged) -> tuple[bool, int]:
    order = (Likeness.SAME, Likeness.SAME_NUMBER, Likeness.UNLIKE, Likeness.OTHER)
    return bool(judged.signer.doubt), order.index(judged.likeness)


def _answered(case: Case, judged: _Judged, *, others: int) -> Check:
    signer = judged.signer
    name = shown(signer.organization or signer.subject or "nobody")
    if judged.likeness is Likeness.OTHER:
        return answer(ID, Outcome.FAILED, _another(case, name))
    doubt = _doubt(case, judged, name)
    if doubt is not None:
        return answer(ID, Outcome.UNKNOWN, doubt)
    source = (
        f"certificate trusted through {shown(signer.anchor)};"
        " whether it was withdrawn is not looked up"
    )
    if case.signer in signer.names:
        method = case.verified[0].method._replace(source=source)
        return issuer.known(case, case.signer, method, others=others)
    if case.policy.require_known_issuer:
        return answer(ID, Outcome.UNKNOWN, _not_pinned(name))
    note = f"sealed by {name} ({source})"
    if others:
        note += f"; {others} more by other parties"
    if judged.likeness is Likeness.SAME_NUMBER:
        remark = _other_name(case, name)
        return passed(ID, f"{note}; {remark.title}", remark)
    return passed(ID, note)


def _doubt(case: Case, judged: _Judged, name: str) -> Problem | None:
    if judged.signer.doubt:
        known = _has_list(case)
        return _doubtful(name, judged.signer.doubt) if known else _no_list(name)
    return _unlike(case, name) if judged.likeness is Likeness.UNLIKE else None


def _has_list(case: Case) -> bool:
    return bool(case.policy.trusted_certificates)


def _called(case: Case) -> str:
    return shown(_legal_name(case) or case.signer or "nobody")


def _legal_name(case: Case) -> str:
    from credwallet.model.learning_achievement import legal_name  # noqa: PLC0415 -- lazily: only for notes

    return legal_name(case.held.document.get("issuer"))


def _no_list(name: str) -> Problem:
    return Problem(
        type="untrusted-certificate",
        title=f"sealed by {name}: the certificate is not checked against a trust list",
        instance="/issuer",
        next_step="give a trust list with --trust-list FILE",
    )


def _doubtful(name: str, doubt: str) -> Problem:
    return Problem(
        type="untrusted-certificate",
        title=f"sealed by {name}: {doubt}",
        instance="/issuer",
        next_step="give the trust list of the issuer's country with --trust-list FILE",
    )


def _unlike(case: Case, name: str) -> Problem:
    return Problem(
        type="foreign-key",
        title=f"sealed by {name}, and nothing in the certificate names"
        f" the issuer {_called(case)}",
        instance="/issuer",
        next_step=f"the seal is good; ask {_called(case)} whether {name} seals for it",
    )


def _not_pinned(name: str) -> Problem:
    return Problem(
        type="unknown-issuer",
        title=f"sealed by {name}, which your trust list vouches for and you do not",
        instance="/issuer",
        next_step="the identifier in such a credential is not certified: leave out"
        " --require-known-issuer",
    )


def _another(case: Case, name: str) -> Problem:
    return Problem(
        type="foreign-key",
        title=f"sealed by {name}, whose number is not that of"
        f" the issuer {_called(case)}",
        instance="/issuer",
        next_step="do not rely on it unless its issuer confirms it",
    )


def _other_name(case: Case, name: str) -> Problem:
    return Problem(
        type="other-name",
        title=f"its issuer goes by {_called(case)} in it, and by {name}"
        " in the certificate",
        instance="/issuer/legalName",
        next_step="go by the name in the certificate",
    )


_OPEN = Problem(
    type="open-signature",
    title="not every signature of the seal could be checked",
    instance="/signatures",
    next_step="see what the check of the proof says",
)
