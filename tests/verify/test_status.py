"""Revoked or suspended? Never "not revoked" without a good list."""

import json

import pytest

from credwallet.model.report import Outcome, Verdict
from tests.samples import make
from tests.verify.badges import entry, northlight, northlight_documents, report


def test_a_clear_entry_of_a_good_list_is_valid() -> None:
    badge = northlight(credentialStatus=entry(7))

    assert report(badge, documents=northlight_documents()).verdict is Verdict.VALID


def test_a_set_bit_is_revoked() -> None:
    badge = northlight(credentialStatus=entry(42))

    assert report(badge, documents=northlight_documents()).verdict is Verdict.REVOKED


def test_revoked_is_graver_than_expired() -> None:
    badge = northlight(credentialStatus=entry(42), validUntil="2026-03-01T00:00:00Z")

    assert report(badge, documents=northlight_documents()).verdict is Verdict.REVOKED


def test_no_entry_is_skipped() -> None:
    found = report(northlight(), documents=northlight_documents())

    assert found.check("status").outcome is Outcome.SKIPPED


def test_every_entry_is_looked_up() -> None:
    badge = northlight(credentialStatus=[entry(7), entry(42)])

    assert report(badge, documents=northlight_documents()).verdict is Verdict.REVOKED


def test_an_unreachable_list_is_unknown() -> None:
    documents = northlight_documents()
    del documents[make.STATUS_LIST]

    found = report(northlight(credentialStatus=entry(7)), documents=documents)

    assert found.verdict is Verdict.UNDETERMINED
    assert found.check("status").outcome is Outcome.UNKNOWN


def tampered() -> dict:
    listing = make.status_list(42)
    listing["name"] = "changed"
    return listing


def unsigned_list() -> dict:
    listing = make.status_list(42)
    del listing["proof"]
    return listing


def by_a_stranger() -> dict:
    listing = make.status_list(42)
    listing["issuer"] = make.HARBOUR
    return listing


@pytest.mark.parametrize("listing", [tampered, unsigned_list, by_a_stranger])
@pytest.mark.parametrize("index", [7, 42])
def test_a_list_that_is_not_properly_signed_says_nothing(listing, index) -> None:
    documents = northlight_documents()
    documents[make.STATUS_LIST] = json.dumps(listing()).encode()

    found = report(northlight(credentialStatus=entry(index)), documents=documents)

    assert found.verdict is Verdict.UNDETERMINED


@pytest.mark.parametrize(
    "changes",
    [
        {"statusPurpose": "suspension"},
        {"statusListIndex": "131072"},
        {"statusListIndex": "-1"},
        {"statusListIndex": "1.5"},
        {"statusListCredential": "http://127.0.0.1/list"},
        {"statusListCredential": "file:///etc/passwd"},
    ],
)
def test_an_entry_that_does_not_fit_the_list_is_unknown(changes) -> None:
    badge = northlight(credentialStatus=entry(7, **changes))

    found = report(badge, documents=northlight_documents())

    assert found.verdict is Verdict.UNDETERMINED
