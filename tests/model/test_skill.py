"""Are the skills of credentials found, and the same ones put together?"""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credwallet.model.skill import ALIGNMENT, NAME, TAG, Said, joined, said_by
from tests.store.wallets import EMPTY

TEAMS = "http://data.europa.eu/esco/skill/60c78287-22eb-4103-9c8c-28deaa460da0"


def row(*aligned: tuple[str, ...], **changes: Any):
    full = [text for each in aligned for text in (*each, *[""] * (5 - len(each)))]
    return EMPTY._replace(aligned=full, **changes)


def names(summary) -> list[tuple[str, str]]:
    return [(said.name, said.origin) for said in said_by(summary)[0]]


def test_alignments_come_first_then_tags_and_the_name_only_if_nothing_else_is_said():
    aligned = row(("Wood", "https://a.example/1"), keywords=["craft"], name="Woodwork")
    assert names(aligned) == [("Wood", ALIGNMENT), ("craft", TAG)]
    assert names(row(keywords=["craft"], name="Woodwork")) == [("craft", TAG)]
    assert names(row(name="Woodwork")) == [("Woodwork", NAME)]
    assert names(row()) == []


def test_a_tag_that_says_the_same_as_an_alignment_is_said_once():
    assert names(row(("Wood",), keywords=["wood", "WOOD ", "oak", "Oak"])) == [
        ("Wood", ALIGNMENT),
        ("oak", TAG),
    ]


def test_a_nameless_item_goes_by_its_code_and_then_by_its_address():
    assert names(row(("", "https://a.example/1", "W-1"))) == [("W-1", ALIGNMENT)]
    assert names(row(("", "https://a.example/1"))) == [
        ("https://a.example/1", ALIGNMENT)
    ]


def test_an_older_row_tells_the_names_alone():
    assert names(row(skills=["Wood"], keywords=["craft"])) == [
        ("Wood", ALIGNMENT),
        ("craft", TAG),
    ]


def test_what_is_no_skill_is_named_and_stands_in_no_list():
    summary = row(
        ("Roofer", "http://data.europa.eu/esco/isco/C7121", "7121", "ESCO"),
        ("Degree", "https://a.example/d", "", "", "ceterms:Credential"),
        name="Roofing",
    )
    skills, left_out = said_by(summary)
    assert skills == []
    assert [(one.name, one.about) for one in left_out] == [
        ("Roofer", "occupation"),
        ("Degree", "credential"),
    ]


def test_a_tag_says_the_kind_of_all_that_the_framework_does_not():
    skills, _ = said_by(
        row(
            ("Listening", "https://a.example/1"),
            ("Drilling", "", "2.B.3.m", "O*NET"),
            keywords=["Soft Skills", "talk"],
        )
    )
    assert [(said.name, said.kind, said.why) for said in skills] == [
        ("Listening", "soft", "issuer's tag: Soft Skills"),
        ("Drilling", "hard", "O*NET: technical skills"),
        ("talk", "soft", "issuer's tag: Soft Skills"),
    ]


def test_the_learner_s_own_tag_goes_before_the_issuer_s():
    (said,), _ = said_by(row(("A",), keywords=["hard skills"], tags=["transferable"]))
    assert (said.kind, said.why) == ("soft", "your tag: transferable")


def test_tags_that_contradict_each_other_say_nothing():
    (said,), _ = said_by(row(("A",), keywords=["hard skills", "soft skills"]))
    assert (said.kind, said.why) == ("", "")


def test_one_item_in_two_registers_is_one_skill():
    skills, _ = said_by(
        row(
            ("Degree", "https://a.example/1", "d", "Catalog", "CFItem"),
            ("Degree", "https://b.example/7", "d", "Catalog", "CTDL"),
        )
    )
    assert [said.url for said in skills] == ["https://a.example/1"]


def grouped(*credentials: list[Said]) -> list[tuple[str, list[int]]]:
    return [(skill.name, list(skill.behind)) for skill in joined(credentials)]


def said(
    name: str, url: str = "", code: str = "", framework: str = "F", **more
) -> Said:
    return Said(name, ALIGNMENT, framework, url, code, **more)


URL, OTHER = "https://f.example/wood", "https://f.example/metal"


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        (said("Wood", URL), said("Timber", "http://www.F.example/wood/"), True),
        (said("Wood", URL), said("Wood", OTHER), False),
        (said("Wood", URL, "W1"), said("Holz", "", "w1"), True),
        (said("Wood", URL, "W1"), said("Wood", "", "W2"), False),
        (said("Wood", URL), said("Wood", "", "W2"), True),
        (said("Wood", URL), said(" wood"), True),
        (said("Wood", "", "W1"), said("wood"), True),
        (said("Wood"), said("WOOD"), True),
        (said("Wood"), said("Wood", framework="G"), False),
        (said("Wood", "", "W1"), said("Wood", "", "W1", framework="G"), False),
        (said("Wood", "https://f.example"), said("Metal", "https://f.example/"), False),
        (said("Wood", "urn:w"), said("Metal", "urn:w"), False),
    ],
)
def test_the_same_is_told_by_address_then_by_code_then_by_name(one, two, same):
    for pair in ([[one], [two]], [[two], [one]]):
        assert len(joined(pair)) == (1 if same else 2)


def test_a_name_that_two_addresses_go_by_joins_neither():
    three = [[said("Wood", URL)], [said("Wood", OTHER)], [said("Wood")]]
    assert [list(skill.behind) for skill in joined(three)] == [[0], [1], [2]]


def test_an_address_that_one_credential_gives_to_all_its_skills_joins_none():
    page = "https://f.example/about-our-skills"
    first = [said("Wood", page), said("Metal", page)]
    assert grouped(first, [said("Wood", page)]) == [("Wood", [0, 1]), ("Metal", [0])]


def test_a_skill_keeps_its_other_names_and_who_says_its_kind():
    (skill,) = joined(
        [
            [said("Wood", URL)],
            [said("Timber", URL, "W1", kind="hard", why="your tag: hard")],
        ]
    )
    assert (skill.name, skill.also, skill.code) == ("Wood", ("Timber",), "W1")
    assert (skill.kind, skill.whys) == ("hard", ("your tag: hard",))


def test_kinds_that_contradict_each_other_are_not_said():
    (skill,) = joined(
        [
            [said("Wood", URL, kind="soft", why="a")],
            [said("Wood", URL, kind="hard", why="b")],
        ]
    )
    assert (skill.kind, skill.whys) == ("", ("a", "b"))


TEXTS = st.sampled_from(["", "a", "A", "b", "https://f.example/a", "https://f.example"])
SAIDS = st.builds(Said, TEXTS, st.just(ALIGNMENT), TEXTS, TEXTS, TEXTS)


@given(st.lists(st.lists(SAIDS, max_size=4), max_size=5))
def test_nothing_is_lost_and_nothing_is_invented(credentials: list[list[Said]]):
    skills = joined(credentials)
    behind = {number for skill in skills for number in skill.behind}
    assert behind == {number for number, each in enumerate(credentials) if each}
    assert len(skills) <= sum(map(len, credentials))
    assert joined(credentials) == skills


@given(st.lists(st.tuples(*[st.text()] * 5)), st.lists(st.text()), st.lists(st.text()))
def test_any_row_is_read(aligned, keywords, tags):
    skills, left_out = said_by(row(*aligned, keywords=keywords, tags=tags, name="N"))
    assert len(joined([skills])) <= len(skills)
    assert bool(skills or left_out) or not keywords


def test_a_row_that_breaks_off_within_an_alignment_is_read_as_far_as_it_goes():
    whole = row(("Wood", "https://a.example/1"), ("Metal",))
    broken = whole._replace(aligned=whole.aligned[:-1])
    assert names(broken) == [("Wood", ALIGNMENT)]
