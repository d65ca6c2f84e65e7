"""Is what is said of several qualifications right for each of them?"""

from datetime import date
from fractions import Fraction

import pytest

from credwallet.model.offer import Offer
from credwallet.model.plan import Limits, Money
from credwallet.stacking import load, progress
from credwallet.stacking.planning.comparing import NO_OFFERS, compare
from credwallet.stacking.planning.offer_gains import Question
from credwallet.stacking.planning.plan import plan
from tests.stacking.given import AS_OF, held, leaf


def wanted(name, *parts, more=""):
    head = f'format = "credwallet-qualification/1"\n[qualification]\nid = "{name}"\n'
    leaves = "".join(leaf(part, f"achievement = ['{part}']") for part in parts)
    return load(f"{head}{more}\n{leaves}", name)


def offer(name, achievement, cost=None, hours=None, currency="EUR"):
    given_ = held(name, achievement, assumed=True)
    cost = None if cost is None else Fraction(cost)
    hours = None if hours is None else Fraction(hours)
    return Offer(name, given_, cost=cost, hours=hours, currency=currency)


def beside(qualifications, offers, *holdings, money=None):
    question = Question(holdings, AS_OF)
    answers = progress(qualifications, holdings, as_of=AS_OF)
    return compare(answers, question, offers, money=money or Money())


OFFERS = [
    offer("cheap", "a", 100, 50),
    offer("quick", "a", 300, 10),
    offer("other", "b", 20, 5),
]


def test_the_least_money_and_the_fewest_hours_are_those_of_plans_without_limits():
    mine = held("c", "z")
    found = beside([wanted("q", "a", "b"), wanted("r", "b")], OFFERS, mine)
    first, second = found
    assert (first.cheapest.amount, first.cheapest.currency) == (120, "EUR")
    assert sorted(first.cheapest.offers) == ["cheap", "other"]
    assert (first.quickest.amount, first.quickest.currency) == (15, "")
    assert sorted(first.quickest.offers) == ["other", "quick"]
    assert (second.cheapest.amount, second.quickest.amount) == (20, 5)
    assert first.unused == second.unused == ("c",)


@pytest.mark.parametrize("aim", ["cost", "hours"])
def test_it_says_what_plan_says(aim):
    rules = wanted("q", "a", "b")
    (entry,) = beside([rules], OFFERS)
    told = plan(rules, (), OFFERS, as_of=AS_OF, limits=Limits(), minimise=aim)
    mine = entry.cheapest if aim == "cost" else entry.quickest
    assert mine.offers == tuple(one.id for one in told.offers)
    assert mine.amount == (told.cost if aim == "cost" else told.hours)
    assert mine.proven is told.proven is True


def test_what_is_finished_takes_nothing_more_and_says_when_it_lapses():
    ends = date(2027, 5, 1)
    mine = (held("c", "a", expires=ends), held("d", "y"))
    (entry,) = beside([wanted("q", "a")], OFFERS, *mine)
    assert (entry.cheapest.amount, entry.quickest.amount) == (0, 0)
    assert (entry.used, entry.unused, entry.lapses) == (("c",), ("d",), ends)


def test_what_is_not_finished_does_not_lapse():
    mine = held("c", "a", expires=date(2027, 5, 1))
    (entry,) = beside([wanted("q", "a", "b")], OFFERS, mine)
    assert entry.lapses is None


def test_an_award_that_is_held_takes_nothing_more():
    rules = wanted("q", "a", more="award = { achievement = ['x:award'] }")
    (entry,) = beside([rules], [], held("c", "x:award"))
    assert (entry.cheapest.amount, entry.quickest.amount) == (0, 0)


def test_why_nobody_can_say_is_said():
    rules = [wanted("q", "a", "c", "d")]
    (entry,) = beside(rules, [])
    assert (entry.cheapest.amount, entry.cheapest.why) == (None, NO_OFFERS)
    (entry,) = beside(rules, OFFERS)
    assert (entry.quickest.amount, entry.quickest.why) == (None, "no offer for c, d")


def test_an_offer_without_a_cost_is_not_free():
    rules = [wanted("q", "a")]
    (entry,) = beside(rules, [offer("silent", "a", hours=3)])
    assert entry.cheapest.amount is None
    assert "silent" in entry.cheapest.why
    assert entry.quickest.amount == 3


def test_two_currencies_are_not_added_up_but_hours_are():
    offers = [offer("one", "a", 1, 2), offer("two", "b", 1, 3, "USD")]
    rules = [wanted("q", "a", "b")]
    (entry,) = beside(rules, offers)
    assert entry.cheapest.amount is None
    assert "EUR and USD" in entry.cheapest.why
    assert entry.quickest.amount == 5
    money = Money("EUR", (("USD", Fraction(1, 2)),))
    (entry,) = beside(rules, offers, money=money)
    assert (entry.cheapest.amount, entry.cheapest.currency) == (Fraction(3, 2), "EUR")
