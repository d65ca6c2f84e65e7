"""`credwallet filter list|remove`."""

from typing import TYPE_CHECKING, Annotated

import typer

from credwallet.cli.app import new_group
from credwallet.cli.listing.kept_filters import (
    FILTERS,
    filter_json,
    filters,
    saved,
    words_of,
)
from credwallet.cli.output import Result

if TYPE_CHECKING:
    from credwallet.cli.listing.filtering import Filter
    from credwallet.cli.session import Session
    from credwallet.cli.terminal.console import Console

group = new_group("List and remove the filters that list --save keeps.")


@group.command("list")
def list_filters(ctx: typer.Context) -> Result:
    """List your saved filters, each with the options that it stands for.

    Examples: credwallet filter list; credwallet filter list --json
    """
    session: Session = ctx.obj
    kept = filters(session.vault())
    rows = [{"name": name, "filter": filter_json(wish)} for name, wish in kept.items()]
    return Result({"filters": rows}, lambda console: _show(console, kept))


@group.command("remove", no_args_is_help=True)
def remove(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME")],
) -> Result:
    """Forget a saved filter; no credential is touched.

    Example: credwallet filter remove harbour
    """
    session: Session = ctx.obj
    vault = session.vault()
    saved(vault, name)
    vault.remove_document(FILTERS, name)
    return Result(
        {"filter": name, "is": "removed"},
        lambda console: console.row([name, "removed"]),
    )


def _show(console: "Console", kept: "dict[str, Filter]") -> None:
    if not kept:
        console.hint("none yet: credwallet list --tag python --save python")
        return
    console.table(
        ("NAME", "OPTIONS"),
        [(name, _options(wish)) for name, wish in kept.items()],
        flexible=(0, 1),
    )


def _options(wish: "Filter") -> str:
    """Spell the options so that a shell reads them back."""
    import shlex  # noqa: PLC0415 -- lazily: for --help

    return shlex.join(words_of(wish))
