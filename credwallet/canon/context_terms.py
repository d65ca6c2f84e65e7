"""What does one term of a context mean? JSON-LD 1.1 API section 4.2.

Also the expansion of names inside of a context (section 5.2 with a local context).
"""

import re
from collections.abc import Mapping
from typing import Any

from credwallet.canon.iri import (
    KEYWORDS,
    is_clean_absolute,
    is_language_tag,
    looks_like_keyword,
)
from credwallet.errors import Invalid, Undetermined

Definition = dict[str, Any]

_MEMBERS = frozenset(
    {
        "@container",
        "@context",
        "@direction",
        "@id",
        "@index",
        "@language",
        "@nest",
        "@prefix",
        "@protected",
        "@reverse",
        "@type",
    }
)
_CONTAINERS = frozenset(
    {"@graph", "@id", "@index", "@language", "@list", "@set", "@type"}
)
_ENDS_OF_PREFIXES = frozenset(":/?#[]@")


class Names:
    """The terms that are in force around a context, innermost first."""

    __slots__ = ("outer", "terms", "vocab")

    def __init__(
        self,
        terms: Mapping[str, Definition],
        vocab: str | None,
        outer: "Names | None" = None,
    ) -> None:
        self.terms = terms
        self.vocab = vocab
        self.outer = outer

    def find(self, name: str) -> Definition | None:
        """Return the definition in force, or None."""
        scope: Names | None = self
        while scope is not None:
            found = scope.terms.get(name)
            if found is not None:
                return found
            scope = scope.outer
        return None


def refuse(what: str) -> Invalid:
    """Make the error for a context that breaks a rule of JSON-LD."""
    return Invalid(
        f"context with an error: {what}",
        next_step="tell the publisher of the context",
        type="invalid-context",
    )


def undecided(what: str) -> Undetermined:
    """Make the error for what we do not support, or programs understand differently."""
    return Undetermined(
        f"not supported: {what}",
        next_step="verify this credential with other software",
        type="unsupported-json-ld",
    )


def language_tag(value: Any) -> str | None:
    """Read a language tag; null means none.

    Raises:
        Invalid: The value is neither null nor text.
        Undetermined: It is text, but not of the form of a BCP 47 tag.

    """
    if value is None:
        return None
    if not isinstance(value, str):
        raise refuse("@language is no text")
    if not is_language_tag(value):
        raise undecided("a language tag that is none")
    return value.lower()


class TermTable:
    """The terms of one context object, while they are being defined.

    Args:
        context: The object.
        names: The terms around it.
        vocab: The vocabulary in force inside of it.
        needs: Filled with what was looked up around it.

    """

    def __init__(
        self,
        context: dict[str, Any],
        names: Names,
        vocab: str | None,
        needs: dict[str, Any],
    ) -> None:
        self.terms: dict[str, Definition] = {}
        self.scoped: dict[str, Any] = {}
        self._context = context
        self._names = names
        self._vocab = vocab
        self._needs = needs
        self._protected = bool(context.get("@protected"))
        self._done: dict[str, bool] = {}

    def define_all(self) -> None:
        """Define every term of the context.

        Raises:
            Invalid: A definition breaks a rule.
            Undetermined: A definition is too exotic.

        """
        for name in self._context:
            if name == "@type" or name not in KEYWORDS:
                self._define(name)
            elif name not in (
                "@base",
                "@direction",
                "@language",
                "@propagate",
                "@protected",
                "@version",
                "@vocab",
            ):
                raise refuse(f"keyword {name} stands where a term should")

    def _define(self, name: str) -> None:
        done = self._done.get(name)
        if done:
            return
        if done is False:
            raise refuse(f"term {name[:80]} is defined through itself")
        self._done[name] = False
        value = self._context[name]
        if name == "@type":
            self._check_type_keyword(value)
        elif looks_like_keyword(name):
            self._done[name] = True
            return
        elif not name:
            raise refuse("a term without a name")
        is_simple = value is None or isinstance(value, str)
        if is_simple:
            value = {"@id": value}
        if not isinstance(value, dict) or not value.keys() <= _MEMBERS:
            raise refuse(f"term {name[:80]} has no proper definition")
        definition = self._identify(name, value, is_simple=is_simple)
        if definition is not None:
            self._qualify(name, value, definition)
            self.terms[name] = definition
        self._done[name] = True

    def _check_type_keyword(self, value: Any) -> None:
        if (
            not isinstance(value, dict)
            or not value
            or not value.keys() <= {"@container", "@id", "@protected"}
            or value.get("@container", "@set") != "@set"
        ):
            raise refuse("keyword @type is redefined")

    def _identify(
        self, name: str, value: dict[str, Any], *, is_simple: bool
    ) -> Definition | None:
        """Find the IRI of a term; None if the definition is to be ignored."""
        if "@reverse" in value:
            return self._identify_reverse(name, value)
        target = value.get("@id", name)
        if target is None:
            if "://" in name:
                raise undecided("a context that takes the meaning from an IRI")
            return {"id": None}
        if not isinstance(target, str):
            raise refuse(f"@id of term {name[:80]} is no text")
        if target == name:
            return self._identify_by_name(name)
        if target not in KEYWORDS and looks_like_keyword(target):
            return None
        return self._identify_by(name, target, is_simple=is_simple)

    def _identify_by_name(self, name: str) -> Definition:
        prefix, colon, suffix = name.partition(":")
        if colon and prefix:
            if prefix in self._context:
                self._define(prefix)
            found = self._find(prefix)
            if found is not None and found["id"] is None:
                raise refuse(f"the prefix of term {name[:80]} means nothing")
            return {"id": name if found is None else f"{found['id']}{suffix}"}
        if name == "@type":
            return {"id": name}
        if self._vocab is None:
            raise refuse(f"term {name[:80]} has no @id")
        self._needs["@vocab"] = self._vocab
        return {"id": self._vocab + name}

    def _identify_by(self, name: str, target: str, *, is_simple: bool) -> Definition:
        iri = self._expand(target)
        if iri is None or (iri not in KEYWORDS and not is_clean_absolute(iri)):
            raise refuse(f"@id of term {name[:80]} is neither an IRI nor a keyword")
        if iri in ("@context", "@preserve"):
            raise refuse(f"term {name[:80]} is an alias of {iri}")
        if re.search(":[^:]|/", name):
            self._done[name] = True
            if self._expand(name) != iri:
                raise refuse(f"term {name[:80]} looks like another IRI")
        definition: Definition = {"id": iri}
        if (
            is_simple
            and name.find(":") <= 0
            and (iri[-1] in _ENDS_OF_PREFIXES or iri.startswith("_:"))
        ):
            definition["prefix"] = True
        return definition

    def _identify_reverse(self, name: str, value: dict[str, Any]) -> Definition | None:
        target = value["@reverse"]
        if "@id" in value or "@nest" in value or not isinstance(target, str):
            raise refuse(f"@reverse of term {name[:80]} is not an IRI alone")
        if looks_like_keyword(target):
            return None
        iri = self._expand(target)
        if iri is None or not is_clean_absolute(iri):
            raise refuse(f"@reverse of term {name[:80]} is no IRI")
        return {"id": iri, "reverse": True}

    def _qualify(self, name: str, value: dict[str, Any], made: Definition) -> None:
        protected = value.get("@protected", self._protected)
        if not isinstance(protected, bool):
            raise refuse(f"@protected of term {name[:80]} is not true or false")
        if protected:
            made["protected"] = True
        if "@type" in value:
            made["type"] = self._type(name, value["@type"])
        if "@container" in value:
            _contain(name, value["@container"], made)
        if "@index" in value:
            index = value["@index"]
            if "@index" not in made.get("container", ()):
                raise refuse(f"@index of term {name[:80]} without such a container")
            if not isinstance(index, str) or index.startswith("@"):
                raise refuse(f"@index of term {name[:80]} is no IRI")
            made["index"] = index
        self._qualify_further(name, value, made)

    def _qualify_further(
        self, name: str, value: dict[str, Any], made: Definition
    ) -> None:
        if "@context" in value:
            self.scoped[name] = value["@context"]
        if "@language" in value and "@type" not in value:
            made["language"] = language_tag(value["@language"])
        if "@direction" in value:
            if value["@direction"] not in (None, "ltr", "rtl"):
                raise refuse(f"@direction of term {name[:80]} is neither ltr nor rtl")
            made["direction"] = value["@direction"]
        if "@nest" in value:
            nest = value["@nest"]
            if not isinstance(nest, str) or (nest[:1] == "@" and nest != "@nest"):
                raise refuse(f"@nest of term {name[:80]} is a keyword")
            made["nest"] = nest
        if "@prefix" in value:
            _mark_prefix(name, value["@prefix"], made)

    def _type(self, name: str, value: Any) -> str:
        if not isinstance(value, str):
            raise refuse(f"@type of term {name[:80]} is no text")
        if value in ("@id", "@json", "@none", "@vocab"):
            return value
        iri = self._expand(value)
        if iri is None or not is_clean_absolute(iri) or iri.startswith("_:"):
            raise refuse(f"@type of term {name[:80]} is no IRI")
        return iri

    def _expand(self, value: str) -> str | None:
        """Expand a name inside of the context (API section 5.2)."""
        if value in KEYWORDS:
            return value
        if looks_like_keyword(value):
            return None
        if value in self._context and not self._done.get(value):
            self._define(value)
        found = self._find(value)
        if found is not None:
            target: str | None = found["id"]
            return target
        iri = self._expand_compact(value)
        if iri != value or self._vocab is None or is_clean_absolute(value):
            return iri
        self._needs["@vocab"] = self._vocab
        return self._vocab + value

    def _expand_compact(self, value: str) -> str:
        prefix, colon, suffix = value.partition(":")
        if not colon or not prefix or prefix == "_" or suffix.startswith("//"):
            return value
        if prefix in self._context and not self._done.get(prefix):
            self._define(prefix)
        found = self._find(prefix)
        if found is not None and found.get("prefix"):
            return f"{found['id']}{suffix}"
        return value

    def _find(self, name: str) -> Definition | None:
        if name in self.terms:
            return self.terms[name]
        if name in self._context:
            return None
        found = self._names.find(name)
        # A term in the form of an IRI can only stand for itself.
        if ":" not in name:
            self._needs[name] = (
                None if found is None else [found["id"], bool(found.get("prefix"))]
            )
        return found


def _contain(name: str, value: Any, made: Definition) -> None:
    listed = value if isinstance(value, list) else [value]
    if not listed or not all(
        isinstance(entry, str) and entry in _CONTAINERS for entry in listed
    ):
        raise refuse(f"@container of term {name[:80]} is unknown")
    kinds = frozenset(listed)
    if "@graph" in kinds:
        fits = kinds <= {"@graph", "@id", "@index", "@set"}
    else:
        fits = len(kinds - {"@set"}) <= 1 and not {"@list", "@set"} <= kinds
    if made.get("reverse"):
        fits = kinds <= {"@index", "@set"}
    if "@type" in kinds:
        fits = fits and made.setdefault("type", "@id") in ("@id", "@vocab")
    if not fits:
        raise refuse(f"@container of term {name[:80]} does not fit")
    made["container"] = sorted(kinds)


def _mark_prefix(name: str, value: Any, made: Definition) -> None:
    if ":" in name or "/" in name or made["id"] in KEYWORDS:
        raise refuse(f"term {name[:80]} cannot be a prefix")
    if not isinstance(value, bool):
        raise refuse(f"@prefix of term {name[:80]} is not true or false")
    made.pop("prefix", None)
    if value:
        made["prefix"] = True
