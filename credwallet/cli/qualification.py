"""`credwallet qualification`: the group, and keeping files: add, list, show, lint."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from credwallet.cli.adding_up.inputs import (
    QUALIFICATIONS,
    kept_text,
    load_file,
    read_text,
)
from credwallet.cli.app import new_group
from credwallet.cli.output import ExitCode, Result
from credwallet.cli.qualification_examples import examples
from credwallet.cli.qualification_import import import_drafts
from credwallet.cli.qualification_link import exceptions, link, unlink, waive

if TYPE_CHECKING:
    from credwallet.cli.session import Session
    from credwallet.cli.terminal.console import Console
    from credwallet.model.qualification import Qualification
    from credwallet.stacking import Finding

group = new_group("Keep qualification files in the wallet.")
group.command("examples")(examples)
group.command("import", no_args_is_help=True)(import_drafts)
group.command("link", no_args_is_help=True)(link)
group.command("waive", no_args_is_help=True)(waive)
group.command("exceptions")(exceptions)
group.command("unlink", no_args_is_help=True)(unlink)


@group.command("add", no_args_is_help=True)
def add(
    ctx: typer.Context,
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="Qualification files.")
    ],
) -> Result:
    """Keep qualification files; one of the same id is replaced.

    Example: credwallet qualification add diploma.toml
    """
    session: Session = ctx.obj
    loaded = [(load_file(path), read_text(path)) for path in files]
    vault = session.vault()
    done: list[tuple[Qualification, str]] = []
    for qualification, text in loaded:
        old = vault.document(QUALIFICATIONS, qualification.id)
        vault.put_document(QUALIFICATIONS, qualification.id, text.encode())
        done.append((qualification, "added" if old is None else "replaced"))
    return Result(
        {"qualifications": [{**_row_json(q), "is": what} for q, what in done]},
        lambda console: console.rows([q.id, q.title, what] for q, what in done),
    )


@group.command("list")
def list_qualifications(ctx: typer.Context) -> Result:
    """List the qualifications that the wallet keeps.

    Example: credwallet qualification list
    """
    from credwallet.stacking import load  # noqa: PLC0415 -- lazily: tomllib

    session: Session = ctx.obj
    kept = [
        load(data.decode("utf-8", "replace"), name)
        for name, data in sorted(session.vault().documents(QUALIFICATIONS).items())
    ]
    return Result(
        {"qualifications": [_row_json(entry) for entry in kept]},
        lambda console: _show_list(console, kept),
    )


@group.command("show", no_args_is_help=True)
def show(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="ID")],
) -> Result:
    """Show the file of a kept qualification.

    Example: credwallet qualification show harbour/data-practice >copy.toml
    """
    from credwallet.stacking import load  # noqa: PLC0415 -- lazily: tomllib

    session: Session = ctx.obj
    text = kept_text(session.vault(), name)
    qualification = load(text, name)

    def show_text(console: "Console") -> None:
        for line in text.expandtabs().splitlines():
            console.line(line)

    return Result(
        {"qualification": _row_json(qualification), "toml": text},
        show_text,
    )


@group.command("lint", no_args_is_help=True)
def lint_files(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...")],
) -> Result:
    """Name everything in qualification files that is wrong or doubtful.

    Of several files also what is wrong between them. Exit code 2 if a file, or all of
    them together, could not be used.

    Example: credwallet qualification lint diploma.toml
    """
    from credwallet.stacking import lint, lint_together  # noqa: PLC0415 -- lazily

    texts = {path: read_text(path) for path in files}
    found = [(path, entry) for path, text in texts.items() for entry in lint(text)]
    named = [(str(path), text) for path, text in texts.items()]
    found += [(Path(name), entry) for name, entry in lint_together(named)]
    wrong = any(finding.severity == "error" for _, finding in found)
    return Result(
        {"findings": [_finding_json(path, finding) for path, finding in found]},
        lambda console: _show_findings(console, found),
        ExitCode.USAGE if wrong else ExitCode.OK,
    )


@group.command("remove", no_args_is_help=True)
def remove(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="ID")],
) -> Result:
    """Stop keeping a qualification.

    Example: credwallet qualification remove harbour/data-practice
    """
    session: Session = ctx.obj
    vault = session.vault()
    kept_text(vault, name)
    vault.remove_document(QUALIFICATIONS, name)
    return Result(
        {"qualification": name, "is": "removed"},
        lambda console: console.row([name, "removed"]),
    )


def _row_json(qualification: "Qualification") -> dict[str, Any]:
    return {
        "id": qualification.id,
        "title": qualification.title,
        "version": qualification.version or None,
        "awardedBy": list(qualification.awarded_by),
        "requirements": [entry.id for entry in qualification.requirements],
        "basis": qualification.basis,
        "source": qualification.source or None,
        "readOn": qualification.read_on.isoformat() if qualification.read_on else None,
    }


def _show_list(console: "Console", kept: "list[Qualification]") -> None:
    if not kept:
        console.hint("none yet: credwallet qualification add FILE")
        return
    console.table(
        ("ID", "TITLE", "VERSION", "REQUIREMENTS"),
        [
            (entry.id, entry.title, entry.version, str(len(entry.requirements)))
            for entry in kept
        ],
        flexible=(1,),
    )


def _finding_json(path: Path, finding: "Finding") -> dict[str, Any]:
    return {"file": str(path), **finding._asdict()}


def _show_findings(console: "Console", found: "list[tuple[Path, Finding]]") -> None:
    if not found:
        console.hint("nothing to complain about")
    for path, finding in found:
        hint = f" ({finding.hint})" if finding.hint else ""
        console.line(
            f"{path}:{finding.line}:{finding.column}: "
            f"{finding.severity}: {finding.message}{hint}"
        )
