"""Which tables does a wallet have, and is this file one of ours?

`docs/format.md` section 1. No table has a readable column but numbers, sizes and names
made by a MAC.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from credwallet.store.failures import damaged, explained, newer

APPLICATION_ID = 0x43574C54
FORMAT = 2
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
    # 13 records of a usual size fill a page; with 8192 it would be 3, and the file 5 to
    # 10 % larger. Writing takes as long, with 65536 a tenth longer.
    "page_size=32768",
    "synchronous=FULL",
    "fullfsync=ON",
    "checkpoint_fullfsync=ON",
    "secure_delete=ON",
    "temp_store=MEMORY",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "mmap_size=0",
)
_NO_ROOM = ("SQLITE_IOERR_SHM", "SQLITE_FULL", "SQLITE_CANTOPEN")
_SAFE_IN_URI = frozenset(
    b"/-._~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
)


def connect(database: Path, *, older: bool = False) -> sqlite3.Connection:
    """Open a database file that exists, set up for durability.

    Args:
        database: A private file of ours (`folder.check_ours`).
        older: Take one of an earlier format too; its tables are the same.

    Returns:
        A connection without implicit transactions; texts come as bytes.

    Raises:
        Damaged: If it is no database of credwallet.
        StorageFailure: If it cannot be opened.

    """
    connection = _connected(database)
    try:
        with explained("open the wallet"):
            _check_kind(connection, from_format=1 if older else FORMAT)
            _check_tables(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def format_of(connection: sqlite3.Connection) -> int:
    """Read the number of the format of a wallet that was opened."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)


def empty_journal(connection: sqlite3.Connection) -> None:
    """Bring all that is in the journal into the database file.

    Closing would do it too, but would not tell when it fails.

    Raises:
        sqlite3.Error: If the disk fails, or somebody reads an earlier state.

    """
    state = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if state[0] != 0:
        raise sqlite3.OperationalError("the journal could not be written back")


def copy_on_our_pages(source: sqlite3.Connection, target: Path) -> None:
    """Write all that a wallet file holds into an empty one, on pages of our size.

    Args:
        source: Of the wallet; not in a transaction.
        target: An empty private file.

    Raises:
        sqlite3.Error: If there is no space, or the disk fails.

    """
    # VACUUM attaches the file that it writes.
    source.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 1)
    source.execute("VACUUM INTO ?", (f"file:{_quoted(target)}?mode=rw",))


def take_alone(connection: sqlite3.Connection) -> None:
    """Empty the journal, and lock out all others, also those of earlier versions.

    Args:
        connection: Of the wallet that is to be replaced; what it has locked is free
            when it is closed.

    Raises:
        sqlite3.Error: If another program has the wallet open, or the disk fails.
        Damaged: If the journal cannot be emptied.

    """
    connection.execute("PRAGMA locking_mode=EXCLUSIVE")
    # Only the one connection there is may leave the write-ahead log.
    if connection.execute("PRAGMA journal_mode=DELETE").fetchone() != (b"delete",):
        raise damaged("its journal cannot be emptied")


def look_into(file: Path) -> sqlite3.Connection:
    """Open a wallet file that nobody writes, such as a backup, and leave no trace.

    Args:
        file: A private file of ours.

    Returns:
        A connection that can only read.

    Raises:
        Damaged: If it is no wallet file, or a newer version wrote it.
        StorageFailure: If it cannot be opened.

    """
    with explained("open the backup"):
        connection = sqlite3.connect(
            f"file:{_quoted(file)}?mode=ro&immutable=1", uri=True
        )
        try:
            connection.isolation_level = None
            connection.text_factory = bytes
            connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _MAX_ROW)
            connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
            connection.execute("PRAGMA trusted_schema=OFF")
            connection.execute("PRAGMA cell_size_check=ON")
            _check_kind(connection, from_format=1)
            _check_tables(connection)
        except BaseException:
            connection.close()
            raise
    return connection


@contextmanager
def single_file(file: Path) -> Iterator[sqlite3.Connection]:
    """Open an empty file that is to take a copy of a wallet.

    Args:
        file: Private, and used by nobody else.

    """
    copy = sqlite3.connect(
        f"file:{_quoted(file)}?mode=rw", uri=True, timeout=BUSY_SECONDS
    )
    try:
        copy.isolation_level = None
        for pragma in ("synchronous=FULL", "fullfsync=ON", "trusted_schema=OFF"):
            copy.execute(f"PRAGMA {pragma}")
        yield copy
    finally:
        copy.close()


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
    with explained("open the wallet"):
        try:
            return _set_up(database)
        except sqlite3.OperationalError as error:
            # No room for the index of the journal: then it is kept in memory, which
            # shuts all others out meanwhile, and what there is can still be read.
            name = str(getattr(error, "sqlite_errorname", ""))
            if not name.startswith(_NO_ROOM):
                raise
            try:
                return _set_up(database, "busy_timeout=1000", "locking_mode=EXCLUSIVE")
            except sqlite3.OperationalError:
                raise error from None


def _set_up(database: Path, *first: str) -> sqlite3.Connection:
    # mode=rw: a file that vanished meanwhile is not made anew with open rights.
    connection = sqlite3.connect(
        f"file:{_quoted(database)}?mode=rw", uri=True, timeout=BUSY_SECONDS
    )
    try:
        connection.isolation_level = None
        connection.text_factory = bytes
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _MAX_ROW)
        connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
        for pragma in (*first, *_PRAGMAS):
            connection.execute(f"PRAGMA {pragma}")
        _use_journal(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _quoted(file: Path) -> str:
    return "".join(
        chr(byte) if byte in _SAFE_IN_URI else f"%{byte:02x}"
        for byte in os.fsencode(file.absolute())
    )


def _use_journal(connection: sqlite3.Connection) -> None:
    if connection.execute("PRAGMA journal_mode=WAL").fetchone() != (b"wal",):
        raise damaged("its journal cannot be used")


def _check_kind(connection: sqlite3.Connection, *, from_format: int) -> None:
    """Refuse what is no wallet, or of a format from the future."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    if application != APPLICATION_ID:
        raise damaged("the file is no wallet of credwallet")
    version = format_of(connection)
    if version > FORMAT:
        raise newer(f"it has format {version}, known is {FORMAT}")
    if version < from_format:
        raise damaged(f"it says that it has format {version}, which cannot be")


def _check_tables(connection: sqlite3.Connection) -> None:
    rows = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name"
    ).fetchall()
    expected = [(name.encode(), sql.encode()) for name, sql in sorted(TABLES.items())]
    if rows != expected:
        raise damaged("its tables are not those that credwallet makes")
