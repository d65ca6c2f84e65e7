"""`credwallet share page`."""

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from credwallet.cli.export import write_new
from credwallet.cli.output import Result
from credwallet.errors import Usage

if TYPE_CHECKING:
    from credwallet.cli.session import Session
    from credwallet.cli.terminal.console import Console

_NAME = "index.html"
_MEDIA_TYPE = "text/html"


def command(
    ctx: typer.Context,
    out: Annotated[
        Path | None, typer.Option(help="The file to write, or a folder.")
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Overwrite a file that is there.")
    ] = False,
) -> Result:
    """Write the page that links open, to put it on a host of static files once.

    It is one file without any credential in it. It shows and verifies what follows the
    # of a link in the browser of whoever opens it; that part of a link is never sent
    to the host. Then: credwallet share ID --as link --page https://...

    A credential that is called page is shared by its handle.

    Examples: credwallet share page --out index.html
    """
    from credwallet.share.page import empty_page  # noqa: PLC0415 -- lazily: rare

    session: Session = ctx.obj
    content = empty_page()
    digest = hashlib.sha256(content).hexdigest()
    if out is None:
        if session.console.terminal or session.settings.json:
            raise Usage(
                "a page does not go to the terminal, nor inside --json",
                next_step=f"name a file: --out {_NAME}",
            )
        session.write_bytes(content, _MEDIA_TYPE)
        return Result({"files": [], "sha256": digest}, lambda _: None)
    path = out / _NAME if out.is_dir() else out
    write_new(path, content, force=force)
    written = {"path": str(path), "mediaType": _MEDIA_TYPE, "bytes": len(content)}

    def show(console: "Console") -> None:
        console.row([str(path)])
        console.note(f"SHA-256 {digest}: publish it, so that receivers can compare")
        console.note("put it on any host of static files, such as your own web space")
        console.note(
            "then: credwallet share ID --as link --page https://..., or set"
            " CREDWALLET_PAGE to its address"
        )

    return Result({"files": [written], "sha256": digest}, show)
