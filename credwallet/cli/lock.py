"""`credwallet lock`."""

from typing import TYPE_CHECKING

import typer

from credwallet.cli.agent import client
from credwallet.cli.output import Result
from credwallet.cli.unlocking import work as unlocking

if TYPE_CHECKING:
    from credwallet.cli.session import Session


def command(ctx: typer.Context) -> Result:
    """Needs no passphrase; the agent wipes the key and ends.

    Example: credwallet lock
    """
    session: Session = ctx.obj
    place = unlocking.agent_place(session)
    was_open = place is not None and client.lock(place)
    words = "locked" if was_open else "it was locked already"
    return Result(
        {"home": str(session.home), "wasUnlocked": was_open},
        lambda console: console.line(words),
    )
