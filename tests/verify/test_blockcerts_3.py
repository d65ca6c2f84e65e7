"""Blockcerts v3 as a whole: receipt, anchor, issuer, and what is shown."""

import json
from pathlib import Path

import pytest

from credwallet.model.report import Outcome, Verdict
from credwallet.model.summary import summary_of
from tests.proofs import receipts
from tests.proofs.receipts import BLOCKSTREAM, ISSUER, certificate, esplora, proven
from tests.verify.badges import report

ROOT = receipts.root_of(certificate())
DOCUMENTS = {BLOCKSTREAM: esplora(ROOT), ISSUER: receipts.profile()}


def test_receipt_anchor_and_profile_make_it_valid() -> None:
    found = report(proven(certificate()), documents=DOCUMENTS)

    assert found.verdict is Verdict.VALID
    assert "told by blockstream.info" in found.check("proof").note
    assert "its profile lists the sender" in found.check("issuer").note


def test_without_an_explorer_it_is_undetermined() -> None:
    found = report(proven(certificate()), documents={ISSUER: receipts.profile()})

    assert found.verdict is Verdict.UNDETERMINED
    assert found.check("proof").outcome is Outcome.UNKNOWN
    assert found.check("issuer").outcome is Outcome.SKIPPED


def test_without_a_profile_the_issuer_is_unknown() -> None:
    found = report(proven(certificate()), documents={BLOCKSTREAM: esplora(ROOT)})

    assert found.verdict is Verdict.UNDETERMINED
    assert found.check("proof").outcome is Outcome.PASSED
    assert found.check("issuer").note.startswith("nothing ties it to the issuer: ")


def test_anybody_can_anchor_in_the_name_of_an_issuer_and_is_found_out() -> None:
    documents = DOCUMENTS | {BLOCKSTREAM: esplora(ROOT, sender="1Mallory")}

    found = report(proven(certificate()), documents=documents)

    assert found.verdict is Verdict.INVALID
    assert "the Bitcoin address 1Mallory" in found.check("issuer").note


def test_a_mocknet_certificate_is_never_valid() -> None:
    badge = proven(certificate(), anchors=[receipts.MOCKNET])

    found = report(badge, documents=DOCUMENTS)

    assert found.verdict is Verdict.UNDETERMINED
    assert "for testing only" in found.check("proof").note


def test_a_changed_certificate_is_invalid() -> None:
    badge = proven(certificate())
    badge["credentialSubject"]["claim"]["name"] = "Splices"

    assert report(badge, documents=DOCUMENTS).verdict is Verdict.INVALID


def test_a_term_that_no_context_defines_is_not_shown_even_without_an_anchor() -> None:
    badge = {**proven(certificate()), "bonus": "free"}

    found = report(badge)

    assert found.unsigned == ("/bonus",)
    assert found.verdict is Verdict.UNDETERMINED


def test_a_status_that_no_context_defines_is_fatal_even_without_an_anchor() -> None:
    status = {"type": "BitstringStatusListEntry", "bonus": "free"}
    badge = proven(certificate(credentialStatus=status))

    found = report(badge)

    assert found.check("proof").outcome is Outcome.FAILED
    assert found.check("proof").problems[0].instance == "/credentialStatus/bonus"


def test_name_and_issuer_are_shown_and_html_is_not() -> None:
    badge = certificate(
        display={"contentMediaType": "text/html", "content": "<b>x</b>"}
    )
    root = receipts.root_of(badge)

    found = report(
        proven(badge),
        documents={BLOCKSTREAM: esplora(root), ISSUER: receipts.profile()},
    )
    row = summary_of(found)

    assert row.name == "Knots"
    assert row.issuer_id == ISSUER
    assert "<b>" not in json.dumps(row)


@pytest.mark.parametrize("part", ["proofValue", "proofPurpose", "verificationMethod"])
def test_a_proof_of_other_shapes_is_refused_not_crashed_on(part: str) -> None:
    for value in (None, 5, [], {}, "", "x"):
        badge = proven(certificate(), **{part: value})
        found = report(badge, documents=DOCUMENTS)
        assert found.verdict is Verdict.INVALID


def test_a_real_chain_of_a_signature_and_a_receipt_fits(vectors: Path) -> None:
    path = vectors / "cert-verifier-js/fixtures/v3/proof-chain-example-ed25519.json"

    found = report(path.read_bytes())

    assert [problem.type for problem in found.check("proof").problems] == [
        "not-anchored"
    ]
    assert found.check("issuer").outcome is Outcome.PASSED
