"""`credwallet collection add|remove|list|show`."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from credwallet.cli.app import new_group
from credwallet.cli.listing.kept_collections import (
    COLLECTIONS,
    Member,
    check_name,
    collection,
    collections,
    member_of,
    put_collection,
)
from credwallet.cli.listing.work import row_json
from credwallet.cli.output import Result
from credwallet.cli.plural import amount
from credwallet.cli.sharing.to_share import held
from credwallet.cli.trash import find_all
from credwallet.errors import NotFound
from credwallet.model.summary import verdict_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from credwallet.cli.session import Session
    from credwallet.cli.terminal.console import Console
    from credwallet.store import Entry, Vault

group = new_group("Keep credentials together under names of yours.")

Name = Annotated[str, typer.Argument(metavar="NAME", help="The collection's name.")]


@group.command("add", no_args_is_help=True)
def add(
    ctx: typer.Context,
    name: Name,
    handles: Annotated[
        list[str], typer.Argument(metavar="ID...", help="Handles, ids or names.")
    ],
) -> Result:
    """Put credentials into a collection, in this order; it is made if there is none.

    Examples: credwallet collection add job k7wq m2xe; credwallet list --collection job
    """
    session: Session = ctx.obj
    name = check_name(name)
    vault = session.vault()
    entries = held(session, handles)
    there = name in vault.document_names(COLLECTIONS)
    members = collection(vault, name) if there else ()
    known = {member.key for member in members}
    new = [member_of(entry.summary) for entry in entries]
    put_collection(vault, name, [*members, *new])
    rows = [
        (entry, "was in it" if member.key in known else "added")
        for entry, member in zip(entries, new, strict=True)
    ]
    return _said(name, rows)


@group.command("remove", no_args_is_help=True)
def remove(
    ctx: typer.Context,
    name: Name,
    handles: Annotated[
        list[str] | None,
        typer.Argument(metavar="[ID]...", help="None: the collection itself."),
    ] = None,
    gone: Annotated[
        bool, typer.Option("--gone", help="Those that the wallet no longer holds.")
    ] = False,
) -> Result:
    """Take credentials out of a collection, or forget it; the wallet keeps them.

    Examples: credwallet collection remove job k7wq; credwallet collection remove job
    """
    session: Session = ctx.obj
    vault = session.vault()
    members = collection(vault, name)
    if not handles and not gone:
        vault.remove_document(COLLECTIONS, name)
        return Result(
            {"collection": {"name": name, "is": "removed", "credentials": []}},
            lambda console: console.row([name, "removed"]),
        )
    entries = find_all(session, handles or ())
    known = {member.key for member in members}
    out = {member_of(entry.summary).key: entry for entry in entries}
    missing = next((e.handle for key, e in out.items() if key not in known), None)
    if missing is not None:
        raise NotFound(
            f"{missing} is not in the collection {name}",
            next_step=f"see: credwallet collection show {name}",
        )
    keys = set(out)
    if gone:
        keys |= {member.key for member in _sorted_out(session, members).gone}
    put_collection(vault, name, [each for each in members if each.key not in keys])
    return _said(name, [(entry, "taken out") for entry in entries])


@group.command("list")
def list_collections(ctx: typer.Context) -> Result:
    """List your collections, each with how many credentials it holds.

    Examples: credwallet collection list; credwallet collection list --json
    """
    session: Session = ctx.obj
    kept = collections(session.vault())
    found = {name: _sorted_out(session, members) for name, members in kept.items()}
    rows = [
        {
            "name": name,
            "credentials": len(each.here),
            "inTrash": len(each.trashed),
            "gone": len(each.gone),
        }
        for name, each in found.items()
    ]
    return Result({"collections": rows}, lambda console: _show_list(console, rows))


@group.command("show", no_args_is_help=True)
def show(ctx: typer.Context, name: Name) -> Result:
    """List what is in a collection, in the order in which it was added.

    Examples: credwallet collection show job; credwallet collection show job --json
    """
    session: Session = ctx.obj
    found = _sorted_out(session, collection(session.vault(), name))
    data = {
        "collection": {
            "name": name,
            "credentials": [row_json(entry) for entry in found.here],
            "inTrash": [entry.handle for entry in found.trashed],
            "gone": [{"id": m.id or None, "name": m.name or None} for m in found.gone],
        }
    }
    return Result(data, lambda console: _show(console, name, found))


class _SortedOut:
    """The members of a collection: here, in the trash, and no longer in the wallet."""

    def __init__(self) -> None:
        self.here: list[Entry] = []
        self.trashed: list[Entry] = []
        self.gone: list[Member] = []


def _sorted_out(session: "Session", members: "Sequence[Member]") -> _SortedOut:
    by_key = _by_key(session.vault())
    found = _SortedOut()
    for member in members:
        entry = by_key.get(member.key)
        if entry is None:
            found.gone.append(member)
            continue
        verdict = verdict_at(entry.summary, session.at)
        entry = entry._replace(summary=entry.summary._replace(verdict=verdict))
        (found.trashed if entry.summary.trashed_at else found.here).append(entry)
    return found


def _by_key(vault: "Vault") -> "dict[tuple[str, str], Entry]":
    return {member_of(entry.summary).key: entry for entry in vault.entries()}


def _said(name: str, rows: "Sequence[tuple[Entry, str]]") -> Result:
    data: dict[str, Any] = {
        "name": name,
        "is": "changed",
        "credentials": [{"handle": entry.handle, "is": what} for entry, what in rows],
    }
    return Result(
        {"collection": data},
        lambda console: console.rows(
            [entry.handle, what, entry.summary.name or entry.summary.id]
            for entry, what in rows
        ),
    )


def _show_list(console: "Console", rows: "Sequence[dict[str, Any]]") -> None:
    if not rows:
        console.hint("none yet: credwallet collection add NAME ID...")
        return
    console.table(
        ("NAME", "CREDENTIALS", "IN TRASH", "GONE"),
        [
            (
                row["name"],
                *(str(row[key]) for key in ("credentials", "inTrash", "gone")),
            )
            for row in rows
        ],
        flexible=(0,),
    )


def _show(console: "Console", name: str, found: _SortedOut) -> None:
    from credwallet.cli.listing.report import show_list  # noqa: PLC0415 -- not for --json

    if found.here:
        show_list(console, found.here)
    else:
        console.hint(f"nothing in it: credwallet collection add {name} ID")
    if found.trashed:
        handles = ", ".join(entry.handle for entry in found.trashed)
        console.note(f"in the trash: {handles}")
    if found.gone:
        count = amount(len(found.gone), "credential")
        names = ", ".join(member.name or member.id for member in found.gone[:5])
        console.note(f"{count} of it no longer in the wallet: {names}")
        console.hint(
            f"import them again, or: credwallet collection remove {name} --gone"
        )
