"""`credwallet identity add|list|remove`."""

from typing import TYPE_CHECKING, Annotated

import typer

from credwallet.cli.app import new_group
from credwallet.cli.kept import IDENTITIES, identities
from credwallet.cli.output import Result
from credwallet.errors import NotFound, Usage

if TYPE_CHECKING:
    from credwallet.cli.session import Session

group = new_group("Say which e-mail addresses and DIDs are yours.")


@group.command("list")
def list_identities(ctx: typer.Context) -> Result:
    """List what you said is yours.

    Example: credwallet identity list
    """
    session: Session = ctx.obj
    mine = identities(session.vault())
    return Result(
        {"identities": list(mine)},
        lambda console: (
            console.rows([identity] for identity in mine)
            if mine
            else console.hint("none yet: credwallet identity add you@example.org")
        ),
    )


@group.command("add", no_args_is_help=True)
def add(
    ctx: typer.Context,
    identity: Annotated[
        str, typer.Argument(help="An e-mail address or a DID of yours.")
    ],
) -> Result:
    """Add an e-mail address or DID, so that reports say which badges are about you.

    Example: credwallet identity add ada@example.org
    """
    session: Session = ctx.obj
    mine = _bare(identity)
    if not (mine.startswith("did:") or "@" in mine) or not mine.isprintable():
        raise Usage(
            f"{identity} is neither an e-mail address nor a DID",
            next_step="for example: credwallet identity add you@example.org",
        )
    session.vault().put_document(IDENTITIES, mine, b"")
    return Result(
        {"identity": mine, "is": "yours"}, lambda console: console.row([mine, "yours"])
    )


@group.command("remove", no_args_is_help=True)
def remove(
    ctx: typer.Context,
    identity: Annotated[str, typer.Argument()],
) -> Result:
    """Forget one of yours.

    Example: credwallet identity remove ada@example.org
    """
    session: Session = ctx.obj
    mine = _bare(identity)
    if mine not in identities(session.vault()):
        raise NotFound(
            f"{identity} is not among yours", next_step="see: credwallet identity list"
        )
    session.vault().remove_document(IDENTITIES, mine)
    return Result(
        {"identity": mine, "is": "forgotten"},
        lambda console: console.row([mine, "forgotten"]),
    )


def _bare(identity: str) -> str:
    """Spell it as it is kept: an address without its scheme."""
    return identity.strip().removeprefix("mailto:")
