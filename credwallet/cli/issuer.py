"""`credwallet issuer list|trust|distrust|registry`."""

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from credwallet.cli.app import new_group
from credwallet.cli.issuer_registry import registry
from credwallet.cli.kept import ISSUERS, known_issuers
from credwallet.cli.output import Result
from credwallet.errors import NotFound, Usage
from credwallet.trust import KnownIssuer, to_json

if TYPE_CHECKING:
    from credwallet.cli.session import Session

group = new_group("Say which issuers you know.")
group.add_typer(registry, name="registry")


@group.command("list")
def list_issuers(ctx: typer.Context) -> Result:
    """List the issuers you know.

    Example: credwallet issuer list
    """
    session: Session = ctx.obj
    known = sorted(known_issuers(session.vault()).values())
    return Result(
        {"issuers": [to_json(issuer) for issuer in known]},
        lambda console: (
            console.table(
                ("ISSUER", "NAME", "SINCE"),
                [(issuer.id, issuer.name, issuer.since[:10]) for issuer in known],
                flexible=(0,),
            )
            if known
            else console.hint("you know none yet: credwallet issuer trust ID")
        ),
    )


@group.command("trust", no_args_is_help=True)
def trust(
    ctx: typer.Context,
    issuer: Annotated[
        str, typer.Argument(metavar="ISSUER", help="Its DID or address, or a handle.")
    ],
    name: Annotated[str, typer.Option(help="Your own name for it.")] = "",
) -> Result:
    """Know an issuer by its identifier, or by a badge of it that you hold.

    Examples: credwallet issuer trust k7wq;
    credwallet issuer trust did:web:harbour.example --name Harbour
    """
    session: Session = ctx.obj
    vault = session.vault()
    identifier, its_name = issuer, name
    if ":" not in issuer:
        summary = vault.find(issuer).summary
        identifier, its_name = summary.issuer_id, name or summary.issuer_name
    if not identifier:
        raise Usage("that badge names no issuer", next_step="give its DID or address")
    known = KnownIssuer(
        identifier, its_name, since=session.at.isoformat(timespec="seconds")
    )
    vault.put_document(ISSUERS, identifier, json.dumps(to_json(known)).encode())
    return _said(known, "known")


@group.command("distrust", no_args_is_help=True)
def distrust(
    ctx: typer.Context,
    issuer: Annotated[str, typer.Argument(metavar="ISSUER")],
) -> Result:
    """Forget an issuer that you know.

    Example: credwallet issuer distrust did:web:harbour.example
    """
    session: Session = ctx.obj
    vault = session.vault()
    known = known_issuers(vault).get(issuer)
    if known is None:
        raise NotFound(
            f"you do not know {issuer}", next_step="see: credwallet issuer list"
        )
    vault.remove_document(ISSUERS, issuer)
    return _said(known, "forgotten")


def _said(known: KnownIssuer, what: str) -> Result:
    data: dict[str, Any] = {"issuer": to_json(known), "is": what}
    return Result(data, lambda console: console.row([known.id, known.name, what]))
