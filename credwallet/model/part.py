"""What does the row of a learner record keep of the credentials that it holds?

Comprehensive Learner Record 2.0 (`verifiableCredential` of its subject). Each part has
a row as if it stood in the wallet by itself, with its own verdict. What only the proof
of the record speaks for is good no longer than the record.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from credwallet.model.credential import Credential
from credwallet.model.moment import moment_of
from credwallet.model.record import is_record
from credwallet.model.report import Verdict, VerificationReport
from credwallet.model.summary import Summary, summary_of

_LISTS = frozenset(
    {"types", "achievements", "alignments", "skills", "keywords", "aligned"}
)
# JSON has one kind of list, and the row of a part holds no rows itself.
_NOT_KEPT = frozenset({"tags", "note", "trashed_at", "parts", "associations"})

Row = dict[str, Any]


def part_rows(report: VerificationReport) -> tuple[Row, ...]:
    """Put every credential that a record holds on a row, those in records in it too.

    Args:
        report: Of a learner record.

    Returns:
        Members of a `Summary` that say something, one object a part, in order.

    """
    return tuple(_rows(report))


def _rows(report: VerificationReport) -> Iterator[Row]:
    around = report.subject
    for inner in report.parts:
        held = inner.subject
        if not isinstance(held, Credential) or not isinstance(around, Credential):
            continue
        if is_record(held.types):
            yield from _rows(inner)
            continue
        summary = summary_of(inner)
        if not held.proofs and held.jws is None:
            until = _earlier(summary.valid_until, around.valid_until)
            summary = summary._replace(valid_until=until)
        yield {
            name: value
            for name, value in summary._asdict().items()
            if value and name not in _NOT_KEPT
        }


def _earlier(one: str, other: str) -> str:
    first, second = moment_of(one), moment_of(other)
    if second is None or (one and first is None):
        return one
    return one if first is not None and first <= second else other


def summaries_of(record: Summary) -> tuple[Summary, ...]:
    """Read back the rows of what a record holds.

    Args:
        record: The row of a credential.

    Returns:
        One summary a part, in order; none for a credential that holds nothing.

    """
    return tuple(_summary(row) for row in record.parts)


def forgets_parts(new: Summary, before: Summary) -> bool:
    """Tell whether less is known of a part of a record than before.

    Args:
        new: The row of a record after it was looked at once more, the same bytes.
        before: Its row until then.

    """
    unproven = (Verdict.UNDETERMINED, Verdict.MALFORMED, Verdict.INVALID)
    return any(
        part.get("verdict") == Verdict.UNDETERMINED
        and known.get("verdict") not in unproven
        for part, known in zip(new.parts, before.parts, strict=False)
    )


def _summary(row: Mapping[str, Any]) -> Summary:
    empty = {name: [] if name in _LISTS else "" for name in Summary._fields}
    known = {name: row[name] for name in Summary._fields if name in row}
    lists: Row = {"tags": (), "parts": (), "associations": ()}
    return Summary(**{**empty, **known, **lists})
