"""Does the learner see what was signed, all of it, and nothing else?"""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from credwallet.model.achievement import achievement_of, signed_view
from tests.model.shapes import DOCUMENTS, JSON, held

BADGE: dict[str, Any] = {
    "name": "Cleaning Data",
    "evidence": [{"id": "https://work.example/1", "narrative": "The notebook."}],
    "credentialSubject": {
        "id": "did:example:learner",
        "creditsEarned": 2.5,
        "result": [
            {"resultDescription": "urn:grade", "value": "B+", "status": "Completed"}
        ],
        "achievement": {
            "id": "https://harbour.example/cleaning",
            "name": {"de": "Daten reinigen", "en": "Cleaning Data"},
            "description": "Mends tables.",
            "criteria": {"id": "https://harbour.example/c", "narrative": "An exam."},
            "achievementType": "MicroCredential",
            "humanCode": "CD-1",
            "fieldOfStudy": "Statistics",
            "creditsAvailable": 3,
            "otherIdentifier": [{"identifier": "urn:x:1"}, {"identifier": "urn:x:1"}],
            "tag": ["data", "tables", "data"],
            "alignment": {"targetName": "Data", "targetUrl": "https://s.example/d"},
            "resultDescription": [{"id": "urn:grade", "name": "Grade"}],
        },
    },
}


def test_everything_that_open_badges_3_says_of_an_achievement_is_read():
    achievement = achievement_of(held(BADGE))
    assert achievement.name == "Cleaning Data"
    assert achievement.criteria == "An exam."
    assert achievement.criteria_url == "https://harbour.example/c"
    assert achievement.identifiers == ("https://harbour.example/cleaning", "urn:x:1")
    assert achievement.keywords == ("data", "tables")
    assert achievement.alignments[0].target_name == "Data"
    assert achievement.results[0] == ("Grade", "B+", "Completed")
    assert achievement.evidence[0].narrative == "The notebook."
    assert achievement.subject_id == "did:example:learner"
    assert (achievement.human_code, achievement.field_of_study) == (
        "CD-1",
        "Statistics",
    )


def test_credits_earned_count_before_credits_available():
    assert achievement_of(held(BADGE)).credits == "2.5"
    without = signed_view(BADGE, ["/credentialSubject/creditsEarned"])
    assert achievement_of(held(without)).credits == "3"


def test_a_badge_of_version_2_has_its_achievement_in_its_badge_class():
    achievement = achievement_of(
        held(
            {
                "badge": {
                    "id": "https://old.example/b",
                    "name": "Old",
                    "criteria": "https://old.example/criteria",
                    "tags": ["old"],
                },
                "recipient": {"type": "email", "identity": "a@example.org"},
            }
        )
    )
    assert (achievement.name, achievement.criteria_url) == (
        "Old",
        "https://old.example/criteria",
    )
    assert achievement.keywords == ("old",)


def test_a_badge_class_that_is_only_an_address_is_at_least_named():
    badge = {"badge": "https://old.example/b"}
    assert achievement_of(held(badge)).id == "https://old.example/b"


def test_what_no_proof_covers_is_not_read():
    achievement = achievement_of(
        held(BADGE),
        ["/credentialSubject/achievement/description", "/evidence/0/narrative"],
    )
    assert achievement.description == ""
    assert achievement.evidence[0].narrative == ""
    assert achievement.name == "Cleaning Data"


@pytest.mark.parametrize("value", [True, False, None, "3", [3], {"value": 3}])
def test_credits_that_are_no_number_are_none(value: Any):
    document = {"credentialSubject": {"creditsEarned": value}}
    assert achievement_of(held(document)).credits == ""


@given(
    st.integers(-(10**30), 10**30)
    | st.floats(allow_nan=False, allow_infinity=False, width=64)
)
def test_the_text_of_credits_is_the_number_that_was_written(value: float):
    document = {"credentialSubject": {"creditsEarned": value}}
    text = achievement_of(held(document)).credits
    assert float(Fraction(text)) == float(value)
    assert not text.endswith(".0")


def test_a_pointer_takes_out_the_member_it_names_and_no_other():
    document = {"a": {"b": 1, "c": 2}, "b": 3}
    assert signed_view(document, ["/a/b"]) == {"a": {"c": 2}, "b": 3}


def test_a_pointer_into_an_array_takes_out_that_entry():
    document = {"list": ["x", {"y": 1, "z": 2}, "w"]}
    assert signed_view(document, ["/list/0", "/list/1/y"]) == {"list": [{"z": 2}, "w"]}


def test_escapes_of_pointers_are_read_as_rfc_6901_says():
    document = {"a/b": 1, "m~n": 2, "~1": 3, "/": 4}
    assert signed_view(document, ["/a~1b", "/m~0n"]) == {"~1": 3, "/": 4}
    assert signed_view(document, ["/~01", "/~1"]) == {"a/b": 1, "m~n": 2}


def test_a_pointer_to_a_member_with_an_empty_name_takes_out_that():
    assert signed_view({"": {"": 1, "a": 2}}, ["//"]) == {"": {"a": 2}}


def test_the_pointer_to_the_whole_takes_out_everything():
    assert signed_view({"a": 1}, [""]) == {}


def test_a_pointer_to_nothing_changes_nothing():
    document = {"a": [1], "b": "text"}
    pointers = ["/x", "/a/1", "/a/-", "/a/00", "/b/0", "/a/0/x"]
    assert signed_view(document, pointers) == document


def test_the_document_itself_is_never_changed():
    document = {"a": {"b": [1, 2]}}
    signed_view(document, ["/a/b/0"])
    assert document == {"a": {"b": [1, 2]}}


def _places(value: Any, at: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    members: Any = ()
    if isinstance(value, dict):
        members = value.items()
    elif isinstance(value, list):
        members = ((str(index), entry) for index, entry in enumerate(value))
    found = [at] if at else []
    for name, member in members:
        found += _places(member, (*at, name))
    return found


def _pointer(place: tuple[str, ...]) -> str:
    parts = (part.replace("~", "~0").replace("/", "~1") for part in place)
    return "".join(f"/{part}" for part in parts)


def _leaves(value: Any, gone: set[tuple[str, ...]]) -> list[Any]:
    """Every leaf that does not lie at or below a place that is gone, in order."""
    kept = []
    for place in _places(value):
        if any(place[: len(start)] == start for start in gone):
            continue
        here = value
        for part in place:
            here = here[int(part)] if isinstance(here, list) else here[part]
        if not isinstance(here, dict | list):
            kept.append((place[-1] if not place[-1].isdigit() else "", here))
    return kept


@given(st.dictionaries(st.text(max_size=4), JSON, max_size=4), st.data())
def test_exactly_what_the_pointers_name_is_taken_out(
    document: dict[str, Any], data: st.DataObject
):
    places = _places(document)
    assume(places)
    gone = set(data.draw(st.lists(st.sampled_from(places), max_size=3)))
    view = signed_view(document, [_pointer(place) for place in gone])
    assert repr(_leaves(view, set())) == repr(_leaves(document, gone))


@given(DOCUMENTS, st.lists(st.text(max_size=6), max_size=3))
def test_reading_an_achievement_never_raises(
    document: dict[str, Any], unsigned: list[str]
):
    achievement = achievement_of(held(document), unsigned)
    assert all(isinstance(text, str) for text in achievement.identifiers)
    assert all(isinstance(text, str) for text in achievement[:8])
    for group in (achievement.alignments, achievement.results, achievement.evidence):
        assert all(isinstance(text, str) for entry in group for text in entry)
