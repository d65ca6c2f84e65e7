"""`credwallet qualification import`."""

from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from credwallet.cli.adding_up.inputs import QUALIFICATIONS
from credwallet.cli.output import Result
from credwallet.cli.session import read_file
from credwallet.errors import Usage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from credwallet.cli.session import Session
    from credwallet.cli.terminal.console import Console
    from credwallet.stacking.drafts import Drafted

# More notes than these tell nobody anything on a terminal; --json has all.
_SHOWN = 30


def import_drafts(
    ctx: typer.Context,
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="A CTDL pathway or credential, a learner record (CLR 2.0), a badge "
            "(Open Badges 3.0), or a European Learning Model credential.",
        ),
    ],
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Write the draft here; a folder if there are several."
        ),
    ] = None,
    add: Annotated[
        bool, typer.Option("--add", help="Keep the draft in the wallet.")
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Overwrite files that are there.")
    ] = False,
) -> Result:
    """Draft a qualification file from a file of another standard.

    The draft goes to stdout unless --out or --add says otherwise. Nothing is fetched
    and nothing is verified: compare the draft with its source. What could not be
    carried over stands in the draft and on stderr.

    Examples: credwallet qualification import pathway.json >mine.toml;
    credwallet qualification import record.json --out drafts --add
    """
    from credwallet.stacking.drafts import drafts_of  # noqa: PLC0415 -- lazily: rare

    session: Session = ctx.obj
    day = session.at.astimezone(UTC).date()
    drafted = drafts_of(read_file(file), file.name, read_on=day)
    only_shown = out is None and not add
    if only_shown and len(drafted) > 1 and not session.settings.json:
        names = ", ".join(each.id for each in drafted[:5])
        raise Usage(
            f"{file} holds {len(drafted)} sets of rules, and a file holds one: {names}",
            next_step="write them into a folder: --out FOLDER; or keep them: --add",
        )
    paths = _write(session, drafted, out, force=force) if out is not None else []
    kept = _keep(session, drafted) if add else []
    rows = [
        [each.id, each.title, *done]
        for each, *done in zip(drafted, *filter(None, (kept, paths)), strict=True)
    ]

    def show(console: "Console") -> None:
        _tell(console, drafted)
        if only_shown:
            _print(session, drafted[0].toml)
        else:
            console.rows(rows)

    return Result(
        {
            "qualifications": [
                _json(each, place, paths, kept) for place, each in enumerate(drafted)
            ]
        },
        show,
    )


def _write(
    session: "Session", drafted: "Sequence[Drafted]", out: Path, *, force: bool
) -> list[str]:
    from credwallet.cli.out import check_folder, note_folder  # noqa: PLC0415 -- lazily
    from credwallet.cli.unlocking.private_file import write_private  # noqa: PLC0415 -- lazily
    from credwallet.stacking.drafts.draft import slug  # noqa: PLC0415 -- lazily

    if len(drafted) == 1 and not out.is_dir():
        paths = [out]
    else:
        if len(drafted) > 1:
            check_folder(out, len(drafted))
        names: dict[str, None] = {}
        for each in drafted:
            name = slug(each.id, otherwise="draft")
            found = name if name not in names else f"{name}-{len(names) + 1}"
            names[found] = None
        paths = [out / f"{name}.toml" for name in names]
    if not force:
        there = next((path for path in paths if path.is_symlink() or path.exists()), "")
        if there:
            raise Usage(
                f"{there} is there already", next_step="name another, or give --force"
            )
    note_folder(session.console, paths[0])
    for each, path in zip(drafted, paths, strict=True):
        write_private(path, (each.toml.encode(),), force=force, mode=0o644)
    return [str(path) for path in paths]


def _keep(session: "Session", drafted: "Sequence[Drafted]") -> list[str]:
    vault = session.vault()
    done = []
    for each in drafted:
        old = vault.document(QUALIFICATIONS, each.id)
        vault.put_document(QUALIFICATIONS, each.id, each.toml.encode())
        done.append("added" if old is None else "replaced")
    return done


def _print(session: "Session", toml: str) -> None:
    if session.console.terminal:
        for line in toml.splitlines():
            session.console.row([line])
    else:
        session.write_bytes(toml.encode(), "application/toml")


def _tell(console: "Console", drafted: "Sequence[Drafted]") -> None:
    for each in drafted:
        counts = each.counts
        name = f"{each.id}: " if len(drafted) > 1 else ""
        console.note(
            f"{name}a draft, nothing was verified: {counts.carried} constructs carried "
            f"over, {counts.manual} for people to check, {counts.left} left out"
        )
        for note in each.notes[:_SHOWN]:
            console.note(f"{name}{note}")
        if len(each.notes) > _SHOWN:
            console.note(f"{name}and {len(each.notes) - _SHOWN} more: --json lists all")


def _json(
    drafted: "Drafted", place: int, paths: "Sequence[str]", kept: "Sequence[str]"
) -> dict[str, Any]:
    return {
        "id": drafted.id,
        "title": drafted.title,
        "toml": drafted.toml,
        "notes": list(drafted.notes),
        "counts": drafted.counts._asdict(),
        "path": paths[place] if paths else None,
        "is": kept[place] if kept else "drafted",
    }
