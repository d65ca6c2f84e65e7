"""How does the ladder look: in words, as lines on a terminal, as records, as JSON?"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from credwallet.cli.adding_up.tree import sign_of, tree_lines
from credwallet.cli.adding_up.words import listing, percent_words, sign_state
from credwallet.cli.terminal.console import cells, wrap
from credwallet.stacking.amounts import plain as amount

if TYPE_CHECKING:
    from credwallet.cli.adding_up.words import Known
    from credwallet.cli.terminal.console import Console
    from credwallet.model.qualification import Progress
    from credwallet.stacking.ladder import Ladder, Part, Rung, Step

_MOST = 6
_STATES = {
    "held": "held",
    "eligible": "eligible: claim it",
    "in-progress": "in progress",
    "not-started": "not started",
}


def show_ladder(
    console: "Console", ladder: "Ladder", known: "Known", *, full: bool
) -> None:
    """Print the ladder on a terminal, lowest rung first.

    Args:
        console: A terminal.
        ladder: The ladder; an empty one prints nothing.
        known: Names and marks of credentials.
        full: Say which credentials carry upward, and how.

    """
    if not ladder.rungs:
        return
    console.wrapped("What builds on what, from the lowest rung up:", style="dim")
    for number, rung in enumerate(ladder.rungs):
        if number and rung.rung == 1 and ladder.rungs[number - 1].chain != rung.chain:
            console.line()
        _show_rung(console, rung)
        steps = [s for s in ladder.steps if s.lower == rung.answer.qualification.id]
        for step in steps:
            words = step_words(step, known)
            _show_step(console, words if full else words[:1])


def _show_rung(console: "Console", rung: "Rung") -> None:
    answer = rung.answer
    said = rung_words(answer)
    title = console.shown(answer.qualification.title)
    sign = sign_of(console, sign_state(answer))
    if cells(title) + cells(said) + 6 <= console.width:
        pieces = [sign, (" ", ""), (title, "bold"), ("  ", ""), (said, "")]
        console.pieces(pieces, indent=2, gap="")
        return
    for number, line in enumerate(wrap(title, console.width - 4)):
        lead = [sign, (" ", "")] if number == 0 else [("  ", "")]
        console.pieces([*lead, (line, "bold")], indent=2, gap="")
    console.wrapped(said, indent=4)


def _show_step(console: "Console", words: list[str]) -> None:
    lines = tree_lines(console)
    for number, text in enumerate(words):
        up = "\u2191 " if console.unicode else "^ "
        lead = up if number == 0 else "  "
        room = max(24, console.width - 8)
        for place, line in enumerate(wrap(console.shown(text, 2000), room)):
            start = lines.down + (lead if place == 0 else "  ")
            console.pieces([(start, "dim"), (line, "")], indent=2, gap="")


def rung_words(answer: "Progress") -> str:
    """Say the state of a rung; a percentage where it is on its way."""
    said = _STATES[answer.state]
    if answer.state == "held":
        return said
    return f"{said}, {percent_words(answer)}" if answer.percent < 100 else said


def step_words(step: "Step", known: "Known") -> list[str]:
    """Say what carries from one rung to a higher one.

    Args:
        step: From one rung to a higher one whose rules ask for its award.
        known: Names and marks of credentials.

    Returns:
        First what the award does, then which credentials count above by themselves, and
        which only inside the award; lines without credentials are left out.

    """
    words = [_award_words(step, known)]
    if step.shared:
        words.append(f"used above too: {_parts(step.shared, known, above=True)}")
    if step.through_award:
        would = "carry" if step.counts else "would carry"
        listed = _parts(step.through_award, known, above=False)
        words.append(f"{would} upward only through the award: {listed}")
    return words


def _award_words(step: "Step", known: "Known") -> str:
    upper = known.titles[step.upper]
    where = f"{upper} ({listing(list(step.requirements), 4)})"
    if step.counts:
        worth = f", {_credits(step.credits)}" if step.credits else ""
        first = "; claim it first" if step.award == "eligible" else ""
        return f"its award {known.marked(step.credential)} counts in {where}{worth}" + (
            first
        )
    if step.award == "held":
        why = f": {step.why}" if step.why else ""
        award = known.marked(step.credential)
        return f"its award {award} is held and does not count in {where}{why}"
    if step.award == "eligible":
        return f"claim its award first: {where} asks for it"
    return f"{where} asks for its award"


def _parts(parts: "tuple[Part, ...]", known: "Known", *, above: bool) -> str:
    amounts = [part.credits_above if above else part.credits_below for part in parts]
    worth = [entry for entry in amounts if entry]
    said = listing([known.marked(part.credential) for part in parts], _MOST)
    return f"{said} ({_credits(sum(worth[1:], worth[0]))})" if worth else said


def _credits(number: Any) -> str:
    return f"{amount(number)} credit{'' if number == 1 else 's'}"


def ladder_records(ladder: "Ladder") -> Iterator[tuple[str, ...]]:
    """Write the ladder as records: rungs, then steps, then what carries upward.

    Args:
        ladder: Rungs and the steps between them, lowest first; maybe empty.

    Returns:
        Id of the qualification, what the record is about, and its values.

    """
    for rung in ladder.rungs:
        answer = rung.answer
        name = answer.qualification.id
        place = (str(rung.chain), str(rung.rung))
        said = (percent_words(answer), answer.qualification.title)
        yield (name, "rung", *place, answer.state, *said)
    for step in ladder.steps:
        yield (
            *(step.lower, "step", step.upper, ",".join(step.requirements)),
            *(step.award, "counts" if step.counts else "does-not-count"),
            *(step.credential, _number(step.credits), step.why),
        )
        for part in step.shared:
            worth = _number(part.credits_above)
            above = ",".join(part.above)
            yield (step.lower, "shared", step.upper, part.credential, above, worth)
        for part in step.through_award:
            worth = _number(part.credits_below)
            yield (step.lower, "through-award", step.upper, part.credential, "", worth)


def _number(value: Any) -> str:
    return "" if value is None else amount(value)


def ladder_json(ladder: "Ladder") -> dict[str, Any]:
    """Spell the ladder: exact numbers as strings.

    Args:
        ladder: Rungs and the steps between them, lowest first; maybe empty.

    Returns:
        The value of `ladder`.

    """
    return {
        "rungs": [
            {
                "qualification": rung.answer.qualification.id,
                "title": rung.answer.qualification.title,
                "chain": rung.chain,
                "rung": rung.rung,
                "state": rung.answer.state,
                "percent": rung.answer.percent,
            }
            for rung in ladder.rungs
        ],
        "steps": [_step_json(step) for step in ladder.steps],
    }


def _step_json(step: "Step") -> dict[str, Any]:
    return {
        "from": step.lower,
        "to": step.upper,
        "requirements": list(step.requirements),
        "award": step.award,
        "credential": step.credential or None,
        "counts": step.counts,
        "credits": _exact(step.credits),
        "why": step.why,
        "shared": [_part_json(part) for part in step.shared],
        "throughAward": [_part_json(part) for part in step.through_award],
    }


def _part_json(part: "Part") -> dict[str, Any]:
    return {
        "credential": part.credential,
        "below": list(part.below),
        "above": list(part.above),
        "creditsBelow": _exact(part.credits_below),
        "creditsAbove": _exact(part.credits_above),
    }


def _exact(value: Any) -> str | None:
    return None if value is None else str(value)
