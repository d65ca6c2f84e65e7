"""Does the solver give the same answers, and nothing else?"""

import os
import subprocess
import sys

import pytest

from credwallet.stacking import progress
from credwallet.stacking.allocating import allocate, proposal, solver
from credwallet.stacking.allocating.solver import Allowance, Program, Solution, Solver
from tests.benchmarks.stacking_cases import AS_OF as LARGE_DAY
from tests.benchmarks.stacking_cases import qualification, wallet
from tests.stacking import oracle
from tests.stacking.random_cases import random_case, random_pair
from tests.stacking.test_oracle import answered_pair, objective, ours

pytestmark = pytest.mark.skipif(
    not solver.available(), reason="the extra `solver` (highspy) is not installed"
)

COUNT = int(os.environ.get("CREDWALLET_ORACLE", "300"))
BLOCKS = [range(start, min(start + 50, COUNT)) for start in range(0, COUNT, 50)]


@pytest.fixture
def always(monkeypatch):
    """Ask the solver even where a few steps would do."""
    monkeypatch.setattr(allocate, "_MANY", 0)


@pytest.mark.parametrize("seeds", BLOCKS, ids=lambda seeds: f"{seeds.start}")
def test_what_the_solver_proposes_is_the_best(always, seeds):
    for seed in seeds:
        case = random_case(seed)
        best, _ = oracle.answer(case)
        answer = ours(case)
        assert objective(answer) == best, seed
        assert answer.proven
        assert answer.bounds == (best[1], best[1])


def test_two_that_exclude_each_other_are_solved_together(always):
    for seed in range(COUNT // 5):
        pair = random_pair(seed)
        assert answered_pair(*pair)[0] == oracle.answer_pair(*pair), seed


def test_one_objective_after_the_other_finds_the_same(always, monkeypatch):
    monkeypatch.setattr(proposal, "_LARGEST", 1)
    for seed in range(60):
        case = random_case(seed)
        answer = ours(case)
        assert (objective(answer), answer.proven) == (oracle.answer(case)[0], True)


def large():
    return [qualification(n, 1000 + n, leaves=20) for n in range(3)], wallet(300, 1)


def test_a_large_wallet_is_proven_by_the_solver_and_within_bounds_without_it():
    rules, holdings = large()
    proven = progress(rules, holdings, as_of=LARGE_DAY)
    alone = progress(rules, holdings, as_of=LARGE_DAY, work_limit=500, solver_seconds=0)
    assert all(answer.proven for answer in proven)
    assert not all(answer.proven for answer in alone)
    for best, found in zip(proven, alone, strict=True):
        low, high = found.bounds
        assert low <= best.fraction <= high
        assert found.fraction <= best.fraction


def test_a_solver_that_ends_too_early_leaves_an_interval(always, monkeypatch):
    """Its best so far counts, and its bound is said."""

    def hasty(self, terms):
        found = maximise(self, terms)
        if found.values is None:
            return found
        # As if it had stopped before it knew anything but the first row of zeros.
        return Solution((0,) * len(found.values), found.bound, False, False)

    maximise = Solver.maximise
    monkeypatch.setattr(Solver, "maximise", hasty)
    open_ended = 0
    for seed in range(60):
        case = random_case(seed)
        best, _ = oracle.answer(case)
        answer = ours(case)
        low, high = answer.bounds
        assert low <= best[1] <= high, seed
        open_ended += not answer.proven
    assert open_ended > 20


def test_what_breaks_a_rule_is_not_believed(always, monkeypatch):
    """All columns at once break nearly every rule; the search is asked instead."""

    def wrong(self, terms):
        return Solution((1,) * self._columns, 1e9, False, True)

    monkeypatch.setattr(Solver, "maximise", wrong)
    for seed in range(60):
        case = random_case(seed)
        best, _ = oracle.answer(case)
        answer = ours(case)
        low, high = answer.bounds
        assert low <= best[1] <= high, seed


def test_a_program_without_any_solution_is_said_to_have_none():
    program = Program()
    column = program.column()
    program.row([(column, 1)], least=2)
    solution = Solver(program, Allowance(1)).maximise({column: 1})
    assert solution.infeasible
    assert solution.values is None


def test_time_that_is_used_is_taken_off():
    rules, holdings = large()
    allowance = Allowance(5)
    program = Program()
    column = program.column(7)
    program.row([(column, 2)], most=9)
    solution = Solver(program, allowance).maximise({column: 3})
    assert solution.values == (4,)
    assert solution.bound == pytest.approx(12)
    assert allowance.left <= 5
    assert progress(rules[:1], holdings, as_of=LARGE_DAY)[0].proven


def test_the_solver_prints_nothing():
    code = (
        "from tests.stacking.test_solver import large, LARGE_DAY\n"
        "from credwallet.stacking import progress\n"
        "rules, holdings = large()\n"
        "assert all(a.proven for a in progress(rules, holdings, as_of=LARGE_DAY))\n"
        "import sys\n"
        "assert 'highspy' in sys.modules\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, timeout=120
    )
    assert (done.stdout, done.stderr) == (b"", b"")
