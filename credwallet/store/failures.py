"""Which of our errors is it when SQLite or the operating system says no?

The one place where foreign exceptions of the store become errors with an explanation.
"""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from credwallet.errors import (
    CredwalletError,
    Damaged,
    Locked,
    NotFound,
    StorageFailure,
)

DAMAGE = "the wallet is damaged: "
_USE_BACKUP = (
    "put a backup in its place: credwallet restore-backup FILE; "
    "the damaged one is kept, too"
)
# SQLite's primary result codes (sqlite3.h) that speak of the disk, not of the content.
_DISK = ("IOERR", "READONLY", "CANTOPEN", "PERM", "AUTH", "NOLFS", "PROTOCOL", "INTERR")
_NO_SPACE = (errno.ENOSPC, errno.EDQUOT)


def damaged(what: str) -> Damaged:
    """Make the error for content that is not what credwallet wrote.

    Args:
        what: What does not fit, lower case, no full stop.

    """
    return Damaged(DAMAGE + what, next_step=_USE_BACKUP)


def newer(what: str) -> Damaged:
    """Make the error for content that this version does not know how to read."""
    return Damaged(
        f"the wallet cannot be read by this version: {what}",
        next_step="install the credwallet that wrote it, or a newer one",
        type="unknown-format",
    )


def no_space() -> StorageFailure:
    """Make the error for a full disk or quota."""
    return StorageFailure(
        "there is no space left for the wallet; nothing was changed",
        next_step="free some disk space, then try again",
        type="no-space",
    )


def gone() -> NotFound:
    """Make the error for a credential that was there a moment ago."""
    return NotFound(
        "this credential is no longer in the wallet",
        next_step="see what there is: credwallet list",
    )


def rekeyed() -> Locked:
    """Make the error for a key that was in force until somebody changed it."""
    return Locked(
        "the wallet has another key by now",
        next_step="run it again with the passphrase",
        type="rekeyed",
    )


def _no_memory(doing: str) -> StorageFailure:
    return StorageFailure(
        f"cannot {doing}: not enough memory",
        next_step="close other programs, then try again",
    )


def os_failure(error: OSError, doing: str) -> StorageFailure:
    """Explain an error of the operating system.

    Args:
        error: As raised by `os`.
        doing: What was being done, for example `open the wallet`.

    """
    if error.errno in _NO_SPACE:
        return no_space()
    return StorageFailure(
        f"cannot {doing}: {error.strerror or 'input/output error'}",
        next_step="check the disk and the permissions of the wallet folder",
    )


def sqlite_failure(error: sqlite3.Error, doing: str) -> CredwalletError:
    """Explain an error of SQLite.

    Args:
        error: As raised by `sqlite3`.
        doing: What was being done, for example `write to the wallet`.

    """
    # Errors that the module itself raises carry no code: content of a wrong shape.
    name = str(getattr(error, "sqlite_errorname", "")).removeprefix("SQLITE_")
    if name.startswith("FULL"):
        return no_space()
    if name.startswith(("BUSY", "LOCKED")):
        return StorageFailure(
            f"cannot {doing}: another program has been using the wallet for 10 seconds",
            next_step="wait until it is done, then try again",
            type="busy",
        )
    if name.startswith("NOMEM"):
        return _no_memory(doing)
    if name.startswith(_DISK):
        return StorageFailure(
            f"cannot {doing}: the disk said no ({name})",
            next_step="check the disk and the permissions of the wallet folder",
            type="disk",
        )
    return damaged("the database is not as credwallet left it")


@contextmanager
def explained(doing: str) -> Iterator[None]:
    """Let no foreign exception of the store out.

    Args:
        doing: What is being done, for example `write to the wallet`.

    Raises:
        Damaged: If the content is not what credwallet wrote.
        StorageFailure: If the disk did not do what was asked.

    """
    try:
        yield
    except sqlite3.Error as error:
        raise sqlite_failure(error, doing) from error
    except UnicodeDecodeError as error:
        # SQLite quotes a damaged schema, and the module cannot spell that message.
        raise damaged("the database is not as credwallet left it") from error
    except OSError as error:
        raise os_failure(error, doing) from error
    except MemoryError as error:
        raise _no_memory(doing) from error
