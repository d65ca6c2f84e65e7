"""What do learner records, badges and European credentials become as rules?"""

import json
from fractions import Fraction

import pytest

from credwallet.errors import Unreadable, Usage
from credwallet.stacking import load
from credwallet.stacking.drafts.durations import hours_of
from tests.stacking.ctdl import DAY, draft, drafts
from tests.stacking.given import ask, held

OPEN = "it does not say that these are all"
BASE = "https://u.example/"
VCDM = ["https://www.w3.org/ns/credentials/v2"]
OB = [*VCDM, "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"]
CLR = [*OB, "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"]
ISSUER = {"id": "https://u.example/issuer", "type": ["Profile"], "name": "A University"}


def achievement(name, **members):
    return {"id": BASE + name, "type": ["Achievement"], "name": name.title(), **members}


def record(*associations, achievements=()):
    """A learner record; an association is "a isPartOf b"."""
    said = []
    for each in associations:
        source, kind, target = each.split()
        said.append(
            {
                "type": ["Association"],
                "associationType": kind,
                "sourceId": BASE + source,
                "targetId": BASE + target,
            }
        )
    return {
        "@context": CLR,
        "type": ["VerifiableCredential", "ClrCredential"],
        "id": "urn:uuid:1",
        "issuer": ISSUER,
        "validFrom": "2026-01-01T00:00:00Z",
        "credentialSubject": {
            "type": ["ClrSubject"],
            "association": said,
            "achievement": [
                achievement(name) if isinstance(name, str) else name
                for name in achievements
            ],
        },
    }


def badge(**members):
    subject = {"type": ["AchievementSubject"], **members.pop("subject", {})}
    return {
        "@context": OB,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "id": "urn:uuid:2",
        "issuer": ISSUER,
        "validFrom": "2026-01-01T00:00:00Z",
        "credentialSubject": {**subject, "achievement": achievement("data", **members)},
    }


def ids(qualification):
    return [leaf.match.achievement for leaf in qualification.requirements]


@pytest.mark.parametrize(
    "association",
    ["part isChildOf whole", "part isPartOf whole", "whole isParentOf part"],
)
def test_a_part_is_asked_for_by_its_whole(association):
    found = draft(record(association, achievements=["part", "whole"]))
    rules = load(found.toml, "it")
    assert (rules.id, rules.title, rules.basis) == (f"{BASE}whole", "Whole", "estimate")
    assert rules.award.achievement == (f"{BASE}whole",)
    assert ids(rules) == [(f"{BASE}part",)]
    assert rules.awarded_by == ("A University",)
    assert rules.issuer_ids == (ISSUER["id"],)
    assert rules.read_on == DAY


def test_the_draft_says_that_the_list_may_be_incomplete_and_nothing_was_verified():
    found = draft(record("part isPartOf whole"))
    assert found.notes == (
        f"read as: every part that the record names is asked for: {OPEN}",
    )
    assert "# Nothing was verified." in found.toml


def test_a_whole_within_a_whole_is_two_sets_of_rules():
    found = drafts(record("a isPartOf b", "b isPartOf c", "x isPartOf b"))
    assert {each.id: ids(load(each.toml, "it")) for each in found} == {
        f"{BASE}b": [(f"{BASE}a",), (f"{BASE}x",)],
        f"{BASE}c": [(f"{BASE}b",)],
    }


def test_parts_in_a_circle_are_left_out_and_named():
    found = draft(record("a isPartOf b", "b isPartOf a", "c isPartOf b"))
    assert ids(load(found.toml, "it")) == [(f"{BASE}c",)]
    assert [note for note in found.notes if "circle" in note] == [
        f"left out: {BASE}a isPartOf {BASE}b: a circle",
        f"left out: {BASE}b isPartOf {BASE}a: a circle",
    ]


def test_a_record_of_circles_only_is_refused():
    with pytest.raises(Usage, match="does not say what an award is made of"):
        drafts(record("a isPartOf b", "b isPartOf a", "c isPartOf c"))


@pytest.mark.parametrize(
    "association", ["part exactMatchOf same", "same exactMatchOf part"]
)
def test_what_is_an_exact_match_counts_as_the_part(association):
    found = draft(record("part isPartOf whole", association))
    rules = load(found.toml, "it")
    assert ask(rules, held(achievement=f"{BASE}same")).satisfied
    assert not ask(rules, held(achievement=f"{BASE}other")).satisfied


def test_what_is_replaced_counts_too_and_the_missing_date_is_said():
    found = draft(record("part isPartOf whole", "part replacedBy newer"))
    assert ask(load(found.toml, "it"), held(achievement=f"{BASE}newer")).satisfied
    assert any("from which day on is not said" in note for note in found.notes)


@pytest.mark.parametrize(
    ("kind", "why"),
    [
        ("precedes", "order only"),
        ("isPeerOf", "it asks for nothing"),
        ("isRelatedTo", "it asks for nothing"),
        ("ext:other", "it asks for nothing"),
    ],
)
def test_other_associations_are_only_reported(kind, why):
    found = draft(record("part isPartOf whole", f"part {kind} other"))
    assert f"left out: {BASE}part {kind} {BASE}other: {why}" in found.notes
    assert found.counts.left == 1


def test_kinds_and_tags_of_the_parts_are_kept_and_credits_have_no_unit():
    part = achievement(
        "part", achievementType="Course", tag=["core"], creditsAvailable=4.0
    )
    found = draft(record("part isPartOf whole", achievements=[part]))
    (fact,) = load(found.toml, "it").facts
    assert (fact.id, fact.kind, fact.tags) == (f"{BASE}part", "course", ("core",))
    assert fact.credits is None
    assert any(note.startswith("left out: 4 credits of Part") for note in found.notes)


def test_several_names_of_one_achievement_are_said():
    twice = [achievement("part"), {**achievement("part"), "name": "Another"}]
    found = draft(record("part isPartOf whole", achievements=twice))
    assert f"note: {BASE}part has several names: Part, Another" in found.notes


def test_a_badge_is_a_beginning_that_asks_for_itself():
    found = draft(badge(achievementType="MicroCredential", tag=["data"]))
    rules = load(found.toml, "it")
    assert (rules.id, rules.award, rules.basis) == (
        f"draft/{BASE}data",
        None,
        "estimate",
    )
    assert ids(rules) == [(f"{BASE}data",)]
    assert [(fact.kind, fact.tags) for fact in rules.facts] == [("micro", ("data",))]


def test_related_achievements_are_the_same_for_most_purposes():
    """Open Badges 3.0, `related`: other languages and older versions, not parts."""
    related = [{"type": ["Related"], "id": f"{BASE}daten", "inLanguage": "de"}]
    found = draft(badge(related=related))
    rules = load(found.toml, "it")
    assert ids(rules) == [(f"{BASE}data",)]
    assert ask(rules, held(achievement=f"{BASE}daten")).satisfied


def test_results_levels_credits_and_criteria_of_a_badge_are_reported():
    found = draft(
        badge(
            creditsAvailable=5,
            criteria={"narrative": "Do it."},
            resultDescription=[{"rubricCriterionLevel": [{"name": "High"}]}],
            subject={"result": [{"value": "A"}], "creditsEarned": 5},
        )
    )
    assert [note.split(":")[1].strip() for note in found.notes[:5]] == [
        "5 credits of Data",
        "the result levels of Data",
        "result",
        "creditsEarned",
        "criteria, in words",
    ]
    assert found.counts.left == 5


EQF6 = {"id": "http://data.europa.eu/snb/eqf/6", "prefLabel": {"en": "Level 6"}}
ECTS = "http://data.europa.eu/snb/education-credit/6fcec5c5af"


def points(amount, framework=ECTS):
    return {"point": amount, "framework": {"id": framework}}


def claim(name, **members):
    local = {"id": f"urn:epass:{name}", "type": "LearningAchievement"}
    return {**local, "title": {"fr": "Autre", "en": name.title()}, **members}


def spec(name, **members):
    return {"id": BASE + name, "type": "Qualification", **members}


def european(*claims):
    return {
        "@context": VCDM,
        "id": "urn:credential:1",
        "type": ["VerifiableCredential", "EuropeanDigitalCredential"],
        "issuer": {**ISSUER, "legalName": {"en": "A University"}},
        "validFrom": "2026-01-01T00:00:00Z",
        "credentialSubject": {"id": "urn:epass:person:1", "hasClaim": list(claims)},
    }


def test_the_parts_of_a_european_claim_are_asked_for_with_what_they_are_worth():
    one = spec("one", creditPoint=points("2.5"), eqfLevel=EQF6)
    two = claim("two", specifiedBy=spec("two", creditPoint=points("5")))
    whole = spec("whole", eqfLevel=EQF6, hasPart=[one])
    found = draft(european(claim("whole", specifiedBy=whole, hasPart=two)))
    rules = load(found.toml, "it")
    assert (rules.id, rules.title) == (f"{BASE}whole", "Whole")
    assert rules.award.achievement == (f"{BASE}whole",)
    assert (rules.level, rules.framework, rules.basis) == (6, "eqf", "estimate")
    assert ids(rules) == [(f"{BASE}two",), (f"{BASE}one",)]
    assert {f.id: (f.credits, f.credit_unit, f.level) for f in rules.facts} == {
        f"{BASE}two": (5, "ects", None),
        f"{BASE}one": (Fraction(5, 2), "ects", 6),
    }


def test_what_is_a_part_of_something_drafts_that():
    part = claim("part", specifiedBy=spec("part", isPartOf=spec("whole")))
    rules = load(draft(european(part)).toml, "it")
    assert (rules.id, ids(rules)) == (f"{BASE}whole", [(f"{BASE}part",)])


def test_without_an_identifier_that_holds_outside_a_claim_is_for_people():
    found = draft(
        european(
            claim(
                "alone",
                specifiedBy={
                    "id": "urn:epass:1",
                    "volumeOfLearning": "PT60H",
                    "creditPoint": points("2"),
                    "isPartialQualification": True,
                    "entitlesTo": {"title": {"en": "Study on"}},
                    "nqfLevel": {"prefLabel": {"en": "RQF Level 6"}},
                },
            )
        )
    )
    (leaf,) = load(found.toml, "it").requirements
    assert (leaf.type, leaf.text) == (
        "manual",
        "2 credits (ects); 60 hours of learning",
    )
    for said in (
        "left out: Alone is a part of a qualification that is not named",
        "left out: what it entitles to: Study on",
        "left out: national level RQF Level 6",
    ):
        assert said in found.notes


@pytest.mark.parametrize(
    ("label", "level", "framework"),
    [("RQF Level 6", 6, "rqf"), ("Some framework", None, "")],
)
def test_a_national_level_is_taken_where_its_label_says_a_number(
    label, level, framework
):
    whole = spec("whole", nqfLevel={"prefLabel": {"en": label}}, hasPart=spec("one"))
    found = draft(european(claim("whole", specifiedBy=whole)))
    rules = load(found.toml, "it")
    assert (rules.level, rules.framework) == (level, framework)
    assert any(label in note for note in found.notes)


@pytest.mark.parametrize(
    ("duration", "hours"),
    [
        ("PT60H", 60),
        ("PT1H30M", Fraction(3, 2)),
        ("PT0.5H", Fraction(1, 2)),
        ("PT90S", Fraction(1, 40)),
        ("P1D", None),
        ("P8W", None),
        ("P2M", None),
        ("P1DT1H", None),
        ("PT", None),
        ("60", None),
        ("-PT1H", None),
        ("PT\u0661H", None),
    ],
)
def test_only_hours_minutes_and_seconds_are_hours(duration, hours):
    assert hours_of(duration) == hours


def test_what_is_uploaded_to_the_european_builder_is_its_credential():
    document = {"credential": european(claim("a", specifiedBy=spec("a")))}
    assert ids(load(draft(document).toml, "it")) == [(f"{BASE}a",)]


def test_a_presentation_is_drafted_credential_by_credential():
    document = {
        "@context": VCDM,
        "type": ["VerifiablePresentation"],
        "verifiableCredential": [badge(), record("part isPartOf whole")],
    }
    assert [each.id for each in drafts(document)] == [
        f"draft/{BASE}data",
        f"{BASE}whole",
    ]


@pytest.mark.parametrize("data", [b"", b"junk", b"{", b'{"a": 1}', b"\x89PNG"])
def test_what_is_neither_is_refused_by_name(data):
    with pytest.raises(Unreadable) as caught:
        drafts(data)
    assert caught.value.what.startswith("it.json: ")
    assert "\n" not in caught.value.what
    assert caught.value.next_step


def test_a_credential_without_an_achievement_has_nothing_to_import():
    other = {**badge(), "credentialSubject": {"id": "did:example:1"}}
    with pytest.raises(Usage, match="does not say what an award is made of"):
        drafts(json.dumps(other).encode())
