"""Blockcerts v1, v2 and v3: what we answer otherwise."""

from tests.verify.purpose.entry import Entry

ROWS: dict[str, Entry] = {}
