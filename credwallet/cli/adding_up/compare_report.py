"""How `stack-progress --compare` looks: a table and a word on each, or records."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from credwallet.cli.adding_up.next_report import money
from credwallet.cli.adding_up.words import listing, percent_words, state_words
from credwallet.cli.plural import amount as counted

if TYPE_CHECKING:
    from credwallet.cli.terminal.console import Console
    from credwallet.model.comparison import Comparison, Finish

_MOST_NAMED = 6


def comparison_json(entry: "Comparison") -> dict[str, Any]:
    """Spell one qualification beside the others.

    Args:
        entry: The comparison.

    Returns:
        One entry of `comparison`; exact numbers are strings.

    """
    answer = entry.progress
    rules = answer.qualification
    return {
        "qualification": rules.id,
        "title": rules.title,
        "state": answer.state,
        "percent": answer.percent,
        "missing": _missing(entry),
        "cost": _exact(entry.cheapest),
        "currency": entry.cheapest.currency or None,
        "hours": _exact(entry.quickest),
        "cheapest": _finish_json(entry.cheapest),
        "quickest": _finish_json(entry.quickest),
        "used": list(entry.used),
        "unused": list(entry.unused),
        "lapses": entry.lapses.isoformat() if entry.lapses else None,
        "basis": rules.basis,
        "source": rules.source or None,
        "readOn": rules.read_on.isoformat() if rules.read_on else None,
    }


def show_comparison(console: "Console", entries: "Sequence[Comparison]") -> None:
    """Print qualifications beside each other.

    Args:
        console: Where.
        entries: In the order in which they were named.

    """
    if not console.terminal:
        console.rows(_record(entry) for entry in entries)
        return
    console.table(
        ("QUALIFICATION", "NOW", "MISSING", "COST", "HOURS", "UNUSED", "LAPSES"),
        [
            (
                entry.progress.qualification.id,
                f"{entry.progress.percent}%",
                ", ".join(_missing(entry)),
                _amount(entry.cheapest),
                _amount(entry.quickest),
                str(len(entry.unused)),
                entry.lapses.isoformat() if entry.lapses else "",
            )
            for entry in entries
        ],
        flexible=(0, 2),
    )
    for entry in entries:
        console.line()
        _details(console, entry)


def _details(console: "Console", entry: "Comparison") -> None:
    answer = entry.progress
    rules = answer.qualification
    console.pieces([(rules.title or rules.id, "bold")])
    console.wrapped(f"{percent_words(answer)}: {state_words(answer)}", indent=2)
    missing = _missing(entry)
    if missing:
        console.wrapped(f"missing: {_few(missing)}", indent=2)
        console.wrapped(f"cheapest: {_way(entry.cheapest, '')}", indent=2)
        console.wrapped(f"quickest: {_way(entry.quickest, ' hours')}", indent=2)
    console.wrapped(
        f"of what you hold {counted(len(entry.used), 'credential')} would count in it, "
        f"{len(entry.unused):,} would not",
        indent=2,
    )
    read = f"read on {rules.read_on}" if rules.read_on else ""
    said = "; ".join(filter(None, (f"a {rules.basis}", rules.source, read)))
    console.wrapped(said.replace("a estimate", "an estimate"), indent=2, style="dim")


def _record(entry: "Comparison") -> tuple[str, ...]:
    answer = entry.progress
    rules = answer.qualification
    return (
        rules.id,
        "comparison",
        answer.state,
        f"{answer.percent}%",
        ",".join(_missing(entry)),
        _exact(entry.cheapest) or "-",
        entry.cheapest.currency,
        _exact(entry.quickest) or "-",
        str(len(entry.used)),
        str(len(entry.unused)),
        entry.lapses.isoformat() if entry.lapses else "",
        rules.basis,
        rules.source,
        rules.read_on.isoformat() if rules.read_on else "",
        entry.cheapest.why or ",".join(entry.cheapest.offers),
        entry.quickest.why or ",".join(entry.quickest.offers),
    )


def _finish_json(finish: "Finish") -> dict[str, Any]:
    return {
        "offers": list(finish.offers),
        "proven": finish.proven,
        "least": None if finish.least is None else str(finish.least),
        "why": finish.why or None,
    }


def _missing(entry: "Comparison") -> list[str]:
    """Name what is open: requirements, and gates where only they are."""
    answer = entry.progress
    if answer.satisfied or answer.state == "held":
        return []
    gates = [gate.id for gate in answer.gates if not gate.met]
    return [short.requirement for short in answer.missing] + gates


def _exact(finish: "Finish") -> str | None:
    return None if finish.amount is None else str(finish.amount)


def _amount(finish: "Finish") -> str:
    """Write the amount for a column; `-` where nobody can say."""
    if finish.amount is None:
        return "-"
    said = f"{money(finish.amount)} {finish.currency}".strip()
    return said if finish.proven else f"{said}?"


def _way(finish: "Finish", unit: str) -> str:
    if finish.amount is None:
        return f"- ({finish.why or 'an offer does not say'})"
    said = f"{_amount(finish).removesuffix('?')}{unit} by {_few(finish.offers)}"
    if not finish.proven and finish.least is not None:
        said += f", not proven: at least {money(finish.least)}"
    return said


def _few(names: Sequence[str]) -> str:
    return listing(names, _MOST_NAMED)
