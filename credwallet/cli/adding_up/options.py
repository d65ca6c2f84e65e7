"""Options of what is counted, alike in `stack-progress`, `next` and `plan`."""

from pathlib import Path
from typing import Annotated

import typer

Kept = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[QUALIFICATION]...", help="Kept in the wallet; none: all of them."
    ),
]
QualificationFiles = Annotated[
    list[Path] | None,
    typer.Option(metavar="FILE", help="A qualification file; repeats."),
]
WhatIf = Annotated[
    list[Path] | None,
    typer.Option(metavar="FILE", help="Credentials to assume; repeats."),
]
NoWallet = Annotated[
    bool, typer.Option("--no-wallet", help="Count only what --what-if assumes.")
]
AsOf = Annotated[
    str | None, typer.Option(metavar="DATE", help="Another day than today.")
]
Assume = Annotated[
    bool, typer.Option("--assume", help="Let your own exceptions and tags count.")
]
AssumeUnverified = Annotated[
    bool, typer.Option("--assume-unverified", help="Let unverified ones count.")
]
OfferFiles = Annotated[
    list[Path] | None,
    typer.Option(metavar="FILE", help="Offers in TOML, CSV or CTDL; repeats."),
]
Modes = Annotated[
    list[str] | None,
    typer.Option(metavar="MODE", help="Only online, face or blended; repeats."),
]
Currency = Annotated[
    str | None, typer.Option(metavar="EUR", help="In which to add and compare costs.")
]
Rates = Annotated[
    list[str] | None,
    typer.Option(metavar="USD=0.92", help="What 1 USD is worth in it; repeats."),
]
