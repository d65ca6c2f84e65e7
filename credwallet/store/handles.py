"""What is a credential called on the command line?

A handle is the start of the base32 text (RFC 4648 section 6, lower case) of the record
identifier, as short as is unique in the wallet, at least 4 characters. Identifiers are
made by a MAC, so that handles tell nothing and can be completed while locked.
"""

from base64 import b32encode
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from credwallet.store.entering import glance
from credwallet.store.failures import explained
from credwallet.store.schema import blob

if TYPE_CHECKING:
    import sqlite3

RID_BYTES = 16
MIN_HANDLE = 4
_FULL = 26
_ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"
_RID_BITS = RID_BYTES * 8
# Two bits of the last character are padding.
_PAD_BITS = _FULL * 5 - _RID_BITS
# 5 bytes are 8 characters: enough to tell a million apart, and quick to encode.
_SHORT_BYTES, _SHORT = 5, 8


def full_handle(rid: bytes) -> str:
    """Spell a record identifier in full, 26 characters."""
    return b32encode(rid).decode()[:_FULL].lower()


def shortest_handles(rids: Iterable[bytes]) -> dict[bytes, str]:
    """Give each record the shortest handle that is unique among all.

    Args:
        rids: Distinct identifiers of 16 bytes.

    Returns:
        Identifier to handle, in the order of the identifiers.

    """
    ordered = sorted(rids)
    texts = _start_texts(ordered)
    handles: dict[bytes, str] = {}
    needed_before = MIN_HANDLE
    last = len(ordered) - 1
    for index, rid in enumerate(ordered):
        text, needed = texts[index], MIN_HANDLE
        if index < last and texts[index + 1][:MIN_HANDLE] == text[:MIN_HANDLE]:
            needed = _needed(rid, ordered[index + 1])
        length = max(needed, needed_before)
        handles[rid] = text[:length] if length <= _SHORT else full_handle(rid)[:length]
        needed_before = needed
    return handles


def shortest_between(rid: bytes, neighbours: Iterable[bytes]) -> str:
    """Give one record its handle, told its neighbours in the order of identifiers.

    Args:
        rid: Its identifier, 16 bytes.
        neighbours: The identifiers before and behind it, as far as there are any, not
            its own.

    Returns:
        At least as long as every handle; lower-case base32.

    """
    needed = max((_needed(rid, other) for other in neighbours), default=MIN_HANDLE)
    return (_start_texts([rid])[0] if needed <= _SHORT else full_handle(rid))[:needed]


def rid_range(text: str) -> tuple[bytes, bytes] | None:
    """Tell which identifiers start with a text.

    Args:
        text: Anything typed by a learner.

    Returns:
        The first and the last identifier, or nothing if it is no start of a handle.

    """
    text = text.lower()
    if not MIN_HANDLE <= len(text) <= _FULL or not set(text) <= set(_ALPHABET):
        return None
    value = 0
    for character in text:
        value = value << 5 | _ALPHABET.index(character)
    missing = 5 * (_FULL - len(text))
    first = -((-value << missing) >> _PAD_BITS)
    last = -(((-value - 1) << missing) >> _PAD_BITS) - 1
    if first > last:
        return None
    return first.to_bytes(RID_BYTES, "big"), last.to_bytes(RID_BYTES, "big")


def handles_without_unlocking(folder: Path) -> tuple[str, ...]:
    """List all handles of a wallet that may be locked, trash included.

    Args:
        folder: The wallet folder.

    Raises:
        NotFound: If there is no wallet.
        Damaged: If the file is none of credwallet.
        StorageFailure: If it cannot be read.

    """
    # Whoever completes a word does not wait for a wallet that is being replaced.
    entered = glance(folder, seconds=0)
    try:
        with explained("read the wallet"):
            return all_handles(entered.connection)
    finally:
        entered.close()


def all_handles(connection: "sqlite3.Connection") -> tuple[str, ...]:
    """List all handles of an open file, trash included, in order.

    Args:
        connection: To the file.

    """
    rows = connection.execute("SELECT rid FROM rec").fetchall()
    return tuple(shortest_handles(blob(rid) for (rid,) in rows).values())


def _needed(rid: bytes, other: bytes) -> int:
    if rid[:2] != other[:2]:
        return MIN_HANDLE  # nearly always, and without long numbers
    differing = int.from_bytes(rid, "big") ^ int.from_bytes(other, "big")
    common_bits = _RID_BITS - differing.bit_length()
    return min(max(common_bits // 5 + 1, MIN_HANDLE), _FULL)


def _start_texts(ordered: list[bytes]) -> list[str]:
    joined = b"".join(rid[:_SHORT_BYTES] for rid in ordered)
    text = b32encode(joined).decode().lower()
    return [text[start : start + _SHORT] for start in range(0, len(text), _SHORT)]
