"""What does a CTDL file hold, and what do its parts point to?

Credential Transparency Description Language (credreg.net/ctdl): JSON-LD with `@graph`,
or one object. Terms may have their prefix (`ceterms:`, `ceasn:`, `asn:`, `schema:`),
none, or the whole address; here they stand without. Nothing is fetched: what is not in
the file is known by its address alone.
"""

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Any, NamedTuple

from credwallet.errors import Unreadable
from credwallet.model.credential import JsonObject, words
from credwallet.stacking.amounts import exact
from credwallet.stacking.drafts.limits import MAX_NAMES

_MOST_NODES = 20_000
_PREFIX = re.compile(
    r"(?:ceterms|ceasn|asn|qdata|schema):|https?://purl\.org/ctdl(?:asn)?/terms/"
    r"|https?://schema\.org/"
)
_SAYS_CTDL = re.compile(r"https?://(?:www\.)?(?:credreg\.net|purl\.org)/ctdl")
# Before the name of a concept: `logicOp:And`, `.../vocabs/logicOp/And`.
_CONCEPT = re.compile(r"[^:/#]*\Z")
# Where what a component stands for is named, in the order in which it is asked.
PROXIES = ("proxyFor", "proxyForList", "proxyForItem", "proxyForItems")


class Graph(NamedTuple):
    """The objects of a file that have an address, in order, and those by address.

    `repeated` are addresses that two different objects claim; the first one counts.
    """

    nodes: tuple[JsonObject, ...]
    by_id: dict[str, JsonObject]
    repeated: tuple[str, ...] = ()


class Value(NamedTuple):
    """An amount with its unit (`schema:ValueProfile`), `""` if it has none."""

    amount: Fraction
    unit: str


def is_ctdl(document: Any) -> bool:
    """Say whether a JSON document is written in the terms of CTDL."""
    if isinstance(document, list):
        return any(map(is_ctdl, document[:20]))
    if not isinstance(document, dict):
        return False
    contexts = _many(document.get("@context"))
    if any(isinstance(c, str) and _SAYS_CTDL.match(c) for c in contexts):
        return True
    if any(_PREFIX.match(key) for key in document):
        return True
    return any(
        isinstance(node, dict) and any(_PREFIX.match(key) for key in node)
        for node in _many(document.get("@graph"))[:20]
    )


def read_graph(document: Any) -> Graph:
    """Read a CTDL document.

    Args:
        document: JSON, as `strict_json` reads it: at most 64 deep.

    Returns:
        Its objects; what one holds inside another has a place of its own, too.

    Raises:
        Unreadable: If it holds more than 20,000 objects.

    """
    value = _without_prefixes(document)
    top = value.get("@graph", value) if isinstance(value, dict) else value
    at_the_top = {id(node) for node in (top if isinstance(top, list) else [top])}
    nodes: list[JsonObject] = []
    by_id: dict[str, JsonObject] = {}
    repeated: dict[str, None] = {}
    for node in _objects_in(top):
        name = identifier(node)
        if not name or set(node) <= {"@id", "@context"}:
            if not name and id(node) in at_the_top:
                nodes.append(node)
            continue
        if name not in by_id:
            by_id[name] = node
            nodes.append(node)
        elif by_id[name] != node:
            repeated[name] = None
        if len(nodes) > _MOST_NODES:
            raise Unreadable(
                f"it holds more than {_MOST_NODES:,} objects",
                next_step="take the one pathway or credential that you mean",
            )
    return Graph(tuple(nodes), by_id, tuple(repeated))


def _objects_in(value: Any) -> Iterator[JsonObject]:
    if isinstance(value, list):
        for entry in value:
            yield from _objects_in(entry)
    elif isinstance(value, dict):
        yield value
        for name, member in value.items():
            if name != "@context":
                yield from _objects_in(member)


def _without_prefixes(value: Any) -> Any:
    if isinstance(value, list):
        return [_without_prefixes(entry) for entry in value]
    if not isinstance(value, dict):
        return value
    found: dict[str, Any] = {}
    for key, member in value.items():
        name = _PREFIX.sub("", key, count=1) if key != "@context" else key
        inner = member if key == "@context" else _without_prefixes(member)
        # ceterms:hasPart and ceasn:hasPart mean the same here.
        found[name] = [*_many(found[name]), *_many(inner)] if name in found else inner
    return found


def types(node: JsonObject) -> tuple[str, ...]:
    """Return the names of an object's types, without prefix."""
    said = _many(node.get("@type", node.get("type")))
    return tuple(_PREFIX.sub("", each) for each in said if isinstance(each, str))


def identifier(value: Any) -> str:
    """Return the address that a value is or has, `""` if none."""
    if isinstance(value, dict):
        value = value.get("@id", value.get("id"))
    return value if isinstance(value, str) else ""


def references(node: JsonObject, *members: str) -> list[Any]:
    """Return what members of an object point to: addresses and objects, in order.

    Args:
        node: An object of the graph, its members without prefix.
        members: Names without prefix; what the first one names comes first.

    """
    return [
        entry
        for member in members
        for entry in _many(node.get(member))
        if identifier(entry) or isinstance(entry, dict)
    ]


def resolve(graph: Graph, value: Any) -> JsonObject | None:
    """Return the object that a reference means, None if it is not in the file.

    Args:
        graph: The file.
        value: An address, an object with or without an address of its own, or anything
            else, which means nothing.

    """
    found = graph.by_id.get(identifier(value))
    if found is not None:
        return found
    return value if isinstance(value, dict) and set(value) - {"@id"} else None


def identifiers(graph: Graph, value: Any) -> tuple[str, ...]:
    """Return the names of a resource that hold outside of the file.

    Args:
        graph: The file.
        value: Its address, a reference, or the object itself.

    Returns:
        Its address and its CTID (`ceterms:ctid`); none of a blank node without CTID.

    """
    node = resolve(graph, value) or {}
    name = identifier(value) or identifier(node)
    ctid = text(node.get("ctid")) or _ctid_in(name)
    names = (name if not name.startswith("_:") else "", ctid)
    return tuple(dict.fromkeys(filter(None, names)))


def proxied(graph: Graph, component: JsonObject) -> tuple[tuple[str, ...], ...]:
    """Return the identifiers of up to 100 resources that a component stands for.

    Args:
        graph: The file, which knows the other addresses of a resource.
        component: An object of the graph, its members without prefix.

    Returns:
        For each resource all addresses that it goes by; each resource once, in the
        file's order.

    """
    some = references(component, *PROXIES)[:MAX_NAMES]
    every = (identifiers(graph, entry) for entry in some)
    return tuple(dict.fromkeys(filter(None, every)))


def label(graph: Graph, value: Any) -> str:
    """Return what people call a resource; its address if the file has no name.

    Args:
        graph: The file.
        value: A reference to the resource: an address, or an object.

    Returns:
        Never empty; text from the file, as it stands there.

    """
    node = resolve(graph, value) or {}
    name = text(node.get("name")) or identifier(value) or text(node.get("description"))
    return name or "/".join(types(node)) or "something without a name"


def text(value: Any) -> str:
    """Return a text, of several languages the English or else the first."""
    return words(value)


def texts(value: Any) -> tuple[str, ...]:
    """Return a list of texts, of several languages the English or else the first."""
    if isinstance(value, dict) and "@value" not in value:
        said = [(k, v) for k, v in value.items() if k[:1] != "@"]
        said.sort(key=lambda pair: not pair[0].casefold().startswith("en"))
        return texts(said[0][1]) if said else ()
    return tuple(filter(None, (words(entry) for entry in _many(value))))


def concept(value: Any) -> str:
    """Return the bare name of a concept: `And` of `logicOp:And`.

    Args:
        value: A string, a reference, or a `CredentialAlignmentObject`.

    """
    if isinstance(value, dict):
        value = value.get("targetNode") or identifier(value)
    found = _CONCEPT.search(value) if isinstance(value, str) else None
    return found.group() if found else ""


def number(value: Any) -> Fraction | None:
    """Return a JSON number, or the text of one, exactly; None if it is none."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    return exact(value if isinstance(value, str) else repr(value))


def values(node: JsonObject, member: str) -> tuple[Value, ...]:
    """Read amounts such as `ceterms:creditValue`.

    Args:
        node: What has the amount.
        member: Which.

    Returns:
        One value an entry; an amount below 0 stands for a range or a percentage, which
        is no exact number.

    """
    found = []
    for entry in _many(node.get(member)):
        if isinstance(entry, dict):
            units = [concept_name(unit) for unit in _many(entry.get("creditUnitType"))]
            unit = next(filter(None, units), "") or text(entry.get("unitText"))
            amount = number(entry.get("value"))
        else:
            unit, amount = "", number(entry)
        open_ended = amount is None or amount < 0
        found.append(Value(Fraction(-1) if open_ended else amount or Fraction(0), unit))
    return tuple(found)


def concept_name(value: Any) -> str:
    """Return a concept as it is written: `creditUnit:SemesterHour`."""
    if isinstance(value, dict):
        value = value.get("targetNode") or identifier(value) or value.get("name")
    return value if isinstance(value, str) else ""


def owners(graph: Graph, node: JsonObject) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the names and the addresses of who owns or offers something.

    Args:
        graph: The file, for the names of organisations.
        node: The resource, its members without prefix.

    Returns:
        Each name once and each address once, in order; the two do not go by pairs.

    """
    names, ids = [], []
    for entry in references(node, "ownedBy", "offeredBy"):
        known = resolve(graph, entry)
        if known is not None and text(known.get("name")):
            names.append(text(known.get("name")))
        name = identifier(entry)
        if name and not name.startswith("_:"):
            ids.append(name)
    return tuple(dict.fromkeys(names)), tuple(dict.fromkeys(ids))


def _ctid_in(address: str) -> str:
    last = address.rstrip("/").rpartition("/")[2]
    return last if last.startswith("ce-") and len(last) <= 60 else ""


def _many(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
