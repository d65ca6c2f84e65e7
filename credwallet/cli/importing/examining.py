"""What is to be kept of one input? The part of an import that needs no wallet.

It reads and verifies, and what it returns is tied to no process, so that a long import
can do it in several at once.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from credwallet.cli.judging import Judged, judge, with_nothing_inside
from credwallet.cli.output import ExitCode
from credwallet.cli.report import report_json, unreadable_json
from credwallet.model.credential import Credential, Presentation
from credwallet.model.report import Problem, Verdict, VerificationReport
from credwallet.model.summary import Summary, summary_of
from credwallet.verify import verdict_of

if TYPE_CHECKING:
    from credwallet.cli.importing.expanding import Source
    from credwallet.verify.policy import Policy, Ports

BAD = (Verdict.MALFORMED, Verdict.INVALID)


class Terms(NamedTuple):
    """What the learner asked for: the same for every input of one import.

    `keep_own` keeps what an export of ours holds, be it invalid: it was kept before.
    """

    policy: "Policy"
    ports: "Ports"
    keep_invalid: bool = False
    tags: tuple[str, ...] = ()
    keep_own: bool = False


class Examined(NamedTuple):
    """One credential of an input, or an input that holds none.

    `row` is its report in JSON. `summary` is None if it is not to be stored; `refused`
    says that this is because it is bad. `raw` is None if it is the whole input.
    """

    row: dict[str, Any]
    exit_code: ExitCode
    problem: Problem | None = None
    summary: Summary | None = None
    raw: bytes | None = None
    refused: bool = False


def examine(source: "Source", terms: Terms) -> tuple[Examined, ...]:
    """Read and verify one input.

    Args:
        source: Its bytes, or why there are none.
        terms: Of this import.

    Returns:
        Every credential in it, at least one entry.

    """
    judged = judge(source, terms.policy, terms.ports)
    if judged.report is None:
        return (_unreadable(judged, terms),)
    whole = judged.report
    if isinstance(whole.subject, Presentation) and not whole.contains:
        judged = with_nothing_inside(judged)
    return tuple(_examined(report, judged, source, terms) for report in _reports(whole))


def _unreadable(judged: Judged, terms: Terms) -> Examined:
    problem = judged.problem
    if problem is None:
        raise AssertionError
    row = unreadable_json(judged.source, problem, terms.policy)
    return Examined(row, judged.exit_code, problem, refused=True)


def _examined(
    report: VerificationReport, judged: Judged, source: "Source", terms: Terms
) -> Examined:
    held = report.subject
    good = report.verdict not in BAD
    kept_before = terms.keep_own and source.mine is not None
    keep_invalid = terms.keep_invalid or kept_before
    wanted = isinstance(held, Credential) and (good or keep_invalid)
    summary = summary_of(report, tags=terms.tags) if wanted else None
    return Examined(
        row=report_json(
            report,
            source=judged.source,
            known_issuers=terms.policy.known_issuers,
            summary=summary,
        ),
        exit_code=judged.exit_code,
        problem=judged.problem,
        summary=summary,
        raw=None if held.raw is source.data else held.raw,
        refused=not wanted and not good,
    )


def _reports(report: VerificationReport) -> Iterator[VerificationReport]:
    """Take a presentation apart: it is not stored, what it holds is.

    Its own report, without what it holds, comes along if it says that something is
    wrong with the envelope.
    """
    if isinstance(report.subject, Presentation):
        own = verdict_of(report.checks)
        if own is not Verdict.VALID or not report.contains:
            yield report._replace(verdict=own, contains=())
        for inner in report.contains:
            yield from _reports(inner)
    else:
        yield report
