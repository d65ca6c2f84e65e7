"""`credwallet verify`: its arguments; the work is in `verifying`."""

from typing import Annotated

import typer

from credwallet.cli.handed_in import Documents, TrustList
from credwallet.cli.listing.filter_options import Collections, Saved
from credwallet.cli.output import Result


def command(
    ctx: typer.Context,
    what: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="ID|FILE", help="Handles of the wallet, files, - or addresses."
        ),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Every credential in the wallet.")
    ] = False,
    collection: Collections = None,
    saved: Saved = None,
    at: Annotated[
        str | None,
        typer.Option(metavar="TIME", help="Judge validity at this moment."),
    ] = None,
    require_known_issuer: Annotated[
        bool,
        typer.Option(
            "--require-known-issuer", help="Not valid unless you know the issuer."
        ),
    ] = False,
    documents: Documents = None,
    trust_list: TrustList = None,
    refresh: Annotated[
        bool,
        typer.Option("--refresh", help="Ask issuers for newer copies, and keep them."),
    ] = False,
) -> Result:
    """Exit code 0 only if every required check passed.

    Verifying a file needs no wallet. For credentials of the wallet the new report is
    kept, unless it is one for another time, for known issuers only, or from offline
    and could not tell. --refresh tells the issuer that you look at the badge; a newer
    copy that is good takes the place of the one in the wallet.

    Examples: credwallet verify badge.json; credwallet verify --all --offline;
    credwallet verify k7wq --at 2026-01-31; credwallet verify --collection job
    """
    from credwallet.cli import verifying  # noqa: PLC0415 -- lazily: for --help

    return verifying.run(
        ctx.obj,
        verifying.Request(
            what=tuple(what or ()),
            everything=everything,
            collections=tuple(collection or ()),
            saved=saved,
            at=at,
            require_known_issuer=require_known_issuer,
            documents=documents,
            trust_list=trust_list,
            refresh=refresh,
        ),
    )
