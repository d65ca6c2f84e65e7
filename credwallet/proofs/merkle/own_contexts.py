"""Contexts that a document brings itself: what would it say if they were believed?

Nobody vouches for an inline context, so a proof never passes on it. But a hash can be
compared all the same, to tell a document that was changed from one that was not: the
inline contexts are put under names of their own, as if they had been supplied.
"""

import json
from typing import Any

JsonObject = dict[str, Any]

_NAME = "urn:credwallet:own-context:{}"


def named(document: JsonObject) -> tuple[JsonObject, dict[str, bytes]]:
    """Replace inline contexts by names, in a document and the credentials in it.

    Args:
        document: A credential or presentation.

    Returns:
        The document with addresses only, and the context documents by address; empty
        if there is nothing to replace.

    """
    supplied: dict[str, bytes] = {}
    return _named(document, supplied), supplied


def _named(document: JsonObject, supplied: dict[str, bytes]) -> JsonObject:
    changed = dict(document)
    if "@context" in document:
        changed["@context"] = _contexts(document["@context"], supplied)
    held = document.get("verifiableCredential")
    if isinstance(held, list):
        changed["verifiableCredential"] = [
            _named(part, supplied) if isinstance(part, dict) else part for part in held
        ]
    elif isinstance(held, dict):
        changed["verifiableCredential"] = _named(held, supplied)
    return changed


def _contexts(value: Any, supplied: dict[str, bytes]) -> Any:
    if isinstance(value, list):
        return [_context(entry, supplied) for entry in value]
    return _context(value, supplied)


def _context(entry: Any, supplied: dict[str, bytes]) -> Any:
    if not isinstance(entry, dict):
        return entry
    url = _NAME.format(len(supplied))
    supplied[url] = json.dumps({"@context": entry}).encode()
    return url
