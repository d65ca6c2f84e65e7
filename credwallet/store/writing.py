"""How is the wallet changed, so that records, index and head change together?

One `Writing` lives inside one IMMEDIATE transaction. Rows of records are written at
once, segments and head when it is finished: each changed segment is sealed once.
"""

import hashlib
from collections.abc import Collection
from hmac import digest
from typing import TypeGuard

from credwallet.errors import NotFound, Unreadable
from credwallet.model.summary import Summary
from credwallet.store.envelope import Kind, epoch_of
from credwallet.store.failures import damaged, gone
from credwallet.store.index import (
    SEGMENT_BYTES,
    SEGMENT_ROWS,
    Directory,
    DocumentMark,
    Head,
    Segment,
    SegmentMark,
    encode_directory,
    tag_of,
)
from credwallet.store.record import Body
from credwallet.store.view import DIRECTORY_ROW, HEAD_ROW, View, segment_name


class Writing:
    """Changes to one view, in its transaction."""

    def __init__(self, view: View) -> None:
        self.view = view
        self._touched: dict[int, Segment] = {}
        # The records of all touched segments.
        self._listed: set[bytes] = set()
        self._filling: int | None = None
        self._marks = dict(view.head.segments)
        self._records = view.head.records
        self._directory: Directory | None = None
        self._head: Head | None = None

    def name(self, domain: bytes, text: bytes) -> bytes:
        """Make the 16-byte identifier of something by a MAC.

        Args:
            domain: What sort of thing it is; the same text has another name in another
                one.
            text: What it is named by, of any length.

        """
        # Hashed first: the text may be a whole credential.
        inner = domain + b"\0" + hashlib.sha256(text).digest()
        return digest(self.view.head.identity_key, inner, "sha256")[:16]

    def locate(self, rid: bytes) -> tuple[Segment, int] | None:
        """Find a record in the index, if there is one."""
        number = self.view.connection.execute(
            "SELECT seg FROM rec WHERE rid=?", (rid,)
        ).fetchone()
        if number is None:
            self._check_absent(rid)
            return None
        segment = self._segment(number[0])
        return segment, segment.position(rid)

    def held(self, rid: bytes) -> tuple[Segment, int]:
        """Find a record that must be there.

        Raises:
            NotFound: If there is none.

        """
        located = self.locate(rid)
        if located is None:
            raise gone()
        return located

    def add(self, rid: bytes, *, body: Body, summary: Summary) -> None:
        """Add a record to the emptiest segment, or to a new one if all are full.

        Args:
            rid: 16 bytes, of no record in the wallet.
            body: Its content, sealed here.
            summary: Its row of the index.

        Raises:
            Unreadable: If the content is larger than a record can be.

        """
        number = self._roomiest()
        sealed = self.view.keys.seal(Kind.RECORD, rid, body.encode())
        self.view.connection.execute(
            "INSERT INTO rec(rid, seg, sealed) VALUES(?, ?, ?)", (rid, number, sealed)
        )
        segment = self._segment(number)
        segment.add(rid, tag=tag_of(sealed), summary=summary)
        self._listed.add(rid)
        self._marks[number] = SegmentMark(len(segment), b"")
        self._records += 1

    def set_body(self, rid: bytes, body: Body) -> None:
        """Seal new content into a record.

        Args:
            rid: 16 bytes.
            body: The whole of the new content.

        Raises:
            NotFound: If there is no such record.

        """
        segment, position = self.held(rid)
        sealed = self.view.keys.seal(Kind.RECORD, rid, body.encode())
        self.view.connection.execute(
            "UPDATE rec SET sealed=? WHERE rid=?", (sealed, rid)
        )
        segment.tags[position] = tag_of(sealed)

    def remove(self, rid: bytes) -> None:
        """Take a record out; a segment that becomes empty goes with it."""
        segment, _ = self.held(rid)
        segment.remove(rid)
        self._listed.discard(rid)
        number = next(n for n, held in self._touched.items() if held is segment)
        self._marks[number] = SegmentMark(len(segment), b"")
        self.view.connection.execute("DELETE FROM rec WHERE rid=?", (rid,))
        self._records -= 1

    def body(self, rid: bytes) -> Body:
        """Open a record as it is at this point of the change."""
        segment, position = self.held(rid)
        return self.view.body(rid, segment.tags[position])

    def put_document(self, kind: str, name: str, data: bytes) -> None:
        """Add or replace a small document.

        Args:
            kind: What sort of document, without a zero character.
            name: Unique among those of its kind.
            data: At most 16 MiB.

        Raises:
            Unreadable: If it is larger.

        """
        directory = self._documents()
        text = f"{kind}\0{name}".encode("utf-8", "surrogatepass")
        row = self.name(b"document", text)
        sealed = self.view.keys.seal(Kind.DOCUMENT, row, data)
        self.view.connection.execute(
            "INSERT OR REPLACE INTO doc(name, sealed) VALUES(?, ?)", (row, sealed)
        )
        directory[(kind, name)] = DocumentMark(row, tag_of(sealed))

    def remove_document(self, kind: str, name: str) -> None:
        """Take a small document out.

        Args:
            kind: As in `put_document`.
            name: As it was given to `put_document`.

        Raises:
            NotFound: If there is none of that name.

        """
        mark = self._documents().pop((kind, name), None)
        if mark is None:
            raise NotFound(
                f"the wallet keeps no {kind} of that name: {name}",
                next_step=f"see what there is: credwallet {kind} list",
            )
        self.view.connection.execute("DELETE FROM doc WHERE name=?", (mark.row,))

    def reseal_segment(self, number: int) -> int:
        """Seal a segment, and what it lists, under the key in force.

        Returns:
            How many records were sealed under an earlier one.

        """
        segment, keys, done = self._segment(number), self.view.keys, 0
        execute = self.view.connection.execute
        for position, rid in enumerate(segment.rids):
            sealed = self.view.sealed_record(rid, segment.tags[position])
            if epoch_of(sealed) == keys.epoch:
                continue
            content = keys.unseal(Kind.RECORD, rid, sealed)
            sealed = keys.seal(Kind.RECORD, rid, content)
            execute("UPDATE rec SET sealed=? WHERE rid=?", (sealed, rid))
            segment.tags[position] = tag_of(sealed)
            done += 1
        return done

    def reseal_documents(self, rows: Collection[bytes]) -> None:
        """Seal small documents, and their directory, under the key in force.

        Args:
            rows: Names of their rows; those that are gone are passed over.

        """
        directory, keys = self._documents(), self.view.keys
        for name, mark in directory.items():
            if mark.row in rows:
                content = self.view.document(mark)
                sealed = keys.seal(Kind.DOCUMENT, mark.row, content)
                self.view.connection.execute(
                    "UPDATE doc SET sealed=? WHERE name=?", (sealed, mark.row)
                )
                directory[name] = DocumentMark(mark.row, tag_of(sealed))

    def amend(
        self,
        *,
        slots_digest: bytes | None = None,
        old_keys: dict[str, str] | None = None,
    ) -> None:
        """Say something new of the keys in the next head; `None` leaves it as it is.

        Args:
            slots_digest: 32 bytes, of all slots as they are written.
            old_keys: The vault keys of earlier epochs: the epoch's number to the key in
                hexadecimal.

        """
        head = self._head or self.view.head
        self._head = head._replace(
            slots_digest=head.slots_digest if slots_digest is None else slots_digest,
            old_keys=head.old_keys if old_keys is None else old_keys,
        )

    def finish(self) -> int:
        """Seal what changed: segments, directory, head.

        Returns:
            The generation of the wallet now.

        """
        if not self._touched and self._directory is None and self._head is None:
            return self.view.head.generation
        documents = None if self._directory is None else len(self._directory)
        self.view.check_counts(records=self._records, documents=documents)
        for number in list(self._touched):
            self._flush(number)
        directory_tag = self._flush_directory()
        head = (self._head or self.view.head)._replace(
            generation=self.view.head.generation + 1,
            records=self._records,
            directory_tag=directory_tag,
            segments=self._marks,
        )
        write_head(self.view, head)
        return head.generation

    def _segment(self, number: int) -> Segment:
        if number not in self._touched:
            if number not in self._marks:
                raise damaged("a record names a part of the index that is not there")
            segment = self._touched[number] = self.view.segment(number)
            self._listed.update(segment.rids)
        return self._touched[number]

    def _check_absent(self, rid: bytes) -> None:
        if rid in self._listed:
            raise damaged("a record of the index is missing")
        self.view.check_absent(rid, numbers=self._touched)

    def _roomiest(self) -> int:
        """Choose the emptiest segment, and stay with it until it is full."""
        if not self._has_room(self._filling):
            emptiest = min(self._marks, key=lambda n: self._marks[n].rows, default=None)
            if not self._has_room(emptiest):
                emptiest = self._open_segment(Segment([], [], []))
            self._filling = emptiest
        return self._filling

    def _has_room(self, number: int | None) -> TypeGuard[int]:
        return number in self._marks and self._marks[number].rows < SEGMENT_ROWS

    def _open_segment(self, segment: Segment) -> int:
        number = max(self._marks, default=DIRECTORY_ROW) + 1
        self._touched[number] = segment
        self._marks[number] = SegmentMark(len(segment), b"")
        return number

    def _flush(self, number: int) -> None:
        segment = self._touched[number]
        execute = self.view.connection.execute
        if not len(segment):
            execute("DELETE FROM seg WHERE n=?", (number,))
            del self._marks[number]
            return
        content = segment.encode()
        if len(content) > SEGMENT_BYTES:
            self._split(number, segment)
            return
        sealed = self.view.keys.seal(Kind.SEGMENT, segment_name(number), content)
        execute("INSERT OR REPLACE INTO seg(n, sealed) VALUES(?, ?)", (number, sealed))
        self._marks[number] = SegmentMark(len(segment), tag_of(sealed))
        self.view.memory.remember(self._marks[number].tag, segment)

    def _split(self, number: int, segment: Segment) -> None:
        if len(segment) == 1:
            raise Unreadable(
                f"what is to be listed of one credential is larger than "
                f"{SEGMENT_BYTES >> 20} MiB",
                next_step="check that it is the right file, no badge says so much",
            )
        other = segment.second_half()
        new_number = self._open_segment(other)
        self.view.connection.executemany(
            "UPDATE rec SET seg=? WHERE rid=?",
            [(new_number, rid) for rid in other.rids],
        )
        self._flush(number)
        self._flush(new_number)

    def _documents(self) -> Directory:
        if self._directory is None:
            self._directory = self.view.directory()
        return self._directory

    def _flush_directory(self) -> bytes:
        if self._directory is None:
            return self.view.head.directory_tag
        execute = self.view.connection.execute
        if not self._directory:
            execute("DELETE FROM seg WHERE n=?", (DIRECTORY_ROW,))
            return b""
        sealed = self.view.keys.seal(
            Kind.DIRECTORY, b"", encode_directory(self._directory)
        )
        execute(
            "INSERT OR REPLACE INTO seg(n, sealed) VALUES(?, ?)",
            (DIRECTORY_ROW, sealed),
        )
        return tag_of(sealed)


def write_head(view: View, head: Head) -> None:
    """Seal a head into its row.

    Args:
        view: Inside the transaction that changes what the head counts.
        head: With the counts and marks as they are now.

    """
    sealed = view.keys.seal(Kind.HEAD, b"", head.encode())
    view.connection.execute(
        "INSERT OR REPLACE INTO head(id, sealed) VALUES(?, ?)", (HEAD_ROW, sealed)
    )
