"""Is it about me?"""

import hashlib

import pytest

from credwallet.model.report import Outcome, Verdict
from tests.samples import make
from tests.verify.badges import METHOD, harbour, report, unsigned

MAIL = "Ada@example.org"


def hashed(salt: str = "pepper", form: str = MAIL) -> str:
    return "sha256$" + hashlib.sha256((form + salt).encode()).hexdigest()


def badge_for(**identity) -> dict:
    document = unsigned()
    subject = document["credentialSubject"]
    subject.pop("id")
    subject["identifier"] = [
        {
            "type": "IdentityObject",
            "identityType": "emailAddress",
            "hashed": True,
            **identity,
        }
    ]
    return make.signed(document, make.HARBOUR_KEY, METHOD)


def test_it_is_not_asked_before_the_learner_says_who_they_are() -> None:
    assert report(harbour()).check("subject").outcome is Outcome.SKIPPED


def test_a_did_of_the_learner_is_found() -> None:
    found = report(harbour(), identities=("did:example:learner",))

    assert found.check("subject").outcome is Outcome.PASSED


def test_a_badge_about_somebody_else_is_said_and_stays_valid() -> None:
    found = report(harbour(), identities=("did:example:other",))

    assert found.check("subject").outcome is Outcome.FAILED
    assert found.verdict is Verdict.VALID


@pytest.mark.parametrize(
    "stated",
    [hashed(), hashed(form=MAIL.lower()), hashed().upper().replace("SHA", "sha")],
)
def test_a_salted_hash_is_compared_as_written_and_in_lower_case(stated) -> None:
    badge = badge_for(identityHash=stated, salt="pepper")

    found = report(badge, identities=(MAIL,))

    assert found.check("subject").outcome is Outcome.PASSED


def test_a_hash_without_salt_is_pointed_out() -> None:
    badge = badge_for(identityHash=hashed(salt=""))

    found = report(badge, identities=(MAIL,))

    assert "no salt" in found.check("subject").note


def test_another_hash_is_somebody_else() -> None:
    badge = badge_for(identityHash=hashed(salt="other"), salt="pepper")

    assert report(badge, identities=(MAIL,)).check("subject").outcome is Outcome.FAILED
