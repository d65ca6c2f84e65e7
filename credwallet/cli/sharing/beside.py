"""Which words after `credwallet share` are commands, and not credentials?

`share` takes credentials, so that the usual thing needs the fewest words. The words
here come first; a credential that is called like one of them is named by its handle.
"""

from importlib import import_module
from inspect import getdoc
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperCommand
from typer.main import get_command

from credwallet.cli.app import CONTEXT, GLOBALS, PLAIN
from credwallet.cli.sharing.handing_over import Form

if TYPE_CHECKING:
    from collections.abc import Sequence

BESIDE = {
    "log": "credwallet.cli.sharing.log",
    "page": "credwallet.cli.sharing.page",
}
"""Each word with the module whose `command` it runs."""


class ShareCommand(TyperCommand):
    """A command with some commands of its own beside its arguments.

    Its `--qr` may stand alone, also in front of an ID.
    """

    @property
    def commands(self) -> dict[str, Any]:
        """The commands beside it, by their word."""
        return {word: _built(word) for word in BESIDE}

    def make_context(
        self, info_name: Any, args: list[str], parent: Any = None, **extra: Any
    ) -> Any:
        """Let the first word choose the command.

        Args:
            info_name: What the command was called by.
            args: The words behind it; the first may be one of `BESIDE`.
            parent: Typer's context around this one, None at the top.
            extra: What Typer passes on.

        """
        if args[:1] and args[0] in BESIDE:
            inner = _built(args[0])
            name = f"{info_name} {args[0]}"
            return inner.make_context(name, args[1:], parent=parent, **extra)
        return super().make_context(info_name, args, parent=parent, **extra)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse the arguments, after a lonely `--qr` got its value."""
        return super().parse_args(ctx, with_form(args))


def _built(word: str) -> Any:
    function = import_module(BESIDE[word]).command
    app = typer.Typer(**PLAIN)
    app.command(word, help=getdoc(function), epilog=GLOBALS, context_settings=CONTEXT)(
        function
    )
    return get_command(app)


def with_form(args: "Sequence[str]") -> list[str]:
    """Write each `--qr` that no form follows as `--qr=auto`.

    Args:
        args: The arguments of the command.

    """
    following = (*args, "")[1:]
    forms = {form.value for form in Form}
    return [
        f"--qr={Form.AUTO}" if arg == "--qr" and after not in forms else arg
        for arg, after in zip(args, following, strict=True)
    ]
