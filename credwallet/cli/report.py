"""A verification report for people and for `--json`."""

from typing import TYPE_CHECKING, Any, NamedTuple

from credwallet.cli.naming import issuer_words
from credwallet.cli.output import problem_json
from credwallet.model.achievement import signed_view
from credwallet.model.credential import Presentation
from credwallet.model.open_badges_2 import to_show
from credwallet.model.report import (
    Check,
    Consulted,
    Linked,
    Listed,
    Outcome,
    Problem,
    Verdict,
    VerificationReport,
)
from credwallet.model.summary import Summary, summary_of
from credwallet.verify import CHECKS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from credwallet.cli.terminal.console import Console
    from credwallet.trust import KnownIssuer
    from credwallet.verify.policy import Policy

FORMATS = {
    "json-ld": "embedded proof",
    "vc-jwt": "JWT",
    "sd-jwt": "SD-JWT",
    "jades": "JAdES seal",
    "blockcerts-2": "Blockcerts 2.0",
    "open-badges-2": "Open Badges 2.0",
}
# A hostile badge must not scroll away what was said before it.
_MOST_PROBLEMS = 20


class _Said(NamedTuple):
    """What an envelope says, in the members of a summary."""

    id: str
    types: tuple[str, ...]
    name: str
    issuer_id: str
    issuer_name: str = ""
    subject_id: str = ""
    valid_from: str = ""
    valid_until: str = ""


def _said_by(envelope: Presentation, unsigned: "Iterable[str]") -> _Said:
    view = signed_view(envelope.document, unsigned)
    signed = envelope._replace(document=view)
    return _Said(signed.id, signed.types, "presentation", signed.holder)


def report_json(
    report: VerificationReport,
    *,
    source: str,
    handle: str | None = None,
    known_issuers: "Mapping[str, KnownIssuer] | None" = None,
    summary: Summary | None = None,
) -> dict[str, Any]:
    """Spell a report in the names of the standards.

    Args:
        report: What `verify` found.
        source: Where the credential came from, for people.
        handle: Its handle in the wallet, if it is there.
        known_issuers: The learner's pins.
        summary: Of the report, if it was made already.

    """
    held = report.subject
    said: Summary | _Said
    if isinstance(held, Presentation):
        said = _said_by(held, report.unsigned)
    else:
        said = summary or summary_of(report)
    document = {
        "source": source,
        "handle": handle,
        "id": said.id or None,
        "type": list(said.types),
        "name": said.name or None,
        "issuer": {
            "id": said.issuer_id or None,
            "name": said.issuer_name or None,
            "known": said.issuer_id in (known_issuers or {}) or bool(report.listed),
            "listed": [listed_json(listed) for listed in report.listed],
        },
        "subject": {"id": said.subject_id or None},
        "validFrom": said.valid_from or None,
        "validUntil": said.valid_until or None,
        "format": held.format,
        "verdict": str(report.verdict),
        "at": report.at.isoformat(timespec="seconds"),
        "offline": report.offline,
        "checks": [check_json(check) for check in report.checks],
        "unsigned": list(report.unsigned),
        "documents": [consulted_json(each) for each in report.consulted],
    }
    if report.linked:
        document["linked"] = [
            {"url": item.url, "origin": item.origin, "document": to_show(item.document)}
            for item in report.linked
        ]
    if report.contains:
        document["contains"] = [
            {
                **report_json(inner, source=source, known_issuers=known_issuers),
                "role": inner.role,
                "pointer": inner.pointer,
            }
            for inner in report.contains
        ]
    return document


def linked_of(report: "Mapping[str, Any]") -> tuple[Linked, ...]:
    """Read back the documents of which a kept report (of `report_json`) tells."""
    return tuple(
        Linked(item["url"], item["document"], item["origin"])
        for item in report.get("linked", ())
    )


def unreadable_json(source: str, problem: Problem, policy: "Policy") -> dict[str, Any]:
    """Spell the report of something that is no credential: the same members, empty.

    Args:
        source: What the input is called: a file name, `-` or an address.
        problem: Why it is no credential.
        policy: What was asked, for its moment.

    """
    checks = [
        Check(
            question.ID,
            Outcome.FAILED if question.ID == "structure" else Outcome.SKIPPED,
            problem.title if question.ID == "structure" else "not asked: unreadable",
            (problem,) if question.ID == "structure" else (),
        )
        for question in CHECKS
    ]
    return {
        "source": source,
        "handle": None,
        "id": None,
        "type": [],
        "name": None,
        "issuer": {"id": None, "name": None, "known": False, "listed": []},
        "subject": {"id": None},
        "validFrom": None,
        "validUntil": None,
        "format": None,
        "verdict": str(Verdict.MALFORMED),
        "at": policy.at.isoformat(timespec="seconds"),
        "offline": policy.offline,
        "checks": [check_json(check) for check in checks],
        "unsigned": [],
        "documents": [],
    }


def consulted_json(consulted: Consulted) -> dict[str, Any]:
    """Spell a document on which the report rests."""
    return {
        "url": consulted.url,
        "origin": consulted.origin,
        "ageSeconds": consulted.age_s,
    }


def listed_json(listed: Listed) -> dict[str, Any]:
    """Spell a registry's entry of the issuer."""
    days = listed.age_s // 86_400
    return {"name": listed.name, "registry": listed.registry, "ageDays": days}


def check_json(check: Check) -> dict[str, Any]:
    """Spell one check; `asOf` only if it was found out in an earlier run."""
    spelled = {
        "check": check.id,
        "outcome": str(check.outcome),
        "note": check.note,
        "problems": [problem_json(problem) for problem in check.problems],
    }
    return {**spelled, "asOf": check.as_of} if check.as_of else spelled


def show_report(
    console: "Console",
    report: "Mapping[str, Any]",
    *,
    indent: int = 0,
) -> None:
    """Print a report (as `report_json` spells it): the verdict, then every check.

    On a terminal one check a line under a heading; in a pipe one tab separated record
    a check: what it is about, verdict, check, outcome, note.

    Args:
        console: Where it is printed.
        report: As `report_json` spells it, with all that stands inside.
        indent: Columns of space before each line on a terminal.

    """
    if not console.terminal:
        # The handle, so that records of `verify` and `list` can be joined.
        console.rows(_records(report, str(report["handle"] or report["source"])))
    else:
        _heading(console, report, indent)
        show_checks(console, report, indent=indent)


def _records(report: "Mapping[str, Any]", about: str) -> "Iterator[list[str]]":
    """Spell a record a check; what stands inside also says where."""
    where = [str(report["pointer"])] if report.get("pointer") else []
    for check in report["checks"]:
        cells = [str(check[name]) for name in ("check", "outcome", "note")]
        yield [about, str(report["verdict"]), *cells, *where]
    for inner in report.get("contains", ()):
        yield from _records(inner, about)


def show_checks(
    console: "Console", report: "Mapping[str, Any]", *, indent: int
) -> None:
    """Print the checks of a report on a terminal, and the reports of what it holds.

    Args:
        console: A terminal.
        report: As `report_json` spells it.
        indent: Columns of space before the heading; checks stand two further in.

    """
    for check in report["checks"]:
        _check_line(console, check, indent + 2)
    for inner in report.get("contains", ()):
        show_report(console, inner, indent=indent + 2)


def issuer_told(report: "Mapping[str, Any]") -> str:
    """Say the issuer's name, a registry's first; `""` if it has none."""
    own = report["issuer"]["name"] or ""
    for listed in report["issuer"].get("listed", ()):
        return issuer_words(own, listed["name"], listed["registry"])
    return own


def _heading(console: "Console", report: "Mapping[str, Any]", indent: int) -> None:
    verdict = str(report["verdict"])
    title = report["name"] or report["id"] or report["source"]
    issuer = issuer_told(report) or report["issuer"]["id"] or ""
    console.pieces(
        [
            (verdict, console.verdict_style(verdict)),
            (report["handle"] or "", "bold"),
            (title, "bold"),
            (issuer, ""),
        ],
        indent=indent,
        giving=(2, 3),
    )


def _check_line(console: "Console", check: "Mapping[str, Any]", indent: int) -> None:
    outcome = Outcome(check["outcome"])
    console.marked(
        outcome, f"{check['check']:<13}{check['outcome']:<8}", check["note"], indent
    )
    for problem in check["problems"][:_MOST_PROBLEMS]:
        if outcome in (Outcome.FAILED, Outcome.UNKNOWN):
            where = f"at {problem['instance']}: " if problem["instance"] else ""
            title = problem["title"] if problem["title"] != check["note"] else ""
            if where or title:
                console.wrapped(f"{where}{title}".rstrip(": "), indent=indent + 4)
            if problem["nextStep"]:
                step = console.again(problem["nextStep"])
                console.wrapped(f"next: {step}", indent=indent + 4)
    rest = len(check["problems"]) - _MOST_PROBLEMS
    if rest > 0 and outcome in (Outcome.FAILED, Outcome.UNKNOWN):
        console.wrapped(f"and {rest} more, all in --json", indent=indent + 4)
