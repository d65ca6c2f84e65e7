"""What can be done with an open wallet?"""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from credwallet.errors import Locked, StorageFailure, Usage
from credwallet.model.summary import Summary
from credwallet.store import finding, importing
from credwallet.store.anchor import Anchor, Mark, Rollback
from credwallet.store.backup_contents import BackupState, newest_good
from credwallet.store.checking import Checked, check
from credwallet.store.failures import damaged, explained
from credwallet.store.folder import check_ours
from credwallet.store.handles import all_handles
from credwallet.store.index import SEGMENT_ROWS
from credwallet.store.keys import KeyRing
from credwallet.store.memory import Memory
from credwallet.store.record import Change, Entry, NewCredential, PutResult, Stored
from credwallet.store.schema import connect
from credwallet.store.slots import Opened
from credwallet.store.view import View, head_tag, read_head
from credwallet.store.writing import Writing

if TYPE_CHECKING:
    from credwallet.store.entering import Entered

BATCH = SEGMENT_ROWS


def rfc3339(at: datetime) -> str:
    """Write a moment in UTC, to the second."""
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


class Vault:
    """An unlocked wallet; use it in a `with` statement, so that its keys are wiped.

    Made by `create` and `open_vault`. Every method is one transaction: it happened
    when the method returns, and not at all when it raises. Every method raises
    `Damaged` if the file is not what credwallet wrote, `StorageFailure` if the disk
    does not do what is asked, and `Locked` once the vault is closed.
    """

    __slots__ = (
        *("_closed", "_connection", "_generation", "_hold", "_keys", "_memory"),
        *("anchor", "folder", "rollback"),
    )

    def __init__(self, folder: Path, entered: "Entered", keys: KeyRing) -> None:
        self.folder = folder
        self._connection: sqlite3.Connection | None = entered.connection
        self._hold = entered.hold
        self._keys = keys
        self._generation = 0
        self._memory = Memory()
        self._closed = False
        # Both set by `anchor.watched`.
        self.anchor: Anchor | None = None
        self.rollback: Rollback | None = None

    def __repr__(self) -> str:
        return f"<Vault {str(self.folder)!r} {'closed' if self._closed else 'open'}>"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file and wipe the keys."""
        if self._closed:
            return
        self._closed = True
        self._keys.wipe()
        self._memory.clear()
        try:
            if self._connection is not None:
                with explained("close the wallet"):
                    self._connection.close()
        finally:
            self._hold.close()

    def vault_key(self) -> Opened:
        """Copy the vault key, for the agent alone; it wipes its copy."""
        self._connected()
        return Opened(self._keys.epoch, self._keys.vault_key())

    def entries(self) -> tuple[Entry, ...]:
        """List all credentials, trash included, without opening any of them."""
        with self._reading() as view:
            return view.entries()

    def handles(self) -> tuple[str, ...]:
        """List the handles of all credentials, trash included, in order."""
        with self._reading() as view:
            return all_handles(view.connection)

    def find(self, text: str) -> Entry:
        """Find the credential that the learner means.

        Args:
            text: The start of its handle (4 characters or more), its identifier, or
                its name.

        Raises:
            NotFound: If nothing or more than one goes by that.

        """
        with self._reading() as view:
            return finding.find(view, text)

    def read(self, rid: bytes) -> Stored:
        """Open one credential.

        Args:
            rid: From `Entry.rid`.

        Raises:
            NotFound: If it is no longer there.

        """
        with self._reading() as view:
            segment, position = view.locate(rid)
            body = view.body(rid, segment.tags[position])
            return Stored(
                raw=body.raw,
                report=dict(body.report),
                received_at=body.received_at,
                source=body.source,
                summary=segment.summaries[position],
            )

    def put(
        self, items: Sequence[NewCredential], *, at: datetime
    ) -> tuple[PutResult, ...]:
        """Keep credentials, all of them or none.

        The same bytes again: the report is refreshed. Another, newer and not less
        proven copy of the same credential takes the old one's place and keeps its tags
        and note. One that comes again leaves the trash.

        Args:
            items: At most 512.
            at: When they were received.

        Returns:
            What became of each, in order.

        Raises:
            Usage: If there are more than 512.
            Unreadable: If one is too large.

        """
        if len(items) > BATCH:
            raise Usage(f"at most {BATCH} credentials can be put at once")
        received_at = rfc3339(at)
        with self._writing() as writing:
            results = [
                importing.put(writing, item, received_at=received_at) for item in items
            ]
            return tuple(
                result._replace(handle=writing.view.handle(result.rid))
                for result in results
            )

    def update(
        self,
        rid: bytes,
        *,
        summary: Summary | None = None,
        report: Mapping[str, Any] | None = None,
    ) -> None:
        """Change what is known about one credential; its bytes stay as they are.

        Args:
            rid: From `Entry.rid`.
            summary: The new row (tags, note, verdict and trash are part of it).
            report: The new report, JSON.

        Raises:
            NotFound: If it is no longer there.

        """
        self.update_many((Change(rid, summary, report),))

    def update_many(self, changes: Sequence[Change]) -> None:
        """Change what is known about many credentials, all of them or none.

        Args:
            changes: Any number; each changed part of the index is written once.

        Raises:
            NotFound: If one is no longer there.

        """
        with self._writing() as writing:
            for change in changes:
                segment, position = writing.held(change.rid)
                if change.report is not None:
                    body = writing.body(change.rid)
                    writing.set_body(change.rid, body._replace(report=change.report))
                if change.summary is not None:
                    segment.summaries[position] = change.summary

    def purge(self, rid: bytes) -> None:
        """Take a credential out for good.

        Args:
            rid: From `Entry.rid`.

        Raises:
            NotFound: If it is no longer there.

        """
        with self._writing() as writing:
            writing.remove(rid)
        self.empty_journal()

    def documents(self, kind: str) -> dict[str, bytes]:
        """Open all small documents of one kind, by name."""
        with self._reading() as view:
            directory = view.directory()
            view.check_counts(records=view.head.records, documents=len(directory))
            return {
                name: view.document(mark)
                for (kept, name), mark in directory.items()
                if kept == kind
            }

    def document(self, kind: str, name: str) -> bytes | None:
        """Open one small document, if there is one of that name.

        Args:
            kind: As in `put_document`.
            name: As it was given to `put_document`; letters of other case are other
                names.

        """
        with self._reading() as view:
            mark = view.directory().get((kind, name))
            return None if mark is None else view.document(mark)

    def put_document(self, kind: str, name: str, data: bytes) -> None:
        """Keep a small document, in place of one of the same kind and name.

        Args:
            kind: What sort of document, for example `qualification`.
            name: Unique among those of its kind.
            data: At most 16 MiB.

        Raises:
            Unreadable: If it is larger.

        """
        with self._writing() as writing:
            writing.put_document(kind, name, data)

    def document_names(self, kind: str) -> tuple[str, ...]:
        """List the small documents of one kind without opening any of them."""
        with self._reading() as view:
            return tuple(name for kept, name in view.directory() if kept == kind)

    def put_documents(self, kind: str, documents: Mapping[str, bytes]) -> None:
        """Keep several small documents of one kind, all of them or none.

        Args:
            kind: As in `put_document`.
            documents: The bytes of each by its name, at most 16 MiB each.

        Raises:
            Unreadable: If one is larger.

        """
        with self._writing() as writing:
            for name, data in documents.items():
                writing.put_document(kind, name, data)

    def remove_document(self, kind: str, name: str) -> None:
        """Take a small document out for good.

        Args:
            kind: As in `put_document`.
            name: As it was given to `put_document`.

        Raises:
            NotFound: If there is none of that name.

        """
        with self._writing() as writing:
            writing.remove_document(kind, name)

    def check(self) -> Checked:
        """Open everything there is and compare it with the index and the head."""
        with self._reading() as view:
            return check(view)

    def newest_good_backup(self, from_generation: int = 0) -> BackupState | None:
        """Find the newest automatic backup in which nothing wrong is seen."""
        return newest_good(self.folder, self._keys, from_generation=from_generation)

    def empty_journal(self) -> None:
        """Let sealed bytes that were purged leave the journal too, if possible now."""
        connection = self._connected()
        try:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite3.Error:
            # The purge itself is safe; closing tries again, on a handle without doubt.
            self._forget(connection)

    def retreat(self) -> None:
        """Go back to the vault key before, since the change to a new one failed."""
        if not self._closed:
            self._keys.retreat()

    @contextmanager
    def looking(self) -> Iterator[View]:
        """Give one consistent state to the other files of the store."""
        with self._reading() as view:
            yield view

    @contextmanager
    def changing(self) -> Iterator[Writing]:
        """Give one transaction of changes to the other files of the store."""
        with self._writing() as writing:
            yield writing

    @contextmanager
    def _reading(self) -> Iterator[View]:
        with self._transaction("BEGIN", "read the wallet") as view:
            yield view

    @contextmanager
    def _writing(self) -> Iterator[Writing]:
        with self._transaction("BEGIN IMMEDIATE", "write to the wallet") as view:
            writing = Writing(view)
            yield writing
            mark = Mark(writing.finish(), head_tag(view.connection))
        self._generation = max(self._generation, mark.generation)
        if self.anchor is not None:
            self.anchor.raise_to(mark)

    @contextmanager
    def _transaction(self, begin: str, doing: str) -> Iterator[View]:
        connection = self._connected()
        try:
            with explained(doing):
                connection.execute(begin)
                try:
                    yield self._view(connection)
                    connection.execute("COMMIT")
                except BaseException:
                    _roll_back(connection)
                    raise
        except StorageFailure as failure:
            if failure.type == "disk":
                # A failed fsync is told once: never go on with the same handle.
                self._forget(connection)
            raise

    def _forget(self, connection: sqlite3.Connection) -> None:
        self._connection = None
        connection.close()

    def _view(self, connection: sqlite3.Connection) -> View:
        head = read_head(connection, self._keys)
        if head.generation < self._generation:
            raise damaged("an older copy was put in its place while it was open")
        self._generation = head.generation
        return View(connection, self._keys, head, self._memory)

    def _connected(self) -> sqlite3.Connection:
        if self._closed:
            raise Locked("the wallet is closed", next_step="open it again")
        if self._connection is None:
            self._connection = connect(check_ours(self.folder))
        return self._connection


def _roll_back(connection: sqlite3.Connection) -> None:
    # After a full disk SQLite may have rolled back already, and a second failure here
    # must not hide the first one.
    if connection.in_transaction:
        try:
            connection.execute("ROLLBACK")
        except sqlite3.Error:
            connection.interrupt()
