"""How does a newer copy that an issuer gave out take the place of the one held?

1EdTech Verifiable Credential Refresh Service 1.0: `credwallet verify --refresh`. Only a
copy that is good itself gets here; what the learner added stays.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from credwallet.cli.report import report_json
from credwallet.model.credential import Credential
from credwallet.model.report import VerificationReport
from credwallet.model.summary import summary_of

if TYPE_CHECKING:
    from credwallet.cli.session import Session
    from credwallet.verify.policy import Policy

REFRESHED = "refreshed"


class Renewed(NamedTuple):
    """A newer copy, and what became of it: `new`, `replaced` or `duplicate`."""

    valid_from: str
    stored: str


def keep_newer(
    session: "Session",
    reports: Sequence[tuple[str, VerificationReport]],
    policy: "Policy",
) -> dict[str, Renewed]:
    """Keep the newer copies that were found while verifying.

    Args:
        session: With the wallet open.
        reports: Handle and new report of credentials in the wallet.
        policy: Of the verification.

    Returns:
        What became of each newer copy, by the handle of the one that is held.

    """
    from credwallet.store import NewCredential  # noqa: PLC0415 -- lazily: sqlite3

    handles: list[str] = []
    found: list[NewCredential] = []
    for handle, report in reports:
        newer = report.newer
        if newer is None or not isinstance(newer.subject, Credential):
            continue
        row = report_json(newer, source=REFRESHED, known_issuers=policy.known_issuers)
        handles.append(handle)
        found.append(
            NewCredential(newer.subject.raw, summary_of(newer), row, source=REFRESHED)
        )
    done = [
        result
        for start in range(0, len(found), _BATCH)
        for result in session.vault().put(found[start : start + _BATCH], at=session.at)
    ]
    return {
        handle: Renewed(new.summary.valid_from, result.stored)
        for handle, new, result in zip(handles, found, done, strict=True)
    }


# What one transaction of the store takes.
_BATCH = 512
