"""What does the `@context` member of an object of the document bring into force?

JSON-LD 1.1 API section 5.1.2, step 9, narrowed by Data Integrity 1.0 section 4.6
(context validation): only bundled and supplied documents count, an object written into
the credential itself never does.
"""

from typing import TYPE_CHECKING, Any

from credwallet.canon.contexts import unknown_context
from credwallet.canon.iri import KEYWORDS
from credwallet.errors import CredwalletError, Invalid, Undetermined

if TYPE_CHECKING:
    from credwallet.canon.active_context import ActiveContext
    from credwallet.canon.expander import Walk

MAX_CONTEXTS = 20


def enter(
    walk: "Walk", element: dict[str, Any], context: "ActiveContext"
) -> "ActiveContext":
    """Process the `@context` member of an object.

    Args:
        walk: The walk that came to the object.
        element: An object with a member `@context`.
        context: The active context around it.

    Returns:
        The active context for it.

    Raises:
        Invalid: An inline context redefines a term (type `context-redefines`), a
            context redefines a protected one (`protected-term`), or it is no context.
        Undetermined: A context is unknown (`unknown-context`), written inline
            (`inline-context`), or there are too many (`too-many-contexts`).

    """
    value = element["@context"]
    entries = value if isinstance(value, list) else [value]
    if len(entries) > MAX_CONTEXTS:
        raise _at(walk, element, None, _too_many())
    urls = tuple(entry for entry in entries if isinstance(entry, str))
    if len(urls) != len(entries):
        _check_inline(walk, element, entries, context)
    for url in urls:
        if url not in walk.urls:
            _admit(walk, element, url)
    try:
        return context.urls(urls)
    except CredwalletError as error:
        raise _at(walk, element, _culprit(urls, context), error) from None


def _culprit(urls: tuple[str, ...], context: "ActiveContext") -> str | None:
    for url in urls:
        try:
            context = context.urls((url,))
        except CredwalletError:
            return url
    return None


def _admit(walk: "Walk", element: dict[str, Any], url: str) -> None:
    if not walk.contexts.knows(url):
        raise _at(walk, element, url, unknown_context(url))
    walk.urls.add(url)
    if len(walk.urls) > MAX_CONTEXTS:
        raise _at(walk, element, url, _too_many())
    if walk.contexts.is_supplied(url):
        walk.supplied[url] = None


def _check_inline(
    walk: "Walk",
    element: dict[str, Any],
    entries: list[Any],
    context: "ActiveContext",
) -> None:
    """Raise unless all that is no address changes nothing."""
    known = [
        url for url in entries if isinstance(url, str) and walk.contexts.knows(url)
    ]
    inline = []
    for entry in entries:
        if isinstance(entry, dict):
            inline += [entry] if entry else []
        elif entry is None:
            inline += [] if entry is entries[0] and not context.terms else [{}]
        elif not isinstance(entry, str):
            raise walk.fault("a context that is none", element, "@context")
    if not inline:
        return
    in_force = {*context.terms}
    for url in (*walk.urls, *known):
        in_force |= walk.contexts.term_names(url)
    for entry in inline:
        for name in entry:
            if name in in_force and name not in KEYWORDS:
                raise _at(walk, element, None, _redefines(name))
    raise _at(walk, element, None, _inline())


def _at(
    walk: "Walk", element: dict[str, Any], url: str | None, error: CredwalletError
) -> CredwalletError:
    walk.mark(element, "@context", url)
    return error


def _redefines(name: str) -> Invalid:
    return Invalid(
        f"the credential itself gives term {name[:80]!r} another meaning",
        next_step="do not rely on it: parts of it may say what nobody signed",
        type="context-redefines",
    )


def _inline() -> Undetermined:
    return Undetermined(
        "the credential brings a context of its own, which nobody vouches for",
        next_step="ask the issuer for a credential with published contexts only",
        type="inline-context",
    )


def _too_many() -> Undetermined:
    return Undetermined(
        f"the credential names more than {MAX_CONTEXTS} contexts",
        next_step="ask the issuer for a credential with fewer contexts",
        type="too-many-contexts",
    )
