"""Do real stacks come out as their awarding bodies would say?"""

import json
from datetime import date
from fractions import Fraction

import pytest

from credwallet.stacking import load, progress
from tests.stacking.given import AS_OF, ask, held, leaf, rules, used


@pytest.fixture(scope="module")
def stacks(vectors):
    file = vectors.parent / "stacking" / "comptia-stacks.json"
    if not file.exists():
        pytest.skip("the table of stacks is not beside the vectors")
    return json.loads(file.read_bytes())["stacks"]


def stack_rules(stack):
    return load(
        'format = "credwallet-qualification/1"\n[qualification]\n'
        f"id = '{stack['code']}'\ntitle = '{stack['title']}'\nexpired = 'ignore'\n"
        + "".join(
            leaf(f"part-{n}", f"achievement = ['comptia:{part}']")
            for n, part in enumerate(stack["parts"])
        ),
        stack["code"],
    )


def test_a_public_profile_of_four_certificates_shows_its_three_stacks(stacks):
    parts = ("A+ ce", "Network+ ce", "Security+ ce", "Server+")
    answers = progress(
        [stack_rules(stack) for stack in stacks],
        [held(f"c{n}", f"comptia:{part}") for n, part in enumerate(parts)],
        as_of=AS_OF,
    )
    eligible = {a.qualification.id for a in answers if a.state == "eligible"}
    assert eligible == {"CIOS", "CSIS", "CNIP"}


def test_one_expired_part_takes_every_stack_that_needs_it(stacks):
    names = sorted({part for stack in stacks for part in stack["parts"]})
    holdings = [
        held(
            part,
            f"comptia:{part}",
            expires=date(2026, 1, 1) if part == "Security+ ce" else date(2027, 1, 1),
        )
        for part in names
    ]
    answers = progress([stack_rules(s) for s in stacks], holdings, as_of=AS_OF)
    for stack, answer in zip(stacks, answers, strict=True):
        lapsed = "Security+ ce" in stack["parts"]
        assert answer.satisfied != lapsed
        assert ("lapsed" in {r.state for r in answer.requirements}) == lapsed


DIPLOMA = """
[[requirement]]
id = "mpu"
type = "credits"
credits = 8
match = { tag = ["mpu"] }
[[requirement]]
id = "core"
type = "credits"
credits = 52
match = { tag = ["core"], min_level = 4 }
[[group]]
id = "track"
type = "n_of"
n = 1
weight = 30
[[group]]
id = "marketing"
in = "track"
type = "all_of"
[[requirement]]
id = "mkt"
in = "marketing"
type = "credits"
credits = 24
match = { tag = ["marketing"], min_level = 4 }
[[requirement]]
id = "mkt-cert"
in = "marketing"
type = "credential"
weight = 6
match = { any = [{ achievement = ["https://p.example/dmec"] }, { alignment = "ce-1" }] }
[[requirement]]
id = "free"
in = "track"
type = "credits"
credits = 30
match = { kind = ["micro", "formal"], min_level = 4 }
[[share]]
requirements = ["mkt", "core"]
[[cap]]
id = "apel-c"
match = { kind = ["apel"] }
max_percent = 30
[[gate]]
id = "total"
match = {}
min_credits = 90
[[gate]]
id = "residency"
match = { issuer = ["did:web:uni-a.example"] }
min_percent = 30
"""
DIPLOMA_HEAD = """
issuer_ids = ["did:web:uni-a.example"]
total_credits = 90
max_age_years = 10
hours_per_credit = { ects = 40, nz = 10 }
"""


def module(handle, amount, tags, kind="formal", unit="ects"):
    return held(
        handle,
        handle,
        issued=date(2024, 1, 1),
        credits=Fraction(amount),
        credit_unit=unit,
        tags=tags,
        kind=kind,
        issuer="did:web:uni-a.example",
        level=Fraction(4),
    )


def test_a_diploma_by_micro_credentials_with_all_its_rules():
    asked = rules(DIPLOMA, head=DIPLOMA_HEAD)
    done = [
        module("mpu", 8, ("mpu",)),
        *(module(f"core{n}", 4, ("core",)) for n in range(13)),
        *(module(f"free{n}", 10, ()) for n in range(3)),
    ]
    answer = ask(asked, *done)
    assert (answer.percent, answer.satisfied) == (100, True)
    assert answer.requirements[4].state == "done"
    assert answer.missing == ()


def test_experience_counts_up_to_its_cap_in_whole_credentials():
    asked = rules(DIPLOMA, head=DIPLOMA_HEAD)
    apel = [module(f"e{n}", 10, ("core",), kind="apel") for n in range(4)]
    answer = ask(asked, *apel)
    assert answer.requirements[1].have == 20
    assert answer.percent == 20 * 100 // 90
    assert [entry.why for entry in answer.unused] == ["cap apel-c is full"] * 2


def test_shared_credits_fill_two_buckets_but_are_one_credit():
    asked = rules(DIPLOMA, head=DIPLOMA_HEAD)
    both = [module(f"b{n}", 4, ("core", "marketing"), kind="apel2") for n in range(13)]
    answer = ask(
        asked,
        module("mpu", 8, ("mpu",)),
        *both,
        held("m", "https://p.example/dmec"),
    )
    gates = {gate.id: (gate.met, gate.have) for gate in answer.gates}
    assert answer.percent < 100
    assert gates["total"] == (False, 60)
    assert not answer.satisfied
    assert answer.fraction == Fraction(84, 90)  # the certificate has no date


def test_credits_of_another_country_convert_by_hours():
    asked = rules(DIPLOMA, head=DIPLOMA_HEAD)
    answer = ask(asked, module("nz", 20, ("core",), unit="nz"))
    assert answer.requirements[1].have == 5


def test_a_micromasters_is_the_award_of_one_and_a_part_of_the_other():
    courses = ("SC0x", "SC1x", "SC2x", "SC3x", "SC4x", "CFx")
    micromasters = rules(
        "".join(leaf(course, f"achievement = ['mitx:{course}']") for course in courses),
        head="award = { achievement = ['mitx:mm'] }\nissuer_ids = ['mitx']",
    )
    master = load(
        'format = "credwallet-qualification/1"\n[qualification]\nid = "master"\n'
        "credit_unit = 'us'\n"
        + leaf("mm", "achievement = ['mitx:mm']", more="weight = 12")
        + leaf("rest", "tag = ['m']", kind="credits", more="credits = 24"),
        "master",
    )
    holdings = [held(course, f"mitx:{course}") for course in courses]
    answers = progress([micromasters, master], holdings, as_of=AS_OF)
    assert [a.state for a in answers] == ["eligible", "not-started"]
    claimed = [*holdings, held("mm", "mitx:mm", issuer="mitx")]
    answers = progress([micromasters, master], claimed, as_of=AS_OF)
    assert [a.state for a in answers] == ["held", "in-progress"]
    assert answers[1].fraction == Fraction(1, 3)


def theme(name):
    return load(
        'format = "credwallet-qualification/1"\n[qualification]\n'
        f"id = '{name}'\ncredit_unit = 'hku'\n"
        + leaf("all", "kind = ['micro']", kind="credits", more="credits = 30")
        + f"[[gate]]\nid = 'theme'\nmatch = {{ tag = ['{name}'] }}\nmin_credits = 24\n"
        "[[exclusive]]\ngroup = 'pathways'\n",
        name,
    )


def test_a_theme_certificate_takes_what_the_preferred_one_does_not_need():
    common = {"credits": Fraction(6), "credit_unit": "hku", "kind": "micro"}
    holdings = [
        *(held(f"d{n}", f"d{n}", tags=("data",), **common) for n in range(4)),
        *(held(f"m{n}", f"m{n}", tags=("media",), **common) for n in range(4)),
        held("x", "x", tags=("data", "media"), **common),
        held("y", "y", tags=(), **common),
    ]
    data, media = progress([theme("data"), theme("media")], holdings, as_of=AS_OF)
    assert data.satisfied
    assert media.satisfied
    assert not set(used(data)) & set(used(media))
    data, media = progress([theme("data"), theme("media")], holdings[:-1], as_of=AS_OF)
    assert (data.satisfied, media.percent) == (True, 80)
    media, data = progress([theme("media"), theme("data")], holdings[:-1], as_of=AS_OF)
    assert (media.satisfied, data.percent) == (True, 80)
    assert any("already used in media" in u.why for u in data.unused)
