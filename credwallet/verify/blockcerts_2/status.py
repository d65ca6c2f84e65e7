"""Revoked or suspended?

The `revocationList` of the issuer: Open Badges 2.0 "RevocationList", a document that
the issuer hosts and does not sign. The list that the badge itself names counts, and the
one that the issuer's profile names today.
"""

from typing import Any

from credwallet.canon import strict_json
from credwallet.errors import CredwalletError, Undetermined, Unreadable
from credwallet.keys.wording import shown
from credwallet.model.moment import span_words
from credwallet.model.report import Check, Outcome, Problem
from credwallet.verify import status
from credwallet.verify.case import Case, answer, passed, skipped

ID = status.ID
QUESTION = status.QUESTION

# Our own bound: revocations are often a matter of days.
_COPY_IS_GOOD_FOR_S = 7 * 86_400
_MEMBER = "revocationList"
_ASK = "ask the issuer whether the badge still stands"

Json = dict[str, Any]


def check(case: Case) -> Check:
    """Look the document up in every list of its issuer."""
    unknown: list[CredwalletError] = []
    urls = [_named(_issuer_of(case.held.document))]
    try:
        urls.append(_named(_profile(case)))
    except Undetermined as error:
        # A list that the badge names is the issuer's word, and enough.
        unknown += [] if urls[0] else [error]
    hits: list[Problem] = []
    wanted = tuple(dict.fromkeys(url for url in urls if url))
    for url in wanted:
        try:
            hits += _look_up(case, url)
        except Undetermined as error:
            unknown.append(error)
    if hits:
        return answer(ID, Outcome.FAILED, *hits, *unknown)
    if unknown:
        return answer(ID, Outcome.UNKNOWN, *unknown)
    if not wanted:
        return skipped(ID, "its issuer names no revocation list")
    return passed(ID, f"not in the issuer's list {wanted[-1][:200]}")


def _issuer_of(document: Json) -> Json:
    badge = document.get("badge")
    issuer = badge.get("issuer") if isinstance(badge, dict) else None
    return issuer if isinstance(issuer, dict) else {}


def _named(profile: Json) -> str:
    url = profile.get(_MEMBER)
    return url if isinstance(url, str) else ""


def _profile(case: Case) -> Json:
    url = case.signer
    profile, _ = _fetched(case, url)
    if profile.get("id") != url:
        raise _unclear(url, f"it is of {shown(profile.get('id'))}")
    return profile


def _look_up(case: Case, url: str) -> list[Problem]:
    listing, age_s = _fetched(case, url)
    entries = listing.get("revokedAssertions")
    if not isinstance(entries, list):
        raise _unclear(url, "it is no revocation list")
    identifier = case.held.id
    for entry in entries:
        named = entry.get("id") if isinstance(entry, dict) else entry
        if named == identifier:
            return [_revoked(entry, url)]
    issuer = listing.get("issuer")
    issuer = issuer.get("id") if isinstance(issuer, dict) else issuer
    if issuer is not None and issuer != case.signer:
        raise _unclear(url, f"it is a list of {shown(issuer)}")
    if age_s > _COPY_IS_GOOD_FOR_S:
        raise _unclear(url, f"the copy of it is {span_words(age_s)} old")
    return []


def _fetched(case: Case, url: str) -> tuple[Json, int]:
    """Return the object at an address, and how many seconds old a copy of it is."""
    if not url.startswith(("https://", "http://")):
        raise _unclear(url, "it is no address")
    answered = case.ports.fetch(url)
    try:
        value = strict_json.loads(answered.body)
    except Unreadable as error:
        raise _unclear(url, error.what) from None
    if not isinstance(value, dict):
        raise _unclear(url, "it is no object")
    return value, answered.age_s


def _revoked(entry: Any, url: str) -> Problem:
    reason = entry.get("revocationReason") if isinstance(entry, dict) else None
    told = f": {reason[:200]}" if isinstance(reason, str) and reason else ""
    return Problem(
        type="revoked",
        title=f"revoked by the issuer's list{told}",
        instance="/badge/issuer/revocationList",
        detail=url[:200],
        next_step="ask the issuer why",
    )


def _unclear(url: str, why: str) -> Undetermined:
    return Undetermined(
        f"status not checked: {shown(url)}: {why}",
        instance="/badge/issuer/revocationList",
        type="no-revocation-list",
        next_step=_ASK,
    )
