"""Which rules can be drafted from a file of another standard?

One module a standard, one line a module in `DRAFTS`. A draft is a beginning: it is
written as a qualification file, says above the rules where it is from, and names
everything that could not be carried over. Nothing is verified, and nothing is fetched.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple, Protocol

from credwallet.errors import Unreadable, Usage
from credwallet.stacking.drafts import (
    clr_associations,
    ctdl_credential,
    ctdl_graph,
    ctdl_pathway,
    elm,
    open_badges_3,
)
from credwallet.stacking.drafts.draft import Draft, assembled
from credwallet.stacking.drafts.ledger import Counts
from credwallet.stacking.drafts.limits import check_number
from credwallet.stacking.drafts.writing import to_toml
from credwallet.stacking.files.rules import load

__all__ = ["DRAFTS", "Counts", "Drafted", "Form", "drafts_of", "to_toml"]

_MOST_COMMENTS = 60
_ESTIMATE = "An estimate: nobody says that these are all the rules."
_DOCUMENTATION = "docs/qualification-import.md"


class Form(Protocol):
    """A module that reads the structure of one standard.

    `NAME` is what people call it, `NEVER` what it has no words for.
    """

    NAME: str
    NEVER: str

    def sniff(self, document: Any, /) -> bool:
        """Say whether a JSON document is of this standard."""
        ...

    def drafts(self, document: Any, /) -> tuple[Draft, ...]:
        """Draft every set of rules that the document states or hints at."""
        ...


DRAFTS: tuple[Form, ...] = (
    ctdl_pathway,
    ctdl_credential,
    clr_associations,
    elm,
    open_badges_3,
)


class Drafted(NamedTuple):
    """One qualification file, and what became of the source.

    `notes` has one line for everything that is not as it was; `counts` are numbers of
    constructs.
    """

    id: str
    title: str
    toml: str
    notes: tuple[str, ...]
    counts: Counts


def drafts_of(data: bytes, source_name: str, *, read_on: date) -> tuple[Drafted, ...]:
    """Draft qualification files from a file of another standard.

    Args:
        data: A CTDL document, or a credential of any form that can be read.
        source_name: What to call it in comments and errors.
        read_on: The day on which it is read (UTC).

    Returns:
        The drafts, each with an id of its own; every one passes `rules.lint`.

    Raises:
        Unreadable: If it is neither, or more than a qualification file can hold.
        Usage: If it says nothing about what an award is made of.

    """
    try:
        drafted = [
            _drafted(form, draft, source_name, read_on) for form, draft in _found(data)
        ]
    except Unreadable as error:
        raise error.said_of(source_name) from None
    if not drafted:
        raise Usage(
            f"{source_name} does not say what an award is made of",
            next_step=f"what can be imported: {_DOCUMENTATION}",
        )
    return tuple({each.id: each for each in reversed(drafted)}.values())[::-1]


def _found(data: bytes) -> list[tuple[Form, Draft]]:
    found = [
        (form, draft)
        for document in _documents(data)
        for form in DRAFTS
        if form.sniff(document)
        for draft in form.drafts(document)
        if draft.root.parts
    ]
    check_number(len(found))
    return found


def _documents(data: bytes) -> tuple[Any, ...]:
    """Read the JSON documents of a file: of CTDL, or of credentials."""
    if data.lstrip(b" \t\r\n")[:1] in (b"{", b"["):
        from credwallet.canon import strict_json  # noqa: PLC0415 -- lazily, as below

        document = strict_json.loads(data)
        if ctdl_graph.is_ctdl(document):
            return (document,)
        # What the European builder uploads: the credential beside how it is delivered.
        inner = document.get("credential") if isinstance(document, dict) else None
        if isinstance(inner, dict) and elm.sniff(inner):
            return (inner,)
    from credwallet import formats  # noqa: PLC0415 -- lazily: only for credentials

    held = formats.read(data)
    found = _credentials((held,))
    for part in getattr(held, "credentials", ()):
        if not found and isinstance(part, Unreadable):
            raise part
    return tuple(found)


def _credentials(held: Iterable[Any]) -> list[Any]:
    from credwallet.model.credential import (  # noqa: PLC0415 -- with its only user
        Credential,
        Presentation,
    )

    found: list[Any] = []
    for each in held:
        if isinstance(each, Credential):
            found.append(each.document)
        elif isinstance(each, Presentation):
            found.extend(_credentials(each.credentials))
    return found


def _sums(counts: Counts) -> str:
    return (
        f"Constructs: {counts.carried} carried over, {counts.manual} for people to "
        f"check (manual), {counts.left} left out."
    )


def _drafted(form: Form, draft: Draft, source_name: str, read_on: date) -> Drafted:
    qualification = assembled(draft, read_on)
    notes, counts = draft.ledger.notes, draft.ledger.counts
    comments = [
        f"Draft of {read_on.isoformat()}, from {source_name} ({form.NAME}).",
        "Nothing was verified. Compare it with the source before you rely on it.",
        _sums(counts),
        *([_ESTIMATE] if qualification.basis == "estimate" else []),
        f"The standard has no words for {form.NEVER}: add what is needed.",
        *(f"- {note}" for note in notes[:_MOST_COMMENTS]),
    ]
    if len(notes) > _MOST_COMMENTS:
        comments.append(f"- and {len(notes) - _MOST_COMMENTS} more notes")
    toml = to_toml(qualification, comments)
    try:
        load(toml, qualification.id)
    except Usage as error:
        raise Unreadable(
            f"what it asks for makes no qualification file ({error.what})",
            next_step="take a smaller part of it, or write the file yourself",
        ) from None
    return Drafted(qualification.id, qualification.title, toml, notes, counts)
