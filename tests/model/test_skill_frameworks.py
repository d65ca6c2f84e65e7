"""Is an alignment put into the framework that it points into, and nothing guessed?"""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credwallet.model.achievement import Alignment
from credwallet.model.esco_transversal import TRANSVERSAL
from credwallet.model.known_frameworks import HARD, KIND_WORDS, KNOWN, SOFT
from credwallet.model.skill_frameworks import framed, kind_word, place_of

ESCO = "http://data.europa.eu/esco/skill"
PORTAL = "https://esco.ec.europa.eu/en/classification/skills"
TEAMS = f"{ESCO}/60c78287-22eb-4103-9c8c-28deaa460da0"
TESTING = f"{ESCO}/f10142ce-d522-49c3-9fd1-054fb63529d4"


def alignment(
    url: str = "",
    *,
    framework: str = "",
    code: str = "",
    name: str = "A",
    target_type: str = "",
) -> Alignment:
    return Alignment(name, url, code, framework, target_type)


@pytest.mark.parametrize(
    ("url", "framework", "expected"),
    [
        (TEAMS, "", "ESCO"),
        (TEAMS.replace("http:", "https:"), "", "ESCO"),
        (TEAMS, "Our own skills", "ESCO"),
        ("https://esco.ec.europa.eu/en/classification/skills", "", "ESCO"),
        ("", "ESCO v1.1.1", "ESCO"),
        ("", "  esco ", "ESCO"),
        (
            "",
            "European Skills, Competences, Qualifications and Occupations (ESCO)",
            "ESCO",
        ),
        ("https://www.onetonline.org/find/descriptor/result/2.B.1.a", "", "O*NET"),
        ("http://data.europa.eu/snb/dcf/u69o196gu6", "", "DigComp"),
        ("", "DigComp 2.2", "DigComp"),
        ("", "LifeComp", "LifeComp"),
        ("https://joint-research-centre.ec.europa.eu/greencomp_en", "", "GreenComp"),
        ("https://skillsfuture.gov.sg/skills-framework", "", "SkillsFuture Singapore"),
        (
            "https://credentialfinder.org/credential/20229",
            "Edmonds College Course Catalog",
            "Edmonds College Course Catalog",
        ),
        ("https://credentialfinder.org/credential/1", "", "Credential Registry (CTDL)"),
        ("https://any.example/ims/case/v1p0/CFItems/7", "", "CASE"),
        ("https://any.example/ims/case/v1p0/CFItems/7", "State maths", "State maths"),
        ("https://skills.example/wood", "", "skills.example"),
        ("https://Skills.Example:8443/wood", "", "skills.example"),
        ("", "Digital Marketing", "Digital Marketing"),
        ("", "", ""),
        ("urn:skill:1", "", ""),
    ],
)
def test_an_address_tells_the_framework_before_the_issuer_s_own_word(
    url: str, framework: str, expected: str
):
    assert framed(alignment(url, framework=framework)).framework == expected


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/data.europa.eu/esco/skill/T1",
        "https://data.europa.eu.evil.example/esco/skill/T1",
        "https://evildata.europa.eu/esco/skill/T1",
    ],
)
def test_another_site_does_not_pass_for_esco(url: str):
    found = framed(alignment(url))
    assert found.framework.endswith(("evil.example", "evildata.europa.eu"))
    assert found.kind == ""


@pytest.mark.parametrize(
    "url",
    [
        "https://data.europa.eu@evil.example/esco/skill/T1",
        "https://evil.example@data.europa.eu/esco/skill/T1",
        "https://evil.example\\@data.europa.eu/esco/skill/T1",
        "https://evil.example\\.data.europa.eu/esco/skill/T1",
        "https://evil.example\t@data.europa.eu/esco/skill/T1",
        "https://data.europa.eu:80@evil.example/esco/skill/T1",
        "https://data.europa.eu:evil.example/esco/skill/T1",
        "https://data.europa.eu\n/esco/skill/T1",
        "https://data.europa.eu\x00/esco/skill/T1",
        "https://data.europa.eu%00/esco/skill/T1",
        "https://data.europa.eu /esco/skill/T1",
        "https://data.europa.eu/\u202eesco/skill/T1",
        "https:///data.europa.eu/esco/skill/T1",
    ],
)
def test_an_address_that_hides_its_host_is_of_no_framework(url: str):
    assert place_of(url) == ""
    assert framed(alignment(url)) == framed(alignment())
    assert framed(alignment(url, framework="Our own")).framework == "Our own"


@pytest.mark.parametrize(
    "url",
    [
        "HTTPS://Data.Europa.EU/esco/skill/T1",
        "https://data.europa.eu./esco/skill/T1",
        "https://data.europa.eu:443/esco/skill/T1",
        " https://data.europa.eu/esco/skill/T1/ ",
    ],
)
def test_another_spelling_of_the_same_host_is_the_same_host(url: str):
    assert place_of(url) == "data.europa.eu/esco/skill/T1"
    assert framed(alignment(url)).kind == SOFT


@pytest.mark.parametrize(
    ("given_", "kind", "why"),
    [
        (alignment(TEAMS), SOFT, "ESCO: transversal"),
        (alignment(TEAMS.upper().replace("HTTP://DATA", "http://data")), "", ""),
        (alignment(f"{ESCO}/T4"), SOFT, "ESCO: transversal"),
        (alignment(f"{ESCO}/A1.13.0"), SOFT, "ESCO: transversal"),
        (alignment(TESTING), "", ""),
        (alignment(TESTING, name="work in teams"), "", ""),
        (alignment(f"{ESCO}/S1.0.0"), "", ""),
        (alignment(framework="ESCO", code="T6"), SOFT, "ESCO: transversal"),
        (alignment(framework="ESCO", name="Lead others"), SOFT, "ESCO: transversal"),
        (alignment(framework="Ours", name="Lead others"), "", ""),
        (
            alignment("https://www.onetonline.org/find/descriptor/result/2.A.1.b"),
            SOFT,
            "O*NET: basic skills",
        ),
        (
            alignment(framework="O*NET", code="2.B.1.a"),
            SOFT,
            "O*NET: cross-functional skills",
        ),
        (alignment(framework="O*NET", code="2.B.3.k"), HARD, "O*NET: technical skills"),
        (alignment(framework="O*NET", code="2.C.4.a"), "", ""),
        (alignment(framework="EntreComp"), SOFT, "EntreComp"),
        (
            alignment(framework="Technical Skills and Competencies"),
            HARD,
            "Technical Skills and Competencies (SkillsFuture Singapore)",
        ),
        (alignment(framework="Acme 21st-Century Skills"), SOFT, "the framework's name"),
        (alignment(framework="Acme soft and hard skills"), "", ""),
        (alignment(framework="Hard skills"), HARD, "the framework's name"),
        (alignment(framework="Soft Skills and Hard Skills"), "", ""),
        (alignment(framework="Software engineering"), "", ""),
    ],
)
def test_a_kind_is_said_by_the_framework_or_not_at_all(given_, kind: str, why: str):
    found = framed(given_)
    assert (found.kind, found.why) == (kind, why)


@pytest.mark.parametrize(
    ("given_", "about"),
    [
        (alignment("http://data.europa.eu/esco/occupation/1"), "occupation"),
        (alignment("http://data.europa.eu/esco/isco/C7121"), "occupation"),
        (
            alignment("https://www.onetonline.org/link/summary/15-1252.00"),
            "occupation",
        ),
        (
            alignment("https://a.example", target_type="ceterms:Credential"),
            "credential",
        ),
        (alignment("https://a.example", target_type="CFItem"), "skill"),
        (alignment(TESTING), "skill"),
    ],
)
def test_an_occupation_and_a_credential_are_no_skills(given_, about: str):
    assert framed(given_).about == about


@pytest.mark.parametrize(
    ("tag", "kind"),
    [
        ("Soft Skills", SOFT),
        ("#transferable-skills", SOFT),
        ("21st century skills", SOFT),
        ("Transversal competencies", SOFT),
        ("compétences transversales", SOFT),
        ("Hard skill", HARD),
        ("technical_skills", HARD),
        ("software", ""),
        ("skills", ""),
        ("", ""),
    ],
)
def test_a_tag_may_say_nothing_but_the_kind(tag: str, kind: str):
    assert kind_word(tag) == kind


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("https://www.a.example/b/", "a.example/b"),
        ("HTTP://A.example:80/b#c", "a.example/b#c"),
        ("https://user:secret@a.example?q", ""),
        ("https://a.example?q", "a.example?q"),
        (
            f"{PORTAL}?uri=http%3A%2F%2Fdata.europa.eu%2Fesco%2Fskill%2F7&x=1",
            "data.europa.eu/esco/skill/7",
        ),
        ("https://", ""),
        ("ftp://a.example/b", ""),
        ("a.example/b", ""),
    ],
)
def test_an_address_is_reduced_to_what_makes_it_the_same(url: str, place: str):
    assert place_of(url) == place


@given(st.text(), st.text(), st.text(), st.text(), st.text())
def test_any_alignment_is_read(name, url, code, framework, target_type):
    found = framed(Alignment(name, url, code, framework, target_type))
    assert found.kind in ("", SOFT, HARD)


@given(st.text(alphabet="htps:/@?#%.uri=ESCOaec", max_size=60))
def test_any_address_is_reduced_once_and_for_all(url: str):
    place = place_of(url)
    assert place == "" or place_of(f"https://{place}") in (place, place[4:], "")


def test_the_tables_are_in_order():
    names = [name for one in KNOWN for name in (one.name.casefold(), *one.also)]
    assert len(names) == len(set(names))
    assert all(name == name.casefold() for name in names)
    places = [place for one in KNOWN for place in one.places]
    assert len(places) == len(set(places))
    assert all("://" not in place and "/" in place for place in places)
    assert all(one.source and one.kind in ("", SOFT, HARD) for one in KNOWN)
    assert len(TRANSVERSAL) == 46
    assert all(len(each) == 36 and each.count("-") == 4 for each in TRANSVERSAL)


def test_every_word_for_a_kind_is_found_as_it_stands():
    assert {word: kind_word(word) for word in KIND_WORDS} == KIND_WORDS


def test_the_documentation_has_the_whole_table():
    page = (Path(__file__).parents[2] / "docs" / "skills.md").read_text()
    for one in KNOWN:
        row = next(line for line in page.splitlines() if f"| {one.name} |" in line)
        assert all(place in row for place in one.places)
        assert one.source in row
        assert f"| {one.kind or 'not said'} |" in row
    words = " ".join(page.split())
    for kind in (SOFT, HARD):
        listed = ", ".join(word for word, said in KIND_WORDS.items() if said == kind)
        assert f"Words for {kind}: {listed}." in words
    assert f"{len(TRANSVERSAL)} of them" in page
