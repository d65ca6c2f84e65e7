"""What lies in this zip archive? Its members one by one, in memory only.

PKWARE APPNOTE 6.3.10 sections 4.3.7 (local header), 4.3.12 (central directory) and
4.3.16 (its end). The directory and the headers must say the same, no two members may
share bytes, and every size is held against what really comes out. A name is never used
as a path: it is only shown.
"""

import re
import struct
import zlib
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from credwallet.errors import Unreadable

MAX_ENTRIES = 1_000
MAX_INFLATED = 64 * 1024 * 1024
MAX_MEMBER = 10 * 1024 * 1024
MAX_RATIO = 100

_LOCAL = b"PK\x03\x04"
_CENTRAL = b"PK\x01\x02"
_END = b"PK\x05\x06"
_LOCAL_FIELDS = struct.Struct("<4s5H3I2H")
_CENTRAL_FIELDS = struct.Struct("<4s6H3I5H2I")
_END_FIELDS = struct.Struct("<4s4H2IH")

_ENCRYPTED = 0x2041  # also strong encryption, and a hidden directory
_SIZES_FOLLOW = 0x08
_UTF_8 = 0x800
_STORED, _DEFLATED, _AES = 0, 8, 99
_SYMLINK = 0o12
_OUTSIDE = re.compile(r"(?:^|/)\.\.(?:/|$)|^/|^[A-Za-z]:|\0")
_AGAIN = "pack it again with an ordinary program, or unpack it and give the folder"


class Member(NamedTuple):
    """One file of an archive: its name for people, and its bytes or why there are none.

    The name may hold anything, also what no file may be called.
    """

    name: str
    content: bytes | Unreadable


class _Entry(NamedTuple):
    """What the directory says about a member; `start` is where its header stands."""

    raw_name: bytes
    flags: int
    method: int
    checksum: int
    packed: int
    size: int
    start: int
    mode: int

    @property
    def name(self) -> str:
        if self.flags & _UTF_8:
            return self.raw_name.decode("utf-8", "backslashreplace")
        return self.raw_name.decode("cp437")


def sniff(data: bytes) -> bool:
    """Say whether the bytes start like a zip archive, be it an empty one."""
    return data.startswith((_LOCAL, _END))


def leads_outside(name: str) -> bool:
    """Say whether a name, used as a path, would lead out of the archive."""
    return _OUTSIDE.search(name.replace("\\", "/")) is not None


def members(data: bytes) -> Iterator[Member]:
    """Unpack an archive, one member at a time; folders are left out.

    Args:
        data: The whole archive.

    Yields:
        Each member in the order of the directory. A bad one does not stop the others,
        until more than 64 MiB came out in all.

    Raises:
        Unreadable: The archive itself is damaged, of a kind that is not read, or lists
            more than 1,000 members.

    """
    entries = _directory(data)
    times = Counter(entry.raw_name for entry in entries)
    shared = _overlapping(entries)
    left = MAX_INFLATED
    for entry in entries:
        if entry.raw_name.endswith(b"/"):
            continue
        try:
            _check(entry, twice=times[entry.raw_name] > 1, shared=entry in shared)
            content = _content(data, entry, left)
        except Unreadable as error:
            yield Member(entry.name, error)
            if error.type == "too-large-in-all":
                return
            continue
        left -= len(content)
        yield Member(entry.name, content)


def _directory(data: bytes) -> list[_Entry]:
    end = _end(data)
    _, disk, first_disk, here, count, size, start, _ = _END_FIELDS.unpack_from(
        data, end
    )
    if 0xFFFF in (disk, first_disk, here, count) or 0xFFFFFFFF in (size, start):
        raise Unreadable("a zip archive of the large kind (ZIP64)", next_step=_AGAIN)
    if disk or first_disk or here != count:
        raise Unreadable("a part of a zip archive in several files", next_step=_AGAIN)
    if count > MAX_ENTRIES:
        raise Unreadable(
            f"a zip archive of {count:,} files: at most {MAX_ENTRIES:,} are read",
            next_step="pack the badges into several archives",
        )
    if start + size != end:
        raise _damaged("a damaged zip archive: its list is elsewhere")
    entries = []
    for _ in range(count):
        entry, start = _listed(data, start, end)
        entries.append(entry)
    if start != end:
        raise _damaged("a damaged zip archive: its list is longer than it says")
    return entries


def _end(data: bytes) -> int:
    """Find the end record: its comment must reach to the last byte."""
    position = data.rfind(_END)
    room = len(data) - position - _END_FIELDS.size
    if position < 0 or room < 0 or _END_FIELDS.unpack_from(data, position)[-1] != room:
        raise Unreadable(
            "a damaged zip archive: it breaks off, or something follows it",
            next_step="download it again",
        )
    return position


def _listed(data: bytes, start: int, end: int) -> tuple[_Entry, int]:
    if start + _CENTRAL_FIELDS.size > end:
        raise _damaged("a damaged zip archive: its list breaks off")
    fields = _CENTRAL_FIELDS.unpack_from(data, start)
    signature, _, _, flags, method, _, _, checksum, packed, size = fields[:10]
    name_length, extra, comment, _, _, external, offset = fields[10:]
    name_start = start + _CENTRAL_FIELDS.size
    after = name_start + name_length + extra + comment
    if signature != _CENTRAL or after > end:
        raise _damaged("a damaged zip archive: its list breaks off")
    name = data[name_start : name_start + name_length]
    entry = _Entry(name, flags, method, checksum, packed, size, offset, external >> 16)
    return entry, after


def _overlapping(entries: list[_Entry]) -> set[_Entry]:
    """Find the members that share bytes with another one."""
    shared = set()
    ordered = sorted(entries, key=lambda entry: entry.start)
    reach, owner = -1, None
    for entry in ordered:
        if entry.start < reach and owner is not None:
            shared |= {entry, owner}
        last = entry.start + _LOCAL_FIELDS.size + len(entry.raw_name) + entry.packed
        if last > reach:
            reach, owner = last, entry
    return shared


def _check(entry: _Entry, *, twice: bool, shared: bool) -> None:
    """Refuse what is wrong with a member before anything is unpacked."""
    reason = ""
    if leads_outside(entry.name):
        reason = "its name leads out of the archive"
    elif twice:
        reason = "the archive holds several files of that name, and they could differ"
    elif entry.mode >> 12 == _SYMLINK:
        reason = "it is a link to another file"
    elif entry.flags & _ENCRYPTED or entry.method == _AES:
        reason = "it is encrypted"
    elif entry.method not in (_STORED, _DEFLATED):
        reason = f"it is compressed in an unknown way ({entry.method})"
    elif shared:
        reason = "it shares bytes with another file of the archive"
    elif entry.size > MAX_MEMBER:
        reason = "it is larger than 10 MiB, no credential is"
    elif entry.size > MAX_RATIO * max(entry.packed, 1):
        reason = f"it is packed more than {MAX_RATIO} to 1, as no badge is"
    if reason:
        raise Unreadable(reason, next_step=_next_step(reason))


def _next_step(reason: str) -> str:
    if reason == "it is encrypted":
        return "unpack the archive with its password and give the files"
    return "ask whoever made the archive for the badge itself"


def _content(data: bytes, entry: _Entry, left: int) -> bytes:
    if entry.size > left:
        raise Unreadable(
            "the archive holds more than 64 MiB: nothing from here on was read",
            next_step="pack the badges into several archives",
            type="too-large-in-all",
        )
    packed = _packed(data, entry)
    content = packed if entry.method == _STORED else _inflated(packed, entry.size)
    if len(content) != entry.size or zlib.crc32(content) != entry.checksum:
        raise _damaged("it is damaged: not what the archive's list says")
    if sniff(content):
        raise Unreadable(
            "an archive inside the archive",
            next_step="unpack the outer one and give the inner one",
        )
    return content


def _packed(data: bytes, entry: _Entry) -> bytes:
    """Find a member's bytes, if its own header agrees with the directory."""
    start = entry.start
    if start + _LOCAL_FIELDS.size > len(data):
        raise _differs()
    fields = _LOCAL_FIELDS.unpack_from(data, start)
    signature, _, flags, method, _, _, checksum, packed, size, name_length, extra = (
        fields
    )
    start += _LOCAL_FIELDS.size
    name = data[start : start + name_length]
    stated = (checksum, packed, size)
    listed = (entry.checksum, entry.packed, entry.size)
    # Programs that write to a pipe know the sizes afterwards only; they leave zeros.
    unknown = flags & _SIZES_FOLLOW and (packed, size) in (
        (0, 0),
        (0xFFFFFFFF, 0xFFFFFFFF),
    )
    if (
        signature != _LOCAL
        or name != entry.raw_name
        or method != entry.method
        or (flags ^ entry.flags) & _ENCRYPTED
        or not (stated == listed or unknown)
    ):
        raise _differs()
    start += name_length + extra
    if start + entry.packed > len(data):
        raise _differs()
    return data[start : start + entry.packed]


def _inflated(packed: bytes, size: int) -> bytes:
    machine = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        content = machine.decompress(packed, size + 1)
    except zlib.error:
        raise _damaged("it is damaged: it cannot be unpacked") from None
    if not machine.eof or machine.unused_data:
        raise _damaged("it is damaged: it unpacks to something else than it says")
    return content


def _differs() -> Unreadable:
    return Unreadable(
        "its header says something else than the archive's list", next_step=_AGAIN
    )


def _damaged(what: str) -> Unreadable:
    return Unreadable(what, next_step="download the archive again")
