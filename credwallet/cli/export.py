"""`credwallet export`."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from credwallet import formats
from credwallet.cli.output import Result
from credwallet.cli.session import Session
from credwallet.errors import StorageFailure, Usage
from credwallet.model.credential import Credential
from credwallet.share import file
from credwallet.share.handover import Request

if TYPE_CHECKING:
    from collections.abc import Sequence

    from credwallet.store import Entry, Vault


def command(
    ctx: typer.Context,
    handles: Annotated[
        list[str] | None,
        typer.Argument(metavar="ID", help="Handles, ids or names."),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Every credential in the wallet.")
    ] = False,
    out: Annotated[
        Path | None,
        typer.Option(help="A folder; for one credential also a file, or - for stdout."),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Overwrite files that are there.")
    ] = False,
) -> Result:
    """Write the bytes as they were received, so that any other wallet can take them.

    Examples: credwallet export --all --out backup-of-badges;
    credwallet export k7wq --out -
    """
    session: Session = ctx.obj
    if bool(handles) == everything:
        raise Usage("name credentials, or give --all", next_step="not both")
    vault = session.vault()
    entries = (
        [entry for entry in vault.entries() if not entry.summary.trashed_at]
        if everything
        else [vault.find(handle) for handle in handles or ()]
    )
    if out is None or str(out) == "-":
        return _to_stdout(session, vault, entries)
    files = _to_files(vault, entries, out, force=force)
    return Result(
        {"files": files},
        lambda console: console.rows([file["path"]] for file in files),
    )


def _to_stdout(session: Session, vault: "Vault", entries: "Sequence[Entry]") -> Result:
    if len(entries) != 1 or session.settings.json:
        raise Usage(
            "only one credential goes to stdout, and not inside --json",
            next_step="name a folder with --out",
        )
    session.write_bytes(vault.read(entries[0].rid).raw, entries[0].summary.media_type)
    return Result({}, lambda _: None)


def _to_files(
    vault: "Vault", entries: "Sequence[Entry]", out: Path, *, force: bool
) -> list[dict[str, str]]:
    credentials = tuple(
        held
        for entry in entries
        if isinstance(held := formats.read(vault.read(entry.rid).raw), Credential)
    )
    made = file.hand_over(credentials, Request()).files
    to_file = len(entries) == 1 and not out.is_dir() and out.suffix != ""
    paths = [out] if to_file else [out / each.name for each in made]
    there = next((path for path in paths if os.path.lexists(path)), None)
    if there is not None and not force:
        raise _there_already(there)
    for path, each in zip(paths, made, strict=True):
        write_new(path, each.content, force=force)
    return [
        {"handle": entry.handle, "path": str(path)}
        for entry, path in zip(entries, paths, strict=True)
    ]


def write_new(path: Path, data: bytes, *, force: bool) -> None:
    """Write a file that is not there yet, or with `force` one that is.

    Raises:
        Usage: If it is there and `force` is not given.
        StorageFailure: If it cannot be written.

    """
    flags = os.O_WRONLY | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
    flags |= os.O_TRUNC if force else os.O_EXCL
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(path, error) from None
    try:
        with os.fdopen(os.open(path, flags, 0o644), "wb") as file:
            file.write(data)
    except FileExistsError:
        raise _there_already(path) from None
    except OSError as error:
        raise _unwritable(path, error) from None


def _there_already(path: Path) -> Usage:
    return Usage(f"{path} is there already", next_step="name another, or give --force")


def _unwritable(path: Path, error: OSError) -> StorageFailure:
    return StorageFailure(
        f"{path} cannot be written: {error.strerror}",
        next_step="check space and permissions",
    )
