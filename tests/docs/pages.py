"""Which pages are there for readers, and what stands on them?"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tests.contract.code import ROOT

_FENCE = re.compile(r"```(\S*)(?: (.*))?")
_INDENTED = re.compile(r"(?: {4}|\t)(.*)")
_CODE = re.compile(r"(`+)(.+?)\1(?!`)", re.DOTALL)
_LINK = re.compile(r"!?\[((?:[^\[\]]|\[[^\]]*\])*)\]\(([^()\s]+)\)")
_HEADING = re.compile(r"#{1,6} (.+)")


class Block(NamedTuple):
    """A block of code: its language, the words after that, its lines, its place."""

    kind: str
    marks: tuple[str, ...]
    lines: tuple[str, ...]
    line: int

    @property
    def text(self) -> str:
        """The block as a file."""
        return "".join(f"{line}\n" for line in self.lines)

    @property
    def runs(self) -> bool:
        """Tell whether it is to be run as it stands."""
        return "no-run" not in self.marks


class Link(NamedTuple):
    """A link: the page that is meant ("" for the same one), the heading, and where."""

    path: str
    anchor: str
    line: int


class Page(NamedTuple):
    """A page for readers, by its path in the repository."""

    name: str
    text: str

    @property
    def path(self) -> Path:
        """Where it lies."""
        return ROOT / self.name

    @property
    def blocks(self) -> list[Block]:
        """Its fenced blocks, and those that are indented (of the kind "")."""
        return [*_fenced(self.text), *_indented(_without_fences(self.text))]

    @property
    def words(self) -> list[tuple[int, str]]:
        """What is code within its sentences, with the number of the line."""
        text = "\n".join(_without_fences(self.text))
        return [
            (text.count("\n", 0, found.start()) + 1, " ".join(found[2].split()))
            for found in _CODE.finditer(text)
        ]

    @property
    def links(self) -> list[Link]:
        """Its links to files and headings; not those to other hosts."""
        text = _CODE.sub(_blank, "\n".join(_without_fences(self.text)))
        links = []
        for found in _LINK.finditer(text):
            path, _, anchor = found[2].partition("#")
            if ":" not in path:
                line = text.count("\n", 0, found.start()) + 1
                links.append(Link(path, anchor, line))
        return links

    @property
    def anchors(self) -> set[str]:
        """The names of its headings, as GitHub makes them."""
        names: list[str] = []
        for line in _without_fences(self.text):
            found = _HEADING.fullmatch(line)
            if found:
                names.append(_anchor(found[1], names))
        return set(names)


@cache
def pages() -> tuple[Page, ...]:
    """Read every page, those at the top first."""
    paths = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
    names = [path.relative_to(ROOT).as_posix() for path in paths]
    return tuple(Page(name, (ROOT / name).read_text("utf-8")) for name in names)


def page(name: str) -> Page:
    """Return the page at a path."""
    (found,) = [each for each in pages() if each.name == name]
    return found


def _blank(found: re.Match[str]) -> str:
    """Put blanks in the place of code, so that what stands after keeps its place."""
    return re.sub(r"[^\n]", " ", found[0])


def _fenced(text: str) -> Iterator[Block]:
    start: tuple[int, re.Match[str]] | None = None
    lines: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        if start is None:
            found = _FENCE.fullmatch(line.rstrip())
            start, lines = (number, found) if found else None, []
        elif line.rstrip() == "```":
            marks = tuple((start[1][2] or "").split())
            yield Block(start[1][1], marks, tuple(lines), start[0])
            start = None
        else:
            lines.append(line)
    assert start is None, f"a block that starts in line {start} has no end"


def _without_fences(text: str) -> list[str]:
    """Return the lines with all fenced blocks and remarks empty, at their places."""
    lines = text.splitlines()
    for block in _fenced(text):
        for number in range(block.line - 1, block.line + len(block.lines) + 1):
            lines[number] = ""
    joined = re.sub(r"<!--.*?-->", _blank, "\n".join(lines), flags=re.DOTALL)
    return joined.split("\n")


def _indented(lines: Sequence[str]) -> Iterator[Block]:
    """Find indented code: after an empty line, and not within a list."""
    found: list[str] = []
    within_list = False
    for number, line in enumerate([*lines, "end"], 1):
        inner = _INDENTED.fullmatch(line)
        empty_before = number > 1 and not lines[number - 2].strip()
        if inner and not within_list and (found or empty_before):
            found.append(inner[1])
            continue
        if found and not line.strip():
            found.append("")
            continue
        if found:
            end = len(found)
            while not found[end - 1]:
                end -= 1
            yield Block("", (), tuple(found[:end]), number - len(found))
            found = []
        if line.strip() and not line.startswith(" "):
            within_list = bool(re.match(r"(?:[-*]|\d+\.) ", line))


def _anchor(heading: str, before: Sequence[str]) -> str:
    """Name a heading: lower case, no signs, dashes for blanks, numbered if taken."""
    text = _LINK.sub(r"\1", heading.strip()).lower()
    name = re.sub(r"[^\w\- ]", "", text).replace(" ", "-")
    same = sum(
        re.fullmatch(rf"{re.escape(name)}(-\d+)?", each) is not None for each in before
    )
    return f"{name}-{same}" if same else name
