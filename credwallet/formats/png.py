"""Badges baked into PNG pictures: taken out, and put in.

PNG third edition sections 5.3 (chunks) and 11.3.3 (textual chunks), Open Badges 3.0
section 5.3.1, Open Badges 2.0 "Baking". The picture itself is never decoded.
"""

import zlib
from collections.abc import Iterator
from typing import NamedTuple

from credwallet.errors import Unreadable, Usage
from credwallet.formats._baked import MAX_TEXT, only_one, unbake
from credwallet.model.credential import Credential

NAME = "png"
REFUSAL = "no PNG signature"
KEYWORD = "openbadgecredential"
KEYWORD_2 = "openbadges"

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_MEDIA_TYPE = "image/png"
_MAX_CHUNKS = 10_000
_KEYWORDS = (KEYWORD.encode(), KEYWORD_2.encode())
_AGAIN = "download the picture again"


class _Chunk(NamedTuple):
    type: bytes
    content: bytes


def sniff(data: bytes) -> bool:
    """Say whether the bytes start with the PNG signature."""
    return data.startswith(_SIGNATURE)


def read(data: bytes) -> Credential:
    """Read the badge that was baked into a picture.

    Args:
        data: The whole picture.

    Returns:
        The credential; its `raw` is the picture.

    Raises:
        Unreadable: A damaged picture, or none, two or an unreadable badge in it.

    """
    return unbake(badge_text(data), picture=data, carrier=NAME, media_type=_MEDIA_TYPE)


def badge_text(data: bytes) -> bytes:
    """Take the badge out of a picture, without reading it.

    Args:
        data: The whole picture.

    Returns:
        The text that was baked in, UTF-8.

    Raises:
        Unreadable: A damaged picture, or none or two badges in it.

    """
    return _text(only_one(_badges(data)))


def has_badge(data: bytes) -> bool:
    """Say whether a picture carries a badge, or several.

    Args:
        data: The whole picture.

    Raises:
        Unreadable: A damaged picture.

    """
    return bool(_badges(data))


def bake(picture: bytes, keyword: str, text: str) -> bytes:
    """Put a badge into a picture.

    Args:
        picture: A PNG without a badge.
        keyword: `KEYWORD` for Open Badges 3.0, `KEYWORD_2` for Open Badges 2.0.
        text: The badge, JSON or a compact JWS.

    Returns:
        The picture with one more chunk, an uncompressed `iTXt` before its end.

    Raises:
        Unreadable: The bytes are no sound PNG.
        Usage: The picture carries a badge already.

    """
    if not sniff(picture):
        raise Unreadable(REFUSAL)
    if _badges(picture):
        raise Usage(
            "the picture carries a badge already",
            next_step="take the picture without one",
        )
    end = len(picture) - 12
    content = keyword.encode() + b"\0\0\0\0\0" + text.encode()
    chunk = b"iTXt" + content
    return b"".join(
        (
            picture[:end],
            len(content).to_bytes(4),
            chunk,
            zlib.crc32(chunk).to_bytes(4),
            picture[end:],
        )
    )


def without_badge(picture: bytes) -> bytes:
    """Take every badge out of a picture, and nothing else.

    Args:
        picture: A PNG.

    Returns:
        All its other chunks, byte for byte.

    Raises:
        Unreadable: The bytes are no sound PNG.

    """
    if not sniff(picture):
        raise Unreadable(REFUSAL)
    kept = [_SIGNATURE]
    position = len(_SIGNATURE)
    for chunk in _chunks(picture):
        end = position + 12 + len(chunk.content)
        if not _is_badge(chunk):
            kept.append(picture[position:end])
        position = end
    return b"".join(kept)


def _badges(data: bytes) -> list[_Chunk]:
    """Find the chunk of every badge; the whole picture is checked on the way."""
    return [chunk for chunk in _chunks(data) if _is_badge(chunk)]


def _is_badge(chunk: _Chunk) -> bool:
    return (
        chunk.type in (b"iTXt", b"tEXt", b"zTXt")
        and chunk.content.partition(b"\0")[0] in _KEYWORDS
    )


def _chunks(data: bytes) -> Iterator[_Chunk]:
    position = len(_SIGNATURE)
    for number in range(_MAX_CHUNKS):
        chunk = _chunk(data, position)
        if number == 0 and (chunk.type != b"IHDR" or len(chunk.content) != 13):
            raise Unreadable("the picture does not start with its header")
        yield chunk
        position += 12 + len(chunk.content)
        if chunk.type == b"IEND":
            if position != len(data) or chunk.content:
                raise Unreadable("something follows after the picture's end")
            return
    raise Unreadable(f"the picture has more than {_MAX_CHUNKS} chunks")


def _chunk(data: bytes, start: int) -> _Chunk:
    length = int.from_bytes(data[start : start + 4])
    end = start + 8 + length
    if end + 4 > len(data):
        raise Unreadable(f"the picture breaks off at byte {start}", next_step=_AGAIN)
    name = data[start + 4 : start + 8]
    if not name.isalpha():
        raise Unreadable(f"no PNG chunk at byte {start}", next_step=_AGAIN)
    checksum = int.from_bytes(data[end : end + 4])
    if zlib.crc32(data[start + 4 : end]) != checksum:
        raise Unreadable(
            f"the checksum of chunk {name.decode()} at byte {start} does not fit",
            next_step=_AGAIN,
        )
    return _Chunk(name, data[start + 8 : end])


def _text(chunk: _Chunk) -> bytes:
    """Take the text out of a textual chunk."""
    _keyword, _, rest = chunk.content.partition(b"\0")
    if chunk.type == b"tEXt":
        return rest
    if chunk.type == b"zTXt":
        return _inflate(rest[1:], method=rest[:1])
    flag, method = rest[:1], rest[1:2]
    _language, first, rest = rest[2:].partition(b"\0")
    _translated, second, text = rest.partition(b"\0")
    if not first or not second or flag not in (b"\0", b"\1"):
        raise Unreadable("the iTXt chunk of the badge is malformed", next_step=_AGAIN)
    return _inflate(text, method=method) if flag == b"\1" else text


def _inflate(packed: bytes, *, method: bytes) -> bytes:
    if method != b"\0":
        raise Unreadable("the badge in the picture is compressed in an unknown way")
    machine = zlib.decompressobj()
    try:
        text = machine.decompress(packed, MAX_TEXT + 1)
    except zlib.error:
        raise Unreadable(
            "the compressed badge in the picture is damaged", next_step=_AGAIN
        ) from None
    if len(text) > MAX_TEXT:
        raise Unreadable("the badge inside is larger than 4 MiB")
    if not machine.eof or machine.unused_data:
        raise Unreadable(
            "the compressed badge in the picture is damaged", next_step=_AGAIN
        )
    return text
