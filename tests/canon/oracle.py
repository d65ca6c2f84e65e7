"""What do other programs make of a document? PyLD, with our context documents only."""

import copy
import json
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyld.canon
import pyld.jsonld

from credwallet.canon import strict_json
from credwallet.canon.contexts import Contexts
from credwallet.canon.contexts import compile as tables
from credwallet.errors import Unreadable

# PyLD resolves relative IRIs against an invented address where there is no base; the
# standard and jsonld.js drop them. With this one they can be told apart, and PyLD made
# to drop them as well.
_NO_BASE = "relative:///"
_is_absolute = pyld.jsonld._is_absolute_iri


def _is_really_absolute(value: Any) -> bool:
    return bool(_is_absolute(value)) and not value.startswith(_NO_BASE)


class Refused(Exception):
    """PyLD refuses the document by the rules of JSON-LD."""


class Crashed(Exception):
    """PyLD fails in a way that says nothing about the document."""


def extra_contexts(vectors: Path) -> dict[str, bytes]:
    """Context documents that are not bundled, by address."""
    folder = vectors / "extra-contexts"
    names = strict_json.loads((folder / "map.json").read_bytes())
    return {url: (folder / name).read_bytes() for url, name in names.items()}


def canonical(document: dict[str, Any], extra: dict[str, bytes]) -> str:
    """Canonical N-Quads of a document according to PyLD."""
    known = {
        source.url: (tables.FOLDER / "documents" / source.file).read_bytes()
        for source in tables.sources()
    }
    known |= extra

    def load(url: str, _: Any = None) -> dict[str, Any]:
        if url not in known:
            raise Refused(url)
        return {
            "contextUrl": None,
            "documentUrl": url,
            "document": json.loads(known[url]),
        }

    pyld.jsonld.DEFAULT_BASE_IRI = _NO_BASE
    pyld.jsonld._is_absolute_iri = _is_really_absolute
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            dataset = pyld.jsonld.to_rdf(
                copy.deepcopy(document), {"documentLoader": load}
            )
            return str(
                pyld.canon.URDNA2015().main(
                    dataset,
                    {"format": "application/n-quads", "algorithm": "URDNA2015"},
                )
            )
    except pyld.jsonld.JsonLdError as error:
        raise Refused(_reason(error)) from None
    except Exception as error:
        raise Crashed(repr(error)) from error


def supply_inline(
    document: dict[str, Any], contexts: Contexts
) -> tuple[dict[str, Any], Contexts]:
    """Turn contexts that are written into a document into supplied ones."""
    supplied: dict[str, bytes] = {}

    def turn(value: Any) -> Any:
        if isinstance(value, list):
            return [turn(item) for item in value]
        if isinstance(value, dict):
            return {
                name: address(member) if name == "@context" else turn(member)
                for name, member in value.items()
            }
        return value

    def address(value: Any) -> list[str]:
        urls = []
        for entry in value if isinstance(value, list) else [value]:
            if isinstance(entry, str):
                urls.append(entry)
            else:
                urls.append(f"https://inline.example/{len(supplied)}")
                supplied[urls[-1]] = json.dumps({"@context": entry}).encode()
        return urls

    turned = turn(document)
    return turned, contexts.with_supplied(supplied)


def documents(vectors: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every JSON-LD object of the vectors, its body, and the options of its proofs."""
    seen = set()
    for path in sorted(vectors.rglob("*.json*")):
        if path.name == "manifest.json" or "rdf-canon" in str(path):
            continue
        try:
            value = strict_json.loads(path.read_bytes())
        except Unreadable:
            continue
        for found in value if isinstance(value, list) else [value]:
            if not isinstance(found, dict) or "@context" not in found:
                continue
            for part in _parts(found):
                text = json.dumps(part)
                if text not in seen:
                    seen.add(text)
                    yield str(path.relative_to(vectors)), part


def _parts(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield document
    yield {name: value for name, value in document.items() if name != "proof"}
    proof = document.get("proof")
    for options in proof if isinstance(proof, list) else [proof]:
        if isinstance(options, dict):
            yield {
                "@context": document["@context"],
                **{
                    name: value
                    for name, value in options.items()
                    if name not in ("proofValue", "jws")
                },
            }


def _reason(error: BaseException) -> str:
    while error.__cause__ is not None:
        error = error.__cause__
    return f"{getattr(error, 'code', '')}: {str(error)[:300]}"
