"""`credwallet share log`."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from credwallet.cli.output import ExitCode, Result
from credwallet.cli.plural import amount
from credwallet.cli.sharing.shared import SHARED, Line, lines, to_json
from credwallet.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from credwallet.cli.session import Session
    from credwallet.cli.terminal.console import Console
    from credwallet.store import Vault


def command(
    ctx: typer.Context,
    handles: Annotated[
        list[str] | None,
        typer.Argument(metavar="CREDENTIAL...", help="Only of these credentials."),
    ] = None,
    clear: Annotated[
        bool, typer.Option("--clear", help="Forget these lines, after a question.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> Result:
    """List what you handed over: when, in which way, what, to whom, and where it went.

    The log is sealed in the wallet. Clearing it takes nothing back.

    A credential that is called log is shared by its handle.

    Examples: credwallet share log; credwallet share log k7wq --json
    """
    session: Session = ctx.obj
    vault = session.vault()
    wanted = _wanted(vault, lines(vault), handles or ())
    if clear:
        return _clear(session, vault, wanted, yes=yes)
    return Result(
        {"log": [to_json(line) for line in wanted.values()]},
        lambda console: _show(console, tuple(wanted.values())),
    )


def _wanted(
    vault: "Vault", kept: "Mapping[str, Line]", handles: "Sequence[str]"
) -> "Mapping[str, Line]":
    if not handles:
        return kept
    found: dict[str, Line] = {}
    for handle in handles:
        digests = _digest(vault, handle)
        of_it = {
            name: line
            for name, line in kept.items()
            if any(
                part.sha256 in digests or handle in (part.handle, part.id, part.name)
                for part in line.parts
            )
        }
        if not of_it and not digests:
            raise NotFound(
                f"neither the wallet nor the log knows {handle}",
                next_step="see: credwallet share log",
            )
        found |= of_it
    return {name: found[name] for name in sorted(found)}


def _digest(vault: "Vault", handle: str) -> tuple[str, ...]:
    """Find a credential that may have been deleted for good since."""
    try:
        return (vault.find(handle).summary.sha256,)
    except NotFound:
        return ()


def _clear(
    session: "Session", vault: "Vault", wanted: "Mapping[str, Line]", *, yes: bool
) -> Result:
    count = amount(len(wanted), "line")
    question = f"Forget {count} of the log? What went out stays out."
    if wanted and not yes and not session.confirm(question, flag="--yes"):
        session.console.note("nothing was forgotten")
        return Result({"cleared": 0}, lambda _: None, ExitCode.ERROR)
    for name in wanted:
        vault.remove_document(SHARED, name)
    return Result(
        {"cleared": len(wanted)}, lambda console: console.row([f"forgot {count}"])
    )


def _show(console: "Console", found: "Sequence[Line]") -> None:
    if not found:
        console.hint("nothing was handed over yet")
        return
    rows: list[tuple[Any, ...]] = [
        (
            line.at[:16].replace("T", " "),
            line.way,
            ", ".join(_part(part) for part in line.parts),
            line.to,
            ", ".join(line.where),
        )
        for line in found
    ]
    console.table(("WHEN", "AS", "WHAT", "TO", "WHERE"), rows, flexible=(2, 3, 4))


def _part(part: Any) -> str:
    name = part.name or part.id or part.handle
    return name if part.places is None else f"{name} (in part)"
