"""`credwallet export`."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from credwallet import formats
from credwallet.cli.listing.filter_options import (
    Collections,
    Issuer,
    IsVerdict,
    Kind,
    Query,
    Saved,
    Skill,
    Tags,
)
from credwallet.cli.listing.filtering import Filter, fitting, with_saved
from credwallet.cli.out import check_folder, note_folder, note_name
from credwallet.cli.output import Result
from credwallet.cli.session import Session
from credwallet.cli.terminal.progress import Progress
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
    tag: Tags = None,
    issuer: Issuer = None,
    skill: Skill = None,
    kind: Kind = None,
    verdict: IsVerdict = None,
    query: Query = None,
    collection: Collections = None,
    saved: Saved = None,
    out: Annotated[
        Path | None,
        typer.Option(help="A folder; for one credential also a file, or - for stdout."),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Overwrite files that are there.")
    ] = False,
    form: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help="All in one file: credwallet (complete), lcw, universal-wallet, jsonl "
            "or zip.",
        ),
    ] = None,
) -> Result:
    """Write the bytes as they were received, so that any other wallet can take them.

    Examples: credwallet export --all --out backup-of-badges;
    credwallet export k7wq --out -;
    credwallet export --all --format lcw --out wallet.tar;
    credwallet export --collection job --format zip --out job.zip
    """
    session: Session = ctx.obj
    given = Filter(
        issuer=issuer,
        skill=skill,
        tags=tuple(tag or ()),
        kind=kind,
        verdict=verdict,
        query=query,
        collections=tuple(collection or ()),
    )
    if saved is not None or given.narrows():
        handles = _found(session, with_saved(session, saved, given), handles)
    if bool(handles) == everything:
        raise Usage(
            "name credentials, choose some by a filter, or give --all",
            next_step="one of them, such as: credwallet export --all --out FOLDER",
        )
    if form is not None:
        from credwallet.cli import exporting  # noqa: PLC0415 -- lazily: few exports

        chosen = None if everything else handles
        return exporting.run(session, form, chosen, out, force=force)
    vault = session.vault()
    entries = (
        [entry for entry in vault.entries() if not entry.summary.trashed_at]
        if everything
        else [vault.find(handle) for handle in handles or ()]
    )
    if out is None or str(out) == "-":
        return _to_stdout(session, vault, entries)
    with Progress(session.console, "exporting"):
        files = _to_files(session, entries, out, force=force)
    return Result(
        {"files": files},
        lambda console: console.rows([file["path"]] for file in files),
    )


def _found(
    session: Session, wish: Filter, handles: "Sequence[str] | None"
) -> list[str]:
    """Find what was named, then what a filter finds, by their handles."""
    vault = session.vault()
    named = [vault.find(handle).handle for handle in handles or ()]
    found = [entry.handle for entry in fitting(session, wish)]
    if not named and not found:
        from credwallet.cli.listing.unfitting import (  # noqa: PLC0415 -- after a mistake
            nothing_fits,
        )

        raise nothing_fits(vault, wish)
    return list(dict.fromkeys([*named, *found]))


def _to_stdout(session: Session, vault: "Vault", entries: "Sequence[Entry]") -> Result:
    if len(entries) != 1 or session.settings.json:
        raise Usage(
            "only one credential goes to stdout, and not inside --json",
            next_step="name a folder with --out",
        )
    session.write_bytes(vault.read(entries[0].rid).raw, entries[0].summary.media_type)
    return Result({}, lambda _: None)


def _to_files(
    session: Session, entries: "Sequence[Entry]", out: Path, *, force: bool
) -> list[dict[str, Any]]:
    vault = session.vault()
    credentials = tuple(
        held
        for entry in entries
        if isinstance(held := formats.read(vault.read(entry.rid).raw), Credential)
    )
    made = file.hand_over(credentials, Request()).files
    if len(made) > 1:
        check_folder(out, len(made))
    to_file = len(entries) == 1 and not out.is_dir() and out.suffix != ""
    paths = [out] if to_file else [out / each.name for each in made]
    there = next((path for path in paths if os.path.lexists(path)), None)
    if there is not None and not force:
        raise _there_already(there)
    if paths:
        note_folder(session.console, paths[0])
    for path, each in zip(paths, made, strict=True):
        note_name(session.console, path, each.media_type)
        write_new(path, each.content, force=force)
    return [
        {
            "handle": entry.handle,
            "path": str(path),
            "mediaType": each.media_type,
            "bytes": len(each.content),
        }
        for entry, path, each in zip(entries, paths, made, strict=True)
    ]


def write_new(path: Path, data: bytes, *, force: bool) -> None:
    """Write a file that is not there yet, or with `force` one that is.

    Args:
        path: The file; a link is never followed.
        data: All that is to stand in it.
        force: Whether a file that is there is replaced.

    Raises:
        Usage: If it is there and `force` is not given.
        StorageFailure: If it cannot be written.

    """
    from credwallet.cli.unlocking.private_file import (  # noqa: PLC0415 -- lazily: for --help
        write_private,
    )

    if path.is_symlink():
        raise StorageFailure(
            f"{path} cannot be written: it is a link",
            next_step="name the file itself, or take the link away",
        )
    write_private(path, (data,), force=force, mode=0o644)


def _there_already(path: Path) -> Usage:
    return Usage(f"{path} is there already", next_step="name another, or give --force")
