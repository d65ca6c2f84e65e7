"""Options that choose credentials, alike in `list`, `skills`, `timeline` and others."""

from typing import Annotated

import typer

from credwallet.model.report import Verdict

Issuer = Annotated[
    str | None, typer.Option(help="Part of the issuer's name or identifier.")
]
Skill = Annotated[str | None, typer.Option(help="Part of a skill's name.")]
Tags = Annotated[
    list[str] | None, typer.Option("--tag", help="A tag, whole; of several all.")
]
Kind = Annotated[
    str | None, typer.Option("--type", help="Part of a type or achievement type.")
]
IsVerdict = Annotated[Verdict | None, typer.Option(help="The word of the last report.")]
Expiring = Annotated[
    str | None,
    typer.Option(metavar="60d", help="Expires within so many days (d) or weeks (w)."),
]
Query = Annotated[str | None, typer.Option(help="Part of anything that is shown.")]
Collections = Annotated[
    list[str] | None,
    typer.Option("--collection", metavar="NAME", help="In this collection; repeats."),
]
Saved = Annotated[
    str | None,
    typer.Option("--filter", metavar="NAME", help="A saved filter; options go before."),
]
