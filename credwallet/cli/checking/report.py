"""What needs attention after a check, for people, pipes and `--json`."""

from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from credwallet.cli.checking.changes import Difference, differences_words
from credwallet.cli.checking.seen import Seen
from credwallet.cli.plural import amount

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from credwallet.cli.terminal.console import Console

_DAY = len("2026-11-25")
_HEADER = ("HANDLE", "NAME", "WHAT", "SINCE")
_STYLES = ("bold", "bold", "", "dim")
# Narrower terminals get the next step on a line of its own: cut, it helps nobody.
_WIDE = 120
_INDENT = 6
# More lines than these tell nobody anything; --json lists all.
_MOST_CHANGES = 20


class Failing(NamedTuple):
    """That one condition holds for one credential; `since` is RFC 3339 or `""`."""

    seen: Seen
    condition: str
    detail: str
    since: str
    next_step: str


def failing_json(failing: Failing) -> dict[str, Any]:
    """Spell one thing that needs attention."""
    return {
        "handle": failing.seen.handle,
        "name": failing.seen.name or None,
        "condition": failing.condition,
        "detail": failing.detail,
        "since": failing.since or None,
        "asOf": failing.seen.as_of or None,
        "nextStep": failing.next_step,
    }


def show_check(
    console: "Console",
    data: "Mapping[str, Any]",
    failing: "Sequence[Failing]",
    changes: "Sequence[Difference]",
) -> None:
    """Print what needs attention; what does not is said on a terminal alone.

    On a terminal one line a credential; in a pipe one record a condition that holds:
    handle, name, condition, what, since when, next step.

    Args:
        console: Where to.
        data: As `--json` prints it.
        failing: What needs attention.
        changes: What is otherwise than at the check before.

    """
    if failing:
        _show_failing(console, failing)
    if not console.error_terminal:
        return
    told = ", ".join(
        f"{count:,} {verdict}" for verdict, count in data["counts"].items()
    )
    words = f"checked {amount(data['checked'], 'credential')}"
    console.note(f"{words}: {told}" if told else words)
    if data["asOf"] not in (None, data["at"]):
        console.note(f"the oldest answer that counts is of {data['asOf'][:_DAY]}")
    if data["since"] is None:
        console.note("this was the first check: there was nothing to compare with")
        return
    count = amount(len(changes), "change") if changes else "nothing changed"
    console.note(f"{count} since {data['since'][:_DAY]}")
    for each in changes[:_MOST_CHANGES]:
        console.note(f"{each.handle} {each.name}: {differences_words([each])}")
    if len(changes) > _MOST_CHANGES:
        console.note(f"and {len(changes) - _MOST_CHANGES:,} more")


def _show_failing(console: "Console", failing: "Sequence[Failing]") -> None:
    if not console.terminal:
        console.rows(_record(each) for each in failing)
        return
    lines = list(_lines(failing))
    if console.width >= _WIDE:
        console.table((*_HEADER, "NEXT STEP"), lines, flexible=(1, 2))
        return
    for *about, step in lines:
        console.pieces(list(zip(about, _STYLES, strict=True)), giving=(1,))
        console.wrapped(f"next: {step}", indent=_INDENT)


def _record(failing: Failing) -> tuple[str, ...]:
    seen = failing.seen
    about = (seen.handle, seen.name, failing.condition, failing.detail)
    return (*about, failing.since, failing.next_step)


def _lines(failing: "Sequence[Failing]") -> "Iterator[tuple[str, ...]]":
    for _, group in groupby(failing, lambda each: each.seen.key):
        held = list(group)
        first = held[0]
        what = "; ".join(each.detail for each in held)
        since = min((each.since for each in held if each.since), default="")
        about = (first.seen.handle, first.seen.name, what, since[:_DAY])
        yield (*about, first.next_step)
