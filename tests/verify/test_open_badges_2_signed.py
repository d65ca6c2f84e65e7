"""Signed Open Badges 2: whose key it is, and what stands in the issuer's list."""

import hashlib
import hmac
import json
from typing import Any

import pytest

from credwallet.model.report import Outcome, Verdict
from tests.verify import assertions as ob2
from tests.verify.assertions import (
    ASSERTION,
    CREATOR,
    HOST,
    ISSUER,
    KEY,
    LIST,
    UUID,
    assertion,
    badge_class,
    encoded,
    key,
    pem,
    profile,
    revoked,
    signed,
    types,
    verify,
    world,
)


def listed(*entries: Any, **changes: Any) -> dict[str, bytes]:
    """Serve an issuer that has a revocation list."""
    issuer = profile(publicKey=KEY, revocationList=LIST)
    return world(issuer=issuer, listing=revoked(*entries, **changes))


def test_a_badge_signed_with_the_issuers_key_is_valid() -> None:
    found = verify(signed())

    assert found.verdict is Verdict.VALID
    assert found.check("proof").note == f"JWS RS256 by {KEY}"
    assert found.check("status").outcome is Outcome.SKIPPED


def test_the_key_may_stand_in_the_profile() -> None:
    issuer = profile(publicKey=[{"id": f"{ISSUER}#k", **key(id=f"{ISSUER}#k")}])
    badge = signed(verification={"type": "signed"})

    assert verify(badge, world(issuer=issuer, key=None)).verdict is Verdict.VALID


def test_without_a_creator_each_key_of_the_issuer_is_tried() -> None:
    other = f"{HOST}/old-key.json"
    issuer = profile(publicKey=[other, KEY])
    served = world(issuer=issuer, **{other: key("old", id=other)})
    badge = signed(verification={"type": "signed"})

    assert verify(badge, served).verdict is Verdict.VALID


def test_a_changed_byte_is_refused() -> None:
    head, payload, signature = signed().split(".")
    changed = json.dumps(assertion(id=UUID, verification=CREATOR) | {"evidence": "x"})

    found = verify(f"{head}.{encoded(changed.encode())}.{signature}")

    assert payload
    assert found.verdict is Verdict.INVALID


def test_a_signature_by_another_key_is_refused() -> None:
    assert verify(signed(by="eve")).verdict is Verdict.INVALID


def test_a_key_of_somebody_else_is_refused() -> None:
    theirs = "https://evil.example/key.json"
    owned = key("eve", id=theirs, owner="https://evil.example/i.json")
    badge = signed(by="eve", verification={"type": "signed", "creator": theirs})

    found = verify(badge, world(**{theirs: owned}))

    assert found.check("proof").outcome is Outcome.PASSED
    assert types(found, "issuer") == {"foreign-key"}
    assert found.verdict is Verdict.INVALID


def test_a_key_that_only_claims_to_be_the_issuers_is_refused() -> None:
    theirs = "https://evil.example/key.json"
    badge = signed(by="eve", verification={"type": "signed", "creator": theirs})

    found = verify(badge, world(**{theirs: key("eve", id=theirs)}))

    assert types(found, "issuer") == {"key-not-listed"}
    assert found.verdict is Verdict.INVALID


def test_a_key_that_no_profile_lists_ties_nothing() -> None:
    theirs = "https://evil.example/key.json"
    badge = signed(by="eve", verification={"type": "signed", "creator": theirs})

    found = verify(badge, world(issuer=profile(), **{theirs: key("eve", id=theirs)}))

    assert types(found, "issuer") == {"self-asserted-key"}
    assert found.verdict is Verdict.UNDETERMINED


def test_a_key_on_the_issuers_host_counts_only_if_the_profile_lists_it() -> None:
    found = verify(signed(), world(issuer=profile()))

    assert types(found, "issuer") == {"self-asserted-key"}
    assert found.verdict is Verdict.UNDETERMINED


def test_a_listed_key_that_another_owns_is_refused() -> None:
    owned = key(owner="https://evil.example/i.json")

    assert verify(signed(), world(key=owned)).verdict is Verdict.INVALID


def test_a_key_document_of_another_id_is_refused() -> None:
    assert verify(signed(), world(key=key(id=f"{KEY}2"))).verdict is Verdict.INVALID


def test_an_issuer_embedded_in_the_badge_cannot_bring_its_own_key() -> None:
    inner = profile(publicKey={**key("eve"), "id": f"{ISSUER}#k"})
    badge = signed(
        by="eve",
        badge=badge_class(id=None, issuer=inner),
        verification={"type": "signed"},
    )

    assert verify(badge).verdict is Verdict.INVALID


def test_a_badge_class_without_an_address_is_covered_by_the_signature() -> None:
    badge = signed(badge=badge_class(id=None))

    assert verify(badge).verdict is Verdict.VALID


@pytest.mark.parametrize("name", ["issuer", "key"])
def test_without_the_key_nothing_is_known(name: str) -> None:
    found = verify(signed(), world(**{name: None}))

    assert found.verdict is Verdict.UNDETERMINED


@pytest.mark.parametrize("algorithm", ["none", "None", "", None, 5])
def test_a_token_without_an_algorithm_is_refused(algorithm: Any) -> None:
    text = ob2.token(assertion(id=UUID, verification=CREATOR), {"alg": algorithm})

    assert verify(text).verdict is Verdict.INVALID
    assert verify(f"{text.rpartition('.')[0]}.").verdict is Verdict.INVALID


def test_a_token_keyed_with_the_public_key_is_refused() -> None:
    parts = ({"alg": "HS256"}, assertion(id=UUID, verification=CREATOR))
    text = ".".join(encoded(json.dumps(part).encode()) for part in parts)
    tag = hmac.new(pem().encode(), text.encode(), hashlib.sha256).digest()

    found = verify(f"{text}.{encoded(tag)}")

    assert found.verdict is Verdict.INVALID
    assert types(found, "proof") == {"algorithm"}


def test_a_key_in_the_header_counts_for_nothing() -> None:
    jwk = {"kty": "RSA", "n": "AQAB", "e": "AQAB"}
    document = assertion(id=UUID, verification=CREATOR)
    text = ob2.token(document, {"alg": "RS256", "jwk": jwk}, "eve")

    assert verify(text).verdict is Verdict.INVALID


def test_an_algorithm_that_is_not_supported_is_named() -> None:
    text = ob2.token(assertion(id=UUID, verification=CREATOR), {"alg": "Ed448"})

    assert verify(text).verdict is Verdict.UNDETERMINED


def test_the_payload_of_a_signed_badge_alone_proves_nothing() -> None:
    found = verify(assertion(id=UUID, verification=CREATOR))

    assert found.verdict is Verdict.INVALID
    assert types(found, "proof") == {"not-signed"}


def test_a_badge_that_is_hosted_and_signed_must_be_good_as_both() -> None:
    both = {"type": ["hosted", "signed"], "creator": KEY}
    document = assertion(verification=both)
    text = ob2.token(document, {"alg": "RS256"})

    assert verify(text, world(assertion=document)).verdict is Verdict.VALID
    other = assertion(verification=both, issuedOn="2020-01-01")
    assert verify(text, world(assertion=other)).verdict is Verdict.INVALID
    assert verify(text, world(assertion=None)).verdict is Verdict.UNDETERMINED


@pytest.mark.parametrize(
    "entry",
    [UUID, {"id": UUID}, {"id": UUID, "revocationReason": "Not tied."}],
)
def test_a_badge_in_the_list_is_revoked(entry: Any) -> None:
    found = verify(signed(), listed("urn:uuid:other", entry))

    assert found.verdict is Verdict.REVOKED
    reason = entry.get("revocationReason", "") if isinstance(entry, dict) else ""
    assert reason in found.check("status").note


def test_a_badge_is_revoked_by_its_uid() -> None:
    found = verify(signed(uid="abc-1"), listed({"uid": "abc-1"}))

    assert found.verdict is Verdict.REVOKED


def test_a_badge_that_is_not_in_the_list_is_valid() -> None:
    found = verify(signed(), listed("urn:uuid:other", {"uid": None}, 7, None))

    assert found.verdict is Verdict.VALID
    assert LIST in found.check("status").note


def test_a_list_that_cannot_be_had_clears_nothing() -> None:
    issuer = profile(publicKey=KEY, revocationList=LIST)

    found = verify(signed(), world(issuer=issuer))

    assert found.verdict is Verdict.UNDETERMINED


@pytest.mark.parametrize(
    "listing",
    [
        b"[]",
        b"not json",
        revoked(issuer="https://evil.example/i.json"),
        revoked(revokedAssertions=None),
        revoked(revokedAssertions="all"),
        {"type": "Profile", "revokedAssertions": []},
        revoked(id="https://evil.example/list.json"),
    ],
)
def test_what_is_not_the_issuers_list_clears_nothing(listing: Any) -> None:
    issuer = profile(publicKey=KEY, revocationList=LIST)

    found = verify(signed(), world(issuer=issuer, listing=listing))

    assert found.verdict is Verdict.UNDETERMINED


def test_a_giant_list_is_searched_to_its_end() -> None:
    entries = [f"urn:uuid:{number}" for number in range(100_000)]

    assert verify(signed(), listed(*entries, UUID)).verdict is Verdict.REVOKED
    assert verify(signed(), listed(*entries)).verdict is Verdict.VALID


def test_a_list_beyond_all_bounds_clears_nothing() -> None:
    entries = [{} for _ in range(260_000)]

    assert verify(signed(), listed(*entries)).verdict is Verdict.UNDETERMINED


def first_generation(url: str) -> dict[str, Any]:
    """Make a signed assertion of Open Badges 1.0, which names its key's address."""
    return {
        "uid": "abc-1",
        "recipient": {"type": "email", "identity": "ada@example.org", "hashed": False},
        "badge": ob2.BADGE,
        "issuedOn": 1709251200,
        "verify": {"type": "signed", "url": url},
    }


def test_a_key_of_the_first_generation_counts_on_the_issuers_own_host() -> None:
    text = ob2.token(first_generation(KEY), {"alg": "RS256"})

    found = verify(text, world(issuer=profile(), key=pem().encode()))

    assert found.verdict is Verdict.VALID


def test_a_key_of_the_first_generation_elsewhere_ties_nothing() -> None:
    theirs = "https://evil.example/key.pem"
    text = ob2.token(first_generation(theirs), {"alg": "RS256"}, "eve")

    found = verify(text, world(issuer=profile(), **{theirs: pem("eve").encode()}))

    assert found.verdict is Verdict.UNDETERMINED


def test_a_list_of_the_first_generation_names_the_uid_and_why() -> None:
    text = ob2.token(first_generation(KEY), {"alg": "RS256"})
    issuer = profile(revocationList=LIST)
    served = world(issuer=issuer, key=pem().encode(), listing={"abc-1": "Lost."})

    found = verify(text, served)

    assert found.verdict is Verdict.REVOKED
    assert "Lost." in found.check("status").note


def test_the_address_of_the_key_is_not_the_assertions() -> None:
    text = ob2.token(first_generation(KEY), {"alg": "RS256"})

    found = verify(text, world(issuer=profile(), key=pem().encode()))

    assert ASSERTION not in {item.url for item in found.linked}
