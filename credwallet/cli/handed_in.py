"""Options for what the learner was given beside a badge, alike in every command."""

from pathlib import Path
from typing import Annotated

import typer

Documents = Annotated[
    Path | None,
    typer.Option(
        metavar="MAP.json",
        help="JSON object of address to file: documents that you were given.",
    ),
]
TrustList = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="Certificates that you trust: PEM, DER, base64 or an EU trusted list.",
    ),
]
