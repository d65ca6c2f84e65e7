"""Which offers could be part of a plan, and what is known of each?

Only what fits a requirement can help, or what something that fits requires. What is
left out although it could help is said, by name and reason: an offer without a cost is
never taken to be free.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from credwallet.model.offer import Offer
from credwallet.model.plan import Limits, Money
from credwallet.model.qualification import Override, Progress, Qualification
from credwallet.stacking.allocating.problem import Problem, problem_of
from credwallet.stacking.case import Assumptions, Case, case_of
from credwallet.stacking.matching import same_form
from credwallet.stacking.planning.closed import closed_leaves
from credwallet.stacking.planning.money import in_one_currency
from credwallet.stacking.planning.schedule import Job
from credwallet.stacking.planning.units import keep_apart, names_of
from credwallet.stacking.seen import Seen

# More offers of one kind are counted and not named.
_NAMED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """Everything that a search for a plan needs, whatever the limits are.

    `offers` can help and can still be taken; they go by their place. `costs` are in
    `currency`. `needs` has for each offer, and each achievement that it requires and
    that is not held, the offers that give it. `fitting` fit a requirement themselves.
    `problem` is over what is held and all that the offers give; `owners` say for each
    unit and option whose it is, -1 for what is held. `loose` says that what counts as
    one achievement depends on which offers are taken.
    """

    qualification: Qualification
    offers: tuple[Offer, ...]
    costs: tuple[Fraction | None, ...]
    currency: str
    jobs: tuple[Job, ...]
    needs: tuple[tuple[tuple[int, ...], ...], ...]
    fitting: frozenset[int]
    problem: Problem
    owners: tuple[tuple[int, ...], ...]
    loose: bool
    warnings: tuple[str, ...]


def field_of(  # noqa: PLR0913 -- the whole question but its limits
    qualification: Qualification,
    held: Seen,
    offers: Sequence[Offer],
    *,
    assumptions: Assumptions,
    overrides: Sequence[Override],
    money: Money,
    before: Progress,
) -> Field:
    """See which offers can help.

    Args:
        qualification: What is to be finished.
        held: All credentials, none by the id of an offer, and the day in question.
        offers: All offers; no two of one id.
        assumptions: What is let in.
        overrides: Exceptions.
        money: In what to sum costs.
        before: The answer for what is held alone.

    Returns:
        The field.

    Raises:
        Usage: If costs are in several currencies without a rate.

    """

    def seen(some: Iterable[Offer]) -> Case:
        gives = [offer.gives._replace(handle=offer.id) for offer in some]
        together = Seen(
            sorted((*held.holdings, *gives), key=lambda holding: holding.handle),
            as_of=held.as_of,
            assume_unverified=held.assume_unverified,
        )
        return case_of(
            qualification, together, assumptions=assumptions, overrides=overrides
        )

    case = seen(offers)
    places = {h.handle: i for i, h in enumerate(case.holdings)}
    offered = {offer.id for offer in offers}
    names = frozenset(
        name
        for view, bar in zip(case.views, case.bars, strict=True)
        if view.holding.handle not in offered and bar is None
        for name in names_of(view)
    )
    ordered = sorted(offers, key=lambda offer: offer.id)
    kept, warnings = _kept(ordered, case, places, names, before)
    currency, costs = in_one_currency(kept, money)
    numbers = {offer.id: number for number, offer in enumerate(kept)}
    firm, loose = keep_apart(seen(kept), frozenset(numbers))
    problem = problem_of((firm,), conflicts=frozenset(), under_way=False)
    owners = tuple(
        tuple(
            numbers.get(firm.holdings[option.uses[0].holding].handle, -1)
            for option in options
        )
        for options in problem.units
    )
    given = [_given(case, places[offer.id]) for offer in kept]
    needs = tuple(
        tuple(
            tuple(n for n, mine in enumerate(given) if name in mine and n != number)
            for name in _missing(offer, names)
        )
        for number, offer in enumerate(kept)
    )
    return Field(
        qualification=qualification,
        offers=kept,
        costs=tuple(costs.get(offer.id) for offer in kept),
        currency=currency,
        jobs=tuple(_job(offer, held.as_of) for offer in kept),
        needs=needs,
        fitting=frozenset(n for options in owners for n in options if n >= 0),
        problem=problem,
        owners=owners,
        loose=loose,
        warnings=warnings,
    )


def left_out(
    field: Field, limits: Limits, minimise: str
) -> tuple[frozenset[int], tuple[str, ...]]:
    """Name the offers that do not say what is minimised or limited.

    Args:
        field: The offers.
        limits: What is limited.
        minimise: `cost` or `hours`.

    Returns:
        Those offers by place, and a warning for each kind of silence.

    """
    silent: set[int] = set()
    warnings = []
    by_cost = minimise == "cost" or limits.budget is not None
    by_hours = minimise == "hours" or limits.hours is not None
    for needed, what, values in (
        (by_cost, "cost", field.costs),
        (
            by_hours or limits.per_week is not None,
            "hours",
            [o.hours for o in field.offers],
        ),
        (bool(limits.modes), "mode", [o.mode or None for o in field.offers]),
    ):
        found = [n for n, value in enumerate(values) if needed and value is None]
        silent.update(found)
        if found:
            names = _listed(field.offers[n].id for n in found)
            warnings.append(
                f"left out, since the offer does not say its {what}: {names}"
            )
    return frozenset(silent), tuple(warnings)


def takeable(
    needs: Sequence[Sequence[Sequence[int]]], allowed: frozenset[int]
) -> frozenset[int]:
    """Keep the offers whose prerequisites can come first, one after the other.

    Args:
        needs: As of a `Field`.
        allowed: Offers that may be taken at all.

    Returns:
        Those of them that can be taken with the help of others of them.

    """
    found: set[int] = set()
    left = set(allowed)
    while True:
        ready = {n for n in left if all(not found.isdisjoint(w) for w in needs[n])}
        if not ready:
            return frozenset(found)
        found |= ready
        left -= ready


def _given(case: Case, place: int) -> frozenset[str]:
    """Name what an offer gives, in the form in which it is compared."""
    return names_of(case.views[place]) if case.bars[place] is None else frozenset()


def _missing(offer: Offer, held: frozenset[str]) -> tuple[str, ...]:
    return tuple(
        n for n in dict.fromkeys(map(same_form, offer.requires)) if n not in held
    )


def _kept(
    offers: Sequence[Offer],
    case: Case,
    places: dict[str, int],
    held: frozenset[str],
    before: Progress,
) -> tuple[tuple[Offer, ...], tuple[str, ...]]:
    """Keep what can help and can still be taken; say what cannot."""
    as_of = before.as_of
    done = closed_leaves(case, before)
    fits = {
        case.holdings[index].handle
        for (index, leaf), fit in case.fits.items()
        if fit.amount > 0
        and case.bars[index] is None
        and leaf not in case.waived
        and leaf not in done
    }
    needs = {offer.id: _missing(offer, held) for offer in offers}
    givers: dict[str, list[str]] = {}
    for offer in offers:
        for name in _given(case, places[offer.id]):
            givers.setdefault(name, []).append(offer.id)
    helping = [offer.id for offer in offers if offer.id in fits]
    seen = set(helping)
    for name in helping:
        for wanted in needs[name]:
            ahead = [n for n in givers.get(wanted, ()) if n not in seen]
            helping.extend(ahead)
            seen.update(ahead)
    useful = [offer for offer in offers if offer.id in seen]
    begun = [o for o in useful if min(o.starts or as_of, o.ends or as_of) < as_of]
    open_ = [offer for offer in useful if offer not in begun]
    number = {offer.id: n for n, offer in enumerate(open_)}
    ways = [
        [
            [number[n] for n in givers.get(name, ()) if n in number and n != offer.id]
            for name in needs[offer.id]
        ]
        for offer in open_
    ]
    ready = takeable(ways, frozenset(range(len(open_))))
    warnings = []
    if begun:
        names = _listed(offer.id for offer in begun)
        warnings.append(f"left out, since it began before {as_of}: {names}")
    stuck = [n for n in range(len(open_)) if n not in ready]
    for n in stuck[:_NAMED]:
        lacking = next(
            wanted
            for wanted, way in zip(needs[open_[n].id], ways[n], strict=True)
            if ready.isdisjoint(way)
        )
        circle = givers.get(lacking)
        why = "which itself cannot be taken first" if circle else "which nothing gives"
        warnings.append(
            f"{open_[n].id} can never be taken: it requires {lacking}, {why}"
        )
    if len(stuck) > _NAMED:
        warnings.append(f"{len(stuck) - _NAMED} more offers can never be taken")
    return tuple(open_[n] for n in sorted(ready)), tuple(warnings)


def _job(offer: Offer, as_of: date) -> Job:
    return Job(
        hours=offer.hours or Fraction(0),
        starts=(offer.starts - as_of).days if offer.starts else None,
        ends=(offer.ends - as_of).days + 1 if offer.ends else None,
    )


def _listed(names: Iterable[str]) -> str:
    found = list(names)
    more = len(found) - _NAMED
    return ", ".join(found[:_NAMED]) + (f" and {more} more" if more > 0 else "")
