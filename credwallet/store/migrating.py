"""How does a wallet of an earlier format become one of this format?

On its first opening, before any key is needed: under the lock that keeps all others
out, after an automatic backup, and as a new file beside the old one, whose rows are
compared before it takes the old one's place. Killed at any point, the old wallet is
there or the new one.
"""

import hashlib
import sqlite3
from collections.abc import Callable
from pathlib import Path

from credwallet.store import maintenance
from credwallet.store.backups import keep, prune
from credwallet.store.failures import damaged, explained
from credwallet.store.folder import check_ours, replacement
from credwallet.store.schema import (
    FORMAT,
    TABLES,
    connect,
    copy_on_our_pages,
    empty_journal,
    format_of,
    take_alone,
)

_MIGRATE = "migrate the wallet"


def migrate(folder: Path) -> None:
    """Bring a wallet to the format of this version, step by step.

    Args:
        folder: The wallet folder; no vault of this process is open in it.

    Raises:
        Damaged: If it is damaged; nothing is changed.
        StorageFailure: If somebody else uses it, there is no space for the new file or
            the backup, or the disk fails; nothing is changed.

    """
    with maintenance.alone(folder), explained(_MIGRATE):
        kept = False
        while _step(folder, keep_first=not kept):
            kept = True
        if kept:
            prune(folder)


def _step(folder: Path, *, keep_first: bool) -> bool:
    """Go on by one format; False if there is nothing left to do."""
    source = connect(check_ours(folder), older=True)
    try:
        version = format_of(source)
        if version == FORMAT:
            return False  # somebody else was quicker
        take_alone(source)
        if keep_first:
            keep(folder, source, "migrate")
        with replacement(folder) as target:
            MIGRATIONS[version](source, target)
        return True
    finally:
        # What took its place is another file: nothing of it is closed here.
        source.close()


def _from_1(source: sqlite3.Connection, target: Path) -> None:
    """Write the same rows on larger pages."""
    copy_on_our_pages(source, target)
    made = connect(target, older=True)
    try:
        made.execute("PRAGMA user_version=2")
        _compare(source, made)
        empty_journal(made)
    finally:
        made.close()


# From each earlier format to the next one: fills an empty file.
MIGRATIONS: dict[int, Callable[[sqlite3.Connection, Path], None]] = {1: _from_1}


def _compare(source: sqlite3.Connection, made: sqlite3.Connection) -> None:
    for table in TABLES:
        if _digest(source, table) != _digest(made, table):
            raise damaged(f"its table {table} could not be copied")


def _digest(connection: sqlite3.Connection, table: str) -> bytes:
    total = hashlib.sha256()
    for row in connection.execute(
        f"SELECT * FROM {table} ORDER BY 1"  # noqa: S608 -- own words
    ):
        for value in row:
            data = value if isinstance(value, bytes) else repr(value).encode()
            total.update(b"%d:" % len(data))
            total.update(data)
    return total.digest()
