"""Which statements does a JSON-LD document make, and what in it makes none?

JSON-LD 1.1 API section 8 (deserialise JSON-LD to RDF) with contexts that are known
beforehand. What a program would drop in silence is named here, because no signature
over the statements covers it (VC Data Integrity 1.0 section 2.4.3).
"""

from typing import Any, NamedTuple

from credwallet.canon.active_context import ActiveContext
from credwallet.canon.context_terms import undecided
from credwallet.canon.contexts import Contexts
from credwallet.canon.expander import Spot, Walk
from credwallet.canon.json_scan import to_pointer
from credwallet.canon.keywords import graph
from credwallet.canon.local_context import enter
from credwallet.canon.rdfc import Dataset
from credwallet.canon.term_entries import JSON, UNDEFINED
from credwallet.errors import CredwalletError


class Undefined(NamedTuple):
    """Something in a document that makes no statement.

    `pointer` is its JSON Pointer, `term` the text that has no meaning. `kind` is
    `term` (a member that no context defines, or a value that nothing refers to),
    `type` (a type that is no absolute IRI) or `iri` (an identifier that is none; if it
    is the object's own, nothing that the object says about itself is stated either).
    `disguise` is different: a member that does make its statement, but that says by
    another name, or out of its place, what a term of the context says, so that whoever
    reads the plain members does not see it. `context` is an entry of `@context` that a
    proof over JSON text does not cover.
    """

    pointer: str
    term: str
    kind: str


class Expansion(NamedTuple):
    """The statements of a document.

    `quads` is what `rdfc.canonicalize` takes, `undefined` what is not in them, and
    `supplied` the addresses of the learner's own contexts that were used.
    """

    quads: Dataset
    undefined: tuple[Undefined, ...]
    supplied: tuple[str, ...]


def to_rdf(document: dict[str, Any], contexts: Contexts) -> Expansion:
    """Find the statements of a JSON-LD document.

    Args:
        document: A credential without its proof, the options of a proof with the
            credential's `@context`, or any other JSON-LD object.
        contexts: The known contexts.

    Returns:
        The statements, and what makes none.

    Raises:
        Invalid: The document breaks a rule of JSON-LD (`json-ld-error`), redefines a
            term (`context-redefines`) or a protected one (`protected-term`).
        Undetermined: A context is unknown (`unknown-context`) or inline
            (`inline-context`), there are too many (`too-many-contexts`), programs
            understand the document differently (`unsupported-json-ld`), or it is
            beyond all bounds (`too-complex`).

    """
    walk = Walk(contexts)
    try:
        _root(walk, document, contexts)
    except CredwalletError as error:
        if walk.spot is not None:
            error.instance = _locate(document, [walk.spot])[0]
        raise
    except RecursionError:
        raise undecided("a document nested too deeply") from None
    return Expansion(
        Dataset(walk.out.ground, walk.out.blank),
        _undefined(document, walk) if walk.undefined else (),
        tuple(walk.supplied),
    )


def _root(walk: Walk, document: dict[str, Any], contexts: Contexts) -> None:
    context = contexts.initial
    if "@context" in document:
        context = enter(walk, document, context)
    if "@graph" in document or "@graph" in context.aliases.values():
        name = _lone_graph(document, context)
        if name:
            for other in document:
                if other not in ("@context", name):
                    walk.note(document, other, other, "term")
            graph(walk, document, name, context, None)
            return
    subject = walk.entered(document, context, None)
    if not walk.out.size():
        walk.note_identifier(document, context, subject)


def _lone_graph(document: dict[str, Any], context: ActiveContext) -> str:
    """Return the member that means `@graph` if no other one means anything."""
    stated = [
        name
        for name, value in document.items()
        if name != "@context"
        and context.entry(name).kind != UNDEFINED
        and (value is not None or context.entry(name).kind == JSON)
        and not (value == [] and name in context.type_names)
    ]
    if len(stated) == 1 and context.expand(stated[0]) == "@graph":
        return stated[0]
    return ""


def _undefined(document: dict[str, Any], walk: Walk) -> tuple[Undefined, ...]:
    pointers = _locate(document, [spot for spot, _ in walk.undefined])
    return tuple(
        Undefined(pointer, _text(spot.text), kind)
        for pointer, (spot, kind) in zip(pointers, walk.undefined, strict=True)
    )


def _text(value: Any) -> str:
    return value if isinstance(value, str) else f"{value}"[:80]


def _locate(document: dict[str, Any], spots: list[Spot]) -> list[str]:
    """Find the JSON Pointers of spots, which know their container but not its path."""
    wanted = {id(spot.container) for spot in spots}
    paths: dict[int, tuple[str, ...]] = {}
    pending: list[tuple[Any, tuple[str, ...]]] = [(document, ())]
    while pending:
        value, path = pending.pop()
        if id(value) in wanted:
            paths[id(value)] = path
        members = value.items() if isinstance(value, dict) else enumerate(value)
        pending += [
            (member, (*path, str(name)))
            for name, member in members
            if isinstance(member, dict | list)
        ]
    return [
        to_pointer((*paths.get(id(spot.container), ()), *_within(spot)))
        for spot in spots
    ]


def _within(spot: Spot) -> tuple[str, ...]:
    if not spot.member and spot.member not in spot.container:
        return ()
    value = spot.container.get(spot.member)
    if isinstance(value, list) and spot.text is not None and spot.text in value:
        return spot.member, str(value.index(spot.text))
    return (spot.member,)
