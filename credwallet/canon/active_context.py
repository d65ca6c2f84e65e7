"""What do the members of this object mean here? Active contexts, made once and kept.

JSON-LD 1.1 API section 4.1 (context processing, on compiled layers) and 5.2 (IRI
expansion). Every active context keeps what it has worked out: an `Entry` per member
name, and the contexts that types, scoped terms and `@context` members lead to. That is
what makes expansion fast; `context_compiler.py` describes layers and definitions.
"""

from typing import TYPE_CHECKING, Any, Protocol

from credwallet.canon.context_compiler import Layer
from credwallet.canon.context_terms import Definition, Names, undecided
from credwallet.canon.iri import KEYWORDS, looks_like_keyword
from credwallet.canon.term_entries import (
    Entry,
    TypedContext,
    as_resource,
    is_absolute,
    make_entry,
    says,
)
from credwallet.errors import Invalid

if TYPE_CHECKING:

    class Library(Protocol):
        """Where the layers of context documents come from."""

        def layers(self, url: str, names: Names) -> list[Layer]:
            """Return the compiled context at an address."""
            ...

        def recompile(self, layers: list[Layer], names: Names) -> list[Layer] | None:
            """Compile again, for other names around it, what these layers came from."""
            ...


# So many names are remembered per active context; more is no credential but an attack.
_MEMORY = 2048
_MAX_CHAIN = 16


class ActiveContext:
    """The terms in force at one place of a document, immutable but for its memory.

    Args:
        library: Where addresses in layers are looked up.
        terms: Definitions by term.
        vocab: The vocabulary mapping, or None.
        language: The default language, or None.
        aliases: Keyword by term, for the terms that are keywords.

    """

    __slots__ = (
        "aliases",
        "entries",
        "id_names",
        "language",
        "library",
        "local",
        "names",
        "previous",
        "terms",
        "type_names",
        "typed",
        "vocab",
        "wrapper_names",
    )

    def __init__(
        self,
        library: "Library",
        *,
        terms: dict[str, Definition],
        vocab: str | None = None,
        language: str | None = None,
        aliases: dict[str, str] | None = None,
    ) -> None:
        self.library = library
        self.terms = terms
        self.vocab = vocab
        self.language = language
        self.aliases = aliases or {}
        self.previous: ActiveContext | None = None
        self.entries: dict[str, Entry] = {}
        self.names: dict[str, str] = {}
        self.typed: dict[str | tuple[str, ...], TypedContext] = {}
        self.local: dict[str | tuple[str, ...], ActiveContext] = {}
        self.id_names = self._names_of("@id")
        self.type_names = self._names_of("@type")
        self.wrapper_names = tuple(
            name
            for name, keyword in self.aliases.items()
            if keyword in ("@value", "@list", "@set", "@language")
        )

    def _names_of(self, keyword: str) -> tuple[str, ...]:
        own = [name for name, target in self.aliases.items() if target == keyword]
        return (*own, keyword)

    def entry(self, name: str) -> Entry:
        """Say what a member of that name means here.

        Raises:
            Invalid: The scoped context of the term redefines a protected term.
            Undetermined: The term is defined in a way that we do not support.

        """
        found = self.entries.get(name)
        if found is None:
            found = make_entry(self, name)
            if len(self.entries) < _MEMORY:
                self.entries[name] = found
        return found

    def name_iri(self, name: str) -> str:
        """Expand a type, or a value of a term of type `@vocab`.

        Returns:
            The IRI in angle brackets, a blank node label, or `""` if it is no absolute
            IRI and therefore stands for nothing.

        """
        found = self.names.get(name)
        if found is None:
            found = as_resource(self.expand(name))
            if len(self.names) < _MEMORY:
                self.names[name] = found
        return found

    def expand(self, name: str) -> str | None:
        """Expand a term, a compact IRI or a vocabulary-relative name (section 5.2).

        Returns:
            An IRI, a keyword, None, or the name itself if nothing is known about it.

        """
        if name in KEYWORDS:
            return name
        if looks_like_keyword(name):
            return None
        definition = self.terms.get(name)
        if definition is not None:
            target: str | None = definition["id"]
            return target
        expanded = self.expand_compact(name)
        if expanded is not name or is_absolute(name):
            return expanded
        return name if self.vocab is None else self.vocab + name

    def expand_compact(self, name: str) -> str:
        """Expand a compact IRI; anything else is returned as it is."""
        prefix, colon, suffix = name.partition(":")
        if colon and prefix and prefix != "_" and not suffix.startswith("//"):
            definition = self.terms.get(prefix)
            if definition is not None and definition.get("prefix"):
                return f"{definition['id']}{suffix}"
        return name

    def types(self, types: str | tuple[str, ...]) -> "TypedContext":
        """Enter the type-scoped contexts of a node (section 5.1.2, step 11).

        Args:
            types: The value of its `@type`, as written.

        Returns:
            The context for its members, and its types as resources.

        Raises:
            Invalid: A type-scoped context redefines a protected term.
            Undetermined: It gives `@type` another name.

        """
        found = self.typed.get(types)
        if found is None:
            written = (types,) if isinstance(types, str) else types
            context = self
            for name in sorted(written):
                layers = self.terms.get(name, {}).get("context")
                if layers is not None:
                    context = context.apply(layers, propagate=False)
            resources = tuple(self.name_iri(name) for name in written)
            missing = tuple(
                name
                for name, resource in zip(written, resources, strict=True)
                if not says(name, resource)
            )
            if context.type_names != self.type_names:
                raise undecided("a type whose context gives @type another name")
            found = TypedContext(context, tuple(filter(None, resources)), missing)
            if len(self.typed) < _MEMORY:
                self.typed[types] = found
        return found

    def urls(self, urls: str | tuple[str, ...]) -> "ActiveContext":
        """Enter the context documents that a `@context` member names.

        Raises:
            Invalid: One redefines a term that is protected.
            Undetermined: One cannot be compiled.

        """
        found = self.local.get(urls)
        if found is None:
            found = self
            for url in (urls,) if isinstance(urls, str) else urls:
                found = found.apply([url])
            if len(self.local) < _MEMORY:
                self.local[urls] = found
        return found

    def apply(
        self,
        layers: list[Layer],
        *,
        may_override: bool = False,
        propagate: bool = True,
        depth: int = 0,
    ) -> "ActiveContext":
        """Process a compiled context (API section 4.1.2).

        Args:
            layers: What it compiled to.
            may_override: Whether protected terms may be redefined, as in a
                property-scoped context.
            propagate: Whether the context stays in force below the next node.
            depth: How many addresses led here.

        Returns:
            The new active context.

        Raises:
            Invalid: A protected term is redefined or removed.
            Undetermined: The contexts hang together in a way that we do not support.

        """
        if layers and isinstance(layers[0], dict):
            propagate = layers[0].get("propagate", propagate)
        previous = self.previous
        if previous is None and not propagate:
            previous = self
        result = self
        for layer in layers:
            if not result._has_what_it_needs(layer):
                return self._apply_recompiled(
                    layers, may_override=may_override, propagate=propagate, depth=depth
                )
            if layer is None:
                result.check_nothing_protected(may_override=may_override)
                result = ActiveContext(self.library, terms={})
                previous = None if propagate else self
            elif isinstance(layer, str):
                inner = result.fetch_layers(layer, depth)
                result = result.apply(inner, may_override=may_override, depth=depth + 1)
            else:
                result = result.with_layer(layer, may_override=may_override)
        if previous is not result.previous:
            if result is self:
                result = result.with_layer({"terms": {}}, may_override=True)
            result.previous = previous
        return result

    def fetch_layers(self, url: str, depth: int) -> list[Layer]:
        """Look up the layers of another document.

        Args:
            url: The document's address.
            depth: How many addresses led here; more than 16 are too many.

        Raises:
            Undetermined: It is unknown, or cannot be used here.

        """
        if depth > _MAX_CHAIN:
            raise undecided("context documents that name one another")
        layers = self.library.layers(url, Names(self.terms, self.vocab))
        if any(isinstance(layer, dict) and "propagate" in layer for layer in layers):
            raise undecided("a context document that sets @propagate")
        return layers

    def check_nothing_protected(self, *, may_override: bool) -> None:
        """Refuse to forget protected terms.

        Raises:
            Invalid: There are some.

        """
        if may_override:
            return
        for name, definition in self.terms.items():
            if definition.get("protected"):
                raise _protected(name)

    def with_layer(
        self, layer: dict[str, Any], *, may_override: bool
    ) -> "ActiveContext":
        """Add the terms of one layer, whose needs are met.

        Args:
            layer: An object with `terms` (`context_compiler.py` describes it), neither
                null nor an address.
            may_override: Whether protected terms may be redefined, as in a
                property-scoped context.

        Returns:
            A new context; this one stays as it is.

        Raises:
            Invalid: It redefines a protected term.

        """
        added: dict[str, Definition] = layer["terms"]
        if not may_override:
            kept = {}
            for name in self.terms.keys() & added.keys():
                if self.terms[name].get("protected"):
                    kept[name] = _same_but_protected(
                        name, self.terms[name], added[name]
                    )
            if kept:
                added = {**added, **kept}
        aliases = self.aliases
        for name, definition in added.items():
            target = definition["id"]
            if (target is not None and target[:1] == "@") or name in aliases:
                aliases = {k: v for k, v in aliases.items() if k != name}
                if target is not None and target[:1] == "@" and name not in KEYWORDS:
                    aliases[name] = target
        made = ActiveContext(
            self.library,
            terms={**self.terms, **added},
            vocab=layer.get("vocab", self.vocab),
            language=layer.get("language", self.language),
            aliases=aliases,
        )
        made.previous = self.previous
        return made

    def _apply_recompiled(
        self, layers: list[Layer], *, may_override: bool, propagate: bool, depth: int
    ) -> "ActiveContext":
        again = None
        if depth <= _MAX_CHAIN:
            names = Names(self.terms, self.vocab)
            again = self.library.recompile(layers, names)
        if again is None:
            raise undecided("a context that relies on names which another one changes")
        return self.apply(
            again,
            may_override=may_override,
            propagate=propagate,
            # A context that never fits ends here.
            depth=depth + 4,
        )

    def _has_what_it_needs(self, layer: Layer) -> bool:
        if not isinstance(layer, dict):
            return True
        for name, expected in layer.get("needs", {}).items():
            if name == "@vocab":
                fits = self.vocab == expected
            else:
                found = self.terms.get(name)
                fits = expected == (
                    None if found is None else [found["id"], bool(found.get("prefix"))]
                )
            if not fits:
                return False
        return True


def _same_but_protected(name: str, before: Definition, after: Definition) -> Definition:
    wanted = {**after, "protected": True}
    if wanted != before:
        raise _protected(name)
    return wanted


def _protected(name: str) -> Invalid:
    return Invalid(
        f"a context changes the protected term {name[:80]}",
        next_step="ask the issuer: no program may accept this credential",
        type="protected-term",
    )
