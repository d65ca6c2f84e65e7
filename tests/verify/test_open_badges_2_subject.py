"""Is an Open Badge 2 about me? Plain addresses, and hashes of each kind."""

import hashlib
from typing import Any

import pytest

from credwallet.model.report import Outcome, Verdict, VerificationReport
from tests.verify.assertions import assertion, types, verify, world

MAIL = "ada@example.org"


def hashed(kind: str, text: str = MAIL, salt: str = "deadsea") -> str:
    digest = hashlib.new(kind, (text + salt).encode(), usedforsecurity=False)
    return f"{kind}${digest.hexdigest()}"


def answer(recipient: Any, **policy: Any) -> VerificationReport:
    badge = assertion(recipient={"type": "email", **recipient})
    return verify(badge, world(assertion=badge), **{"identities": (MAIL,), **policy})


def test_it_is_not_asked_before_the_learner_says_who_they_are() -> None:
    found = answer({"identity": MAIL}, identities=())

    assert found.check("subject").outcome is Outcome.SKIPPED


@pytest.mark.parametrize(
    "recipient",
    [
        {"identity": MAIL},
        {"identity": "ADA@Example.org", "hashed": False},
        {"identity": f"mailto:{MAIL}"},
        {"identity": hashed("sha256"), "hashed": True, "salt": "deadsea"},
        {"identity": hashed("sha256").upper().replace("SHA", "sha"), "salt": "deadsea"},
    ],
)
def test_the_learners_own_address_is_found(recipient: dict[str, Any]) -> None:
    found = answer(recipient).check("subject")

    assert (found.outcome, found.note) == (Outcome.PASSED, f"issued to {MAIL}")


@pytest.mark.parametrize("kind", ["md5", "sha1"])
def test_a_hash_of_an_old_kind_is_remarked(kind: str) -> None:
    found = answer({"identity": hashed(kind), "hashed": True, "salt": "deadsea"})

    assert found.check("subject").outcome is Outcome.PASSED
    assert types(found, "subject") == {"weak-hash"}


def test_a_hash_without_salt_is_remarked() -> None:
    found = answer({"identity": hashed("sha256", salt=""), "hashed": True})

    assert types(found, "subject") == {"unsalted-hash"}


@pytest.mark.parametrize(
    "recipient",
    [
        {"identity": "eve@example.org"},
        {"identity": hashed("sha256", "eve@example.org"), "salt": "deadsea"},
        {"identity": hashed("sha256"), "salt": "otherwise"},
        {"identity": hashed("sha512"), "salt": "deadsea"},
        {"identity": "sha256$", "salt": "deadsea"},
        {"identity": "sha256$zz", "salt": "deadsea"},
        {"identity": hashed("sha256")[7:], "salt": "deadsea"},
        {"identity": "sha256$\u00e4"},
    ],
)
def test_another_persons_badge_is_said_and_stays_valid(recipient) -> None:
    found = answer(recipient)

    assert found.check("subject").outcome is Outcome.FAILED
    assert types(found, "subject") == {"other-subject"}
    assert found.verdict is Verdict.VALID


def test_the_first_generation_states_recipient_and_salt_side_by_side() -> None:
    badge = {
        "recipient": hashed("sha256"),
        "salt": "deadsea",
        "badge": {"name": "Knots", "issuer": {"origin": "https://harbour.example"}},
    }

    found = verify(badge, identities=(MAIL,))

    assert found.check("subject").outcome is Outcome.PASSED
    assert found.verdict is Verdict.UNDETERMINED
