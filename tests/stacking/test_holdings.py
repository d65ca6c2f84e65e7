"""Does each credential of a wallet count once, also those in learner records?"""

from typing import Any

import pytest

from credwallet.model.qualification import Holding, Standing
from credwallet.model.record import Association
from credwallet.model.summary import Summary
from credwallet.stacking import holdings_of

LISTS = ("types", "achievements", "alignments", "skills", "keywords", "tags")
RECORD = ["VerifiableCredential", "ClrCredential"]
ISSUER = "did:web:i.example"


def summary(**values: Any) -> Summary:
    defaults = dict.fromkeys(Summary._fields, "") | dict.fromkeys(LISTS, ())
    defaults |= {"parts": (), "associations": (), "verdict": "valid"}
    return Summary(**(defaults | {"issuer_id": ISSUER} | values))


def part(number: int, **values: Any) -> dict[str, Any]:
    """Write the row of a part, as JSON keeps it."""
    row = {
        "id": f"urn:{number}",
        "issuer_id": ISSUER,
        "verdict": "valid",
        "types": ["VerifiableCredential", "OpenBadgeCredential"],
        "achievements": [f"x:{number}"],
        "credits": "2",
        **values,
    }
    return {name: value for name, value in row.items() if value}


def record(*parts: dict[str, Any], **values: Any) -> Summary:
    return summary(**{"id": "urn:r", "types": RECORD, "parts": parts, **values})


def counted(*rows: tuple[str, Summary]) -> dict[str, Holding]:
    return {holding.handle: holding for holding in holdings_of(rows)}


def test_a_record_brings_what_it_holds_and_is_nothing_itself():
    found = counted(("r", record(part(1), part(2))))
    assert list(found) == ["r/1", "r/2"]
    assert found["r/2"].achievement == "x:2"
    assert found["r/2"].credits == 2
    assert found["r/2"].standing is Standing.VERIFIED


@pytest.mark.parametrize(
    "kind",
    ["EndorsementCredential", "ClrCredential", "BitstringStatusListCredential"],
)
def test_what_says_nothing_about_the_learner_is_no_holding(kind: str):
    types = ["VerifiableCredential", kind]
    assert counted(("a", summary(types=types))) == {}
    assert counted(("r", record(part(1, types=types)))) == {}


def test_the_same_badge_alone_and_in_a_record_counts_once():
    alone = summary(id="urn:1", achievements=["x:1"])
    found = counted(("r", record(part(1), part(2))), ("a", alone))
    assert sorted(found) == ["a", "r/2"]


def test_the_same_badge_in_two_records_counts_once():
    one, other = record(part(1)), record(part(1), part(2), id="urn:s")
    assert sorted(counted(("r", one), ("s", other))) == ["r/1", "s/2"]


def test_badges_without_an_id_are_the_same_by_their_bytes():
    same = part(1, id="", sha256="aa")
    alone = summary(sha256="aa")
    other = summary(sha256="bb")
    found = counted(("r", record(same)), ("a", alone), ("b", other))
    assert sorted(found) == ["a", "b"]


@pytest.mark.parametrize(
    ("alone", "inside", "kept"),
    [
        ("valid", "valid", "a"),
        ("revoked", "valid", "a"),
        ("valid", "revoked", "r/1"),
        ("valid", "suspended", "r/1"),
        ("undetermined", "valid", "r/1"),
        ("expired", "valid", "r/1"),
        ("invalid", "undetermined", "r/1"),
        ("valid", "expired", "a"),
        ("expired", "expired", "a"),
    ],
)
def test_of_two_copies_one_that_was_taken_back_counts_then_the_better_one(
    alone: str, inside: str, kept: str
):
    rows = (
        ("a", summary(id="urn:1", verdict=alone)),
        ("r", record(part(1, verdict=inside))),
    )
    assert list(counted(*rows)) == [kept]
    assert list(counted(*reversed(rows))) == [kept]


def test_what_is_in_the_trash_counts_nowhere():
    trashed = summary(id="urn:1", trashed_at="2026-01-01T00:00:00Z")
    found = counted(("r", record(part(1), part(2))), ("a", trashed))
    assert list(found) == ["r/2"]


def test_a_record_in_the_trash_brings_nothing():
    trashed = record(part(1), trashed_at="2026-01-01T00:00:00Z")
    assert counted(("r", trashed)) == {}


def test_a_part_of_a_bad_record_goes_by_its_own_verdict():
    found = counted(("r", record(part(1), verdict="invalid")))
    assert found["r/1"].standing is Standing.VERIFIED


EQUAL = (Association("exactMatchOf", "x:1", "y:1"),)


def test_what_the_issuer_calls_equal_counts_as_equal():
    found = counted(("r", record(part(1), part(2), associations=EQUAL)))
    assert found["r/1"].same_as == ("y:1",)
    assert found["r/2"].same_as == ()


def test_it_counts_in_both_directions_and_for_badges_beside_the_record():
    alone = summary(id="urn:9", achievements=["y:1"])
    found = counted(("r", record(associations=EQUAL)), ("a", alone))
    assert found["a"].same_as == ("x:1",)


@pytest.mark.parametrize(
    "values",
    [
        {"issuer_id": "did:web:another.example"},
        {"verdict": "undetermined"},
        {"verdict": "revoked"},
        {"associations": [["isChildOf", "x:1", "y:1"]]},
        {"associations": [["isRelatedTo", "x:1", "y:1"]]},
    ],
)
def test_nobody_else_can_call_it_equal_and_no_other_word_does(values: dict[str, Any]):
    said = record(**{"associations": [["exactMatchOf", "x:1", "y:1"]], **values})
    found = counted(("r", said), ("a", summary(id="urn:1", achievements=["x:1"])))
    assert found["a"].same_as == ()


def test_an_unknown_column_of_a_part_is_left_out():
    assert list(counted(("r", record(part(1, something_new="x"))))) == ["r/1"]
