"""How `stack-progress` looks: a page on a terminal, records in a pipe.

In a pipe every line is one record: the qualification's id, what the line is about, and
its values, tab separated and whole.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from credwallet.cli.console import cells, plain, shorten
from credwallet.stacking.amounts import plain as amount

if TYPE_CHECKING:
    from credwallet.cli.console import Console
    from credwallet.model.qualification import Progress, RequirementProgress

_BAR = 24
_SIGNS = {
    "done": ("\u2713", "+", "green"),
    "waived": ("\u2713", "+", "green"),
    "partly": ("\u25d0", "~", "yellow"),
    "in-progress": ("\u25d0", "~", "yellow"),
    "lapsed": ("!", "!", "yellow"),
    "blocked": ("!", "!", "yellow"),
    "manual": ("?", "?", "yellow"),
    "missing": ("\u2717", "x", "red"),
}


def show_progress(
    console: "Console", answers: "Sequence[Progress]", *, why: bool
) -> None:
    """Print the answers.

    Args:
        console: Where.
        answers: One for each qualification.
        why: Say what counts where, and list what fits nothing.

    """
    for number, answer in enumerate(answers):
        if not console.terminal:
            console.rows(_records(answer, why=why))
            continue
        if number:
            console.line()
        _page(console, answer, why=why)


def _records(answer: "Progress", *, why: bool) -> Iterator[tuple[str, ...]]:
    name = answer.qualification.id
    title = answer.qualification.title
    yield (name, "progress", answer.state, _percent(answer), title, _state(answer))
    for entry in answer.requirements:
        have = f"{amount(entry.have)}/{amount(entry.need)} {entry.unit}"
        used = ",".join(entry.credentials)
        yield (name, "requirement", entry.id, entry.state, have, used, entry.why)
    for short in answer.missing:
        yield (name, "missing", short.requirement, amount(short.short_by), short.unit)
    for gate in answer.gates:
        have = f"{amount(gate.have)}/{amount(gate.need)} {gate.unit}"
        yield (name, "gate", gate.id, "met" if gate.met else "not-met", have)
    if why:
        for use in answer.allocation:
            added = amount(use.amount)
            yield (name, "used", use.credential, use.requirement, use.matched_by, added)
    for unused in answer.unused:
        if unused.near or why:
            yield (name, "unused", unused.credential, unused.why)
    for kind, lines in _remarks(answer):
        for line in lines:
            yield (name, kind, line)


def _remarks(answer: "Progress") -> Iterator[tuple[str, tuple[str, ...]]]:
    if answer.earliest_expiry and answer.state in {"eligible", "held"}:
        yield "lapses", (f"{answer.earliest_expiry}",)
    yield "assumed", answer.assumed
    yield "unverified", answer.unverified
    yield "warning", answer.warnings
    yield "question", answer.suggestions


def _percent(answer: "Progress") -> str:
    if not answer.proven:
        low, high = (min(99, int(bound * 100)) for bound in answer.bounds)
        high += answer.bounds[1] == 1
        return f"at least {low}%, at most {high}%, not proven"
    said = f"{answer.percent}%"
    if answer.under_way is not None:
        said += f" ({answer.under_way.percent}% when what is under way is done)"
    return said


def _state(answer: "Progress") -> str:
    awarding = " or ".join(answer.qualification.awarded_by)
    if answer.state == "held":
        return f"held: you have the award itself ({answer.award})"
    if answer.state == "eligible":
        return f"eligible: claim it from {awarding}" if awarding else "eligible"
    return answer.state.replace("-", " ")


def _page(console: "Console", answer: "Progress", *, why: bool) -> None:
    title, name = answer.qualification.title, answer.qualification.id
    version = answer.qualification.version
    console.wrapped(title, style="bold")
    console.line(f"{name}, version {version}" if version else name, style="dim")
    style = "green" if answer.state in {"held", "eligible"} else ""
    console.wrapped(f"{_bar(console, answer)} {_percent(answer)}", style=style)
    console.wrapped(_state(answer), style=style)
    console.line()
    _tree(console, answer, "", 2)
    for gate in answer.gates:
        sign = _sign(console, "done" if gate.met else "missing")
        have = f"{amount(gate.have)} of at least {amount(gate.need)} {gate.unit}"
        label = f"gate {gate.text or gate.id}: {have}"
        console.pieces([sign, (label, "")], indent=2)
    _details(console, answer, why=why)


def _details(console: "Console", answer: "Progress", *, why: bool) -> None:
    console.line()
    if answer.missing:
        short = "; ".join(
            f"{entry.requirement} {amount(entry.short_by)} "
            f"{_counted(entry.unit, one=entry.short_by == 1)}"
            for entry in answer.missing
        )
        _section(console, "Still missing:", [short])
    if why:
        used = [
            f"{use.credential} -> {use.requirement}, by {use.matched_by}"
            for use in answer.allocation
        ]
        _section(console, "What counts where:", used)
    near = [f"{u.credential}: {u.why}" for u in answer.unused if u.near or why]
    _section(console, "What does not count:", near)
    far = len(answer.unused) - len(near)
    if far:
        console.line(
            f"{far} more that it does not ask for (--why lists them)", indent=2
        )
    for kind, lines in _remarks(answer):
        listed = kind in {"assumed", "unverified"} and lines
        said = [", ".join(lines)] if listed else list(lines)
        _section(console, f"{kind.capitalize()}:", said)


def _section(console: "Console", heading: str, lines: list[str]) -> None:
    if lines:
        console.line(heading, style="dim")
    for line in lines:
        console.wrapped(line, indent=2)


def _tree(console: "Console", answer: "Progress", parent: str, indent: int) -> None:
    inside = [entry for entry in answer.requirements if entry.group == parent]
    for entry in inside:
        _requirement(console, entry, indent)
    for group in answer.groups:
        if group.group != parent:
            continue
        members = sum(entry.group == group.id for entry in answer.requirements)
        members += sum(other.group == group.id for other in answer.groups)
        which = f"any {group.n} of {members}" if group.type == "n_of" else "all of"
        sign = _sign(console, "done" if group.fraction == 1 else "partly")
        said = f"{group.title or group.id}: {which}, {int(group.fraction * 100)}%"
        console.pieces([sign, (said, "")], indent=indent)
        _tree(console, answer, group.id, indent + 2)


def _requirement(console: "Console", entry: "RequirementProgress", indent: int) -> None:
    room = max(12, min(34, console.width - indent - 44))
    label = shorten(plain(entry.title or entry.id), room)
    label += " " * (room - cells(label))
    unit = _counted(entry.unit, one=entry.need == 1)
    have = f"{amount(entry.have)} of {amount(entry.need)} {unit}"
    used = plain(", ".join(entry.credentials))
    said = {"done": used, "waived": entry.why}.get(entry.state, entry.state)
    below = [] if entry.state in {"done", "waived"} else [entry.why]
    if used and below:
        below.insert(0, f"counts: {used}")
    if cells(label) + cells(have) + cells(said) + indent + 7 > console.width:
        below.insert(0, said)
        said = ""
    console.pieces(
        [_sign(console, entry.state), (label, ""), (have, ""), (said, "dim")],
        indent=indent,
    )
    for text in below:
        console.wrapped(text, indent=indent + 3)


def _counted(unit: str, *, one: bool) -> str:
    return unit.removesuffix("s") if one else unit


def _sign(console: "Console", state: str) -> tuple[str, str]:
    sign, ascii_, style = _SIGNS[state]
    return sign if console.unicode else ascii_, style


def _bar(console: "Console", answer: "Progress") -> str:
    full, empty = ("\u2588", "\u2591") if console.unicode else ("#", ".")
    filled = answer.percent * _BAR // 100
    return full * filled + empty * (_BAR - filled)
