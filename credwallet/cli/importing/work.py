"""The work of `credwallet import`, free of Typer.

Inputs come in one after the other, what they hold is stored in batches, and of what is
done only the lines to be shown are kept: ten thousand badges need no more memory than
a few hundred.
"""

import hashlib
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from credwallet.cli.creation import make_wallet
from credwallet.cli.importing import report as import_report
from credwallet.cli.importing.examining import Examined, Terms
from credwallet.cli.importing.restoring import (
    MOST_PROFILES,
    Restoring,
    restore_documents,
    with_mine,
)
from credwallet.cli.importing.sources import check_stdin, read_sources
from credwallet.cli.importing.workers import examined
from credwallet.cli.judging import policy_of, ports_of
from credwallet.cli.output import ExitCode, Result, code_of, gravest
from credwallet.cli.plural import amount
from credwallet.cli.tagging import check_tags
from credwallet.cli.terminal.progress import Progress
from credwallet.errors import Unreadable, Usage
from credwallet.formats.wallets import PROFILE, Document, Mine
from credwallet.model.moment import moment_of
from credwallet.model.report import Problem, Verdict
from credwallet.model.summary import Summary, verdict_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from credwallet.cli.importing.expanding import Source
    from credwallet.cli.session import Session
    from credwallet.store import Entry, PutResult, Vault

BATCH = 512
# Bytes that were found valid so short a time ago are not verified once more.
FRESH = timedelta(days=1)

Row = dict[str, Any]
# A row, the bytes that it is about, what the wallet lists of them, and what an export
# of ours says of them.
_Waiting = tuple[Row, bytes, Summary, Mine | None]


class Request(NamedTuple):
    """What the learner asked to import, and how; see the command's options."""

    sources: tuple[str, ...]
    dry_run: bool = False
    atomic: bool = False
    keep_invalid: bool = False
    tags: tuple[str, ...] = ()
    documents: Path | None = None
    trust_list: Path | None = None
    restore: bool = False


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
    restoring = restore_documents(session, request)
    vault = session.vault() if session.has_wallet() else None
    documents = session.documents(request.documents)
    ports = ports_of(session, documents)
    policy = policy_of(session, vault, trust_list=request.trust_list)
    terms = Terms(
        policy, ports, request.keep_invalid, request.tags, keep_own=restoring.own
    )
    importing = _Importing(session, request, restoring)
    fresh = _Fresh(session, vault, request)
    with Progress(session.console, "importing", forks=True) as progress:
        sources = read_sources(
            session,
            request.sources,
            ports.fetch,
            expect=progress.expect,
            keep=importing.keep,
        )
        answers = examined(sources, terms, documents=documents, known=fresh.answer)
        for source, answer in progress.counted(answers):
            importing.add(source, answer)
        importing.finish()
    return importing.result()


class _Fresh:
    """What the wallet found valid a short while ago, by its bytes.

    Nothing is taken from there if the learner asks for something more than to look.
    """

    def __init__(
        self, session: "Session", vault: "Vault | None", request: Request
    ) -> None:
        self._session = session
        self._vault = vault
        more = request.tags or request.documents or request.trust_list
        self._entries: dict[str, Entry] = {}
        if vault is not None and not more:
            self._entries = {
                entry.summary.sha256: entry
                for entry in vault.entries()
                if self._is_fresh(entry)
            }

    def _is_fresh(self, entry: "Entry") -> bool:
        summary, at = entry.summary, self._session.at
        if summary.trashed_at or verdict_at(summary, at) != Verdict.VALID:
            return False
        checked = moment_of(summary.checked_at)
        return checked is not None and timedelta(0) <= at - checked < FRESH

    def answer(self, source: "Source") -> tuple[Examined, ...] | None:
        """Return the answer to an input that needs no work, or None."""
        if not self._entries or not isinstance(source.data, bytes) or source.mine:
            return None
        entry = self._entries.get(hashlib.sha256(source.data).hexdigest())
        if entry is None or self._vault is None:
            return None
        summary = entry.summary
        row: Row = {
            "format": summary.format,
            "id": summary.id,
            "name": summary.name,
            "verdict": summary.verdict,
        }
        if self._session.settings.json:
            row = self._vault.read(entry.rid).report
        row.update(source=source.name, handle=entry.handle)
        row.update(stored="duplicate", storedWhy="same-bytes", restored=False)
        return (Examined(row, ExitCode.OK),)


class _Importing:
    """An import under way: what waits to be stored, and what is to be said of it.

    Args:
        session: Of the run.
        request: What the learner asked for.
        restoring: Whether she says that exports are her own: what somebody else noted
            down about a badge counts for nothing.

    """

    def __init__(
        self, session: "Session", request: Request, restoring: Restoring
    ) -> None:
        self._session = session
        self._request = request
        self._own = restoring.own
        self._left_out = [restoring.left_out] if restoring.left_out else []
        self._strange_words = False
        self._rows: list[Row] = []
        self._waiting: list[_Waiting] = []
        self._codes: set[ExitCode] = set()
        self._problems: list[Problem] = []
        self._profiles: dict[str, bytes] = {}
        self._refused = False

    def keep(self, document: Document) -> None:
        """Take what a wallet of another program holds besides credentials."""
        if document.kind == PROFILE and len(self._profiles) < MOST_PROFILES:
            self._profiles[document.name] = document.data

    def add(self, source: "Source", answer: "Sequence[Examined]") -> None:
        """Take what an input holds; it is stored when there is a batch of it."""
        for item in answer:
            self._rows.append(item.row)
            self._codes.add(item.exit_code)
            self._refused |= item.refused
            raw = source.data if item.raw is None else item.raw
            if item.summary is not None and isinstance(raw, bytes):
                mine = source.mine
                if mine is not None and not self._own:
                    words = mine.tags or mine.note or mine.trashed_at
                    self._strange_words |= bool(words)
                    mine = None
                self._waiting.append((item.row, raw, item.summary, mine))
            else:
                self._tell(item.row, None)
        # Each entry of an input has the problem of the whole.
        self._problems += [item.problem for item in answer[:1] if item.problem]
        if len(self._waiting) >= BATCH and not self._request.atomic:
            self._store()

    def finish(self) -> None:
        """Store what still waits.

        Raises:
            Usage: If `--atomic` is asked for more than one transaction can hold.

        """
        if self._request.atomic and not self._refused and len(self._waiting) > BATCH:
            raise Usage(
                f"--atomic takes at most {BATCH} credentials at once",
                next_step="import them in parts, or without --atomic",
            )
        self._store()
        self._store_profiles()
        if self._strange_words:
            self._left_out.append(
                "the tags, the notes and the trash of whoever wrote it"
            )

    def _store_profiles(self) -> None:
        vault = self._vault() if self._profiles else None
        if vault is None:
            return
        vault.put_documents(PROFILE, self._profiles)
        count = len(self._profiles)
        theirs = "its keys, for when it goes" if count == 1 else "their keys, for when"
        theirs += "" if count == 1 else " they go"
        self._session.console.note(
            f"kept {amount(count, 'profile')} with {theirs} back: "
            "credwallet export --format lcw"
        )

    def _store(self) -> None:
        while self._waiting:
            batch = self._waiting[:BATCH]
            del self._waiting[:BATCH]
            try:
                done = self._put(batch)
            except Unreadable:
                if self._request.atomic:
                    raise
                # One of them is too large: the others must not suffer for it.
                done = [self._put_alone(item) for item in batch]
            for (row, *_), result in zip(batch, done, strict=True):
                self._tell(row, result)

    def _put_alone(self, item: _Waiting) -> "PutResult | None":
        row = item[0]
        try:
            return self._put([item])[0]
        except Unreadable as error:
            told = Problem.of(error)
            title = f"{row['source']} was not stored: {told.title}"
            self._problems.append(told._replace(title=title))
            self._codes.add(code_of(error))
            return None

    def _put(self, batch: "Sequence[_Waiting]") -> "Sequence[PutResult | None]":
        vault = self._vault()
        if vault is None:
            return [None] * len(batch)
        from credwallet.store import NewCredential  # noqa: PLC0415 -- lazily: sqlite3

        new = [
            NewCredential(
                raw,
                with_mine(summary, mine),
                report=row | {"source": mine.source} if mine and mine.source else row,
                source=(mine and mine.source) or row["source"],
                received_at=mine.received_at if mine else "",
            )
            for row, raw, summary, mine in batch
        ]
        return vault.put(new, at=self._session.at)

    def _vault(self) -> "Vault | None":
        """Open the wallet to store into, a new one if need be; None if nothing is."""
        if self._request.dry_run or self._kept_out:
            return None
        if not self._session.has_wallet():
            make_wallet(self._session)
        return self._session.vault()

    @property
    def _kept_out(self) -> bool:
        """Whether everything stays out because `--atomic` is asked and one is bad."""
        return self._request.atomic and self._refused

    def _tell(self, row: Row, done: "PutResult | None") -> None:
        if done is not None:
            row["handle"] = done.handle
        row.setdefault("stored", done.stored if done else "no")
        row.setdefault("storedWhy", done.why or None if done else None)
        row.setdefault("restored", bool(done and done.restored))
        if not self._session.settings.json and row["verdict"] == Verdict.VALID:
            row["checks"] = ()  # of ten thousand, none of which is shown

    def result(self) -> Result:
        """Put together what the command answers."""
        rows = self._rows
        last = import_report.Last(
            kept_out=self._kept_out,
            dry_run=self._request.dry_run,
            left_out=tuple(self._left_out),
        )
        return Result(
            {"reports": rows},
            lambda console: import_report.show(console, rows),
            gravest(self._codes),
            tuple(self._problems),
            lambda console: import_report.sum_up(console, rows, last),
        )
