"""Registries that are one JSON file of names by DID.

As the Digital Credentials Consortium publishes them: `{"registry": {DID: {"name",
"url", "location"}}, "meta": {...}}`. The file is not signed: it counts because the
learner named its https address.
"""

from datetime import datetime
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from credwallet.canon import strict_json
from credwallet.errors import Unreadable
from credwallet.fetch import Fetch
from credwallet.model.moment import moment_of
from credwallet.trust.listing import Contents, Entry, Registry, text_of

NAME = "dcc-legacy"
SUMMARY = "one JSON file of names by DID"


def contents(url: str, document: bytes, at: datetime, /) -> Contents:
    """Read the document of a registry.

    Args:
        url: Its address.
        document: Its bytes.
        at: The time now.

    Returns:
        How many issuers it lists; such a file has no name of its own.

    Raises:
        Unreadable: No such file.

    """
    del url, at
    return Contents("", len(_names(document)))


def look_up(
    registry: Registry, issuer_id: str, /, *, fetch: Fetch, at: datetime
) -> Entry | None:
    """Look an issuer up in the copy of the file.

    Args:
        registry: With the copy of its file, as it was fetched.
        issuer_id: A DID or an address, compared whole.
        fetch: Not asked.
        at: The time now, with a time zone.

    Returns:
        What is said about it, None if nothing is.

    Raises:
        Unreadable: The copy is no such file.

    """
    del fetch
    found = _names(registry.document).get(issuer_id)
    if found is None:
        return None
    fetched_at = moment_of(registry.fetched_at) or at
    age = abs((at - fetched_at).total_seconds())
    return Entry(found[0] or issuer_id, found[1], int(age))


# One run looks up many issuers in the same few files.
@lru_cache(maxsize=8)
def _names(document: bytes) -> "MappingProxyType[str, tuple[str, str]]":
    value = strict_json.loads(document)
    listed = value.get("registry") if isinstance(value, dict) else None
    if not isinstance(listed, dict):
        raise Unreadable(
            'it has no object "registry"',
            next_step="check the address and --kind",
        )
    return MappingProxyType({did: _entry(entry) for did, entry in listed.items()})


def _entry(entry: Any) -> tuple[str, str]:
    if not isinstance(entry, dict):
        return "", ""
    return text_of(entry.get("name")), text_of(entry.get("url"))
