"""Where in a credential does a member say something, and what?

JSON Pointer is RFC 6901. A member that is there and says nothing (an empty text, the
label of a blank node, an object of nothing but its type) is as good as absent.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from credwallet.model.credential import words
from credwallet.stacking.policies.pack import Field

# More places of one element help nobody.
MOST_FOUND = 20
# Longer text is running text: where it stands is said, not what it says.
LONGEST_VALUE = 200

# Blank nodes, and numbers that the European Learning Model gives the parts of a file.
_NAMES_NOTHING = ("_:", "urn:epass:")
_ONLY_FORM = frozenset({"type", "@type", "@context", "inScheme"})
# What stands for an object in one line, in the words of the standards.
_LABELS = (
    *("prefLabel", "title", "legalName", "name", "targetName", "fullName"),
    *("noteLiteral", "point", "narrative", "notation", "identityHash", "id"),
)


class Found(NamedTuple):
    """A place that says something.

    `pointer` is a JSON Pointer into the credential, `value` its text in one line, `""`
    if that is over 200 characters.
    """

    pointer: str
    value: str


def look(document: Any, fields: Iterable[Field]) -> tuple[Found, ...]:
    """Find every place that says something, at most 20.

    Args:
        document: The signed part of a credential.
        fields: Places to look at, in order.

    Returns:
        The places in that order, each once.

    """
    found: dict[str, Found] = {}
    for field in fields:
        for pointer, value in _walk(document, field.path, ""):
            if _is_meant(value, field) and says(value):
                found.setdefault(pointer, Found(pointer, _shown(value)))
            if len(found) == MOST_FOUND:
                return tuple(found.values())
    return tuple(found.values())


def says(value: Any) -> bool:
    """Tell whether a JSON value says anything at all.

    Args:
        value: Of any shape; `false` and 0 are answers.

    """
    if isinstance(value, str):
        return bool(value.strip()) and not value.startswith(_NAMES_NOTHING)
    if isinstance(value, Mapping):
        return any(says(v) for name, v in value.items() if name not in _ONLY_FORM)
    if isinstance(value, list):
        return any(map(says, value))
    return value is not None


def _walk(value: Any, path: tuple[str, ...], pointer: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, list):
        for index, entry in enumerate(value):
            # An array within an array has no place in these standards.
            if not isinstance(entry, list):
                yield from _walk(entry, path, f"{pointer}/{index}")
    elif not path:
        yield pointer, value
    elif isinstance(value, Mapping) and path[0] in value:
        name = path[0].replace("~", "~0").replace("/", "~1")
        yield from _walk(value[path[0]], path[1:], f"{pointer}/{name}")


def _is_meant(value: Any, field: Field) -> bool:
    if not field.member:
        return True
    stated = value.get(field.member) if isinstance(value, Mapping) else None
    many = stated if isinstance(stated, list) else [stated]
    hit = any(isinstance(entry, str) and entry in field.values for entry in many)
    return hit != field.excluded


def _shown(value: Any) -> str:
    text = " ".join(_text(value).split())
    return text if len(text) <= LONGEST_VALUE else ""


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        # The shortest text that reads back as the same number is what was written.
        return repr(value).removesuffix(".0")
    if not isinstance(value, Mapping):
        return words(value)
    labels = (words(value[name]) for name in _LABELS if name in value)
    told = (text for text in labels if says(text))
    return next(told, "") or words({k: v for k, v in value.items() if k != "id"})
