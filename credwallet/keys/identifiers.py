"""What kind of identifier is this, and what are its parts?

RFC 3986 section 3 (schemes), DID Core section 3.1 and 3.2 (DIDs and DID URLs). An
identifier is compared and taken apart here, never opened.
"""

import re
from typing import NamedTuple

from credwallet.errors import Invalid, Undetermined
from credwallet.keys.wording import shown

MAX_LENGTH = 16_384

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):", re.ASCII)
_IDCHARS = r"(?:[A-Za-z0-9._-]|%[0-9A-Fa-f]{2})"
_DID_URL = re.compile(
    rf"(did:([a-z0-9]+):((?:{_IDCHARS}*:)*{_IDCHARS}+))([/?;][^#]*)?(?:#(.*))?",
    re.ASCII,
)


class DidUrl(NamedTuple):
    """A DID URL without path and query: `did` is `did:method:identifier`.

    `fragment` is `""` where there is none.
    """

    did: str
    method: str
    identifier: str
    fragment: str

    @property
    def url(self) -> str:
        """The DID URL in full."""
        return f"{self.did}#{self.fragment}" if self.fragment else self.did


def scheme_of(identifier: object) -> str:
    """Find the scheme of a URI (RFC 3986 section 3.1).

    Args:
        identifier: What was received; anything but a sound URI is refused.

    Returns:
        The scheme in lower case.

    Raises:
        Invalid: No text, too long, a character that no URI has, or no scheme.

    """
    if not isinstance(identifier, str) or not identifier:
        raise Invalid("the verification method is not the identifier of a key")
    if len(identifier) > MAX_LENGTH:
        raise Invalid(f"an identifier of {len(identifier)} characters is too long")
    if not identifier.isascii() or not identifier.isprintable() or " " in identifier:
        raise Invalid(f"{shown(identifier)} is not a URI: it has a forbidden character")
    match = _SCHEME.match(identifier)
    if match is None:
        raise Invalid(f"{shown(identifier)} is not a URI: it has no scheme")
    return match[1].lower()


def parse_did_url(identifier: str) -> DidUrl:
    """Take a DID URL apart (DID Core section 3.2).

    Args:
        identifier: A DID, with or without a fragment.

    Returns:
        Its parts.

    Raises:
        Invalid: Not a DID.
        Undetermined: It has a path, a query or parameters, which name something else
            than a key of the current document.

    """
    match = _DID_URL.fullmatch(identifier)
    if match is None:
        raise Invalid(f"{shown(identifier)} is not a DID")
    did, method, rest, extra, fragment = match.groups()
    if extra:
        raise Undetermined(
            f"{shown(identifier)} has a path or a query, which is not supported",
            type="unsupported-did-url",
        )
    return DidUrl(did, method, rest, fragment or "")
