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
    moved(session, entries, trashed_at="")
    return said(entries, "restored", "see it: credwallet show ID")
