"""Revoked or suspended?

Every `credentialStatus` entry is looked up (VCDM 2.0 section 4.10). A list that cannot
be had, or is not properly signed, is unknown, never "not revoked"; a badge without an
entry has nothing to look up.
"""

from typing import TYPE_CHECKING

from credwallet.errors import CredwalletError, Invalid, Undetermined
from credwallet.model.credential import Credential, Held
from credwallet.model.report import Check, Outcome, Problem, VerificationReport
from credwallet.verify.case import Case, answer, passed, skipped

if TYPE_CHECKING:
    from credwallet.status import ListReport, StatusResult

ID = "status"
QUESTION = "Revoked or suspended?"

_MAX_ENTRIES = 10


def check(case: Case) -> Check:
    """Look up every status entry of a credential."""
    held = case.held
    if not isinstance(held, Credential) or not held.status_entries:
        return skipped(ID, "it names no status list")
    results: list[StatusResult] = []
    unknown: list[CredwalletError] = []
    for index, entry in enumerate(held.status_entries[:_MAX_ENTRIES]):
        try:
            results.append(_look_up(case, held, entry))
        except (Invalid, Undetermined) as error:
            if error.instance is None:
                error.instance = f"/credentialStatus/{index}"
            unknown.append(error)
    hits = [result for result in results if result.state in ("revoked", "suspended")]
    if hits:
        return answer(ID, Outcome.FAILED, *map(_hit, hits), *unknown)
    if unknown or len(held.status_entries) > _MAX_ENTRIES:
        return answer(ID, Outcome.UNKNOWN, *unknown, *_beyond(held))
    return passed(ID, "; ".join(dict.fromkeys(result.note for result in results)))


def _look_up(case: Case, held: Credential, entry: object) -> "StatusResult":
    if not isinstance(entry, dict):
        raise Invalid(
            "a status entry is no object", next_step="ask the issuer for a new copy"
        )
    from credwallet.status import (  # noqa: PLC0415 -- lazily: most badges name no list
        read_status,
    )

    return read_status(
        entry,
        held,
        fetch=case.ports.fetch,
        verify_list=lambda listed: _verify_list(listed, case),
        at=case.policy.at,
    )


def _verify_list(listed: Held, case: Case) -> "ListReport":
    from credwallet.status import ListReport  # noqa: PLC0415 -- lazily, as above
    from credwallet.verify import verify_signed  # noqa: PLC0415 -- it lists this module

    report: VerificationReport = verify_signed(
        listed, case.policy, case.ports, case.patience
    )
    if not isinstance(listed, Credential):
        return ListReport("", "the list is no credential", "", "")
    open_ = {
        check.id: check.note
        for check in report.checks
        if check.outcome in (Outcome.FAILED, Outcome.UNKNOWN)
    }
    # A key that only the list itself names still made the list: a doubt, no fault.
    doubtful = report.check("issuer").outcome is Outcome.UNKNOWN
    doubt = open_.pop("issuer", "") if doubtful else ""
    expired = open_.pop("validity", "") if _is_merely_late(report) else ""
    return ListReport(
        issuer=listed.issuer.id,
        problem=next(iter(open_.values()), ""),
        valid_from=listed.valid_from,
        valid_until=listed.valid_until,
        doubt=doubt,
        expired=expired,
    )


def _is_merely_late(report: VerificationReport) -> bool:
    """Say whether nothing but the list's own end speaks against its validity."""
    problems = report.check("validity").problems
    return bool(problems) and all(
        problem.type == "expired" and not problem.instance.startswith("/proof")
        for problem in problems
    )


def _hit(result: "StatusResult") -> Problem:
    message = f": {result.message}" if result.message else ""
    return Problem(
        type=result.state,
        title=f"{result.state} by the issuer's list{message}",
        instance="/credentialStatus",
        detail=result.note,
        next_step="ask the issuer why",
    )


def _beyond(held: Credential) -> tuple[Problem, ...]:
    if len(held.status_entries) <= _MAX_ENTRIES:
        return ()
    return (
        Problem(
            type="too-many",
            title=f"only {_MAX_ENTRIES} status entries were looked up",
            instance="/credentialStatus",
        ),
    )
