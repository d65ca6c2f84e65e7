"""Credentials sealed as JAdES: a JWS in JSON serialisation with a certificate.

ETSI TS 119 182-1 (JAdES), RFC 7515 section 7.2 (general and flattened), RFC 7797 (a
payload that is not base64url, as Europass writes it). Nothing is verified.
"""

from typing import Any, NamedTuple

from credwallet.canon import strict_json
from credwallet.errors import Unreadable
from credwallet.formats._jws import decode
from credwallet.formats._kind import Kind, kind_of
from credwallet.model.credential import Credential, JsonObject
from credwallet.model.proof import Jws

NAME = "jades"
REFUSAL = "no JSON with a payload and signatures"

_MEDIA_TYPE = "application/jose+json"
_MAX_SIGNATURES = 10
_ASK = "download the whole sealed file again"


class Signature(NamedTuple):
    """One signature; `unprotected` are the header parameters that it does not cover."""

    jws: Jws
    unprotected: JsonObject


def sniff(data: bytes) -> bool:
    """Say whether this looks like a JWS written as a JSON object."""
    start = data.lstrip(b" \t\r\n")[:1]
    return start == b"{" and b'"payload"' in data and b'"signature' in data


def read(data: bytes) -> Credential:
    """Read a sealed credential.

    Args:
        data: UTF-8 JSON.

    Returns:
        The credential that the payload states; `jws` is the first signature.

    Raises:
        Unreadable: No such JWS, or one that holds no credential.

    """
    signatures = signatures_of(data)
    first = signatures[0].jws
    document = strict_json.loads(first.payload)
    if not isinstance(document, dict) or kind_of(document) is not Kind.CREDENTIAL:
        raise Unreadable(
            "what was sealed is no credential",
            next_step="give the credential itself",
            instance="/payload",
        )
    return Credential(
        raw=data, media_type=_MEDIA_TYPE, format=NAME, document=document, jws=first
    )


def signatures_of(data: bytes) -> tuple[Signature, ...]:
    """Take a JWS in JSON serialisation apart.

    Args:
        data: UTF-8 JSON.

    Returns:
        Its signatures, 1 to 10, all over the same payload.

    Raises:
        Unreadable: No such JWS, or signatures that read the payload differently.

    """
    outer = strict_json.loads(data)
    if not isinstance(outer, dict):
        raise Unreadable("the JSON is no object")
    payload = outer.get("payload")
    if not isinstance(payload, str) or not payload:
        raise Unreadable(
            "what was signed is not in the file (a detached signature)",
            next_step=_ASK,
            instance="/payload",
        )
    found = tuple(
        _signature(entry, payload, pointer) for pointer, entry in _entries(outer)
    )
    if len({signature.jws.payload for signature in found}) > 1:
        raise Unreadable(
            "its signatures read the payload differently (b64)",
            next_step=_ASK,
            instance="/signatures",
        )
    return found


def _entries(outer: JsonObject) -> tuple[tuple[str, Any], ...]:
    if "signatures" not in outer:
        return (("", outer),)
    listed = outer["signatures"]
    if "signature" in outer or not isinstance(listed, list) or not listed:
        raise Unreadable(
            "its signatures are no list, or one stands beside the list",
            next_step=_ASK,
            instance="/signatures",
        )
    if len(listed) > _MAX_SIGNATURES:
        raise Unreadable(
            f"{len(listed)} signatures, more than {_MAX_SIGNATURES}",
            instance="/signatures",
        )
    return tuple((f"/signatures/{place}", entry) for place, entry in enumerate(listed))


def _signature(entry: Any, payload: str, pointer: str) -> Signature:
    members = entry if isinstance(entry, dict) else {}
    protected, signature = members.get("protected"), members.get("signature")
    unprotected = members.get("header", {})
    if not (
        isinstance(protected, str)
        and isinstance(signature, str)
        and isinstance(unprotected, dict)
    ):
        raise Unreadable(
            "a signature without a protected header",
            next_step=_ASK,
            instance=pointer,
        )
    header = strict_json.loads(decode(_ascii(protected), "protected header"))
    if not isinstance(header, dict):
        raise Unreadable("the protected header is no JSON object", instance=pointer)
    text = payload.encode()
    # RFC 7797 section 3: either way the signature covers what stands in the file.
    plain = header.get("b64") is False
    return Signature(
        Jws(
            header=header,
            payload=text if plain else decode(_ascii(payload), "payload"),
            signing_input=protected.encode() + b"." + text,
            signature=decode(_ascii(signature), "signature"),
        ),
        unprotected,
    )


def _ascii(text: str) -> bytes:
    # What is not ASCII is not base64url either, and `decode` says so.
    return text.encode("ascii", "replace")
