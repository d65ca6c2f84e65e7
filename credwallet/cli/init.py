"""`credwallet init`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from credwallet.cli.creation import make_wallet
from credwallet.cli.output import Result
from credwallet.errors import Usage

if TYPE_CHECKING:
    from credwallet.cli.session import Session


def command(
    ctx: typer.Context,
    recovery_file: Annotated[
        Path | None,
        typer.Option(help="Write the recovery code to this new file."),
    ] = None,
    no_recovery: Annotated[
        bool, typer.Option("--no-recovery", help="Make no recovery code.")
    ] = False,
    anywhere: Annotated[
        bool,
        typer.Option(
            "--anywhere",
            help="Also in a synced, shared or versioned folder, at your own risk.",
        ),
    ] = False,
) -> Result:
    """Asks for a passphrase twice and shows a recovery code once.

    Examples: credwallet init;
    credwallet init --passphrase-file pass.txt --recovery-file recovery.txt
    """
    session: Session = ctx.obj
    if session.has_wallet():
        raise Usage(
            f"there is a wallet in {session.home} already",
            next_step="use it as it is, or name another folder with --home DIR",
        )
    made = make_wallet(
        session,
        recovery_file=recovery_file,
        no_recovery=no_recovery,
        anywhere=anywhere,
    )
    return Result(
        {"home": str(session.home), "recovery": made.recovery},
        lambda console: console.hint("put a first badge in: credwallet import FILE"),
    )
