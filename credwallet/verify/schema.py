"""Does a credential fit the schema that it names?

VCDM 2.0 section 4.11, VC JSON Schema 1.0 (`JsonSchema`) and Open Badges 3.0 section 9.1
(`1EdTechJsonSchemaValidator2019`). Only schemas that the learner supplied, or that are
bundled, are used: a schema is never fetched. One that is not at hand, or that could
cost too much, is not checked, and that is said.
"""

from collections.abc import Iterator
from typing import NamedTuple

from credwallet.errors import Undetermined
from credwallet.keys.wording import shown
from credwallet.model.credential import Credential, JsonObject
from credwallet.model.report import Problem
from credwallet.verify import schemas
from credwallet.verify.case import Case
from credwallet.verify.structure_finding import places
from credwallet.verify.structure_members import is_second

# Kinds of schema, and the `$schema` that counts where a schema says none.
SCHEMAS = {
    "1EdTechJsonSchemaValidator2019": "https://json-schema.org/draft/2019-09/schema",
    "JsonSchema": "https://json-schema.org/draft/2020-12/schema",
}
_MAX_SCHEMAS = 3


class Schemas(NamedTuple):
    """What came of the schemas: rules broken, remarks, and words for the note."""

    broken: tuple[Problem, ...] = ()
    remarks: tuple[Problem, ...] = ()
    note: str = ""


class _Named(NamedTuple):
    pointer: str
    address: str
    dialect: str


class _Found(NamedTuple):
    """What came of one schema; `certain` if it is the one that the learner handed over.

    `copy` says which copy it was.
    """

    broken: tuple[Problem, ...]
    copy: str
    certain: bool


def read_schemas(case: Case) -> Schemas:
    """Check a credential against the schemas that it names and that are at hand.

    Args:
        case: A credential that is well formed otherwise.

    Returns:
        What came of it; nothing for a credential that names none.

    """
    held = case.held
    if not isinstance(held, Credential):
        return Schemas()
    broken: list[Problem] = []
    remarks: list[Problem] = []
    fitting = ""
    for number, named in enumerate(_named(held.document)):
        try:
            if number >= _MAX_SCHEMAS:
                raise _not_checked(f"only {_MAX_SCHEMAS} are looked at")
            found = _check(case, held.document, named)
        except Undetermined as error:
            remarks.append(Problem.of(error)._replace(instance=named.pointer))
            continue
        (broken if found.certain else remarks).extend(found.broken)
        fitting = fitting if found.broken else found.copy
    if broken or not (remarks or fitting):
        return Schemas(tuple(broken), tuple(remarks))
    said = remarks[0].title if remarks else f"fits its schema ({fitting}, not fetched)"
    return Schemas((), tuple(remarks), f"; {said}")


def _named(document: JsonObject) -> Iterator[_Named]:
    for pointer, entry in places(document.get("credentialSchema"), "/credentialSchema"):
        if not isinstance(entry, dict):
            continue
        kinds = entry.get("type")
        kinds = kinds if isinstance(kinds, list) else [kinds]
        dialect = next((SCHEMAS[kind] for kind in kinds if kind in SCHEMAS), "")
        yield _Named(pointer, str(entry.get("id")), dialect)


def _check(case: Case, document: JsonObject, named: _Named) -> _Found:
    """Find the rules that are broken.

    Raises:
        Undetermined: The schema is not at hand, of another kind, or not safe to use.

    """
    if not named.dialect:
        raise _not_checked("it is of a kind that we do not know")
    data = case.ports.supplied.get(named.address)
    if data is not None:
        broken = _broken(document, data, named, trusted=False)
        return _Found(tuple(broken), "supplied", certain=True)
    bundled = schemas.BUNDLED.get(named.address)
    if bundled is None:
        raise _not_checked(
            "it is not at hand", next_step="hand it over with --documents MAP.json"
        )
    if not is_second(document):
        raise _not_checked("the bundled copy is one for VC 2.0")
    copy = f"bundled, of {bundled.captured}"
    broken = _broken(document, schemas.text_of(bundled), named, trusted=True)
    doubtful = (
        item._replace(title=f"{item.title} ({copy}; it may be another one today)")
        for item in broken
    )
    return _Found(tuple(doubtful), copy, certain=False)


def _broken(
    document: JsonObject, data: bytes, named: _Named, *, trusted: bool
) -> Iterator[Problem]:
    from credwallet.verify.schema_rules import (  # noqa: PLC0415 -- an extra, and slow
        violations,
    )

    found = violations(document, data, named.dialect, trusted=trusted)
    if found and "proof" in document:
        # A schema may be about the credential as it was before it was signed.
        bare = {name: value for name, value in document.items() if name != "proof"}
        if not violations(bare, data, named.dialect, trusted=trusted):
            return
    for item in found:
        yield Problem(
            type="schema",
            title=f"does not fit its schema {shown(named.address)}: {item.what}",
            instance=item.pointer,
            next_step="ask the issuer for a corrected copy",
        )


def _not_checked(why: str, *, next_step: str = "") -> Undetermined:
    return Undetermined(
        f"schema not checked: {why}", type="schema-not-checked", next_step=next_step
    )
