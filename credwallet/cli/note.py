"""`credwallet note`."""

from typing import TYPE_CHECKING, Annotated

import typer

from credwallet.cli.output import Result
from credwallet.errors import Usage

if TYPE_CHECKING:
    from credwallet.cli.session import Session

NO_ARGS_IS_HELP = True
MAX_LENGTH = 2000


def command(
    ctx: typer.Context,
    handle: Annotated[str, typer.Argument(metavar="ID")],
    text: Annotated[
        str | None, typer.Option(help='The note; "" takes it away.')
    ] = None,
) -> Result:
    """Without --text the note is printed.

    Example: credwallet note k7wq --text "shown to the university in May"
    """
    session: Session = ctx.obj
    entry = session.vault().find(handle)
    note = entry.summary.note
    if text is not None:
        if len(text) > MAX_LENGTH:
            raise Usage(
                f"the note is longer than {MAX_LENGTH} characters",
                next_step="shorten it",
            )
        note = text
        session.vault().update(entry.rid, summary=entry.summary._replace(note=note))
    return Result(
        {"handle": entry.handle, "note": note or None},
        lambda console: console.row([entry.handle, note]),
    )
