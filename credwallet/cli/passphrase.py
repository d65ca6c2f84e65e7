"""`credwallet passphrase change`."""

from typing import TYPE_CHECKING

import typer

from credwallet.cli.app import new_group
from credwallet.cli.output import Result
from credwallet.cli.unlocking.new_passphrase import (
    NewPassphraseFd,
    NewPassphraseFile,
    new_passphrase,
    require_wallet,
)

if TYPE_CHECKING:
    from credwallet.cli.session import Session
    from credwallet.cli.terminal.console import Console

group = new_group("Change the passphrase of the wallet.")


@group.callback()
def alone() -> None:
    """Stay a group, though there is one command in it."""


@group.command("change")
def change(
    ctx: typer.Context,
    new_passphrase_file: NewPassphraseFile = None,
    new_passphrase_fd: NewPassphraseFd = None,
) -> Result:
    """Asks for the passphrase as it is, then twice for the new one.

    The key that seals the credentials stays, and so do the recovery code and the
    system's keyring.

    Example: credwallet passphrase change --new-passphrase-file new.txt
    """
    from credwallet.cli.unlocking import passphrase_source  # noqa: PLC0415 -- lazily: sqlite3
    from credwallet.cli.unlocking import work as unlocking  # noqa: PLC0415 -- lazily: sqlite3
    from credwallet.store import slot_changes  # noqa: PLC0415 -- as above

    session: Session = ctx.obj
    require_wallet(session)
    # Always by the passphrase: an unlocked computer is not enough to change it.
    vault = unlocking.opened_by_passphrase(session)
    session.use(vault)
    chosen = new_passphrase(session, new_passphrase_file, new_passphrase_fd)
    slot_changes.change_passphrase(vault, chosen)
    passphrase_source.warn_of_old(session, chosen)

    def show(console: "Console") -> None:
        console.line("the passphrase is changed; the data key is unchanged")
        console.hint(
            "backups of before still open with the old one; if somebody else may know "
            "it, make a new data key too: credwallet rekey"
        )

    return Result({"changed": True, "dataKey": "unchanged"}, show)
