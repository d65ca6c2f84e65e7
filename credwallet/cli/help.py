"""`credwallet help`."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from credwallet.cli.fast import help_of
from credwallet.cli.helping.suggesting import did_you_mean
from credwallet.cli.output import MEANING, Result
from credwallet.errors import Usage

if TYPE_CHECKING:
    from credwallet.cli.terminal.console import Console


def command(
    ctx: typer.Context,  # noqa: ARG001 -- every command takes the context
    topic: Annotated[
        list[str] | None,
        typer.Argument(help="A topic or a command; else all commands."),
    ] = None,
) -> Result:
    """Print the tables that the program itself uses, or the help of a command.

    Topics: exit-codes, formats, config, environment.

    Examples: credwallet help exit-codes; credwallet help formats;
    credwallet help environment; credwallet help issuer trust
    """
    words = topic or []
    if not words:
        return explained("")
    if len(words) == 1 and words[0] in TOPICS:
        return TOPICS[words[0]]()
    path = " ".join(words)
    if not help_of(path):
        from credwallet.cli.baked import COMMANDS  # noqa: PLC0415 -- with its use

        raise Usage(
            f"there is no topic or command {path}",
            next_step=did_you_mean(
                path, (*TOPICS, *COMMANDS), f"choose from {', '.join(TOPICS)}"
            ),
        )
    return explained(path)


def explained(path: str) -> Result:
    """Print the help of a command.

    Args:
        path: The words that call it, `""` for all of `credwallet`.

    """
    text = help_of(path)
    lines = text.splitlines()
    return Result({"help": text}, lambda console: _lines(console, lines))


def _lines(console: "Console", lines: list[str]) -> None:
    for line in lines:
        console.line(line)


def _table(
    member: str, names: "Sequence[str]", rows: "Sequence[tuple[int | str, ...]]"
) -> Result:
    return Result(
        {member: [dict(zip(names, row, strict=True)) for row in rows]},
        lambda console: console.table(
            [name.upper() for name in names],
            [tuple(map(str, row)) for row in rows],
            flexible=(len(names) - 1,),
        ),
    )


def _exit_codes() -> Result:
    codes = [(int(code), code.name, text) for code, text in MEANING.items()]
    return _table("exitCodes", ("code", "name", "meaning"), codes)


def _formats() -> Result:
    return _table("supported", ("what", "name", "how"), supported())


def _config() -> Result:
    from credwallet.cli.configuring.keys import KEYS  # noqa: PLC0415 -- lazily: rare

    rows = [
        (name, "|".join(key.allowed) or key.kind, key.default, key.meaning)
        for name, key in KEYS.items()
    ]
    table = _table("keys", ("key", "values", "default", "meaning"), rows)

    def show(console: "Console") -> None:
        table.show(console)
        console.hint("how they are set: credwallet config --help")

    return Result(table.data, show)


def _environment() -> Result:
    from credwallet.cli.helping.variables import VARIABLES  # noqa: PLC0415 -- lazily: rare

    return _table("variables", ("variable", "meaning"), list(VARIABLES.items()))


TOPICS: dict[str, Callable[[], Result]] = {
    "exit-codes": _exit_codes,
    "formats": _formats,
    "config": _config,
    "environment": _environment,
}

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
