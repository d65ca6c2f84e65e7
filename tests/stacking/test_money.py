"""Are costs converted exactly, and never added across currencies without a rate?"""

from fractions import Fraction

import pytest

from credwallet.errors import Usage
from credwallet.model.offer import Offer
from credwallet.model.plan import Money
from credwallet.model.qualification import Holding
from credwallet.stacking.planning.money import currencies_of, in_one_currency


def offer(name, cost, currency="EUR"):
    cost = None if cost is None else Fraction(cost)
    return Offer(name, Holding(name), cost=cost, currency=currency)


def test_the_only_currency_that_occurs_is_the_one_to_sum_in():
    offers = [offer("a", "12.5"), offer("b", 0), offer("c", None, "USD")]
    assert in_one_currency(offers, Money()) == (
        "EUR",
        {"a": Fraction(25, 2), "b": Fraction(0)},
    )


def test_nothing_with_a_cost_is_in_no_currency():
    assert in_one_currency([offer("a", None)], Money()) == ("", {})
    assert in_one_currency([], Money("CHF")) == ("CHF", {})


def test_a_rate_converts_exactly():
    offers = [offer("a", 1), offer("b", "0.1", "USD"), offer("c", 3, "MYR")]
    rates = (("USD", Fraction(1, 3)), ("MYR", Fraction("0.21")))
    expected = {"a": Fraction(1), "b": Fraction(1, 30), "c": Fraction("0.63")}
    assert in_one_currency(offers, Money("EUR", rates)) == ("EUR", expected)
    # The one currency that has no rate is the one that the rates are into.
    assert in_one_currency(offers, Money("", rates)) == ("EUR", expected)


def test_two_currencies_without_a_rate_are_an_error_that_names_both():
    offers = [offer("a", 1, "USD"), offer("b", 1, "EUR")]
    with pytest.raises(Usage, match="EUR and USD") as caught:
        in_one_currency(offers, Money())
    assert caught.value.next_step.endswith("--currency EUR --rate USD=NUMBER")
    with pytest.raises(Usage, match=r"a costs USD, .* to EUR") as caught:
        in_one_currency(offers, Money("EUR"))
    assert "--rate USD=NUMBER" in caught.value.next_step


def test_a_rate_into_nothing_is_an_error():
    with pytest.raises(Usage, match="nothing says into what"):
        in_one_currency([offer("a", 1, "USD")], Money("", (("USD", Fraction(2)),)))


def test_the_currency_itself_is_worth_one_whatever_a_rate_says():
    money = Money("EUR", (("EUR", Fraction(5)),))
    assert in_one_currency([offer("a", 2)], money) == ("EUR", {"a": Fraction(2)})


def test_only_currencies_of_costs_are_listed():
    offers = [offer("a", 1, "USD"), offer("b", None, "CHF"), offer("c", 1, "EUR")]
    assert currencies_of(offers) == ("EUR", "USD")
