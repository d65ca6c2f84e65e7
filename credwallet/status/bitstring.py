"""Which number stands at this place of a compressed bit string?

Bitstring Status List 1.0 sections 3.3 (expansion) and 3.2 steps 8 to 11: GZIP, the
first entry in the leftmost bit. What comes out is at most 16 MiB, whatever goes in.
"""

import zlib

from credwallet.errors import Invalid
from credwallet.keys import multibase
from credwallet.status.entry import undetermined

MAX_BYTES = 16 * 1024 * 1024
MIN_ENTRIES = 131_072

_WINDOWS = {"GZIP": 16 + zlib.MAX_WBITS, "ZLIB": zlib.MAX_WBITS}


def expand(encoded: object, *, header: str) -> bytes:
    """Decode and decompress an `encodedList`.

    Args:
        encoded: The text.
        header: `u`, or `""` for the older lists without a multibase header.

    Returns:
        The bits, at most 16 MiB.

    Raises:
        Undetermined: Not base64url after that header, not exactly one GZIP member, or
            too large.

    """
    if not isinstance(encoded, str) or not encoded.startswith(header):
        raise undetermined(
            f"its encodedList is no text with the multibase header {header}"
            if header
            else "its encodedList is no text"
        )
    try:
        # The older lists were written by encoders that pad.
        text = encoded.removeprefix(header) if header else encoded.rstrip("=")
        data = multibase.base64url_decode(text)
    except Invalid:
        raise undetermined("its encodedList is not base64url") from None
    return inflate(data, "GZIP", member="encodedList")


def inflate(data: bytes, kind: str, *, member: str) -> bytes:
    """Decompress a list.

    Args:
        data: The compressed bytes.
        kind: `GZIP` (RFC 1952) or `ZLIB` (RFC 1950).
        member: Where the list stands, for the message.

    Returns:
        At most 16 MiB.

    Raises:
        Undetermined: Not exactly one such stream, or too large.

    """
    inflater = zlib.decompressobj(_WINDOWS[kind])
    try:
        bits = inflater.decompress(data, MAX_BYTES + 1)
    except zlib.error:
        raise undetermined(f"its {member} is not {kind}") from None
    if len(bits) > MAX_BYTES:
        raise undetermined(f"its {member} is larger than 16 MiB")
    if not inflater.eof or inflater.unused_data:
        raise undetermined(f"its {member} is cut off or followed by something")
    return bits


def value_at(bits: bytes, index: int, size: int) -> int:
    """Read one entry (section 3.2 step 11).

    Args:
        bits: The expanded list.
        index: Number of the entry, from 0.
        size: Bits an entry.

    Returns:
        The number in those bits, the leftmost bit first.

    Raises:
        Undetermined: The list has no such entry.

    """
    start, end = index * size, (index + 1) * size
    if end > len(bits) * 8:
        raise undetermined(
            f"the list has {len(bits) * 8 // size} entries,"
            f" none with the number {index}"
        )
    first, last = start // 8, (end + 7) // 8
    number = int.from_bytes(bits[first:last], "big") >> (last * 8 - end)
    return number & ((1 << size) - 1)


def doubts_about_length(bits: bytes, size: int) -> tuple[str, ...]:
    """Say if a list is so short that it tells the issuer who is looked up.

    Args:
        bits: The expanded list.
        size: Bits an entry.

    Returns:
        Nothing, or one doubt (section 3.2 step 9: at least 131,072 entries).

    """
    entries = len(bits) * 8 // size
    if entries >= MIN_ENTRIES:
        return ()
    return (
        f"the list has {entries:,} entries, fewer than the {MIN_ENTRIES:,} required",
    )
