"""`credwallet help`."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from credwallet.cli.output import MEANING, Result

if TYPE_CHECKING:
    from collections.abc import Sequence

    from credwallet.cli.console import Console


class Topic(StrEnum):
    """What can be explained."""

    EXIT_CODES = "exit-codes"
    FORMATS = "formats"


def command(
    ctx: typer.Context,  # noqa: ARG001 -- every command takes the context
    topic: Annotated[
        Topic | None, typer.Argument(help="What to explain; else the commands.")
    ] = None,
) -> Result:
    """Print the tables that the program itself uses.

    Examples: credwallet help exit-codes; credwallet help formats
    """
    if topic is None:
        return everything()
    if topic is Topic.EXIT_CODES:
        codes = [(int(code), code.name, text) for code, text in MEANING.items()]
        return _table("exitCodes", ("code", "name", "meaning"), codes)
    return _table("supported", ("what", "name", "how"), supported())


def everything() -> Result:
    """Print the help of `credwallet` itself."""
    from credwallet.cli.baked import ROOT_HELP  # noqa: PLC0415 -- with its user

    lines = ROOT_HELP.splitlines()
    return Result({"help": ROOT_HELP}, lambda console: _lines(console, lines))


def _table(
    member: str, names: "Sequence[str]", rows: "Sequence[tuple[int | str, str, str]]"
) -> Result:
    return Result(
        {member: [dict(zip(names, row, strict=True)) for row in rows]},
        lambda console: console.table(
            [name.upper() for name in names],
            [tuple(map(str, row)) for row in rows],
            flexible=(2,),
        ),
    )


def _lines(console: "Console", lines: list[str]) -> None:
    for line in lines:
        console.line(line)


_CARRIERS = (
    ("carrier", "zip", "opened"),
    ("carrier", "html", "searched for links that carry a badge"),
    ("carrier", "pdf", "searched for attached badges"),
    ("carrier", "QR code", "found in pictures, by the extra scan"),
)


def supported() -> list[tuple[str, str, str]]:
    """Read out of the tables what is supported."""
    from credwallet.formats import FORMATS  # noqa: PLC0415 -- lazily
    from credwallet.keys import METHODS  # noqa: PLC0415 -- lazily
    from credwallet.proofs import CRYPTOSUITES  # noqa: PLC0415 -- lazily
    from credwallet.proofs.jose import ALGORITHMS  # noqa: PLC0415 -- lazily
    from credwallet.share import WAYS  # noqa: PLC0415 -- lazily
    from credwallet.share.wallets import FORMS  # noqa: PLC0415 -- lazily
    from credwallet.status import STATUS_TYPES  # noqa: PLC0415 -- lazily
    from credwallet.trust.registries import KINDS  # noqa: PLC0415 -- lazily
    from credwallet.verify.schema import SCHEMAS  # noqa: PLC0415 -- lazily

    signatures = [name for names in ALGORITHMS.values() for name in names]
    return [
        *(("format", form.NAME, "read") for form in FORMATS),
        *_CARRIERS,
        *(("proof", name, "embedded") for name in CRYPTOSUITES),
        *(("proof", name, "JWT") for name in signatures),
        *(("key", f"did:{name}", "resolved") for name in METHODS),
        ("key", "https", "resolved"),
        *(("status", name, "looked up") for name in STATUS_TYPES),
        ("status", "status_list (IETF token)", "looked up"),
        *(("schema", name, "compared if at hand") for name in SCHEMAS),
        *(("registry", name, kind.SUMMARY) for name, kind in KINDS.items()),
        *(("way to share", name, "written") for name in WAYS),
        *(("whole wallet", name, "written and read") for name in FORMS),
    ]
