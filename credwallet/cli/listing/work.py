"""The work of `credwallet list`, free of Typer."""

from typing import TYPE_CHECKING, Any

from credwallet.cli.listing.filtering import Filter, fitting
from credwallet.cli.output import Result
from credwallet.errors import Usage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from credwallet.cli.session import Session
    from credwallet.cli.terminal.console import Console
    from credwallet.model.summary import Summary
    from credwallet.store import Entry


def plainly(session: "Session", words: "Sequence[str]") -> Result | None:
    """List everything; None if there are words, since `list` takes none.

    Args:
        session: What the command works with.
        words: What stands behind the command's name, without options.

    """
    return None if words else run(session, Filter())


def run(session: "Session", wish: Filter, *, save: str | None = None) -> Result:
    """List the credentials that fit the filter, with what time made of their verdict.

    Args:
        session: Where the wallet and the clock come from.
        wish: Which credentials, in which order.
        save: The name to save the filter by; None to save nothing.

    Raises:
        Usage: If the span of `expiring` is none, or there is nothing to save.
        NotFound: If there is no such collection.

    """
    rows = fitting(session, wish)
    data: dict[str, Any] = {"credentials": [row_json(entry) for entry in rows]}
    if save is not None:
        data["saved"] = _saved(session, save, wish)
    about = "" if rows or not wish.tags else _unknown_tag(session, wish)
    return Result(data, lambda console: _show(console, rows, about or nothing(wish)))


def nothing(wish: Filter) -> str:
    """Say what to do where no credential fits a filter."""
    if wish.narrows():
        return "nothing fits: see all with credwallet list"
    if wish.trash:
        return "the trash is empty"
    return "nothing here: credwallet import FILE"


def row_json(entry: "Entry") -> dict[str, Any]:
    """Spell one line of the list."""
    summary = entry.summary
    return {
        "handle": entry.handle,
        "id": summary.id or None,
        "name": summary.name or None,
        "type": list(summary.types),
        "issuer": {
            "id": summary.issuer_id or None,
            "name": summary.issuer_name or None,
            "listed": _listed(summary),
        },
        "validFrom": summary.valid_from or None,
        "validUntil": summary.valid_until or None,
        "verdict": summary.verdict,
        "checkedAt": summary.checked_at,
        "tags": list(summary.tags),
        "skills": list(summary.skills),
        "credits": summary.credits or None,
    }


def _saved(session: "Session", name: str, wish: Filter) -> dict[str, str]:
    """Save a filter by a name."""
    from credwallet.cli.listing.kept_collections import check_name  # noqa: PLC0415 -- some do
    from credwallet.cli.listing.kept_filters import FILTERS, put_filter  # noqa: PLC0415 -- too

    name = check_name(name, "filter")
    if wish.trash:
        raise Usage(
            "the trash cannot be part of a saved filter", next_step="leave out --trash"
        )
    vault = session.vault()
    what = "replaced" if name in vault.document_names(FILTERS) else "saved"
    put_filter(vault, name, wish)
    session.console.note(f"filter {name} {what}: credwallet list --filter {name}")
    return {"filter": name, "is": what}


def _unknown_tag(session: "Session", wish: Filter) -> str:
    from credwallet.cli.listing.unfitting import unknown_tag  # noqa: PLC0415 -- a mistake, often

    return unknown_tag(session.vault(), wish)


def _listed(summary: "Summary") -> list[dict[str, str]]:
    if not summary.listed_as:
        return []
    return [{"name": summary.listed_as, "registry": summary.listed_in}]


def _show(console: "Console", rows: "Sequence[Entry]", otherwise: str) -> None:
    if not rows:
        console.hint(otherwise)
        return
    from credwallet.cli.listing.report import show_list  # noqa: PLC0415 -- not for --json

    show_list(console, rows)
