"""Unsigned documents of the VC Data Model suite: what we answer otherwise."""

from tests.verify.purpose.entry import Entry

ROWS: dict[str, Entry] = {}
