"""European Learning Model: what a row and `show` say about a learning achievement."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credwallet import formats
from credwallet.model import learning_achievement
from credwallet.model.achievement import achievement_of
from tests.verify.seals import ECTS, claim, document

EQF = "http://data.europa.eu/snb/eqf/"


def of(**changes):
    subject = {"id": "https://me.example/1", "hasClaim": claim(**changes)}
    return learning_achievement.read(document(credentialSubject=subject))


def specified(**changes):
    return claim()["specifiedBy"] | changes


def credit(point, framework=ECTS):
    return {"framework": {"id": framework}, "point": point}


def test_the_sample_of_the_commission_is_read(vectors):
    held = formats.read(
        (vectors / "eu-elm/Sample-MC-Annex1-signed.jsonld").read_bytes()
    )
    found = achievement_of(held)
    assert found.name == "Digital micro-credential creation"
    assert (found.credits, found.credit_unit) == ("2", "ects")
    assert (found.level, found.framework) == ("6", "eqf")
    assert found.achievement_type == "Short learning programme"
    assert found.field_of_study == "Personal skills and development"
    assert [result.value for result in found.results] == ["Pass"]
    assert found.alignments[0].target_name == "stimulate creativity in the team"
    assert found.alignments[0].target_url.startswith("http://data.europa.eu/esco/")
    assert found.alignments[0].target_framework == "ESCO"


def test_numbers_within_the_file_never_identify_anything(vectors):
    identifiers = set()
    for name in ("Sample-MC-Annex1-signed", "Sample-CertOfPart-signed"):
        held = formats.read((vectors / f"eu-elm/{name}.jsonld").read_bytes())
        found = achievement_of(held)
        assert found.id.startswith("urn:credential:")
        assert found.subject_id == ""
        identifiers.add(found.id)
    assert len(identifiers) == 2


def test_what_specifies_an_achievement_identifies_it():
    found = of(
        specifiedBy=specified(identifier={"schemeName": "ours", "notation": "BK-7"})
    )
    assert found.identifiers == ("https://school.example/course/7", "BK-7")
    assert found.human_code == "BK-7"
    assert found.subject_id == "https://me.example/1"


def test_parts_and_parts_of_parts_come_last():
    deep = {"specifiedBy": {"id": "https://school.example/course/7b"}}
    part = {
        "id": "https://school.example/unit/1",
        "identifier": [{"notation": "U1"}],
        "hasPart": deep,
    }
    found = of(hasPart=[part], specifiedBy=specified(hasPart={"id": "https://s/2"}))
    assert found.identifiers == (
        "https://school.example/course/7",
        "https://school.example/unit/1",
        "U1",
        "https://s/2",
        "https://school.example/course/7b",
    )


def test_an_achievement_goes_before_an_activity():
    activity = {"type": "LearningActivity", "title": {"en": "Sitting"}}
    subject = {"hasClaim": [activity, claim()]}
    found = learning_achievement.read(document(credentialSubject=subject))
    assert found.name == "Bookkeeping basics"


@pytest.mark.parametrize(
    ("changes", "points", "unit"),
    [
        ({"creditReceived": credit("3")}, "3", "ects"),
        ({"creditReceived": [credit("9", "urn:x:y"), credit("2.5")]}, "2.5", "ects"),
        ({"creditReceived": credit(4)}, "4", "ects"),
        ({"creditReceived": credit(2.0)}, "2", "ects"),
        ({"creditReceived": credit("40", "urn:our:points")}, "40", "urn:our:points"),
        ({"creditReceived": credit("many")}, "", ""),
        ({"creditReceived": credit("-5")}, "", ""),
        ({"creditReceived": credit("1e9")}, "", ""),
        ({"creditReceived": credit(True)}, "", ""),
        ({"creditReceived": None}, "", ""),
        ({}, "6", "ects"),
    ],
)
def test_credits_received_count_and_else_those_to_be_had(changes, points, unit):
    found = of(**changes)
    assert (found.credits, found.credit_unit) == (points, unit)


def test_a_framework_without_an_address_goes_by_its_name():
    framework = {"id": "urn:epass:1", "prefLabel": {"en": "Local Points"}}
    found = of(creditReceived={"framework": framework, "point": "1"})
    assert found.credit_unit == "local points"


@pytest.mark.parametrize(
    ("levels", "level"),
    [
        ({"id": f"{EQF}7"}, "7"),
        ([{"id": "http://x.example"}, {"id": f"{EQF}3"}], "3"),
        ({"id": f"{EQF}9"}, ""),
        ({"id": f"{EQF}10"}, ""),
        ({"id": 6}, ""),
    ],
)
def test_a_level_is_one_of_the_european_framework(levels, level):
    found = of(specifiedBy=specified(eqfLevel=levels))
    assert (found.level, found.framework) == (level, "eqf" if level else "")


def test_the_title_of_the_credential_stands_in_for_one_of_the_achievement():
    subject = {"hasClaim": {"type": "LearningAchievement"}}
    shown = {"title": {"en": "Certificate"}}
    whole = document(credentialSubject=subject, displayParameter=shown)
    assert learning_achievement.read(whole).name == "Certificate"


def test_an_address_of_mail_is_read_without_its_scheme():
    (subject,) = (document()["credentialSubject"],)
    assert learning_achievement.mail_addresses(subject) == ("ada@learner.example",)


def test_a_thousand_parts_are_read_in_time():
    part = {"hasPart": [{"id": f"https://s.example/{n}"} for n in range(1000)]}
    assert len(of(hasPart=[part] * 100).identifiers) <= 1500


ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["id", "type", "title", "en", "point", "hasPart", "notation"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)
MEMBERS = (
    *("type", "title", "creditReceived", "hasPart", "provenBy", "specifiedBy"),
    *("identifier", "grade", "description"),
)


@given(st.dictionaries(st.sampled_from(MEMBERS), ANY), ANY, ANY)
def test_any_shape_is_read_without_an_error(changes, specifying, subject):
    if isinstance(specifying, dict):
        changes["specifiedBy"] = specified(**specifying)
    found = of(**changes)
    assert json.dumps(found.identifiers)
    learning_achievement.read(document(credentialSubject=subject))
