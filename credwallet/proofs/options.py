"""Which members of a proof does its signature cover? And their canonical form, kept.

VC Data Integrity 1.0 section 4.1: everything but the value of the proof itself. The
proofs of one issuer are alike but for their moment, so it is worked out once for all.
"""

import re
from functools import lru_cache
from typing import Any, NamedTuple

from credwallet.canon import jsonld, rdfc
from credwallet.canon.contexts import Contexts
from credwallet.canon.jsonld import Undefined
from credwallet.errors import Invalid
from credwallet.model.proof import Proof

JsonObject = dict[str, Any]
# xsd:dateTimeStamp: a time zone is required (VC Data Integrity 1.0 section 2.1).
TIMESTAMP = re.compile(
    r"-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", re.ASCII
)
# xsd:dateTime, where the drafts before Data Integrity asked for no time zone.
LOCAL = re.compile(rf"{TIMESTAMP.pattern}?", re.ASCII)
# Any moment serves that stands nowhere else in the options.
_MOMENT = "2000-01-01T00:00:00Z"


def covered(proof: Proof, value: str = "proofValue") -> JsonObject:
    """Return the members of a proof that its signature covers.

    Args:
        proof: With its members as they stand in the document.
        value: The one member that it does not cover: `proofValue`, or `jws`.

    """
    return {name: item for name, item in proof.document.items() if name != value}


def entries(value: Any) -> list[Any]:
    """List the entries of an `@context`, be it one or an array."""
    return value if isinstance(value, list) else [value]


def check_context(proof: Proof, document: JsonObject) -> list[Any]:
    """Check that the proof's own `@context` opens the document's.

    Args:
        proof: A proof that has one.
        document: The document that it is embedded in.

    Returns:
        The entries of the document's that stand behind.

    Raises:
        Invalid: If it does not (vc-di-eddsa section 3.3.2, step 3.1).

    """
    wanted = entries(proof.document["@context"])
    given = entries(document.get("@context"))
    if given[: len(wanted)] != wanted:
        raise Invalid(
            "the proof's @context is not the beginning of the document's",
            instance=f"{proof.pointer}/@context",
            next_step="it was changed after signing: ask for a fresh copy",
        )
    return given[len(wanted) :]


class Template(NamedTuple):
    """Canonical proof options, cut where `created` stands."""

    before: bytes
    after: bytes
    undefined: tuple[Undefined, ...]
    supplied: tuple[str, ...]


def template_for(
    options: JsonObject, contexts: Contexts, hash_name: str
) -> Template | None:
    """Find the canonical form of options that only differ in their moment.

    Args:
        options: What the signature covers, with the document's `@context`.
        contexts: The known contexts.
        hash_name: `sha256` or `sha384`.

    Returns:
        The form, or None where there is none: then they are canonicalised by
        themselves.

    """
    created, named = options.get("created"), options.get("@context")
    if not isinstance(created, str) or TIMESTAMP.fullmatch(created) is None:
        return None
    urls = tuple(entries(named))
    members = tuple(
        item for item in options.items() if item[0] not in ("created", "@context")
    )
    if not all(isinstance(url, str) for url in urls) or not all(
        isinstance(value, str) for _, value in members
    ):
        return None
    return _template(contexts, urls, members, hash_name)


@lru_cache(maxsize=256)
def _template(
    contexts: Contexts,
    urls: tuple[str, ...],
    members: tuple[tuple[str, str], ...],
    hash_name: str,
) -> Template | None:
    options = {**dict(members), "created": _MOMENT, "@context": [*urls]}
    expansion = jsonld.to_rdf(options, contexts)
    if expansion.undefined:
        return None
    text = rdfc.canonicalize(expansion.quads, hash_name=hash_name)
    before, _, after = text.partition(_MOMENT)
    statement = before.rpartition("\n")[2]
    # Where the moment stands twice, or beside a sister that sorts by its value, the
    # text for one moment says nothing about another.
    if not after or _MOMENT in after or f"\n{text}".count(f"\n{statement}") != 1:
        return None
    return Template(before.encode(), after.encode(), (), expansion.supplied)
