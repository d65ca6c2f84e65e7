"""How does a terminal show the story of a credential?"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from credwallet.cli.report import show_checks, show_report
from credwallet.cli.showing.story import KNOWN, UNKNOWN, Fact, Story
from credwallet.model.report import Outcome, Verdict

if TYPE_CHECKING:
    from credwallet.cli.showing.part import Shown
    from credwallet.cli.terminal.console import Console

# A hostile badge must not scroll away what was said before it.
_MOST = 12
_MARKS = {Verdict.VALID: Outcome.PASSED, Verdict.UNDETERMINED: Outcome.UNKNOWN}
_STANDING = {
    KNOWN: "known: you said that you know this issuer",
    UNKNOWN: "unknown: you have not said that you know this issuer",
}
_ASK = "why, and what is missing: credwallet stack-progress --why"


def show_piped(console: "Console", story: Story, shown: "Shown") -> None:
    """Print one fact a line: its label and its value; then one check a line.

    Args:
        console: A pipe.
        story: What is told of the credential, in order.
        shown: The row of the index, and the report about it.

    """
    console.rows(story.facts)
    if shown.report.get("checks"):
        show_report(console, {**shown.report, "handle": shown.entry.handle})


def show_told(console: "Console", story: Story, shown: "Shown") -> None:
    """Print the story for a reader, group by group.

    Args:
        console: A terminal.
        story: What is told of the credential, group by group.
        shown: The row of the index, and the report about it.

    """
    console.wrapped(console.shown(story.title), style="bold")
    _group(console, (fact for fact in story.what if fact[0] != "name"))
    _group(console, story.who)
    _verdict(console, shown, dict(story.verdict).get("why", ""))
    _group(console, story.dates)
    _group(console, story.proves)
    _group(console, story.stacks)
    if story.stacks:
        console.wrapped(console.again(_ASK), indent=11, style="dim")
    _group(console, story.own)


def _group(console: "Console", facts: Iterable[Fact]) -> None:
    told: dict[str, int] = {}
    for label, value in facts:
        told[label] = told.get(label, 0) + 1
        if told == {label: 1} and len(told) == 1:
            console.line()
        if told[label] <= _MOST:
            text = _STANDING.get(value, value) if label == "standing" else value
            console.labelled(label if told[label] == 1 else "", text)
    for label, count in told.items():
        if count > _MOST:
            console.labelled("", f"and {count - _MOST} more ({label}), all in --json")


def _verdict(console: "Console", shown: "Shown", why: str) -> None:
    verdict = shown.entry.summary.verdict
    console.line()
    mark = _MARKS.get(Verdict(verdict), Outcome.FAILED)
    console.marked(mark, f"{verdict:<8} ", why, 0, style=console.verdict_style(verdict))
    checks = shown.report.get("checks")
    if not checks:
        return
    show_checks(console, shown.report, indent=0)
    checked = shown.entry.summary.checked_at[:16].replace("T", " ")
    console.line(f"checked {checked} UTC", style="dim", indent=2)
