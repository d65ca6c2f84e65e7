"""What `remove`, `restore` and `purge` have in common."""

from typing import TYPE_CHECKING

from credwallet.cli.output import Result

if TYPE_CHECKING:
    from collections.abc import Sequence

    from credwallet.cli.session import Session
    from credwallet.cli.terminal.console import Console
    from credwallet.store import Entry


def find_all(session: "Session", handles: "Sequence[str]") -> "list[Entry]":
    """Find every credential that was named, before anything is changed.

    Args:
        session: What the command works with; its wallet is opened.
        handles: As `Vault.find` takes them; the same credential may be named twice.

    Raises:
        NotFound: If one is not there, or a name is ambiguous.

    """
    vault = session.vault()
    found = {entry.rid: entry for entry in (vault.find(name) for name in handles)}
    return list(found.values())


def moved(session: "Session", entries: "Sequence[Entry]", *, trashed_at: str) -> None:
    """Put credentials into the trash, or take them out with `""`.

    Args:
        session: What the command works with; its wallet is written.
        entries: Rows of the index.
        trashed_at: The moment as RFC 3339 text.

    """
    vault = session.vault()
    for entry in entries:
        vault.update(entry.rid, summary=entry.summary._replace(trashed_at=trashed_at))


def said(done: "Sequence[tuple[Entry, str]]", hint: str) -> Result:
    """Say what became of the credentials, one line each.

    Args:
        done: Each with a word for it.
        hint: What can be done next; `""` for nothing.

    """

    def show(console: "Console") -> None:
        console.rows(
            [entry.handle, what, entry.summary.name or entry.summary.id]
            for entry, what in done
        )
        console.hint(hint)

    return Result(
        {"credentials": [{"handle": entry.handle, "is": what} for entry, what in done]},
        show,
    )
