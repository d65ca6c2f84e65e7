"""How do several qualifications compare for one learner?

Each stands for itself: what is missing, the least money and the fewest hours that
finish it (a plan without any limit), what of that which is held would go unused, and
when it lapses.
"""

from collections.abc import Sequence
from fractions import Fraction
from functools import partial
from typing import NamedTuple

from credwallet.errors import Usage
from credwallet.model.comparison import Comparison, Finish
from credwallet.model.offer import Offer
from credwallet.model.plan import Money, Plan
from credwallet.model.qualification import Progress
from credwallet.stacking.planning.offer_gains import Question
from credwallet.stacking.planning.plan import WORK_LIMIT, plan

NO_OFFERS = "there are no offers"

# Steps for all the plans of one comparison together, and for each at the least.
_WORK = 4_000_000
_LEAST_WORK = 20_000
_FINISHED = frozenset(("eligible", "held"))
_MOST_NAMED = 3


class _Choice(NamedTuple):
    """What could be taken, in what to sum, and steps for each plan."""

    offers: tuple[Offer, ...]
    money: Money
    work_limit: int


def compare(
    answers: Sequence[Progress],
    question: Question,
    offers: Sequence[Offer],
    *,
    money: Money,
) -> tuple[Comparison, ...]:
    """Put qualifications beside each other.

    Args:
        answers: The progress of each.
        question: What is held, what is assumed, and the day, as for the answers.
        offers: What could be earned, no two of one id.
        money: In what to sum costs.

    Returns:
        One comparison for each answer, in their order.

    """
    share = _WORK // max(1, 2 * len(answers))
    work_limit = min(WORK_LIMIT, max(_LEAST_WORK, share))
    finish = partial(_finish, question, _Choice(tuple(offers), money, work_limit))
    return tuple(
        Comparison(
            progress=answer,
            cheapest=finish(answer, minimise="cost"),
            quickest=finish(answer, minimise="hours"),
            used=tuple(dict.fromkeys(use.credential for use in answer.allocation)),
            unused=tuple(entry.credential for entry in answer.unused),
            lapses=answer.earliest_expiry if answer.state in _FINISHED else None,
        )
        for answer in answers
    )


def _finish(
    question: Question, choice: _Choice, answer: Progress, *, minimise: str
) -> Finish:
    if answer.state in _FINISHED:
        return Finish(amount=Fraction(0), currency=choice.money.currency)
    if not choice.offers:
        return Finish(why=NO_OFFERS)
    ask = partial(
        plan,
        answer.qualification,
        question.holdings,
        as_of=question.as_of,
        minimise=minimise,
        overrides=question.overrides,
        assume=question.assume,
        assume_unverified=question.assume_unverified,
        known_issuers=question.known_issuers,
        work_limit=choice.work_limit,
    )
    try:
        found = ask(choice.offers, money=choice.money)
    except Usage as error:
        if minimise == "cost":
            return Finish(why=error.what)
        # Hours need no currency; the costs would only decide between equals.
        found = ask([offer._replace(cost=None) for offer in choice.offers])
    if not found.feasible:
        return Finish(proven=found.proven, why=_why_not(found))
    least, _ = found.bounds
    return Finish(
        amount=found.cost if minimise == "cost" else found.hours,
        currency=found.currency if minimise == "cost" else "",
        offers=tuple(offer.id for offer in found.offers),
        proven=found.proven,
        least=least,
    )


def _why_not(found: Plan) -> str:
    if found.no_offer:
        more = len(found.no_offer) - _MOST_NAMED
        named = ", ".join(found.no_offer[:_MOST_NAMED])
        return f"no offer for {named}" + (f" and {more} more" if more > 0 else "")
    if not found.proven:
        return "no way was found"
    said = "; ".join(found.warnings[:_MOST_NAMED])
    return (
        f"the offers do not suffice ({said})" if said else "the offers do not suffice"
    )
