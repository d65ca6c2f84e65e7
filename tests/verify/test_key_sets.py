"""Tokens whose `kid` is the address of a key set, and identifiers that are given up."""

import json
from typing import Any

import pytest

from credwallet.model.report import Verdict
from tests.hostile.signing import Signer, did_key, token
from tests.samples import make
from tests.verify.badges import DID_DOCUMENT, northlight, report, unsigned
from tests.verify.badges import northlight_documents as documents

ISSUER = "https://harbour.example/issuers/1"
KEYS = "https://harbour.example/keys.json"
KEY = did_key("harbour").key


def badge(kid: str) -> str:
    profile = {"id": ISSUER, "type": ["Profile"], "name": "Harbour College"}
    return token(unsigned(issuer=profile), Signer(ISSUER, kid, KEY))


def served(url: str, *keys: dict[str, Any]) -> dict[str, bytes]:
    return {url: json.dumps({"keys": keys}).encode()}


def test_a_key_set_at_the_issuers_own_origin_counts() -> None:
    found = report(
        badge(f"{KEYS}#one"), documents=served(KEYS, {**KEY.jwk, "kid": "one"})
    )

    assert found.verdict is Verdict.VALID, found
    assert ISSUER in found.check("issuer").note
    assert KEYS in found.check("issuer").note


@pytest.mark.parametrize(
    "url",
    [
        "https://mallory.example/keys.json",
        "https://keys.harbour.example/keys.json",
        "https://harbour.example:8443/keys.json",
    ],
)
def test_a_key_set_at_another_origin_is_refused(url) -> None:
    found = report(
        badge(f"{url}#one"), documents=served(url, {**KEY.jwk, "kid": "one"})
    )

    assert found.verdict is Verdict.INVALID
    assert found.check("issuer").problems[0].type == "foreign-key"


def test_a_key_set_without_the_key_is_refused() -> None:
    other = did_key("mallory").key.jwk

    found = report(
        badge(f"{KEYS}#one"), documents=served(KEYS, {**other, "kid": "one"})
    )

    assert found.verdict is Verdict.INVALID


def test_a_key_set_out_of_reach_leaves_it_open() -> None:
    assert report(badge(f"{KEYS}#one")).verdict is Verdict.UNDETERMINED


def test_a_badge_by_a_did_that_was_given_up_is_refused() -> None:
    assert report(northlight(), documents=documents()).verdict is Verdict.VALID

    found = report(northlight(), documents=documents(deactivated=True))

    assert found.verdict is Verdict.INVALID
    assert "deactivated" in found.check("proof").note
    assert make.NORTHLIGHT in found.check("proof").note
    assert DID_DOCUMENT not in found.check("proof").note
