"""`credwallet restore-backup`."""

from typing import TYPE_CHECKING, Annotated

import typer

from credwallet.cli.backup import named_file
from credwallet.cli.output import ExitCode, Result
from credwallet.cli.plural import amount
from credwallet.cli.terminal.progress import Progress
from credwallet.cli.unlocking import passphrase_source
from credwallet.errors import StorageFailure

if TYPE_CHECKING:
    from credwallet.cli.session import Session
    from credwallet.cli.terminal.console import Console
    from credwallet.store.restoring import Restored

NO_ARGS_IS_HELP = True


def command(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="From backup; not -.")],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> Result:
    """Every credential of it is opened first; the wallet that was there is kept.

    Takes the passphrase that the backup was made with.

    Example: credwallet restore-backup /media/stick/wallet.db
    """
    from credwallet import store  # noqa: PLC0415 -- lazily: sqlite3

    session: Session = ctx.obj
    path = named_file(file)
    store.refuse_other_files(path)
    if session.has_wallet():
        question = f"Put {path} in the place of the wallet in {session.home}?"
        if not yes and not session.confirm(question, flag="--yes"):
            session.console.note("nothing was restored: the wallet is as it was")
            return Result({"restored": False}, lambda _: None, ExitCode.ERROR)
    else:
        store.refuse_unsuitable(session.home)
    passphrase = session.passphrase()
    with (
        Progress(session.console, "opening the backup"),
        passphrase_source.refusal_explained(session),
    ):
        restored = store.restore_backup(
            session.home, path, passphrase=passphrase, at=session.at
        )
    _go_on_from(session, restored)
    checked, kept = restored.checked, restored.kept

    def show(console: "Console") -> None:
        console.line(
            f"restored: {amount(checked.records, 'credential')}, all of them open"
        )
        if kept is not None:
            console.line(f"the wallet that was here is kept: {kept}")

    return Result(
        {
            "restored": True,
            "generation": checked.generation,
            "credentials": checked.records,
            "kept": None if kept is None else str(kept),
        },
        show,
    )


def _go_on_from(session: "Session", restored: "Restored") -> None:
    """Take what was put back on purpose for the latest state from now on."""
    from credwallet import store  # noqa: PLC0415 -- lazily: sqlite3

    try:
        vault = store.open_vault(session.home, vault_key=restored.vault_key)
    finally:
        restored.vault_key.vault_key[:] = bytes(len(restored.vault_key.vault_key))
    try:
        store.accept_rollback(vault, store.Anchors(session.settings.state))
    except StorageFailure as error:
        session.console.note(f"it has to be accepted once more: {error.what}")
    finally:
        vault.close()
