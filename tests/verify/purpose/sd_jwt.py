"""SD-JWT VC and VC 2.0 in SD-JWT: what we answer otherwise."""

from tests.verify.purpose.entry import Entry

ROWS: dict[str, Entry] = {}
