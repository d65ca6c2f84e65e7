"""Is a learner record judged, with a report of its own for each part?"""

import json
from pathlib import Path
from typing import Any

import pytest

from credwallet import formats
from credwallet.errors import Unreadable
from credwallet.model.report import Outcome, Verdict, VerificationReport
from tests.samples import make
from tests.verify.badges import (
    DID_DOCUMENT,
    KID,
    NORTHLIGHT,
    entry,
    northlight_documents,
    report,
)
from tests.verify.records import (
    KNOTS,
    WHOLE,
    association,
    badge,
    endorsement,
    record,
    signed,
    unsigned_record,
)

FOLDER = "1edtech-public-validator/clr20"


def verdicts(found: VerificationReport) -> list[str]:
    return [str(inner.verdict) for inner in found.contains]


@pytest.mark.parametrize(
    ("name", "parts"), [("simple.json", 1), ("simple_v1.json", 6), ("complex.json", 6)]
)
def test_each_part_of_a_published_record_has_a_report(
    vectors: Path, name: str, parts: int
):
    data = (vectors / FOLDER / name).read_bytes()
    found = report(data)
    assert len(found.contains) == parts
    assert {inner.role for inner in found.contains} == {"part"}
    for index, inner in enumerate(found.contains):
        assert inner.pointer == f"/credentialSubject/verifiableCredential/{index}"
        assert inner.subject.raw in data
        assert inner.check("proof").outcome is Outcome.PASSED


def test_a_published_record_in_a_token_has_its_parts(vectors: Path):
    found = report((vectors / FOLDER / "simple.jwt").read_bytes())
    assert found.check("proof").outcome is Outcome.PASSED
    assert found.contains


def test_signed_parts_are_good_and_stand_byte_for_byte_in_the_record():
    parts = [signed(badge(1)), signed(badge(2))]
    data = json.dumps(record(*parts), indent=3).encode()
    found = report(data)
    assert (found.verdict, verdicts(found)) == (Verdict.VALID, ["valid", "valid"])
    for inner, part in zip(found.contains, parts, strict=True):
        assert inner.subject.raw in data
        assert json.loads(inner.subject.raw) == part
        assert report(inner.subject.raw).verdict is Verdict.VALID


def test_a_part_in_a_token_is_a_part():
    token = make.jwt({**badge(1), "issuer": NORTHLIGHT}, make.NORTHLIGHT_KEY, KID)
    envelope = {
        "@context": [make.CONTEXTS[0]],
        "type": ["EnvelopedVerifiableCredential"],
        "id": f"data:application/vc+jwt,{token}",
    }
    found = report(record(envelope), documents=northlight_documents())
    assert verdicts(found) == ["valid"]
    assert found.contains[0].subject.raw.decode() == token


def test_a_record_in_a_token_speaks_for_its_own_parts():
    token = make.jwt(unsigned_record(badge(1)), make.HARBOUR_KEY, make_kid())
    found = report(token)
    assert (found.verdict, verdicts(found)) == (Verdict.VALID, ["valid"])


def make_kid() -> str:
    return f"{make.HARBOUR}#{make.HARBOUR.removeprefix('did:key:')}"


def test_the_record_speaks_for_an_unsigned_part_of_the_same_issuer():
    found = report(record(badge(1)))
    (part,) = found.contains
    assert part.verdict is Verdict.VALID
    assert "the proof of the record" in part.check("proof").note
    assert make.HARBOUR in part.check("issuer").note


def test_the_record_does_not_speak_for_another_issuer():
    found = report(record({**badge(1), "issuer": NORTHLIGHT}))
    (part,) = found.contains
    assert part.verdict is Verdict.UNDETERMINED
    assert part.check("proof").problems[0].type == "no-own-proof"


@pytest.mark.parametrize(
    "members",
    [
        {"validUntil": "2026-03-01T00:00:00Z"},
        {"validFrom": "2027-03-01T00:00:00Z"},
        {"credentialStatus": entry(42)},
    ],
)
def test_a_record_that_is_not_good_speaks_for_nothing(members: dict[str, Any]):
    found = report(record(badge(1), **members))
    assert found.verdict is not Verdict.VALID
    assert verdicts(found) == ["undetermined"]


def test_an_unsigned_part_that_was_added_later_makes_the_record_invalid():
    made = record(badge(1))
    made["credentialSubject"]["verifiableCredential"].append(badge(2))
    found = report(made)
    assert found.verdict is Verdict.INVALID
    assert verdicts(found) == ["undetermined", "undetermined"]


def test_a_part_that_was_changed_is_invalid_and_the_record_with_it():
    made = record(signed(badge(1)), signed(badge(2)))
    made["credentialSubject"]["verifiableCredential"][0]["name"] = "Master"
    found = report(made)
    assert (found.verdict, verdicts(found)) == (Verdict.INVALID, ["invalid", "valid"])


def test_a_record_stands_though_a_part_of_it_is_out_of_date():
    old = signed(badge(1, validUntil="2026-03-01T00:00:00Z"))
    found = report(record(old, signed(badge(2))))
    assert (found.verdict, verdicts(found)) == (Verdict.VALID, ["expired", "valid"])


def test_an_unsigned_part_has_its_own_dates():
    found = report(record(badge(1, validUntil="2026-03-01T00:00:00Z")))
    assert (found.verdict, verdicts(found)) == (Verdict.VALID, ["expired"])


def test_a_record_in_a_record_has_parts_itself():
    inner = record(signed(badge(1)), id="urn:uuid:inner")
    found = report(record(inner))
    assert found.verdict is Verdict.VALID
    assert verdicts(found) == ["valid"]
    assert verdicts(found.contains[0]) == ["valid"]


@pytest.mark.parametrize("depth", [3, 10])
def test_records_in_records_in_records_are_named_and_not_looked_at(depth: int):
    made = record(signed(badge(1)))
    for number in range(depth):
        made = record(made, id=f"urn:uuid:{number}")
    found = report(made)
    for _ in range(2):
        assert found.verdict is Verdict.VALID
        (found,) = found.contains
    assert found.contains == ()
    assert "not looked at" in found.check("structure").note
    assert found.check("structure").outcome is Outcome.UNKNOWN


def test_a_hundred_records_in_each_other_are_unreadable():
    made = unsigned_record(badge(1))
    for number in range(100):
        made = unsigned_record(made, id=f"urn:uuid:{number}")
    with pytest.raises(Unreadable):
        formats.read(json.dumps(made).encode())


def test_more_parts_than_a_thousand_are_not_looked_at():
    part = {"type": ["VerifiableCredential"]}
    found = report(unsigned_record(*[part] * 1001))
    assert found.verdict is not Verdict.VALID
    assert found.contains == ()


@pytest.mark.parametrize(
    ("subject", "words"),
    [
        ({"type": ["AchievementSubject"]}, "ClrSubject"),
        ({"verifiableCredential": []}, "record of nothing"),
        ({"association": ["x"]}, "no object"),
        ({"association": [association("isChildOf", "", KNOTS)]}, "sourceId"),
        ({"association": [{"type": "Association"}]}, "associationType"),
        ({"achievement": [{"name": "no id"}]}, "no achievement with an id"),
    ],
)
def test_a_record_of_a_wrong_shape_is_malformed(subject: dict[str, Any], words: str):
    found = report(unsigned_record(signed(badge(1)), subject=subject))
    assert found.verdict is Verdict.MALFORMED
    assert any(words in each.title for each in found.check("structure").problems)


def test_a_part_that_is_no_credential_is_named():
    found = report(record(signed(badge(1)), "junk"))
    (problem,) = found.check("structure").problems
    assert problem.instance == "/credentialSubject/verifiableCredential/1"


def test_the_endorsements_of_a_part_stand_under_that_part():
    part = badge(1)
    achievement = part["credentialSubject"]["achievement"]
    achievement["endorsement"] = [
        make.signed(endorsement(achievement["id"]), make.NORTHLIGHT_KEY, KID)
    ]
    found = report(record(signed(part)), documents=northlight_documents())
    (inner,) = found.contains
    (endorsed,) = inner.contains
    assert (endorsed.role, endorsed.verdict) == ("endorsement", Verdict.VALID)
    assert endorsed.pointer == "/credentialSubject/achievement/endorsement/0"


def test_associations_are_no_harm_to_the_verdict():
    made = record(
        signed(badge(1)),
        subject={
            "association": [association("isChildOf", f"{KNOTS}/1", WHOLE)],
            "achievement": [described(WHOLE, "Seamanship")],
        },
    )
    assert report(made).verdict is Verdict.VALID
    assert DID_DOCUMENT not in json.dumps(made)


def described(identifier: str, name: str) -> dict[str, Any]:
    return {
        "id": identifier,
        "type": ["Achievement"],
        "name": name,
        "description": name,
        "criteria": {"narrative": "All parts."},
    }
