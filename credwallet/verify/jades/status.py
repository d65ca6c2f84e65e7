"""Revoked or suspended?

`credentialStatus` as everywhere. Some issuers write their status lists into `status`,
which in the European Learning Model holds a concept: entries there that name a list are
looked up, too, so that a revoked credential does not pass.
"""

from typing import Any

from credwallet.model.credential import Credential
from credwallet.model.report import Check
from credwallet.verify import status
from credwallet.verify.case import Case

ID = status.ID
QUESTION = status.QUESTION

_NAMES_A_LIST = ("statusListCredential", "statusListIndex")


def check(case: Case) -> Check:
    """Look up every entry that names a status list."""
    held = case.held
    if not isinstance(held, Credential):
        return status.check(case)
    listed = [
        entry
        for entry in _many(held.document.get("status"))
        if isinstance(entry, dict) and any(name in entry for name in _NAMES_A_LIST)
    ]
    if not listed:
        return status.check(case)
    every = [*held.status_entries, *listed]
    whole = held._replace(document={**held.document, "credentialStatus": every})
    return status.check(Case(whole, case.policy, case.ports, case.patience))


def _many(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
