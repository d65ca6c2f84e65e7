"""One row that is answered otherwise than the manifest expects."""

from typing import NamedTuple


class Entry(NamedTuple):
    """What we answer instead, and why (a name of `REASONS`)."""

    given: str
    reason: str
