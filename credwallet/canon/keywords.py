"""What do members and objects state that keywords give a meaning of their own?

Value, list and set objects, and the members `@graph`, `@included`, `@nest` and
`@reverse` (JSON-LD 1.1 sections 4.1 to 4.9, API section 5.1.2, 13.4 and 14).
"""

from typing import TYPE_CHECKING, Any

from credwallet.canon import containers
from credwallet.canon.active_context import ActiveContext
from credwallet.canon.context_terms import undecided
from credwallet.canon.iri import KEYWORDS, is_language_tag
from credwallet.canon.literals import json_literal, scalar_literal
from credwallet.canon.local_context import enter
from credwallet.canon.term_entries import (
    KEYWORD,
    LITERAL,
    PLAIN,
    REVERSE,
    SKIP,
    TYPED,
    TYPED_DOUBLE,
    UNDEFINED,
    XSD,
    Entry,
    datatype_suffix,
    is_absolute,
)

if TYPE_CHECKING:
    from credwallet.canon.expander import Objects, Walk

Json = dict[str, Any]
_WRAPPERS = ("@value", "@list", "@set")
# Keywords with the same meaning in a nested object as in the object around it.
# What stands below them is stated about the object, or about others, out of its place.
_HIDING = ("@graph", "@included", "@nest", "@reverse")
_NESTABLE = ("@included", "@nest", "@reverse")
_VALUE_MEMBERS = frozenset({"@value", "@type", "@language", "@direction", "@index"})


def is_wrapper(element: Json, context: ActiveContext) -> bool:
    """Tell whether an object is a value, list or set object rather than a node.

    Args:
        element: Any object of the document.
        context: In force for its members; it says which names mean a keyword.

    """
    return any(name in element for name in _WRAPPERS) or any(
        name in element and context.aliases[name] != "@language"
        for name in context.wrapper_names
    )


def is_language_alone(walk: "Walk", element: Json, context: ActiveContext) -> bool:
    """Tell whether an object says nothing but a language, so that it is dropped.

    Args:
        walk: The walk that came to the object.
        element: Any object that is no value, list or set object.
        context: In force for its members.

    Raises:
        Undetermined: That depends on what becomes of its members.
        Invalid: The language is no text.

    """
    undefined = []
    has_language = False
    others = []
    for name, value in element.items():
        if name == "@context":
            continue
        if context.expand(name) == "@language":
            has_language = value is not None
            if not isinstance(value, str | None):
                raise walk.fault("a language that is no text", element, name)
        elif context.entry(name).kind == UNDEFINED:
            undefined.append(name)
        elif value is not None and value != []:
            others.append(value)
    if not has_language or any(not isinstance(value, dict) for value in others):
        return False
    if others or len(element) > 1 + len(undefined) + ("@context" in element):
        raise undecided("an object with a language and hardly anything else")
    for name in undefined:
        walk.note(element, name, name, "term")
    return True


def wrapper(
    walk: "Walk",
    element: Json,
    contexts: tuple[ActiveContext, ActiveContext],
    name: str | None,
) -> "Objects":
    """Walk through a value, list or set object.

    Args:
        walk: The walk that came to it.
        element: The object.
        contexts: In force for its members, and for its type.
        name: The member whose value it is, None in a graph.

    Returns:
        What it stands for.

    Raises:
        Invalid: It has members that do not go together.
        Undetermined: Programs understand it differently.

    """
    context, typed = contexts
    found: dict[str, str] = {}
    for key in element:
        keyword = "@context" if key == "@context" else context.expand(key)
        if keyword == "@context":
            continue
        if keyword not in KEYWORDS:
            if keyword is not None and is_absolute(keyword):
                raise walk.fault("a value with other members", element, key)
            walk.note(element, key, key, "term")
            continue
        if keyword in found:
            raise walk.fault(f"{keyword} stands twice in an object", element, key)
        found[str(keyword)] = key
    if "@index" in found:
        _index(walk, element, found["@index"])
    if "@value" in found:
        if name is None:
            walk.note(element, found["@value"], element[found["@value"]], "term")
        return _value(walk, element, found, typed)
    key = found.get("@list", found.get("@set", ""))
    if not found.keys() <= {"@list", "@set", "@index"} or len(found.keys()) > (
        1 + ("@index" in found)
    ):
        raise walk.fault("a list or set with other members", element, key)
    walk.note(element, key, key, "disguise")
    return _collection(walk, element, found, context, name)


def _value(
    walk: "Walk", element: Json, found: dict[str, str], typed: ActiveContext
) -> str | None:
    key = found["@value"]
    if not found.keys() <= _VALUE_MEMBERS:
        raise walk.fault("a value with other members", element, key)
    if "@type" in found and ("@language" in found or "@direction" in found):
        raise walk.fault("a value with both a type and a language", element, key)
    if "@direction" in found and element[found["@direction"]] not in ("ltr", "rtl"):
        raise walk.fault("a direction that is none", element, found["@direction"])
    datatype = _datatype(walk, element, found, typed)
    value = element[key]
    if datatype == "@json":
        return json_literal(value)
    language = _language(walk, element, found)
    if value is None:
        return None
    if isinstance(value, dict | list):
        raise walk.fault("a value that is no text, number or boolean", element, key)
    if datatype is not None:
        coercion = TYPED_DOUBLE if datatype == XSD + "double" else TYPED
        return scalar_literal(value, coercion, datatype_suffix(datatype))
    if language is None:
        return scalar_literal(value, LITERAL, "")
    if not isinstance(value, str):
        raise walk.fault("a language for what is no text", element, key)
    return scalar_literal(value, LITERAL, f"@{language}")


def _datatype(
    walk: "Walk", element: Json, found: dict[str, str], typed: ActiveContext
) -> str | None:
    if "@type" not in found:
        return None
    key = found["@type"]
    if element[key] is None:
        return None
    datatype = typed.expand(element[key]) if isinstance(element[key], str) else None
    if datatype == "@json":
        return datatype
    if datatype is None or not is_absolute(datatype) or datatype.startswith("_:"):
        raise walk.fault("a value whose type is no IRI", element, key)
    return datatype


def _language(walk: "Walk", element: Json, found: dict[str, str]) -> str | None:
    if "@language" not in found or element[found["@language"]] is None:
        return None
    language = element[found["@language"]]
    if not isinstance(language, str):
        raise walk.fault("a language that is no text", element, found["@language"])
    if not is_language_tag(language):
        raise undecided("a language tag that is none")
    return language.lower()


def _collection(
    walk: "Walk",
    element: Json,
    found: dict[str, str],
    context: ActiveContext,
    name: str | None,
) -> "Objects":
    if name is None:
        raise undecided("a list or a set that no member has")
    is_list = "@list" in found
    key = found["@list" if is_list else "@set"]
    content = element[key]
    if content is None:
        raise undecided("a list or a set of null")
    entry = context.entry(name)
    step = containers.Step(walk, element, (name, entry), context, "-")
    if is_list:
        items = containers.list_items(
            step, content if isinstance(content, list) else [content]
        )
    else:
        items = step.objects(content)
    if not items and not isinstance(content, list):
        raise undecided("a list or a set of null")
    if not is_list:
        return items
    return walk.out.make_list(items)


def member(  # noqa: C901 -- one branch a keyword
    walk: "Walk",
    element: Json,
    named: tuple[str, Entry],
    context: ActiveContext,
    subject: str,
) -> None:
    """Emit the statements that a member named by a keyword makes.

    Args:
        walk: The walk that came to the object.
        element: The object.
        named: The member's name and what it means; the predicate is the keyword.
        context: In force at the member.
        subject: The resource that the object stands for, `""` if none.

    Raises:
        Invalid: The keyword stands twice, or its value is not of the kind that it
            wants.
        Undetermined: It is a keyword that we do not support.

    """
    name, entry = named
    keyword = entry.predicate
    if keyword not in ("@included", "@nest") and any(
        other != name and context.expand(other) == keyword for other in element
    ):
        raise walk.fault(f"{keyword} stands twice in an object", element, name)
    inner = context if entry.scoped is None else entry.scoped.values
    if keyword in _HIDING:
        walk.note(element, name, name, "disguise")
    if keyword == "@graph":
        graph(walk, element, name, inner, subject)
    elif keyword == "@included":
        _included(walk, element, name, context)
    elif keyword == "@nest":
        _nest(walk, element, name, inner, subject)
    elif keyword == "@reverse":
        _reverse(walk, element, name, context, subject)
    elif keyword == "@index":
        _index(walk, element, name)
    elif keyword == "@direction" and element[name] not in ("ltr", "rtl"):
        raise walk.fault("a direction that is none", element, name)
    elif keyword == "@language" and not isinstance(element[name], str | None):
        raise walk.fault("a language that is no text", element, name)
    elif keyword in ("@language", "@direction"):
        walk.note(element, name, name, "term")
    else:
        raise undecided(f"{keyword} as a member")


def graph(
    walk: "Walk",
    element: Json,
    name: str,
    context: ActiveContext,
    subject: str | None,
) -> None:
    """Walk through the objects of a graph; None as its name is the default graph.

    Args:
        walk: The walk that came to the member.
        element: The object that has it.
        name: The member's name: `@graph` or a word that means it.
        context: In force at the member.
        subject: The graph's name, `""` for one that is never stated, None for the
            default graph.

    Raises:
        Invalid: Its value is neither an object nor an array.

    """
    value = element[name]
    if not isinstance(value, dict | list):
        raise walk.fault("a graph that is no object or array", element, name)
    if subject is None:
        walk.free(value, context, (element, name))
        return
    before = walk.out.enter_graph(subject)
    walk.free(value, context, (element, name))
    walk.out.leave_graph(before)


def _included(walk: "Walk", element: Json, name: str, context: ActiveContext) -> None:
    value = element[name]
    for item in value if isinstance(value, list) else [value]:
        if not isinstance(item, dict) or is_wrapper(item, context):
            raise walk.fault("something included that is no object", element, name)
        if context.previous is not None:
            raise undecided("included objects below a type with a context of its own")
        before = walk.out.size()
        walk.free(item, context, (element, name))
        if before == walk.out.size():
            raise undecided("something included that states nothing")


def _nest(
    walk: "Walk", element: Json, name: str, context: ActiveContext, subject: str
) -> None:
    value = element[name]
    for item in value if isinstance(value, list) else [value]:
        if not isinstance(item, dict):
            raise walk.fault("something nested that is no object", element, name)
        _nested(walk, item, context, subject)


def _nested(walk: "Walk", element: Json, context: ActiveContext, subject: str) -> None:
    """Walk through an object under `@nest`: its members are the subject's own."""
    if "@context" in element:
        context = enter(walk, element, context)
    types: tuple[str, ...] = ()
    for alias in context.type_names:
        if alias in element:
            context, types = walk.types(element, alias, context)
            break
    if is_wrapper(element, context):
        raise walk.fault("a nested value", element, "")
    if any(alias in element for alias in context.id_names):
        raise undecided("a nested object with an identifier")
    for name in element:
        entry = context.entry(name)
        if entry.kind == KEYWORD and entry.predicate not in _NESTABLE:
            raise undecided(f"a nested object with {entry.predicate}")
    walk.members(element, context, subject, types)


def _reverse(
    walk: "Walk", element: Json, name: str, context: ActiveContext, subject: str
) -> None:
    value = element[name]
    if not isinstance(value, dict):
        raise walk.fault("@reverse that is no object", element, name)
    if "@context" in value or context.previous is not None:
        raise undecided("@reverse with a context of its own")
    for key in value:
        entry = context.entry(key)
        if entry.kind == UNDEFINED:
            walk.note(value, key, key, "term")
        elif entry.kind == PLAIN:
            # A reverse term inside of @reverse points forward again.
            turned = entry._replace(kind=REVERSE)
            containers.member(walk, value, (key, turned), context, subject)
        elif entry.kind == REVERSE:
            turned = entry._replace(kind=PLAIN)
            containers.member(walk, value, (key, turned), context, subject)
        elif entry.kind == SKIP or entry.predicate in KEYWORDS:
            raise walk.fault("a keyword in @reverse", value, key)
        else:
            raise undecided("a term with a container in @reverse")


def _index(walk: "Walk", element: Json, name: str) -> None:
    if not isinstance(element[name], str):
        raise walk.fault("an index that is no text", element, name)
    walk.note(element, name, element[name], "term")
