"""Which members do the schemas of `docs/schema/` name, and which has an answer?

The schemas are published open: whoever reads an answer must ignore members that she
does not know, since new ones may come. Here they are taken as closed: a member of an
answer that no schema names is a gap of the schemas.
"""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from jsonschema import Draft202012Validator
from referencing import Registry, Resource

FOLDER = Path(__file__).parents[2] / "docs" / "schema"


class Place(NamedTuple):
    """A place in the schemas: the file's name and a JSON Pointer into it."""

    file: str
    pointer: str


class Met(NamedTuple):
    """What answers met: members, types of members, and what no schema names."""

    members: set[Place]
    types: set[tuple[Place, str]]
    unknown: list[str]


@cache
def schemas() -> Mapping[str, Any]:
    """Read every schema, by the file's name."""
    return {
        path.name: json.loads(path.read_text(encoding="utf-8"))
        for path in sorted(FOLDER.glob("*.json"))
    }


@cache
def validator(name: str) -> Draft202012Validator:
    """Make the validator of one file; `$ref`s go from file to file."""
    registry: Registry[Any] = Registry().with_resources(
        (each, Resource.from_contents(text)) for each, text in schemas().items()
    )
    return Draft202012Validator({"$ref": name}, registry=registry)


def at(place: Place) -> Any:
    """Return what stands at a place."""
    node = schemas()[place.file]
    for escaped in place.pointer.split("/")[1:]:
        name = escaped.replace("~1", "/").replace("~0", "~")
        node = node[int(name) if isinstance(node, list) else name]
    return node


def members(name: str) -> Iterator[Place]:
    """Name every member that a schema names."""
    for place, node in _nodes(Place(name, ""), schemas()[name]):
        for member in node.get("properties", ()):
            yield _below(place, "properties", member)


def kinds(name: str) -> Iterator[tuple[Place, str]]:
    """Name every type that a schema names."""
    for place, node in _nodes(Place(name, ""), schemas()[name]):
        named = node.get("type", [])
        for kind in [named] if isinstance(named, str) else named:
            yield place, kind


def alternatives(name: str) -> Iterator[tuple[Place, str]]:
    """Name every type of what may be of several."""
    for place, kind in kinds(name):
        if isinstance(at(place)["type"], list):
            yield place, kind
    for place, node in _nodes(Place(name, ""), schemas()[name]):
        if _may_be_null(node):
            yield from ((place, "null"), (place, "value"))


def _may_be_null(node: dict[str, Any]) -> bool:
    """Tell whether a schema is another one or null."""
    return {"type": "null"} in node.get("anyOf", ())


def word_lists(name: str) -> Iterator[Place]:
    """Name every place that lists words."""
    for place, node in _nodes(Place(name, ""), schemas()[name]):
        if "enum" in node:
            yield place


def described(name: str) -> Iterator[tuple[Place, str]]:
    """Return what every member is said to be, by itself or by what it refers to."""
    for place in members(name):
        node = at(place)
        if "description" not in node and "$ref" in node:
            node = at(_referred(place, node["$ref"]))
        yield place, node.get("description", "")


def meet(name: str, answer: Any) -> Met:
    """Walk an answer along its schema.

    Args:
        name: Of the file.
        answer: What a command printed; the schema holds for it.

    """
    met = Met(set(), set(), [])
    _meet([Place(name, "")], answer, "", met)
    return met


def _meet(places: list[Place], value: Any, path: str, met: Met) -> None:
    flat = [each for place in places for each in _flat(place, value)]
    for place, node in flat:
        if isinstance(node.get("type"), list):
            met.types.add((place, _kind(value)))
        if _may_be_null(node):
            met.types.add((place, "null" if value is None else "value"))
    if isinstance(value, dict):
        _meet_object(flat, value, path, met)
    elif isinstance(value, list):
        items = [_below(place, "items") for place, node in flat if "items" in node]
        for number, item in enumerate(value):
            _meet(items, item, f"{path}/{number}", met)


def _meet_object(
    flat: list[tuple[Place, Any]], value: dict[str, Any], path: str, met: Met
) -> None:
    free = any("additionalProperties" in node for _, node in flat)
    for name, inner in value.items():
        places = [
            _below(place, "properties", name)
            for place, node in flat
            if name in node.get("properties", {})
        ]
        met.members.update(places)
        if places:
            _meet(places, inner, f"{path}/{name}", met)
        elif not free:
            met.unknown.append(f"{path}/{name}")


def _flat(place: Place, value: Any) -> Iterator[tuple[Place, Any]]:
    """Follow references and alternatives to all that is said of one value."""
    node = at(place)
    yield place, node
    if "$ref" in node:
        yield from _flat(_referred(place, node["$ref"]), value)
    if "then" in node and value:
        yield from _flat(_below(place, "then"), value)
    for number, each in enumerate(node.get("anyOf", ())):
        if (each.get("type") == "null") == (value is None):
            yield from _flat(_below(place, "anyOf", str(number)), value)


def _nodes(place: Place, node: Any) -> Iterator[tuple[Place, dict[str, Any]]]:
    """Walk a schema: every schema in it, with its place."""
    yield place, node
    for keyword in ("items", "then", "additionalProperties"):
        if isinstance(node.get(keyword), dict):
            yield from _nodes(_below(place, keyword), node[keyword])
    for keyword in ("properties", "$defs"):
        for name, inner in node.get(keyword, {}).items():
            yield from _nodes(_below(place, keyword, name), inner)
    for number, inner in enumerate(node.get("anyOf", ())):
        yield from _nodes(_below(place, "anyOf", str(number)), inner)


def references(name: str) -> Iterator[str]:
    """Name the files to which a schema refers."""
    for place, node in _nodes(Place(name, ""), schemas()[name]):
        if "$ref" in node:
            yield _referred(place, node["$ref"]).file


def _referred(place: Place, reference: str) -> Place:
    file, _, pointer = reference.partition("#")
    return Place(file or place.file, pointer)


def _below(place: Place, *names: str) -> Place:
    escaped = (name.replace("~", "~0").replace("/", "~1") for name in names)
    return Place(place.file, "/".join((place.pointer, *escaped)))


def _kind(value: Any) -> str:
    if isinstance(value, bool):
        return "boolean"
    kinds = {dict: "object", list: "array", str: "string", int: "integer"}
    return kinds.get(type(value), "null")
