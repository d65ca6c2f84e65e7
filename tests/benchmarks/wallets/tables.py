"""The same credentials in tables of SQLite, plain or through SQLCipher.

Written as one would write it: the columns of the summary as they are (lists are JSON
texts), body and report beside them in a table of their own; WAL and FULL, as ours.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from credwallet.model.summary import Summary
from tests.benchmarks.wallets.data import Made

_KEY = "00112233445566778899aabbccddeeff" * 2
_LISTS = frozenset(
    index
    for index, field in enumerate(Summary._fields)
    if field
    in {"types", "achievements", "alignments", "skills", "keywords", "tags"}
    | {"parts", "associations"}
)
_COLUMNS = ", ".join(Summary._fields)
_MARKS = ", ".join("?" * len(Summary._fields))


class Tables:
    """An open database of one of the two."""

    def __init__(self, folder: Path, driver: Any, *, key: bool, new: bool) -> None:
        self._connection = driver.connect(str(folder / "tables.db"))
        self._connection.isolation_level = None
        execute = self._connection.execute
        if key:
            # A raw key: no derivation, as with ours.
            execute(f"PRAGMA key=\"x'{_KEY}'\"")
        execute("PRAGMA journal_mode=WAL")
        execute("PRAGMA synchronous=FULL")
        if new:
            execute(f"CREATE TABLE summary(rid BLOB PRIMARY KEY, {_COLUMNS})")
            execute("CREATE TABLE rec(rid BLOB PRIMARY KEY, raw BLOB, report TEXT)")

    def put(self, batch: Sequence[Made]) -> None:
        """Store some in one transaction; one that is there already is found."""
        execute = self._connection.execute
        execute("BEGIN IMMEDIATE")
        for made in batch:
            known = execute("SELECT 1 FROM rec WHERE rid=?", (made.rid,)).fetchone()
            if known is None:
                execute(
                    "INSERT INTO rec VALUES(?, ?, ?)",
                    (made.rid, made.raw, _text(made.report)),
                )
                execute(
                    f"INSERT INTO summary VALUES(?, {_MARKS})",
                    (made.rid, *_flat(made.summary)),
                )
        execute("COMMIT")

    def rows(self) -> Sequence[Any]:
        """List everything, with the same values as ours."""
        return [
            (rid, _whole(flat))
            for rid, *flat in self._connection.execute("SELECT * FROM summary")
        ]

    def texts(self) -> Sequence[Any]:
        """List everything as it lies there: lists stay texts."""
        found: Sequence[Any] = self._connection.execute(
            "SELECT * FROM summary"
        ).fetchall()
        return found

    def names(self) -> list[bytes]:
        """Name everything."""
        return [rid for (rid,) in self._connection.execute("SELECT rid FROM rec")]

    def get(self, name: bytes) -> tuple[Any, ...]:
        """Open one in full."""
        execute = self._connection.execute
        raw, report = execute(
            "SELECT raw, report FROM rec WHERE rid=?", (name,)
        ).fetchone()
        _, *flat = execute("SELECT * FROM summary WHERE rid=?", (name,)).fetchone()
        return raw, json.loads(report), _whole(flat)

    def update(self, name: bytes, note: str) -> None:
        """Read one, change its note and its report, in one transaction of writing."""
        _, report, summary = self.get(name)
        columns = ", ".join(f"{field}=?" for field in Summary._fields)
        execute = self._connection.execute
        execute("BEGIN IMMEDIATE")
        execute(
            "UPDATE rec SET report=? WHERE rid=?",
            (_text({**report, "at": note}), name),
        )
        execute(
            f"UPDATE summary SET {columns} WHERE rid=?",  # noqa: S608 -- own words
            (*_flat(summary._replace(note=note)), name),
        )
        execute("COMMIT")

    def close(self) -> None:
        """Close it."""
        self._connection.close()


def _text(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"))


def _flat(summary: Summary) -> list[str]:
    return [
        _text(value) if index in _LISTS else value
        for index, value in enumerate(summary)
    ]


def _whole(flat: list[str]) -> Summary:
    for index in _LISTS:
        text = flat[index]
        # Most are empty, and JSON is slow for one word.
        flat[index] = [] if text == "[]" else json.loads(text)  # type: ignore[call-overload]
    return Summary._make(flat)
