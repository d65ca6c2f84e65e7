"""`credwallet list`: its arguments; the work is in `listing`."""

from typing import Annotated

import typer

from credwallet.cli.listing import work as listing
from credwallet.cli.listing.filter_options import (
    Collections,
    Expiring,
    Issuer,
    IsVerdict,
    Kind,
    Query,
    Saved,
    Skill,
    Tags,
)
from credwallet.cli.listing.filtering import Filter, Sort, with_saved
from credwallet.cli.output import Result


def command(
    ctx: typer.Context,
    issuer: Issuer = None,
    skill: Skill = None,
    tag: Tags = None,
    kind: Kind = None,
    verdict: IsVerdict = None,
    expiring: Expiring = None,
    query: Query = None,
    collection: Collections = None,
    saved: Saved = None,
    save: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Save this filter, for --filter NAME."),
    ] = None,
    sort: Annotated[
        Sort | None, typer.Option(help="Order of the list; without it by name.")
    ] = None,
    trash: Annotated[
        bool, typer.Option("--trash", help="List the trash instead.")
    ] = False,
) -> Result:
    """One line each: handle, name, issuer, dates, verdict of the last report.

    A saved filter keeps options by a name; what is given beside it wins over it.

    Examples: credwallet list; credwallet list --expiring 60d;
    credwallet list --json --tag python;
    credwallet list --issuer harbour --verdict valid --save harbour;
    credwallet list --filter harbour
    """
    given = Filter(
        issuer=issuer,
        skill=skill,
        tags=tuple(tag or ()),
        kind=kind,
        verdict=verdict,
        expiring=expiring,
        query=query,
        collections=tuple(collection or ()),
        sort=sort,
        trash=trash,
    )
    return listing.run(ctx.obj, with_saved(ctx.obj, saved, given), save=save)
