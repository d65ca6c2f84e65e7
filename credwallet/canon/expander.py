"""Which statements does a JSON-LD document make? Straight from the tree.

JSON-LD 1.1 API sections 5.1 (expansion) and 8.1 (deserialisation to RDF) in one walk:
there is no expanded form and no node map, because every member emits its statements on
the way. What has no meaning under the contexts emits none and is noted.

The common shapes are dealt with here; `containers.py` has the terms with a container,
`keywords.py` the members and objects that keywords give a meaning of their own.
"""

from json.encoder import encode_basestring
from typing import TYPE_CHECKING, Any, NamedTuple

from credwallet.canon import containers, keywords
from credwallet.canon.active_context import ActiveContext
from credwallet.canon.context_terms import undecided
from credwallet.canon.iri import is_clean_absolute
from credwallet.canon.literals import quote, scalar_literal
from credwallet.canon.local_context import enter
from credwallet.canon.rdfc import too_complex
from credwallet.canon.statements import Statements
from credwallet.canon.term_entries import (
    DISGUISED,
    KEYWORD,
    LITERAL,
    PLAIN,
    RDF,
    SKIP,
    TO_IRI,
    TO_VOCAB,
    TYPED,
    UNDEFINED,
    Entry,
    Scoped,
    entry_of,
    is_absolute,
    says,
)
from credwallet.errors import CredwalletError, Invalid

if TYPE_CHECKING:
    from credwallet.canon.contexts import Contexts

Json = dict[str, Any]
# What a value stands for: a resource or literal, `""` if it is a resource without an
# absolute IRI, None if it is null, or several of these.
Objects = str | list[str] | None

TYPE_PREDICATE = f" <{RDF}type> "


# The largest credentials in the test vectors make some 1,500 statements.
MAX_STATEMENTS = 100_000
MAX_UNDEFINED = 1000


class Spot(NamedTuple):
    """A member of an object of the document, and a text in the member's value."""

    container: Any
    member: str
    text: Any


class Walk:
    """One walk over one document.

    `out` has the statements; `undefined` is what made none, with its kind; `spot` the
    place of the error that was raised; `supplied` the addresses of the learner's own
    contexts that were used, `urls` those of all.

    In all methods `element` is an object of the document, `context` what is in force
    for its members, `subject` the resource that it stands for (`""` if none), `given`
    that of an object without `@id` (`""` for a new blank node). `value` is any JSON,
    `place` the object and the member's name where it stands, `name` that name (None in
    a graph), `entry` what the name means. `is_indexed` says that the value stood in a
    map, below which type-scoped contexts stay in force. `container`, `member` and
    `text` are as in a `Spot`, `kind` as in `jsonld.Undefined`. They raise `Invalid`
    where a rule of JSON-LD is broken, and `Undetermined` where programs understand the
    document differently, or where there is too much of it.
    """

    __slots__ = ("contexts", "out", "spot", "supplied", "undefined", "urls")

    def __init__(self, contexts: "Contexts") -> None:
        self.contexts = contexts
        self.out = Statements()
        self.undefined: list[tuple[Spot, str]] = []
        self.supplied: dict[str, None] = {}
        self.urls: set[str] = set()
        self.spot: Spot | None = None

    def element(
        self, element: Json, context: ActiveContext, name: str | None, given: str = ""
    ) -> Objects:
        """Walk through one object; `context` is the one around it, after scoping."""
        if "@context" in element:
            context = enter(self, element, context)
        return self.entered(element, context, name, given)

    def entered(
        self, element: Json, context: ActiveContext, name: str | None, given: str = ""
    ) -> Objects:
        """Walk through one object whose own `@context` is already in force.

        Returns:
            What it stands for, None for an object that says nothing but a language.

        """
        typed = context
        types: tuple[str, ...] = ()
        for alias in context.type_names:
            if alias in element:
                context, types = self.types(element, alias, context)
                break
        if (
            "@value" in element
            or "@list" in element
            or "@set" in element
            or "@language" in element
            or (
                context.wrapper_names
                and any(alias in element for alias in context.wrapper_names)
            )
        ):
            if keywords.is_wrapper(element, context):
                return keywords.wrapper(self, element, (context, typed), name)
            if keywords.is_language_alone(self, element, context):
                return None
        subject = self._subject(element, context, given)
        self.members(element, context, subject, types)
        return subject

    def members(  # noqa: C901, PLR0912, PLR0915 -- the one loop that decides the speed
        self,
        element: Json,
        context: ActiveContext,
        subject: str,
        types: tuple[str, ...],
    ) -> None:
        """Emit the statements of a node object, `types` being those of its types."""
        entries, out = context.entries, self.out
        if len(out.ground) + len(out.blank) > MAX_STATEMENTS:
            raise too_complex()
        ground, blank = out.ground.append, out.blank.append
        graph, tail, is_mute = out.graph, out.tail, out.is_mute or not subject
        is_blank = subject[:1] == "_" or graph[:1] == "_"
        for resource in types:
            if is_mute or is_blank or resource[0] == "_":
                out.emit(subject, TYPE_PREDICATE, out.labelled(resource))
            else:
                ground(f"{subject}{TYPE_PREDICATE}{resource}{tail}")
        objects: Any
        for name, value in element.items():
            entry = entries.get(name) or context.entry(name)
            if entry[0] == DISGUISED:
                self.note(element, name, name, "disguise")
                entry = entry_of(context, name)
            kind, predicate, coercion, suffix, scoped = entry
            if kind == PLAIN:
                kind_of_value = value.__class__
                if kind_of_value is str:
                    if coercion == LITERAL or coercion == TYPED:  # noqa: PLR1714, SIM109 -- faster
                        objects = encode_basestring(value) + suffix
                        if "\\u" in objects or "\x7f" in objects:
                            objects = quote(value) + suffix
                    elif coercion == TO_IRI:
                        objects = self.iri(
                            value, context if scoped is None else scoped.values
                        )
                        if not objects:
                            self.note(element, name, value, "iri")
                    else:
                        objects = self.scalar(value, context, (element, name), entry)
                elif kind_of_value is dict:
                    objects = self.element(
                        value, self.below(value, context, scoped), name
                    )
                else:
                    objects = self.objects(value, context, (element, name), entry)
                if not predicate:
                    self.note(element, name, name, "term")
                if not objects or is_mute or not predicate:
                    continue
                if objects.__class__ is list:
                    if len(objects) > MAX_STATEMENTS:
                        raise too_complex()
                    for item in objects:
                        out.emit(subject, predicate, item)
                elif is_blank or objects[0] == "_":
                    blank((subject, predicate, objects, graph))
                    if objects in out.lists:
                        out.state_list(objects)
                else:
                    ground(f"{subject}{predicate}{objects}{tail}")
            elif kind == UNDEFINED:
                self.note(element, name, name, "term")
            elif kind == KEYWORD:
                keywords.member(self, element, (name, entry), context, subject)
            elif kind != SKIP:
                containers.member(self, element, (name, entry), context, subject)

    def objects(
        self,
        value: Any,
        context: ActiveContext,
        place: tuple[Any, str],
        entry: Entry,
        *,
        is_indexed: bool = False,
    ) -> list[str]:
        """Find what the value of a member stands for, arrays flattened.

        Returns:
            Resources and literals; `""` for a resource without an absolute IRI.

        """
        if isinstance(value, list):
            found: list[str] = []
            for item in value:
                found += self.objects(
                    item, context, place, entry, is_indexed=is_indexed
                )
            return found
        if value is None:
            return []
        if isinstance(value, dict):
            inner = self.below(value, context, entry.scoped, is_indexed=is_indexed)
            objects = self.element(value, inner, place[1])
            if isinstance(objects, list):
                return objects
            return [] if objects is None else [objects]
        return [self.scalar(value, context, place, entry)]

    def scalar(
        self, value: Any, context: ActiveContext, place: tuple[Any, str], entry: Entry
    ) -> str:
        """Expand a string, number or boolean (API section 5.3)."""
        if isinstance(value, str):
            inner = context if entry.scoped is None else entry.scoped.values
            if entry.coercion == TO_IRI:
                resource = self.iri(value, inner)
                if not resource:
                    self.note(*place, value, "iri")
                return resource
            if entry.coercion == TO_VOCAB:
                resource = inner.name_iri(value)
                if not says(value, resource):
                    self.note(*place, value, "iri")
                return self.out.labelled(resource)
            return scalar_literal(value, entry.coercion, entry.suffix)
        if not isinstance(value, int | float):
            raise self.fault("something that is no JSON", *place)
        return scalar_literal(value, entry.coercion, entry.suffix)

    def below(
        self,
        value: Json,
        context: ActiveContext,
        scoped: Scoped | None,
        *,
        is_indexed: bool = False,
    ) -> ActiveContext:
        """Choose the context for an object under a term (section 5.1.2, 7 and 8).

        `scoped` are the contexts that the term brings, None if it brings none.
        """
        values = context if scoped is None else scoped.values
        nodes = context if scoped is None else scoped.nodes
        previous = values.previous
        if previous is None or is_indexed:
            return nodes
        if len(value) <= 2 and "@context" not in value:
            for name in sorted(value):
                keyword = values.expand(name)
                if keyword == "@value" or (keyword == "@id" and len(value) == 1):
                    return nodes
        return previous if scoped is None else scoped.reverted

    def free(
        self,
        value: Any,
        context: ActiveContext,
        place: tuple[Any, str],
        *,
        is_entered: bool = False,
    ) -> Objects:
        """Walk through what stands in a graph by itself, not under a term.

        `context` is in force around it, or already for it if `is_entered`. Returns what
        an object stands for.

        """
        if isinstance(value, list):
            for item in value:
                self.free(item, context, place)
        elif isinstance(value, dict):
            if not is_entered:
                context = self.below(value, context, None)
            if "@context" in value:
                context = enter(self, value, context)
            before = self.out.size()
            subject = self.entered(value, context, None)
            if before == self.out.size():
                self.note_identifier(value, context, subject)
            return subject
        elif value is not None:
            self.note(*place, value, "term")
        return None

    def note_identifier(
        self, element: Json, context: ActiveContext, subject: Objects
    ) -> None:
        """Note the identifier of an object about which nothing is stated."""
        for alias in context.id_names:
            # A relative one was noted when it was read.
            if alias in element and subject:
                self.note(element, alias, element[alias], "iri")

    def iri(self, value: str, context: ActiveContext) -> str:
        """Expand an identifier, which may be a compact IRI but no term.

        Returns:
            A resource, `""` if the identifier is relative.

        """
        colon = value.find(":")
        if colon > 0 and not value.startswith("//", colon + 1):
            if value[0] == "_" and colon == 1:
                return self.out.labelled(value)
            value = context.expand_compact(value)
            if value.startswith("_:"):
                return self.out.labelled(value)
        if is_clean_absolute(value):
            return f"<{value}>"
        is_absolute(value)
        return ""

    def note(self, container: Any, member: str, text: Any, kind: str) -> None:
        """Note that something made no statement; a thousand of these are too many."""
        if len(self.undefined) >= MAX_UNDEFINED:
            raise too_complex()
        self.undefined.append((Spot(container, member, text), kind))

    def mark(self, container: Any, member: str, text: Any) -> None:
        """Remember where the error stands that is about to be raised."""
        self.spot = Spot(container, member, text)

    def fault(self, what: str, container: Any, member: str) -> CredwalletError:
        """Make the error for what breaks a rule of JSON-LD: `what` says it in words."""
        self.mark(container, member, None)
        return Invalid(
            f"JSON-LD with an error: {what}",
            next_step="ask the issuer for a correct credential",
            type="json-ld-error",
        )

    def _subject(self, element: Json, context: ActiveContext, given: str) -> str:
        subject = None
        for alias in context.id_names:
            if alias in element:
                value = element[alias]
                if subject is not None:
                    raise self.fault("an object with two identifiers", element, alias)
                if not isinstance(value, str):
                    raise self.fault("an identifier that is no text", element, alias)
                subject = self.iri(value, context)
                if not subject:
                    self.note(element, alias, value, "iri")
        if subject is None:
            subject = given or self.out.new_blank()
        return subject

    def types(
        self, element: Json, alias: str, context: ActiveContext
    ) -> tuple[ActiveContext, tuple[str, ...]]:
        """Enter the contexts of the types that the member `alias` names."""
        value = element[alias]
        key = tuple(value) if value.__class__ is list else value
        try:
            typed = context.typed.get(key)
        except TypeError:
            typed = None
        if typed is None:
            if value is None and keywords.is_wrapper(element, context):
                return context, ()
            for type_ in key if isinstance(key, tuple) else (key,):
                if not isinstance(type_, str):
                    raise self.fault("a type that is no text", element, alias)
            typed = context.types(key)
        for other in context.type_names:
            if other is not alias and other in element:
                raise undecided("an object with two members that mean @type")
        if typed.missing and not keywords.is_wrapper(element, context):
            for type_ in typed.missing:
                self.note(element, alias, type_, "type")
        return typed.context, typed.resources
