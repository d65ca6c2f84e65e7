"""What an artefact has to say about a credential that is not simply good.

A reader of a list or of a page sees words, and no proof: what the wallet knows to be
revoked or out of date must not look like the rest.
"""

from credwallet.model.credential import Credential
from credwallet.model.report import Verdict
from credwallet.share.handover import Request
from credwallet.share.headline import seen
from credwallet.share.one_line import one_line


def standing(credential: Credential, request: Request) -> str:
    """Say how a credential stands, for its reader.

    Args:
        credential: What is handed over.
        request: `about` tells the verdict of the last check.

    Returns:
        `revoked when checked on 2026-11-20`, say; `""` if it is good, could not be
        checked in full, or nobody checked it.

    """
    kept = request.about(credential)
    if kept.verdict in ("", Verdict.VALID, Verdict.UNDETERMINED):
        return ""
    word = kept.verdict.replace("-", " ")
    day = kept.checked_at[:10]
    return f"{word} when checked on {day}" if day else word


def standings(credentials: tuple[Credential, ...], request: Request) -> str:
    """Say how those stand that are not simply good, for the head of a page.

    Args:
        credentials: What is handed over.
        request: As in `standing`.

    Returns:
        One line each, `""` if all are good.

    """
    lines = []
    for credential in credentials:
        if bad := standing(credential, request):
            _, said = seen(credential, request)
            lines.append(f"{one_line(said.name.text) or 'A credential'}: {bad}")
    return "\n".join(lines)
