"""How does one line of a TOML text change while all others stay as they are?

Several places for a new line are tried, the nearest first. Whether one is right is for
`tomllib` to say: who takes a text from here reads it again and compares (`is_only`).
What the places are is read off tokens, for texts that are TOML (TOML 1.0.0).
"""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from credwallet.stacking.files.toml_places import TOKEN

Path = tuple[str, ...]
# What a key has that is not there.
MISSING = object()


class Statement(NamedTuple):
    """One `key = value`, at a line's start or within an inline table.

    `start`, `value` and `end` are offsets of the key, the value, and what follows it.
    `section` counts headers, 0 for the lines above any; `holder` is the index of the
    statement whose inline table holds it, -1 for a line of its own.
    """

    path: Path
    start: int
    value: int
    end: int
    section: int
    holder: int


class Header(NamedTuple):
    """A `[table]`, or with `is_array` a `[[table]]`; offsets of its brackets."""

    path: Path
    start: int
    end: int
    is_array: bool


class _Token(NamedTuple):
    text: str
    start: int
    end: int


class Layout:
    """Where everything stands in a text that is TOML.

    Args:
        text: The whole file.

    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.statements: list[Statement] = []
        self.headers: list[Header] = []
        self._tokens = [
            _Token(found.group(), found.start(), found.end())
            for found in TOKEN.finditer(text)
            if found.group()[0] not in "# \t\r"
        ]
        self._tokens.append(_Token("\n", len(text), len(text)))
        at = 0
        while at < len(self._tokens):
            word = self._tokens[at].text
            if word == "\n":
                at += 1
            elif word == "[":
                at = self._header(at)
            else:
                prefix = self.headers[-1].path if self.headers else ()
                at = self._statement(at, prefix, -1)

    def find(self, path: Path) -> Statement | None:
        """Return the statement that gives a key its value, if there is one."""
        return next((each for each in self.statements if each.path == path), None)

    def line_of(self, path: Path) -> int:
        """Return the line, from 1, of a key or the nearest that holds it."""
        starts = {each.path: each.start for each in self.headers}
        starts |= {each.path: each.start for each in self.statements}
        for length in range(len(path), 0, -1):
            if path[:length] in starts:
                return self.text.count("\n", 0, starts[path[:length]]) + 1
        return 1

    def _header(self, at: int) -> int:
        start = self._tokens[at]
        is_array = self._tokens[at + 1].text == "["
        path, at = self._key(at + 1 + is_array, "]")
        at += 1 + is_array
        end = self._tokens[at - 1].end
        self.headers.append(Header(path, start.start, end, is_array))
        return at

    def _key(self, at: int, until: str) -> tuple[Path, int]:
        words = []
        while self._tokens[at].text != until:
            if self._tokens[at].text != ".":
                words.append(_unquoted(self._tokens[at].text))
            at += 1
        return tuple(words), at

    def _statement(self, at: int, prefix: Path, holder: int) -> int:
        start = self._tokens[at].start
        words, at = self._key(at, "=")
        at += 1
        mine = len(self.statements)
        value = self._tokens[at].start
        path = (*prefix, *words)
        self.statements.append(
            Statement(path, start, value, value, len(self.headers), holder)
        )
        at = self._value(at, path, mine)
        end = self._tokens[at - 1].end
        self.statements[mine] = self.statements[mine]._replace(end=end)
        return at

    def _value(self, at: int, path: Path, mine: int) -> int:
        if self._tokens[at].text == "{":
            at += 1
            while self._tokens[at].text != "}":
                if self._tokens[at].text in ",\n":
                    at += 1
                else:
                    at = self._statement(at, path, mine)
            return at + 1
        depth = 0
        while True:
            word = self._tokens[at].text
            if depth == 0 and word in ",}]\n":
                return at
            depth += (word in "[{") - (word in "]}")
            at += 1


def _unquoted(word: str) -> str:
    if word[0] == '"' and "\\" in word:
        import tomllib  # noqa: PLC0415 -- lazily: only files with escapes in keys

        return str(tomllib.loads(f"x = {word}")["x"])
    return word[1:-1] if word[0] in "\"'" else word


def with_value(text: str, path: Path, spelled: str) -> Iterator[str]:
    """Give a key a value, in each place that may be right, the nearest first.

    Args:
        text: The file, which is TOML.
        path: The key and the tables that hold it, from the top; words without quotes.
        spelled: The value in TOML.

    """
    layout = Layout(text)
    there = layout.find(path)
    if there is not None:
        yield text[: there.value] + spelled + text[there.end :]
        return
    for length in range(len(path) - 1, 0, -1):
        line = f"{'.'.join(path[length:])} = {spelled}"
        yield from _in_section(layout, path[:length], line)
        yield from _in_inline_table(layout, path[:length], line)
    if path[0] == "profile" and len(path) > 2:
        yield _at_the_end(text, path[:2], f"{'.'.join(path[2:])} = {spelled}")
    yield _above_all_headers(layout, f"{'.'.join(path)} = {spelled}")


def without(text: str, path: Path) -> Iterator[str]:
    """Take a key out, with its line, if it is there.

    Args:
        text: The file, which is TOML.
        path: As for `with_value`.

    """
    layout = Layout(text)
    there = layout.find(path)
    if there is None:
        return
    if there.holder < 0:
        start = text.rfind("\n", 0, there.start) + 1
        yield text[:start] + text[_line_end(text, there.end) :]
        return
    beside = [each for each in layout.statements if each.holder == there.holder]
    at = beside.index(there)
    if at + 1 < len(beside):
        yield text[: there.start] + text[beside[at + 1].start :]
    elif at:
        yield text[: beside[at - 1].end] + text[there.end :]
    else:
        yield text[: there.start] + text[there.end :]


def _in_section(layout: Layout, path: Path, line: str) -> Iterator[str]:
    for number, header in enumerate(layout.headers, 1):
        if header.path == path and not header.is_array:
            ends = [each.end for each in layout.statements if each.section == number]
            yield _inserted(layout.text, max(ends, default=header.end), line)


def _in_inline_table(layout: Layout, path: Path, line: str) -> Iterator[str]:
    text = layout.text
    for number, each in enumerate(layout.statements):
        if each.path == path and text[each.value] == "{":
            ends = [inner.end for inner in layout.statements if inner.holder == number]
            if ends:
                yield f"{text[: max(ends)]}, {line}{text[max(ends) :]}"
            else:
                yield f"{text[: each.value]}{{ {line} }}{text[each.end :]}"


def _inserted(text: str, after: int, line: str) -> str:
    """Put a line under the one in which an offset lies."""
    end = _line_end(text, after)
    before = text[:end]
    if before and not before.endswith("\n"):
        before += _newline(text)
    return before + line + _newline(text) + text[end:]


def _above_all_headers(layout: Layout, line: str) -> str:
    text = layout.text
    ends = [each.end for each in layout.statements if each.section == 0]
    if ends:
        return _inserted(text, max(ends), line)
    if not layout.headers:
        return _inserted(text, len(text), line)
    # Remarks right above a table are about the table.
    at = text.rfind("\n", 0, layout.headers[0].start) + 1
    while at and text[text.rfind("\n", 0, at - 1) + 1 : at].lstrip().startswith("#"):
        at = text.rfind("\n", 0, at - 1) + 1
    return text[:at] + line + 2 * _newline(text) + text[at:]


def _at_the_end(text: str, table: Path, line: str) -> str:
    newline = _newline(text)
    before = text if not text or text.endswith("\n") else text + newline
    gap = newline if before.strip() else ""
    return f"{before}{gap}[{'.'.join(table)}]{newline}{line}{newline}"


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end + 1


def _newline(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def value_at(values: Any, path: Sequence[str]) -> Any:
    """Return what a key holds, `MISSING` if it is not there.

    Args:
        values: What a file says, as `tomllib` reads it.
        path: As for `with_value`.

    """
    for word in path:
        if not isinstance(values, dict) or word not in values:
            return MISSING
        values = values[word]
    return values


def is_only(before: Any, after: Any, path: Path, value: object) -> bool:
    """Tell whether two files differ in one key alone.

    Args:
        before: What the file said, as `tomllib` reads it.
        after: What it says then.
        path: The key. Tables on the way to it may come and go when empty.
        value: What it must hold, `MISSING` if it must not be there.

    """
    said = value_at(after, path)
    if type(said) is not type(value) or (value is not MISSING and said != value):
        return False
    return _same(_cut(before, path), _cut(after, path))


def _cut(values: dict[str, Any], path: Path) -> dict[str, Any]:
    """Copy a table without a key, nor tables on the way to it that are empty then."""
    first, *rest = path
    copy = dict(values)
    inner = copy.pop(first, None)
    if rest and inner is not None:
        left = _cut(inner, tuple(rest)) if isinstance(inner, dict) else inner
        if left != {}:
            copy[first] = left
    return copy


def _same(one: Any, other: Any) -> bool:
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(
            _same(one[name], other[name]) for name in one
        )
    if isinstance(one, list):
        return len(one) == len(other) and all(map(_same, one, other))
    # A number that is none equals nothing, not even itself.
    return bool(one == other) or repr(one) == repr(other)
