"""Does the script of the page make of a document what the command line makes of it?"""

import json
from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple

from credwallet.canon import rdfc, strict_json
from credwallet.canon.contexts import Contexts
from credwallet.canon.jsonld import Undefined, to_rdf
from credwallet.errors import CredwalletError, Undetermined
from tests.share.page.scripts import Failure, answers

# What the script gives up on: it knows fewer contexts, and fewer features of JSON-LD.
GIVEN_UP = ("unknown-context", "unsupported-json-ld")


class Canonical(NamedTuple):
    """Canonical N-Quads, and what is not in them: pointer, text and kind."""

    nquads: str
    undefined: list[tuple[str, str, str]]


def of_python(
    text: str, contexts: Contexts, hash_name: str = "sha256"
) -> Canonical | CredwalletError:
    """What the command line makes of a document."""
    try:
        found = to_rdf(strict_json.loads(text), contexts)
        nquads = rdfc.canonicalize(found.quads, hash_name=hash_name)
    except CredwalletError as error:
        return error
    return Canonical(nquads, sorted(map(_plain, found.undefined)))


def of_script(answer: Any) -> Canonical | Failure:
    """The same for an answer of the script."""
    if isinstance(answer, Failure):
        return answer
    undefined = [Undefined(**each) for each in answer["undefined"]]
    return Canonical(answer["nquads"], sorted(map(_plain, undefined)))


def _plain(found: Undefined) -> tuple[str, str, str]:
    # Only there it may be no text: the languages write `None` and `null`.
    is_text = not found.pointer.endswith("/@value")
    return found.pointer, found.term if is_text else "", found.kind


def kind_of(error: CredwalletError) -> str:
    return "undetermined" if isinstance(error, Undetermined) else "invalid"


def compare(
    documents: Iterable[dict[str, Any]], *, hash_name: str = "sha256"
) -> Counter[str]:
    """Assert that both agree on each document, or that the script cannot tell.

    Returns:
        How many documents were equal, equal with something undefined, refused by both
        (`invalid` or `undetermined` with the reason), or given up by the script alone.

    """
    texts = [json.dumps(document) for document in documents]
    contexts = Contexts.bundled()
    questions = ({"ask": "canonical", "text": t, "hash": hash_name} for t in texts)
    counts: Counter[str] = Counter()
    for text, answer in zip(texts, answers(questions), strict=True):
        ours, theirs = of_python(text, contexts, hash_name), of_script(answer)
        counts[_agreed(text, ours, theirs)] += 1
        if isinstance(ours, Canonical) and ours == theirs and ours.undefined:
            counts["undefined"] += 1
    return counts


def _agreed(
    text: str, ours: Canonical | CredwalletError, theirs: Canonical | Failure
) -> str:
    if isinstance(theirs, Canonical):
        assert theirs == ours, text
        return "equal"
    if isinstance(ours, Canonical):
        assert theirs.kind == "undetermined", (theirs, text)
        assert theirs.type in GIVEN_UP, (theirs, text)
        return f"given up: {theirs.message}"
    assert theirs.kind in (kind_of(ours), "undetermined"), (ours, theirs, text)
    # Where a document has two faults, the two may come by the other one first.
    if theirs.message == ours.what and ours.instance is not None:
        assert theirs.instance == ours.instance, (ours, theirs, text)
    return f"{theirs.kind}: {theirs.type}"
