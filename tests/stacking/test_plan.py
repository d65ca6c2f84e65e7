"""Is a plan the cheapest there is, and if there is none, what has to give way?"""

from datetime import date, timedelta
from fractions import Fraction

import pytest

from credwallet.errors import Usage
from credwallet.model.offer import Offer
from credwallet.model.plan import Limits, Money
from credwallet.stacking.planning.plan import plan
from tests.stacking.given import AS_OF, held, leaf, rules


def offer(name, gives, cost=10, hours=5, **more):
    made = held(name, gives, assumed=True)
    return Offer(
        id=name,
        gives=made,
        cost=None if cost is None else Fraction(cost),
        currency=more.pop("currency", "EUR" if cost is not None else ""),
        hours=None if hours is None else Fraction(hours),
        **more,
    )


def ask(qualification, holdings=(), offers=(), **how):
    limits = Limits(**how.pop("limits", {}))
    return plan(qualification, holdings, offers, as_of=AS_OF, limits=limits, **how)


def ids(found):
    return [entry.id for entry in found.offers]


ANY = leaf("any", "achievement = ['x', 'y']")
ONLY = leaf("only", "achievement = ['x']")


def test_what_is_held_may_move_so_that_the_cheap_offer_is_enough():
    """First fit counts x as `any`, and would have x bought once more."""
    asked = rules(ANY + ONLY)
    choice = (offer("again", "x", 950), offer("other", "y", 150))
    found = ask(asked, [held("c", "x")], choice)
    assert (ids(found), found.cost) == (["other"], 150)
    assert {use.credential: use.requirement for use in found.after.allocation} == {
        "c": "only",
        "other": "any",
    }


def test_what_is_satisfied_already_takes_nothing():
    found = ask(rules(ONLY), [held("c", "x")], [offer("o", "x")])
    assert (found.feasible, found.proven, found.offers, found.cost) == (
        True,
        True,
        (),
        0,
    )


def test_what_is_required_is_taken_first_and_paid_for():
    first = offer("first", "base", 30)
    second = offer("second", "x", 10, requires=("base",))
    found = ask(rules(ONLY), [], [second, first], limits={"per_week": Fraction(7)})
    assert (ids(found), found.cost) == (["first", "second"], 40)
    assert [(step.starts, step.ends) for step in found.schedule] == [
        (AS_OF, AS_OF + timedelta(days=4)),
        (AS_OF + timedelta(days=5), AS_OF + timedelta(days=9)),
    ]
    assert ids(ask(rules(ONLY), [held("c", "base")], [second, first])) == ["second"]


def test_offers_that_require_each_other_can_never_be_taken():
    circle = (
        offer("a", "x", requires=("y",)),
        offer("b", "y", requires=("x",)),
    )
    found = ask(rules(ONLY), [], circle)
    assert not found.feasible


def test_a_requirement_that_nothing_offers_is_named():
    asked = rules(ONLY + leaf("rare", "achievement = ['z']"))
    found = ask(asked, [], [offer("o", "x")])
    assert (found.feasible, found.no_offer, found.relaxations) == (
        False,
        ("rare",),
        (),
    )


@pytest.mark.parametrize(
    ("limits", "limit", "to"),
    [
        ({"budget": Fraction(30)}, "budget", "40"),
        ({"hours": Fraction(8)}, "hours", "10"),
        ({"modes": ("face",)}, "mode", "online"),
        ({"by": AS_OF, "per_week": Fraction(7)}, "by", "2026-12-03"),
        (
            {"by": AS_OF + timedelta(days=4), "per_week": Fraction(7)},
            "by",
            "2026-12-03",
        ),
    ],
    ids=["budget", "hours", "mode", "by", "by-later"],
)
def test_the_least_that_has_to_give_way_is_said(limits, limit, to):
    asked = rules(ONLY + leaf("b", "achievement = ['b']"))
    choice = (offer("o", "x", 20, mode="online"), offer("p", "b", 20, mode="online"))
    found = ask(asked, [], choice, limits=limits)
    assert not found.feasible
    by_limit = {entry.limit: entry.to for entry in found.relaxations}
    assert by_limit[limit] == to
    assert found.relaxation in found.relaxations


def test_what_costs_nobody_knows_how_much_is_never_taken_as_free():
    found = ask(rules(ONLY), [], [offer("dark", "x", None), offer("o", "x", 80)])
    assert ids(found) == ["o"]
    assert any("dark" in warning for warning in found.warnings)
    by_hours = ask(rules(ONLY), [], [offer("dark", "x", None)], minimise="hours")
    assert (ids(by_hours), by_hours.cost) == (["dark"], None)


def test_costs_in_two_currencies_need_a_rate():
    choice = (offer("o", "x", 10), offer("p", "x", 9, currency="USD"))
    with pytest.raises(Usage, match=r"EUR|USD"):
        ask(rules(ONLY), [], choice)
    money = Money("EUR", (("USD", Fraction("1.2")),))
    found = ask(rules(ONLY), [], choice, money=money)
    assert (ids(found), found.cost, found.currency) == (["o"], 10, "EUR")


def test_a_dated_offer_that_began_or_ends_too_late_is_not_taken():
    gone = offer("gone", "x", 1, starts=AS_OF - timedelta(days=1))
    late = offer("late", "x", 2, ends=date(2028, 1, 1))
    found = ask(
        rules(ONLY),
        [],
        [gone, late, offer("o", "x", 50)],
        limits={"by": date(2027, 1, 1)},
    )
    assert ids(found) == ["o"]


def test_an_offer_dated_in_the_future_counts_as_new_when_it_is_done():
    later = offer("o", "x")
    later = later._replace(gives=later.gives._replace(issued=date(2027, 5, 1)))
    assert ids(ask(rules(ONLY, "max_age_years = 2"), [], [later])) == ["o"]


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({"limits": {"budget": Fraction(0)}}, "budget 0"),
        ({"limits": {"per_week": Fraction(-1)}}, "per-week -1"),
        ({"limits": {"by": AS_OF - timedelta(days=1)}}, "before"),
        ({"limits": {"modes": ("remote",)}}, "no mode remote"),
        ({"minimise": "fun"}, "fun cannot be minimised"),
    ],
    ids=["budget", "pace", "by", "mode", "aim"],
)
def test_a_question_that_makes_no_sense_is_refused(how, said):
    with pytest.raises(Usage, match=said):
        ask(rules(ONLY), [], [offer("o", "x")], **how)


def test_two_things_of_one_id_are_refused():
    with pytest.raises(Usage, match="the id c"):
        ask(rules(ONLY), [held("c", "y")], [offer("c", "x")])


def test_the_same_question_has_the_same_answer_in_any_order():
    asked = rules(ANY + ONLY)
    choice = [offer(f"o{n}", "xy"[n % 2], 10 + n // 4, 5) for n in range(8)]
    first = ask(asked, [], choice)
    assert first == ask(asked, [], choice[::-1])
    assert ids(first) == sorted(ids(first))


CHOICE = (
    """[[group]]
id = "g"
type = "n_of"
n = 1
"""
    + leaf("one", "achievement = ['p']", more="in = 'g'")
    + leaf("two", "achievement = ['q']", more="in = 'g'")
)


def test_an_offer_for_what_is_not_needed_asks_for_no_rate():
    """One of two is done with what fits nothing else, so the other is never taken."""
    offers = [offer("far", "q", 5, currency="USD"), offer("o", "x")]
    found = ask(rules(CHOICE + ONLY), [held("c", "p")], offers)
    assert (ids(found), found.cost, found.currency) == (["o"], 10, "EUR")


def test_an_offer_for_what_is_done_asks_for_no_rate():
    offers = [offer("again", "y", 5, currency="USD"), offer("o", "x")]
    asked = rules(leaf("done", "achievement = ['y']") + ONLY)
    assert ids(ask(asked, [held("c", "y")], offers)) == ["o"]


@pytest.mark.parametrize(
    "more",
    [
        pytest.param(ANY + ONLY, id="what is held could move"),
        pytest.param(
            leaf("any", "achievement = ['y', 'x']")
            + leaf("far", "achievement = ['z', 'y']"),
            id="the offer fits something that is open, too",
        ),
        pytest.param(
            leaf("done", "achievement = ['x', 'y']")
            + leaf("open", "achievement = ['z']")
            + "[[gate]]\nid = 'gate'\nmatch = { achievement = ['y'] }\nmin_count = 1\n",
            id="a gate",
        ),
    ],
)
def test_an_offer_that_could_help_still_asks_for_a_rate(more):
    offers = [offer("usd", "y", 5, currency="USD"), offer("eur", "z")]
    offers.append(offer("both", "x", 7))
    with pytest.raises(Usage, match="two currencies"):
        ask(rules(more), [held("c", "x")], offers)
