"""A proof over RDF fits; what the reader sees must be what was signed, too."""

import pytest

from credwallet import formats
from credwallet.model.achievement import achievement_of
from credwallet.model.credential import Credential
from credwallet.model.report import Verdict
from tests.samples import make
from tests.verify.badges import (
    METHOD,
    entry,
    harbour,
    northlight,
    northlight_documents,
    report,
    unsigned,
)

EXPIRY = "https://www.w3.org/2018/credentials#validUntil"
MOMENT = "http://www.w3.org/2001/XMLSchema#dateTime"


def by_address(badge: dict) -> None:
    badge[EXPIRY] = {"@value": badge.pop("validUntil"), "@type": MOMENT}


def nested(badge: dict) -> None:
    badge["@nest"] = {"validUntil": badge.pop("validUntil")}


def in_a_set(badge: dict) -> None:
    badge["validUntil"] = {"@set": [badge["validUntil"]]}


def in_an_array(badge: dict) -> None:
    badge["validUntil"] = [badge["validUntil"]]


@pytest.mark.parametrize("hide", [by_address, nested, in_a_set, in_an_array])
def test_an_expiry_that_readers_would_overlook_is_refused(hide) -> None:
    badge = harbour(validUntil="2026-03-01T00:00:00Z")
    assert report(badge).verdict is Verdict.EXPIRED

    hide(badge)

    assert report(badge).verdict in (Verdict.INVALID, Verdict.MALFORMED)


def test_a_status_that_readers_would_overlook_is_refused() -> None:
    badge = northlight(credentialStatus=entry(42))
    badge["@nest"] = {"credentialStatus": badge.pop("credentialStatus")}

    found = report(badge, documents=northlight_documents())

    assert found.verdict is Verdict.INVALID
    assert found.check("proof").problems[0].type == "disguise"


def test_an_identifier_written_as_a_keyword_is_refused() -> None:
    badge = harbour()
    subject = badge["credentialSubject"]
    subject["@id"] = subject.pop("id")

    assert report(badge).verdict is Verdict.INVALID


def test_a_member_by_an_address_that_is_no_term_stays_legal() -> None:
    document = unsigned() | {"https://harbour.example/terms#room": "12"}
    badge = make.signed(document, make.HARBOUR_KEY, METHOD)

    assert report(badge).verdict is Verdict.VALID


@pytest.mark.parametrize("member", ["created", "expires"])
@pytest.mark.parametrize("value", [["2026-03-01T00:00:00Z"], 0, None, {}, "", False])
def test_a_proof_date_that_is_no_date_is_refused(member, value) -> None:
    badge = harbour()
    badge["proof"][member] = value

    assert report(badge).verdict is Verdict.INVALID


@pytest.mark.parametrize("earned", [[1], "1", {"@value": 1}, True, None])
def test_credits_that_cannot_be_read_are_never_taken_for_those_available(
    earned,
) -> None:
    document = unsigned()
    document["credentialSubject"]["creditsEarned"] = earned
    held = formats.read(make.pretty(make.signed(document, make.HARBOUR_KEY, METHOD)))
    assert isinstance(held, Credential)

    assert achievement_of(held).credits == ""


def test_many_poisonous_proofs_cost_no_more_than_a_few() -> None:
    ring = [{"id": f"_:n{number}"} for number in range(9)]
    for node in ring:
        node["alignment"] = [{"id": other["id"]} for other in ring if other != node]
    badge = harbour()
    badge["evidence"] = [{"type": "Evidence", **node} for node in ring]
    badge["proof"] = [badge["proof"]] * 10

    assert report(badge).verdict is not Verdict.VALID


@pytest.mark.parametrize("moment", ["9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z"])
def test_the_ends_of_the_calendar_are_moments_like_others(moment) -> None:
    badge = harbour(validUntil=moment)

    assert report(badge).verdict is not Verdict.INVALID


def test_a_holder_that_nobody_signed_for_is_not_believed() -> None:
    envelope = {
        "@context": make.CONTEXTS[:1],
        "type": ["VerifiablePresentation"],
        "holder": "did:web:trusted.example",
        "verifiableCredential": [harbour()],
    }

    found = report(envelope)

    assert found.verdict is Verdict.UNDETERMINED
    assert found.contains[0].verdict is Verdict.VALID


def test_an_endorsement_of_something_else_is_no_endorsement() -> None:
    badge = unsigned()
    badge["endorsement"] = [harbour()]

    found = report(make.signed(badge, make.HARBOUR_KEY, METHOD))

    assert found.check("endorsements").note == "an endorsement is about something else"


@pytest.mark.parametrize("previous", [5, None, [], {}, [5], [5, "urn:x"], ""])
def test_a_chain_to_what_is_no_name_is_refused(previous) -> None:
    badge = harbour()
    badge["proof"]["previousProof"] = previous

    found = report(badge)

    assert found.verdict is Verdict.INVALID
    assert found.check("proof").problems[0].instance == "/proof/previousProof"
