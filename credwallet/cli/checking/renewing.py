"""How does a newer copy that an issuer gave out take the place of the one held?

1EdTech Verifiable Credential Refresh Service 1.0: `credwallet refresh` and
`credwallet verify --refresh`. Only a copy that is good itself gets here; what the
learner added stays.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from credwallet.cli.checking.reverifying import Again
from credwallet.cli.report import report_json
from credwallet.model.credential import Credential
from credwallet.model.summary import summary_of

if TYPE_CHECKING:
    from credwallet.cli.session import Session
    from credwallet.verify.policy import Policy

REFRESHED = "refreshed"


class Renewed(NamedTuple):
    """A newer copy, and what became of it: `new`, `replaced` or `duplicate`.

    `handle` is that of the credential which the wallet holds now.
    """

    valid_from: str
    stored: str
    handle: str


def keep_newer(
    session: "Session", found: Sequence[Again], policy: "Policy"
) -> dict[str, Renewed]:
    """Keep the newer copies that were found while verifying.

    Args:
        session: With the wallet open.
        found: New reports of credentials in the wallet.
        policy: Of the verification.

    Returns:
        What became of each newer copy, by the handle of the one that is held.

    """
    from credwallet.store import NewCredential  # noqa: PLC0415 -- lazily: sqlite3

    handles: list[str] = []
    copies: list[NewCredential] = []
    for again in found:
        newer = again.report.newer
        if newer is None or not isinstance(newer.subject, Credential):
            continue
        row = report_json(newer, source=REFRESHED, known_issuers=policy.known_issuers)
        handles.append(again.entry.handle)
        copies.append(
            NewCredential(newer.subject.raw, summary_of(newer), row, source=REFRESHED)
        )
    done = [
        result
        for start in range(0, len(copies), _BATCH)
        for result in session.vault().put(copies[start : start + _BATCH], at=session.at)
    ]
    return {
        handle: Renewed(new.summary.valid_from, result.stored, result.handle)
        for handle, new, result in zip(handles, copies, done, strict=True)
    }


# What one transaction of the store takes.
_BATCH = 512
