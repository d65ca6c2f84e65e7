"""Which JSON-LD contexts are known? Pinned ones, and those that the learner supplied.

A context is never fetched (VCDM 2.0 section B.1, VC Data Integrity 1.0 section 2.4.1:
what is bundled is used as it was reviewed). The bundled ones are compiled ahead of time
(`python -m credwallet.canon.contexts.compile`); a supplied one is compiled by the same
compiler when it is first needed.
"""

import json
import os
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from credwallet.canon import strict_json
from credwallet.canon.active_context import ActiveContext
from credwallet.canon.context_compiler import Layer, compile_context
from credwallet.canon.context_terms import Names
from credwallet.errors import Undetermined, Unreadable

# No context in the wild comes near; a larger one is not read.
_MAX_SUPPLIED_BYTES = 512 * 1024


class Contexts:
    """The known contexts, with everything worked out about them so far.

    Make one with `Contexts.bundled()` and keep it: the second document of a kind costs
    a fraction of the first.
    """

    def __init__(self, supplied: Mapping[str, bytes], tables: "_Tables") -> None:
        self._supplied = dict(supplied)
        self._tables = tables
        self._parsed: dict[str, Any] = {}
        # Every compiled context with what it came from.
        self._compiled: list[tuple[list[Layer], Any]] = []
        self._term_names: dict[str, frozenset[str]] = {}
        self.initial = ActiveContext(self, terms={})

    @classmethod
    def bundled(cls) -> "Contexts":
        """Return the contexts that come with credwallet; reads nothing yet."""
        return cls({}, _Tables())

    def with_supplied(self, documents: Mapping[str, bytes]) -> "Contexts":
        """Add context documents that the learner handed over.

        Args:
            documents: The bytes of each document by its address. They are read when a
                credential names the address; a bundled address stays as bundled.

        Returns:
            New contexts; these here do not change.

        """
        return Contexts({**self._supplied, **documents}, self._tables)

    def knows(self, url: str) -> bool:
        """Tell whether a context is bundled or supplied."""
        return url in self._supplied or url in self._tables.index()

    def is_supplied(self, url: str) -> bool:
        """Tell whether a context is known only because the learner supplied it."""
        return url in self._supplied and url not in self._tables.index()

    def bundled_urls(self) -> tuple[str, ...]:
        """Return the addresses of all bundled contexts, sorted."""
        return tuple(sorted(self._tables.index()))

    def term_names(self, url: str) -> frozenset[str]:
        """Return every term that a known context defines, at any depth.

        Raises:
            Undetermined: The supplied document cannot be used.
            Invalid: It breaks a rule of JSON-LD.

        """
        if url not in self._term_names:
            layers = self.layers(url, Names({}, None))
            self._term_names[url] = frozenset(_defined(layers))
        return self._term_names[url]

    def catches_all(self, url: str) -> bool:
        """Tell whether a known context gives a meaning to every word (`@vocab`).

        Raises:
            Undetermined: The supplied document cannot be used.
            Invalid: It breaks a rule of JSON-LD.

        """
        return _catches_all(self.layers(url, Names({}, None)))

    def layers(self, url: str, names: Names) -> list[Layer]:
        """Return the compiled context at an address (for `ActiveContext`).

        Args:
            url: The context's address, exactly as the document spells it.
            names: The terms in force where it is used; a bundled context ignores them.

        Raises:
            Undetermined: No context of that address is known, or it cannot be used.
            Invalid: A supplied one breaks a rule of JSON-LD.

        """
        return self.compile_url(url, names, 0)

    def compile_url(self, url: str, names: Names, depth: int) -> list[Layer]:
        """Return the compiled context at an address (for the compiler).

        Args:
            url: The context's address, exactly as the context that names it spells it.
            names: The terms in force where it is named; a bundled context ignores them.
            depth: How many contexts surround this one, 0 for none.

        Raises:
            Undetermined: No context of that address is known, or it cannot be used.
            Invalid: A supplied one breaks a rule of JSON-LD.

        """
        bundled = self._tables.layers(url)
        if bundled is not None:
            return bundled
        context = self.context_of(url)
        layers = compile_context(context, names, library=self, depth=depth)
        self._compiled.append((layers, context))
        return layers

    def recompile(self, layers: list[Layer], names: Names) -> list[Layer] | None:
        """Compile again, for other names around it, what these layers came from.

        Args:
            layers: A compiled context, or one that a term in such a context brings.
            names: The terms in force where it is to be applied.

        Returns:
            The layers for these names, or None if their source is not found.

        """
        for made, context in (*self._compiled, *self._tables.loaded()):
            source = _source_of(layers, made, context)
            if source is not None:
                found = compile_context(source[0], names, library=self)
                self._compiled.append((found, source[0]))
                return found
        return None

    def context_of(self, url: str) -> Any:
        """Return the value of `@context` in a known document (for the compiler).

        Raises:
            Undetermined: The document is not known, or cannot be used.

        """
        if url in self._tables.index():
            return self._tables.context(url)
        if url not in self._supplied:
            raise unknown_context(url)
        if url not in self._parsed:
            self._parsed[url] = _context_member(url, self._supplied[url])
        return self._parsed[url]


class _Tables:
    """The compiled tables on disk, read when they are first needed."""

    def __init__(self) -> None:
        # Not `pathlib`, whose import costs more than reading all tables.
        self._folder = os.path.dirname(__file__)  # noqa: PTH120 -- see above
        self._index: dict[str, str] | None = None
        self._layers: dict[str, list[Layer]] = {}

    def index(self) -> dict[str, str]:
        if self._index is None:
            self._index = self._read("index")
        return self._index

    def layers(self, url: str) -> list[Layer] | None:
        name = self.index().get(url)
        if name is None:
            return None
        if name not in self._layers:
            self._layers[name] = self._read(name)["layers"]
        return self._layers[name]

    def loaded(self) -> Iterator[tuple[list[Layer], Any]]:
        for name, layers in self._layers.items():
            yield layers, self._context(name)

    def context(self, url: str) -> Any:
        return self._context(self.index()[url])

    def _context(self, name: str) -> Any:
        # Pinned by its digest, so it need not pass the door for foreign JSON.
        with self._open("documents", f"{name}.jsonld") as file:
            return json.load(file)["@context"]

    def _read(self, name: str) -> Any:
        with self._open("tables", f"{name}.json") as file:
            return json.load(file)

    def _open(self, folder: str, name: str) -> BinaryIO:
        path = os.path.join(self._folder, folder, name)  # noqa: PTH118 -- see above
        return open(path, "rb")  # noqa: PTH123 -- see above; the caller closes it


def unknown_context(url: str) -> Undetermined:
    """Make the error for a context that is neither bundled nor supplied."""
    return Undetermined(
        f"context {url[:200]} is not known",
        next_step="hand over its publisher's document: --documents MAP.json, or keep it"
        f" in the wallet: credwallet context add {url[:200]}",
        type="unknown-context",
    )


def _context_member(url: str, data: bytes) -> Any:
    problem = ""
    document: Any = None
    if len(data) > _MAX_SUPPLIED_BYTES:
        problem = "it is larger than 512 KiB"
    else:
        try:
            document = strict_json.loads(data)
        except Unreadable as error:
            problem = error.what
    if not problem and not (isinstance(document, dict) and "@context" in document):
        problem = "it has no member @context"
    if problem:
        raise Undetermined(
            f"the document supplied for context {url[:200]} cannot be used: {problem}",
            next_step="hand over the document that its publisher serves",
            type="unknown-context",
        )
    return document["@context"]


def _source_of(
    wanted: list[Layer], made: list[Layer], context: Any
) -> list[Any] | None:
    """Find what was compiled to `wanted`, in a box; None if it was not made here."""
    if made is wanted:
        return [context]
    sources = context if isinstance(context, list) else [context]
    for layer, source in zip(made, sources, strict=True):
        if isinstance(layer, dict):
            for name, definition in layer["terms"].items():
                if "context" in definition and isinstance(source.get(name), dict):
                    found = _source_of(
                        wanted, definition["context"], source[name].get("@context")
                    )
                    if found is not None:
                        return found
    return None


def _catches_all(layers: list[Layer]) -> bool:
    return any(
        isinstance(layer, dict)
        and (
            layer.get("vocab") is not None
            or any(
                _catches_all(definition.get("context") or [])
                for definition in layer["terms"].values()
            )
        )
        for layer in layers
    )


def _defined(layers: list[Layer]) -> Iterator[str]:
    for layer in layers:
        if isinstance(layer, dict):
            for name, definition in layer["terms"].items():
                yield name
                yield from _defined(definition.get("context") or [])
