"""What does a proof over JSON text leave open that one over statements does not?

VC Data Integrity 1.0 section 2.4.1 (validating contexts), VC-JOSE-COSE section 3. The
bytes are signed whatever they mean, so contexts that are not known and members that say
a thing twice are looked for here.
"""

from collections.abc import Iterator
from typing import Any

from credwallet.canon.contexts import Contexts
from credwallet.errors import CredwalletError, Invalid, Undetermined
from credwallet.model.report import Problem
from credwallet.verify.case import Case
from credwallet.verify.structure_finding import listed

_DISGUISES = (("id", "@id"), ("type", "@type"))
_MAX_NAMED = 20
_MAX_TOLD = 2


def is_over_json(case: Case) -> bool:
    """Tell whether a proof of the case is over JSON text, not over statements."""
    return case.held.jws is not None or any(
        "-jcs-" in proof.cryptosuite for proof in case.proofs
    )


def faults(case: Case) -> Iterator[CredwalletError]:
    """Name what in the document may be read in two ways.

    Args:
        case: With a proof over JSON text.

    """
    document = case.held.document
    if _may_have_keywords(case):
        yield from stated_twice(document)
    known = case.ports.contexts
    entries = listed(document.get("@context", []))
    for place, entry in enumerate(entries):
        if isinstance(entry, dict):
            yield from _redefined(entry, place, entries, known)
        elif not isinstance(entry, str) or not (
            entry.startswith("https://") or known.knows(entry)
        ):
            yield Invalid(
                f"the context {_named(entry)} is neither an https address"
                " nor an object",
                instance=f"/@context/{place}",
                type="context-address",
                next_step="ask the issuer for a corrected copy",
            )


def remarks(case: Case) -> tuple[Problem, ...]:
    """Name the contexts that are not known: what they define, nobody can tell.

    Args:
        case: With a proof over JSON text.

    """
    known = case.ports.contexts
    return tuple(
        Problem(
            type="unknown-context",
            title=f"the signature fits; context {_named(entry)} is not known, so what"
            " its words mean was not checked",
            instance=f"/@context/{place}",
            next_step="hand over its publisher's document: --documents MAP.json"
            if isinstance(entry, str)
            else "ask the issuer for a credential with published contexts only",
        )
        for place, entry in enumerate(listed(case.held.document.get("@context", [])))
        if entry != {} and not (isinstance(entry, str) and known.knows(entry))
    )[:_MAX_NAMED]


def told(problems: tuple[Problem, ...]) -> str:
    """Say remarks in a note, the first ones in full."""
    words = [problem.title for problem in problems[:_MAX_TOLD]]
    more = len(problems) - _MAX_TOLD
    return "; ".join((*words, f"and {more} more") if more > 0 else words)


def stated_twice(document: dict[str, Any]) -> Iterator[Invalid]:
    """Find an object that has both a keyword of JSON-LD and the plain name for it.

    Args:
        document: The document; the first such object is named.

    """
    if not _is_twice_somewhere(document):
        return
    pending: list[tuple[Any, str]] = [(document, "")]
    while pending:
        value, pointer = pending.pop()
        if isinstance(value, dict):
            for plain, keyword in _DISGUISES:
                if plain in value and keyword in value:
                    yield Invalid(
                        f"an object states its {plain} twice, as {plain} and {keyword}",
                        instance=f"{pointer}/{keyword}",
                        type="disguise",
                        next_step="ask the issuer for a corrected copy",
                    )
                    return
        members = value.items() if isinstance(value, dict) else enumerate(value)
        pending += [
            (member, f"{pointer}/{_escaped(name)}")
            for name, member in members
            if isinstance(member, dict | list)
        ]


def _may_have_keywords(case: Case) -> bool:
    # A look at the text of a token spares most of them the walk. A keyword may be
    # written with escapes, then there is a backslash.
    if case.held.jws is None:
        return True
    text = case.held.jws.payload
    return b"@id" in text or b"@type" in text or b"\\u" in text


def _is_twice_somewhere(document: dict[str, Any]) -> bool:
    # Every token comes through here: places are worked out only where one is asked.
    pending: list[Any] = [document]
    while pending:
        value = pending.pop()
        if isinstance(value, dict):
            if ("@id" in value and "id" in value) or (
                "@type" in value and "type" in value
            ):
                return True
            value = value.values()
        pending += [item for item in value if isinstance(item, (dict, list))]
    return False


def _redefined(
    inline: dict[str, Any], place: int, entries: list[Any], known: Contexts
) -> Iterator[CredwalletError]:
    """Find a term that an inline context gives another meaning."""
    try:
        terms = {
            term
            for url in entries
            if isinstance(url, str) and known.knows(url)
            for term in known.term_names(url)
        }
    except (Invalid, Undetermined) as error:
        yield error
        return
    for name in inline:
        if name in terms:
            yield Invalid(
                f"the credential itself gives term {name[:80]!r} another meaning",
                instance=f"/@context/{place}",
                type="context-redefines",
                next_step="do not rely on it: readers may understand it differently",
            )
            return


def _escaped(name: object) -> str:
    return str(name).replace("~", "~0").replace("/", "~1")


def _named(entry: Any) -> str:
    if isinstance(entry, dict):
        return "written into the credential"
    return entry[:200] if isinstance(entry, str) else "that is none"
