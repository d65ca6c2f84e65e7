"""`credwallet refresh`: its arguments; the work is in `refreshing`."""

from typing import Annotated

import typer

from credwallet.cli.handed_in import Documents
from credwallet.cli.output import Result


def command(
    ctx: typer.Context,
    what: Annotated[
        list[str] | None,
        typer.Argument(metavar="ID", help="Handles of the wallet."),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Every credential in the wallet.")
    ] = False,
    documents: Documents = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Ask, and keep nothing of the answers.")
    ] = False,
) -> Result:
    """Only issuers that offer newer copies are asked, each of its own badges.

    Asking tells the issuer that you look at the badge, --dry-run too. A newer copy that
    is good takes the place of the one in the wallet; your tags and your note stay.
    verify --refresh does the same beside its report. Exit code 0 if every issuer that
    offers it was asked, 4 if one could not be, 3 if one answered with something else.

    Examples: credwallet refresh k7wq; credwallet refresh --all;
    credwallet refresh --all --dry-run
    """
    from credwallet.cli.checking import refreshing  # noqa: PLC0415 -- lazily: for --help

    return refreshing.run(
        ctx.obj,
        refreshing.Request(
            handles=tuple(what or ()),
            everything=everything,
            documents=documents,
            dry_run=dry_run,
        ),
    )
