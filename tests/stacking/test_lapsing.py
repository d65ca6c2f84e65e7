"""When does a stack end, and can it be made to last?"""

import itertools
from datetime import date

import pytest

from credwallet.stacking import load_what_if, progress
from credwallet.stacking.files.rules import load
from tests.stacking import oracle
from tests.stacking.given import AS_OF, ask, held, leaf, rules, used
from tests.stacking.random_cases import random_case

TWO = leaf("a", "achievement = ['x']") + leaf("b", "achievement = ['y']")
SOON, LATER, LAST = date(2027, 1, 1), date(2028, 1, 1), date(2029, 1, 1)


def test_a_stack_ends_with_its_first_part_and_lives_on_if_that_is_renewed():
    answer = ask(
        rules(TWO), held("c1", "x", expires=LATER), held("c2", "y", expires=SOON)
    )
    assert answer.lapse == (SOON, ("c2",), LATER)


def test_parts_that_end_on_one_day_are_all_named():
    answer = ask(
        rules(TWO), held("c1", "x", expires=SOON), held("c2", "y", expires=SOON)
    )
    assert answer.lapse == (SOON, ("c1", "c2"), None)


def test_a_stack_may_end_with_its_last_part():
    two = (held("c1", "x", expires=LATER), held("c2", "y", expires=SOON))
    answer = ask(rules(TWO, "expires_with = 'latest'"), *two)
    assert answer.lapse == (LATER, ("c1",), None)
    forever = (held("c1", "x"), held("c2", "y", expires=SOON))
    assert ask(rules(TWO, "expires_with = 'latest'"), *forever).lapse is None


def test_a_stack_may_never_end():
    answer = ask(
        rules(TWO, "expires_with = 'never'"),
        held("c1", "x", expires=LATER),
        held("c2", "y", expires=SOON),
    )
    assert answer.lapse is None


def test_age_ends_a_part_as_expiry_does():
    answer = ask(
        rules(TWO, "max_age_years = 3"),
        held("c1", "x", issued=date(2024, 2, 29), expires=LAST),
        held("c2", "y", issued=date(2025, 5, 5)),
    )
    assert answer.lapse == (date(2027, 3, 1), ("c1",), date(2028, 5, 5))


def test_what_counts_past_its_expiry_does_not_end():
    answer = ask(
        rules(TWO, "expired = 'count'"),
        held("c1", "x", expires=LATER),
        held("c2", "y", expires=SOON),
    )
    assert answer.lapse is None


def test_what_is_not_reached_does_not_end():
    assert ask(rules(TWO), held("c1", "x", expires=SOON)).lapse is None


def test_an_award_that_is_held_ends_by_itself():
    head = "award = { achievement = ['award'] }"
    answer = ask(rules(TWO, head), held("c9", "award", expires=LATER))
    assert answer.lapse == (LATER, ("c9",), None)
    with_parts = ask(
        rules(TWO, head),
        held("c9", "award", expires=LATER),
        held("c1", "x", expires=SOON),
        held("c2", "y"),
    )
    assert with_parts.lapse == (SOON, ("c1",), LATER)


def test_lasting_takes_what_ends_last_among_what_is_as_good():
    one = rules(leaf("a", "tag = ['t']"))
    three = (
        held("c1", "x", tags=("t",), expires=SOON),
        held("c2", "y", tags=("t",), expires=LAST),
        held("c3", "z", tags=("t",), expires=LATER),
    )
    assert used(ask(one, *three)) == {"c1": ["a"]}
    answer = ask(one, *three, lasting=True)
    assert used(answer) == {"c2": ["a"]}
    assert answer.lapse == (LAST, ("c2",), None)


def test_lasting_says_of_what_it_leaves_out_only_that_it_is_not_needed():
    one = rules(leaf("a", "tag = ['t']"))
    two = (
        held("c1", "x", tags=("t",), expires=SOON),
        held("c2", "y", tags=("t",)),
    )
    (unused,) = ask(one, *two, lasting=True).unused
    assert unused.why == "a needs no more"


def test_lasting_leaves_what_is_not_satisfied_as_it_is():
    two = (
        held("c1", "x", tags=("t",), expires=SOON),
        held("c2", "z", tags=("t",), expires=LAST),
    )
    asked = rules(leaf("a", "tag = ['t']") + leaf("b", "achievement = ['no']"))
    assert used(ask(asked, *two, lasting=True)) == {"c1": ["a"]}


def _longest(case):
    """The latest day on which the first used part ends, by trying all sets."""
    best = None
    whole = oracle.answer(case)[0]
    for size in range(len(case["credential"]) + 1):
        for some in itertools.combinations(case["credential"], size):
            found, where = oracle.answer({**case, "credential": list(some)})
            if found[:4] != whole[:4]:
                continue
            ends = [c.get("expires") for c in some if c["id"] in where]
            ignored = case["qualification"].get("expired", "ignore") == "ignore"
            ends = [end or date.max for end in ends] if ignored else []
            first = min(ends, default=date.max)
            best = first if best is None else max(best, first)
    return best


def test_no_allocation_that_is_as_good_lasts_longer():
    compared = longer = 0
    for seed in itertools.count(5000):
        case = random_case(seed, most=300)
        case["qualification"].pop("max_age_years", None)
        case["credential"] = case["credential"][:6]
        if not oracle.answer(case)[0][0]:
            continue
        what_if = load_what_if(oracle.what_if_of(case), "what-if")
        asked = {"as_of": AS_OF, "overrides": what_if.overrides, "assume": True}
        question = ([load(oracle.toml_of(case), "rules")], what_if.holdings)
        (plain,) = progress(*question, **asked)
        (answer,) = progress(*question, lasting=True, **asked)
        assert answer.satisfied
        end = answer.lapse.on if answer.lapse else date.max
        assert end == _longest(case), seed
        compared += 1
        longer += answer.lapse != plain.lapse
        if compared == 40:
            break
    # It does change something, or the comparison would show nothing.
    assert longer > 0


@pytest.mark.parametrize("seed", range(6000, 6010))
def test_lasting_is_the_same_every_run(seed):
    case = random_case(seed)
    what_if = load_what_if(oracle.what_if_of(case), "what-if")
    qualification = load(oracle.toml_of(case), "rules")
    runs = [
        progress([qualification], holdings, as_of=AS_OF, lasting=True)
        for holdings in (what_if.holdings, what_if.holdings[::-1])
    ]
    assert runs[0] == runs[1]
