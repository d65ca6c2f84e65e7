"""`credwallet show`: its arguments; the work is in `showing`."""

from typing import Annotated

import typer

from credwallet.cli.output import Result

NO_ARGS_IS_HELP = True


def command(
    ctx: typer.Context,
    handle: Annotated[str, typer.Argument(metavar="ID", help="Handle, id or name.")],
    raw: Annotated[
        bool, typer.Option("--raw", help="The bytes received, unchanged.")
    ] = False,
    image: Annotated[
        bool | None,
        typer.Option(
            "--image/--no-image", help="Its picture, where the terminal draws some."
        ),
    ] = None,
) -> Result:
    """Tell what it is, who says so, what was checked, and what it proves.

    Examples: credwallet show k7wq; credwallet show k7wq --raw >badge.json;
    credwallet show k7wq --no-image
    """
    from credwallet.cli.showing import work as showing  # noqa: PLC0415 -- lazily: for --help

    return showing.run(ctx.obj, handle, raw=raw, image=image)
