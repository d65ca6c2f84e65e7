"""Which files are attached to this PDF? A certificate in PDF carries its badge so.

ISO 32000-2 section 7.11.4 (embedded file streams). Such a stream always stands in the
file itself and never inside of another, so it is found by its type, and nothing of the
document is interpreted. What it unpacks to is bounded.
"""

import re
import zlib
from collections.abc import Iterator

from credwallet.errors import Unreadable

MAX_ATTACHMENTS = 100
MAX_INFLATED = 16 * 1024 * 1024
MAX_ATTACHMENT = 10 * 1024 * 1024

_TYPE = re.compile(rb"/EmbeddedFile(?![A-Za-z0-9])")
_LENGTH = re.compile(rb"/Length\s+(\d{1,9})(?!\d|\s+\d+\s+R)")
_FILTER = re.compile(rb"/Filter\s*(?:/(\w+)|\[\s*(?:/(\w+)\s*)?\])")
_SUBTYPE = re.compile(rb"/Subtype\s*/([^\s/<>\[\]()]+)")
_STREAM = re.compile(rb">>\s*stream(?:\r\n|\n)")
_END = re.compile(rb"\s{0,64}endstream")
# A dictionary of such a stream has a few hundred bytes.
_REACH = 4096
_CANDIDATES = 10 * MAX_ATTACHMENTS
# Kinds of file that are certainly no badge.
_OTHER = re.compile(
    rb"(?:application#2f(?:xml|pdf|zip)|text#2f(?:xml|csv|html))", re.IGNORECASE
)
_AS_FILE = "ask for the badge itself as a file"


def sniff(data: bytes) -> bool:
    """Say whether the bytes start like a PDF."""
    return b"%PDF-" in data[:1024]


def has_attachment(data: bytes) -> bool:
    """Say whether anything is attached."""
    return _TYPE.search(data) is not None


def attachments(data: bytes) -> Iterator[bytes | Unreadable]:
    """Unpack what is attached and could be a badge.

    Args:
        data: The whole PDF.

    Yields:
        The bytes of each, or why there are none. A bad one does not stop the others.

    Raises:
        Unreadable: Nothing is attached, or it cannot be told.

    """
    found = 0
    for number, match in enumerate(_TYPE.finditer(data)):
        if number >= _CANDIDATES or found >= MAX_ATTACHMENTS:
            raise Unreadable(
                f"a PDF of more than {MAX_ATTACHMENTS} attached files",
                next_step=_AS_FILE,
            )
        place = _stream(data, match.start())
        if place is None:
            continue
        dictionary, start = place
        subtype = _SUBTYPE.search(dictionary)
        if subtype is not None and _OTHER.fullmatch(subtype[1]):
            continue
        found += 1
        try:
            content = _content(data, dictionary, start)
        except Unreadable as error:
            yield error
            continue
        yield content
    if not found:
        raise _nothing(data)


def _stream(data: bytes, place: int) -> tuple[bytes, int] | None:
    """Find the dictionary around a type, and where its stream starts."""
    head = data.rfind(b" obj", max(place - _REACH, 0), place)
    match = _STREAM.search(data, place, place + _REACH)
    if head < 0 or match is None:
        return None
    dictionary = data[head : match.start()]
    return None if b"endobj" in dictionary else (dictionary, match.end())


def _content(data: bytes, dictionary: bytes, start: int) -> bytes:
    packed = data[start : _end(data, dictionary, start)]
    named = _FILTER.search(dictionary)
    filter_ = (named[1] or named[2] or b"") if named else b""
    if not filter_ and b"/Filter" in dictionary and not named:
        filter_ = b"several"
    if not filter_:
        content = packed[: MAX_ATTACHMENT + 1]
    elif filter_ == b"FlateDecode" and b"/DecodeParms" not in dictionary:
        content = _inflated(packed, MAX_ATTACHMENT + 1)
    else:
        raise Unreadable("it is compressed in an unknown way", next_step=_AS_FILE)
    if len(content) > MAX_ATTACHMENT:
        raise Unreadable(
            "it is larger than 10 MiB, no credential is",
            next_step=_AS_FILE,
            type="too-large",
        )
    return content


def _end(data: bytes, dictionary: bytes, start: int) -> int:
    """Find the end of a stream, by its length or else by its last word."""
    length = _LENGTH.search(dictionary)
    if length is not None:
        end = start + int(length[1])
        if _END.match(data, end):
            return end
    end = data.find(b"endstream", start)
    if end < 0:
        raise Unreadable("it breaks off", next_step="download the PDF again")
    for line_end in (b"\r\n", b"\n", b"\r"):
        if data.endswith(line_end, start, end):
            return end - len(line_end)
    return end


def _inflated(packed: bytes, most: int) -> bytes:
    machine = zlib.decompressobj()
    try:
        content = machine.decompress(packed, most)
    except zlib.error:
        raise _damaged() from None
    if not machine.eof and len(content) < most:
        raise _damaged()
    return content


def _damaged() -> Unreadable:
    return Unreadable("it is damaged", next_step="download the PDF again")


def _nothing(data: bytes) -> Unreadable:
    if b"/Encrypt" in data:
        return Unreadable(
            "a PDF that is encrypted: what is attached to it cannot be told",
            next_step=_AS_FILE,
        )
    return Unreadable("a PDF without an attached badge", next_step=_AS_FILE)
