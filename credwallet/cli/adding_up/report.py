"""How `stack-progress` looks: a page on a terminal, records in a pipe.

In a pipe every line is one record: the qualification's id, what the line is about, and
its values, tab separated and whole.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from credwallet.cli.adding_up.ladder_report import ladder_records, show_ladder
from credwallet.cli.adding_up.tree import show_tree, sign_of
from credwallet.cli.adding_up.words import (
    Known,
    bounds_of,
    counted,
    known,
    lapse_words,
    listing,
    missing_words,
    percent_words,
    renewal_of,
    rests_on,
    spare_ids,
    state_words,
)
from credwallet.stacking.amounts import plain as amount

if TYPE_CHECKING:
    from credwallet.cli.terminal.console import Console
    from credwallet.model.qualification import Holding, Progress
    from credwallet.stacking.ladder import Ladder
    from credwallet.stacking.timeline import Renewal

_BAR = 24
_MOST_UNUSED = 12


class View(NamedTuple):
    """Everything that is shown: answers, what is known of credentials, and how."""

    answers: "tuple[Progress, ...]"
    known: Known
    ladder: "Ladder"
    renewals: "tuple[Renewal, ...]"
    why: bool


def view_of(
    answers: "Iterable[Progress]", holdings: "Iterable[Holding]", *, why: bool
) -> View:
    """Put together what is shown.

    Args:
        answers: One for each qualification.
        holdings: What they were worked out from.
        why: Say what counts where, and list what fits nothing.

    """
    from credwallet.stacking.ladder import ladder  # noqa: PLC0415 -- lazily: no --help
    from credwallet.stacking.timeline import renewals  # noqa: PLC0415 -- as above

    found, held = tuple(answers), tuple(holdings)
    return View(found, known(found, held), ladder(found), renewals(found), why)


def show_progress(console: "Console", view: View) -> None:
    """Print the answers, and on a terminal the ladder below them if there is one.

    Args:
        console: Where.
        view: What there is to show.

    """
    for number, answer in enumerate(view.answers):
        if not console.terminal:
            console.rows(_records(answer, view))
            continue
        if number:
            console.line()
        _page(console, answer, view)
    if console.terminal and view.ladder.rungs:
        console.line()
        show_ladder(console, view.ladder, view.known, full=view.why)


def show_ladder_alone(console: "Console", view: View) -> None:
    """Print the ladder in full, and nothing else.

    Args:
        console: Where.
        view: What there is to show.

    """
    if not view.ladder.rungs:
        console.hint("none of these asks for the award of another one")
    elif console.terminal:
        show_ladder(console, view.ladder, view.known, full=True)
    else:
        console.rows(ladder_records(view.ladder))


def renewals_json(renewals: "tuple[Renewal, ...]") -> list[dict[str, Any]]:
    """Spell what one renewal keeps alive.

    Args:
        renewals: By day.

    Returns:
        The value of `renewals`.

    """
    return [
        {
            "on": renewal.on.isoformat(),
            "credentials": list(renewal.credentials),
            "qualifications": list(renewal.qualifications),
            "until": renewal.until.isoformat() if renewal.until else None,
        }
        for renewal in renewals
    ]


def _records(answer: "Progress", view: View) -> Iterator[tuple[str, ...]]:
    name, title = answer.qualification.id, answer.qualification.title
    said = (percent_words(answer), title, state_words(answer))
    spare = spare_ids(answer)
    yield (name, "progress", answer.state, *said)
    for entry in answer.requirements:
        have = f"{amount(entry.have)}/{amount(entry.need)} {entry.unit}"
        used = ",".join(entry.credentials)
        state = "not-needed" if entry.id in spare else entry.state
        yield (name, "requirement", entry.id, state, have, used, entry.why)
    for short in answer.missing:
        yield (name, "missing", short.requirement, amount(short.short_by), short.unit)
    for gate in answer.gates:
        have = f"{amount(gate.have)}/{amount(gate.need)} {gate.unit}"
        yield (name, "gate", gate.id, "met" if gate.met else "not-met", have)
    for use in answer.allocation if view.why else ():
        added = amount(use.amount)
        yield (name, "used", use.credential, use.requirement, use.matched_by, added)
    for unused in answer.unused:
        if unused.near or view.why:
            yield (name, "unused", unused.credential, unused.why)
    yield from _lapse_record(answer, renewal_of(answer, view.renewals))
    for kind, lines in _remarks(answer):
        for line in lines:
            yield (name, kind, line)


def _lapse_record(
    answer: "Progress", renewal: "Renewal | None"
) -> Iterator[tuple[str, ...]]:
    """Write when it lapses, with which parts, and what renewing them keeps."""
    name, first = answer.qualification.id, answer.earliest_expiry
    if renewal is not None:
        parts, kept = ",".join(renewal.credentials), ",".join(renewal.qualifications)
        yield (name, "lapses", f"{renewal.on}", parts, kept, f"{renewal.until or ''}")
    elif first is not None and answer.state in {"eligible", "held"}:
        yield (name, "first-expiry", f"{first}")


def _remarks(answer: "Progress") -> Iterator[tuple[str, tuple[str, ...]]]:
    yield "assumed", answer.assumed
    yield "unverified", answer.unverified
    yield "warning", answer.warnings
    yield "question", answer.suggestions


def _page(console: "Console", answer: "Progress", view: View) -> None:
    title, name = answer.qualification.title, answer.qualification.id
    version = answer.qualification.version
    console.wrapped(title, style="bold")
    console.line(f"{name}, version {version}" if version else name, style="dim")
    style = "green" if answer.state in {"held", "eligible"} else ""
    console.wrapped(f"{bar(console, answer)} {percent_words(answer)}", style=style)
    console.wrapped(state_words(answer), style=style)
    doubt = rests_on(answer, view.known)
    if doubt:
        console.wrapped(doubt, style="yellow")
    console.line()
    show_tree(console, answer, view.known, why=view.why)
    for gate in answer.gates:
        word = "met" if gate.met else "not met"
        have = f"{amount(gate.have)} of at least {amount(gate.need)}"
        unit = counted(gate.unit, one=gate.need == 1)
        sign = sign_of(console, "done" if gate.met else "missing")
        console.pieces([sign, (f" gate {word}", "")], indent=2, gap="")
        console.wrapped(f"{gate.text or gate.id}: {have} {unit}", indent=4)
    _details(console, answer, view)


def _details(console: "Console", answer: "Progress", view: View) -> None:
    console.line()
    marked, many = view.known.marked, not view.why
    short = missing_words(answer)
    most = _MOST_UNUSED if many else len(short)
    _section(console, "Still missing:", [listing(short, most)] if short else [])
    if view.why:
        used = [
            f"{marked(use.credential)} -> {use.requirement}, by {use.matched_by}"
            for use in answer.allocation
        ]
        _section(console, "What counts where:", used)
    near = [f"{marked(u.credential)}: {u.why}" for u in answer.unused if u.near]
    far = [f"{marked(u.credential)}: {u.why}" for u in answer.unused if not u.near]
    shown = near[:_MOST_UNUSED] if many else [*near, *far]
    left = len(near) - len(shown)
    if many and left > 0:
        shown.append(f"{left} more that nearly do (--why lists them)")
    if many and far:
        shown.append(f"{len(far)} more that it does not ask for (--why lists them)")
    _section(console, "What does not count:", shown)
    lapse = lapse_words(answer, view.renewals, view.known)
    _section(console, "Lapses:", [lapse] if lapse else [])
    for kind, lines in _remarks(answer):
        listed = kind in {"assumed", "unverified"} and lines
        most = _MOST_UNUSED if many else len(lines)
        said_ = [listing(lines, most)] if listed else list(lines)
        _section(console, f"{kind.capitalize()}:", said_)


def _section(console: "Console", heading: str, lines: list[str]) -> None:
    if lines:
        console.line(heading, style="dim")
    for line in lines:
        console.wrapped(line, indent=2)


def bar(console: "Console", answer: "Progress") -> str:
    """Draw how far it is: done, then what may come (under way, not proven), then not.

    Args:
        console: A terminal; an ASCII one gets signs of its own.
        answer: How far the qualification is.

    """
    full, half, empty = "\u2588\u2592\u2591" if console.unicode else "#=."
    low = high = answer.percent
    if not answer.proven:
        low, high = bounds_of(answer)
    elif answer.under_way is not None:
        high = max(low, answer.under_way.percent)
    done, may = low * _BAR // 100, high * _BAR // 100
    return full * done + half * (may - done) + empty * (_BAR - may)
