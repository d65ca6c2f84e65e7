"""How is a token with disclosures judged, question by question?"""

import base64
import json
import zlib
from pathlib import Path
from typing import Any

import pytest

from credwallet.keys import jwt_vc_issuer
from credwallet.model.report import Outcome, Verdict, VerificationReport
from tests.hostile.badges import badge
from tests.hostile.sd_jwt import HOLDER, bound, claims, digest, disclosure, token
from tests.hostile.signing import HARBOUR, MALLORY, header_of, jws
from tests.verify.badges import AT, report

ISSUER = "https://issuer.example"
METADATA = jwt_vc_issuer.address(ISSUER)
LIST = "https://harbour.example/statuslists/1"
SHOWN = disclosure("salt", "grade", "A")
NOW = int(AT.timestamp())


def verdict(data: str, **given: Any) -> Verdict:
    return report(data, **given).verdict


def note(found: VerificationReport, check_id: str) -> str:
    return found.check(check_id).note


def listed(*revoked: int, **more: Any) -> dict[str, bytes]:
    """Serve the issuer's list, in which these are revoked."""
    entries = bytearray(16)
    for index in revoked:
        entries[index // 8] |= 1 << index % 8
    lst = base64.urlsafe_b64encode(zlib.compress(bytes(entries))).rstrip(b"=")
    said = {
        "sub": LIST,
        "iat": NOW - 60,
        "status_list": {"bits": 1, "lst": lst.decode()},
        **more,
    }
    made = jws(header_of(HARBOUR, typ="statuslist+jwt"), said, HARBOUR.key)
    return {LIST: made.encode()}


def with_status(index: int = 7) -> str:
    return token(claims(status={"status_list": {"idx": index, "uri": LIST}}))


def test_a_good_one_is_valid_and_says_what_was_held_back():
    found = report(token(claims(_sd=[digest(SHOWN), digest("x")]), [SHOWN]))
    assert found.verdict is Verdict.VALID
    assert note(found, "structure") == "SD-JWT VC; 1 value is held back, or decoys"
    assert "SD-JWT EdDSA" in note(found, "proof")


def test_a_presentation_says_to_whom_and_that_this_was_not_judged():
    found = report(bound(token(claims(_sd=[digest(SHOWN)]), [SHOWN])))
    assert found.verdict is Verdict.VALID
    assert "to https://verifier.example.org" in note(found, "proof")
    assert "not judged" in note(found, "proof")


def test_a_presentation_of_another_selection_is_invalid():
    whole, less = (token(claims(_sd=[digest(SHOWN)]), shown) for shown in ([SHOWN], []))
    assert verdict(bound(less).replace(less, whole)) is Verdict.INVALID


def test_a_disclosure_that_the_issuer_did_not_sign_is_invalid():
    found = report(token(claims(_sd=[digest("x")]), [SHOWN]))
    assert found.verdict is Verdict.INVALID
    assert "not among what the issuer signed" in note(found, "proof")


def test_the_metadata_of_the_issuer_tie_the_key_to_it():
    key = {**HARBOUR.key.jwk, "kid": "k1"}
    documents = {
        METADATA: json.dumps({"issuer": ISSUER, "jwks": {"keys": [key]}}).encode()
    }
    data = token(claims(iss=ISSUER), kid="k1")
    found = report(data, documents=documents)
    assert found.verdict is Verdict.VALID
    assert ISSUER in note(found, "issuer")
    assert verdict(data) is Verdict.UNDETERMINED


def test_a_key_of_the_header_alone_leaves_the_issuer_open():
    found = report(token(claims(iss=ISSUER), kid=None, jwk=HARBOUR.key.jwk))
    assert found.verdict is Verdict.UNDETERMINED
    assert found.check("issuer").problems[0].type == "self-asserted-key"


def test_without_an_issuer_it_is_open_who_issued_it():
    data = token(claims(iss=None), kid=None, jwk=HARBOUR.key.jwk)
    assert verdict(data) is not Verdict.VALID


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"exp": NOW - 3600}, Verdict.EXPIRED),
        ({"nbf": NOW + 3600}, Verdict.NOT_YET_VALID),
        ({"iat": NOW + 3600}, Verdict.NOT_YET_VALID),
        ({"exp": NOW + 3600, "nbf": NOW - 3600}, Verdict.VALID),
        ({"exp": "never"}, Verdict.INVALID),
        ({"vct": None}, Verdict.UNDETERMINED),
        ({"vct": 7}, Verdict.MALFORMED),
        ({"vct": ""}, Verdict.MALFORMED),
        ({"iss": 7}, Verdict.MALFORMED),
        ({"cnf": "x"}, Verdict.MALFORMED),
        ({"status": "x"}, Verdict.MALFORMED),
        ({"sub": 7}, Verdict.MALFORMED),
    ],
)
def test_registered_claims_are_judged(changes: dict[str, Any], expected: Verdict):
    assert verdict(token(claims(**changes))) is expected


@pytest.mark.parametrize("typ", ["JWT", "sd-jwt", None])
def test_a_token_that_does_not_say_its_type_may_be_anything(typ: str | None):
    found = report(token(claims(), typ=typ))
    assert found.verdict is Verdict.UNDETERMINED
    assert found.check("structure").problems[0].type == "no-type"


@pytest.mark.parametrize(
    ("revoked", "expected"), [((), Verdict.VALID), ((7,), Verdict.REVOKED)]
)
def test_the_list_of_the_status_claim_is_looked_up(
    revoked: tuple[int, ...], expected: Verdict
):
    assert verdict(with_status(), documents=listed(*revoked)) is expected


def test_the_bit_of_the_other_order_revokes_nothing():
    assert verdict(with_status(0), documents=listed(7)) is Verdict.VALID


@pytest.mark.parametrize("index", [128, -1, "7", None])
def test_a_place_that_is_not_in_the_list_leaves_it_open(index: Any):
    found = report(with_status(index), documents=listed())
    assert found.verdict is Verdict.UNDETERMINED
    assert found.check("status").problems[0].instance == "/status/status_list"


def test_a_list_that_cannot_be_had_leaves_it_open():
    assert verdict(with_status()) is Verdict.UNDETERMINED


def test_another_kind_of_status_leaves_it_open():
    found = report(token(claims(status={"status_assertion": {"x": 1}})))
    assert found.verdict is Verdict.UNDETERMINED
    assert "status_assertion is not supported" in note(found, "status")


@pytest.mark.parametrize("name", ["status", "exp", "nbf", "vct", "cnf", "iss"])
def test_what_decides_validity_cannot_be_held_back(name: str):
    hidden = disclosure("salt", name, HARBOUR.id if name == "iss" else 1)
    payload = {**claims(), "_sd": [digest(hidden)]}
    payload.pop(name, None)
    assert verdict(token(payload, [hidden])) is Verdict.INVALID


def test_a_vc_2_document_is_judged_as_one():
    found = report(token(badge()))
    assert found.verdict is Verdict.VALID
    assert "VC Data Model 2.0" in note(found, "structure")


def test_a_vc_2_document_says_what_was_held_back():
    """An expiry could be among it: the reader has to know."""
    found = report(token({**badge(), "_sd": [digest("x"), digest("y")]}))
    assert note(found, "structure").endswith("2 values are held back, or decoys")


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (badge(issuer=MALLORY.profile), Verdict.INVALID),
        ({**badge(), "iss": MALLORY.id}, Verdict.INVALID),
        (badge(validUntil="2026-03-01T00:00:00Z"), Verdict.EXPIRED),
        ({**badge(), "validFrom": "soon"}, Verdict.MALFORMED),
        ({**badge(), "proof": {"type": "DataIntegrityProof"}}, Verdict.UNDETERMINED),
    ],
)
def test_a_vc_2_document_that_is_not_good_is_told(
    document: dict[str, Any], expected: Verdict
):
    assert verdict(token(document)) is expected


def test_other_questions_are_answered_as_for_any():
    found = report(token(claims()))
    ids = [check.id for check in found.checks]
    assert ids[:3] == ["structure", "proof", "issuer"]
    assert found.check("endorsements").outcome is Outcome.SKIPPED
    assert HOLDER.jwk["x"] not in found.check("proof").note


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("sdjwtvc.expiredSdJwtVc", Verdict.EXPIRED),
        ("sdjwtvc.contentChangedSdJwtVc", Verdict.INVALID),
        ("sdjwtvc.signatureInvalidSdJwtVc", Verdict.INVALID),
        ("sdjwtvc.notBeforeInFutureSdJwtVc", Verdict.NOT_YET_VALID),
        ("sdjwtvc.simpleSdJwtVcWithStatus", Verdict.UNDETERMINED),
    ],
)
def test_published_tokens_are_answered(vectors: Path, name: str, expected: Verdict):
    data = (vectors / "credo-ts" / f"{name}.sd-jwt").read_bytes()
    assert report(data).verdict is expected
