"""Is there a newer copy?

Open Badges 3.0 `1EdTechCredentialRefresh`. Asking tells the issuer that
the badge is looked at, so verification only says that one could ask.
"""

from credwallet.model.report import Check
from credwallet.verify.case import Case, skipped

ID = "refresh"
QUESTION = "Is there a newer copy?"


def check(case: Case) -> Check:
    """Say whether the badge names a refresh service."""
    if case.held.document.get("refreshService"):
        return skipped(ID, "its issuer offers newer copies; not asked")
    return skipped(ID, "its issuer offers none")
