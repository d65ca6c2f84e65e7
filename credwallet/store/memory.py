"""What does an open vault keep in memory of the index, to be quick and certain?

Everything is kept under the tag of the envelope that it came from: what does not stand
in the head of the moment is never used.
"""

from collections.abc import Mapping

from credwallet.store.index import Segment, SegmentMark

# Going through the wallet record by record opens each segment once, not 512 times.
_RECENT = 4


class Memory:
    """Decoded segments, the last few, and the record identifiers of all of them."""

    __slots__ = ("_complete", "_ever", "_identifiers", "_recent")

    def __init__(self) -> None:
        self._recent: dict[bytes, Segment] = {}
        self._identifiers: dict[bytes, frozenset[bytes]] = {}
        # All of these and more: those that were taken out since.
        self._ever: set[bytes] = set()
        self._complete: Mapping[int, SegmentMark] | None = None

    def segment(self, tag: bytes) -> Segment | None:
        """Give a copy of a segment, if it is remembered."""
        known = self._recent.get(tag)
        return None if known is None else known.copy()

    def identifiers(self, tag: bytes) -> frozenset[bytes] | None:
        """Tell which records a segment lists, if that is remembered."""
        return self._identifiers.get(tag)

    def remember(self, tag: bytes, segment: Segment) -> None:
        """Keep a segment for the next look at it; the oldest one goes.

        Args:
            tag: 16 bytes, from `tag_of` of the sealed segment.
            segment: Copied, so that the caller may go on changing it.

        """
        while len(self._recent) >= _RECENT:
            del self._recent[next(iter(self._recent))]
        self._recent[tag] = segment.copy()
        self._identifiers[tag] = frozenset(segment.rids)
        self._ever.update(segment.rids)

    def complete(self, marks: Mapping[int, SegmentMark]) -> None:
        """Note that every segment of a head is remembered; forget all others.

        Args:
            marks: `Head.segments`, the very object.

        """
        tags = {mark.tag for mark in marks.values()}
        if len(self._identifiers) > 2 * len(tags) + _RECENT:
            self._identifiers = {
                tag: known for tag, known in self._identifiers.items() if tag in tags
            }
            self._ever = set().union(*self._identifiers.values())
        self._complete = marks

    def is_complete(self, marks: Mapping[int, SegmentMark]) -> bool:
        """Tell whether every segment of this head is remembered."""
        return self._complete is marks

    def was_ever_listed(self, rid: bytes) -> bool:
        """Tell whether a segment that was seen lists a record, or once did."""
        return rid in self._ever

    def clear(self) -> None:
        """Forget everything."""
        self._recent.clear()
        self._identifiers.clear()
        self._ever.clear()
        self._complete = None
