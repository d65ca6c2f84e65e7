"""Whether a JSON object is a credential, a presentation, or something else.

VC Data Model 2.0 sections 4.3 (contexts), 4.5 (types), 4.13 (presentations). A guess by
what stands there, as generous as possible: what is missing is named by `verify`.
"""

from enum import Enum
from typing import Any

from credwallet.model.credential import JsonObject

_CONTEXTS = (
    "https://www.w3.org/2018/credentials",
    "https://www.w3.org/ns/credentials/",
    "https://purl.imsglobal.org/spec/ob/v3p0",
    "https://purl.imsglobal.org/spec/clr/v2p0",
)


class Kind(Enum):
    """What an object is."""

    CREDENTIAL = "credential"
    PRESENTATION = "presentation"
    ENVELOPE = "envelope"
    OTHER = "other"


def kind_of(document: JsonObject) -> Kind:
    """Tell what a JSON object is meant to be.

    Args:
        document: Any JSON object.

    Returns:
        `ENVELOPE` for a credential or presentation in a `data:` address (VCDM 2.0
        section 4.13.1); `OTHER` if nothing about it belongs to a credential.

    """
    types = types_of(document)
    for name, kind in (
        ("EnvelopedVerifiableCredential", Kind.ENVELOPE),
        ("EnvelopedVerifiablePresentation", Kind.ENVELOPE),
        ("VerifiableCredential", Kind.CREDENTIAL),
        ("VerifiablePresentation", Kind.PRESENTATION),
    ):
        if name in types:
            return kind
    if "credentialSubject" in document:
        return Kind.CREDENTIAL
    if "verifiableCredential" in document:
        return Kind.PRESENTATION
    if any(name.endswith("Credential") for name in types):
        return Kind.CREDENTIAL
    contexts = document.get("@context")
    if any(
        isinstance(entry, str) and entry.startswith(_CONTEXTS)
        for entry in (contexts if isinstance(contexts, list) else (contexts,))
    ):
        return Kind.CREDENTIAL
    return Kind.OTHER


def types_of(document: JsonObject) -> tuple[str, ...]:
    """Return the texts of `type` (or `@type`), in order."""
    value: Any = document.get("type", document.get("@type"))
    if isinstance(value, str):
        return (value,)
    if isinstance(value, list):
        return tuple(entry for entry in value if isinstance(entry, str))
    return ()
