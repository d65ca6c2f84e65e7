"""What stands in the sealed index: segments of summaries, the directory, the head?

`docs/format.md` section 4. The head knows the tag of every segment and of the
directory, these know the tag of every record and document: a row that is dropped,
swapped or put back from an older copy does not fit.
"""

import hashlib
import json
import struct
from collections.abc import Sequence
from typing import Any, NamedTuple

from credwallet.model.summary import Summary
from credwallet.store.failures import damaged, newer

SEGMENT_ROWS = 512
# One summary must never keep a wallet from being listed.
SEGMENT_BYTES = 4 * 1024 * 1024
TAG_BYTES = 16
_RID_BYTES = 16
_COUNT = struct.Struct(">I")
_MARK = struct.Struct(">IH16s")
_ENCODE = json.JSONEncoder(separators=(",", ":"), allow_nan=False).encode


def tag_of(sealed: bytes) -> bytes:
    """Name the exact bytes of an envelope: the first half of its SHA-256."""
    return hashlib.sha256(sealed).digest()[:TAG_BYTES]


def to_json(value: Any) -> bytes:
    """Write own data; ASCII only, so that lone surrogates survive."""
    return _ENCODE(value).encode()


def from_json(data: bytes) -> Any:
    """Read own data back.

    Raises:
        Damaged: If it is no JSON.

    """
    try:
        return json.loads(data)  # noqa: TID251 -- written by to_json, authenticated by our seal
    except ValueError:
        raise damaged("sealed data has a wrong shape") from None


class Segment:
    """Up to 512 summaries, each with its record's identifier and tag, side by side."""

    __slots__ = ("rids", "summaries", "tags")

    def __init__(
        self, rids: list[bytes], tags: list[bytes], summaries: list[Summary]
    ) -> None:
        self.rids = rids
        self.tags = tags
        self.summaries = summaries

    def __len__(self) -> int:
        return len(self.rids)

    def copy(self) -> "Segment":
        """Make one that can be changed on its own."""
        return Segment(self.rids[:], self.tags[:], self.summaries[:])

    def position(self, rid: bytes) -> int:
        """Find a record.

        Raises:
            Damaged: If the segment has no such record.

        """
        try:
            return self.rids.index(rid)
        except ValueError:
            raise damaged("a record is not in the index") from None

    def add(self, rid: bytes, *, tag: bytes, summary: Summary) -> None:
        """Append a record.

        Args:
            rid: 16 bytes, not in the segment yet.
            tag: 16 bytes, from `tag_of` of the sealed record.
            summary: Its row of the index.

        """
        self.rids.append(rid)
        self.tags.append(tag)
        self.summaries.append(summary)

    def remove(self, rid: bytes) -> None:
        """Take a record out.

        Raises:
            Damaged: If the segment has no such record.

        """
        position = self.position(rid)
        for column in (self.rids, self.tags, self.summaries):
            del column[position]

    def second_half(self) -> "Segment":
        """Move the second half of the records into a new segment."""
        middle = len(self) // 2
        other = Segment(self.rids[middle:], self.tags[middle:], self.summaries[middle:])
        for column in (self.rids, self.tags, self.summaries):
            del column[middle:]
        return other

    def encode(self) -> bytes:
        """Write the segment."""
        table = {"fields": Summary._fields, "columns": _columns(self.summaries)}
        return b"".join(
            (_COUNT.pack(len(self)), *self.rids, *self.tags, to_json(table))
        )


def decode_segment(data: bytes) -> Segment:
    """Read a segment.

    Args:
        data: Content of an opened envelope.

    Raises:
        Damaged: If its parts do not fit each other, or a newer version wrote it.

    """
    (count,) = _COUNT.unpack_from(data)
    tags_at = _COUNT.size + count * _RID_BYTES
    table_at = tags_at + count * TAG_BYTES
    table = from_json(data[table_at:])
    rows = table["rows"] if "rows" in table else _rows(table["columns"], count)
    summaries = _summaries(table["fields"], rows)
    if len(summaries) != count:
        raise damaged("a segment of the index has a wrong length")
    return Segment(
        _split(data[_COUNT.size : tags_at]), _split(data[tags_at:table_at]), summaries
    )


def _columns(summaries: Sequence[Summary]) -> list[Sequence[Any]]:
    """Write what 512 credentials have in common once, and like beside like."""
    columns: list[Sequence[Any]] = []
    for column in zip(*summaries, strict=True):
        same = column.count(column[0]) == len(column)
        columns.append(column[:1] if same else column)
    return columns


def _rows(columns: list[list[Any]], count: int) -> list[tuple[Any, ...]]:
    whole = [column * count if len(column) == 1 else column for column in columns]
    if any(len(column) != count for column in whole):
        raise damaged("a segment of the index has a wrong length")
    return list(zip(*whole, strict=True))


def _summaries(fields: list[str], rows: Sequence[Sequence[Any]]) -> list[Summary]:
    if tuple(fields) == Summary._fields:
        return list(map(Summary._make, rows))
    unknown = set(fields) - set(Summary._fields)
    if unknown:
        raise newer("the index has columns that it does not know")
    # Written before a column was added: that one takes its default.
    return [Summary(**dict(zip(fields, row, strict=True))) for row in rows]


def _split(data: bytes) -> list[bytes]:
    return [data[start : start + 16] for start in range(0, len(data), 16)]


class SegmentMark(NamedTuple):
    """What the head knows of a segment."""

    rows: int
    tag: bytes


class Head(NamedTuple):
    """The root of the hash tree.

    `generation` grows by one with every change. `records` is how many there are.
    `identity_key` names records, in every epoch. `slots_digest` fixes the key slots.
    `old_keys` maps earlier epochs to their vault keys (hexadecimal). `directory_tag` is
    `b""` while there are no documents. `segments` maps numbers to marks.
    """

    generation: int
    records: int
    identity_key: bytes
    slots_digest: bytes
    created_at: str
    old_keys: dict[str, str]
    directory_tag: bytes
    segments: dict[int, SegmentMark]

    def encode(self) -> bytes:
        """Write the head."""
        fixed = to_json(
            {
                "generation": self.generation,
                "records": self.records,
                "identity_key": self.identity_key.hex(),
                "slots_digest": self.slots_digest.hex(),
                "created_at": self.created_at,
                "old_keys": self.old_keys,
                "directory_tag": self.directory_tag.hex(),
            }
        )
        marks = (
            _MARK.pack(number, mark.rows, mark.tag)
            for number, mark in self.segments.items()
        )
        return b"".join((_COUNT.pack(len(fixed)), fixed, *marks))


def decode_head(data: bytes) -> Head:
    """Read the head.

    Args:
        data: Content of an opened envelope.

    """
    (length,) = _COUNT.unpack_from(data)
    marks_at = _COUNT.size + length
    fixed = from_json(data[_COUNT.size : marks_at])
    return Head(
        generation=fixed["generation"],
        records=fixed["records"],
        identity_key=bytes.fromhex(fixed["identity_key"]),
        slots_digest=bytes.fromhex(fixed["slots_digest"]),
        created_at=fixed["created_at"],
        old_keys=fixed["old_keys"],
        directory_tag=bytes.fromhex(fixed["directory_tag"]),
        segments={
            number: SegmentMark(rows, tag)
            for number, rows, tag in _MARK.iter_unpack(data[marks_at:])
        },
    )


class DocumentMark(NamedTuple):
    """What the directory knows of a small document: its row and its tag."""

    row: bytes
    tag: bytes


# Kind and name to mark.
Directory = dict[tuple[str, str], DocumentMark]


def encode_directory(directory: Directory) -> bytes:
    """Write the directory of documents."""
    return to_json(
        [
            [kind, name, mark.row.hex(), mark.tag.hex()]
            for (kind, name), mark in directory.items()
        ]
    )


def decode_directory(data: bytes) -> Directory:
    """Read the directory of documents.

    Args:
        data: Content of an opened envelope.

    """
    return {
        (kind, name): DocumentMark(bytes.fromhex(row), bytes.fromhex(tag))
        for kind, name, row, tag in from_json(data)
    }
