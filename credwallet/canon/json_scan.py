"""Where do the values of a JSON text begin and end? The text itself, never a copy.

Only for texts that `strict_json.loads` accepted, and, on the way to an error message,
for texts whose brackets and strings are sound.
"""

import json
import re
from collections.abc import Iterator
from typing import NamedTuple

_PART = r'[ \t\n\r]*("[^"\\]*(?:\\.[^"\\]*)*"|[\[\]{}:,]|[^\s\[\]{}:,"]+)'
_DECODER = json.JSONDecoder()


class Spot(NamedTuple):
    """One value: where it stands, and from which character to which."""

    pointer: tuple[str, ...]
    start: int
    end: int


def spots(text: str) -> Iterator[Spot]:
    """Walk over all values of a JSON text; a container comes after what it holds.

    Args:
        text: A JSON text (RFC 8259) with sound brackets and strings.

    Yields:
        Every value, members and array entries alike, the whole text last.

    """
    # Each open container: where it starts, whether it is an object, and the name or
    # number of the member that is being read.
    starts: list[int] = []
    is_object: list[bool] = []
    path: list[str] = []
    name_next = False
    for match in re.finditer(_PART, text, re.DOTALL):
        part = match[1]
        start = match.start(1)
        if part in "{[":
            starts.append(start)
            is_object.append(part == "{")
            path.append("" if part == "{" else "0")
            name_next = part == "{"
        elif part in "}]":
            path.pop()
            is_object.pop()
            yield Spot(tuple(path), starts.pop(), match.end())
            name_next = False
        elif part == ",":
            name_next = is_object[-1]
            if not name_next:
                path[-1] = str(int(path[-1]) + 1)
        elif part == ":":
            name_next = False
        elif name_next:
            path[-1] = _DECODER.decode(part)
        else:
            yield Spot(tuple(path), start, match.end())


def to_pointer(path: tuple[str, ...]) -> str:
    """Write a path as a JSON Pointer (RFC 6901 section 3)."""
    return "".join("/" + name.replace("~", "~0").replace("/", "~1") for name in path)
