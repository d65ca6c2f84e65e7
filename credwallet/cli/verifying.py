"""The work of `credwallet verify`, free of Typer."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from credwallet.cli.checking.renewing import Renewed, keep_newer
from credwallet.cli.checking.reverifying import keep_reports, present, verify_again
from credwallet.cli.importing.sources import check_stdin, is_there, read_sources
from credwallet.cli.judging import Judged, judge, policy_of, ports_of
from credwallet.cli.output import Result, gravest
from credwallet.cli.report import report_json, show_report, unreadable_json
from credwallet.cli.terminal.progress import Progress
from credwallet.errors import Invalid, NotFound, Usage
from credwallet.verify import dates

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from credwallet.cli.session import Session
    from credwallet.cli.terminal.console import Console
    from credwallet.store import Entry, Vault
    from credwallet.verify.policy import Policy


class Request(NamedTuple):
    """What the learner asked to verify, and how; see the command's options."""

    what: tuple[str, ...]
    everything: bool = False
    at: str | None = None
    require_known_issuer: bool = False
    documents: Path | None = None
    trust_list: Path | None = None
    refresh: bool = False
    collections: tuple[str, ...] = ()
    saved: str | None = None


def plainly(session: "Session", words: "Sequence[str]") -> Result | None:
    """Verify what plain words name; None if there are none.

    Args:
        session: What the command works with.
        words: What stands behind the command's name, without options.

    """
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
    chosen = bool(request.collections) or request.saved is not None
    if not what and not everything and not chosen:
        raise Usage(
            "nothing to verify", next_step="name a file or a handle, or give --all"
        )
    if (what or chosen) and everything:
        raise Usage("--all leaves nothing to name", next_step="give one or the other")
    check_stdin(session, what)
    files = [name for name in what if is_source(name)]
    handles = [name for name in what if not is_source(name)]
    handles += _chosen(session, request) if chosen else []
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
    judged: list[tuple[Judged, str | None]] = []
    with Progress(session.console, "verifying") as line:
        sources = read_sources(session, files, ports.fetch, expect=line.expect)
        judged += [
            (judge(source, policy, ports), None) for source in line.counted(sources)
        ]
    if vault is not None:
        entries = _entries(vault, handles, everything=everything)
        found = verify_again(session, entries, policy, ports, doing="verifying")
        judged += [(again.judged, again.entry.handle) for again in found]
        if request.at is None and not request.require_known_issuer:
            keep_reports(session, found)
            renewed = keep_newer(session, found, policy)
    return _result(judged, policy, renewed)


def _chosen(session: "Session", request: Request) -> list[str]:
    """Find what is in collections, or what a saved filter lets through."""
    from credwallet.cli.listing import filtering  # noqa: PLC0415 -- lazily: some use them

    given = filtering.Filter(collections=request.collections)
    wish = filtering.with_saved(session, request.saved, given)
    found = filtering.fitting(session, wish)
    if not found:
        raise NotFound(
            "the wallet holds no such credential",
            next_step="see all with their tags: credwallet list",
        )
    return [entry.handle for entry in found]


def _result(
    judged: "Sequence[tuple[Judged, str | None]]",
    policy: "Policy",
    renewed: "Mapping[str, Renewed]",
) -> Result:
    rows = [_row(item, handle, policy) for item, handle in judged]
    for row in rows:
        if row["handle"] in renewed:
            row["newer"] = _newer_json(renewed[row["handle"]])
    return Result(
        {"reports": rows},
        lambda console: _show(console, rows),
        gravest(item.exit_code for item, _ in judged),
        tuple(item.problem for item, _ in judged if item.problem),
    )


def _row(item: Judged, handle: str | None, policy: "Policy") -> dict[str, Any]:
    if item.report is not None:
        return report_json(
            item.report,
            source=item.source,
            handle=handle,
            known_issuers=policy.known_issuers,
        )
    if item.problem is None:
        raise AssertionError
    return unreadable_json(item.source, item.problem, policy)


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
        return present(vault)
    return list({e.rid: e for e in map(vault.find, handles)}.values())
