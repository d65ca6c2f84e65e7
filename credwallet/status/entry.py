"""What does a status lookup take, and what does it answer?

Shared by all status types of this folder. A list that cannot be relied upon is never
"not revoked": such a lookup raises `Undetermined`. What a list that is merely doubtful
says against a credential is believed; what it says for it is not.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from credwallet.errors import Undetermined
from credwallet.fetch import Document, Fetch
from credwallet.keys.wording import shown
from credwallet.model.credential import Credential, Held
from credwallet.model.moment import span_words

JsonObject = dict[str, Any]

CLEAR = "clear"
REVOKED = "revoked"
SUSPENDED = "suspended"
OTHER = "other"

# Our own bound, for lists that state none: revocations are often a matter of days.
_COPY_IS_GOOD_FOR_S = 7 * 86_400
_STATES = {"revocation": REVOKED, "suspension": SUSPENDED}
ASK_THE_ISSUER = "ask the issuer whether the badge still stands"


class ListReport(NamedTuple):
    """What verifying a signed list found.

    `issuer` is whose list it proved to be, `problem` is `""` if every proof is good,
    `valid_from` and `valid_until` are as written, `""` where absent. `doubt` says why
    the list may not be its issuer's although its proofs fit, `expired` that it is good
    but for its end.
    """

    issuer: str
    problem: str
    valid_from: str
    valid_until: str
    doubt: str = ""
    expired: str = ""


class StatusResult(NamedTuple):
    """What a list says about one credential.

    `state` is `clear`, `revoked`, `suspended` or `other`; `purpose` is that of the
    entry; `note` is one line for people, `message` the issuer's own words, `origin`
    one of `fetched`, `cached`, `supplied`.
    """

    state: str
    purpose: str
    note: str
    list_url: str
    message: str
    origin: str


class Lookup(NamedTuple):
    """What every status type needs from outside."""

    fetch: Fetch
    verify_list: Callable[[Held], ListReport]
    at: datetime


class Finding(NamedTuple):
    """What was read at the place of one credential, before it is judged.

    `value` is 0 for "nothing is the matter"; `doubts` say why the list is not fully to
    be relied upon, `reason` is the issuer's message. `good_for_s` is for how many
    seconds a copy of the list may be used, None if the list does not say.
    """

    value: int
    purpose: str
    reason: str
    doubts: tuple[str, ...]
    good_for_s: float | None = None


def undetermined(what: str, *, type: str = "status-list") -> Undetermined:  # noqa: A002 -- as in CredwalletError
    """Make the error of a list that tells nothing, with the learner's next step.

    Args:
        what: Why, in words that follow "status not checked: ".
        type: The kind of problem, one of `docs/errors.md`.

    """
    return Undetermined(
        f"status not checked: {what}", next_step=ASK_THE_ISSUER, type=type
    )


def fetch_list(url: object, *, fetch: Fetch) -> Document:
    """Fetch a status list.

    Args:
        url: What the entry says its address is.
        fetch: Who answers.

    Returns:
        The document.

    Raises:
        Undetermined: Not an https (or http) address, or it cannot be had.

    """
    if not isinstance(url, str) or not url.isascii() or not url.isprintable():
        raise undetermined("the entry names no address of a list", type="status-entry")
    if not url.lower().startswith(("https://", "http://")):
        raise undetermined(f"{shown(url)} is not an https address", type="status-entry")
    try:
        return fetch(url)
    except Undetermined as error:
        raise Undetermined(
            f"status not checked: {error.what}",
            next_step=error.next_step,
            type=error.type,
        ) from None


def judge(finding: Finding, document: Document) -> StatusResult:
    """Turn what was read into a result.

    Args:
        finding: What stands at the credential's place, and the doubts.
        document: The list.

    Returns:
        The result. A doubtful list's revocation or suspension stands, with the doubts
        in its note.

    Raises:
        Undetermined: The list is doubtful, and says nothing against the credential.

    """
    state = _STATES.get(finding.purpose, OTHER) if finding.value else CLEAR
    doubts = (*finding.doubts, *_doubts_about_age(finding.good_for_s, document))
    if doubts and state not in (REVOKED, SUSPENDED):
        raise undetermined("; ".join(doubts))
    words = {CLEAR: f"no {shown(finding.purpose)}", OTHER: shown(finding.purpose)}
    note = f"{words.get(state, state)} in {shown(document.url)} ({document.told})"
    return StatusResult(
        state=state,
        purpose=finding.purpose,
        note="; ".join((note, *doubts)),
        list_url=document.url,
        message=finding.reason,
        origin=document.origin,
    )


def _doubts_about_age(good_for_s: float | None, document: Document) -> tuple[str, ...]:
    """Say if a copy from an earlier run is too old to clear a credential."""
    most = _COPY_IS_GOOD_FOR_S if good_for_s is None else good_for_s
    if document.age_s <= most:
        return ()
    reason = (
        "it says nothing about how long copies are good"
        if good_for_s is None
        else f"copies are good for {span_words(most)}"
    )
    return (f"the copy of the list is {span_words(document.age_s)} old, and {reason}",)


def doubts_about_issuer(list_issuer: str, credential: Credential) -> tuple[str, ...]:
    """Say if a list is not the credential's own issuer's.

    Args:
        list_issuer: Whose list it proved to be.
        credential: The one that names the list.

    Returns:
        Nothing, or one doubt.

    """
    if list_issuer == credential.issuer.id:
        return ()
    signer, issuer = shown(list_issuer), shown(credential.issuer.id)
    return (f"the list is by {signer}, not by the issuer {issuer}",)


def doubts_about_id(list_id: object, url: str) -> tuple[str, ...]:
    """Say if a list states another address than the one it was found at.

    Args:
        list_id: The `id` of the list; a list need not have one.
        url: The address in the entry.

    Returns:
        Nothing, or one doubt.

    """
    if list_id in (None, "", url):
        return ()
    return (f"the list at {shown(url)} says it is {shown(list_id)}",)
