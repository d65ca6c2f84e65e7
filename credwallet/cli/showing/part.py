"""Which credential does `q6uh` or `q6uh/2` name? The second stands in a learner record.

Stacking calls what a record holds by the record's handle and a number from 1.
"""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from credwallet import formats
from credwallet.errors import NotFound
from credwallet.model.credential import Credential
from credwallet.model.record import is_record

if TYPE_CHECKING:
    from credwallet.store import Entry, Stored, Vault


class Shown(NamedTuple):
    """What is shown: its row, its bytes read, and its report."""

    entry: "Entry"
    stored: "Stored"
    held: Credential
    report: Mapping[str, Any]


def find(vault: "Vault", text: str) -> Shown:
    """Find a credential, or what stands in a learner record.

    Args:
        vault: The open wallet.
        text: A handle, id or name; of a part a slash and its number behind it.

    Raises:
        NotFound: If the wallet has no such credential, or the record no such part.

    """
    name, number = _taken_apart(text)
    try:
        return _whole(vault, text)
    except NotFound:
        if not number:
            raise
    return _part(_whole(vault, name), number)


def _taken_apart(text: str) -> tuple[str, int]:
    name, _, number = text.rpartition("/")
    short = number.isascii() and number.isdigit() and len(number) < 5
    return (name, int(number)) if name and short else (text, 0)


def _whole(vault: "Vault", text: str) -> Shown:
    entry = vault.find(text)
    stored = vault.read(entry.rid)
    held = formats.read(stored.raw)
    if not isinstance(held, Credential):
        raise AssertionError  # noqa: TRY004 -- the wallet stores credentials only
    return Shown(entry, stored, held, stored.report)


def _part(record: Shown, number: int) -> Shown:
    from credwallet.model.part import summaries_of  # noqa: PLC0415 -- lazily: rare

    handle = record.entry.handle
    summaries = summaries_of(record.entry.summary)
    found = list(_leaves(record.held, record.report, 0))
    if not 0 < number <= min(len(summaries), len(found)):
        raise NotFound(
            f"{handle} holds no part {number}",
            next_step=f"see: credwallet show {handle}",
        )
    held, report = found[number - 1]
    summary = summaries[number - 1]._replace(
        checked_at=record.entry.summary.checked_at, media_type=held.media_type
    )
    return Shown(
        record.entry._replace(handle=f"{handle}/{number}", summary=summary),
        record.stored._replace(raw=held.raw, report=dict(report), summary=summary),
        held,
        report,
    )


def _leaves(
    held: Credential, report: Mapping[str, Any], depth: int
) -> Iterator[tuple[Credential, Mapping[str, Any]]]:
    """Walk through what a record holds, in the order in which its row numbers it."""
    parts = {part.pointer: part.held for part in formats.parts_of(held, depth)}
    for inner in report.get("contains", ()):
        piece = parts.get(inner.get("pointer", ""))
        if inner.get("role") == "endorsement" or not isinstance(piece, Credential):
            continue
        if is_record(piece.types):
            yield from _leaves(piece, inner, depth + 1)
        else:
            yield piece, inner
