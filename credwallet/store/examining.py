"""What exactly is damaged, and where is it whole?

Goes on after what does not fit, and names all of it: for who wants to know what is left
and which backup holds the rest.
"""

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from credwallet.errors import CredwalletError
from credwallet.store.anchor import rollback_error
from credwallet.store.backup_contents import (
    BROKEN,
    automatic_backups,
    holders,
    state_of,
)
from credwallet.store.failures import explained
from credwallet.store.findings import (
    Affected,
    Finding,
    Severity,
    counted,
    finding_of,
    good,
    warning,
)
from credwallet.store.handles import RID_BYTES, shortest_handles
from credwallet.store.index import Segment
from credwallet.store.keys import KeyRing
from credwallet.store.schema import blob
from credwallet.store.view import DIRECTORY_ROW, View

if TYPE_CHECKING:
    from credwallet.store.vault import Vault

T = TypeVar("T")

_TAKE_BACKUP = "take the backup that holds it: credwallet restore-backup FILE"
_NO_BACKUP = "no automatic backup holds it: look for a copy, or ask the issuer again"
_WRITTEN = "something other than credwallet wrote here: take a backup"


class Examination(NamedTuple):
    """What to go through: one state of a wallet in its folder.

    With `deep` every record and document is opened, too.
    """

    view: View
    folder: Path
    deep: bool


class _Listed(NamedTuple):
    """What the parts of the index say that could be opened."""

    tags: dict[bytes, bytes]
    names: dict[bytes, str]
    numbers: dict[bytes, int]
    lost: frozenset[int]


def examine(examination: Examination) -> tuple[Finding, ...]:
    """Name everything in the wallet that does not fit.

    Returns:
        At least one finding on each of index, records and documents.

    """
    segments, findings = _segments(examination.view)
    listed = _listed(examination.view, segments)
    return (
        *findings,
        *_records(examination, listed),
        *_documents(examination),
    )


def look_inside(vault: "Vault", *, deep: bool) -> tuple[Finding, ...]:
    """Say everything that the key lets tell about a wallet.

    Args:
        vault: Opened only to look (`Anchors.only_look`).
        deep: Open every record and document, too.

    """
    with vault.looking() as view:
        return (
            *_latest(vault),
            *examine(Examination(view, vault.folder, deep)),
            *look_at_backups(vault.folder, view.keys),
        )


def _latest(vault: "Vault") -> list[Finding]:
    notes = vault.anchor.notes if vault.anchor is not None else ()
    findings = [warning("rollback", note, "nothing needs to be done") for note in notes]
    error = rollback_error(vault)
    if error is not None:
        findings.append(finding_of("rollback", error))
    elif not findings:
        findings.append(good("rollback", "no later state was seen on this machine"))
    return findings


def look_at_backups(folder: Path, keys: KeyRing | None = None) -> tuple[Finding, ...]:
    """Say of each automatic backup whether it is good.

    Args:
        folder: The wallet folder.
        keys: Of the open wallet; without them only the structure is looked at.

    """
    findings = []
    for path in automatic_backups(folder):
        state = state_of(path, keys)
        if state.reason == BROKEN:
            what = f"{path.name} is a copy of a wallet that was damaged"
            findings.append(good("backups", what))
        elif state.problem:
            step = "do not rely on it; the wallet itself is not affected"
            findings.append(warning("backups", f"{path.name}: {state.problem}", step))
        else:
            what = f"{path.name} looks good"
            if state.generation is not None:
                what += f", with state {state.generation}"
            findings.append(good("backups", what))
    return tuple(findings)


def _segments(view: View) -> tuple[dict[int, Segment], list[Finding]]:
    opened: dict[int, Segment] = {}
    findings = []
    for number, mark in view.head.segments.items():
        segment = _attempt(partial(view.segment, number))
        if isinstance(segment, Segment):
            opened[number] = segment
            continue
        listed = counted(mark.rows, "credential")
        what = f"part {number}, which lists {listed}: "
        found = finding_of("index", segment)
        findings.append(found._replace(what=what + found.what))
    kept = _attempt(lambda: _column(view, "SELECT n FROM seg"))
    if isinstance(kept, CredwalletError):
        findings.append(finding_of("index", kept))
    elif added := kept - {DIRECTORY_ROW, *view.head.segments}:
        what = f"{counted(len(added), 'part')} that the head does not know"
        findings.append(Finding("index", Severity.DAMAGE, what, _WRITTEN))
    if not findings:
        findings.append(
            good(
                "index",
                f"state {view.head.generation}: "
                f"{counted(view.head.records, 'credential')} in "
                f"{counted(len(opened), 'part')}, as the head says",
            )
        )
    return opened, findings


def _listed(view: View, segments: dict[int, Segment]) -> _Listed:
    listed = _Listed({}, {}, {}, frozenset(set(view.head.segments) - set(segments)))
    for number, segment in segments.items():
        for rid, tag, summary in zip(
            segment.rids, segment.tags, segment.summaries, strict=True
        ):
            listed.tags[rid] = tag
            listed.names[rid] = summary.name or summary.id
            listed.numbers[rid] = number
    return listed


def _records(examination: Examination, listed: _Listed) -> list[Finding]:
    view = examination.view
    rows = _attempt(lambda: _rows(view))
    if isinstance(rows, CredwalletError):
        return [finding_of("records", rows)]
    missing = [rid for rid in listed.tags if rid not in rows]
    unlisted = [rid for rid in rows if rid not in listed.tags]
    lost = [rid for rid in unlisted if rows[rid] in listed.lost]
    added = [rid for rid in unlisted if rows[rid] not in listed.lost]
    there = [rid for rid in listed.tags if rid in rows]
    moved = [rid for rid in there if rows[rid] != listed.numbers[rid]]
    broken = _broken(view, listed, there) if examination.deep else []
    handles = shortest_handles(
        {rid for rid in (*rows, *listed.tags) if len(rid) == RID_BYTES}
    )
    told = _Telling(examination, handles, listed.names)
    findings = [
        *told.finding(missing, "missing"),
        *told.finding(broken, "damaged"),
        *told.finding(moved, "not where the index says"),
        *told.finding(lost, "listed in a part of the index that is damaged"),
        *told.finding(added, "not listed in the index", _WRITTEN),
    ]
    if findings:
        return findings
    if examination.deep:
        what = f"{counted(len(there), 'credential')} opened, as the index says"
        return [good("records", what)]
    return [
        good(
            "records",
            f"{counted(len(there), 'credential')} there, not opened: that does "
            "credwallet doctor --deep",
        )
    ]


def _broken(view: View, listed: _Listed, there: Iterable[bytes]) -> list[bytes]:
    return [
        rid
        for rid in there
        if isinstance(
            _attempt(partial(view.body, rid, listed.tags[rid])), CredwalletError
        )
    ]


class _Telling(NamedTuple):
    """How records are named, and where they are looked for."""

    examination: Examination
    handles: dict[bytes, str]
    names: dict[bytes, str]

    def finding(
        self, rids: list[bytes], what: str, next_step: str = ""
    ) -> list[Finding]:
        """Name some records that have the same damage; nothing if there are none."""
        if not rids:
            return []
        whole = holders(self.examination.folder, self.examination.view.keys, rids)
        affected = tuple(
            Affected(
                self.handles.get(rid, rid.hex()[:32]),
                self.names.get(rid, ""),
                str(whole[rid]) if rid in whole else "",
            )
            for rid in rids
        )
        credentials = counted(len(rids), "credential is", "credentials are")
        step = next_step or (_TAKE_BACKUP if whole else _NO_BACKUP)
        return [
            Finding("records", Severity.DAMAGE, f"{credentials} {what}", step, affected)
        ]


def _documents(examination: Examination) -> list[Finding]:
    view = examination.view
    directory = _attempt(view.directory)
    if isinstance(directory, CredwalletError):
        return [finding_of("documents", directory)]
    rows = _attempt(lambda: _column(view, "SELECT name FROM doc"))
    if isinstance(rows, CredwalletError):
        return [finding_of("documents", rows)]
    missing = [key for key, mark in directory.items() if mark.row not in rows]
    broken = []
    if examination.deep:
        for key, mark in directory.items():
            content = _attempt(partial(view.document, mark))
            if mark.row in rows and isinstance(content, CredwalletError):
                broken.append(key)
    added = rows - {mark.row for mark in directory.values()}
    findings = [
        *_documents_that_are("missing", missing),
        *_documents_that_are("damaged", broken),
    ]
    if added:
        what = f"{counted(len(added), 'document')} not in the directory"
        findings.append(Finding("documents", Severity.DAMAGE, what, _WRITTEN))
    fine = "opened" if examination.deep else "there"
    return findings or [
        good("documents", f"{counted(len(directory), 'document')} {fine}")
    ]


def _documents_that_are(what: str, keys: list[tuple[str, str]]) -> list[Finding]:
    if not keys:
        return []
    affected = tuple(Affected("", f"{kind}: {name}") for kind, name in keys)
    words = f"{counted(len(keys), 'document is', 'documents are')} {what}"
    step = "add it anew (qualifications, contexts, issuers), or take a backup"
    return [Finding("documents", Severity.DAMAGE, words, step, affected)]


def _column(view: View, sql: str) -> set[object]:
    return {value for (value,) in view.connection.execute(sql)}


def _rows(view: View) -> dict[bytes, object]:
    rows = view.connection.execute("SELECT rid, seg FROM rec")
    return {blob(rid): number for rid, number in rows}


def _attempt(do: Callable[[], T]) -> T | CredwalletError:
    try:
        with explained("read the wallet"):
            return do()
    except CredwalletError as error:
        return error
