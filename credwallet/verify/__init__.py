"""Which questions are asked, in which order, and what do the answers mean?

A check is a module with `ID`, `QUESTION` and `check`, plus one line in `CHECKS`.
Reports always hold every check in this order, so that they compare. Low layers raise;
only the checks turn `Invalid` and `Undetermined` into outcomes. VCDM 2.0 section 7.1.
"""

from collections.abc import Sequence
from importlib import import_module
from typing import NamedTuple, Protocol

from credwallet.errors import Unreadable
from credwallet.fetch import Noting
from credwallet.formats import parts_of
from credwallet.model.credential import Credential, Held, Presentation
from credwallet.model.report import (
    Check,
    Consulted,
    Outcome,
    Verdict,
    VerificationReport,
)
from credwallet.model.summary import OUT_OF_DATE
from credwallet.proofs.secured import Patience
from credwallet.verify import (
    endorsements,
    issuer,
    proof,
    refresh,
    status,
    structure,
    subject,
    validity,
)
from credwallet.verify.case import Allowance, Case, Vouching, skipped
from credwallet.verify.policy import Policy, Ports


class Question(Protocol):
    """One check: its name in reports, its words, and how it is answered."""

    ID: str
    QUESTION: str

    def check(self, case: Case, /) -> Check:
        """Answer for one case; never raises for what the credential holds."""
        ...


CHECKS: tuple[Question, ...] = (
    structure,
    proof,
    issuer,
    validity,
    status,
    subject,
    endorsements,
    refresh,
)

# Standards that answer the same questions in their own way, by the format's NAME: the
# package whose `QUESTIONS` are all the questions of `CHECKS`, in that order. Imported
# when such a credential comes, since most commands see none.
STANDARDS = {
    "blockcerts-2": "credwallet.verify.blockcerts_2",
    "jades": "credwallet.verify.jades",
    "open-badges-2": "credwallet.verify.open_badges_2",
    "sd-jwt": "credwallet.verify.sd_jwt",
}

# What must not be unknown for a credential to be called valid.
REQUIRED = frozenset({"structure", "proof", "issuer", "validity", "status"})

# For what others sign (status lists, endorsements): no further lists, no recursion.
_SIGNED = ("structure", "proof", "issuer", "validity")


def questions_of(format_name: str) -> tuple[Question, ...]:
    """Return the eight questions as the standard of a format answers them.

    Args:
        format_name: `NAME` of a format.

    """
    package = STANDARDS.get(format_name)
    if package is None:
        return CHECKS
    questions: tuple[Question, ...] = import_module(package).QUESTIONS
    return questions


def verify(held: Held, policy: Policy, ports: Ports) -> VerificationReport:
    """Answer every question about a credential, or a presentation and what it holds.

    Args:
        held: What a format read.
        policy: The learner's conditions; `at` decides validity.
        ports: How documents and contexts are reached.

    Returns:
        The report. Bad input never raises: it fails a check.

    """
    fetch = Noting(ports.fetch)
    ports = ports._replace(fetch=fetch)
    report = _verify(held, policy, ports, _Around(Patience(), Allowance()))
    if not fetch.noted:
        return report
    consulted = (
        Consulted(url, document.origin, document.age_s)
        for url, document in fetch.noted.items()
    )
    ports.weighed(tuple(fetch.noted), could_tell=_could_tell(report))
    return report._replace(consulted=tuple(consulted))


def _could_tell(report: VerificationReport) -> bool:
    """Say whether every required question was answered, of what it holds as well."""
    return not any(
        check.outcome is Outcome.UNKNOWN and check.id in REQUIRED
        for check in report.checks
    ) and all(_could_tell(inner) for inner in report.contains)


class _Around(NamedTuple):
    """What stands around something, and what the whole file may still cost."""

    patience: Patience
    allowance: Allowance
    depth: int = 0
    in_record: bool = False
    vouching: Vouching | None = None


def _verify(
    held: Held, policy: Policy, ports: Ports, around: _Around
) -> VerificationReport:
    case = Case(held, policy, ports, around.patience)
    case.allowance = around.allowance
    case.depth = around.depth
    unsigned = not case.proofs and held.jws is None
    case.covered = around.in_record and unsigned and case.is_credential
    case.vouching = around.vouching if case.covered else None
    _take_apart(case)
    report = _report(case, questions_of(held.format))
    if not case.parts:
        return report._replace(contains=case.endorsed) if case.endorsed else report
    inside = around._replace(
        depth=around.depth + 1,
        in_record=case.is_credential,
        vouching=_vouching(case, report),
    )
    parts = tuple(
        _verify(part.held, policy, ports, inside)._replace(
            role="part", pointer=part.pointer
        )
        for part in case.parts
        if not isinstance(part.held, Exception)
    )
    report = report._replace(contains=(*parts, *case.endorsed))
    if not isinstance(held, Presentation):
        # A learner record stands for itself: it can be good though a part is revoked.
        return report
    verdicts = (report.verdict, *(inner.verdict for inner in parts))
    return report._replace(verdict=min(verdicts, key=list(Verdict).index))


def _vouching(case: Case, report: VerificationReport) -> Vouching | None:
    """Let a record that is good itself speak for what its issuer put into it."""
    if not case.is_credential or report.verdict is not Verdict.VALID:
        return None
    return Vouching(case.signer, case.verified)


def _take_apart(case: Case) -> None:
    """Read what it holds; the structure check says what could not be looked at."""
    try:
        parts = parts_of(case.held, case.depth)
    except Unreadable as error:
        case.unread = f"what it holds was not looked at: {error.what}"
        return
    if isinstance(case.held, Credential) and not case.allowance.take_parts(len(parts)):
        case.unread = "what it holds was not looked at: the file holds too much"
        return
    case.parts = parts


def verify_signed(
    held: Held, policy: Policy, ports: Ports, patience: Patience
) -> VerificationReport:
    """Answer for a document that another credential rests on.

    The status of a status list or an endorsement is not looked up, so that no chain of
    lists can be built.

    Args:
        held: The list, or whatever else is relied upon.
        policy: That of the verification that needs it.
        ports: Documents and contexts.
        patience: What the whole file may cost, shared with the credential.

    """
    return _report(Case(held, policy, ports, patience), _asked(held, *_SIGNED))


def _asked(held: Held, *ids: str) -> tuple[Question, ...]:
    questions = questions_of(held.format)
    return tuple(question for question in questions if question.ID in ids)


def verify_endorsement(held: Credential, case: Case) -> VerificationReport:
    """Answer for an endorsement in a credential (Open Badges 3.0 section 9.1).

    Args:
        held: The endorsement.
        case: The credential around it.

    """
    inner = Case(held, case.policy, case.ports, case.patience)
    report = _report(inner, _asked(held, *_SIGNED, "status"))
    missing = (
        skipped(question.ID, "not asked of an endorsement")
        for question in (subject, endorsements, refresh)
    )
    return report._replace(checks=(*report.checks, *missing))


def verify_newer(held: Credential, case: Case) -> VerificationReport:
    """Answer every question about a newer copy of a credential, and ask no further.

    Args:
        held: What the issuer gave out.
        case: The credential of which it is a newer copy.

    """
    policy = case.policy._replace(refresh=False)
    return _verify(held, policy, case.ports, _Around(case.patience, case.allowance))


def verdict_of(checks: Sequence[Check]) -> Verdict:
    """Derive the one word from all answers; `docs/verifying.md` says how."""
    failed = {check.id: check for check in checks if check.outcome is Outcome.FAILED}
    if failed:
        verdict = _failing(failed)
        if verdict is not None:
            return verdict
    unknown = any(
        check.outcome is Outcome.UNKNOWN and check.id in REQUIRED for check in checks
    )
    return Verdict.UNDETERMINED if unknown else Verdict.VALID


def _in_date(check: Check, held: Held) -> Check:
    """Take validity as passed where only the credential's own dates speak against."""
    if check.id != validity.ID or check.outcome is not Outcome.FAILED:
        return check
    pointers = [problem.instance for problem in check.problems]
    claims = [pointer for pointer in pointers if pointer in ("/nbf", "/exp")]
    states_claims = isinstance(held, Credential) and held.states_claims
    dated = all(
        problem.type in ("expired", "not-yet-valid")
        and not problem.instance.startswith("/proof")
        for problem in check.problems
    )
    # Beside members, claims may end the token alone: the row does not know when.
    if dated and (states_claims or len(claims) * 2 <= len(pointers)):
        return check._replace(outcome=Outcome.PASSED)
    return check


def _failing(failed: dict[str, Check]) -> Verdict | None:
    def found(check_id: str) -> set[str]:
        return {problem.type for problem in failed[check_id].problems}

    if "structure" in failed:
        return Verdict.MALFORMED
    if "proof" in failed or "issuer" in failed:
        return Verdict.INVALID
    if "status" in failed:
        hit = "revoked" in found("status")
        return Verdict.REVOKED if hit else Verdict.SUSPENDED
    if "validity" not in failed:
        return None
    types = found("validity")
    if "expired" in types:
        return Verdict.EXPIRED
    return Verdict.NOT_YET_VALID if "not-yet-valid" in types else Verdict.INVALID


def _report(case: Case, questions: tuple[Question, ...]) -> VerificationReport:
    checks: list[Check] = []
    stopped = ""
    for question in questions:
        if stopped:
            checks.append(skipped(question.ID, f"not asked: {stopped} failed"))
            continue
        check = question.check(case)
        checks.append(check)
        if check.outcome is Outcome.FAILED and check.id in ("structure", "proof"):
            stopped = check.id
    verdict = verdict_of(checks)
    then = verdict
    if then in OUT_OF_DATE:
        then = verdict_of([_in_date(check, case.held) for check in checks])
    return VerificationReport(
        subject=case.held,
        at=case.policy.at,
        offline=case.policy.offline,
        checks=tuple(checks),
        verdict=verdict,
        unsigned=case.unsigned,
        linked=case.linked,
        listed=case.listed,
        newer=case.newer,
        verdict_then=then,
    )
