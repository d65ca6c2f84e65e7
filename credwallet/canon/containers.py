"""What does the value of a term with a container state?

JSON-LD 1.1 section 4.6 and 4.9 (lists, maps and graphs), API section 5.1.2, 13.7 to
13.13. Every function here is one step of a `Walk` at one member of an object.
"""

from typing import TYPE_CHECKING, Any

from credwallet.canon.active_context import ActiveContext
from credwallet.canon.context_terms import undecided
from credwallet.canon.iri import is_language_tag
from credwallet.canon.literals import json_literal, quote
from credwallet.canon.term_entries import (
    GRAPH,
    GRAPH_ID_MAP,
    GRAPH_INDEX,
    ID_MAP,
    INDEX,
    JSON,
    LANGUAGE,
    LIST,
    PLAIN,
    REVERSE,
    SKIP,
    TYPE_MAP,
    UNDEFINED,
    Entry,
)

if TYPE_CHECKING:
    from credwallet.canon.expander import Walk

_EMPTY_GRAPH = "a graph, such as a proof or a credential, that states nothing"
_MAPS = frozenset({LANGUAGE, INDEX, ID_MAP, TYPE_MAP, GRAPH_INDEX, GRAPH_ID_MAP})


def member(
    walk: "Walk",
    element: dict[str, Any],
    named: tuple[str, Entry],
    context: ActiveContext,
    subject: str,
) -> None:
    """Emit the statements that one member with a container makes.

    Args:
        walk: The walk that came to the object.
        element: The object.
        named: The member's name and what it means.
        context: In force at the member.
        subject: The resource that the object stands for, `""` if none.

    Raises:
        Invalid: A value breaks a rule of JSON-LD.
        Undetermined: Programs understand the value differently, or it is too complex.

    """
    name, entry = named
    value = element[name]
    if not entry.predicate:
        walk.note(element, name, name, "term")
    step = Step(walk, element, named, context, subject)
    kind = entry.kind
    if kind in _MAPS and not isinstance(value, dict):
        kind = GRAPH if kind in (GRAPH_INDEX, GRAPH_ID_MAP) else PLAIN
        if kind == GRAPH and entry.kind == GRAPH_ID_MAP:
            raise undecided("a map of graphs that is no object")
    _STEPS[kind](step, value)


class Step:
    """One member: what all functions below need."""

    __slots__ = ("context", "element", "entry", "name", "subject", "walk")

    def __init__(
        self,
        walk: "Walk",
        element: dict[str, Any],
        named: tuple[str, Entry],
        context: ActiveContext,
        subject: str,
    ) -> None:
        self.walk = walk
        self.element = element
        self.name, self.entry = named
        self.context = context
        self.subject = subject

    @property
    def inner(self) -> ActiveContext:
        """The context for the keys of a map."""
        scoped = self.entry.scoped
        return self.context if scoped is None else scoped.values

    def state(self, objects: list[str]) -> None:
        """State the member of the subject, once for each object."""
        for item in objects:
            self.walk.out.emit(self.subject, self.entry.predicate, item)

    def objects(self, value: Any, *, is_indexed: bool = False) -> list[str]:
        """Find what a value of the member stands for.

        Args:
            value: Any JSON value: the member's own, or one that stood in its map or
                array.
            is_indexed: Whether it stood in a map; a type-scoped context then stays in
                force.

        Returns:
            Resources and literals as N-Quads write them; `""` for a resource without an
            absolute IRI.

        """
        return self.walk.objects(
            value,
            self.context,
            (self.element, self.name),
            self.entry,
            is_indexed=is_indexed,
        )

    def note_key(self, container: Any, key: str) -> None:
        """Note that the key of a map is stated nowhere.

        Args:
            container: The map, or whatever holds it in the document.
            key: As it is spelled there; `@none` and its aliases are no loss and not
                noted.

        """
        if self.inner.expand(key) != "@none":
            self.walk.note(container, key, key, "term")


def _plain(step: Step, value: Any) -> None:
    step.state(step.objects(value))


def _json(step: Step, value: Any) -> None:
    step.state([json_literal(value)])


def _list(step: Step, value: Any) -> None:
    if value is None:
        return
    if isinstance(value, dict) and _is_list_object(value, step):
        step.state(step.objects(value))
        return
    items = list_items(step, value if isinstance(value, list) else [value])
    if not items and not isinstance(value, list):
        raise undecided("a list of null or of a set")
    step.state([step.walk.out.make_list(items)])


def list_items(step: Step, values: list[Any]) -> list[str]:
    """Find what the entries of a list stand for; an array in it is a list again.

    Args:
        step: The member that is a list.
        values: Its entries in order, JSON values of any kind.

    Returns:
        What each entry stands for, in order; null stands for nothing and is left out.

    Raises:
        Undetermined: An entry is a set object.

    """
    items: list[str] = []
    for value in values:
        if isinstance(value, list):
            items.append(step.walk.out.make_list(list_items(step, value)))
        elif isinstance(value, dict) and "@set" in value:
            raise undecided("a set in a list")
        else:
            items += step.objects(value)
    return items


def _is_list_object(value: dict[str, Any], step: Step) -> bool:
    return any(step.inner.expand(name) == "@list" for name in value)


def _reverse(step: Step, value: Any) -> None:
    for item in _flat(value):
        if isinstance(item, dict) and _is_list_object(item, step):
            raise step.walk.fault("a reverse list", step.element, step.name)
    for item in step.objects(value):
        if item[:1] == '"':
            raise step.walk.fault("a reverse value", step.element, step.name)
        step.walk.out.emit(item, step.entry.predicate, step.subject)


def _language_map(step: Step, value: dict[str, Any]) -> None:
    for key, texts in value.items():
        is_none = step.inner.expand(key) == "@none"
        for text in texts if isinstance(texts, list) else [texts]:
            if text is None:
                continue
            if not isinstance(text, str):
                raise step.walk.fault("a translation that is no text", value, key)
            if not is_none and not is_language_tag(key):
                raise undecided("a language tag that is none")
            step.state([quote(text) + ("" if is_none else f"@{key.lower()}")])


def _index_map(step: Step, value: dict[str, Any]) -> None:
    for key, item in value.items():
        step.note_key(value, key)
        step.state(step.objects(item, is_indexed=True))


def _id_map(step: Step, value: dict[str, Any]) -> None:
    for key, item in value.items():
        subject = _key_subject(step, key)
        for entry in _flat(item):
            if not isinstance(entry, dict):
                objects = step.objects(entry, is_indexed=True)
                if any(found[:1] == '"' for found in objects):
                    raise step.walk.fault("a map of objects with a text", value, key)
                step.state(objects)
                continue
            inner = step.walk.below(
                entry, step.context, step.entry.scoped, is_indexed=True
            )
            found = step.walk.element(entry, inner, step.name, subject)
            if not isinstance(found, str) or found[:1] == '"':
                raise step.walk.fault("a map of objects with a text", value, key)
            step.state([found])


def _key_subject(step: Step, key: str) -> str:
    """Return the resource that the key of an id map stands for, `""` for none."""
    if step.inner.expand(key) == "@none":
        return ""
    subject = step.walk.iri(key, step.inner)
    if not subject:
        raise undecided("a map of objects with a relative key")
    return subject


def _type_map(step: Step, value: dict[str, Any]) -> None:
    outer = step.inner.previous or step.inner
    if len(value) > 1 and any("context" in outer.terms.get(key, {}) for key in value):
        raise undecided("a map by type with several contexts")
    for key, item in value.items():
        typed = outer.types(key)
        is_none = typed.context.expand(key) == "@none"
        if typed.missing and not is_none:
            step.walk.note(value, key, key, "type")
        entry = typed.context.entry(step.name)
        place = (step.element, step.name)
        for found in step.walk.objects(
            item, typed.context, place, entry, is_indexed=True
        ):
            if found[:1] == '"':
                raise undecided("a map by type with a text")
            step.state([found])
            for resource in () if is_none else typed.resources:
                step.walk.out.emit(found, _TYPE, step.walk.out.labelled(resource))


def _graph(step: Step, value: Any) -> None:
    for item in _flat(value):
        _named_graph(step, item, step.walk.out.new_blank(), is_indexed=False)


def _graph_index(step: Step, value: dict[str, Any]) -> None:
    for key, item in value.items():
        step.note_key(value, key)
        for entry in _flat(item):
            _named_graph(step, entry, step.walk.out.new_blank(), is_indexed=True)


def _graph_id_map(step: Step, value: dict[str, Any]) -> None:
    for key, item in value.items():
        name = _key_subject(step, key)
        for entry in _flat(item):
            _named_graph(
                step, entry, name or step.walk.out.new_blank(), is_indexed=True
            )


def _named_graph(step: Step, item: Any, name: str, *, is_indexed: bool) -> None:
    """State that the subject has a graph, and put one object into it."""
    walk, scoped = step.walk, step.entry.scoped
    if not isinstance(item, dict):
        raise undecided(_EMPTY_GRAPH)
    inner = walk.below(item, step.context, scoped, is_indexed=is_indexed)
    if is_indexed and any(inner.expand(key) == "@graph" for key in item):
        raise undecided("a map of graphs with a graph")
    size = walk.out.size()
    before = walk.out.enter_graph(name)
    found = walk.free(item, inner, (step.element, step.name), is_entered=True)
    walk.out.leave_graph(before)
    if found is None:
        return
    if size == walk.out.size() and not _has_members(item, inner):
        # PyLD states that there is a graph, jsonld.js 9 does not.
        raise undecided(_EMPTY_GRAPH)
    step.state([name])


def _has_members(item: dict[str, Any], context: ActiveContext) -> bool:
    """Tell whether an object has a type or a defined member beside its identifier."""
    if "@context" in item:
        return False
    return any(
        value not in (None, [])
        if name in context.type_names
        else value is not None
        and not isinstance(value, dict)
        and context.entry(name).kind not in (SKIP, UNDEFINED)
        for name, value in item.items()
    )


def _flat(value: Any) -> list[Any]:
    if isinstance(value, list):
        return [entry for item in value for entry in _flat(item)]
    return [] if value is None else [value]


_TYPE = " <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
_STEPS = {
    PLAIN: _plain,
    JSON: _json,
    LIST: _list,
    REVERSE: _reverse,
    LANGUAGE: _language_map,
    INDEX: _index_map,
    ID_MAP: _id_map,
    TYPE_MAP: _type_map,
    GRAPH: _graph,
    GRAPH_INDEX: _graph_index,
    GRAPH_ID_MAP: _graph_id_map,
}
