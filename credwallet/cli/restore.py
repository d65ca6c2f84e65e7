"""`credwallet restore`."""

from typing import TYPE_CHECKING, Annotated

import typer

from credwallet.cli.output import Result
from credwallet.cli.trash import find_all, moved, said

if TYPE_CHECKING:
    from credwallet.cli.session import Session

NO_ARGS_IS_HELP = True


def command(
    ctx: typer.Context,
    handles: Annotated[list[str], typer.Argument(metavar="ID")],
) -> Result:
    """Undo a removal; the trash is listed by: credwallet list --trash.

    Example: credwallet restore k7wq
    """
    session: Session = ctx.obj
    entries = find_all(session, handles)
    held = [entry for entry in entries if entry.summary.trashed_at]
    moved(session, held, trashed_at="")
    done = [
        (entry, "restored" if entry in held else "not in the trash")
        for entry in entries
    ]
    return said(done, "see it: credwallet show ID" if held else "")
