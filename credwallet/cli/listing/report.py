"""How is the list of credentials shown to people?"""

from typing import TYPE_CHECKING

from credwallet.cli.naming import issuer_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from credwallet.cli.terminal.console import Console
    from credwallet.store import Entry

_HEADER = (
    *("HANDLE", "NAME", "ISSUER", "FROM", "UNTIL", "VERDICT"),
    *("CREDITS", "TAGS", "SKILLS"),
)
_ISSUER, _VERDICT = 2, 5
# How wide a terminal must be to show each column.
_SINCE = (0, 0, 56, 120, 44, 0, 200, 200, 200)
# What gives way when the terminal is narrow: the name last.
_FLEXIBLE = (1, 2, 7, 8)
_PIPED = 6


def show_list(console: "Console", rows: "Sequence[Entry]") -> None:
    """Print one credential a line.

    On a terminal there are more columns the wider it is; in a pipe always the same six:
    handle, name, issuer, from, until, verdict.

    Args:
        console: Where to.
        rows: The credentials, in order.

    """
    if not console.terminal:
        console.rows(_values(entry)[:_PIPED] for entry in rows)
        return
    styles = [console.verdict_style(entry.summary.verdict) for entry in rows]
    values = [_named(_values(entry), entry) for entry in rows]
    # A column in which nothing stands takes no room.
    since = [
        wide
        if place <= _VERDICT or any(row[place] for row in values)
        else console.width + 1
        for place, wide in enumerate(_SINCE)
    ]
    console.table(
        _HEADER,
        values,
        flexible=_FLEXIBLE,
        styles=styles,
        styled=_VERDICT,
        since=since,
    )


def _values(entry: "Entry") -> tuple[str, ...]:
    summary = entry.summary
    return (
        entry.handle,
        summary.name or summary.id,
        issuer_words(summary.issuer_name, summary.listed_as) or summary.issuer_id,
        summary.valid_from[:10],
        summary.valid_until[:10],
        summary.verdict,
        f"{summary.credits} {_unit(summary.credit_unit)}".strip(),
        ", ".join(summary.tags),
        ", ".join(summary.skills),
    )


def _unit(unit: str) -> str:
    return "" if "://" in unit else unit.upper()


def _named(values: tuple[str, ...], entry: "Entry") -> tuple[str, ...]:
    """Let no name stand empty where people look for one."""
    handle, name, *rest = values
    kind = next(iter(entry.summary.types[::-1]), "")
    return (handle, name or f"(no name, {kind})" if kind else "(no name)", *rest)
