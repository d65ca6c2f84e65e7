"""What do offers cost in one currency?

Two currencies are never added up: without a rate for it, another currency is an error
that names both. Rates are the learner's own, and everything stays exact.
"""

from collections.abc import Iterable
from fractions import Fraction

from credwallet.errors import Usage
from credwallet.model.offer import Offer
from credwallet.model.plan import Money


def in_one_currency(
    offers: Iterable[Offer], money: Money
) -> tuple[str, dict[str, Fraction]]:
    """Convert the cost of every offer that has one.

    Args:
        offers: Any offers; no two of one id.
        money: In what to sum; `currency` `""`: the only one that occurs without a rate.

    Returns:
        The currency, `""` if nothing has a cost and none is asked for; and the cost in
        it by the offer's id, without the offers that do not say theirs.

    Raises:
        Usage: If an offer is in a currency for which there is no rate.

    """
    priced = [offer for offer in offers if offer.cost is not None]
    currency = money.currency or _only_one(priced, money)
    rates = {**dict(money.rates), currency: Fraction(1)}
    costs: dict[str, Fraction] = {}
    for offer in priced:
        if offer.currency not in rates:
            raise Usage(
                f"{offer.id} costs {offer.currency}, and there is no rate from that "
                f"to {currency}",
                next_step=f"say what 1 {offer.currency} is worth in {currency}: "
                f"--rate {offer.currency}=NUMBER",
            )
        costs[offer.id] = (offer.cost or Fraction(0)) * rates[offer.currency]
    return currency, costs


def currencies_of(offers: Iterable[Offer]) -> tuple[str, ...]:
    """List the currencies in which offers have a cost, in the order of the alphabet."""
    return tuple(sorted({o.currency for o in offers if o.cost is not None}))


def _only_one(priced: list[Offer], money: Money) -> str:
    rated = dict(money.rates)
    found = currencies_of(priced)
    left = [currency for currency in found if currency not in rated]
    if len(left) > 1:
        one, other = left[:2]
        raise Usage(
            f"the offers cost {' and '.join(left)}, and two currencies are never "
            "added up",
            next_step=f"say in which to sum, and the rate: --currency {one} "
            f"--rate {other}=NUMBER",
        )
    if found and not left:
        raise Usage(
            f"there is a rate for {found[0]}, and nothing says into what",
            next_step="name it: --currency EUR",
        )
    return (*left, "")[0]
