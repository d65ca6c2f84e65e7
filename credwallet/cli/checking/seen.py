"""What did a check find out about one credential?

Without network a status list may be out of reach: then the report of the last run that
could tell is what counts, with what time made of it since, and its age is said.
"""

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from credwallet.model.moment import moment_of
from credwallet.model.report import Outcome, Verdict, VerificationReport
from credwallet.model.summary import Summary, verdict_at

if TYPE_CHECKING:
    from credwallet.cli.checking.reverifying import Again


class Seen(NamedTuple):
    """One credential as a check found it.

    `key` names it in this wallet, whatever becomes of its handle. `summary` holds the
    verdict that counts, `as_of` (RFC 3339) when it was found out, `known_since` when
    the wallet knew of it already. `why` is the note of the check that decided, `""` if
    that report is not at hand. `renewable` says that its issuer gives out newer copies.
    """

    key: str
    handle: str
    summary: Summary
    as_of: str
    known_since: str
    at: datetime
    why: str
    issuer_known: bool
    renewable: bool

    @property
    def name(self) -> str:
        """What to call it."""
        return self.summary.name or self.summary.id

    @property
    def is_older(self) -> bool:
        """Tell whether what counts was found out in an earlier run."""
        return moment_of(self.as_of) != self.at.replace(microsecond=0)

    @property
    def until(self) -> datetime | None:
        """When it expires, None if it does not or does not say."""
        return moment_of(self.summary.valid_until)


def seen_of(again: "Again", at: datetime) -> Seen:
    """Say what counts of a credential that was verified once more.

    Args:
        again: The new report, and what the wallet holds of it.
        at: The time now.

    """
    summary = again.summary if again.tells_more else again.entry.summary
    verdict = verdict_at(summary, at)
    held = again.entry.summary
    report = again.report
    return Seen(
        key=again.entry.rid.hex(),
        handle=again.entry.handle,
        summary=summary._replace(verdict=verdict),
        as_of=summary.checked_at,
        known_since=(held if held.verdict == verdict else summary).checked_at,
        at=at,
        why=_why(report) if verdict == report.verdict else "",
        issuer_known=bool(again.row["issuer"]["known"]),
        renewable=bool(report.subject.document.get("refreshService")),
    )


def _why(report: VerificationReport) -> str:
    outcome = (
        Outcome.UNKNOWN if report.verdict is Verdict.UNDETERMINED else Outcome.FAILED
    )
    notes = (check.note for check in report.checks if check.outcome is outcome)
    return next(notes, "")
