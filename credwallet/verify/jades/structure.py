"""Is it a well-formed credential of its standard?

European Learning Model 3 builds on VC Data Model 1.1: its rules are the same, and the
note says what it is.
"""

from credwallet.model.credential import Held
from credwallet.model.report import Check, Outcome
from credwallet.verify import structure
from credwallet.verify.case import Case

ID = structure.ID
QUESTION = structure.QUESTION

EUROPEAN = "EuropeanDigitalCredential"
_CONTEXTS = ("http://data.europa.eu/snb/", "https://data.europa.eu/snb/")


def check(case: Case) -> Check:
    """Ask the rules of the VC Data Model, and name the standard."""
    found = structure.check(case)
    if found.outcome is Outcome.PASSED and is_european(case.held):
        return found._replace(note=f"European Learning Model, {found.note}")
    return found


def is_european(held: Held) -> bool:
    """Say whether a credential is one of the European Learning Model."""
    contexts = held.document.get("@context")
    return EUROPEAN in held.types or any(
        isinstance(entry, str) and entry.startswith(_CONTEXTS)
        for entry in (contexts if isinstance(contexts, list) else ())
    )
