"""What is true today of what the wallet holds, and which new reports may be kept?

`verify`, `check` and `refresh` all go through here, so that they cannot disagree.
"""

from typing import TYPE_CHECKING, NamedTuple

from credwallet import formats
from credwallet.cli.checking.standing import with_standing
from credwallet.cli.judging import Judged
from credwallet.cli.output import OF_VERDICT
from credwallet.cli.report import linked_of, report_json
from credwallet.cli.terminal.progress import Progress
from credwallet.model.open_badges_2 import with_earlier
from credwallet.model.part import forgets_parts
from credwallet.model.report import Verdict
from credwallet.model.summary import Summary, summary_again
from credwallet.verify import verify

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from credwallet.cli.session import Session
    from credwallet.model.report import VerificationReport
    from credwallet.store import Entry, Vault
    from credwallet.verify.policy import Policy, Ports


class Again(NamedTuple):
    """One credential of the wallet, verified once more.

    `summary` and `row` are what the wallet would hold of it from now on, `tells_more`
    whether they may stand in place of what it holds.
    """

    entry: "Entry"
    source: str
    report: "VerificationReport"
    summary: Summary
    row: "dict[str, Any]"
    tells_more: bool

    @property
    def judged(self) -> Judged:
        """The same in the terms of an input."""
        code = OF_VERDICT[self.report.verdict]
        return Judged(self.source, self.report, None, code)


def present(vault: "Vault") -> "list[Entry]":
    """List every credential of the wallet that is not in its trash."""
    return [entry for entry in vault.entries() if not entry.summary.trashed_at]


def chosen(vault: "Vault", handles: "Sequence[str]") -> "list[Entry]":
    """Find the credentials that are named, each once; all of them if none is.

    Args:
        vault: The open wallet.
        handles: As `Vault.find` takes them; none means all that is not in the trash.

    Raises:
        NotFound: If the wallet has no such credential.

    """
    if not handles:
        return present(vault)
    named = [vault.find(handle) for handle in handles]
    return list({entry.rid: entry for entry in named}.values())


def verify_again(
    session: "Session",
    entries: "Sequence[Entry]",
    policy: "Policy",
    ports: "Ports",
    *,
    doing: str,
) -> list[Again]:
    """Verify credentials of the wallet, and keep nothing yet.

    Args:
        session: With the wallet open.
        entries: Which ones.
        policy: Of the verification.
        ports: Where documents come from.
        doing: What the line of progress says, such as `checking`.

    Returns:
        What was found out about each, in order.

    """
    with Progress(session.console, doing) as progress:
        progress.expect(len(entries))
        return [
            _again(session, entry, policy, ports) for entry in progress.counted(entries)
        ]


def keep_reports(session: "Session", found: "Sequence[Again]") -> None:
    """Put new reports in place of those that they tell more than, all at once.

    Args:
        session: What the command works with; its wallet is written once.
        found: New reports with the rows as they were.

    """
    from credwallet.store import Change  # noqa: PLC0415 -- lazily: sqlite3

    session.vault().update_many(
        [
            Change(again.entry.rid, again.summary, again.row)
            for again in found
            if again.tells_more
        ]
    )


def _again(
    session: "Session", entry: "Entry", policy: "Policy", ports: "Ports"
) -> Again:
    stored = session.vault().read(entry.rid)
    report = verify(formats.read(stored.raw), policy, ports)
    earlier = linked_of(stored.report)
    report = report._replace(linked=with_earlier(report.linked, earlier))
    report = with_standing(report, stored.report, session.at)
    summary = summary_again(report, entry.summary)
    row = report_json(
        report,
        source=stored.source,
        known_issuers=policy.known_issuers,
        summary=summary,
    )
    more = _tells_more(session, summary, entry)
    return Again(entry, stored.source, report, summary, row, more)


def _tells_more(session: "Session", summary: Summary, entry: "Entry") -> bool:
    """Tell whether a new report may stand in place of the kept one.

    Without network a status list cannot be had: not knowing must not undo what was
    known, so that a revoked badge stays revoked.
    """
    if not session.settings.offline:
        return True
    if summary.verdict == Verdict.UNDETERMINED:
        return False
    return not forgets_parts(summary, entry.summary)
