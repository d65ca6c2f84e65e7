"""The work of `credwallet verify`, free of Typer."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from credwallet import formats
from credwallet.cli.judging import Judged, judge, policy_of, ports_of
from credwallet.cli.output import OF_VERDICT, ExitCode, Result, gravest
from credwallet.cli.renewing import Renewed, keep_newer
from credwallet.cli.report import (
    linked_of,
    report_json,
    show_report,
    unreadable_json,
)
from credwallet.cli.sources import check_stdin, is_there, read_sources
from credwallet.errors import Invalid, Usage
from credwallet.model.open_badges_2 import with_earlier
from credwallet.model.part import forgets_parts
from credwallet.model.summary import summary_again
from credwallet.verify import dates, verify

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from credwallet.cli.console import Console
    from credwallet.cli.session import Session
    from credwallet.model.report import VerificationReport
    from credwallet.store import Change, Entry, Vault
    from credwallet.verify.policy import Policy, Ports


class Request(NamedTuple):
    """What the learner asked to verify, and how; see the command's options."""

    what: tuple[str, ...]
    everything: bool = False
    at: str | None = None
    require_known_issuer: bool = False
    documents: Path | None = None
    trust_list: Path | None = None
    refresh: bool = False


def plainly(session: "Session", words: "Sequence[str]") -> Result | None:
    """Verify what plain words name; None if there are none."""
    return run(session, Request(tuple(words))) if words else None


def run(session: "Session", request: Request) -> Result:
    """Verify files, and credentials of the wallet, and report on each.

    Args:
        session: Where the wallet, the ports and the clock come from.
        request: What to verify.

    Raises:
        Usage: If the request makes no sense.
        NotFound: If the wallet has no such credential.

    """
    what, everything = request.what, request.everything
    if not what and not everything:
        raise Usage(
            "nothing to verify", next_step="name a file or a handle, or give --all"
        )
    if what and everything:
        raise Usage("--all leaves nothing to name", next_step="give one or the other")
    check_stdin(session, what)
    files = [name for name in what if is_source(name)]
    handles = [name for name in what if not is_source(name)]
    needs_wallet = bool(handles) or everything or request.require_known_issuer
    vault = session.vault() if needs_wallet else None
    ports = ports_of(session, session.documents(request.documents))
    policy = policy_of(
        session,
        vault,
        at=_moment(request.at),
        require_known_issuer=request.require_known_issuer,
        trust_list=request.trust_list,
    )._replace(refresh=request.refresh)
    renewed: dict[str, Renewed] = {}
    judged: list[tuple[Judged, str | None]] = [
        (judge(source, policy, ports), None)
        for source in read_sources(session, files, ports.fetch)
    ]
    if vault is not None:
        entries = _entries(vault, handles, everything=everything)
        again = [_again(vault, entry, policy, ports) for entry in entries]
        judged += [
            (item, entry.handle)
            for entry, (item, _) in zip(entries, again, strict=True)
        ]
        if request.at is None and not request.require_known_issuer:
            vault.update_many(
                [
                    change
                    for entry, (item, change) in zip(entries, again, strict=True)
                    if _tells_more(item, session, change, entry)
                ]
            )
            renewed = keep_newer(session, _of_wallet(judged), policy)
    return _result(session, judged, policy, renewed)


def _of_wallet(
    judged: "Sequence[tuple[Judged, str | None]]",
) -> "list[tuple[str, VerificationReport]]":
    return [
        (handle, item.report)
        for item, handle in judged
        if handle is not None and item.report is not None
    ]


def _result(
    session: "Session",
    judged: "Sequence[tuple[Judged, str | None]]",
    policy: "Policy",
    renewed: "Mapping[str, Renewed]",
) -> Result:
    rows = [_row(item, handle, policy, session) for item, handle in judged]
    for row in rows:
        if row["handle"] in renewed:
            row["newer"] = _newer_json(renewed[row["handle"]])
    return Result(
        {"reports": rows},
        lambda console: _show(console, rows),
        gravest(item.exit_code for item, _ in judged),
        tuple(item.problem for item, _ in judged if item.problem),
    )


def _row(
    item: Judged, handle: str | None, policy: "Policy", session: "Session"
) -> dict[str, Any]:
    if item.report is not None:
        return report_json(
            item.report,
            source=item.source,
            handle=handle,
            known_issuers=policy.known_issuers,
        )
    if item.problem is None:
        raise AssertionError
    at = session.at.isoformat(timespec="seconds")
    return unreadable_json(item.source, item.problem, at)


def _newer_json(newer: Renewed) -> dict[str, str]:
    return {"validFrom": newer.valid_from, "stored": newer.stored}


def _show(console: "Console", rows: "Sequence[dict[str, Any]]") -> None:
    for row in rows:
        if row["format"] is not None:
            show_report(console, row)
        newer = row.get("newer")
        if newer is not None:
            told = _TOLD.get(newer["stored"], "is kept beside it")
            console.note(f"{row['handle']}: the newer copy {told}")


_TOLD = {
    "replaced": "took its place: credwallet show tells what it says",
    "duplicate": "is not kept: the one that is held is as new",
}


def is_source(name: str) -> bool:
    """Tell whether a word names something to read, rather than a handle."""
    # A handle has neither a dot nor a slash, so a mistyped file is not taken for one.
    return (
        name == "-"
        or name.startswith(("https://", "http://"))
        or "/" in name
        or ("." in name and ":" not in name and " " not in name)
        or is_there(name)
    )


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    whole = text if "T" in text else f"{text}T00:00:00Z"
    try:
        return dates.parse(whole, zone_required=True, pointer="")
    except Invalid:
        raise Usage(
            f"--at {text} is no date", next_step="write 2026-11-25 or with T12:00:00Z"
        ) from None


def _entries(
    vault: "Vault", handles: "Sequence[str]", *, everything: bool
) -> "list[Entry]":
    if everything:
        return [entry for entry in vault.entries() if not entry.summary.trashed_at]
    return [vault.find(handle) for handle in handles]


def _tells_more(
    item: Judged, session: "Session", change: "Change", entry: "Entry"
) -> bool:
    """Tell whether a new report may stand in place of the kept one.

    Without network a status list cannot be had: not knowing must not undo what was
    known, so that a revoked badge stays revoked.
    """
    if not session.settings.offline:
        return True
    if item.exit_code is ExitCode.UNDETERMINED or change.summary is None:
        return False
    return not forgets_parts(change.summary, entry.summary)


def _again(
    vault: "Vault", entry: "Entry", policy: "Policy", ports: "Ports"
) -> "tuple[Judged, Change]":
    from credwallet.store import Change  # noqa: PLC0415 -- lazily: sqlite3

    stored = vault.read(entry.rid)
    report = verify(formats.read(stored.raw), policy, ports)
    earlier = linked_of(stored.report)
    report = report._replace(linked=with_earlier(report.linked, earlier))
    summary = summary_again(report, entry.summary)
    row = report_json(
        report,
        source=stored.source,
        known_issuers=policy.known_issuers,
        summary=summary,
    )
    change = Change(entry.rid, summary, row)
    return Judged(stored.source, report, None, OF_VERDICT[report.verdict]), change
