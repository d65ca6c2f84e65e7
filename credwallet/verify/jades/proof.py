"""Does every signature of the seal fit these bytes?

ETSI TS 119 182-1 section 5. All signatures are looked at and every one must be good.
What the seal brings along unsigned (`etsiU`), and time stamps in it, are named and not
looked at.
"""

from credwallet.errors import CredwalletError, Invalid, Undetermined
from credwallet.formats import jades as reading
from credwallet.model.report import Check, Outcome
from credwallet.proofs.jades import Sealed, verify_jades
from credwallet.verify import proof
from credwallet.verify.case import Case, passed
from credwallet.verify.json_text import stated_twice

ID = proof.ID
QUESTION = proof.QUESTION


def check(case: Case) -> Check:
    """Verify all signatures of the case, and keep those that fit on it."""
    found: list[CredwalletError] = []
    good: list[Sealed] = []
    for place, signature in enumerate(reading.signatures_of(case.held.raw)):
        try:
            good.append(verify_jades(signature))
        except (Invalid, Undetermined) as error:
            error.instance = f"/signatures/{place}"
            found.append(error)
    if case.proofs:
        found.append(_NOT_LOOKED_AT)
    found += stated_twice(case.held.document)
    case.verified = tuple(sealed.proof for sealed in good)
    concluded = proof.conclude(case, found)
    if concluded.outcome is not Outcome.PASSED:
        return concluded
    names = dict.fromkeys(name for sealed in good for name in sealed.unchecked)
    aside = f"; not looked at: {', '.join(names)}" if names else ""
    return passed(ID, concluded.note + aside)


_NOT_LOOKED_AT = Undetermined(
    "under the seal stands another proof, which is not looked at",
    instance="/proof",
    type="unsupported-proof",
    next_step="ask the issuer for a copy with one proof",
)
