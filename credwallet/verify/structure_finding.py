"""How does the structure check say what is wrong?

As problems (RFC 9457), each with the JSON Pointer of its member (RFC 6901).
"""

import re
from collections.abc import Iterator
from typing import Any

from credwallet.model.report import Problem

Found = Iterator[Problem]

# Kinds of finding that leave a doubt: the rest of the credential may be in order.
UNSURE = frozenset({"unsupported", "too-many"})

# RFC 3986 section 3: a scheme and no character that an address cannot hold.
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")


def wrong(pointer: str, what: str) -> Problem:
    """Say that a member breaks a rule.

    Args:
        pointer: JSON Pointer of the member.
        what: Words that follow the member's name.

    """
    named = pointer.lstrip("/").replace("/", " ") or "the document"
    return Problem(
        type="malformed",
        title=f"{named[:120]} {what}",
        instance=pointer,
        next_step="ask the issuer for a corrected copy",
    )


def is_url(value: Any) -> bool:
    """Tell whether a JSON value is an absolute address (a URL of VCDM 2.0)."""
    return isinstance(value, str) and _URL.fullmatch(value) is not None


def listed(value: Any) -> list[Any]:
    """Return the entries of a member that may stand alone or in an array."""
    return value if isinstance(value, list) else [value]


def places(value: Any, pointer: str) -> Iterator[tuple[str, Any]]:
    """Yield each entry of a member with its JSON Pointer.

    Args:
        value: Of the member: a list, or anything else, which is its own only entry.
        pointer: JSON Pointer (RFC 6901) to the member.

    """
    if not isinstance(value, list):
        yield pointer, value
        return
    for index, entry in enumerate(value):
        yield f"{pointer}/{index}", entry


def texts(value: Any) -> list[str]:
    """Return the entries that are texts, of a member that may be an array."""
    return [entry for entry in listed(value) if isinstance(entry, str)]
