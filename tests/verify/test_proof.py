"""Does every proof fit, and what does it leave out?"""

import copy

import pytest

from credwallet.canon.contexts import Contexts
from credwallet.model.report import Outcome, Verdict
from tests.samples import make
from tests.verify.badges import HARBOUR, METHOD, harbour, report, unsigned


def test_a_badge_that_nobody_touched_is_valid() -> None:
    found = report(harbour())

    assert found.verdict is Verdict.VALID
    assert "eddsa-rdfc-2022 by did:key:" in found.check("proof").note


@pytest.mark.parametrize(
    "change",
    [
        lambda badge: badge.update(name="Another"),
        lambda badge: badge.update(validFrom="2020-01-01T00:00:00Z"),
        lambda badge: badge.update(description="added"),
        lambda badge: badge.pop("name"),
        lambda badge: badge["credentialSubject"].update(id="did:example:other"),
        lambda badge: badge["proof"].update(created="2020-01-01T00:00:00Z"),
        lambda badge: badge["type"].append("https://other.example/Type"),
    ],
)
def test_any_change_of_what_is_signed_makes_it_invalid(change) -> None:
    badge = copy.deepcopy(harbour())
    change(badge)

    found = report(badge)

    assert found.verdict is Verdict.INVALID
    assert "does not fit" in found.check("proof").note


def test_white_space_and_the_order_of_members_do_not_matter() -> None:
    badge = harbour()

    assert report(dict(reversed(badge.items()))).verdict is Verdict.VALID


def test_a_term_that_no_context_defines_is_named_and_not_shown() -> None:
    badge = harbour()
    achievement = badge["credentialSubject"]["achievement"]
    achievement["honours"] = "with distinction"

    found = report(badge)

    assert found.verdict is Verdict.UNDETERMINED
    assert found.check("proof").outcome is Outcome.UNKNOWN
    assert found.unsigned == ("/credentialSubject/achievement/honours",)
    assert "honours" in found.check("proof").note


def test_an_undefined_type_of_the_status_makes_it_invalid() -> None:
    badge = harbour()
    badge["credentialStatus"] = {"type": "SomeStatus"}

    found = report(badge)

    assert found.verdict is Verdict.INVALID


def test_the_words_of_version_1_in_a_version_2_badge_are_not_signed() -> None:
    badge = harbour()
    badge["expirationDate"] = "2030-01-01T00:00:00Z"

    assert report(badge).verdict is Verdict.INVALID


def test_one_broken_proof_of_two_makes_it_invalid() -> None:
    badge = harbour()
    good = badge["proof"]
    broken = {**good, "created": "2026-02-01T09:00:01Z"}
    badge["proof"] = [good, broken]

    found = report(badge)

    assert found.verdict is Verdict.INVALID
    assert found.check("proof").problems[0].instance == "/proof/1"


def test_a_proof_of_an_unknown_kind_beside_a_good_one_is_named() -> None:
    badge = harbour()
    badge["proof"] = [
        badge["proof"],
        {
            "type": "SomeProof",
            "proofPurpose": "assertionMethod",
            "proofValue": "z1",
            "created": "",
            "verificationMethod": METHOD,
        },
    ]

    found = report(badge)

    assert found.verdict is Verdict.UNDETERMINED
    assert "SomeProof" in found.check("proof").note


def test_more_than_ten_proofs_are_refused() -> None:
    badge = harbour()
    badge["proof"] = [badge["proof"]] * 11

    assert report(badge).verdict is Verdict.INVALID


def test_a_proof_for_authentication_does_not_issue() -> None:
    badge = harbour()
    badge["proof"]["proofPurpose"] = "authentication"

    found = report(badge)

    assert found.verdict is Verdict.INVALID
    assert found.check("proof").problems[0].type == "purpose"


def test_a_missing_previous_proof_is_refused() -> None:
    badge = harbour()
    badge["proof"]["previousProof"] = "urn:uuid:gone"

    found = report(badge)

    assert found.verdict is Verdict.INVALID
    assert "urn:uuid:gone" in found.check("proof").note


def test_a_context_that_nobody_knows_is_undetermined() -> None:
    badge = harbour()
    badge["@context"] = [*badge["@context"], "https://contexts.example/v1"]

    found = report(badge)

    assert found.verdict is Verdict.UNDETERMINED
    assert "https://contexts.example/v1" in found.check("proof").note


def test_a_context_that_was_supplied_is_used_and_said() -> None:
    url = "https://contexts.example/v1"
    body = b'{"@context": {"honours": "https://contexts.example/honours"}}'
    contexts = Contexts.bundled().with_supplied({url: body})
    document = unsigned(context=[*make.CONTEXTS, url], honours="first")
    badge = make.signed(document, make.HARBOUR_KEY, METHOD, contexts=contexts)

    found = report(badge, contexts=contexts)

    assert found.verdict is Verdict.VALID
    assert url in found.check("proof").note


def test_an_inline_context_that_renames_a_date_is_invalid() -> None:
    badge = harbour(validUntil="2026-03-01T00:00:00Z")
    badge["@context"] = [
        *badge["@context"],
        {"until": "https://www.w3.org/2018/credentials#validUntil"},
    ]
    badge["until"] = badge.pop("validUntil")

    assert report(badge).verdict in (Verdict.INVALID, Verdict.UNDETERMINED)


def test_the_issuer_may_be_a_text_alone() -> None:
    assert report(harbour(issuer=HARBOUR["id"])).verdict is Verdict.VALID
