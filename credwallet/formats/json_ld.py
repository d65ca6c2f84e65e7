"""Credentials and presentations written as JSON, with or without proofs.

VC Data Model 1.1 and 2.0, Open Badges 3.0 section 7, CLR 2.0. An array of credentials
and an object that only holds `verifiableCredential` read as a presentation that nobody
signed.
"""

from credwallet.canon import strict_json
from credwallet.errors import Unreadable
from credwallet.formats import sd_jwt, vc_jwt
from credwallet.formats._kind import Kind, kind_of
from credwallet.formats._parts import (
    MEMBER,
    Openers,
    open_data_address,
    read_parts,
)
from credwallet.model.credential import Credential, Held, JsonObject, Presentation

NAME = "json-ld"
REFUSAL = "no JSON object"

_CREDENTIAL = "application/vc+ld+json"
_PRESENTATION = "application/vp+ld+json"


def sniff(data: bytes) -> bool:
    """Say whether the first character opens a JSON object or array."""
    # A byte order mark is refused with better words by the JSON reader.
    return data.lstrip(b" \t\r\n\xef\xbb\xbf")[:1] in (b"{", b"[")


def read(data: bytes) -> Held:
    """Read a JSON credential or presentation.

    Args:
        data: UTF-8 JSON.

    Returns:
        The credential or presentation; a credential in a `data:` envelope is opened.

    Raises:
        Unreadable: No strict JSON, or JSON that is nothing of the kind.

    """
    document = strict_json.loads(data)
    if isinstance(document, list):
        return _presentation({MEMBER: document}, data, (), 0)
    if not isinstance(document, dict):
        raise Unreadable("the JSON is no object")
    held = from_object(document, data, 0)
    if held.raw is not data:
        held = held._replace(raw=data, media_type=_CREDENTIAL)
    return held


def from_object(document: JsonObject, raw: bytes, depth: int) -> Held:
    """Read what a JSON object is.

    Args:
        document: The object.
        raw: Its own bytes.
        depth: How many presentations stand around it.

    Returns:
        The credential or presentation; for one in a `data:` envelope `raw` is the
        token inside.

    Raises:
        Unreadable: It is neither.

    """
    kind = kind_of(document)
    if kind is Kind.CREDENTIAL:
        return Credential(
            raw=raw, media_type=_CREDENTIAL, format=NAME, document=document
        )
    if kind is Kind.PRESENTATION:
        return _presentation(document, raw, (MEMBER,), depth)
    if kind is Kind.ENVELOPE:
        address = document.get("id")
        if not isinstance(address, str):
            raise Unreadable("an enveloped credential without an id", instance="/id")
        return open_data_address(address, _OPENERS, depth)
    raise Unreadable(
        "the object is no credential: it has no credentials context, "
        "no type of a credential and no credentialSubject"
    )


def _presentation(
    document: JsonObject, raw: bytes, path: tuple[str, ...], depth: int
) -> Presentation:
    return Presentation(
        raw=raw,
        media_type=_PRESENTATION,
        format=NAME,
        document=document,
        credentials=read_parts(
            raw.decode(),
            path,
            document.get(MEMBER),
            openers=_OPENERS,
            depth=depth,
        ),
    )


_OPENERS = Openers(from_object, vc_jwt.from_jws, sd_jwt.from_token)
