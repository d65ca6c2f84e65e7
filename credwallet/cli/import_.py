"""`credwallet import`: its arguments; the work is in `importing`."""

from typing import Annotated

import typer

from credwallet.cli.handed_in import Documents, TrustList
from credwallet.cli.output import Result

NO_ARGS_IS_HELP = True


def command(
    ctx: typer.Context,
    sources: Annotated[
        list[str],
        typer.Argument(
            help="Files, folders, wallets, zip, html, pdf, QR codes, - or addresses.",
            metavar="SOURCE",
        ),
    ],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Verify and report, store nothing.")
    ] = False,
    atomic: Annotated[
        bool, typer.Option("--atomic", help="Store all, or nothing if one is bad.")
    ] = False,
    keep_invalid: Annotated[
        bool, typer.Option("--keep-invalid", help="Store what is invalid, too.")
    ] = False,
    tag: Annotated[
        list[str] | None, typer.Option(help="A tag of yours for them; repeats.")
    ] = None,
    documents: Documents = None,
    trust_list: TrustList = None,
    restore: Annotated[
        bool,
        typer.Option(
            "--restore", help="Of an export of yours take known issuers and the rest."
        ),
    ] = False,
) -> Result:
    """Store the bytes as they are; a badge that is there already is found again.

    The first import makes the wallet. An invalid badge is reported and not stored.

    Examples: credwallet import badge.json; credwallet import ~/Downloads/badges;
    curl https://issuer.example/badge | credwallet import -
    """
    from credwallet.cli.importing import work as importing  # noqa: PLC0415 -- lazily: for --help

    return importing.run(
        ctx.obj,
        importing.Request(
            sources=tuple(sources),
            dry_run=dry_run,
            atomic=atomic,
            keep_invalid=keep_invalid,
            tags=tuple(tag or ()),
            documents=documents,
            trust_list=trust_list,
            restore=restore,
        ),
    )
