"""`credwallet tag`."""

from typing import TYPE_CHECKING, Annotated

import typer

from credwallet.cli.output import Result
from credwallet.cli.tagging import check_tags
from credwallet.cli.trash import find_all

if TYPE_CHECKING:
    from credwallet.cli.session import Session

NO_ARGS_IS_HELP = True


def command(
    ctx: typer.Context,
    handles: Annotated[list[str], typer.Argument(metavar="ID")],
    add: Annotated[
        list[str] | None, typer.Option(help="A tag to put on; repeats.")
    ] = None,
    remove: Annotated[
        list[str] | None, typer.Option(help="A tag to take off; repeats.")
    ] = None,
) -> Result:
    """Without --add and --remove the tags are listed.

    Examples: credwallet tag k7wq --add python --add work; credwallet list --tag work
    """
    session: Session = ctx.obj
    check_tags(add or ())
    rows = []
    for entry in find_all(session, handles):
        kept = [tag for tag in entry.summary.tags if tag not in (remove or ())]
        tags = tuple(dict.fromkeys([*kept, *(tag.strip() for tag in add or ())]))
        if tags != tuple(entry.summary.tags):
            session.vault().update(entry.rid, summary=entry.summary._replace(tags=tags))
        rows.append((entry.handle, tags))
    return Result(
        {"credentials": [{"handle": h, "tags": list(tags)} for h, tags in rows]},
        lambda console: console.rows((h, ", ".join(tags)) for h, tags in rows),
    )
