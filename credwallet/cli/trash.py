"""What `remove`, `restore` and `purge` have in common."""

from typing import TYPE_CHECKING

from credwallet.cli.output import Result

if TYPE_CHECKING:
    from collections.abc import Sequence

    from credwallet.cli.console import Console
    from credwallet.cli.session import Session
    from credwallet.store import Entry


def find_all(session: "Session", handles: "Sequence[str]") -> "list[Entry]":
    """Find every credential that was named, before anything is changed.

    Raises:
        NotFound: If one is not there, or a name is ambiguous.

    """
    vault = session.vault()
    found = {entry.rid: entry for entry in (vault.find(name) for name in handles)}
    return list(found.values())


def moved(session: "Session", entries: "Sequence[Entry]", *, trashed_at: str) -> None:
    """Put credentials into the trash, or take them out with `""`."""
    vault = session.vault()
    for entry in entries:
        vault.update(entry.rid, summary=entry.summary._replace(trashed_at=trashed_at))


def said(entries: "Sequence[Entry]", what: str, hint: str) -> Result:
    """Say what became of the credentials, one line each."""

    def show(console: "Console") -> None:
        for entry in entries:
            console.row([entry.handle, what, entry.summary.name or entry.summary.id])
        console.hint(hint)

    return Result(
        {"credentials": [{"handle": entry.handle, "is": what} for entry in entries]},
        show,
    )
