"""Is every plan the best there is? A second answer tries every set and compares."""

import os
from fractions import Fraction

import pytest

from credwallet.stacking import load, load_what_if
from credwallet.stacking.allocating.solver import available
from credwallet.stacking.planning import asking, descent
from credwallet.stacking.planning.plan import plan
from tests.stacking import oracle, plan_oracle
from tests.stacking.plan_cases import limits_of, money_of, offers_of, random_plan

# Set CREDWALLET_ORACLE=2000 for the long run.
COUNT = int(os.environ.get("CREDWALLET_ORACLE", "100"))
BLOCKS = [range(start, min(start + 50, COUNT)) for start in range(0, COUNT, 50)]


def ours(case, limits, minimise, **options):
    what_if = load_what_if(oracle.what_if_of(case), "what-if")
    options.setdefault("solver_seconds", 0)
    return plan(
        load(oracle.toml_of(case), "rules"),
        what_if.holdings,
        offers_of(case),
        as_of=case["as_of"],
        limits=limits_of(limits),
        minimise=minimise,
        money=money_of(case),
        overrides=what_if.overrides,
        assume=True,
        **options,
    )


def ids(answer):
    return sorted(offer.id for offer in answer.offers) if answer.feasible else None


def assert_best(seed, **options):
    case, limits, minimise, used = random_plan(seed)
    best = plan_oracle.best(case, limits, minimise, used)
    answer = ours(case, limits, minimise, **options)
    assert ids(answer) == best, seed
    assert answer.proven, seed
    if best is not None:
        assert answer.cost == plan_oracle.total(case, best, "cost"), seed
        assert answer.hours == plan_oracle.total(case, best, "hours"), seed
        assert answer.after.satisfied, seed
        value = answer.cost if minimise == "cost" else answer.hours
        assert answer.bounds == (value, value), seed
    return case, limits, minimise, used, answer


def assert_least_enough(seed, found):
    """Each relaxation is enough, nothing less is, and none is forgotten."""
    case, limits, minimise, used, answer = found
    found = {entry.limit: entry.to for entry in answer.relaxations}
    if answer.feasible or answer.no_offer:
        assert not found, seed
        return
    without = {key: {k: v for k, v in limits.items() if k != key} for key in limits}
    for key, what in (("budget", "cost"), ("hours", "hours")):
        if key in limits:
            # What is left out for its silence stays so when the limit goes.
            loose = without[key] | {key: Fraction(10**6)}
            least = plan_oracle.least(case, loose, minimise, used, what)
            assert found.get(key) == (None if least is None else said(least)), seed
    if "by" in limits:
        day = plan_oracle.first_day(case, limits, minimise, used)
        assert found.get("by") == (None if day is None else day.isoformat()), seed
    if "per_week" in limits:
        fast = limits | {"per_week": Fraction(10**9)}
        possible = plan_oracle.best(case, fast, minimise, used) is not None
        assert ("per-week" in found) == possible, seed
        if possible:
            pace = Fraction(found["per-week"])
            enough = limits | {"per_week": pace}
            assert plan_oracle.best(case, enough, minimise, used) is not None, seed
            less = limits | {"per_week": pace * 999 / 1000}
            assert plan_oracle.best(case, less, minimise, used) is None, seed
    if "mode" in limits:
        more = [m for m in ("online", "face", "blended") if m not in limits["mode"]]
        wider = limits | {"mode": [*limits["mode"], *more]}
        possible = plan_oracle.best(case, wider, minimise, used) is not None
        assert found.get("mode") == (" ".join(more) if possible else None), seed


def said(number):
    """An amount as relaxations write it: a decimal where that is exact."""
    for places in range(7):
        if (number * 10**places).denominator == 1:
            return f"{float(number):.{places}f}"
    return str(number)


@pytest.mark.parametrize("seeds", BLOCKS, ids=lambda seeds: f"{seeds.start}")
def test_every_plan_is_the_best_and_every_relaxation_the_least(seeds):
    feasible = 0
    for seed in seeds:
        found = assert_best(seed)
        feasible += found[-1].feasible
        assert_least_enough(seed, found)
    assert 0 < feasible < len(seeds)


def test_a_search_that_must_prune_finds_the_same(monkeypatch):
    monkeypatch.setattr(descent, "_FIRST", 1)
    monkeypatch.setattr(descent, "_SECOND", 2)
    for seed in range(COUNT, COUNT + 40):
        assert_best(seed)


@pytest.mark.skipif(not available(), reason="the extra solver is not installed")
def test_the_solver_finds_the_same(monkeypatch):
    monkeypatch.setattr(asking, "_LARGE", -1)
    for seed in range(COUNT, COUNT + 40):
        assert_best(seed, solver_seconds=60)


@pytest.mark.parametrize("limit", [0, 60, 2000])
def test_a_search_that_is_cut_short_says_bounds_that_hold_the_best(monkeypatch, limit):
    monkeypatch.setattr(descent, "_FIRST", 1)
    monkeypatch.setattr(descent, "_SECOND", 1)
    unproven = 0
    for seed in range(60):
        case, limits, minimise, used = random_plan(seed)
        best = plan_oracle.best(case, limits, minimise, used)
        answer = ours(case, limits, minimise, work_limit=limit)
        unproven += not answer.proven
        low, high = answer.bounds
        if best is None:
            assert not answer.feasible, seed
            continue
        key = "cost" if minimise == "cost" else "hours"
        value = plan_oracle.total(case, best, key)
        assert low <= value, seed
        assert high is None or value <= high, seed
        if answer.proven:
            assert low == high == value, seed
    assert unproven > 0 or limit > 100


def test_the_plain_answer_agrees_with_the_one_for_progress():
    for seed in range(12):
        case, *_, used = random_plan(seed, most=600, offers=4)
        for mask in range(1 << len(case["offer"])):
            some = [o for n, o in enumerate(case["offer"]) if mask >> n & 1]
            judged, _ = oracle.answer(plan_oracle.everything_held(case, some))
            names = frozenset(offer["id"] for offer in some)
            assert judged[0] == any(few <= names for few in used), seed
