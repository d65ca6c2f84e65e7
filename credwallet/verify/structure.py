"""Is it a well-formed credential of its standard?

VC Data Model 2.0 section 4 (and 1.1 where it reads differently), and what the kind of a
credential adds (`structure_kinds`); only what the standards require of every
credential, so that a legal badge of any issuer passes. `structure_contexts` and
`structure_members` hold the rules.
"""

from collections.abc import Iterator
from itertools import islice

from credwallet.model.credential import Credential, Held, Presentation
from credwallet.model.report import Check, Outcome, Problem
from credwallet.verify import structure_members as members
from credwallet.verify.case import Case, answer, passed
from credwallet.verify.structure_contexts import V1, V2, contexts, types
from credwallet.verify.structure_finding import UNSURE, Found, listed, wrong
from credwallet.verify.structure_kinds import kinds, named

ID = "structure"
QUESTION = "Is it a well-formed credential of its standard?"

_NAMES = {V1: "VC Data Model 1.1", V2: "VC Data Model 2.0"}
# More than this helps nobody to mend a badge.
_MOST = 20


def check(case: Case) -> Check:
    """Name every member that breaks a rule of the standard."""
    held = case.held
    answers = (
        _credential(case, held)
        if isinstance(held, Credential)
        else _presentation(case, held)
    )
    found = tuple(islice(answers, _MOST))
    if found:
        # A part of a kind that is not supported makes the whole no worse than unknown.
        unsure = all(problem.type in UNSURE for problem in found)
        return answer(ID, Outcome.UNKNOWN if unsure else Outcome.FAILED, *found)
    if held.document.get("credentialSchema") is None:
        return passed(ID, _name(held), *_several(held))
    from credwallet.verify import schema  # noqa: PLC0415 -- lazily: few name one

    checked = schema.read_schemas(case)
    if checked.broken:
        return answer(ID, Outcome.FAILED, *checked.broken)
    return passed(ID, _name(held) + checked.note, *checked.remarks, *_several(held))


def _name(held: Held) -> str:
    first = listed(held.document.get("@context"))[0]
    model = _NAMES.get(first if isinstance(first, str) else "", "VC Data Model")
    kind = "presentation" if isinstance(held, Presentation) else named(held.types)
    return f"{kind}, {model}" if kind else model


def _several(held: Held) -> Iterator[Problem]:
    """Say that only the first of several subjects is shown."""
    if isinstance(held, Credential) and len(held.subjects) > 1:
        shown = held.subjects[0].get("id")
        name = shown[:80] if isinstance(shown, str) else "one without an id"
        yield Problem(
            type="several-subjects",
            title=f"it is about {len(held.subjects)} subjects: the first one, {name},"
            " is the one that is shown",
            instance="/credentialSubject",
            next_step="see the others with: credwallet show ID --raw",
        )


def _credential(case: Case, held: Credential) -> Found:
    document = held.document
    yield from contexts(document, case.ports.contexts)
    yield from types(document, "VerifiableCredential")
    yield from members.identifier(document, "id")
    yield from members.party(document, "issuer", required=True)
    yield from members.subject(document.get("credentialSubject"))
    yield from members.period(held)
    yield from members.typed(document)
    if members.is_second(document):
        yield from members.described(document)
        yield from members.related(document)
    yield from members.proofs(held, required=not case.covered)
    yield from kinds(held)
    yield from _unreadable_parts(case)


def _presentation(case: Case, held: Presentation) -> Found:
    if not held.credentials and not held.proofs and held.jws is None:
        yield wrong("/verifiableCredential", "is empty, and nobody signed it")
    if not held.types and "@context" not in held.document:
        # A plain list of credentials, not a presentation of any standard.
        yield from _unreadable_parts(case)
        return
    document = held.document
    yield from contexts(document, case.ports.contexts)
    yield from types(document, "VerifiablePresentation")
    yield from members.identifier(document, "id")
    yield from members.party(document, "holder", required=False)
    if members.is_second(document):
        yield from _objects(document.get("verifiableCredential", []))
    yield from _unreadable_parts(case)
    yield from members.proofs(held, required=False)


def _objects(parts: object) -> Found:
    # Section 4.13: what is no object goes into an EnvelopedVerifiableCredential.
    for index, part in enumerate(listed(parts)):
        if not isinstance(part, dict):
            yield wrong(f"/verifiableCredential/{index}", "is no object")


def _unreadable_parts(case: Case) -> Found:
    for part in case.parts:
        if isinstance(part.held, Exception):
            problem = wrong(part.pointer, f"is unreadable: {part.held}")
            yield problem._replace(type=getattr(part.held, "type", problem.type))
    if case.unread:
        yield Problem("too-many", case.unread, instance="/credentialSubject")
