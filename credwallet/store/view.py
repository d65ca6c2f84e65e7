"""What does the wallet hold at one moment, with every row checked against the head?"""

import gc
import sqlite3
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from credwallet.store.envelope import Kind, epoch_of
from credwallet.store.failures import damaged, gone, rekeyed
from credwallet.store.handles import shortest_between, shortest_handles
from credwallet.store.index import (
    Directory,
    DocumentMark,
    Head,
    Segment,
    decode_directory,
    decode_head,
    decode_segment,
    tag_of,
)
from credwallet.store.keys import KeyRing
from credwallet.store.memory import Memory
from credwallet.store.record import Body, Entry, decode_body
from credwallet.store.schema import blob
from credwallet.store.slots import epochs_of_slots

if TYPE_CHECKING:
    from credwallet.model.summary import Summary

HEAD_ROW = 1
DIRECTORY_ROW = 0


def segment_name(number: int) -> bytes:
    """Name a segment in its seal."""
    return number.to_bytes(4, "big")


class View(NamedTuple):
    """One consistent state, inside one transaction of the connection."""

    connection: sqlite3.Connection
    keys: KeyRing
    head: Head
    memory: Memory

    def segment(self, number: int) -> Segment:
        """Open a segment that the head knows.

        Raises:
            Damaged: If it is not the one that the head knows.

        """
        mark = self.head.segments[number]
        sealed = self._sealed_segment(number)
        if tag_of(sealed) != mark.tag:
            raise damaged("a part of the index is not the latest one")
        known = self.memory.segment(mark.tag)
        if known is not None:
            return known
        segment = decode_segment(
            self.keys.unseal(Kind.SEGMENT, segment_name(number), sealed)
        )
        if len(segment) != mark.rows:
            raise damaged("a part of the index has a wrong length")
        self.memory.remember(mark.tag, segment)
        return segment

    def sealed_record(self, rid: bytes, tag: bytes) -> bytes:
        """Fetch the envelope of the record that the index knows by this tag.

        Args:
            rid: 16 bytes.
            tag: 16 bytes, from the record's segment.

        Returns:
            The envelope, still sealed.

        Raises:
            Damaged: If it is missing, or another than the index knows.

        """
        row = self.connection.execute(
            "SELECT sealed FROM rec WHERE rid=?", (rid,)
        ).fetchone()
        if row is None:
            raise damaged("a record of the index is missing")
        sealed = blob(row[0])
        if tag_of(sealed) != tag:
            raise damaged("a record is not the latest one")
        return sealed

    def body(self, rid: bytes, tag: bytes) -> Body:
        """Open the record that the index knows by this tag.

        Args:
            rid: 16 bytes.
            tag: 16 bytes, from the record's segment.

        Raises:
            Damaged: If it is missing, or another than the index knows.

        """
        sealed = self.sealed_record(rid, tag)
        return decode_body(self.keys.unseal(Kind.RECORD, rid, sealed))

    def directory(self) -> Directory:
        """Open the directory of documents.

        Raises:
            Damaged: If it is not the one that the head knows.

        """
        if not self.head.directory_tag:
            return {}
        sealed = self._sealed_segment(DIRECTORY_ROW)
        if tag_of(sealed) != self.head.directory_tag:
            raise damaged("the directory of documents is not the latest one")
        return decode_directory(self.keys.unseal(Kind.DIRECTORY, b"", sealed))

    def document(self, mark: DocumentMark) -> bytes:
        """Open a document that the directory knows.

        Raises:
            Damaged: If it is missing, or another than the directory knows.

        """
        row = self.connection.execute(
            "SELECT sealed FROM doc WHERE name=?", (mark.row,)
        ).fetchone()
        if row is None:
            raise damaged("a document is missing")
        sealed = blob(row[0])
        if tag_of(sealed) != mark.tag:
            raise damaged("a document is not the latest one")
        return self.keys.unseal(Kind.DOCUMENT, mark.row, sealed)

    def check_counts(self, *, records: int, documents: int | None = None) -> None:
        """Compare how many rows there are with how many there should be.

        Args:
            records: How many records.
            documents: How many documents, if that is known.

        Raises:
            Damaged: If rows were added or taken away.

        """
        (found,) = self.connection.execute("SELECT count(*) FROM rec").fetchone()
        if found != records:
            raise damaged("records were added or taken away")
        if documents is None:
            return
        (found,) = self.connection.execute("SELECT count(*) FROM doc").fetchone()
        if found != documents:
            raise damaged("documents were added or taken away")

    def check_numbers(self) -> None:
        """Compare where each record says that it is listed with where it is.

        Raises:
            Damaged: If one is listed elsewhere, or nowhere.

        """
        rows = self.connection.execute("SELECT seg, rid FROM rec").fetchall()
        listed = [
            (number, rid)
            for number in self.head.segments
            for rid in self.segment(number).rids
        ]
        numbers = set(self.head.segments)
        kept = self.connection.execute("SELECT n FROM seg WHERE n>?", (DIRECTORY_ROW,))
        if {number for (number,) in kept} != numbers or set(rows) != set(listed):
            raise damaged("the index does not list the records that there are")

    def handle(self, rid: bytes) -> str:
        """Give a record its handle among all that are there now."""
        neighbours = self.connection.execute(
            "SELECT (SELECT max(rid) FROM rec WHERE rid<:rid),"
            " (SELECT min(rid) FROM rec WHERE rid>:rid)",
            {"rid": rid},
        ).fetchone()
        return shortest_between(
            rid, (blob(other) for other in neighbours if other is not None)
        )

    def entry(self, rid: bytes) -> Entry:
        """Look up a record in the index.

        Raises:
            NotFound: If there is no such record.

        """
        segment, position = self.locate(rid)
        return Entry(rid, self.handle(rid), segment.summaries[position])

    def locate(self, rid: bytes) -> tuple[Segment, int]:
        """Find the segment and the position of a record.

        Raises:
            NotFound: If there is no such record.
            Damaged: If row and index do not agree about it.

        """
        row = self.connection.execute(
            "SELECT seg FROM rec WHERE rid=?", (rid,)
        ).fetchone()
        if row is None:
            self.check_absent(rid)
            raise gone()
        if row[0] not in self.head.segments:
            raise damaged("a record names a part of the index that is not there")
        segment = self.segment(row[0])
        return segment, segment.position(rid)

    def check_absent(self, rid: bytes, *, numbers: Collection[int] = ()) -> None:
        """Make sure that a record without a row is not listed either.

        Args:
            rid: Of the record.
            numbers: Segments that are known not to list it.

        Raises:
            Damaged: If it is listed: its row was taken away, or cannot be found.

        """
        marks = self.head.segments
        if not self.memory.is_complete(marks):
            for number, mark in marks.items():
                if self.memory.identifiers(mark.tag) is None:
                    self.segment(number)
            self.memory.complete(marks)
        if not self.memory.was_ever_listed(rid):
            return
        for number, mark in marks.items():
            if number not in numbers and rid in (
                self.memory.identifiers(mark.tag) or self.segment(number).rids
            ):
                raise damaged("a record of the index is missing")

    def entries(self) -> tuple[Entry, ...]:
        """List all records from the segments alone.

        Raises:
            Damaged: If the index does not fit the records.

        """
        self.check_counts(records=self.head.records)
        found: dict[bytes, Summary] = {}
        with _no_collection():
            for number in self.head.segments:
                segment = self.segment(number)
                found.update(zip(segment.rids, segment.summaries, strict=True))
            if len(found) != self.head.records:
                raise damaged("the index does not list what the head counts")
            handles = shortest_handles(found)
            return tuple(
                Entry(rid, handles[rid], summary) for rid, summary in found.items()
            )

    def _sealed_segment(self, number: int) -> bytes:
        row = self.connection.execute(
            "SELECT sealed FROM seg WHERE n=?", (number,)
        ).fetchone()
        if row is None:
            raise damaged("a part of the index is missing")
        return blob(row[0])


@contextmanager
def _no_collection() -> Iterator[None]:
    """Keep the garbage collector from walking through all rows again and again.

    They hold no cycles; with 100,000 of them it would double the time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def head_tag(connection: sqlite3.Connection) -> bytes:
    """Name the exact bytes of the sealed head, as they are in this transaction."""
    row = connection.execute(
        "SELECT sealed FROM head WHERE id=?", (HEAD_ROW,)
    ).fetchone()
    return b"" if row is None else tag_of(blob(row[0]))


def read_head(connection: sqlite3.Connection, keys: KeyRing) -> Head:
    """Open the head, and let the keys of earlier epochs from it into the ring.

    Args:
        connection: In a transaction, so that head and slots are of one moment.
        keys: With the key in force; those of earlier epochs are added.

    Raises:
        Damaged: If it is not what was written.
        Locked: If the wallet has another vault key by now (type `rekeyed`).

    """
    row = connection.execute(
        "SELECT sealed FROM head WHERE id=?", (HEAD_ROW,)
    ).fetchone()
    if row is None:
        raise damaged("the head of the index is missing")
    sealed = blob(row[0])
    epoch = epoch_of(sealed)
    if epoch != keys.epoch:
        # Whoever rekeys rewrites all slots: they tell it apart from a changed byte.
        if epochs_of_slots(connection) == {epoch}:
            raise rekeyed()
        raise damaged("its head was sealed under another key than its slots hold")
    head = decode_head(keys.unseal(Kind.HEAD, b"", sealed))
    keys.know(head.old_keys)
    return head
