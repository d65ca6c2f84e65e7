"""What lies in this tar archive? Its members one by one, in memory only.

POSIX.1-2017 pax (ustar header block, extended header records), and the long names of
GNU tar. Read as a stream, each member bounded before it is read. A name is never used
as a path; links, devices and sparse files are refused by name.
"""

from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from credwallet.errors import Unreadable
from credwallet.formats.archive import Member, leads_outside

MAX_MEMBER = 10 * 1024 * 1024

_BLOCK = 512
_MAGIC_AT = 257
_CHECKSUM = slice(148, 156)
_LONGEST_NAME = 4_096
_LONGEST_HEADER = 64 * 1024
_PIECE = 64 * 1024
_FILE = b"0\x007"
_FOLDER = b"5"
_PAX, _PAX_GLOBAL, _GNU_NAME = b"x", b"g", b"L"
_REFUSED = {
    b"1": "it is a link to another file",
    b"2": "it is a link to another file",
    b"3": "it is a device and no file",
    b"4": "it is a device and no file",
    b"6": "it is a pipe and no file",
    b"S": "it is a file with holes (sparse)",
}
_AGAIN = "export it again, or unpack it and give the folder"


class Limits(NamedTuple):
    """How much is read of an archive: members, and bytes in all."""

    members: int
    in_all: int


OTHERS = Limits(members=20_000, in_all=64 * 1024 * 1024)
"""For archives that anybody may have made."""


class _Header(NamedTuple):
    """One block: a member that follows, or a part of the next one's description."""

    name: str
    size: int
    kind: bytes


def sniff(data: bytes) -> bool:
    """Say whether the bytes start like a tar archive; the first 512 are enough."""
    return data[_MAGIC_AT : _MAGIC_AT + 5] == b"ustar"


def members(stream: BinaryIO, limits: Limits) -> Iterator[Member]:
    """Read an archive, one member at a time; folders are left out.

    Args:
        stream: At its start; it need not be seekable.
        limits: Where reading stops.

    Yields:
        Each member in order. A bad one does not stop the others.

    Raises:
        Unreadable: The archive is damaged or breaks off, or is beyond a limit.

    """
    seen: set[str] = set()
    left = limits.in_all
    for number, (header, refusal) in enumerate(_headers(stream)):
        if number >= limits.members:
            raise Unreadable(
                f"a tar archive of more than {limits.members:,} files",
                next_step="pack the badges into several archives",
            )
        left -= header.size
        if left < 0:
            raise Unreadable(
                f"the archive holds more than {limits.in_all >> 20} MiB: "
                "nothing from here on was read",
                next_step="pack the badges into several archives",
            )
        reason = refusal or _reason(header, seen)
        seen.add(header.name)
        if reason:
            _skip(stream, header.size)
            next_step = "ask whoever made the archive for the badge itself"
            yield Member(header.name, Unreadable(reason, next_step=next_step))
        else:
            yield Member(header.name, _content(stream, header.size))


def _headers(stream: BinaryIO) -> Iterator[tuple[_Header, str]]:
    """Put a header together with what stands before it about its name.

    Yields:
        The header of each file, and why it is refused already, or "".

    """
    name, refusal = "", ""
    while (header := _header(stream)) is not None:
        if header.kind in (_PAX, _PAX_GLOBAL):
            records = dict(_records(_described(stream, header)))
            if any(key.startswith("GNU.sparse") for key in records):
                refusal = _REFUSED[b"S"]
            elif "size" in records:
                refusal = "its size stands elsewhere than in its header"
            elif header.kind == _PAX_GLOBAL and "path" in records:
                raise _damaged("a damaged tar archive: one name for all files")
            name = records.get("path", name)
        elif header.kind == _GNU_NAME:
            name = _text(_described(stream, header).rstrip(b"\0"))
        else:
            header = header._replace(name=name or header.name)
            if header.kind == _FOLDER or header.name.endswith("/"):
                _skip(stream, header.size)
            else:
                yield header, refusal
            name, refusal = "", ""
    if name or refusal:
        raise _damaged("a damaged tar archive: it breaks off")


def _header(stream: BinaryIO) -> _Header | None:
    block = stream.read(_BLOCK)
    if block == bytes(_BLOCK):
        return None
    if len(block) < _BLOCK:
        raise _damaged("a damaged tar archive: it breaks off")
    if not sniff(block):
        raise _damaged("a damaged tar archive, or one of a very old kind")
    stated = _number(block[_CHECKSUM])
    total = sum(block) - sum(block[_CHECKSUM]) + 8 * ord(" ")
    if stated != total:
        raise _damaged("a damaged tar archive: a header was changed")
    name, prefix = (_field(block[0:100]), _field(block[345:500]))
    # The prefix is of POSIX only: GNU tar keeps times there.
    if prefix and block[257:263] == b"ustar\0":
        name = prefix + b"/" + name
    return _Header(_text(name), _number(block[124:136]), block[156:157])


def _number(field: bytes) -> int:
    digits = field.strip(b" \0")
    if not digits:
        return 0
    if len(digits) > 11 or not set(digits) <= set(b"01234567"):
        raise _damaged("a damaged tar archive: a number is none")
    return int(digits, 8)


def _field(field: bytes) -> bytes:
    return field.partition(b"\0")[0]


def _text(name: bytes) -> str:
    if len(name) > _LONGEST_NAME:
        raise _damaged("a tar archive with a name longer than 4,096 bytes")
    text = name.decode("utf-8", "backslashreplace")
    return text.removeprefix("./")


def _described(stream: BinaryIO, header: _Header) -> bytes:
    if header.size > _LONGEST_HEADER:
        raise _damaged("a tar archive with a header larger than 64 KiB")
    return _content(stream, header.size)


def _records(data: bytes) -> Iterator[tuple[str, str]]:
    """Read extended header records: length, space, keyword, `=`, value, newline."""
    at = 0
    while at < len(data):
        digits, space, _ = data[at : at + 8].partition(b" ")
        length = int(digits) if digits.isdigit() and space else 0
        record = data[at : at + length]
        key, equals, value = record[len(digits) + 1 : -1].partition(b"=")
        if len(record) != length or not equals or not record.endswith(b"\n"):
            raise _damaged("a damaged tar archive: an extended header is none")
        yield key.decode("utf-8", "backslashreplace"), _text(value)
        at += length


def _reason(header: _Header, seen: set[str]) -> str:
    """Say what is wrong with a member before anything of it is read."""
    if header.kind not in _FILE:
        unknown = f"it is of an unknown kind ({header.kind!a})"
        return _REFUSED.get(header.kind, unknown)
    if leads_outside(header.name):
        return "its name leads out of the archive"
    if header.name in seen:
        return "the archive holds several files of that name, and they could differ"
    if header.size > MAX_MEMBER:
        return "it is larger than 10 MiB, no credential is"
    return ""


def _content(stream: BinaryIO, size: int) -> bytes:
    padded = -(-size // _BLOCK) * _BLOCK
    content = stream.read(padded)
    if len(content) < padded:
        raise _damaged("a damaged tar archive: it breaks off")
    return content[:size]


def _skip(stream: BinaryIO, size: int) -> None:
    left = -(-size // _BLOCK) * _BLOCK
    while left:
        piece = stream.read(min(left, _PIECE))
        if not piece:
            raise _damaged("a damaged tar archive: it breaks off")
        left -= len(piece)


def _damaged(what: str) -> Unreadable:
    return Unreadable(what, next_step=_AGAIN)
