"""Telling the learner what leaves, before it leaves."""

from itertools import groupby
from typing import TYPE_CHECKING, Any

from credwallet.cli.terminal import line_layout
from credwallet.cli.terminal.console import MAX_CELLS, Console, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from credwallet.share import Disclosure
    from credwallet.store import Entry

    Listed = tuple[Entry, tuple[Disclosure, ...]]

_MOST_LABELS = 4
_PARTS = {
    "header": "JWT header: ",
    "claims": "JWT claim: ",
    "binding": "key binding: ",
}


def show_disclosures(
    console: Console,
    way: str,
    listed: "Iterable[Listed]",
    notes: "Sequence[str]",
    *,
    rows: int = 0,
) -> None:
    """Print on stderr what leaves with each credential, and what to know about it.

    Where that is longer than the window, what can be linked is said once more at the
    end: a question follows, and its answer must not hang on what has scrolled away.

    Args:
        console: Of the run.
        way: In which way it is handed over.
        listed: Each credential with all that leaves.
        notes: Single lines.
        rows: How many lines the terminal shows at once; 0 if no question follows.

    """
    aside = Console(
        console.stderr,
        console.stderr,
        terminal=console.error_terminal,
        colour=console.colour and console.error_terminal,
        width=console.width,
    )
    told, linked = 0, dict[str, list[str]]()
    for entry, disclosures in listed:
        name = plain(entry.summary.name or entry.summary.id, limit=60)
        aside.line(f"What leaves with {entry.handle} ({name}) as {way}:", style="bold")
        told += 1
        for label, value, why in _grouped(disclosures):
            told += _say(aside, f"{label}: {plain(value, limit=MAX_CELLS)}", indent=2)
            if why:
                told += _say(aside, f"! {why}", indent=6, style="yellow")
                linked.setdefault(why, []).append(label)
    if notes:
        aside.line("What to know:", style="bold")
    for note in notes:
        told += _say(aside, f"- {note}", indent=2)
    # The heading of the notes and the question take a line each.
    if linked and aside.terminal and 0 < rows < told + 2:
        aside.line("What of it can be linked, once more:", style="bold")
        for why, labels in linked.items():
            _say(aside, f"! {_first(labels)}: {why}", indent=2, style="yellow")


def _say(aside: Console, text: str, *, indent: int, style: str = "") -> int:
    """Print a text, and count the lines that it takes on a terminal."""
    aside.wrapped(text, indent=indent, style=style)
    return sum(1 for _ in line_layout.running(plain(text), indent, aside.width))


def _first(labels: "Sequence[str]") -> str:
    """Name a few of the labels, each once."""
    once = list(dict.fromkeys(labels))
    more = len(once) - _MOST_LABELS
    listed = ", ".join(once[:_MOST_LABELS])
    return f"{listed} and {more} more" if more > 0 else listed


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
