"""Which JSON-LD contexts does the verifier page bring along, and in what form?

The compiled tables of `canon/contexts/tables`, but for those of Blockcerts and of
vocabularies that no Open Badge uses. The script of the page knows fewer features of
JSON-LD than the command line: a table that needs more is refused here, so that the page
can never read it wrongly.
"""

import base64
import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from credwallet.canon import contexts, strict_json

_FOLDER = Path(contexts.__file__).parent / "tables"
_LEFT_OUT = frozenset({"activitystreams", "odrl", "chained-2021-v1", "merkle-2019-v1"})
_LAYER = frozenset({"terms", "needs"})
_DEFINITION = frozenset(
    {"id", "type", "container", "context", "prefix", "protected", "reverse"}
)
_CONTAINERS = frozenset({"@set", "@list", "@graph"})


def packed() -> str:
    """Pack the tables for the script `contexts.js`.

    Returns:
        Base64 of raw deflate of JSON: `index` (name of a table by address) and `tables`
        (layers by name).

    Raises:
        ValueError: A table needs what the script does not know.

    """
    text = json.dumps(chosen(), separators=(",", ":"), ensure_ascii=False)
    deflate = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    data = deflate.compress(text.encode()) + deflate.flush()
    return base64.b64encode(data).decode()


def unpacked(text: str) -> Any:
    """Undo `packed`: one deflate library writes other bytes than the next."""
    return strict_json.loads(zlib.decompress(base64.b64decode(text), -zlib.MAX_WBITS))


def chosen() -> dict[str, Any]:
    """Choose the tables, as they are before packing; see `packed`.

    Raises:
        ValueError: A table needs what the script does not know.

    """
    index = {
        url: name
        for url, name in _read("index").items()
        if name not in _LEFT_OUT and not name.startswith("blockcerts-")
    }
    tables = {name: _read(name)["layers"] for name in sorted({*index.values()})}
    for name, layers in tables.items():
        for unknown in beyond(layers, frozenset(index)):
            message = f"table {name} needs {unknown}, which the page does not know"
            raise ValueError(message)
    return {"index": index, "tables": tables}


def beyond(layers: list[Any], urls: frozenset[str]) -> Iterator[str]:
    """Find what in a compiled context the script of the page does not know.

    Args:
        layers: A compiled context; see `canon/context_compiler.py`.
        urls: The addresses of all contexts of the page.

    Yields:
        The name of each unknown feature.

    """
    for layer in layers:
        if isinstance(layer, str):
            yield from (layer,) if layer not in urls else ()
        elif layer is not None:
            yield from layer.keys() - _LAYER
            yield from {"@vocab"} & layer.get("needs", {}).keys()
            for definition in layer["terms"].values():
                yield from _beyond_definition(definition)
                yield from beyond(definition.get("context", []), urls)


def _beyond_definition(definition: dict[str, Any]) -> Iterator[str]:
    iri, containers = definition["id"], {*definition.get("container", [])}
    yield from definition.keys() - _DEFINITION
    yield from containers - _CONTAINERS
    if definition.get("type") == "@none":
        yield "@none"
    is_json = definition.get("type") == "@json"
    if len(containers) > 1 or (is_json and containers - {"@set"}):
        yield f"container {sorted(containers)}"
    if iri is None or iri.startswith("_:"):
        yield f"identifier {iri}"
    elif iri.startswith("@") and iri not in ("@id", "@type"):
        yield f"alias of {iri}"


def _read(name: str) -> Any:
    return strict_json.loads((_FOLDER / f"{name}.json").read_bytes())
