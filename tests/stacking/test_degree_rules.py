"""Can real degree rules be stated in our format, and does the engine read them alike?

The reader, the translation and the second evaluator are tried on rules made up here;
with the third-party files beside `CREDWALLET_VECTORS`, on those too.
"""

import os
from random import Random

import pytest

from credwallet.model.qualification import Override
from credwallet.stacking import lint, load, progress
from tests.stacking.degree_rules.evaluate import rivals, satisfied, ways
from tests.stacking.degree_rules.files import rule_file, rule_files
from tests.stacking.degree_rules.language import (
    All,
    Both,
    Compare,
    Course,
    Either,
    Modifier,
    Occurrence,
    Of,
    Reference,
    Where,
)
from tests.stacking.degree_rules.layout import read
from tests.stacking.degree_rules.page import PAGE, page
from tests.stacking.degree_rules.transcripts import holdings, merged, transcript
from tests.stacking.degree_rules.translate import EXACT, MANUAL, NOT, TEXT
from tests.stacking.given import AS_OF

# Set CREDWALLET_ORACLE=2000 for the long run, as for the other oracle.
COUNT = int(os.environ.get("CREDWALLET_ORACLE", "300")) // 30
# Placements of one transcript that the second evaluator may try.
MOST_WAYS = 1_500

MADE_UP = """\
name: Sailing
type: major
revision: 2026-27 # invented
result: Basics & Choice & Looking & Counted &
    at most two courses from children where { level = 100 }

Basics:
    # A comment on a line of its own.
    description: Everybody
        does this: twice.
    Nobody Asks: ROPE 399
    Knots: ROPE 101 & (102 | SAIL 103)
    Charts (C): two of (
        MAP 110, 120,
            (210 | 220) MAP 230.*.2012.3,
        )
    result: all of (Knots, C)

Choice:
    Inland: LAKE 150 & 151
    Sea: SEA 250L | 251 | 252.A.2015.1
    result: one of (Inland, Sea)

Looking:
    filter: only courses from (SEA 250L, SEA 251, WIND 300, WIND 310, MAP 110, ROPE 301)
    result:
        two courses from filter &
        two departments from filter &
        one course besides WIND 300 from filter
            where { level = 300 | department = SEA } &
        one occurrence of WIND 310

Counted:
    Required: one of (CREW 201, CREW 202, CREW 301)
    Beside: zero of (CREW 210, CREW 211)
    result: Required & Beside & three courses from children
"""

GENERAL = """\
name: General
type: degree
result: Writing & Two & Languages & Ethics & Plan & Often
children share courses: true
message: At least half on the ship.

Writing (WRI):
    two distinct courses where { gereqs = WRI }
Two:
    A: one course where { gereqs = AA }
    B: one course where { gereqs = (BB | BC) }
    result: two courses from children & two departments from children & A & B
Languages:
    one course where { number > 231 & department = (NORW | FREN) } |
    one course where { department = LATIN & level = 300 }
Ethics:
    one course where {
        gereqs = EIN & year >= min (year) from courses where { gereqs = AA }
    }
Plan:
    message: Make a plan.
Often:
    two occurrences of ROPE 101
"""

ALL_MADE_UP = {"sailing": MADE_UP, "general": GENERAL}


def test_the_layout_is_read_with_its_comments_folds_and_quotes():
    assert read(
        "name: A # b\nresult: B &\n  # no\n  C\n\nB:\n    Inner (I): x: 1\n"
        "    message: 'one: two'\nC:\n    D 100\n"
    ) == {
        "name": "A",
        "result": "B & C",
        "B": {"Inner (I)": "x: 1", "message": "one: two"},
        "C": "D 100",
    }


def result_of(text, rest=""):
    return rule_file("x", f"name: X\nresult: {text}\n{rest}").part.result


def test_the_language_is_read_from_tight_to_loose():
    a, b, c = (Course("A", number) for number in (100, 200, 300))
    assert result_of("A 100 | 200 & 300") == Either((a, Both((b, c))))
    assert result_of("(A 100 | 200) & 300") == Both((Either((a, b)), c))
    assert result_of("two of (A 100 200, 300,)") == Of(2, (a, b, c), False, "two")
    assert result_of("at most two of (A 100, 200)") == Of(2, (a, b), True, "two")
    assert result_of("all of (A 100, 200)") == Of(2, (a, b), False, "all")
    assert result_of("any of (A 100, 200)") == Of(1, (a, b), False, "any")
    assert result_of("one occurrence of A 100") == Occurrence(1, a)
    lab = Course("A", 100, True, ("*", "2012", "1"))
    assert result_of("A 100L.*.2012.1") == lab
    assert lab.narrow
    assert not Course("A", 100, False, ("*", "*", "*")).narrow


def test_conditions_and_counts_are_read_whole():
    test = All((Compare("department", "=", ("A",)), Compare("number", ">", (231,))))
    text = "{ dept = A & (num > 231) }"
    assert result_of(f"two distinct courses where {text}") == Where(2, test, True)
    one, other = "B:\n    A 100\nC (D-E):\n    A 200\n", "B:\n    A 100\n"
    found = result_of("one-point-five credits from (B, D-E)", one)
    assert (found.n * 2, found.what, found.parts) == (3, "credit", ("B", "C (D-E)"))
    found = result_of(f"at most two courses from children where {text}", other)
    assert found == Modifier(2, True, "course", None, "children", None, test)
    assert result_of("B & C", one) == Both((Reference("B"), Reference("C (D-E)")))


def test_every_construct_has_its_outcome():
    tally = rule_file("x", MADE_UP).ours.tally + rule_file("y", GENERAL).ours.tally
    assert {kind for kind, outcome in tally if outcome == NOT} == {
        "departments from children",
        "order in time",
        "one course several times",
    }
    assert {kind for kind, outcome in tally if outcome == MANUAL} == {"message alone"}
    assert {kind for kind, outcome in tally if outcome == TEXT} == {"note for people"}
    exact = {kind: n for (kind, outcome), n in tally.items() if outcome == EXACT}
    assert exact["part that nothing asks for"] == 1
    assert exact["zero of"] == exact["besides"] == 1
    assert exact["at most, from children"] == 1
    assert exact["course of one term or section"] == 2


def test_what_cannot_be_stated_waits_for_a_person():
    rules = load(rule_file("x", GENERAL).ours.toml(), "x")
    manual = [entry.text for entry in rules.requirements if entry.type == "manual"]
    assert manual == [
        "departments from children",
        "order in time",
        "Make a plan.",
        "one course several times",
    ]
    assert "half on the ship" in rules.requirements[0].text


def answered(file, rules, taken):
    """Our answer, with everything that waits for a person taken as done."""
    waived = [
        Override(rules.id, "waive", entry.id)
        for entry in rules.requirements
        if entry.type == "manual"
    ]
    (answer,) = progress(
        [rules], holdings(taken), as_of=AS_OF, overrides=waived, assume=True
    )
    assert answer.proven, file.name
    return answer.satisfied


def compared(file, count, most_ways=MOST_WAYS):
    """Compare so many random transcripts; return both answers of each, and rivals."""
    rules = load(file.ours.toml(), file.name)
    found, contested = [], 0
    for seed in range(count * 20):
        chance = Random(f"{file.name}/{seed}")  # noqa: S311 -- no secret
        taken = merged(transcript(file.part, chance), chance)
        if ways(file.part, taken)[1] > most_ways:
            continue
        pair = (satisfied(file.part, taken), answered(file, rules, taken))
        assert pair[0] == pair[1], (file.name, seed)
        found.append(pair[0])
        contested += rivals(file.part, taken)
        if len(found) == count:
            break
    assert len(found) >= count // 2, file.name
    return found, contested


@pytest.mark.parametrize("name", ALL_MADE_UP)
def test_made_up_rules_are_answered_as_by_trying_every_placement(name):
    file = rule_file(name, ALL_MADE_UP[name])
    assert [e for e in lint(file.ours.toml()) if e.severity == "error"] == []
    found, contested = compared(file, COUNT * 8)
    assert set(found) == {True, False}
    assert contested > 0 or name == "general"


def test_the_second_evaluator_tells_apart_what_it_should():
    part = rule_file("x", "name: X\nresult: A 100 & one of (A 100, 200)\n").part
    chance = Random(1)  # noqa: S311 -- no secret
    both = [t for t in transcript(part, chance) if t.key[1] == 100]
    assert not satisfied(part, both)
    twice = rule_file("x", "name: X\nresult: A 100 & one occurrence of A 100\n").part
    assert satisfied(twice, both)


@pytest.fixture(scope="module")
def files(vectors):
    found = rule_files(vectors)
    if not found:
        pytest.skip("the degree rules are not beside the vectors")
    return found


def test_every_real_file_is_stated_and_can_be_used(files):
    assert len(files) == 39
    for file in files:
        text = file.ours.toml()
        wrong = [entry for entry in lint(text) if entry.severity == "error"]
        assert wrong == [], file.name
        assert load(text, file.name).requirements, file.name


def test_no_course_is_above_the_level_that_is_taken_for_the_highest(files):
    courses = {
        course
        for file in files
        for leaf in file.ours.leaves
        for course in leaf.pool.courses
    }
    assert max(course.number for course in courses) < 400


def test_real_rules_are_answered_as_by_trying_every_placement(files):
    contested = 0
    never = []
    for file in files:
        found, rivalling = compared(file, COUNT)
        contested += rivalling
        if not any(found):
            never.append(file.name)
    assert contested > 0
    # Its own limit forbids what it requires: the page says so.
    assert never == ["majors/biology"]


def test_the_page_shows_this_run(vectors, files):
    assert PAGE.read_text(encoding="utf-8") == page(vectors)
