"""Is the key really the issuer's, and is the issuer known?"""

import pytest

from credwallet.model.report import Outcome, Verdict
from credwallet.trust import KnownIssuer
from tests.samples import make
from tests.verify.badges import (
    DID_DOCUMENT,
    HARBOUR,
    KID,
    METHOD,
    NORTHLIGHT,
    harbour,
    northlight,
    northlight_documents,
    report,
    unsigned,
)


def test_the_key_of_somebody_else_makes_it_invalid() -> None:
    badge = make.signed(unsigned(issuer=NORTHLIGHT), make.HARBOUR_KEY, METHOD)

    found = report(badge)

    assert found.verdict is Verdict.INVALID
    assert found.check("proof").outcome is Outcome.PASSED
    assert "not by the issuer" in found.check("issuer").note


def test_a_did_web_key_is_the_issuers_when_its_document_lists_it() -> None:
    found = report(northlight(), documents=northlight_documents())

    assert found.verdict is Verdict.VALID
    assert "supplied" in found.check("issuer").note


def test_without_the_document_nothing_is_known() -> None:
    assert report(northlight()).verdict is Verdict.UNDETERMINED


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({"assertionMethod": []}, "invalid"),
        ({"assertionMethod": [], "authentication": [KID]}, "invalid"),
        ({"id": "did:web:other.example"}, "invalid"),
        ({"verificationMethod": []}, "invalid"),
    ],
)
def test_a_document_that_does_not_list_the_key_for_issuing_refuses_it(
    changes, verdict
) -> None:
    found = report(northlight(), documents=northlight_documents(**changes))

    assert found.verdict == verdict


def test_a_revoked_key_is_named_and_leaves_it_undetermined() -> None:
    document = make.did_document()
    document["verificationMethod"][0]["revoked"] = "2026-06-01T00:00:00Z"

    found = report(northlight(), documents=northlight_documents(**document))

    assert found.verdict is Verdict.UNDETERMINED
    assert "revoked since" in found.check("issuer").note


def test_a_key_that_only_the_badge_names_ties_nothing_to_the_issuer() -> None:
    issuer = "https://harbour.example/issuer"
    key = make.HARBOUR.removeprefix("did:key:")
    document = unsigned(issuer={**HARBOUR, "id": issuer})
    badge = make.signed(document, make.HARBOUR_KEY, f"{issuer}#{key}")

    found = report(badge)

    assert found.verdict is Verdict.UNDETERMINED
    assert found.check("proof").outcome is Outcome.PASSED
    assert "nothing ties this key to the issuer" in found.check("issuer").note


def test_whether_the_issuer_is_known_is_a_remark() -> None:
    known = {make.HARBOUR: KnownIssuer(make.HARBOUR, "My college")}

    stranger = report(harbour(), known_issuers={})
    friend = report(harbour(), known_issuers=known)

    assert stranger.verdict is friend.verdict is Verdict.VALID
    assert "not among the issuers you know" in stranger.check("issuer").note
    assert "My college" in friend.check("issuer").note


def test_a_known_issuer_can_be_demanded() -> None:
    known = {make.HARBOUR: KnownIssuer(make.HARBOUR, "My college")}

    found = report(harbour(), known_issuers={}, require_known_issuer=True)

    assert found.verdict is Verdict.UNDETERMINED
    assert (
        report(harbour(), known_issuers=known, require_known_issuer=True).verdict
        is Verdict.VALID
    )


def test_the_network_is_asked_once_for_the_issuers_document() -> None:
    asked: list[str] = []

    class Counting:
        def __call__(self, url: str, /):
            from credwallet.fetch import Document  # noqa: PLC0415 -- a test's own

            asked.append(url)
            return Document(url, northlight_documents()[url], "", "fetched")

    found = report(northlight(), otherwise=Counting())

    assert found.verdict is Verdict.VALID
    assert asked == [DID_DOCUMENT]
