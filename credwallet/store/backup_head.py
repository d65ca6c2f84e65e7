"""Does a file begin as a backup does, before anybody is asked about it?

A backup is a wallet file: a database of SQLite that is marked as ours. What is not so
marked is no backup, but a badge, an export or anything else; a backup whose beginning
was lost to zeros still counts as a damaged one.
"""

from pathlib import Path

from credwallet.errors import Usage
from credwallet.store.backups import reading
from credwallet.store.failures import explained
from credwallet.store.schema import APPLICATION_ID

# The head of a database file (https://www.sqlite.org/fileformat.html, section 1.3).
_HEAD_BYTES = 100
_MARK = slice(68, 72)


def refuse_other_files(file: Path) -> None:
    """Make sure that a file begins as a backup does.

    Args:
        file: As the learner named it.

    Raises:
        Usage: If it does not, or is no file.
        NotFound: If there is no such file.
        StorageFailure: If it cannot be read.

    """
    with reading(file) as source, explained(f"read {file}"):
        head = source.read(_HEAD_BYTES)
    marked = head[_MARK] == APPLICATION_ID.to_bytes(4, "big")
    if not marked and head.strip(b"\0"):
        raise Usage(
            f"{file} is no backup of a wallet: it does not begin as one",
            next_step="a badge or an export is taken in by: credwallet import FILE",
            file=str(file),
        )
