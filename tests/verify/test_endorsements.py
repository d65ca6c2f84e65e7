"""Do embedded endorsements verify, each as a credential of its own?"""

from pathlib import Path
from typing import Any

import pytest

from credwallet.model.report import Check, Outcome, Verdict
from tests.samples import make
from tests.verify.badges import (
    HARBOUR,
    KID,
    METHOD,
    entry,
    northlight_documents,
    report,
    unsigned,
)
from tests.verify.records import KNOTS, endorsement, signed

BADGE = "urn:uuid:00000000-0000-4000-8000-000000000001"
DOCUMENTS = northlight_documents()


def good(endorsed: str = BADGE, **members: Any) -> dict[str, Any]:
    return make.signed(endorsement(endorsed, **members), make.NORTHLIGHT_KEY, KID)


def token(endorsed: str = BADGE) -> str:
    return make.jwt(endorsement(endorsed), make.NORTHLIGHT_KEY, KID)


def endorsed_badge(*endorsements: Any, **members: Any) -> dict[str, Any]:
    return signed(unsigned(endorsement=list(endorsements), **members))


def answer(document: dict[str, Any]) -> Check:
    found = report(document, documents=DOCUMENTS)
    # Never fatal: they are other people's words.
    assert found.verdict is Verdict.VALID
    return found.check("endorsements")


DCC = "dcc-vc-test-fixtures/verifiableCredentials/v2"
OF_1EDTECH = "1edtech-public-validator"
ISSUER = "dataIntegrityProof/didKey/oidf-noStatus-notExpired-complexIssuer.json"


@pytest.mark.parametrize(
    ("name", "pointers"),
    [
        (f"{DCC}/{ISSUER}", {"/issuer/endorsement/0"}),
        (
            f"{OF_1EDTECH}/ob30/complete.json",
            {
                "/endorsement/0",
                "/issuer/endorsement/0",
                "/credentialSubject/achievement/endorsement/0",
                "/credentialSubject/achievement/creator/endorsement/0",
                "/credentialSubject/achievement/creator/endorsement/1",
            },
        ),
    ],
)
def test_published_endorsements_have_reports_of_their_own(
    vectors: Path, name: str, pointers: set[str]
):
    found = report((vectors / name).read_bytes())
    endorsed = [each for each in found.contains if each.role == "endorsement"]
    assert {each.pointer for each in endorsed} <= pointers
    assert endorsed
    for inner in endorsed:
        assert "EndorsementCredential" in inner.subject.types


def test_the_endorsement_of_a_part_of_a_published_record_has_one(vectors: Path):
    found = report((vectors / OF_1EDTECH / "clr20/complex.json").read_bytes())
    (inner,) = found.contains[0].contains
    assert inner.role == "endorsement"
    assert inner.check("proof").outcome is Outcome.PASSED


@pytest.mark.parametrize("more", ["", "-withSchema"])
def test_a_published_endorsement_alone_is_good(vectors: Path, more: str):
    name = f"legacy-noStatus-notExpired-endorsement{more}.json"
    path = vectors / DCC / "bothSignatureTypes/didkey" / name
    assert report(path.read_bytes()).verdict is Verdict.VALID


def test_a_good_one_is_told_and_has_a_report():
    found = report(endorsed_badge(good()), documents=DOCUMENTS)
    assert found.check("endorsements").note == "1 endorsement, all good"
    (inner,) = found.contains
    assert (inner.role, inner.pointer) == ("endorsement", "/endorsement/0")
    assert inner.verdict is Verdict.VALID
    assert found.parts == ()


def test_one_in_a_token_is_good():
    document = signed(unsigned(endorsementJwt=[token()]))
    assert answer(document).note == "1 endorsement, all good"


def test_none_is_skipped():
    assert answer(signed(unsigned())).outcome is Outcome.SKIPPED


def places() -> dict[str, dict[str, Any]]:
    """Make badges with an endorsement each, by where it stands."""
    badge = unsigned()
    subject = badge["credentialSubject"]
    achievement = subject["achievement"]
    found = {"": unsigned(endorsement=[good()])}
    found["/issuer"] = unsigned(issuer={**HARBOUR, "endorsement": [good(make.HARBOUR)]})
    inside = {**achievement, "endorsement": [good(achievement["id"])]}
    found["/credentialSubject/achievement"] = unsigned(
        credentialSubject={**subject, "achievement": inside}
    )
    maker = {"id": KNOTS, "type": ["Profile"], "endorsement": [good(KNOTS)]}
    found["/credentialSubject/achievement/creator"] = unsigned(
        credentialSubject={**subject, "achievement": {**achievement, "creator": maker}}
    )
    found["/credentialSubject/source"] = unsigned(
        credentialSubject={**subject, "source": maker}
    )
    return found


@pytest.mark.parametrize("place", places())
def test_each_place_that_may_carry_one_is_looked_at(place: str):
    found = report(signed(places()[place]), documents=DOCUMENTS)
    (inner,) = found.contains
    assert (inner.pointer, inner.verdict) == (f"{place}/endorsement/0", Verdict.VALID)


def changed() -> dict[str, Any]:
    return {**good(), "name": "Another"}


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (good("https://elsewhere.example/other"), "about something else"),
        (good(type=["VerifiableCredential", "OpenBadgeCredential"]), "something else"),
        (changed(), "is invalid"),
        (good(validUntil="2026-03-01T00:00:00Z"), "is expired"),
        (good(credentialStatus=entry(42)), "is revoked"),
        (make.signed(endorsement(BADGE), make.HARBOUR_KEY, METHOD), "is invalid"),
        (endorsement(BADGE), "is malformed"),
    ],
)
def test_a_bad_one_fails_the_check_and_nothing_else(bad: Any, words: str):
    found = answer(endorsed_badge(good(), bad))
    assert found.outcome is Outcome.FAILED
    assert words in found.note
    assert found.problems[0].instance == "/endorsement/1"


@pytest.mark.parametrize("bad", ["e30.e30.", 7, "", {"type": ["Profile"]}])
def test_one_that_cannot_be_read_is_never_good(bad: Any):
    found = answer(endorsed_badge(good(), bad))
    assert found.outcome in (Outcome.UNKNOWN, Outcome.FAILED)
    assert "unreadable" in found.note
    assert found.problems[0].instance == "/endorsement/1"


def test_one_whose_issuer_cannot_be_reached_is_unknown():
    found = report(endorsed_badge(good()))
    assert found.verdict is Verdict.VALID
    assert found.check("endorsements").outcome is Outcome.UNKNOWN


def test_a_bad_one_outweighs_an_unknown_one():
    found = report(endorsed_badge(good(), changed_harbour()))
    assert found.check("endorsements").outcome is Outcome.FAILED


def own() -> dict[str, Any]:
    return signed(endorsement(BADGE, issuer=HARBOUR))


def changed_harbour() -> dict[str, Any]:
    return {**own(), "name": "Another"}


def test_what_the_issuer_says_of_its_own_badge_is_told_apart():
    found = answer(endorsed_badge(own(), good()))
    assert found.note == "2 endorsements, all good; 1 by the issuer itself"


def test_an_endorsement_of_an_endorsement_is_not_followed():
    inner = good("urn:uuid:endorsement")
    found = report(endorsed_badge(good(endorsement=[inner])), documents=DOCUMENTS)
    (one,) = found.contains
    assert one.check("endorsements").outcome is Outcome.SKIPPED
    assert one.contains == ()


def test_only_a_few_are_looked_at_and_that_is_said():
    found = answer(endorsed_badge(*[7] * 30))
    assert found.outcome is Outcome.UNKNOWN
    assert found.problems[-1].title == "only 20 endorsements were looked at"


def test_an_endorsement_alone_is_a_credential():
    found = report(good(), documents=DOCUMENTS)
    assert found.verdict is Verdict.VALID
    assert "endorsement" in found.check("structure").note


def test_an_endorsement_of_nothing_is_malformed():
    subject = {"type": ["EndorsementSubject"], "endorsementComment": "Good."}
    made = make.signed(
        endorsement(BADGE, credentialSubject=subject), make.NORTHLIGHT_KEY, KID
    )
    found = report(made, documents=DOCUMENTS)
    assert found.verdict is Verdict.MALFORMED
    assert "what it endorses" in found.check("structure").note
