"""What do the claims of an SD-JWT VC say, in the terms of a credential?

SD-JWT VC section 3.2.2.2 (registered claims), RFC 7519 section 4.1. Reading never
judges: a claim of the wrong shape reads as absent.
"""

import re
from datetime import UTC, datetime
from typing import Any

JsonObject = dict[str, Any]

# About the token, not about whom it is issued to.
_OF_THE_TOKEN = frozenset(
    ("iss", "nbf", "exp", "iat", "aud", "jti", "cnf", "vct", "vct#integrity", "status")
)
_VERSION = re.compile(r"v?[0-9]+(\.[0-9]+)*", re.ASCII)


def name_of_type(vct: str) -> str:
    """Make a name for people of the type of an SD-JWT VC.

    Args:
        vct: The claim `vct`; what it may lead to is not fetched.

    Returns:
        The last part of the path of an https address that is no version number, or
        else the type as it is written.

    """
    if not vct.startswith("https://"):
        return vct
    path = vct[8:].partition("?")[0].partition("#")[0].split("/")[1:]
    words = [part for part in path if part and not _VERSION.fullmatch(part)]
    return words[-1] if words else vct


def moment(document: JsonObject, *names: str) -> str:
    """Write the first of some claims that is a NumericDate as RFC 3339.

    Args:
        document: The claims.
        names: Names of claims, the most wanted first.

    Returns:
        Such as `2026-11-25T12:00:00Z`, `""` if there is none.

    """
    for name in names:
        value = document.get(name)
        if isinstance(value, bool) or not isinstance(value, int | float):
            continue
        try:
            at = datetime.fromtimestamp(value, UTC)
        except (ValueError, OverflowError, OSError):
            continue
        return at.isoformat(timespec="seconds").replace("+00:00", "Z")
    return ""


def subject(document: JsonObject) -> JsonObject:
    """Take the claims about the subject.

    Args:
        document: The claims.

    Returns:
        All that are not about the token itself; `sub` as `id`.

    """
    about = {
        name: value
        for name, value in document.items()
        if name not in _OF_THE_TOKEN and name not in ("sub", "id")
    }
    if isinstance(document.get("sub"), str):
        about["id"] = document["sub"]
    return about
