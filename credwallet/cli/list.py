"""`credwallet list`: its arguments; the work is in `listing`."""

from typing import Annotated

import typer

from credwallet.cli import listing
from credwallet.cli.listing import Sort
from credwallet.cli.output import Result
from credwallet.model.report import Verdict


def command(
    ctx: typer.Context,
    issuer: Annotated[
        str | None, typer.Option(help="Part of the issuer's name or identifier.")
    ] = None,
    skill: Annotated[str | None, typer.Option(help="Part of a skill's name.")] = None,
    tag: Annotated[str | None, typer.Option(help="A tag, whole.")] = None,
    kind: Annotated[
        str | None, typer.Option("--type", help="Part of a type or achievement type.")
    ] = None,
    verdict: Annotated[
        Verdict | None, typer.Option(help="The word of the last report.")
    ] = None,
    expiring: Annotated[
        str | None,
        typer.Option(
            metavar="60d", help="Expires within so many days (d) or weeks (w)."
        ),
    ] = None,
    query: Annotated[
        str | None, typer.Option(help="Part of anything that is shown.")
    ] = None,
    sort: Annotated[Sort, typer.Option(help="Order of the list.")] = Sort.NAME,
    trash: Annotated[
        bool, typer.Option("--trash", help="List the trash instead.")
    ] = False,
) -> Result:
    """One line each: handle, name, issuer, dates, verdict of the last report.

    Examples: credwallet list; credwallet list --expiring 60d;
    credwallet list --json --tag python
    """
    return listing.run(
        ctx.obj,
        listing.Filter(
            issuer=issuer,
            skill=skill,
            tag=tag,
            kind=kind,
            verdict=verdict,
            expiring=expiring,
            query=query,
            sort=sort,
            trash=trash,
        ),
    )
