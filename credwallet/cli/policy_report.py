"""How does `policy` tell of a policy, and of a credential held against one?

In a pipe every line is one record, tab separated and whole.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from credwallet.cli.terminal.console import cells, plain, wrap
from credwallet.stacking.policies import VOCABULARIES

if TYPE_CHECKING:
    from credwallet.cli.policy_inputs import Subject
    from credwallet.cli.terminal.console import Console
    from credwallet.stacking.policies import Answer, Checked, Element, Pack

# Said with every result.
NOTE = (
    "That an element is there does not say that it is right, or good: only what stands "
    "in a signed member of its own is seen, running text is not read, and nobody "
    "recognises anything by it."
)
_SIGNS = {
    "present": ("\u2713", "+", "green"),
    "missing": ("\u2717", "x", "red"),
    "absent-if-applicable": ("?", "?", "yellow"),
    "absent": ("-", "-", "dim"),
    "not-visible": ("?", "?", "dim"),
}
_SAID = {
    "missing": "missing",
    "absent-if-applicable": "absent, and only asked for {when}",
    "absent": "absent (optional)",
    "not-visible": "not visible in the data",
}


class Outcome(NamedTuple):
    """One credential with what was found of one policy."""

    subject: "Subject"
    checked: "Checked"


def pack_json(pack: "Pack") -> dict[str, Any]:
    """Spell what a policy is, without what it asks for."""
    return {
        "id": pack.id,
        "title": pack.title,
        "status": pack.status,
        "publishedBy": pack.published_by or None,
        "source": pack.source,
        "dated": _day(pack.dated),
        "readAt": pack.read_at or pack.source,
        "readOn": _day(pack.read_on),
    }


def whole_pack_json(pack: "Pack") -> dict[str, Any]:
    """Spell everything that a policy says."""
    return {
        **pack_json(pack),
        "text": pack.text or None,
        "elements": [
            {**_element_json(entry), "notVisible": entry.not_visible or None}
            for entry in pack.elements
        ],
        "facts": [
            {
                "id": fact.id,
                "text": fact.text,
                "source": fact.source,
                "readOn": _day(fact.read_on),
            }
            for fact in pack.facts
        ],
        "limits": [limit._asdict() for limit in pack.limits],
    }


def outcome_json(outcome: Outcome) -> dict[str, Any]:
    """Spell one credential held against one policy."""
    subject, checked = outcome
    return {
        "source": subject.source,
        "handle": subject.handle,
        "pointer": subject.pointer,
        "name": subject.name or None,
        "verdict": subject.verdict,
        "ignored": subject.ignored or None,
        "vocabulary": VOCABULARIES[checked.vocabulary],
        "policy": checked.pack.id,
        "missing": list(checked.missing),
        "elements": [_answer_json(answer) for answer in checked.answers],
    }


def _answer_json(answer: "Answer") -> dict[str, Any]:
    return {
        **_element_json(answer.element),
        "state": answer.state,
        "found": [
            {"pointer": found.pointer, "value": found.value or None}
            for found in answer.found
        ],
        "words": list(answer.words),
        "why": answer.why or None,
    }


def _element_json(element: "Element") -> dict[str, Any]:
    return {
        "id": element.id,
        "title": element.title,
        "text": element.text or None,
        "need": element.need,
        "when": element.when or None,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def show_outcomes(console: "Console", outcomes: Sequence[Outcome]) -> None:
    """Print every credential held against every policy.

    Args:
        console: Where it is printed: pages on a terminal, records in a pipe.
        outcomes: One for each pair of credential and policy, in order.

    """
    for outcome in outcomes:
        if console.terminal:
            _page(console, outcome)
            console.line()
        else:
            console.rows(_records(outcome))
    if console.terminal and outcomes:
        for line in wrap(NOTE, console.width):
            console.line(line, style="dim")


def _records(outcome: Outcome) -> Iterator[tuple[str, ...]]:
    subject, checked = outcome
    place = (subject.handle or subject.source) + subject.pointer
    for answer in checked.answers:
        where = " ".join(found.pointer for found in answer.found)
        yield (
            *(place, subject.verdict, checked.pack.id, answer.element.id),
            *(_need(answer.element), answer.state, where, " ".join(answer.words)),
        )


def _need(element: "Element") -> str:
    return element.when or element.need


def _page(console: "Console", outcome: Outcome) -> None:
    subject, checked = outcome
    style = console.verdict_style(subject.verdict)
    console.pieces(
        [
            (subject.verdict, style),
            (subject.handle or "", "bold"),
            (subject.name or subject.source, "bold"),
        ]
    )
    if subject.pointer:
        console.wrapped(f"in {subject.source} at {subject.pointer}", style="dim")
    console.wrapped(f"{checked.pack.id}: {_counted(checked)}")
    if subject.ignored:
        console.wrapped(subject.ignored, style="red")
        return
    for answer in checked.answers:
        _line(console, answer)


def _counted(checked: "Checked") -> str:
    asked = [a for a in checked.answers if a.element.need == "mandatory"]
    there = sum(answer.state == "present" for answer in asked)
    said = f"{there} of {len(asked)} mandatory elements are there"
    if checked.missing:
        said += f", {len(checked.missing)} missing"
    unseen = sum(answer.state == "not-visible" for answer in asked)
    if unseen:
        said += f", {unseen} not visible"
    return f"{said} ({VOCABULARIES[checked.vocabulary]})"


def _line(console: "Console", answer: "Answer") -> None:
    element = answer.element
    sign, ascii_, style = _SIGNS[answer.state]
    value = answer.found[0].value if answer.found else ""
    said = value or _SAID.get(answer.state, "").format(when=element.when)
    tone = "" if value else style
    mark = sign if console.unicode else ascii_
    fits = cells(plain(element.title)) + cells(plain(said)) + 7 <= console.width
    beside = [(said, tone)] if fits else []
    console.pieces([(mark, style), (element.title, ""), *beside], indent=2)
    if said and not fits:
        console.wrapped(said, indent=5, style=tone)
    if answer.why:
        console.wrapped(answer.why, indent=5, style="dim")
    if answer.found:
        more = len(answer.found) - 1
        rest = f" and {more} more" if more else ""
        console.wrapped(f"{answer.found[0].pointer}{rest}", indent=5, style="dim")
    for pointer in answer.words[:1]:
        console.wrapped(f"look yourself at {pointer}", indent=5, style="dim")


def show_packs(console: "Console", packs: Sequence["Pack"]) -> None:
    """Print one line a policy.

    Args:
        console: Where it is printed.
        packs: In order.

    """
    console.table(
        ("ID", "STATUS", "TITLE", "READ ON"),
        [(p.id, p.status, p.title, _day(p.read_on) or "") for p in packs],
        flexible=(2,),
    )


def show_pack(console: "Console", pack: "Pack") -> None:
    """Print everything that a policy says.

    Args:
        console: Where it is printed: a page on a terminal, records in a pipe.
        pack: The policy.

    """
    if not console.terminal:
        console.rows(_pack_records(pack))
        return
    console.wrapped(pack.title, style="bold")
    console.line(f"{pack.id}, {pack.status}", style="dim")
    for label, value in _about(pack):
        console.labelled(label, value)
    for heading, need in (("It asks for:", "mandatory"), ("It allows:", "optional")):
        asked = [entry for entry in pack.elements if entry.need == need]
        if asked:
            console.line()
            console.line(heading, style="dim")
        for entry in asked:
            when = f" ({entry.when})" if entry.when else ""
            console.wrapped(f"{entry.title}{when}", indent=2)
            for text in filter(None, (entry.text, entry.not_visible)):
                console.wrapped(text, indent=5, style="dim")
    if pack.facts:
        console.line()
        console.line("It says beside that, of no single credential:", style="dim")
    for fact in pack.facts:
        console.wrapped(fact.text, indent=2)
        console.wrapped(f"{fact.source} ({_day(fact.read_on)})", indent=5, style="dim")
    for limit in pack.limits:
        console.line()
        console.wrapped(f"For a qualification file (--limits). {limit.text}")
        show_limit(console, limit.toml)


def show_limit(console: "Console", toml: str) -> None:
    """Print what is to be put into a qualification file, line by line.

    Args:
        console: Where it is printed.
        toml: Lines of a qualification file.

    """
    for line in toml.strip("\n").splitlines():
        console.line(line)


def _about(pack: "Pack") -> Iterator[tuple[str, str]]:
    facts = (
        ("by", pack.published_by),
        ("source", pack.source),
        ("dated", _day(pack.dated) or ""),
        ("read at", pack.read_at),
        ("read on", _day(pack.read_on) or ""),
        ("about", pack.text),
    )
    return ((label, value) for label, value in facts if value)


def _pack_records(pack: "Pack") -> Iterator[tuple[str, ...]]:
    yield (pack.id, "policy", pack.status, pack.title)
    for label, value in _about(pack):
        yield (pack.id, label, value)
    for entry in pack.elements:
        told = (entry.title, entry.text or entry.not_visible)
        yield (pack.id, "element", entry.id, _need(entry), *told)
    for fact in pack.facts:
        yield (
            pack.id,
            "fact",
            fact.id,
            fact.text,
            fact.source,
            _day(fact.read_on) or "",
        )
    for limit in pack.limits:
        yield (pack.id, "limit", limit.id, limit.text)
