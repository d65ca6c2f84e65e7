"""Where in a TOML file does each key stand, and is the file small enough to read?

`tomllib` forgets positions, and takes quadratic time or unlimited depth where a file
asks for it. This walks the same text once, in linear time, for positions and limits
only; what the file means is `tomllib`'s to say (TOML 1.0.0).
"""

import re
from typing import NamedTuple

from credwallet.errors import Usage

MAX_BYTES = 1 << 20
MAX_DEPTH = 32

# The end of a string is optional, so that one without end is one token and no string
# is ever looked at twice.
TOKEN = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*(?:"{3,5})?'
    r"|'''(?:[^']|'(?!''))*(?:'{3,5})?"
    r'|"(?:[^"\\\n]|\\[^\n])*"?'
    r"|'[^'\n]*'?"
    r"|#[^\n]*"
    r"|[ \t\r]+"
    r"|[\[\]{}=.,\n]"
    r"|[^\s\[\]{}=.,#\"']+"
    r"|.",
    re.DOTALL,
)


class Place(NamedTuple):
    """A position in the file, both counted from 1."""

    line: int
    column: int


class Places(NamedTuple):
    """Positions by table, its index among tables of that name, and key.

    The key `""` is the table's own header; `match.issuer` is a key of an inline table.
    """

    by_key: dict[tuple[str, int, str], Place]

    def of(self, table: str, index: int, key: str = "") -> Place:
        """Return the position of a key, or else the nearest that is known.

        Args:
            table: Name in the header, `""` for keys above any header.
            index: 0 for the first table of that name.
            key: Key in the table, with dots into inline tables.

        Returns:
            The key's position, that of the key that holds it, or the header's.

        """
        while key:
            place = self.by_key.get((table, index, key))
            if place is not None:
                return place
            key = key.rpartition(".")[0]
        return self.by_key.get((table, index, ""), Place(1, 1))


class _Frame:
    """A statement, an inline table or an array that is open."""

    __slots__ = ("in_value", "is_table", "path", "prefix", "words")

    def __init__(self, prefix: str, *, is_table: bool) -> None:
        self.prefix = prefix
        self.is_table = is_table
        self.in_value = not is_table
        self.path = prefix
        self.words: list[str] = []


class _Walk:
    """One pass over the text."""

    def __init__(self) -> None:
        self.by_key: dict[tuple[str, int, str], Place] = {}
        self.counts: dict[str, int] = {}
        self.table = ""
        self.index = 0
        self.prefix = ""
        self.frames = [_Frame("", is_table=True)]
        self.first = Place(1, 1)
        self.brackets = 0
        self.in_header = False
        self.dots = 0

    def take(self, word: str, place: Place) -> None:
        """Go on by one token that is neither white space nor a comment."""
        frame = self.frames[-1]
        self.dots = self.dots + 1 if word == "." else self.dots
        if word in "=,{}[]\n":
            self.dots = 0
        if word == "\n":
            self._end_of_line()
        elif self.in_header:
            self._header(word)
        elif word == "[" and len(self.frames) == 1 and not frame.in_value:
            self.in_header, self.brackets, self.first = True, 1, place
        elif word in "[{":
            self.frames.append(_Frame(frame.path, is_table=word == "{"))
        elif word in "]}":
            if len(self.frames) > 1:
                self.frames.pop()
        elif word == ",":
            frame.words = []
            frame.in_value = not frame.is_table
        elif not frame.in_value:
            self._key(frame, word, place)

    def _key(self, frame: _Frame, word: str, place: Place) -> None:
        if word == "=":
            frame.path = ".".join(filter(None, (frame.prefix, *frame.words)))
            self.by_key.setdefault((self.table, self.index, frame.path), self.first)
            frame.in_value = True
        elif word != ".":
            if not frame.words:
                self.first = place
            frame.words.append(_plain(word))

    def _header(self, word: str) -> None:
        frame = self.frames[0]
        if word == "[":
            self.brackets += 1
        elif word not in "].":
            frame.words.append(_plain(word))
        elif word == "]" and frame.words:
            name, inner = frame.words[0], ".".join(frame.words[1:])
            if self.brackets > 1 and not inner:
                self.counts[name] = self.counts.get(name, 0) + 1
            self.table = name
            self.index = max(self.counts.get(name, 1) - 1, 0)
            self.prefix = inner
            self.by_key.setdefault((name, self.index, inner), self.first)
            frame.words = []

    def _end_of_line(self) -> None:
        if self.in_header or len(self.frames) == 1:
            self.in_header = False
            self.frames = [_Frame(self.prefix, is_table=True)]


def find(text: str, *, most_bytes: int = MAX_BYTES) -> Places:
    """Find every table and key of a TOML text.

    Args:
        text: The whole file.
        most_bytes: How large it may be.

    Returns:
        Positions; where the text is no TOML they mean nothing.

    Raises:
        Usage: If it is larger than that, or nested or dotted deeper than 32.

    """
    if len(text) > most_bytes or len(text.encode("utf-8", "replace")) > most_bytes:
        raise Usage(
            f"line 1: the file is larger than {most_bytes >> 20} MiB",
            next_step="leave out what is no rule",
            line=1,
        )
    walk = _Walk()
    line, start = 1, 0
    for token in TOKEN.finditer(text):
        word = token.group()
        if word[0] not in "# \t\r":
            walk.take(word, Place(line, token.start() - start + 1))
        if max(walk.dots, len(walk.frames)) > MAX_DEPTH:
            raise Usage(
                f"line {line}: nested deeper than {MAX_DEPTH}",
                next_step="use groups that point up with `in`",
                line=line,
            )
        newlines = word.count("\n")
        if newlines:
            line += newlines
            start = token.start() + word.rindex("\n") + 1
    return Places(walk.by_key)


def _plain(word: str) -> str:
    return word[1:-1] if word[0] in "\"'" and len(word) > 1 else word
