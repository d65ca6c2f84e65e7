"""Are the examples sound, marked as such, and do they count as their sources say?"""

import json
import re
from datetime import date

import pytest

from credwallet.errors import NotFound
from credwallet.stacking import lint, load, load_what_if, progress
from credwallet.stacking.examples import EXAMPLES, example, names_of
from tests.stacking.given import AS_OF, held, reasons, states

STACKS = names_of("comptia")
COMPTIA = "https://example.org/comptia"
UNIVERSITY = "https://example.org/university"
MITX = "https://example.org/mitx"
HKU = "https://example.org/hku-space"


def rules(*names):
    return [load(example(name), name) for name in names]


def ask(name, what_if, as_of=AS_OF):
    """Ask about one example with the credentials of a what-if file."""
    text = f'format = "credwallet-what-if/1"\n{what_if}'
    assumed = load_what_if(text, "what-if").holdings
    (answer,) = progress(rules(name), assumed, as_of=as_of)
    return answer


def given(identity, **values):
    lines = "".join(f"{key} = {json.dumps(value)}\n" for key, value in values.items())
    return f"[[credential]]\nid = {json.dumps(identity)}\n{lines}"


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_has_nothing_to_complain_about(name):
    assert lint(example(name)) == ()


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_says_that_it_is_one_and_where_it_was_read(name):
    (found,) = rules(name)
    assert found.id == name
    assert found.title.endswith(", example")
    assert found.source.startswith("https://")
    assert found.read_on == date(2026, 12, 1)
    assert "identifiers" in found.text.lower()
    assert "check" in found.text
    assert found.basis in {"rule", "estimate"}


@pytest.mark.parametrize("name", EXAMPLES)
def test_no_identifier_looks_like_that_of_a_real_issuer(name):
    found = re.findall(r'"(https?://[^"]+)"', example(name))
    (rule,) = rules(name)
    others = {url for url in found if not url.startswith("https://example.org/")}
    assert others == {rule.source}


def test_a_name_stands_for_one_example_or_for_a_folder():
    assert names_of("my/diploma") == ("my/diploma",)
    assert len(STACKS) == 12
    for name in ("nothing", "comptia/", "../policies/nz", ""):
        with pytest.raises(NotFound):
            names_of(name)
        with pytest.raises(NotFound):
            example(name)


def test_the_stacks_are_those_of_the_table(vectors):
    file = vectors.parent / "stacking" / "comptia-stacks.json"
    if not file.exists():
        pytest.skip("the table of stacks is not beside the vectors")
    table = json.loads(file.read_bytes())["stacks"]
    assert {f"comptia/{row['code'].lower()}" for row in table} == set(STACKS)
    for row in table:
        (found,) = rules(f"comptia/{row['code'].lower()}")
        assert found.title == f"{row['title']} ({row['code']}), example"
        parts = [part.removesuffix(" ce") for part in row["parts"]]
        assert [entry.title for entry in found.requirements] == parts


def test_four_certificates_are_exactly_three_stacks():
    parts = ("a-plus", "network-plus", "security-plus", "server-plus")
    holdings = [held(part, f"{COMPTIA}/{part}") for part in parts]
    answers = progress(rules(*STACKS), holdings, as_of=AS_OF)
    eligible = {a.qualification.id for a in answers if a.state == "eligible"}
    assert eligible == {"comptia/cios", "comptia/csis", "comptia/cnip"}


@pytest.mark.parametrize("name", STACKS)
def test_a_stack_is_finished_by_its_parts_and_lapses_with_the_first(name):
    (found,) = rules(name)
    achievements = [entry.match.achievement[0] for entry in found.requirements]
    good = "".join(
        given(
            f"c{n}", achievement=each, issued="2024-03-01", expires=f"{2027 + n}-03-01"
        )
        for n, each in enumerate(achievements)
    )
    answer = ask(name, good)
    assert (answer.state, answer.earliest_expiry) == ("eligible", date(2027, 3, 1))
    lapsed = ask(name, good, as_of=date(2027, 3, 1))
    assert lapsed.state == "in-progress"
    assert [entry.state for entry in lapsed.requirements].count("lapsed") == 1
    award = given("award", achievement=found.award.achievement[0])
    if found.issuer_ids:
        award += f'issuer = "{found.issuer_ids[0]}"\n'
    assert ask(name, award).state == "held"


def module(identity, amount, tags=(), kind="formal", level=4):
    return given(
        identity,
        credits=str(amount),
        credit_unit="my:mqa",
        kind=kind,
        level=level,
        **({"tag": list(tags)} if tags else {}),
    )


def diploma(*more):
    taught = [module("mpu", 8, ["mpu"])]
    taught += [module(f"core{n}", 5, ["core"]) for n in range(5)]
    taught += [module(f"free{n}", 10, kind="micro") for n in range(3)]
    return ask("my/diploma", "".join((*taught, *more)))


def test_a_diploma_is_finished_with_prior_learning_up_to_its_cap():
    prior = [module(f"prior{n}", 9, ["core"], kind="apel") for n in range(3)]
    answer = diploma(*prior)
    assert (answer.satisfied, answer.percent) == (True, 100)


def test_a_fourth_piece_of_prior_learning_is_over_the_cap_of_the_diploma():
    prior = [module(f"prior{n}", 9, ["core"], kind="apel") for n in range(3)]
    answer = diploma(*prior[:2], module("prior2", 10, ["core"], kind="apel"))
    assert not answer.satisfied
    assert set(reasons(answer).values()) == {"cap apel-c is full"}
    assert answer.percent < 100
    # Nine credits of ordinary study in its place finish it.
    assert diploma(*prior[:2], module("taught", 9, ["core"])).satisfied


def test_the_diploma_knows_what_the_university_says_its_modules_are_worth():
    prior = given("prior", achievement=f"{UNIVERSITY}/apel/sales-practice")
    taught = given("taught", achievement=f"{UNIVERSITY}/marketing-basics")
    answer = ask("my/diploma", prior + taught)
    assert answer.requirements[1].have == 7


def courses(*codes):
    return "".join(given(code, achievement=f"{MITX}/{code}") for code in codes)


def test_a_micromasters_is_its_courses_and_the_final_examination():
    codes = ("sc0x", "sc1x", "sc2x", "sc3x", "sc4x", "cfx")
    assert ask("micromasters/scm", courses(*codes)).state == "eligible"
    answer = ask("micromasters/scm", courses(*codes[:-1]))
    assert (answer.percent, states(answer)["cfx"][0]) == (83, "missing")


AWARD = given("mm", achievement=f"{MITX}/scm-micromasters", issuer=MITX)


def course(identity, amount, kind="formal"):
    return given(
        identity,
        credits=str(amount),
        credit_unit="us:semester",
        tag=["master"],
        kind=kind,
    )


def test_the_award_is_held_there_and_counts_a_quarter_of_the_degree():
    assert ask("micromasters/scm", AWARD).state == "held"
    alone = ask("micromasters/master", AWARD)
    assert (alone.state, alone.percent) == ("in-progress", 25)
    taught = "".join(course(f"c{n}", 9) for n in range(3))
    assert ask("micromasters/master", AWARD + taught).state == "eligible"


def test_the_courses_alone_count_nothing_until_the_award_is_claimed():
    codes = ("sc0x", "sc1x", "sc2x", "sc3x", "sc4x", "cfx")
    answer = ask("micromasters/master", courses(*codes))
    assert answer.state == "not-started"


def test_at_most_half_of_the_degree_comes_from_such_programmes():
    online = "".join(course(f"o{n}", 9, kind="micro") for n in range(3))
    answer = ask("micromasters/master", AWARD + online)
    assert (answer.satisfied, answer.percent) == (False, 50)
    assert set(reasons(answer).values()) == {"cap half-online is full"}
    taught = "".join(course(f"c{n}", 9) for n in range(2))
    assert ask("micromasters/master", AWARD + online + taught).satisfied


def theme(*names, **values):
    return "".join(given(name, achievement=f"{HKU}/{name}", **values) for name in names)


def test_thirty_credits_with_twenty_four_in_the_theme_are_a_certificate():
    answer = ask("hku-space/theme", theme("data-1", "data-2", "data-3", "media-1"))
    assert (answer.state, answer.percent) == ("eligible", 100)
    assert {gate.id: (gate.met, gate.have) for gate in answer.gates} == {
        "theme": (True, 24),
        "level": (True, 24),
    }


def test_thirty_credits_with_too_few_in_the_theme_are_none():
    answer = ask("hku-space/theme", theme("data-1", "data-2", "media-1", "media-2"))
    assert (answer.satisfied, answer.percent) == (False, 99)
    assert {gate.id: (gate.met, gate.have) for gate in answer.gates} == {
        "theme": (False, 15),
        "level": (True, 24),
    }


def test_credits_are_good_for_five_years():
    parts = theme("data-1", "data-2", "data-3", "media-1", issued="2021-11-24")
    assert ask("hku-space/theme", parts, as_of=date(2026, 11, 23)).satisfied
    assert not ask("hku-space/theme", parts, as_of=date(2026, 11, 24)).satisfied


def test_credits_count_in_one_pathway_only():
    (data,) = rules("hku-space/theme")
    other = load(example(data.id).replace(f'"{data.id}"', '"hku-space/parent"'), "b")
    text = theme("data-1", "data-2", "data-3", "media-1")
    assumed = load_what_if(f'format = "credwallet-what-if/1"\n{text}', "w").holdings
    first, second = progress([data, other], assumed, as_of=AS_OF)
    assert (first.satisfied, second.percent) == (True, 0)
    assert any(f"already used in {data.id}" in u.why for u in second.unused)
