"""Why is this the verdict, in one sentence that a person understands?"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from credwallet.model.report import Outcome, Verdict

if TYPE_CHECKING:
    from credwallet.model.summary import Summary

# What is said before the note of the first check that came out so.
_WITH_NOTE = {
    Verdict.UNDETERMINED: (
        "nothing wrong was found, but not all could be checked",
        Outcome.UNKNOWN,
    ),
    Verdict.INVALID: ("do not rely on it", Outcome.FAILED),
    Verdict.MALFORMED: ("it is not built as its format asks", Outcome.FAILED),
}


def why(summary: "Summary", report: Mapping[str, Any]) -> str:
    """Say why a credential has its verdict.

    Args:
        summary: Its row, with what time made of its verdict.
        report: As `report_json` spells it; it may be older than the row.

    Returns:
        One sentence, `""` for a verdict that there is not.

    """
    try:
        verdict = Verdict(summary.verdict)
    except ValueError:
        return ""
    if verdict in _WITH_NOTE:
        said, outcome = _WITH_NOTE[verdict]
        return _with_note(said, report, outcome)
    told = {
        Verdict.VALID: _why_valid(report),
        Verdict.NOT_YET_VALID: f"it is good from {_day(summary.valid_from)} on",
        Verdict.EXPIRED: f"it was good until {_day(summary.valid_until)}",
        Verdict.SUSPENDED: "its issuer suspended it for now",
        Verdict.REVOKED: "its issuer took it back",
    }
    return told[verdict]


def _day(moment: str) -> str:
    return moment[:10] or "a day that it does not name"


def _why_valid(report: Mapping[str, Any]) -> str:
    genuine = "its proof is genuine, it is in date"
    told: dict[Outcome | None, str] = {
        Outcome.PASSED: "and its issuer has not taken it back",
        Outcome.SKIPPED: "and it names no list of what was taken back",
    }
    asked = _outcome(report, "status")
    return f"{genuine}, {told.get(asked, 'and whether it was taken back is not known')}"


def _outcome(report: Mapping[str, Any], name: str) -> Outcome | None:
    for check in report.get("checks", ()):
        if check["check"] == name:
            return Outcome(check["outcome"])
    return None


def _with_note(start: str, report: Mapping[str, Any], outcome: Outcome) -> str:
    for check in report.get("checks", ()):
        if check["outcome"] == outcome and check["note"]:
            return f"{start}: {check['note']}"
    return start
