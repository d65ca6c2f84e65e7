"""Which tables does a wallet have, and is this file one of ours?

`docs/format.md` section 1. No table has a readable column but numbers, sizes and names
made by a MAC.
"""

import os
import sqlite3
from pathlib import Path

from credwallet.store.failures import damaged, explained, newer

APPLICATION_ID = 0x43574C54
FORMAT = 1
BUSY_SECONDS = 10
# The largest row: an envelope of MAX_CONTENT that does not compress, padded.
_MAX_ROW = 20 * 1024 * 1024

TABLES = {
    "doc": "CREATE TABLE doc(name BLOB PRIMARY KEY, sealed BLOB NOT NULL)",
    "head": "CREATE TABLE head(id INTEGER PRIMARY KEY, sealed BLOB NOT NULL)",
    "meta": "CREATE TABLE meta(k TEXT PRIMARY KEY, v BLOB NOT NULL)",
    "rec": (
        "CREATE TABLE rec"
        "(rid BLOB PRIMARY KEY, seg INTEGER NOT NULL, sealed BLOB NOT NULL)"
    ),
    "seg": "CREATE TABLE seg(n INTEGER PRIMARY KEY, sealed BLOB NOT NULL)",
    "slot": (
        "CREATE TABLE slot(n INTEGER PRIMARY KEY, kind INTEGER NOT NULL, "
        "params BLOB NOT NULL, wrapped BLOB NOT NULL)"
    ),
}
_PRAGMAS = (
    # Three records of a usual size fit on a page; with 4096 it would be one.
    "page_size=8192",
    "synchronous=FULL",
    "fullfsync=ON",
    "checkpoint_fullfsync=ON",
    "secure_delete=ON",
    "temp_store=MEMORY",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "mmap_size=0",
)
_SAFE_IN_URI = frozenset(
    b"/-._~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
)


def connect(database: Path) -> sqlite3.Connection:
    """Open a database file that exists, set up for durability.

    Args:
        database: A private file of ours (`folder.check_ours`).

    Returns:
        A connection without implicit transactions; texts come as bytes.

    Raises:
        Damaged: If it is no database of credwallet.
        StorageFailure: If it cannot be opened.

    """
    connection = _connected(database)
    try:
        with explained("open the wallet"):
            _check(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def lay_out(database: Path) -> sqlite3.Connection:
    """Make the tables in an empty file.

    Args:
        database: An empty private file.

    Returns:
        A connection with an open transaction that holds the tables.

    Raises:
        StorageFailure: If it cannot be written.

    """
    connection = _connected(database)
    try:
        with explained("make the wallet"):
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version={FORMAT}")
            for statement in TABLES.values():
                connection.execute(statement)
    except BaseException:
        connection.close()
        raise
    return connection


def blob(value: object) -> bytes:
    """Take a column that must be bytes.

    Raises:
        Damaged: If it is anything else.

    """
    if not isinstance(value, bytes):
        raise damaged("a row of the database has a wrong shape")
    return value


def _connected(database: Path) -> sqlite3.Connection:
    quoted = "".join(
        chr(byte) if byte in _SAFE_IN_URI else f"%{byte:02x}"
        for byte in os.fsencode(database.absolute())
    )
    with explained("open the wallet"):
        # mode=rw: a file that vanished meanwhile is not made anew with open rights.
        connection = sqlite3.connect(
            f"file:{quoted}?mode=rw", uri=True, timeout=BUSY_SECONDS
        )
        try:
            connection.isolation_level = None
            connection.text_factory = bytes
            connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _MAX_ROW)
            connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
            for pragma in _PRAGMAS:
                connection.execute(f"PRAGMA {pragma}")
            _use_journal(connection)
        except BaseException:
            connection.close()
            raise
    return connection


def _use_journal(connection: sqlite3.Connection) -> None:
    if connection.execute("PRAGMA journal_mode=WAL").fetchone() != (b"wal",):
        raise damaged("its journal cannot be used")


def _check(connection: sqlite3.Connection) -> None:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    if application != APPLICATION_ID:
        raise damaged("the file is no wallet of credwallet")
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version != FORMAT:
        raise newer(f"it has format {version}, known is {FORMAT}")
    rows = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name"
    ).fetchall()
    expected = [(name.encode(), sql.encode()) for name, sql in sorted(TABLES.items())]
    if rows != expected:
        raise damaged("its tables are not those that credwallet makes")
