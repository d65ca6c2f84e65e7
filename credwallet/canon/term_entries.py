"""What can a member name mean under a context, in a form that is quick to use?

JSON-LD 1.1 API sections 5.1.2, step 13 (members), 5.2 (IRI expansion) and 5.3 (value
expansion), as far as they do not depend on the member's value.
"""

from typing import TYPE_CHECKING, NamedTuple

from credwallet.canon.context_terms import Definition, undecided
from credwallet.canon.iri import KEYWORDS, is_clean_absolute, is_disputed

if TYPE_CHECKING:
    from credwallet.canon.active_context import ActiveContext

XSD = "http://www.w3.org/2001/XMLSchema#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"

# Kinds of entries: what is done with the value of a member.
PLAIN, SKIP, UNDEFINED, LIST, GRAPH, LANGUAGE = 0, 1, 2, 3, 4, 5
INDEX, ID_MAP, TYPE_MAP, JSON, REVERSE, KEYWORD = 6, 7, 8, 9, 10, 11
GRAPH_INDEX, GRAPH_ID_MAP, DISGUISED = 12, 13, 14

# Coercions: what a plain string becomes. TYPED_DOUBLE differs from TYPED only in that
# programs bring even strings of that type into the canonical form of a double.
LITERAL, TO_IRI, TO_VOCAB, TYPED, TYPED_DOUBLE, TO_JSON = 0, 1, 2, 3, 4, 5


class Scoped(NamedTuple):
    """The contexts of values below a term that brings its own context.

    `values` is in force for plain values, `nodes` for objects, `reverted` for objects
    at which a type-scoped context ends.
    """

    values: "ActiveContext"
    nodes: "ActiveContext"
    reverted: "ActiveContext"


class Entry(NamedTuple):
    """What one member name means: see the kinds and coercions above.

    `predicate` is an IRI in angle brackets between spaces, `""` if no statement can be
    made with it; for KEYWORD it is the keyword. `suffix` follows a string literal.
    """

    kind: int
    predicate: str
    coercion: int
    suffix: str
    scoped: Scoped | None


class TypedContext(NamedTuple):
    """What a node's types lead to: a context, resources, and types without meaning."""

    context: "ActiveContext"
    resources: tuple[str, ...]
    missing: tuple[str, ...]


def make_entry(context: "ActiveContext", name: str) -> Entry:
    """Work out what a member name means under a context, and whether it is in disguise.

    Args:
        context: The active context; its own table of entries is not touched.
        name: A member's name as the document spells it.

    Raises:
        Invalid: The scoped context of the term redefines a protected term.
        Undetermined: The term is defined in a way that we do not support.

    """
    if _is_disguise(context, name):
        return Entry(DISGUISED, "", 0, "", None)
    return entry_of(context, name)


def _is_disguise(context: "ActiveContext", name: str) -> bool:
    """Tell whether a name says what a term says that is there to say it.

    Statements made with it are signed, but whoever reads the term does not see them.
    """
    if name == "@id":
        return len(context.id_names) > 1
    if name == "@type":
        return len(context.type_names) > 1
    if ":" not in name or name in context.terms:
        return False
    expanded = context.expand(name)
    return any(term.get("id") == expanded for term in context.terms.values())


def entry_of(context: "ActiveContext", name: str) -> Entry:
    """Work out what a member name means under a context, in disguise or not.

    Args:
        context: The active context; its own table of entries is not touched.
        name: A member's name as the document spells it.

    Raises:
        Invalid: The scoped context of the term redefines a protected term.
        Undetermined: The term is defined in a way that we do not support.

    """
    if name == "@context":
        return Entry(SKIP, "", 0, "", None)
    expanded = context.expand(name)
    if expanded in KEYWORDS:
        if expanded in ("@id", "@type"):
            return Entry(SKIP, "", 0, "", None)
        return Entry(KEYWORD, str(expanded), 0, "", _scope(context, name))
    if expanded is None or not is_absolute(expanded):
        return Entry(UNDEFINED, "", 0, "", None)
    scoped = _scope(context, name)
    definition = context.terms.get(name, {})
    within = context if scoped is None else scoped.values
    inner = within.terms.get(name, {})
    if inner and inner.get("container") != definition.get("container"):
        raise undecided(f"term {name[:80]}, whose own context redefines it")
    kind = _kind(definition)
    if inner.get("reverse"):
        if kind != PLAIN:
            raise undecided(f"reverse term {name[:80]} with a container")
        kind = REVERSE
    predicate = "" if expanded.startswith("_:") else f" <{expanded}> "
    coercion, suffix = _coercion(within, inner)
    return Entry(kind, predicate, coercion, suffix, scoped)


def _scope(context: "ActiveContext", name: str) -> Scoped | None:
    layers = context.terms.get(name, {}).get("context")
    if layers is None:
        return None
    values = context.apply(layers, may_override=True)
    again = values.terms.get(name, {}).get("context")
    nodes = values
    if again is not None and again is not layers and again != layers:
        nodes = values.apply(again, may_override=True)
    reverted = nodes
    if values.previous is not None:
        reverted = values.previous
        if again is not None:
            reverted = reverted.apply(again, may_override=True)
    return Scoped(values, nodes, reverted)


def _coercion(context: "ActiveContext", definition: Definition) -> tuple[int, str]:
    datatype = definition.get("type")
    if datatype is None or datatype == "@none":
        language = definition.get("language", context.language)
        return LITERAL, "" if language is None else f"@{language}"
    if datatype == "@id":
        return TO_IRI, ""
    if datatype == "@vocab":
        return TO_VOCAB, ""
    if datatype == "@json":
        return TO_JSON, ""
    return (
        TYPED_DOUBLE if datatype == XSD + "double" else TYPED,
        datatype_suffix(datatype),
    )


def is_absolute(iri: str) -> bool:
    """Tell whether a name is an absolute IRI or a blank node label.

    Raises:
        Undetermined: Programs disagree about it.

    """
    if is_clean_absolute(iri):
        return True
    if is_disputed(iri):
        raise undecided("an address with characters that no address may have")
    return False


def as_resource(iri: str | None) -> str:
    """Write an IRI for N-Quads; `""` if it is not absolute."""
    if iri is None:
        return ""
    if iri.startswith("_:"):
        return iri
    return f"<{iri}>" if is_absolute(iri) else ""


def says(name: str, resource: str) -> bool:
    """Tell whether a resource still says what the name said that it came from.

    It does not if it is none, or if a context made the name the label of a blank node:
    labels are not stated.

    Args:
        name: As the document spells it.
        resource: What it was expanded to, as N-Quads write it; `""` for none.

    """
    return resource[:1] == "<" or (resource[:1] == "_" and name[:2] == "_:")


def datatype_suffix(datatype: str) -> str:
    """Write the datatype of a literal for N-Quads.

    Raises:
        Undetermined: The datatype is `rdf:langString`, without a language.

    """
    if datatype == RDF + "langString":
        raise undecided("a text with the datatype of a language and no language")
    return "" if datatype == XSD + "string" else f"^^<{datatype}>"


def _kind(definition: Definition) -> int:
    container = definition.get("container", ())
    is_json = definition.get("type") == "@json"
    if "index" in definition:
        raise undecided("a term whose index is a property")
    if is_json and not set(container) <= {"@set"}:
        raise undecided("a term of type @json with a container")
    if "@graph" in container:
        if "@id" in container:
            return GRAPH_ID_MAP
        return GRAPH_INDEX if "@index" in container else GRAPH
    kinds = {
        "@list": LIST,
        "@language": LANGUAGE,
        "@index": INDEX,
        "@id": ID_MAP,
        "@type": TYPE_MAP,
    }
    for name in container:
        if name in kinds:
            return kinds[name]
    return JSON if is_json else PLAIN
