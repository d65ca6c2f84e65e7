"""How is a wallet file opened for use, before any key is there?"""

import sqlite3
from pathlib import Path
from typing import NamedTuple

from credwallet.store import maintenance
from credwallet.store.folder import check_ours, tidy
from credwallet.store.maintenance import Hold
from credwallet.store.schema import FORMAT, connect, format_of


class Entered(NamedTuple):
    """A wallet file of this format, open but locked, and our share in its use."""

    connection: sqlite3.Connection
    hold: Hold

    def close(self) -> None:
        """Close the file, then let others replace it."""
        try:
            self.connection.close()
        finally:
            self.hold.close()


def enter(folder: Path) -> Entered:
    """Open the wallet file for use, and migrate it first if it is an earlier one.

    Args:
        folder: The wallet folder.

    Raises:
        NotFound: If there is no wallet.
        Damaged: If the file is none of credwallet, or a newer version wrote it (type
            `unknown-format`).
        StorageFailure: If it cannot be read or migrated, is not ours alone, or is being
            replaced (type `busy`).

    """
    while True:
        entered = glance(folder)
        try:
            if format_of(entered.connection) == FORMAT:
                return entered
        except BaseException:
            entered.close()
            raise
        entered.close()
        from credwallet.store.migrating import (  # noqa: PLC0415 -- lazily: once a format
            migrate,
        )

        migrate(folder)


def glance(folder: Path, *, seconds: float = maintenance.SHARED_SECONDS) -> Entered:
    """Open the wallet file for a look at what is readable, whatever its format is.

    Args:
        folder: The wallet folder.
        seconds: How long to wait for somebody who is replacing the file.

    Raises:
        NotFound: If there is no wallet.
        Damaged: If the file is none of credwallet, or a newer version wrote it (type
            `unknown-format`).
        StorageFailure: If it cannot be read, is not ours alone, or is being replaced
            (type `busy`).

    """
    check_ours(folder)
    hold = maintenance.shared(folder, seconds=seconds)
    try:
        tidy(folder)
        return Entered(connect(check_ours(folder), older=True), hold)
    except BaseException:
        hold.close()
        raise
