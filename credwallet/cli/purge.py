"""`credwallet purge`."""

from typing import TYPE_CHECKING, Annotated

import typer

from credwallet.cli.listing.kept_collections import forget
from credwallet.cli.output import ExitCode, Result
from credwallet.cli.trash import find_all, said
from credwallet.errors import Usage

if TYPE_CHECKING:
    from credwallet.cli.session import Session

NO_ARGS_IS_HELP = True


def command(
    ctx: typer.Context,
    handles: Annotated[list[str], typer.Argument(metavar="ID")],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> Result:
    """Only what is in the trash can be purged, and it cannot be brought back.

    Example: credwallet purge k7wq --yes
    """
    session: Session = ctx.obj
    entries = find_all(session, handles)
    for entry in entries:
        if not entry.summary.trashed_at:
            raise Usage(
                f"{entry.handle} is not in the trash",
                next_step=f"first: credwallet remove {entry.handle}",
            )
    question = f"Delete {len(entries)} of the trash for good?"
    if not yes and not session.confirm(question, flag="--yes"):
        session.console.note("nothing was deleted")
        return Result({"credentials": []}, lambda _: None, ExitCode.ERROR)
    # First: a purge that is cut short must leave no trace of what it deleted.
    forget(session.vault(), entries)
    for entry in entries:
        session.vault().purge(entry.rid)
    return said([(entry, "purged") for entry in entries], "")
