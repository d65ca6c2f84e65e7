"""Open Badges 0.5 to 2.1: what we answer otherwise."""

from tests.verify.purpose.entry import Entry

ROWS: dict[str, Entry] = {}
