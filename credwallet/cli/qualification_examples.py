"""`credwallet qualification examples`: the files that come with credwallet."""

from typing import TYPE_CHECKING, Annotated

import typer

from credwallet.cli.adding_up.inputs import QUALIFICATIONS
from credwallet.cli.output import Result
from credwallet.errors import Usage

if TYPE_CHECKING:
    from credwallet.cli.session import Session
    from credwallet.cli.terminal.console import Console
    from credwallet.model.qualification import Qualification


def examples(
    ctx: typer.Context,
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[NAME]...", help="Of an example; comptia is all of its twelve."
        ),
    ] = None,
    add: Annotated[
        bool, typer.Option("--add", help="Keep them in the wallet, to try them out.")
    ] = False,
) -> Result:
    """List the examples, or print one to start your own file from.

    Their identifiers are placeholders: put in those of your own badges, and check the
    rules with the awarding body.

    Example: credwallet qualification examples my/diploma >my.toml
    """
    from credwallet.stacking import load  # noqa: PLC0415 -- lazily: tomllib
    from credwallet.stacking.examples import (  # noqa: PLC0415 -- with its use
        EXAMPLES,
        example,
        names_of,
    )

    session: Session = ctx.obj
    if add and not names:
        raise Usage("--add needs a name", next_step="qualification examples lists them")
    wanted = names or EXAMPLES
    chosen = tuple(dict.fromkeys(each for name in wanted for each in names_of(name)))
    if names and not add and len(chosen) > 1:
        raise Usage(
            f"one file holds one qualification, and these are {len(chosen)}",
            next_step="name one of them, or keep all with --add",
        )
    texts = {name: example(name) for name in chosen}
    rules = {name: load(text, name) for name, text in texts.items()}
    rows = [_row_json(rule) for rule in rules.values()]
    if add:
        kept = [
            (rule, _keep(session, name, texts[name])) for name, rule in rules.items()
        ]
        return Result(
            {"examples": [{**_row_json(rule), "is": what} for rule, what in kept]},
            lambda console: console.rows([r.id, r.title, what] for r, what in kept),
        )
    if names:
        (text,) = texts.values()
        return Result(
            {"examples": rows, "toml": text}, lambda console: _print(console, text)
        )
    return Result(
        {"examples": rows}, lambda console: _show_list(console, tuple(rules.values()))
    )


def _keep(session: "Session", name: str, text: str) -> str:
    vault = session.vault()
    old = vault.document(QUALIFICATIONS, name)
    vault.put_document(QUALIFICATIONS, name, text.encode())
    return "added" if old is None else "replaced"


def _row_json(rule: "Qualification") -> dict[str, str | None]:
    return {
        "id": rule.id,
        "title": rule.title,
        "text": rule.text or None,
        "basis": rule.basis,
        "source": rule.source or None,
        "readOn": rule.read_on.isoformat() if rule.read_on else None,
    }


def _print(console: "Console", text: str) -> None:
    for line in text.splitlines():
        console.line(line)


def _show_list(console: "Console", rules: "tuple[Qualification, ...]") -> None:
    console.table(
        ("NAME", "BASIS", "TITLE"),
        [(rule.id, rule.basis, rule.title) for rule in rules],
        flexible=(2,),
    )
