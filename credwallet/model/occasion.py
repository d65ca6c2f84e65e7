"""To whom and when something is presented, as the standards write it down.

VC Data Integrity 1.0 section 2.1 (`challenge`, `domain`), RFC 7519 section 4.1 (`aud`,
`exp`, `iat`), RFC 9901 section 4.3.
"""

from datetime import UTC, datetime
from typing import NamedTuple


class Occasion(NamedTuple):
    """To whom and when something is presented.

    `audience` is how the verifier calls itself, `nonce` what it sent. `expires` is when
    the presentation ends, or None.
    """

    audience: str
    nonce: str
    at: datetime
    expires: datetime | None = None


def rfc3339(at: datetime) -> str:
    """Write a moment as XML Schema and RFC 3339 have it, in whole seconds of UTC.

    Args:
        at: With a time zone.

    """
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def seconds(at: datetime) -> int:
    """Write a moment as a NumericDate (RFC 7519 section 2).

    Args:
        at: With a time zone.

    """
    return int(at.timestamp())
