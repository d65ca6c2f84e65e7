"""Telling the learner what leaves, before it leaves."""

from itertools import groupby
from typing import TYPE_CHECKING, Any

from credwallet.cli.console import MAX_CELLS, Console, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from credwallet.share import Disclosure
    from credwallet.store import Entry

    Listed = tuple[Entry, tuple[Disclosure, ...]]

_PARTS = {
    "header": "JWT header: ",
    "claims": "JWT claim: ",
    "binding": "key binding: ",
}


def show_disclosures(
    console: Console, way: str, listed: "Iterable[Listed]", notes: "Sequence[str]"
) -> None:
    """Print on stderr what leaves with each credential, and what to know about it.

    Args:
        console: Of the run.
        way: In which way it is handed over.
        listed: Each credential with all that leaves.
        notes: Single lines.

    """
    aside = Console(
        console.stderr,
        console.stderr,
        terminal=console.error_terminal,
        colour=console.colour and console.error_terminal,
        width=console.width,
    )
    for entry, disclosures in listed:
        name = plain(entry.summary.name or entry.summary.id, limit=60)
        aside.line(f"What leaves with {entry.handle} ({name}) as {way}:", style="bold")
        for label, value, why in _grouped(disclosures):
            aside.wrapped(f"{label}: {plain(value, limit=MAX_CELLS)}", indent=2)
            if why:
                aside.wrapped(f"! {why}", indent=6, style="yellow")
    if notes:
        aside.line("What to know:", style="bold")
    for note in notes:
        aside.wrapped(f"- {note}", indent=2)


def _grouped(
    disclosures: "Iterable[Disclosure]",
) -> "Iterator[tuple[str, str, str]]":
    """Put the entries of one array on one line."""

    def place(entry: "Disclosure") -> tuple[str, str, str, str]:
        parent, _, last = entry.path.rpartition("/")
        path = parent if last.isdecimal() else entry.path
        return entry.part, path, entry.label, entry.linkable

    for (part, _, label, why), entries in groupby(disclosures, key=place):
        values = ", ".join(entry.value for entry in entries)
        yield _PARTS.get(part, "") + (label or "value"), values, why


def disclosures_json(listed: "Iterable[Listed]") -> list[dict[str, Any]]:
    """Spell what leaves for `--json`.

    Args:
        listed: Each credential with all that leaves.

    """
    return [
        {
            "handle": entry.handle,
            "part": item.part,
            "path": item.path,
            "label": item.label,
            "value": item.value,
            "linkable": bool(item.linkable),
            "why": item.linkable or None,
        }
        for entry, disclosures in listed
        for item in disclosures
    ]
