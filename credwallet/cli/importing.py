"""The work of `credwallet import`, free of Typer."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from credwallet.cli.creation import make_wallet
from credwallet.cli.judging import (
    Judged,
    judge,
    policy_of,
    ports_of,
    with_nothing_inside,
)
from credwallet.cli.kept import known_issuers
from credwallet.cli.output import Result, gravest
from credwallet.cli.report import report_json, unreadable_json
from credwallet.cli.sources import check_stdin, read_sources
from credwallet.cli.tagging import check_tags
from credwallet.errors import Usage
from credwallet.model.credential import Credential, Presentation
from credwallet.model.report import Outcome, Verdict, VerificationReport
from credwallet.model.summary import summary_of
from credwallet.verify import verdict_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from credwallet.cli.console import Console
    from credwallet.cli.session import Session
    from credwallet.store import NewCredential, PutResult
    from credwallet.trust import KnownIssuer

BATCH = 512
_BAD = (Verdict.MALFORMED, Verdict.INVALID)


class Request(NamedTuple):
    """What the learner asked to import, and how; see the command's options."""

    sources: tuple[str, ...]
    dry_run: bool = False
    atomic: bool = False
    keep_invalid: bool = False
    tags: tuple[str, ...] = ()
    documents: Path | None = None
    trust_list: Path | None = None


class _Item(NamedTuple):
    """One credential to store, or one input that will not be stored.

    `refused` says that it is not stored because it is bad.
    """

    judged: Judged
    report: VerificationReport | None
    store: bool
    refused: bool


def run(session: "Session", request: Request) -> Result:
    """Verify every source and store what is good, in batches.

    Args:
        session: Where the wallet, the ports and the clock come from.
        request: What to import.

    Raises:
        Usage: If the request makes no sense.

    """
    check_stdin(session, request.sources)
    check_tags(request.tags)
    if request.dry_run:
        session.keeping.stop()
    vault = session.vault() if session.has_wallet() else None
    supplied = session.documents(request.documents)
    ports = ports_of(session, supplied)
    policy = policy_of(session, vault, trust_list=request.trust_list)
    items = [
        item
        for source in read_sources(session, request.sources, ports.fetch)
        for item in _items(
            judge(source, policy, ports), keep_invalid=request.keep_invalid
        )
    ]
    refused = any(item.refused for item in items)
    storing = not request.dry_run and not (request.atomic and refused)
    stored: dict[int, PutResult] = {}
    if storing and any(item.store for item in items):
        if vault is None:
            make_wallet(session)
        stored = _store(session, items, request)
    known = known_issuers(session.vault()) if session.has_wallet() and vault else {}
    rows = [
        _row(item, stored.get(index), known, session)
        for index, item in enumerate(items)
    ]
    problems = tuple(item.judged.problem for item in items if item.judged.problem)
    return Result(
        {"reports": rows},
        lambda console: _show(console, rows, atomic=request.atomic and refused),
        gravest(item.judged.exit_code for item in items),
        problems,
    )


def _items(judged: Judged, *, keep_invalid: bool) -> "Iterator[_Item]":
    whole = judged.report
    if whole is None:
        yield _Item(judged, None, store=False, refused=True)
        return
    if isinstance(whole.subject, Presentation) and not whole.contains:
        judged = with_nothing_inside(judged)
    for report in _reports(whole):
        good = report.verdict not in _BAD
        wanted = isinstance(report.subject, Credential) and (good or keep_invalid)
        yield _Item(judged, report, wanted, refused=not wanted and not good)


def _reports(report: VerificationReport) -> "Iterator[VerificationReport]":
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


def _store(
    session: "Session", items: "Sequence[_Item]", request: Request
) -> "dict[int, PutResult]":
    vault = session.vault()
    wanted = [
        (index, _new(item, request.tags))
        for index, item in enumerate(items)
        if item.store
    ]
    if request.atomic and len(wanted) > BATCH:
        raise Usage(
            f"--atomic takes at most {BATCH} credentials at once",
            next_step="import them in parts, or without --atomic",
        )
    results: dict[int, PutResult] = {}
    for start in range(0, len(wanted), BATCH):
        batch = wanted[start : start + BATCH]
        put = vault.put([new for _, new in batch], at=session.at)
        for (index, _), done in zip(batch, put, strict=True):
            results[index] = done
    return results


def _new(item: _Item, tags: tuple[str, ...]) -> "NewCredential":
    from credwallet.store import NewCredential  # noqa: PLC0415 -- lazily: sqlite3

    report = item.report
    if report is None or not isinstance(report.subject, Credential):
        raise AssertionError
    held = report.subject
    return NewCredential(
        raw=held.raw,
        summary=summary_of(report, tags=tags),
        report=report_json(report, source=item.judged.source),
        source=item.judged.source,
    )


def _row(
    item: _Item,
    stored: "PutResult | None",
    known: "Mapping[str, KnownIssuer]",
    session: "Session",
) -> dict[str, Any]:
    handle = stored.handle if stored else None
    if item.report is not None:
        row = report_json(
            item.report,
            source=item.judged.source,
            handle=handle,
            known_issuers=known,
        )
    else:
        problem = item.judged.problem
        if problem is None:
            raise AssertionError
        at = session.at.isoformat(timespec="seconds")
        row = unreadable_json(item.judged.source, problem, at)
    row["stored"] = stored.stored if stored else "no"
    row["storedWhy"] = stored.why or None if stored else None
    row["restored"] = bool(stored and stored.restored)
    return row


def _show(
    console: "Console", rows: "Sequence[dict[str, Any]]", *, atomic: bool
) -> None:
    for row in rows:
        if row["format"] is None:
            continue  # said as an error with its next step
        name = row["name"] or row["id"] or ""
        words = [row["handle"] or "-", row["verdict"], row["stored"], name]
        if console.terminal:
            mark = console.mark(_outcome(row["verdict"]))
            console.pieces(
                [mark, (words[0], ""), (words[1], ""), (_said(row), ""), (name, "bold")]
            )
        else:
            console.row([*words, row["source"]])
        if row["verdict"] != Verdict.VALID:
            _reason(console, row)
    if atomic:
        console.note("nothing was stored: --atomic, and not every input is good")
    elif any(row["stored"] != "no" for row in rows):
        console.hint("see them: credwallet list")


def _reason(console: "Console", row: dict[str, Any]) -> None:
    for check in row["checks"]:
        if check["outcome"] in (Outcome.FAILED, Outcome.UNKNOWN):
            console.note(f"{row['source']}: {check['check']}: {check['note']}")
            for problem in check["problems"][:1]:
                console.hint(problem["nextStep"])


_SAID = {
    "new": "stored",
    "duplicate": "was here already",
    "replaced": "replaces an older copy",
    "no": "not stored",
}
_WHY = {
    "not-newer": "the copy that is here is as new: kept",
    "not-proven": "the copy that is here is proven, this one is not: kept",
}


def _said(row: dict[str, Any]) -> str:
    if row["restored"]:
        return "back from the trash"
    return _WHY.get(row["storedWhy"], _SAID[row["stored"]])


def _outcome(verdict: str) -> Outcome:
    if verdict == Verdict.VALID:
        return Outcome.PASSED
    return Outcome.UNKNOWN if verdict == Verdict.UNDETERMINED else Outcome.FAILED
