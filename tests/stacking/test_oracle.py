"""Is every answer the best there is? A second solver tries everything and compares."""

import os

import pytest

from credwallet.stacking import load, load_what_if, progress
from credwallet.stacking.allocating import search
from tests.stacking import oracle
from tests.stacking.random_cases import AS_OF, random_case, random_pair

# Set CREDWALLET_ORACLE=2000 for the long run.
COUNT = int(os.environ.get("CREDWALLET_ORACLE", "300"))
BLOCKS = [range(start, min(start + 50, COUNT)) for start in range(0, COUNT, 50)]


def ours(case, **options):
    rules = load(oracle.toml_of(case), "rules")
    what_if = load_what_if(oracle.what_if_of(case), "what-if")
    (answer,) = progress(
        [rules],
        what_if.holdings,
        as_of=case["as_of"],
        overrides=what_if.overrides,
        assume=True,
        **options,
    )
    return answer


def objective(answer):
    return (
        answer.satisfied,
        answer.fraction,
        sum(gate.met for gate in answer.gates),
        sum(entry.fraction == 1 for entry in answer.requirements),
        -len({use.credential for use in answer.allocation}),
    )


def allocation(answer):
    found = {}
    for use in answer.allocation:
        found.setdefault(use.credential, []).append(use.requirement)
    return found


@pytest.mark.parametrize("seeds", BLOCKS, ids=lambda seeds: f"{seeds.start}")
def test_every_answer_is_the_best_and_the_canonical_one(seeds):
    for seed in seeds:
        case = random_case(seed)
        best, where = oracle.answer(case)
        answer = ours(case)
        assert (objective(answer), allocation(answer)) == (best, where), seed
        assert answer.proven
        assert answer.bounds == (best[1], best[1])


@pytest.fixture
def narrow(monkeypatch):
    """Small cases are solved at the first walk; these must go all the way."""
    monkeypatch.setattr(search, "_FIRST_WIDTH", 1)
    monkeypatch.setattr(search, "_WIDTHS", (1, 2, None))


def test_a_search_that_must_prune_finds_the_same(narrow):
    for seed in range(COUNT, COUNT + 60):
        case = random_case(seed)
        best, where = oracle.answer(case)
        answer = ours(case)
        assert (objective(answer), allocation(answer)) == (best, where), seed
        assert answer.proven


@pytest.mark.parametrize("limit", [0, 1, 40, 150])
def test_a_search_that_is_cut_short_says_an_interval_that_holds_the_best(narrow, limit):
    unproven = 0
    for seed in range(100):
        case = random_case(seed)
        best, _ = oracle.answer(case)
        answer = ours(case, work_limit=limit)
        low, high = answer.bounds
        assert answer.fraction == low <= best[1] <= high, seed
        unproven += not answer.proven
        if answer.proven:
            assert (answer.satisfied, low, high) == (best[0], best[1], best[1]), seed
    assert unproven > 0 or limit > 100


def answered_pair(first, second):
    rules = [load(oracle.toml_of(case), "rules") for case in (first, second)]
    what_if = load_what_if(oracle.what_if_of(first), "what-if")
    found = progress(rules, what_if.holdings, as_of=AS_OF)
    alone = progress(rules[1:], what_if.holdings, as_of=AS_OF)[0]
    value = [entry for answer in found for entry in objective(answer)[1:4]]
    used = sum(objective(answer)[4] for answer in found)
    assert all(answer.proven for answer in found)
    return (*value, used), alone.fraction != found[1].fraction


def test_two_that_exclude_each_other_are_solved_together_the_first_preferred():
    differing = 0
    for seed in range(COUNT // 5):
        pair = random_pair(seed)
        value, differs = answered_pair(*pair)
        assert value == oracle.answer_pair(*pair), seed
        differing += differs
    # The pairs do compete, or the comparison would show nothing.
    assert differing > 0


def test_two_that_exclude_each_other_come_out_the_same_when_it_must_prune(narrow):
    for seed in range(COUNT, COUNT + 30):
        pair = random_pair(seed)
        assert answered_pair(*pair)[0] == oracle.answer_pair(*pair), seed
