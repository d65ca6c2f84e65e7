"""Does a learner record keep its associations and the rows of its parts?"""

import json
from typing import Any

import pytest
from hypothesis import given

from credwallet.model.achievement import achievement_of
from credwallet.model.part import summaries_of
from credwallet.model.record import (
    MAX_ASSOCIATIONS,
    Association,
    associations_of,
    names_in,
)
from credwallet.model.summary import Summary, summary_of
from tests.model.shapes import DOCUMENTS, held
from tests.samples import make
from tests.verify.badges import NORTHLIGHT, report
from tests.verify.records import KNOTS, WHOLE, association, badge, record, signed

CHILD = association("isChildOf", f"{KNOTS}/1", WHOLE)


def test_associations_are_read_in_order_and_once():
    second = association("precedes", f"{KNOTS}/1", f"{KNOTS}/2")
    made = record(badge(1), subject={"association": [CHILD, second, CHILD]})
    assert associations_of(made) == (
        Association("isChildOf", f"{KNOTS}/1", WHOLE),
        Association("precedes", f"{KNOTS}/1", f"{KNOTS}/2"),
    )


@pytest.mark.parametrize(
    "value", [None, 7, "x", [], {}, [7], [{"sourceId": 7}], [CHILD]]
)
def test_what_is_no_association_is_left_out(value: Any):
    subject = {"type": ["ClrSubject"], "association": value}
    document = {"type": ["ClrCredential"], "credentialSubject": subject}
    assert len(associations_of(document)) == (value == [CHILD])


def test_only_a_record_has_associations():
    subject = {"association": [CHILD]}
    document = {"type": ["OpenBadgeCredential"], "credentialSubject": subject}
    assert associations_of(document) == ()


def test_there_is_an_end_to_them():
    many = [{**CHILD, "sourceId": f"urn:{n}"} for n in range(2 * MAX_ASSOCIATIONS)]
    subject = {"association": many}
    document = {"type": ["ClrCredential"], "credentialSubject": subject}
    assert len(associations_of(document)) == MAX_ASSOCIATIONS


def test_names_come_from_the_record_and_its_parts():
    described = {"id": WHOLE, "name": "Seamanship"}
    made = record(badge(1))
    made["credentialSubject"]["achievement"] = [described, 7, {"name": "no id"}]
    assert names_in(made) == {WHOLE: "Seamanship", f"{KNOTS}/1": "Knots 1"}


@given(DOCUMENTS)
def test_any_shape_is_read(document: Any):
    assert isinstance(associations_of(document), tuple)
    assert isinstance(names_in(document), dict)


def test_what_a_record_only_describes_was_not_earned():
    """Else a record that speaks of a degree would count as the degree."""
    degree = {"id": WHOLE, "name": "Degree", "creditsAvailable": 180}
    subject = {"type": ["ClrSubject"], "id": "urn:me", "achievement": [degree]}
    document = {"type": ["ClrCredential"], "credentialSubject": subject}
    found = achievement_of(held(document))
    assert (found.identifiers, found.credits) == ((), "")
    assert found.subject_id == "urn:me"


def row(document: dict[str, Any]) -> Summary:
    # As the wallet gives it back: JSON.
    return Summary(*json.loads(json.dumps(summary_of(report(document)))))


def test_each_part_has_a_row_of_its_own():
    kept = row(record(signed(badge(1)), badge(2), subject={"association": [CHILD]}))
    assert (kept.name, kept.achievements, kept.credits) == ("Transcript", [], "")
    assert kept.associations == [["isChildOf", f"{KNOTS}/1", WHOLE]]
    first, second = summaries_of(kept)
    assert (first.id, first.name, first.verdict) == (
        "urn:uuid:part-1",
        "Knots 1",
        "valid",
    )
    assert first.achievements == [f"{KNOTS}/1"]
    assert (first.credits, first.issuer_id) == ("1", make.HARBOUR)
    assert (second.id, second.verdict) == ("urn:uuid:part-2", "valid")
    assert first.sha256 != second.sha256


def test_the_row_of_a_part_is_that_of_the_part_alone():
    made = signed(badge(1))
    (part,) = summaries_of(row(record(made)))
    alone = row(made)
    assert part._replace(sha256="") == alone._replace(
        sha256="", tags=(), parts=(), associations=()
    )


def test_what_the_record_speaks_for_is_good_no_longer_than_the_record():
    until = "2027-01-01T00:00:00Z"
    kept = row(
        record(
            badge(1, validUntil="2029-01-01T00:00:00Z"),
            badge(2),
            badge(3, validUntil="2026-12-24T00:00:00Z"),
            signed(badge(4)),
            validUntil=until,
        )
    )
    ends = [part.valid_until for part in summaries_of(kept)]
    assert ends == [until, until, "2026-12-24T00:00:00Z", ""]


def test_parts_of_records_in_records_have_rows_and_the_records_none():
    inner = record(signed(badge(1)), id="urn:uuid:inner")
    kept = row(record(inner, signed(badge(2))))
    assert [part.id for part in summaries_of(kept)] == [
        "urn:uuid:part-1",
        "urn:uuid:part-2",
    ]


def test_a_part_that_nobody_speaks_for_is_undetermined():
    kept = row(record({**badge(1), "issuer": NORTHLIGHT}))
    (part,) = summaries_of(kept)
    assert part.verdict == "undetermined"


def test_a_badge_has_no_parts():
    kept = row(signed(badge(1)))
    assert (kept.parts, kept.associations, summaries_of(kept)) == ([], [], ())
