"""Which questions are asked, in which order, and what do the answers mean?

A check is a module with `ID`, `QUESTION` and `check`, plus one line in `CHECKS`.
Reports always hold every check in this order, so that they compare. Low layers raise;
only the checks turn `Invalid` and `Undetermined` into outcomes. VCDM 2.0 section 7.1.
"""

from collections.abc import Sequence
from typing import Protocol

from credwallet.model.credential import Held, Presentation
from credwallet.model.report import Check, Outcome, Verdict, VerificationReport
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
from credwallet.verify.case import Case, skipped
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

# Standards that answer the same questions in their own way, by the format's NAME.
# Each holds all the questions of `CHECKS`, in that order.
STANDARDS: dict[str, tuple[Question, ...]] = {}

# What must not be unknown for a credential to be called valid.
REQUIRED = frozenset({"structure", "proof", "issuer", "validity", "status"})

# For what others sign (status lists, endorsements): no further lists, no recursion.
_SIGNED = (structure, proof, issuer, validity)


def verify(held: Held, policy: Policy, ports: Ports) -> VerificationReport:
    """Answer every question about a credential, or a presentation and what it holds.

    Args:
        held: What a format read.
        policy: The learner's conditions; `at` decides validity.
        ports: How documents and contexts are reached.

    Returns:
        The report. Bad input never raises: it fails a check.

    """
    return _verify(held, policy, ports, Patience())


def _verify(
    held: Held, policy: Policy, ports: Ports, patience: Patience
) -> VerificationReport:
    questions = STANDARDS.get(held.format, CHECKS)
    report = _report(Case(held, policy, ports, patience), questions)
    if not isinstance(held, Presentation):
        return report
    contains = tuple(
        _verify(part, policy, ports, patience)
        for part in held.credentials
        if not isinstance(part, Exception)
    )
    verdicts = (report.verdict, *(inner.verdict for inner in contains))
    gravest = min(verdicts, key=list(Verdict).index)
    return report._replace(contains=contains, verdict=gravest)


def verify_signed(
    held: Held, policy: Policy, ports: Ports, patience: Patience
) -> VerificationReport:
    """Answer for a document that another credential rests on.

    The status of a status list or an endorsement is not looked up, so that no chain of
    lists can be built.
    """
    return _report(Case(held, policy, ports, patience), _SIGNED)


def verdict_of(checks: Sequence[Check]) -> Verdict:
    """Derive the one word: the first rule of the design's table that applies."""
    failed = {check.id: check for check in checks if check.outcome is Outcome.FAILED}
    if failed:
        verdict = _failing(failed)
        if verdict is not None:
            return verdict
    unknown = any(
        check.outcome is Outcome.UNKNOWN and check.id in REQUIRED for check in checks
    )
    return Verdict.UNDETERMINED if unknown else Verdict.VALID


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
    return VerificationReport(
        subject=case.held,
        at=case.policy.at,
        offline=case.policy.offline,
        checks=tuple(checks),
        verdict=verdict_of(checks),
        unsigned=case.unsigned,
        linked=case.linked,
    )
