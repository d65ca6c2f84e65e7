"""Blockcerts v2 as a whole: every question, good and bad."""

import copy
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from credwallet import formats
from credwallet.errors import Unreadable
from credwallet.model.report import Outcome, Verdict, VerificationReport
from credwallet.model.summary import summary_of
from tests.proofs import receipts
from tests.proofs.receipts import (
    BLOCKSTREAM,
    ISSUER,
    assertion,
    esplora,
    profile,
    signed,
)
from tests.verify.badges import report

LIST = "https://harbour.example/revoked.json"


def answer(
    document: dict[str, Any], *, place: int = 1, **documents: bytes
) -> VerificationReport:
    """Verify a document whose root is anchored."""
    given = {name: value for name, value in document.items() if name != "signature"}
    root = receipts.root_of(given, place)
    served = {BLOCKSTREAM: esplora(root), ISSUER: profile()}
    return report(document, documents=served | documents)


def with_list(**members: Any) -> dict[str, Any]:
    """Make a document whose embedded issuer names a revocation list."""
    document = assertion(**members)
    document["badge"]["issuer"]["revocationList"] = LIST
    return document


def revocations(*entries: Any, **changes: Any) -> bytes:
    """Make the issuer's list."""
    listing = {
        "id": LIST,
        "type": "RevocationList",
        "issuer": ISSUER,
        "revokedAssertions": [*entries],
    }
    return json.dumps(listing | changes).encode()


@pytest.mark.parametrize("place", range(4))
def test_a_good_one_is_valid(place: int) -> None:
    found = answer(signed(assertion(), place=place), place=place)

    assert found.verdict is Verdict.VALID
    assert found.check("structure").note.startswith("Blockcerts 2.0")


def test_what_it_says_is_shown() -> None:
    row = summary_of(answer(signed(assertion(expires="2030-01-01T00:00:00Z"))))

    assert (row.name, row.issuer_name, row.issuer_id) == (
        "Knots",
        "Harbour College",
        ISSUER,
    )
    assert (row.valid_from, row.valid_until) == (
        "2024-03-01T00:00:00Z",
        "2030-01-01T00:00:00Z",
    )
    assert row.format == "blockcerts-2"


@pytest.mark.parametrize("side", ["merkleRoot", "targetHash"])
def test_a_changed_receipt_is_invalid(side: str) -> None:
    document = signed(assertion())
    document["signature"][side] = "00" * 32

    assert answer(document).verdict is Verdict.INVALID


def test_each_step_counts_and_so_does_its_side() -> None:
    for change in ("swap", "turn", "cut"):
        document = signed(assertion())
        steps = document["signature"]["proof"]
        if change == "swap":
            steps.reverse()
        elif change == "cut":
            steps.pop()
        else:
            side, value = next(iter(steps[0].items()))
            steps[0] = {"left" if side == "right" else "right": value}
        assert answer(document).verdict is Verdict.INVALID, change


def test_every_member_of_the_document_is_covered() -> None:
    original = signed(assertion())
    for pointer in ("issuedOn", "id"):
        document = copy.deepcopy(original)
        document[pointer] = {"issuedOn": "2024-03-02", "id": "urn:uuid:2"}[pointer]
        assert report(document).verdict is Verdict.INVALID, pointer
    for name in ("name", "description"):
        document = copy.deepcopy(original)
        document["badge"][name] = "Splices"
        assert report(document).verdict is Verdict.INVALID, name


def test_without_an_explorer_it_is_undetermined() -> None:
    found = report(signed(assertion()), documents={ISSUER: profile()})

    assert found.verdict is Verdict.UNDETERMINED
    assert "the anchor was not looked up" in found.check("proof").note


@pytest.mark.parametrize(
    ("anchor", "what"),
    [
        ({"type": "Mock", "sourceId": "x", "chain": "mockchain"}, "for testing only"),
        ({"type": "BTCOpReturn", "chain": "bitcoinRegtest"}, "a test chain"),
        ({"type": "BTCOpReturn", "chain": "bitcoinTestnet"}, "a test chain"),
        ({"type": "ETHData", "chain": "ethereumRopsten"}, "a test chain"),
        ({"type": "ETHData", "chain": "dogecoin"}, "not known (dogecoin)"),
        ({"type": "ETHData"}, "not known (not named)"),
        (f"blink:btc:testnet:{receipts.TRANSACTION}", "a test chain"),
        ("blink:mocknet:x", "for testing only"),
        (f"blink:foo:bar:{receipts.TRANSACTION}", "not known (foo bar)"),
    ],
)
def test_other_chains_are_never_valid(anchor: Any, what: str) -> None:
    found = answer(signed(assertion(), anchors=[anchor]))

    assert found.verdict is Verdict.UNDETERMINED
    assert what in found.check("proof").note


@pytest.mark.parametrize(
    "anchors", [None, 5, ["btc"], [5], [{"chain": "bitcoinMainnet"}], "x"]
)
def test_anchors_of_other_shapes_are_invalid(anchors: Any) -> None:
    assert answer(signed(assertion(), anchors=anchors)).verdict is Verdict.INVALID


def test_a_blink_address_and_an_anchor_without_a_chain_are_bitcoin() -> None:
    for anchor in (
        f"blink:btc:mainnet:{receipts.TRANSACTION}",
        {"type": "BTCOpReturn", "sourceId": receipts.TRANSACTION},
    ):
        found = answer(signed(assertion(), anchors=[anchor]))
        assert found.verdict is Verdict.VALID


def test_a_revoked_one_is_revoked_with_its_reason() -> None:
    document = signed(with_list())
    entry = {"id": document["id"], "revocationReason": "Issued in error."}

    found = answer(document, **{LIST: revocations(entry)})

    assert found.verdict is Verdict.REVOKED
    assert "Issued in error." in found.check("status").note


def test_a_bare_identifier_in_the_list_revokes_as_well() -> None:
    document = signed(with_list())

    assert (
        answer(document, **{LIST: revocations(document["id"])}).verdict
        is Verdict.REVOKED
    )


def test_the_list_of_the_profile_counts_too() -> None:
    document = signed(assertion())
    served = {
        ISSUER: profile(revocationList=LIST),
        LIST: revocations({"id": document["id"]}),
    }

    assert answer(document, **served).verdict is Verdict.REVOKED


def test_one_that_is_not_in_the_list_stands() -> None:
    found = answer(signed(with_list()), **{LIST: revocations({"id": "urn:uuid:9"})})

    assert found.verdict is Verdict.VALID
    assert LIST in found.check("status").note


@pytest.mark.parametrize(
    "body",
    [
        None,
        b"{",
        b"[]",
        b"{}",
        revocations(revokedAssertions={"id": 1}),
        revocations(issuer="https://other.example/"),
    ],
)
def test_a_list_that_does_not_tell_leaves_it_open(body: bytes | None) -> None:
    served = {LIST: body} if body is not None else {}

    found = answer(signed(with_list()), **served)

    assert found.check("status").outcome is Outcome.UNKNOWN
    assert found.verdict is Verdict.UNDETERMINED


def test_a_profile_that_is_not_there_leaves_open_whether_there_is_a_list() -> None:
    root = receipts.root_of(assertion())

    found = report(signed(assertion()), documents={BLOCKSTREAM: esplora(root)})

    assert found.check("status").outcome is Outcome.UNKNOWN


def test_it_expires_and_begins() -> None:
    late = answer(signed(assertion(expires="2025-01-01")))
    early = answer(signed(assertion(issuedOn="2027-01-01T00:00:00Z")))

    assert late.verdict is Verdict.EXPIRED
    assert early.verdict is Verdict.NOT_YET_VALID


def test_the_recipient_is_compared_plainly_or_by_its_hash() -> None:
    salted = "sha256$" + hashlib.sha256(b"learner@example.orgsalt").hexdigest()
    hashed = assertion(
        recipient={"type": "email", "hashed": True, "identity": salted, "salt": "salt"}
    )
    for document in (assertion(), hashed):
        for identity, outcome in (
            ("learner@example.org", Outcome.PASSED),
            ("somebody@example.org", Outcome.FAILED),
        ):
            found = report(signed(document), identities=(identity,))
            assert found.check("subject").outcome is outcome


def _without(document: dict[str, Any], *path: str) -> dict[str, Any]:
    place = document
    for name in path[:-1]:
        place = place[name]
    del place[path[-1]]
    return document


@pytest.mark.parametrize(
    "path",
    [
        ("id",),
        ("type",),
        ("issuedOn",),
        ("recipient",),
        ("recipient", "identity"),
        ("badge", "name"),
        ("badge", "type"),
        ("badge", "issuer"),
        ("badge", "issuer", "id"),
        ("badge", "issuer", "name"),
    ],
)
def test_what_the_standard_requires_is_missed(path: tuple[str, ...]) -> None:
    document = _without(signed(assertion()), *path)

    assert report(document).verdict is Verdict.MALFORMED


@pytest.mark.parametrize("member", ["badge", "issuedOn", "expires", "recipient"])
@pytest.mark.parametrize("value", [None, 5, "x", [], {}])
def test_members_of_other_shapes_are_malformed(member: str, value: Any) -> None:
    document = {**signed(assertion()), member: value}

    assert report(document).verdict is Verdict.MALFORMED


def test_a_term_that_no_context_defines_is_not_shown() -> None:
    found = report({**signed(assertion()), "bonus": "free"})

    assert found.unsigned == ("/bonus",)


def test_a_context_of_its_own_is_not_believed_and_hides_no_change(
    vectors: Path,
) -> None:
    path = vectors / "cert-verifier-js/fixtures/v2/mainnet-valid-2.0.json"
    document = json.loads(path.read_bytes())

    assert report(document).verdict is Verdict.UNDETERMINED
    document["badge"]["name"] = "Knots"
    assert report(document).verdict is Verdict.INVALID


def test_other_assertions_are_left_to_open_badges_2() -> None:
    for signature in (None, {"type": "MerkleProof2019"}, "MerkleProof2017"):
        document = {**assertion(), "signature": signature}
        held = formats.read(json.dumps(document).encode())
        assert held.format == "open-badges-2"
    with pytest.raises(Unreadable):
        formats.read(b'{"signature": {"type": "MerkleProof2017"}}')


def test_a_document_that_is_anchored_by_another_is_invalid() -> None:
    document = signed(assertion())
    root = receipts.root_of(assertion())

    found = report(
        document,
        documents={BLOCKSTREAM: esplora(root, sender="1Mallory"), ISSUER: profile()},
    )

    assert found.verdict is Verdict.INVALID
    assert "1Mallory" in found.check("issuer").note
