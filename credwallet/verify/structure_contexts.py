"""Do the contexts and the types of a document follow the rules?

VC Data Model 2.0 sections 4.3 (contexts) and 4.5 (types): a type maps to an address,
and what the base context defines is not defined again.
"""

from typing import Any

from credwallet.canon.contexts import Contexts
from credwallet.verify.structure_finding import Found, is_url, listed, wrong

V1 = "https://www.w3.org/2018/credentials/v1"
V2 = "https://www.w3.org/ns/credentials/v2"


def contexts(document: dict[str, Any], known: Contexts) -> Found:
    """Name what is wrong with `@context`, and with the types that it maps.

    Args:
        document: A credential or presentation as JSON.
        known: The contexts that can be looked into; what others map is not judged.

    """
    entries = listed(document.get("@context"))
    if entries[:1] not in ([V1], [V2]):
        yield wrong("/@context", "does not begin with a context of VC 1.1 or 2.0")
        return
    for index, entry in enumerate(entries):
        if not isinstance(entry, dict) and not is_url(entry):
            yield wrong(f"/@context/{index}", "is neither an address nor an object")
    if any(isinstance(entry, dict) for entry in entries):
        yield from _redefined(entries, known)
        yield from _mapped(document, entries, known)


def types(document: dict[str, Any], required: str) -> Found:
    """Name what is wrong with `type`, of which `required` must be one.

    Args:
        document: A credential or presentation as JSON.
        required: `VerifiableCredential` or `VerifiablePresentation`.

    """
    values = listed(document.get("type"))
    if not all(isinstance(entry, str) and entry for entry in values):
        yield wrong("/type", "is no text or list of texts")
    elif required not in values:
        yield wrong("/type", f"does not name {required}")


def _redefined(entries: list[Any], known: Contexts) -> Found:
    """Find terms of the base, or protected ones, that are defined anew."""
    protected = _base(entries[0], known)
    for index, entry in enumerate(entries):
        if not isinstance(entry, dict):
            continue
        for term, definition in _terms(entry).items():
            if term in protected and _plain(protected[term]) != _plain(definition):
                yield wrong(f"/@context/{index}", f"defines {term[:60]} once more")
        if entry.get("@protected") is True:
            protected = {**protected, **_terms(entry)}


def _mapped(document: dict[str, Any], entries: list[Any], known: Contexts) -> Found:
    """Find types that the inline contexts map to no address."""
    inline = [entry for entry in entries if isinstance(entry, dict)]
    terms = {term: value for entry in inline for term, value in _terms(entry).items()}
    if any(entry.get("@vocab") for entry in inline):
        return
    whole = all(isinstance(entry, dict) or entry in (V1, V2) for entry in entries)
    base = _base(entries[0], known)
    for name in listed(document.get("type")):
        if not isinstance(name, str) or is_url(name) or name in base:
            continue
        if name in terms:
            if not is_url(_address(terms[name])):
                yield wrong("/type", f"names {name[:60]}, which maps to no address")
        elif whole:
            # With contexts by others, the proof check tells what they define.
            yield wrong("/type", f"names {name[:60]}, which no context defines")


def _base(url: str, known: Contexts) -> dict[str, Any]:
    context = known.context_of(url)
    return _terms(context) if isinstance(context, dict) else {}


def _terms(context: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in context.items() if name[:1] != "@"}


def _address(definition: Any) -> Any:
    return definition.get("@id") if isinstance(definition, dict) else definition


def _plain(definition: Any) -> Any:
    """Return the address alone where a definition says nothing more."""
    if isinstance(definition, dict) and set(definition) <= {"@id", "@protected"}:
        return definition.get("@id")
    return definition
