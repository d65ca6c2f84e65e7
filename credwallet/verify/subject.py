"""Is it about me? Asked only when the learner has said who they are.

VCDM 2.0 section 4.8. A `credentialSubject.id` is compared with the learner's DIDs and
e-mail addresses, an `IdentityObject` (Open Badges 3.0) by its value or its salted hash.
The answer does not change the verdict: a badge about somebody else can be good.
"""

import hashlib
import hmac
from collections.abc import Iterator

from credwallet.model.credential import Credential, JsonObject
from credwallet.model.report import Check, Outcome, Problem
from credwallet.verify.case import Case, answer, passed, skipped

ID = "subject"
QUESTION = "Is it about me?"


def check(case: Case) -> Check:
    """Compare the subject with the learner's identities."""
    held = case.held
    if not isinstance(held, Credential):
        return skipped(ID, "not asked of this kind")
    if not case.policy.identities:
        return skipped(ID, "you have not said who you are")
    claimed = False
    several = f" (one of {len(held.subjects)} subjects)" * (len(held.subjects) > 1)
    for subject in held.subjects:
        identifier = subject.get("id")
        if isinstance(identifier, str) and identifier:
            claimed = True
            if identifier.removeprefix("mailto:") in case.policy.identities:
                return passed(ID, f"issued to {identifier}{several}")
        for entry in _identity_objects(subject):
            claimed = True
            match = matching(entry, case.policy.identities)
            if match:
                return passed(ID, f"issued to {match}{_caution(entry)}{several}")
    if claimed:
        return answer(ID, Outcome.FAILED, _SOMEBODY_ELSE)
    return answer(ID, Outcome.UNKNOWN, _NOBODY)


def _identity_objects(subject: JsonObject) -> Iterator[JsonObject]:
    entries = subject.get("identifier")
    for entry in entries if isinstance(entries, list) else [entries]:
        if isinstance(entry, dict):
            yield entry


def matching(entry: JsonObject, identities: tuple[str, ...]) -> str:
    """Find whose identity an object is about, by its value or its salted hash.

    Args:
        entry: With `identityHash` and perhaps `salt` (Open Badges 3.0
            `IdentityObject`).
        identities: E-mail addresses and DIDs.

    Returns:
        The identity, `""` if it is none of them.

    """
    stated = entry.get("identityHash")
    if not isinstance(stated, str):
        return ""
    salt = entry.get("salt", "")
    salt = salt if isinstance(salt, str) else ""
    for identity in identities:
        # Issuers hash addresses as written or in lower case.
        for form in dict.fromkeys((identity, identity.lower())):
            if any(
                hmac.compare_digest(candidate.encode(), stated.lower().encode())
                for candidate in _hashes(form, salt, hashed="$" in stated)
            ):
                return identity
    return ""


def _hashes(identity: str, salt: str, *, hashed: bool) -> Iterator[str]:
    if not hashed:
        yield identity.lower()
        return
    salted = (identity + salt).encode()
    yield "sha256$" + hashlib.sha256(salted).hexdigest()
    # Open Badges allows MD5 for this comparison, and early issuers used SHA-1; nothing
    # secret rests on it.
    yield "md5$" + hashlib.md5(salted, usedforsecurity=False).hexdigest()
    yield "sha1$" + hashlib.sha1(salted, usedforsecurity=False).hexdigest()


def _caution(entry: JsonObject) -> str:
    if entry.get("salt") or "$" not in str(entry.get("identityHash")):
        return ""
    return " (its hash has no salt: others can guess the address)"


_SOMEBODY_ELSE = Problem(
    type="other-subject",
    title="it is about none of the identities you gave",
    instance="/credentialSubject",
    next_step="add yours with: credwallet identity add",
)
_NOBODY = Problem(
    type="no-subject",
    title="it does not say whom it is about",
    instance="/credentialSubject",
)
