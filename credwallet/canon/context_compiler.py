"""What does a context document define? JSON-LD context to term table.

JSON-LD 1.1 API sections 4.1 (context processing) and 4.2 (create term definition), as
far as they do not depend on the document that uses the context. The result is plain
JSON, so that it can be kept in a file and read by other programs:

- A compiled context is an array of layers; a layer is null (forget everything), an
  address (the layers of another document), or an object.
- A layer object has `terms` (name to definition) and maybe `vocab`, `language`,
  `propagate`, and `needs`: names that were looked up outside of the context, with the
  `[id, prefix]` that was found there, or null. Where they mean something else, the
  layer does not apply.
- A definition has `id` (an IRI, a keyword, or null for "means nothing") and maybe
  `type`, `container`, `context` (layers), `prefix`, `protected`, `reverse`, `language`,
  `direction`, `nest` and `index`.
"""

from typing import TYPE_CHECKING, Any, Protocol

from credwallet.canon.context_terms import (
    Names,
    TermTable,
    language_tag,
    refuse,
    undecided,
)

Layer = dict[str, Any] | str | None

# Contexts inside contexts inside contexts; the deepest one seen in the wild is 4.
MAX_NESTING = 16


if TYPE_CHECKING:

    class Library(Protocol):
        """Where other context documents come from."""

        def compile_url(self, url: str, names: Names, depth: int) -> list[Layer]:
            """Compile the document at an address for the names around it."""
            ...

        def context_of(self, url: str) -> Any:
            """Return the value of `@context` in the document at an address."""
            ...


def compile_context(
    context: Any, names: Names, *, library: "Library", depth: int = 0
) -> list[Layer]:
    """Compile the value of an `@context` member.

    Args:
        context: The value: an object, an address, null, or an array of these.
        names: The terms around it.
        library: Where addresses are looked up.
        depth: How many contexts surround this one.

    Returns:
        Layers, to be applied in order.

    Raises:
        Invalid: The context breaks a rule of JSON-LD 1.1 (type `invalid-context`).
        Undetermined: It uses something that programs understand differently, or is
            nested too deeply.

    """
    if depth > MAX_NESTING:
        raise undecided("contexts nested too deeply")
    layers: list[Layer] = []
    for entry in context if isinstance(context, list) else [context]:
        layer: Layer = entry if entry is None or isinstance(entry, str) else {}
        if isinstance(entry, dict):
            layer = _compile_object(entry, names, library=library, depth=depth)
        elif layer == {}:
            raise refuse("a context that is no object, address or null")
        layers.append(layer)
        names = _after(names, layer, library, depth)
    return layers


def _after(names: Names, layer: Layer, library: "Library", depth: int) -> Names:
    if depth > MAX_NESTING:
        raise undecided("contexts nested too deeply")
    if layer is None:
        return Names({}, None)
    if isinstance(layer, str):
        for inner in library.compile_url(layer, names, depth + 1):
            names = _after(names, inner, library, depth + 1)
        return names
    return Names(layer["terms"], layer.get("vocab", names.vocab), names)


def _compile_object(
    context: dict[str, Any], names: Names, *, library: "Library", depth: int
) -> dict[str, Any]:
    if "@import" in context:
        context = _with_import(context, library)
    needs: dict[str, list[Any] | str | None] = {}
    layer = _settings(context, names, needs)
    table = TermTable(context, names, layer.get("vocab", names.vocab), needs)
    table.define_all()
    if "vocab" in layer:
        needs.pop("@vocab", None)
    layer["terms"] = table.terms
    if needs:
        layer["needs"] = needs
    within = Names(table.terms, layer.get("vocab", names.vocab), names)
    for name, scoped in table.scoped.items():
        table.terms[name]["context"] = compile_context(
            scoped, within, library=library, depth=depth + 1
        )
    return layer


def _with_import(context: dict[str, Any], library: "Library") -> dict[str, Any]:
    url = context["@import"]
    if not isinstance(url, str):
        raise refuse("@import is no address")
    imported = library.context_of(url)
    if not isinstance(imported, dict) or "@import" in imported:
        raise refuse("@import names a document that is not one plain context")
    merged = {**imported, **context}
    del merged["@import"]
    return merged


def _settings(
    context: dict[str, Any], names: Names, needs: dict[str, Any]
) -> dict[str, Any]:
    """Read the members of a context that are no terms (API section 4.1.2, 5.5 on)."""
    layer: dict[str, Any] = {}
    if context.get("@version", 1.1) != 1.1:
        raise refuse("@version is not 1.1")
    if context.get("@base") is not None:
        # Processors apply it, the standard says to ignore it in such a document.
        raise undecided("a context document that sets @base")
    for name in ("@propagate", "@protected"):
        if name in context and not isinstance(context[name], bool):
            raise refuse(f"{name} is not true or false")
    if "@propagate" in context:
        layer["propagate"] = context["@propagate"]
    if "@vocab" in context:
        layer["vocab"] = _vocabulary(context["@vocab"], names, needs)
    if "@language" in context:
        layer["language"] = language_tag(context["@language"])
    if context.get("@direction") not in (None, "ltr", "rtl"):
        raise refuse("@direction is neither ltr nor rtl")
    return layer


def _vocabulary(value: Any, names: Names, needs: dict[str, Any]) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str):
        raise refuse("@vocab is no text")
    prefix, colon, suffix = value.partition(":")
    if not colon or not prefix:
        raise undecided("a context whose @vocab is relative")
    if prefix == "_" or suffix.startswith("//"):
        return value
    found = names.find(prefix)
    needs[prefix] = None if found is None else [found["id"], bool(found.get("prefix"))]
    return value if found is None else str(found["id"]) + suffix
