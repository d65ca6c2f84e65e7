"""`credwallet backup`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from credwallet.cli.output import Result
from credwallet.cli.terminal.progress import Progress
from credwallet.errors import Usage

if TYPE_CHECKING:
    from credwallet.cli.session import Session
    from credwallet.cli.terminal.console import Console

NO_ARGS_IS_HELP = True


def command(
    ctx: typer.Context,
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="Best on another disk; not -.")
    ],
    deep: Annotated[
        bool,
        typer.Option("--deep", help="Open every credential of the copy, ask for that."),
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Overwrite a file that is there.")
    ] = False,
) -> Result:
    """Others may use the wallet meanwhile. What the copy holds is checked.

    It opens with the passphrase and the recovery code that the wallet has now.

    Example: credwallet backup /media/stick/wallet.db
    """
    from credwallet import store  # noqa: PLC0415 -- lazily: sqlite3

    session: Session = ctx.obj
    path = named_file(file)
    vault = session.vault() if deep else session.vault_unasked()
    with Progress(session.console, "copying the wallet"):
        made = store.back_up(session.home, path, vault=vault, force=force)
    if made.checked is None:
        session.console.note(
            "the copy has the form of a wallet, but no credential in it was opened: "
            "the wallet is locked (--deep asks for the passphrase)"
        )

    def show(console: "Console") -> None:
        console.row([made.sha256, str(made.path)])

    return Result(
        {
            "path": str(made.path),
            "sha256": made.sha256,
            "bytes": made.size,
            "opened": made.checked is not None,
            "generation": made.checked and made.checked.generation,
            "credentials": made.checked and made.checked.records,
        },
        show,
    )


def named_file(name: str) -> Path:
    """Take the name of a backup; neither stdin nor stdout is one.

    Raises:
        Usage: If it is `-`.

    """
    if name == "-":
        raise Usage(
            "a backup is a file: it does not go through a pipe",
            next_step="name a file",
        )
    return Path(name)
