"""Which credentials does this HTML page carry? Those behind the links that we write.

A page that was made here, or any other that holds one of our links, carries the whole
credential in the text `#c=KIND.DATA`. The page is searched for that text and never
interpreted: no element, script or entity of it means anything.
"""

import re

from credwallet.errors import Unreadable

MAX_LINKS = 100
MAX_INFLATED = 16 * 1024 * 1024

_START = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_FRAGMENT = re.compile(rb"#(c=[jts]\.[A-Za-z0-9_-]+)")


def sniff(data: bytes) -> bool:
    """Say whether the bytes start like an HTML page."""
    return _START.match(data[:1024]) is not None


def has_fragment(data: bytes) -> bool:
    """Say whether a page carries any credential."""
    return _FRAGMENT.search(data) is not None


def fragments(data: bytes) -> tuple[str, ...]:
    """Find what stands behind the `#` of our links.

    Args:
        data: The whole page.

    Returns:
        Each fragment once, without its `#`, in the order of the page.

    Raises:
        Unreadable: There is none, or more than 100.

    """
    found: dict[bytes, None] = {}
    for match in _FRAGMENT.finditer(data):
        found[match[1]] = None
        if len(found) > MAX_LINKS:
            raise Unreadable(
                f"a web page of more than {MAX_LINKS} credentials",
                next_step="ask for the badges as files",
            )
    if not found:
        raise Unreadable(
            "a web page that carries no credential",
            next_step="give the page's address, or download the badge from it",
        )
    return tuple(fragment.decode("ascii") for fragment in found)
