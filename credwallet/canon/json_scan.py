"""Which values does a JSON text hold, and where? Told from the text itself (RFC 8259).

Only for texts that `strict_json.loads` accepted, and, on the way to an error message,
for texts whose brackets and strings are sound.
"""

import json
import re
from collections.abc import Iterator

_PART = r'[ \t\n\r]*("[^"\\]*(?:\\.[^"\\]*)*"|[\[\]{}:,]|[^\s\[\]{}:,"]+)'
_DECODER = json.JSONDecoder()


def paths(text: str) -> Iterator[tuple[str, ...]]:
    """Walk over all values of a JSON text; a container comes after what it holds.

    Args:
        text: A JSON text (RFC 8259) with sound brackets and strings.

    Yields:
        The path of every value, members and array entries alike; that of the whole
        text, `()`, last. A member that stands twice comes twice.

    """
    # Each open container: whether it is an object, and the name or number of the member
    # that is being read.
    is_object: list[bool] = []
    path: list[str] = []
    name_next = False
    for match in re.finditer(_PART, text, re.DOTALL):
        part = match[1]
        if part in "{[":
            is_object.append(part == "{")
            path.append("" if part == "{" else "0")
            name_next = part == "{"
        elif part in "}]":
            path.pop()
            is_object.pop()
            yield tuple(path)
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
            yield tuple(path)


def to_pointer(path: tuple[str, ...]) -> str:
    """Write a path as a JSON Pointer (RFC 6901 section 3)."""
    return "".join("/" + name.replace("~", "~0").replace("/", "~1") for name in path)
