"""How do the requirements of a qualification look on a terminal, as a tree?

Drawn by the console itself: `rich.tree` draws no better lines, reads foreign text as
markup, and would be the only reason to load rich here, for longer than the whole answer
takes.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from credwallet.cli.adding_up.words import (
    SIGNS,
    Branch,
    Known,
    branches,
    group_state,
    group_words,
    have_words,
    listing,
    why_words,
)
from credwallet.cli.terminal.console import cells, wrap

if TYPE_CHECKING:
    from credwallet.cli.terminal.console import Console
    from credwallet.model.qualification import (
        GroupProgress,
        Progress,
        RequirementProgress,
    )

_INDENT = 2
# Of names in one line, and of unfinished requirements in one group, without `--why`.
_MOST_NAMES = 6
_MOST_MISSING = 12
_LEAST_ROOM = 24
_NARROWEST = 12
# The column of titles, and running text, at the most.
_COLUMN = 60
_LONGEST = 2000
# Deeper branches are drawn no further to the right, so that words keep their place.
_DEEPEST = 8


class Lines(NamedTuple):
    """The pieces of a tree's lines."""

    branch: str
    last: str
    down: str
    blank: str


_UNICODE = Lines("\u251c\u2500 ", "\u2514\u2500 ", "\u2502  ", "   ")
_ASCII = Lines("|- ", "`- ", "|  ", "   ")


class _Item(NamedTuple):
    """One member of a branch: its first line in pieces, what stands below it."""

    state: str
    first: "tuple[tuple[str, str], ...]"
    below: tuple[str, ...]
    group: str = ""


class _Sight(NamedTuple):
    """What is drawn, and where."""

    console: "Console"
    answer: "Progress"
    inner: dict[str, Branch]
    known: Known
    why: bool
    column: int

    def room(self, depth: int) -> int:
        """Count the cells beside the lines and the mark at some depth."""
        taken = _INDENT + 3 * (min(depth, _DEEPEST) + 1) + 2
        return max(_LEAST_ROOM, self.console.width - taken)


def show_tree(
    console: "Console", answer: "Progress", known: Known, *, why: bool
) -> None:
    """Print the requirements of one answer.

    Args:
        console: A terminal.
        answer: How far the qualification is.
        known: Names and marks of credentials.
        why: Leave nothing out, however long the lists are.

    """
    inner = branches(answer)
    sight = _Sight(console, answer, inner, known, why, _column(console, inner))
    lines = tree_lines(console)
    for depth, lead, stem, item in _walk(sight, "", 0, ""):
        pieces = [(stem, "dim"), sign_of(console, item.state), (" ", "")]
        console.pieces([*pieces, *item.first], indent=_INDENT, gap="")
        start = lead + (lines.down if item.group else lines.blank)
        for text in item.below:
            for line in wrap(console.shown(text, _LONGEST), sight.room(depth) - 1):
                console.pieces([(start, "dim"), (line, "")], indent=_INDENT, gap="")


def sign_of(console: "Console", state: str) -> tuple[str, str]:
    """Return the mark of a state and its style; a word must stand beside it.

    Args:
        console: Which signs it can show decides.
        state: A name of `SIGNS`.

    """
    sign, ascii_, style = SIGNS[state]
    return sign if console.unicode else ascii_, style


def tree_lines(console: "Console") -> Lines:
    """Return the pieces of which the lines of a tree are made."""
    return _UNICODE if console.unicode else _ASCII


def _walk(
    sight: _Sight, name: str, depth: int, lead: str
) -> Iterator[tuple[int, str, str, _Item]]:
    """Yield each item with its depth, what leads the lines below it, and its own."""
    lines = tree_lines(sight.console)
    items = list(_members(sight, name, depth))
    for number, item in enumerate(items):
        last = number == len(items) - 1
        below = lead + (lines.blank if last else lines.down)
        yield depth, below, lead + (lines.last if last else lines.branch), item
        if item.group:
            deeper = below if depth < _DEEPEST else lead
            yield from _walk(sight, item.group, depth + 1, deeper)


def _members(sight: _Sight, name: str, depth: int) -> Iterator[_Item]:
    branch = sight.inner[name]
    left_out = missing = 0
    for entry in branch.requirements:
        missing += entry.state == "missing"
        if entry.state == "missing" and missing > _MOST_MISSING and not sight.why:
            left_out += 1
        else:
            yield _requirement(sight, entry, depth)
    if left_out:
        many = f"{left_out} more are missing (--why lists them)"
        yield _Item("missing", ((many, ""),), ())
    for group in branch.groups:
        yield _group(sight, group, depth)
    if branch.spare:
        most = len(branch.spare) if sight.why else _MOST_NAMES
        names = sight.console.shown(listing(branch.spare, most), _LONGEST)
        said = f"not needed: {names}"
        fits = cells(said) <= sight.room(depth)
        first, below = (said, ()) if fits else ("not needed:", (names,))
        yield _Item("not-needed", ((first, "dim"),), below)


def _group(sight: _Sight, group: "GroupProgress", depth: int) -> _Item:
    said = group_words(group, sight.inner[group.id])
    room = max(12, sight.room(depth) - cells(said) - 2)
    label = sight.console.shown(group.title or group.id, room)
    first = ((label, "bold"), ("  ", ""), (said, ""))
    return _Item(group_state(group), first, (), group.id)


def _requirement(sight: _Sight, entry: "RequirementProgress", depth: int) -> _Item:
    console, known = sight.console, sight.known
    why = why_words(sight.answer, entry.why)
    most = len(entry.credentials) if sight.why else _MOST_NAMES
    name = known.named if len(entry.credentials) == 1 else known.marked
    used = listing([name(handle) for handle in entry.credentials], most)
    said = {"done": used, "waived": why}.get(entry.state, entry.state.replace("-", " "))
    said = console.shown(said, _LONGEST)
    below = [] if entry.state in {"done", "waived"} else [why]
    if used and below:
        below.insert(0, f"counts: {used}")
    column = max(_NARROWEST, sight.column - 3 * depth)
    label = console.shown(entry.title or entry.id, sight.room(depth))
    have = have_words(entry)
    if cells(label) > column:
        # A long title has the line to itself: a title that is cut says nothing.
        below = [f"{have}  {said}".rstrip(), *below]
        return _Item(entry.state, ((label, ""),), tuple(filter(None, below)))
    label += " " * (column - cells(label))
    if cells(label) + cells(have) + cells(said) + 4 > sight.room(depth):
        below.insert(0, said)
        said = ""
    pieces = [(label, ""), ("  ", ""), (have, "")]
    if said:
        pieces += [("  ", ""), (said, "dim")]
    return _Item(entry.state, tuple(pieces), tuple(filter(None, below)))


def _column(console: "Console", inner: dict[str, Branch]) -> int:
    """Choose how wide titles stand, lines included: the widest that leaves room."""
    most = max(_NARROWEST, min(_COLUMN, console.width - 44))

    def widths(name: str, depth: int) -> Iterator[int]:
        for entry in inner[name].requirements:
            yield 3 * depth + cells(console.shown(entry.title or entry.id))
        for group in inner[name].groups:
            yield from widths(group.id, depth + 1)

    fitting = (width for width in widths("", 0) if width <= most)
    return max(_NARROWEST, *fitting, 0)
