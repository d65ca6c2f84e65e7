"""`credwallet remove`."""

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
    """They can be restored until they are purged.

    Example: credwallet remove k7wq
    """
    session: Session = ctx.obj
    entries = find_all(session, handles)
    new = [entry for entry in entries if not entry.summary.trashed_at]
    moved(session, new, trashed_at=session.at.isoformat(timespec="seconds"))
    done = [(entry, "in the trash") for entry in entries]
    return said(done, "bring back with: credwallet restore ID")
