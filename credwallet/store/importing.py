"""Is a credential that comes in new, known, or a newer copy of one that is held?"""

from datetime import UTC, datetime

from credwallet.model.moment import moment_of
from credwallet.model.part import forgets_parts
from credwallet.model.summary import Summary
from credwallet.store.index import Segment
from credwallet.store.record import Body, NewCredential, PutResult
from credwallet.store.writing import Writing

# A copy with one of these verdicts never takes the place of one that was proven:
# anybody can write a badge with another badge's identifier and a later date.
_UNPROVEN = frozenset(("", "malformed", "invalid", "undetermined"))


def put(writing: Writing, new: NewCredential, *, received_at: str) -> PutResult:
    """Keep one credential; the handle of the result is still empty.

    Args:
        writing: The change that it is part of.
        new: Its bytes as received, its report and its row of the index.
        received_at: RFC 3339.

    """
    rid = writing.name(b"credential", new.same_as())
    body = Body(new.raw, new.report, new.received_at or received_at, new.source)
    located = writing.locate(rid)
    if located is None:
        writing.add(rid, body=body, summary=new.summary)
        return PutResult("new", "", rid)
    segment, position = located
    held, held_body = segment.summaries[position], writing.body(rid)
    # What comes out of an export as trash brings nothing back from the trash.
    trashed_at = held.trashed_at if new.summary.trashed_at else ""
    restored = held.trashed_at != trashed_at
    if held_body.raw == new.raw:
        if _tells_less(new.summary, held):
            # The same bytes, looked at with less at hand: what was found out stands.
            known = held._replace(
                tags=new.summary.tags,
                note=held.note or new.summary.note,
                trashed_at=trashed_at,
            )
            _take(writing, rid, located, body=held_body, summary=known)
        else:
            again = held_body._replace(report=new.report)
            _take(writing, rid, located, body=again, summary=new.summary)
        return PutResult("duplicate", "", rid, "same-bytes", restored)
    if not _later(new.summary.valid_from, held.valid_from):
        segment.summaries[position] = held._replace(trashed_at=trashed_at)
        return PutResult("duplicate", "", rid, "not-newer", restored)
    if new.summary.verdict in _UNPROVEN and held.verdict not in _UNPROVEN:
        segment.summaries[position] = held._replace(trashed_at=trashed_at)
        return PutResult("duplicate", "", rid, "not-proven", restored)
    _take(writing, rid, located, body=body, summary=new.summary)
    return PutResult("replaced", "", rid, "", restored)


def _tells_less(new: Summary, held: Summary) -> bool:
    if new.verdict == "undetermined" and held.verdict not in _UNPROVEN:
        return True
    return forgets_parts(new, held)


def _take(
    writing: Writing,
    rid: bytes,
    located: tuple[Segment, int],
    *,
    body: Body,
    summary: Summary,
) -> None:
    segment, position = located
    held = segment.summaries[position]
    more_tags = [tag for tag in summary.tags if tag not in held.tags]
    writing.set_body(rid, body)
    segment.summaries[position] = summary._replace(
        tags=[*held.tags, *more_tags],
        note=held.note or summary.note,
        trashed_at=held.trashed_at if summary.trashed_at else "",
    )


def _later(one: str, other: str) -> bool:
    never = datetime.min.replace(tzinfo=UTC)
    return (moment_of(one) or never) > (moment_of(other) or never)
