"""Revoked?

Open Badges 2.0 "Revocation": a hosted assertion that its issuer took away (410) or
marks as `revoked`, a signed one that stands in the issuer's `revocationList`.
"""

from credwallet.errors import CredwalletError, Invalid, Undetermined
from credwallet.keys.wording import shown
from credwallet.model.credential import JsonObject
from credwallet.model.moment import span_words
from credwallet.model.report import Check, Outcome, Problem
from credwallet.verify import status
from credwallet.verify.case import Case, answer, passed, skipped
from credwallet.verify.open_badges_2.documents import Node
from credwallet.verify.open_badges_2.graph import graph_of, had, is_hosted

ID = status.ID
QUESTION = status.QUESTION

# Our own bound: revocations are often a matter of days.
_COPY_IS_GOOD_FOR_S = 7 * 86_400
_LIST = frozenset({"RevocationList"})
_POINTER = "/badge/issuer/revocationList"
_WITHDRAWN = "withdrawn by its issuer: the address answers 410 (gone)"
# A server that was moved answers so as well: nobody said that it was withdrawn.
_NOT_THERE = "not at its issuer's address (404): withdrawn, or the issuer moved"


def check(case: Case) -> Check:
    """Look at the hosted copy, and at the issuer's list for a signed assertion."""
    notes: list[str] = []
    unknown: list[CredwalletError] = []
    for ask in (_hosted, _listed):
        try:
            note = ask(case)
        except Undetermined as error:
            unknown.append(error)
            continue
        if isinstance(note, Problem):
            return answer(ID, Outcome.FAILED, note)
        notes += [note] if note else []
    if unknown:
        return answer(ID, Outcome.UNKNOWN, *unknown)
    if not notes:
        return skipped(ID, "its issuer names no revocation list")
    return passed(ID, "; ".join(notes))


def _hosted(case: Case) -> str | Problem:
    if not is_hosted(case):
        return ""
    graph = graph_of(case)
    if graph.hosted is None:
        raise _unclear("it does not say where its issuer hosts it", "/id")
    if isinstance(graph.hosted, CredwalletError):
        if graph.hosted.type == "gone":
            return _revoked(_WITHDRAWN, "/id")
        if graph.hosted.type == "not-found":
            raise _unclear(_NOT_THERE, "/id")
        raise _unclear(graph.hosted.what, "/id")
    hosted = graph.hosted
    if hosted.document.get("revoked") not in (None, False):
        return _revoked(_because("revoked by its issuer", hosted.document), "/id")
    _check_age(hosted, "/id")
    return f"still hosted by its issuer ({hosted.told})"


def _listed(case: Case) -> str | Problem:
    if case.held.jws is None:
        return ""
    graph = graph_of(case)
    try:
        issuer = had(graph.issuer)
    except (Invalid, Undetermined) as error:
        raise _unclear(error.what, _POINTER) from None
    named = issuer.document.get("revocationList")
    if named is None:
        return ""
    try:
        listing = graph.documents.follow(named, "the revocation list", _LIST)
    except (Invalid, Undetermined) as error:
        raise _unclear(error.what, _POINTER) from None
    document = case.held.document
    stated = (document.get("id"), document.get("uid"))
    names = {name for name in stated if isinstance(name, str)}
    entry = _entry(listing.document, names)
    if entry is not None:
        return _revoked(_because("revoked by the issuer's list", entry), _POINTER)
    _check_owner(listing, issuer)
    _check_age(listing, _POINTER)
    return f"not in the issuer's list {shown(listing.url)} ({listing.told})"


def _entry(listing: JsonObject, names: set[str]) -> JsonObject | None:
    """Find an assertion in a list, by its `id` or `uid`."""
    entries = listing.get("revokedAssertions")
    if entries is None and "type" not in listing:
        # Open Badges 1.x: an object of uid and reason.
        entries = [
            {"uid": uid, "revocationReason": reason} for uid, reason in listing.items()
        ]
    if not isinstance(entries, list):
        raise _unclear("what the issuer names is no revocation list", _POINTER)
    for entry in entries:
        stated = entry if isinstance(entry, dict) else {"id": entry}
        for name in ("id", "uid"):
            if isinstance(stated.get(name), str) and stated[name] in names:
                return stated
    return None


def _check_owner(listing: Node, issuer: Node) -> None:
    owner = listing.document.get("issuer")
    owner = owner.get("id") if isinstance(owner, dict) else owner
    if owner not in (None, issuer.url, issuer.document.get("id")):
        raise _unclear(f"the list is one of {shown(owner)}", _POINTER)


def _check_age(node: Node, pointer: str) -> None:
    if node.age_s > _COPY_IS_GOOD_FOR_S:
        raise _unclear(
            f"the copy of {shown(node.url)} is {span_words(node.age_s)} old", pointer
        )


def _because(what: str, entry: JsonObject) -> str:
    reason = entry.get("revocationReason")
    return f"{what}: {reason[:200]}" if isinstance(reason, str) and reason else what


def _revoked(title: str, pointer: str) -> Problem:
    return Problem(
        type="revoked", title=title, instance=pointer, next_step="ask the issuer why"
    )


def _unclear(why: str, pointer: str) -> Undetermined:
    return Undetermined(
        f"status not checked: {why}",
        instance=pointer,
        type="no-status",
        next_step="ask the issuer whether the badge still stands",
    )
