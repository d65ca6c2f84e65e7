"""Which keys does a controlled identifier document list, and for what?

Controlled Identifiers 1.0 section 2, DID Core section 5. A document is read whole
before a key is taken from it: its `id` must be what was asked for, and two different
methods under one id are refused.
"""

from typing import Any, NamedTuple

from credwallet.canon import strict_json
from credwallet.errors import Invalid, Undetermined, Unreadable
from credwallet.keys.wording import shown

ASSERTION = "assertionMethod"
RELATIONSHIPS = (
    ASSERTION,
    "authentication",
    "capabilityDelegation",
    "capabilityInvocation",
    "keyAgreement",
)

JsonObject = dict[str, Any]


class Entry(NamedTuple):
    """One verification method: `id` is absolute, `method` as it was written."""

    id: str
    method: JsonObject
    relationships: frozenset[str]


class ControllerDocument(NamedTuple):
    """What a document says about keys; `source` is a short word for people."""

    id: str
    entries: tuple[Entry, ...]
    source: str


def parse(body: bytes, url: str) -> JsonObject:
    """Parse what an address answered.

    Args:
        body: The bytes.
        url: The address, for the message.

    Returns:
        The JSON object.

    Raises:
        Undetermined: It is no JSON object, so it says nothing about keys.

    """
    try:
        value = strict_json.loads(body)
    except Unreadable as error:
        raise Undetermined(
            f"what {shown(url)} answered is not JSON: {error.what}",
            next_step="ask the issuer where the document of its keys is",
            type="no-key-document",
        ) from None
    if not isinstance(value, dict):
        raise Undetermined(
            f"what {shown(url)} answered is not a JSON object", type="no-key-document"
        )
    return value


def read(value: JsonObject, *, id: str, source: str) -> ControllerDocument:  # noqa: A002 -- the name of the member that is asked for
    """Read a DID document or another controlled identifier document.

    Args:
        value: As it was parsed; nothing in it is judged yet.
        id: The DID or URL that was asked for; the document must be of exactly that.
        source: Where it came from, in a few words.

    Returns:
        Its methods in order, each with the relationships that list it.

    Raises:
        Invalid: Another `id`, one that is deactivated (DID Core section 8.2), or two
            methods with one id that differ.

    """
    # Said in the document, or beside it in the answer of a resolver.
    beside = value.get("didDocumentMetadata")
    for where in (value, beside if isinstance(beside, dict) else {}):
        if where.get("deactivated", False) is not False:
            raise Invalid(
                f"{shown(id)} was deactivated by its owner: its keys count no more",
                type="deactivated",
                next_step="ask the issuer which identifier it uses now",
            )
    if value.get("id") != id:
        raise Invalid(
            f"the document of {shown(id)} says it is of {shown(value.get('id'))}"
        )
    methods: dict[str, JsonObject] = {}
    listed: dict[str, set[str]] = {}
    for item in _many(value.get("verificationMethod")):
        _add(methods, item, id)
    for name in RELATIONSHIPS:
        for item in _many(value.get(name)):
            method_id = (
                _absolute(item, id)
                if isinstance(item, str)
                else _add(methods, item, id)
            )
            listed.setdefault(method_id, set()).add(name)
    return ControllerDocument(
        id,
        tuple(
            Entry(method_id, method, frozenset(listed.get(method_id, ())))
            for method_id, method in methods.items()
        ),
        source,
    )


def _many(value: Any) -> list[Any]:
    if value is None:
        return []
    items = value if isinstance(value, list) else [value]
    return [item for item in items if isinstance(item, (str, dict))]


def _absolute(method_id: str, document_id: str) -> str:
    return document_id + method_id if method_id.startswith("#") else method_id


def _add(methods: dict[str, JsonObject], item: Any, document_id: str) -> str:
    """Note one method; a reference by id adds nothing."""
    if isinstance(item, str):
        return _absolute(item, document_id)
    method_id = item.get("id")
    if not isinstance(method_id, str):
        raise Invalid(f"{shown(document_id)} lists a verification method without an id")
    method_id = _absolute(method_id, document_id)
    if methods.setdefault(method_id, item) != item:
        raise Invalid(
            f"{shown(document_id)} lists two verification methods {shown(method_id)}"
        )
    return method_id
