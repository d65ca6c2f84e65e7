"""How `next` looks: a table and what each offer would do, or records in a pipe."""

from collections.abc import Sequence
from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING, Any

from credwallet.cli.adding_up.offer_inputs import offer_json
from credwallet.cli.plural import amount as counted

if TYPE_CHECKING:
    from credwallet.cli.terminal.console import Console
    from credwallet.model.gain import Advance, Gain
    from credwallet.model.offer import Offer


def next_json(entry: "Gain") -> dict[str, Any]:
    """Spell what one offer would do.

    Args:
        entry: The offer and its advances.

    Returns:
        One entry of `offers`; exact numbers are strings.

    """
    per_point = entry.cost_per_point
    return {
        **offer_json(entry.offer),
        "finishes": list(entry.finishes),
        "gain": str(entry.gain),
        "advances": [
            {
                "qualification": advance.qualification,
                "from": str(advance.before),
                "to": str(advance.after),
            }
            for advance in entry.advances
        ],
        "costPerPoint": None if per_point is None else str(per_point),
        "needsFirst": list(entry.needs_first),
        "proven": entry.proven,
    }


def show_next(
    console: "Console", gains: "Sequence[Gain]", remarks: Sequence[str]
) -> None:
    """Print offers in their order.

    Args:
        console: Where.
        gains: In the order in which to look at them.
        remarks: What else to say, on stderr.

    """
    if not console.terminal:
        console.rows(_record(entry) for entry in gains)
    else:
        _page(console, gains)
    for remark in remarks:
        console.note(remark)
    if not gains:
        console.hint("no offer is left: try without --mode and --budget")


def _record(entry: "Gain") -> tuple[str, ...]:
    from credwallet.stacking.amounts import plain  # noqa: PLC0415 -- lazily: fractions

    offer, per_point = entry.offer, entry.cost_per_point
    return (
        offer.id,
        str(len(entry.finishes)),
        str(entry.gain),
        "" if offer.cost is None else plain(offer.cost),
        offer.currency,
        "" if offer.hours is None else plain(offer.hours),
        offer.mode,
        "" if per_point is None else str(per_point),
        ",".join(entry.finishes),
        ",".join(f"{a.qualification}:{a.before}>{a.after}" for a in entry.advances),
        ",".join(entry.needs_first),
        "proven" if entry.proven else "not-proven",
        offer.title,
    )


def _page(console: "Console", gains: "Sequence[Gain]") -> None:
    from credwallet.stacking.amounts import plain  # noqa: PLC0415 -- lazily: fractions
    from credwallet.stacking.planning.next_offers import named_few  # noqa: PLC0415 -- as above

    useful = [entry for entry in gains if entry.advances]
    if useful:
        console.table(
            ("OFFER", "FINISHES", "POINTS", "COST", "A POINT", "HOURS", "MODE"),
            [
                (
                    entry.offer.id,
                    str(len(entry.finishes)),
                    points(entry.gain) + ("" if entry.proven else "?"),
                    _cost(entry.offer, entry.offer.cost),
                    _cost(entry.offer, entry.cost_per_point),
                    "" if entry.offer.hours is None else plain(entry.offer.hours),
                    entry.offer.mode,
                )
                for entry in useful
            ],
            flexible=(0,),
        )
    for entry in useful:
        console.line()
        _details(console, entry)
    idle = [entry.offer.id for entry in gains if not entry.advances]
    if idle:
        console.line()
        console.wrapped(
            f"{counted(len(idle), 'offer')} without any gain: {named_few(idle)}"
        )
    if any(not entry.proven for entry in gains):
        console.note("a gain with a question mark is not proven: it may be larger")


def _details(console: "Console", entry: "Gain") -> None:
    offer = entry.offer
    console.pieces([(offer.title or offer.id, "bold"), (offer.provider, "dim")])
    if entry.needs_first:
        needed = ", ".join(entry.needs_first)
        console.wrapped(f"needs first: {needed}", indent=2, style="yellow")
    done = [advance for advance in entry.advances if advance.finishes]
    other = [advance for advance in entry.advances if not advance.finishes]
    for word, style, some in (("finishes", "green", done), ("advances", "", other)):
        if some:
            said = ", ".join(map(_moved, some))
            console.wrapped(f"{word} {said}", indent=2, style=style)
    when = " to ".join(str(day) for day in (offer.starts, offer.ends) if day)
    read = f"read on {offer.read_on}" if offer.read_on else ""
    said = "; ".join(filter(None, (when, offer.source, read)))
    if said:
        console.wrapped(said, indent=2, style="dim")


def _moved(advance: "Advance") -> str:
    from credwallet.stacking.explain import percent_of  # noqa: PLC0415 -- as above

    before = percent_of(advance.before, satisfied=False)
    after = percent_of(advance.after, satisfied=advance.finishes)
    return f"{advance.qualification} ({before}% to {after}%)"


def points(gain: Fraction) -> str:
    """Write a gain as percentage points, rounded down to one decimal."""
    from credwallet.stacking.amounts import plain  # noqa: PLC0415 -- lazily: fractions

    return plain(Fraction(floor(gain * 1000), 10))


def _cost(offer: "Offer", cost: Fraction | None) -> str:
    return "" if cost is None else f"{money(cost)} {offer.currency}"


def money(amount: Fraction) -> str:
    """Write an amount of money for people: whole, or with two decimals, rounded up."""
    if amount.denominator == 1:
        return f"{amount.numerator:,}"
    cents = -floor(-amount * 100)
    return f"{cents // 100:,}.{cents % 100:02d}"
