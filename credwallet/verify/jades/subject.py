"""Is it about me? A person of the European Learning Model, by e-mail address.

Identifiers of persons there (`urn:epass:person:1`) count within one file only.
"""

from credwallet.model.credential import Credential
from credwallet.model.learning_achievement import mail_addresses
from credwallet.model.report import Check, Outcome, Problem
from credwallet.verify import subject
from credwallet.verify.case import Case, answer, passed, skipped

ID = subject.ID
QUESTION = subject.QUESTION

_WITHIN_THE_FILE = "urn:epass:"


def check(case: Case) -> Check:
    """Compare the person with the learner's identities."""
    held = case.held
    identities = case.policy.identities
    if not isinstance(held, Credential):
        return subject.check(case)
    if not identities:
        return skipped(ID, "you have not said who you are")
    known = {identity.casefold() for identity in identities}
    addresses = [
        address for person in held.subjects for address in mail_addresses(person)
    ]
    for address in addresses:
        if address.casefold() in known:
            return passed(ID, f"issued to {address}")
    identifiers = [person.get("id") for person in held.subjects]
    if not addresses and all(_counts_nowhere(entry) for entry in identifiers):
        return answer(ID, Outcome.UNKNOWN, _NOBODY)
    return subject.check(case)


def _counts_nowhere(identifier: object) -> bool:
    return not isinstance(identifier, str) or identifier.startswith(_WITHIN_THE_FILE)


_NOBODY = Problem(
    type="no-subject",
    title="it does not say whom it is about by an e-mail address or a DID",
    instance="/credentialSubject",
    next_step="compare the name in it with yours",
)
