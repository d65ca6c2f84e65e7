"""Is this signed list of bits to be relied upon, and what does it say?

Bitstring Status List 1.0 section 3.2 and Status List 2021 section 3.2, which differ in
names and in the encoding only. The list is a credential: its proofs are verified by
the caller's `verify_list`.
"""

import math
import re
from datetime import datetime
from typing import Any, NamedTuple

from credwallet import formats
from credwallet.errors import Unreadable
from credwallet.fetch import Document
from credwallet.keys.wording import shown
from credwallet.model.credential import Credential, words
from credwallet.model.moment import SKEW, moment_of
from credwallet.status import bitstring, entry
from credwallet.status.entry import (
    Finding,
    JsonObject,
    ListReport,
    Lookup,
    StatusResult,
    undetermined,
)

_INDEX = re.compile(r"0|[1-9][0-9]{0,11}", re.ASCII)
_MAX_SIZE = 32


class Dialect(NamedTuple):
    """How a specification names things: types of list and of its subject, header."""

    list_types: tuple[str, ...]
    subject_types: tuple[str, ...]
    header: str


def look_up(
    value: JsonObject, credential: Credential, dialect: Dialect, lookup: Lookup
) -> StatusResult:
    """Look one status entry up in its list.

    Args:
        value: The entry of `credentialStatus`.
        credential: The credential it belongs to.
        dialect: The specification's names.
        lookup: The ports and the time.

    Returns:
        What the list says.

    Raises:
        Undetermined: The entry or the list is not in order; the words say what.

    """
    purpose = _purpose(value)
    index = _index(value.get("statusListIndex"))
    size = _size(value.get("statusSize", 1))
    url = value.get("statusListCredential")
    document = entry.fetch_list(url, fetch=lookup.fetch)
    held = _read(document)
    if not set(dialect.list_types) & set(held.types):
        raise undetermined(
            f"what {shown(document.url)} answered is not of type"
            f" {dialect.list_types[0]}"
        )
    report = lookup.verify_list(held)
    late = _check_report(report, lookup.at, kept=document.age_s > 0)
    bits = _bits(held, purpose, dialect)
    number = bitstring.value_at(bits, index, size)
    doubts = (
        *((report.doubt,) if report.doubt else ()),
        *late,
        *entry.doubts_about_issuer(report.issuer, credential),
        *entry.doubts_about_id(held.id, document.url),
        *bitstring.doubts_about_length(bits, size),
    )
    good_for_s = _good_for_s(held, report)
    finding = Finding(number, purpose, _message(value, number), doubts, good_for_s)
    return entry.judge(finding, document)


def _purpose(value: JsonObject) -> str:
    purpose = value.get("statusPurpose")
    if not isinstance(purpose, str) or not purpose:
        raise undetermined("the entry states no statusPurpose", type="status-entry")
    return purpose


def _index(index: Any) -> int:
    """Read a place: decimal digits, or the integer that some issuers write."""
    if isinstance(index, int) and not isinstance(index, bool) and index >= 0:
        index = str(index) if index < 10**12 else ""
    if not isinstance(index, str) or not _INDEX.fullmatch(index):
        raise undetermined(
            "the entry's statusListIndex is no whole number from 0", type="status-entry"
        )
    return int(index)


def _size(size: Any) -> int:
    if isinstance(size, bool) or not isinstance(size, int):
        raise undetermined(
            "the entry's statusSize is no whole number", type="status-entry"
        )
    if not 1 <= size <= _MAX_SIZE:
        raise undetermined(
            f"the entry's statusSize is not from 1 to {_MAX_SIZE}", type="status-entry"
        )
    return size


def _read(document: Document) -> Credential:
    try:
        held = formats.read(document.body)
    except Unreadable as error:
        raise undetermined(
            f"what {shown(document.url)} answered is no status list: {error.what}"
        ) from None
    if not isinstance(held, Credential):
        raise undetermined(
            f"what {shown(document.url)} answered is a presentation, not a list"
        )
    return held


def _check_report(report: ListReport, at: datetime, *, kept: bool) -> tuple[str, ...]:
    """Refuse a list that is not good.

    Returns:
        That a kept copy is past its end, as a doubt: what was revoked in it still is.

    """
    if report.expired and not report.problem and kept:
        return (f"the copy of the list is past its end: {report.expired}",)
    if report.expired and not report.problem:
        raise undetermined(f"the list is not good: {report.expired}")
    if report.problem:
        raise undetermined(f"the list is not good: {report.problem}")
    valid_from = _time(report.valid_from, "validFrom")
    valid_until = _time(report.valid_until, "validUntil")
    # Differences, since a moment near the end of the calendar has no minute after it.
    if valid_from is not None and valid_from - at > SKEW:
        raise undetermined(f"the list is valid only from {shown(report.valid_from)}")
    if valid_until is not None and at - valid_until > SKEW:
        late = f"the list was valid until {shown(report.valid_until)}"
        if kept:
            return (late,)
        raise undetermined(late)
    return ()


def _good_for_s(held: Credential, report: ListReport) -> float | None:
    """Say how long a copy is good: its `ttl` (milliseconds), or until its end.

    Bitstring Status List 1.0 section 2.2. Status List 2021 has no `ttl`.
    """
    subject = held.document.get("credentialSubject")
    if isinstance(subject, list) and len(subject) == 1:
        subject = subject[0]
    ttl = subject.get("ttl") if isinstance(subject, dict) else None
    if isinstance(ttl, int | float) and not isinstance(ttl, bool):
        return max(ttl / 1000, 0)
    # Its end is looked at by itself.
    return math.inf if report.valid_until else None


def _time(text: str, member: str) -> datetime | None:
    if not text:
        return None
    moment = moment_of(text)
    if moment is None:
        raise undetermined(f"the list's {member} is no time: {shown(text)}")
    return moment


def _bits(held: Credential, purpose: str, dialect: Dialect) -> bytes:
    subject = held.document.get("credentialSubject")
    if isinstance(subject, list) and len(subject) == 1:
        subject = subject[0]
    if not isinstance(subject, dict):
        raise undetermined("the list has no credentialSubject, or several")
    kinds = subject.get("type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    if not any(kind in kinds for kind in dialect.subject_types):
        raise undetermined(f"the list's subject is not a {dialect.subject_types[0]}")
    stated = subject.get("statusPurpose")
    if purpose not in (stated if isinstance(stated, list) else [stated]):
        raise undetermined(
            f"the entry is about {shown(purpose)}, the list about {shown(stated)}"
        )
    return bitstring.expand(subject.get("encodedList"), header=dialect.header)


def _message(value: JsonObject, number: int) -> str:
    """Find the issuer's words for a value (Bitstring Status List 1.0 section 2.1)."""
    messages = value.get("statusMessage")
    if not isinstance(messages, list):
        return ""
    for item in messages:
        status = item.get("status") if isinstance(item, dict) else None
        if isinstance(status, str) and status.lower() == hex(number):
            return words(item.get("message", ""))
    return ""
