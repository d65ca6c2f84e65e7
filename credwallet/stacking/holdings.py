"""What do all the credentials of a wallet bring to a stack, each of them once?

A learner record (Comprehensive Learner Record 2.0) brings what it holds and is nothing
itself; the same credential may stand in several records, and in the wallet as well.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from credwallet.model.part import summaries_of
from credwallet.model.qualification import Holding, Standing
from credwallet.model.record import RECORD
from credwallet.model.summary import Summary
from credwallet.stacking.holding import holding_of

# Credentials that say nothing about what a learner achieved.
_NO_ACHIEVEMENT = frozenset(
    {
        RECORD,
        "EndorsementCredential",
        "BitstringStatusListCredential",
        "StatusList2021Credential",
    }
)
# Which copy of a credential is believed: one that was taken back first of all.
_BELIEVED = {
    Standing.REVOKED: 0,
    Standing.SUSPENDED: 0,
    Standing.VERIFIED: 1,
    Standing.OUT_OF_DATE: 2,
    Standing.UNVERIFIED: 3,
    Standing.INVALID: 4,
}
_SAME = "exactMatchOf"

# What makes two copies the same credential: issuer and identifier, or the bytes.
_Identity = tuple[str, str]
# Achievements that an issuer calls equal, by the issuer and one of them.
_Equals = Mapping[tuple[str, str], set[str]]


class _Copy(NamedTuple):
    identity: _Identity
    holding: Holding
    trashed: bool


def holdings_of(rows: Iterable[tuple[str, Summary]]) -> tuple[Holding, ...]:
    """See the credentials of a wallet as stacking does.

    Args:
        rows: Handle and row of everything in the wallet, the trash included.

    Returns:
        One holding a credential; what a record holds goes by the record's handle and a
        number (`k3xq/2`). What is in the trash is left out, in records as well.

    """
    everything = tuple(rows)
    best: dict[_Identity, _Copy] = {}
    for copy in (*_alone(everything), *_within(everything)):
        known = best.get(copy.identity)
        if known is None or _is_better(copy, known):
            best[copy.identity] = copy
    equals = _equals(everything)
    return tuple(
        _with_equals(copy.holding, equals) for copy in best.values() if not copy.trashed
    )


def _is_better(one: _Copy, other: _Copy) -> bool:
    if one.trashed or other.trashed:
        return one.trashed
    return _BELIEVED[one.holding.standing] < _BELIEVED[other.holding.standing]


def _alone(rows: Iterable[tuple[str, Summary]]) -> Iterator[_Copy]:
    for handle, summary in rows:
        if not _NO_ACHIEVEMENT & set(summary.types):
            yield _copy(handle, summary, trashed=bool(summary.trashed_at))


def _within(rows: Iterable[tuple[str, Summary]]) -> Iterator[_Copy]:
    for handle, summary in rows:
        if summary.trashed_at or not summary.parts:
            continue
        for number, part in enumerate(summaries_of(summary), 1):
            if not _NO_ACHIEVEMENT & set(part.types):
                yield _copy(f"{handle}/{number}", part, trashed=False)


def _copy(handle: str, summary: Summary, *, trashed: bool) -> _Copy:
    identity = (summary.issuer_id, summary.id)
    if not all(identity):
        identity = ("", summary.sha256 or handle)
    return _Copy(identity, holding_of(handle, summary), trashed)


def _equals(rows: Iterable[tuple[str, Summary]]) -> _Equals:
    """Collect what issuers of good records say in them about their own achievements."""
    found: dict[tuple[str, str], set[str]] = {}
    for handle, summary in rows:
        standing = holding_of(handle, summary).standing
        if summary.trashed_at or standing is not Standing.VERIFIED:
            continue
        for kind, source, target in summary.associations:
            if kind == _SAME:
                found.setdefault((summary.issuer_id, source), set()).add(target)
                found.setdefault((summary.issuer_id, target), set()).add(source)
    return found


def _with_equals(holding: Holding, equals: _Equals) -> Holding:
    found = equals.get((holding.issuer, holding.achievement))
    if not found:
        return holding
    same_as = dict.fromkeys((*holding.same_as, *sorted(found)))
    return holding._replace(same_as=tuple(same_as))
