"""May this context document be added to the bundled ones, and what would it change?

VC Data Integrity 1.0 section 4.6 (context validation) and VCDM 2.0 section 5.2: what a
bundled context says must not come to mean something else. A term counts as redefined if
the data model or its proofs give it a meaning, and the document gives it one, at any
depth, that no bundled context gives it.
"""

import hashlib
from collections.abc import Iterator
from typing import Any, NamedTuple

from credwallet.canon.context_compiler import Layer
from credwallet.canon.context_terms import Names
from credwallet.canon.contexts import Contexts

# What the words mean that decide about a credential: who issued it, to whom, until
# when, where it is revoked, how it is signed. Names, pictures and addresses mean other
# things in every field; what one credential combines badly, its verification says.
_GUARDED = ("https://www.w3.org/2018/credentials#", "https://w3id.org/security#", "@")


class Examined(NamedTuple):
    """What a context document defines.

    `sha256` is of its bytes, `redefined` are the terms of the data model and of proofs
    that it gives another meaning, sorted. `differing` are other terms of bundled
    contexts to which it gives a meaning of its own: where one of them protects its
    term, a badge that names both is refused. `catches_all` says that it gives a meaning
    to every word there is (`@vocab`).
    """

    sha256: str
    terms: tuple[str, ...]
    redefined: tuple[str, ...]
    differing: tuple[str, ...]
    catches_all: bool


def examine(url: str, data: bytes, contexts: Contexts) -> Examined:
    """Compile a context document and compare it with the bundled ones.

    Args:
        url: Its address.
        data: Its bytes.
        contexts: The known contexts; it may name any of them.

    Returns:
        What it defines.

    Raises:
        Invalid: It breaks a rule of JSON-LD, or redefines a protected term.
        Undetermined: It cannot be used, names a context that is not known, or sets
            something that programs understand differently (`@base`).

    """
    known = contexts.with_supplied({url: data})
    layers = known.layers(url, Names({}, None))
    # Entering it shows what compiling alone does not, such as `@propagate`.
    known.initial.urls(url)
    bundled = _bundled_meanings(known)
    found = set(_meanings(layers))
    changed = {
        name for name, meaning in found if meaning not in bundled.get(name, {meaning})
    }
    redefined = {
        name
        for name in changed
        if any(guarded.startswith(_GUARDED) for guarded in bundled[name])
    }
    return Examined(
        hashlib.sha256(data).hexdigest(),
        tuple(sorted({name for name, _ in found})),
        tuple(sorted(redefined)),
        tuple(sorted(changed - redefined)),
        known.catches_all(url),
    )


def _bundled_meanings(contexts: Contexts) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for url in contexts.bundled_urls():
        for name, meaning in _meanings(contexts.layers(url, Names({}, None))):
            found.setdefault(name, set()).add(meaning)
    return found


def _meanings(layers: list[Layer]) -> Iterator[tuple[str, str]]:
    for layer in layers:
        if isinstance(layer, dict):
            definitions: dict[str, dict[str, Any]] = layer["terms"]
            for name, definition in definitions.items():
                yield name, str(definition["id"])
                yield from _meanings(definition.get("context") or [])
