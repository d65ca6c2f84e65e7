"""What must a credential have because of the kind that it says it is?

Open Badges 3.0 section 6 and B.1 (achievements, endorsements), Comprehensive Learner
Record 2.0, Bitstring Status List 1.0 section 2.2, Status List 2021 section 3.1.
"""

from collections.abc import Callable
from typing import Any

from credwallet.model.credential import Credential
from credwallet.verify.structure_finding import (
    Found,
    is_url,
    listed,
    places,
    texts,
    wrong,
)

OPEN_BADGE = frozenset({"OpenBadgeCredential", "AchievementCredential"})
CLR = "ClrCredential"
ENDORSEMENT = "EndorsementCredential"
BITSTRING_LIST = "BitstringStatusListCredential"
LIST_2021 = "StatusList2021Credential"
_SUBJECTS = "/credentialSubject"


def kinds(held: Credential) -> Found:
    """Name what is missing for the kinds that `type` names."""
    types = frozenset(held.types)
    if types & OPEN_BADGE:
        yield from _each(held, _achievement)
    if CLR in types:
        yield from _each(held, _record)
    if ENDORSEMENT in types:
        yield from _each(held, _endorsement)
    if types & {BITSTRING_LIST, LIST_2021}:
        yield from _each(held, _status_list)
    listing = any(_is_a(subject, "BitstringStatusList") for subject in held.subjects)
    if listing != (BITSTRING_LIST in types):
        what = f"does not name {BITSTRING_LIST}, what its subject is"
        if not listing:
            what = f"names {BITSTRING_LIST}, and its subject is no BitstringStatusList"
        yield wrong("/type", what)


def named(types: tuple[str, ...]) -> str:
    """Name the standard beyond the VC Data Model that a credential follows, if any."""
    if OPEN_BADGE & set(types):
        return "Open Badges 3.0"
    for kind, name in (
        (CLR, "Comprehensive Learner Record 2.0"),
        (ENDORSEMENT, "endorsement, Open Badges 3.0"),
        (BITSTRING_LIST, "Bitstring Status List 1.0"),
        (LIST_2021, "Status List 2021"),
    ):
        if kind in types:
            return name
    return ""


def _each(held: Credential, rule: Callable[[dict[str, Any], str], Found]) -> Found:
    for where, subject in places(held.document.get("credentialSubject"), _SUBJECTS):
        if isinstance(subject, dict):
            yield from rule(subject, where)


def _achievement(subject: dict[str, Any], where: str) -> Found:
    achievement = subject.get("achievement")
    yield from _credits(subject, "creditsEarned", where)
    if achievement is None:
        return
    if not isinstance(achievement, dict):
        yield wrong(f"{where}/achievement", "is no object")
    elif not isinstance(achievement.get("id"), str):
        yield wrong(f"{where}/achievement/id", "is missing")
    else:
        yield from _credits(achievement, "creditsAvailable", f"{where}/achievement")


def _credits(holder: dict[str, Any], name: str, where: str) -> Found:
    value = holder.get(name, 0)
    if isinstance(value, bool) or not isinstance(value, int | float):
        yield wrong(f"{where}/{name}", "is no number")


def _record(subject: dict[str, Any], where: str) -> Found:
    if not _is_a(subject, "ClrSubject"):
        yield wrong(f"{where}/type", "does not name ClrSubject")
    if not subject.get("verifiableCredential"):
        yield wrong(f"{where}/verifiableCredential", "is empty: a record of nothing")
    for pointer, entry in places(
        subject.get("association", []), f"{where}/association"
    ):
        if not isinstance(entry, dict):
            yield wrong(pointer, "is no object")
            continue
        for name in ("associationType", "sourceId", "targetId"):
            if not isinstance(entry.get(name), str) or not entry[name]:
                yield wrong(f"{pointer}/{name}", "is missing")
    for pointer, entry in places(
        subject.get("achievement", []), f"{where}/achievement"
    ):
        if not isinstance(entry, dict) or not isinstance(entry.get("id"), str):
            yield wrong(pointer, "is no achievement with an id")


def _endorsement(subject: dict[str, Any], where: str) -> Found:
    if not is_url(subject.get("id")):
        yield wrong(f"{where}/id", "is missing: it does not say what it endorses")
    if not _is_a(subject, "EndorsementSubject"):
        yield wrong(f"{where}/type", "does not name EndorsementSubject")


def _status_list(subject: dict[str, Any], where: str) -> Found:
    if not isinstance(subject.get("encodedList"), str):
        yield wrong(f"{where}/encodedList", "is missing: a list of nothing")
    if not texts(subject.get("statusPurpose")):
        yield wrong(f"{where}/statusPurpose", "is missing")


def _is_a(subject: dict[str, Any], kind: str) -> bool:
    return kind in listed(subject.get("type"))
