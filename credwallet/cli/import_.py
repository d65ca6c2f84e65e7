"""`credwallet import`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from credwallet.cli.creation import make_wallet
from credwallet.cli.judging import Judged, judge, policy_of, ports_of
from credwallet.cli.kept import known_issuers
from credwallet.cli.output import Result, gravest
from credwallet.cli.report import report_json, unreadable_json
from credwallet.cli.session import Session
from credwallet.cli.sources import read_sources
from credwallet.errors import Usage
from credwallet.model.credential import Credential
from credwallet.model.report import Outcome, Verdict, VerificationReport
from credwallet.model.summary import summary_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from credwallet.cli.console import Console
    from credwallet.store import NewCredential
    from credwallet.trust import KnownIssuer

NO_ARGS_IS_HELP = True
BATCH = 512
_BAD = (Verdict.MALFORMED, Verdict.INVALID)


class _Item(NamedTuple):
    """One credential to store, or one input that will not be stored."""

    judged: Judged
    report: VerificationReport | None
    store: bool


def command(
    ctx: typer.Context,
    sources: Annotated[
        list[str],
        typer.Argument(help="Files, folders, - or https addresses.", metavar="SOURCE"),
    ],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Verify and report, store nothing.")
    ] = False,
    atomic: Annotated[
        bool, typer.Option("--atomic", help="Store all, or nothing if one is bad.")
    ] = False,
    keep_invalid: Annotated[
        bool, typer.Option("--keep-invalid", help="Store what is invalid, too.")
    ] = False,
    tag: Annotated[
        list[str] | None, typer.Option(help="A tag of yours for them; repeats.")
    ] = None,
    documents: Annotated[
        Path | None,
        typer.Option(
            metavar="MAP.json",
            help="JSON object of address to file: documents that you were given.",
        ),
    ] = None,
) -> Result:
    """Store the bytes as they are; a badge that is there already is found again.

    The first import makes the wallet. An invalid badge is reported and not stored.

    Examples: credwallet import badge.json; credwallet import ~/Downloads/badges;
    curl https://issuer.example/badge | credwallet import -
    """
    session: Session = ctx.obj
    vault = session.vault() if session.has_wallet() else None
    supplied = session.documents(documents)
    ports = ports_of(session, supplied)
    policy = policy_of(session, vault)
    items = [
        item
        for source in read_sources(session, sources, ports.fetch)
        for item in _items(judge(source, policy, ports), keep_invalid=keep_invalid)
    ]
    refused = any(not item.store for item in items)
    storing = not dry_run and not (atomic and refused)
    stored: dict[int, tuple[str, str]] = {}
    if storing and any(item.store for item in items):
        if vault is None:
            make_wallet(session)
        stored = _store(session, items, tuple(tag or ()), atomic=atomic)
    known = known_issuers(session.vault()) if session.has_wallet() and vault else {}
    rows = [
        _row(item, stored.get(index), known, session)
        for index, item in enumerate(items)
    ]
    problems = tuple(item.judged.problem for item in items if item.judged.problem)
    return Result(
        {"reports": rows},
        lambda console: _show(console, rows, atomic=atomic and refused),
        gravest(item.judged.exit_code for item in items),
        problems,
    )


def _items(judged: Judged, *, keep_invalid: bool) -> "Iterator[_Item]":
    if judged.report is None:
        yield _Item(judged, None, store=False)
        return
    for report in _credentials(judged.report):
        wanted = keep_invalid or report.verdict not in _BAD
        yield _Item(judged, report, store=wanted)


def _credentials(report: VerificationReport) -> "Iterator[VerificationReport]":
    if isinstance(report.subject, Credential):
        yield report
    for inner in report.contains:
        yield from _credentials(inner)


def _store(
    session: Session, items: "Sequence[_Item]", tags: tuple[str, ...], *, atomic: bool
) -> dict[int, tuple[str, str]]:
    vault = session.vault()
    wanted = [
        (index, _new(item, tags)) for index, item in enumerate(items) if item.store
    ]
    if atomic and len(wanted) > BATCH:
        raise Usage(
            f"--atomic takes at most {BATCH} credentials at once",
            next_step="import them in parts, or without --atomic",
        )
    results: dict[int, tuple[str, str]] = {}
    for start in range(0, len(wanted), BATCH):
        batch = wanted[start : start + BATCH]
        put = vault.put([new for _, new in batch], at=session.at)
        for (index, _), done in zip(batch, put, strict=True):
            results[index] = (done.stored, done.handle)
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
    stored: tuple[str, str] | None,
    known: "Mapping[str, KnownIssuer]",
    session: Session,
) -> dict[str, Any]:
    word, handle = stored or ("no", None)
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
    row["stored"] = word
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
            console.stdout.write(f"{mark} ")
            console.line(
                "  ".join([*words[:2], _said(row), name]).replace("    ", "  ")
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


def _said(row: dict[str, Any]) -> str:
    return {
        "new": "stored",
        "duplicate": "was here already",
        "replaced": "replaces an older copy",
        "no": "not stored",
    }[row["stored"]]


def _outcome(verdict: str) -> Outcome:
    if verdict == Verdict.VALID:
        return Outcome.PASSED
    return Outcome.UNKNOWN if verdict == Verdict.UNDETERMINED else Outcome.FAILED
