"""Do embedded endorsements verify? Only a VC 2.0 document can hold some."""

from credwallet.model.credential import Credential
from credwallet.model.report import Check
from credwallet.verify import endorsements
from credwallet.verify.case import Case, skipped

ID = endorsements.ID
QUESTION = endorsements.QUESTION


def check(case: Case) -> Check:
    """Ask about the endorsements in a VC 2.0 document."""
    if isinstance(case.held, Credential) and case.held.states_claims:
        return skipped(ID, "not asked of this kind")
    return endorsements.check(case)
