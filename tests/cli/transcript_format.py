"""How is a transcript written? `transcript` describes it for people."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

_STARTS = re.compile(r"(?:[$#]|--|@env|@now|@wallet)(?: |$)|@demo/")
_STARTS_AFTER_FILE = re.compile(r"(?:\$|--)(?: |$)")
_READS_AS_OTHER = re.compile(rf"{_STARTS.pattern}|(?:[!?>]|>\*)(?: |$)|\.\.\.$|\\|```")
_COMMAND = re.compile(r"\$ (?:\[tty (\d+)\] )?(.*)", re.DOTALL)
_GOES_ON = re.compile(r"(?:[\\|&;{(]|\b(?:do|in|then|else))$")
_FENCE = re.compile(r"```console(?: (\d+|pipe))?\s*")
_HIDDEN = "<!-- transcript"


class Item(NamedTuple):
    """One thing of a transcript: its first line, the lines below, and where it is."""

    head: str
    body: list[str]
    line: int
    columns: int | None

    @property
    def is_command(self) -> bool:
        """Tell whether something is to be run."""
        return self.head.startswith("$ ")

    @property
    def command(self) -> tuple[str, int | None]:
        """What to run, and the width of its terminal; None for no terminal."""
        found = _COMMAND.fullmatch(self.head)
        assert found is not None, self
        return found[2], int(found[1]) if found[1] else self.columns

    @property
    def goes_on(self) -> bool:
        """Tell whether the command is not complete yet."""
        return self.is_command and not self.body and bool(_GOES_ON.search(self.head))

    @property
    def expected(self) -> list[str]:
        """What a command prints: stdout, then stderr, then the exit code."""
        lines = [line.rstrip() for line in self.body]
        err = [line for line in lines if line == "!" or line.startswith("! ")]
        code = [line for line in lines if line.startswith("? ")]
        return [*cut(line for line in lines if line not in err + code), *err, *code]


def read(
    lines: Iterable[str], first: int = 1, columns: int | None = None
) -> list[Item]:
    """Take a transcript apart.

    Args:
        lines: Without their ends.
        first: The number of the first one.
        columns: Width of the terminal of commands that name none; None for no terminal.

    """
    items: list[Item] = []
    for number, line in enumerate(lines, first):
        last = items[-1] if items else None
        starts = _STARTS
        if last and last.head.startswith("-- "):
            starts = _STARTS_AFTER_FILE
        if last and last.goes_on and line.startswith("    "):
            items[-1] = last._replace(head=f"{last.head}\n{line}")
        elif last is None or starts.match(line):
            items.append(Item(line, [], number, columns))
        else:
            last.body.append(line)
    return items


class Block(NamedTuple):
    """The lines of a block within a page: from the first, up to but without the end."""

    first: int
    end: int
    columns: int | None


def blocks(lines: Sequence[str]) -> Iterator[Block]:
    """Find the blocks of a page that are parts of a transcript."""
    first, columns = None, None
    for number, line in enumerate(lines):
        if first is None:
            fence = _FENCE.fullmatch(line)
            if fence or line.strip() == _HIDDEN:
                width = (fence[1] or "80") if fence else "pipe"
                first, columns = number + 1, None if width == "pipe" else int(width)
        elif line.strip() in ("```", "-->"):
            yield Block(first, number, columns)
            first = None


def read_blocks(markdown: str) -> list[Item]:
    """Take the blocks of commands out of a page, in order, as one transcript."""
    lines = markdown.splitlines()
    items: list[Item] = []
    for block in blocks(lines):
        part = lines[block.first : block.end]
        items += read(part, block.first + 1, block.columns)
    return items


def as_written(line: str) -> str:
    """Write a printed line so that it reads as one."""
    return f"\\{line}" if _READS_AS_OTHER.match(line) else line


def cut(lines: Iterable[str]) -> list[str]:
    """Leave out the blank lines at the end."""
    left = list(lines)
    while left and not left[-1].strip():
        left.pop()
    return left
