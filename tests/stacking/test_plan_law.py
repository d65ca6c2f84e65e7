"""Does a plan keep to its law at the edges: equals, prerequisites, time, silence?"""

from datetime import date
from fractions import Fraction

import pytest

from credwallet.model.offer import Offer
from credwallet.model.plan import Limits
from credwallet.model.qualification import Override
from credwallet.stacking.planning.plan import plan
from tests.stacking.given import AS_OF, held, leaf, rules

X, Y = leaf("a", "achievement = ['x']"), leaf("b", "achievement = ['y']")
ONE, BOTH = rules(X), rules(X + Y)


def offer(name, achievement, cost=10, hours=5, **values):
    gives = {
        key: values.pop(key)
        for key in ("expires", "same_as", "tags", "issuer", "credits", "credit_unit")
        if key in values
    }
    return Offer(
        id=name,
        gives=held(name, achievement, assumed=True, **gives),
        cost=None if cost is None else Fraction(cost),
        currency=values.pop("currency", "" if cost is None else "EUR"),
        hours=None if hours is None else Fraction(hours),
        **values,
    )


def ask(qualification, holdings, *offers, limits=None, **options):
    options.setdefault("solver_seconds", 0)
    options["limits"] = Limits(**(limits or {}))
    return plan(qualification, holdings, offers, as_of=AS_OF, **options)


def names(answer):
    return [entry.id for entry in answer.offers]


def relaxed(answer):
    return {entry.limit: entry.to for entry in answer.relaxations}


def test_the_award_itself_is_held_and_nothing_is_to_be_done():
    whole = rules(X, "award = { achievement = ['award'] }")
    answer = ask(whole, [held("mine", "award")], offer("o", "x"))
    assert (answer.feasible, names(answer), answer.before.state) == (True, [], "held")


def test_an_offer_of_the_award_itself_is_no_part_of_it():
    whole = rules(X, "award = { achievement = ['award'] }")
    answer = ask(whole, [], offer("o", "award"))
    assert (answer.feasible, answer.no_offer) == (False, ("a",))


def test_among_equals_the_other_resource_decides_then_the_first_ids():
    assert names(ask(ONE, [], offer("p", "x", 10, 9), offer("q", "x", 10, 3))) == ["q"]
    assert names(ask(ONE, [], offer("q", "x"), offer("p", "x"))) == ["p"]


def test_among_equals_fewer_offers_are_better():
    two = rules(leaf("a", "tag = ['t']", "credits", "credits = 2"))
    offers = [
        offer(
            *(name, name, cost, cost),
            tags=("t",),
            credits=Fraction(worth),
            credit_unit="ects",
        )
        for name, cost, worth in (("a1", 5, 1), ("a2", 5, 1), ("z", 10, 2))
    ]
    assert names(ask(two, [], *offers)) == ["z"]


def test_what_counts_as_the_same_is_a_prerequisite_and_what_expired_is_none():
    then = offer("then", "x", requires=("https://Base.example/",))
    assert names(ask(ONE, [held("mine", "https://base.example")], then)) == ["then"]
    same = held("mine", "other", same_as=("https://base.example",))
    assert names(ask(ONE, [same], then)) == ["then"]
    late = held("mine", "https://base.example", expires=AS_OF)
    assert not ask(ONE, [late], then).feasible


def test_a_shared_prerequisite_is_paid_once():
    offers = [
        offer("base", "base", 30),
        offer("x1", "x", 10, requires=("base",)),
        offer("y1", "y", 10, requires=("base",)),
        offer("x2", "x", 35),
        offer("y2", "y", 35),
    ]
    answer = ask(BOTH, [], *offers)
    assert (names(answer), answer.cost) == (["base", "x1", "y1"], 50)
    assert answer.schedule[0].needed_by == ("x1", "y1")


def test_a_circle_is_named_and_left_where_another_offer_opens_it():
    one = offer("one", "x", 1, requires=("y",))
    other = offer("other", "y", 1, requires=("x",))
    answer = ask(ONE, [], one, other)
    assert any("one can never be taken" in said for said in answer.warnings)
    assert answer.no_offer == ("a",)
    way_in = offer("way-in", "y", 50)
    assert names(ask(ONE, [], one, other, way_in)) == ["way-in", "one"]


def test_a_gate_that_no_offer_meets_is_named():
    gated = rules(X + "[[gate]]\nid = 'g'\nmatch = { tag = ['t'] }\nmin_count = 1")
    assert ask(gated, [], offer("o", "x")).no_offer == ("g",)


def test_the_least_pace_is_exact():
    only = offer("o", "x", 620, Fraction(81, 2))
    limits = {"per_week": Fraction(1), "by": date(2027, 1, 31)}
    # 40.5 hours from 24 November to 31 January: 69 days.
    answer = ask(ONE, [], only._replace(ends=limits["by"]), limits=limits)
    assert relaxed(answer) == {"per-week": "189/46"}


def test_of_several_limits_the_one_that_grows_least_comes_first():
    limits = {"budget": Fraction(100), "hours": Fraction(10)}
    answer = ask(
        *(ONE, [], offer("cheap", "x", 100, 90), offer("short", "x", 150, 10)),
        limits=limits,
    )
    assert relaxed(answer) == {"budget": "150", "hours": "90"}
    assert (answer.relaxation.limit, answer.relaxation.increase) == (
        *("budget", Fraction(1, 2)),
    )


def test_where_no_single_limit_is_enough_it_says_what_it_would_take():
    limits = {"budget": Fraction(10), "hours": Fraction(10)}
    answer = ask(ONE, [], offer("o", "x", 100, 90), limits=limits)
    assert (answer.relaxation, answer.relaxations) == (None, ())
    assert any("100 EUR and 90 hours" in said for said in answer.warnings)


def test_another_currency_of_what_cannot_help_does_not_matter():
    answer = ask(ONE, [], offer("e", "x"), offer("d", "z", currency="USD"))
    assert (answer.cost, answer.currency) == (10, "EUR")


@pytest.mark.parametrize(
    ("what", "options"),
    [
        ("cost", {"minimise": "hours", "limits": {"budget": Fraction(50)}}),
        ("hours", {"minimise": "hours"}),
        ("hours", {"limits": {"hours": Fraction(50)}}),
        ("hours", {"limits": {"per_week": Fraction(5)}}),
        ("mode", {"limits": {"modes": ("online",)}}),
    ],
    ids=["budget", "minimise", "hours", "pace", "mode"],
)
def test_an_offer_that_does_not_say_is_left_out_and_named(what, options):
    silent = offer("silent", "x", None, None)
    known = offer("known", "x", 40, 40, mode="online")
    answer = ask(ONE, [], silent, known, **options)
    assert names(answer) == ["known"]
    said = f"does not say its {what}: silent"
    assert any(said in warning for warning in answer.warnings)


def test_hours_that_nobody_limits_may_be_unknown_and_come_last():
    answer = ask(ONE, [], offer("silent", "x", 10, None), offer("z", "x", 10, 99))
    assert names(answer) == ["z"]
    answer = ask(ONE, [], offer("silent", "x", 9, None), offer("z", "x", 10, 99))
    assert (names(answer), answer.hours) == (["silent"], None)


def test_a_prerequisite_ends_before_the_day_on_which_the_other_starts():
    base = offer("base", "base", starts=date(2027, 1, 1), ends=date(2027, 2, 1))
    same_day = offer("now", "x", 1, starts=date(2027, 2, 1), requires=("base",))
    next_day = offer("next", "x", 50, starts=date(2027, 2, 2), requires=("base",))
    assert names(ask(ONE, [], base, same_day, next_day)) == ["base", "next"]


def test_the_dearer_provider_is_taken_where_the_cheap_one_comes_too_late():
    then = offer("then", "x", starts=date(2027, 2, 1), requires=("base",))
    late = offer("late", "base", 1, ends=date(2027, 3, 1))
    early = offer("early", "base", 70, ends=date(2027, 1, 1))
    assert names(ask(ONE, [], then, late, early)) == ["early", "then"]


def test_the_same_achievement_is_taken_twice_where_one_counts_and_one_opens():
    good = rules(leaf("a", "achievement = ['x'], tag = ['good']") + Y)
    then = offer("then", "y", starts=date(2027, 2, 1), requires=("x",))
    late = offer("late", "x", 1, ends=date(2027, 3, 1), tags=("good",))
    early = offer("early", "x", 70, ends=date(2027, 1, 1))
    assert sorted(names(ask(good, [], then, late, early))) == ["early", "late", "then"]


def test_a_pace_gives_days_and_weeks():
    first = offer("first", "base", hours=6)
    then = offer("then", "x", hours=12, requires=("base",))
    answer = ask(ONE, [], first, then, limits={"per_week": Fraction(6)})
    assert [(step.starts, step.ends) for step in answer.schedule] == [
        (date(2026, 11, 24), date(2026, 11, 30)),
        (date(2026, 12, 1), date(2026, 12, 14)),
    ]
    assert (answer.weeks, answer.finishes_on) == (3, date(2026, 12, 14))


def test_without_a_pace_other_offers_say_between_which_days():
    then = offer("then", "x", starts=date(2027, 2, 1), requires=("base",))
    first, second = ask(ONE, [], offer("base", "base"), then).schedule
    assert (first.starts, first.ends, first.not_after) == (
        *(None, None, date(2027, 1, 31)),
    )
    assert (second.starts, second.ends) == (date(2027, 2, 1), None)


def test_work_between_the_same_two_dates_adds_up():
    week = {"starts": AS_OF, "ends": date(2026, 11, 30)}
    offers = [offer("x1", "x", hours=4, **week), offer("y1", "y", hours=4, **week)]
    assert ask(BOTH, [], *offers, limits={"per_week": Fraction(8)}).feasible
    answer = ask(BOTH, [], *offers, limits={"per_week": Fraction(7)})
    assert relaxed(answer) == {"per-week": "8"}


def test_what_lapses_before_the_plan_ends_is_said():
    short = offer("short", "x", ends=date(2027, 6, 1), expires=date(2027, 5, 1))
    answer = ask(ONE, [], short)
    assert answer.after.earliest_expiry == date(2027, 5, 1)
    assert any("expires 2027-05-01, before" in said for said in answer.warnings)


def test_two_things_that_an_offer_makes_one_count_as_two_without_it():
    two = rules(
        leaf("a", "tag = ['t']", "count", "n = 2") + leaf("b", "achievement = ['z']")
    )
    parts = [
        offer("x1", "x", 10, tags=("t",)),
        offer("y1", "y", 10, tags=("t",)),
        offer("joins", "z", 5, same_as=("x", "y")),
        offer("plain", "z", 20),
    ]
    answer = ask(two, [], *parts)
    assert (names(answer), answer.proven) == (["plain", "x1", "y1"], True)


def test_an_offer_is_never_the_evidence_of_an_exception():
    waiver = Override("q", "waive", "b", authority="issuer", evidence="proof")
    issuing = rules(X + Y, 'issuer_ids = ["https://i.example"]')
    proof = offer("proof", "letter", 0, issuer="https://i.example")
    answer = ask(issuing, [], offer("o", "x"), proof, overrides=[waiver])
    assert answer.no_offer == ("b",)


def test_sixty_offers_for_thirty_requirements_are_no_trouble():
    many = rules(
        "".join(
            leaf(f"r{n:02}", f"achievement = ['x{n}', 'x{n + 1}']") for n in range(30)
        )
    )
    offers = [
        offer(f"o{n:02}", f"x{n // 2}", 10 + n * 7 % 13, 5 + n * 5 % 11)
        for n in range(62)
    ]
    answer = ask(many, [held(f"h{n}", f"x{3 * n}") for n in range(10)], *offers)
    assert (answer.feasible, answer.proven, len(answer.offers)) == (True, True, 20)


def test_a_long_chain_of_prerequisites_is_followed():
    chain = [
        offer(f"o{n:04}", f"x{n}", 1, 1, requires=(f"x{n - 1}",)) for n in range(200)
    ]
    last = rules(leaf("a", "achievement = ['x199']"))
    answer = ask(last, [held("mine", "x-1")], *chain)
    assert names(answer) == [f"o{n:04}" for n in range(200)]
