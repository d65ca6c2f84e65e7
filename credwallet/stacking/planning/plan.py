"""What is the cheapest way to finish this qualification?

Everything that is held may move to another requirement: a set of offers finishes the
qualification if `progress` is satisfied with what is held and what the set gives. The
law of plans is stated in `docs/planning.md`.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from credwallet.errors import Usage
from credwallet.model.offer import MODES, Offer
from credwallet.model.plan import AIMS, Limits, Money, Plan, Relaxation
from credwallet.model.qualification import (
    Holding,
    Override,
    Progress,
    Qualification,
)
from credwallet.stacking.allocating.solver import Allowance
from credwallet.stacking.amounts import plain
from credwallet.stacking.case import Assumptions
from credwallet.stacking.planning.asking import Asking
from credwallet.stacking.planning.field import Field, field_of, left_out
from credwallet.stacking.planning.offer_gains import as_if_done
from credwallet.stacking.planning.relaxing import relaxations_of
from credwallet.stacking.planning.search import Outcome
from credwallet.stacking.planning.steps import steps_of
from credwallet.stacking.progressing import progress
from credwallet.stacking.seen import Seen

# Steps of each search; a whole plan takes some seconds at the very most.
WORK_LIMIT = 400_000
SOLVER_SECONDS = 10.0


def plan(  # noqa: PLR0913 -- the one question, all keyword-only
    qualification: Qualification,
    holdings: Iterable[Holding],
    offers: Iterable[Offer],
    *,
    as_of: date,
    limits: Limits = Limits(),  # noqa: B008 -- a tuple of nothing, which none changes
    minimise: str = "cost",
    money: Money = Money(),  # noqa: B008 -- as above
    overrides: Iterable[Override] = (),
    assume: bool = False,
    assume_unverified: bool = False,
    known_issuers: Iterable[str] = (),
    work_limit: int = WORK_LIMIT,
    solver_seconds: float = SOLVER_SECONDS,
) -> Plan:
    """Find the cheapest set of offers that finishes a qualification.

    Args:
        qualification: What is to be finished.
        holdings: All credentials that are held.
        offers: What could be taken.
        as_of: The day in question, the first on which anything can be done.
        limits: What the plan must keep to.
        minimise: `cost` or `hours`.
        money: In which currency to sum, and rates.
        overrides: Exceptions; no offer can be the evidence of one.
        assume: Let the learner's own exceptions and tags count.
        assume_unverified: Let in what is not verified, never what is known to be bad.
        known_issuers: Ids of issuers whose alignments the learner trusts.
        work_limit: Steps for each search; beyond it `proven` may be False.
        solver_seconds: What the solver may take in all, if it is installed; 0 leaves
            it out.

    Returns:
        The plan.

    Raises:
        Usage: If a limit makes no sense, if two things go by one id, or if costs are in
            several currencies without a rate.

    """
    held = tuple(holdings)
    offered = tuple(
        offer._replace(gives=as_if_done(offer.gives, as_of)) for offer in offers
    )
    _refuse(held, offered, limits, minimise, as_of)
    given = _Given(
        qualification=qualification,
        held=held,
        as_of=as_of,
        overrides=_without_offers(overrides, offered),
        assume=assume,
        assume_unverified=assume_unverified,
        known_issuers=frozenset(known_issuers),
    )
    before = given.progress(())
    if before.satisfied or before.state == "held":
        return _nothing_to_do(before, limits, minimise, money)
    field = field_of(
        qualification,
        given.seen(),
        offered,
        assumptions=Assumptions(assume, given.known_issuers),
        overrides=given.overrides,
        money=money,
        before=before,
    )
    silent, warnings = left_out(field, limits, minimise)
    asking = Asking(
        field,
        silent=silent,
        judge=lambda chosen: given.judge(field, chosen),
        as_of=as_of,
        work_limit=work_limit,
        allowance=Allowance(solver_seconds) if solver_seconds else None,
    )
    asked = _Asked(
        given, asking, limits, minimise, before, (*field.warnings, *warnings)
    )
    outcome = asking.ask(limits, minimise)
    if outcome.offers is None:
        return _unfinished(asked, outcome)
    return _finished(asked, outcome, outcome.offers)


class _Given(NamedTuple):
    """What every question to the engine has in common."""

    qualification: Qualification
    held: tuple[Holding, ...]
    as_of: date
    overrides: tuple[Override, ...]
    assume: bool
    assume_unverified: bool
    known_issuers: frozenset[str]

    def progress(self, offers: Iterable[Offer]) -> Progress:
        """Say how far what is held reaches, with what some offers give."""
        gives = [offer.gives._replace(handle=offer.id) for offer in offers]
        (answer,) = progress(
            [self.qualification],
            (*self.held, *gives),
            as_of=self.as_of,
            overrides=self.overrides,
            assume=self.assume,
            assume_unverified=self.assume_unverified,
            known_issuers=self.known_issuers,
        )
        return answer

    def judge(self, field: Field, chosen: frozenset[int]) -> bool | None:
        """Say whether some offers finish it; None if the engine cannot tell."""
        answer = self.progress([field.offers[number] for number in chosen])
        return True if answer.satisfied else (False if answer.proven else None)

    def seen(self) -> Seen:
        """Show what is held to a field."""
        return Seen(
            sorted(self.held, key=lambda holding: holding.handle),
            as_of=self.as_of,
            assume_unverified=self.assume_unverified,
        )


class _Asked(NamedTuple):
    """One question, and what is known before it is answered."""

    given: _Given
    asking: Asking
    limits: Limits
    minimise: str
    before: Progress
    warnings: tuple[str, ...]


def _refuse(
    held: Sequence[Holding],
    offers: Sequence[Offer],
    limits: Limits,
    minimise: str,
    as_of: date,
) -> None:
    """Refuse a question that makes no sense."""
    seen = {holding.handle for holding in held}
    for offer in offers:
        if offer.id in seen:
            raise Usage(
                f"an offer goes by the id {offer.id}, as something else does",
                next_step="give the offer another id",
            )
        seen.add(offer.id)
    for name, value in (
        ("budget", limits.budget),
        ("hours", limits.hours),
        ("per-week", limits.per_week),
    ):
        if value is not None and value <= 0:
            raise Usage(f"{name} {value} is not above 0", next_step="leave it out")
    if minimise not in AIMS:
        raise Usage(f"{minimise} cannot be minimised", next_step="cost or hours")
    for mode in limits.modes:
        if mode not in MODES:
            raise Usage(f"there is no mode {mode}", next_step=", ".join(MODES))
    if limits.by is not None and limits.by < as_of:
        raise Usage(
            f"by {limits.by} is before {as_of}", next_step="name a day that is to come"
        )


def _without_offers(
    overrides: Iterable[Override], offers: Sequence[Offer]
) -> tuple[Override, ...]:
    """Leave out exceptions that only an offer would be the evidence of."""
    offered = {offer.id for offer in offers}
    return tuple(entry for entry in overrides if entry.evidence not in offered)


def _nothing_to_do(
    before: Progress, limits: Limits, minimise: str, money: Money
) -> Plan:
    nothing = Fraction(0)
    return Plan(
        qualification=before.qualification,
        as_of=before.as_of,
        minimise=minimise,
        limits=limits,
        feasible=True,
        offers=(),
        cost=nothing,
        currency=money.currency,
        hours=nothing,
        schedule=(),
        no_offer=(),
        relaxation=None,
        relaxations=(),
        before=before,
        after=before,
        proven=True,
        bounds=(nothing, nothing),
        weeks=None if limits.per_week is None else nothing,
        warnings=before.warnings,
    )


def _finished(asked: _Asked, outcome: Outcome, chosen: frozenset[int]) -> Plan:
    asking, limits = asked.asking, asked.limits
    schedule = steps_of(asking, chosen, limits)
    offers = tuple(step.offer for step in schedule)
    after = asked.given.progress(offers)
    cost, hours = asking.cost(chosen), asking.hours(chosen)
    ends = [step.ends for step in schedule if step.ends is not None]
    finishes = max(ends, default=None)
    warnings = [*after.warnings, *asked.warnings]
    lapse = after.earliest_expiry
    if lapse is not None and finishes is not None and lapse <= finishes:
        warnings.append(f"a part expires {lapse}, before the plan ends on {finishes}")
    if not outcome.proven:
        warnings.append("not proven to be the best: the steps ran out")
    weeks = None
    if limits.per_week is not None and hours is not None:
        weeks = hours / limits.per_week
    return Plan(
        qualification=after.qualification,
        as_of=after.as_of,
        minimise=asked.minimise,
        limits=limits,
        feasible=True,
        offers=offers,
        cost=cost,
        currency=asking.field.currency,
        hours=hours,
        schedule=schedule,
        no_offer=(),
        relaxation=None,
        relaxations=(),
        before=asked.before,
        after=after,
        proven=outcome.proven,
        bounds=(outcome.lower, cost if asked.minimise == "cost" else hours),
        weeks=weeks,
        finishes_on=finishes,
        warnings=tuple(warnings),
    )


def _unfinished(asked: _Asked, outcome: Outcome) -> Plan:
    asking, limits = asked.asking, asked.limits
    everything = asked.given.progress(asking.field.offers)
    no_offer: tuple[str, ...] = ()
    relaxations: tuple[Relaxation, ...] = ()
    warnings = [*asked.before.warnings, *asked.warnings]
    if not everything.satisfied and _never(asked):
        no_offer = tuple(
            dict.fromkeys(
                (
                    *(short.requirement for short in everything.missing),
                    *(gate.id for gate in everything.gates if not gate.met),
                )
            )
        )
        if everything.state == "held":
            warnings.append("an offer gives the award itself, which is no part of it")
    elif outcome.proven:
        relaxations = relaxations_of(asking, limits, asked.minimise)
        if any(limits) and not relaxations:
            warnings.extend(_unlimited(asked))
    if not outcome.proven:
        warnings.append("no plan was found, and none is ruled out: the steps ran out")
    return Plan(
        qualification=asked.before.qualification,
        as_of=asked.before.as_of,
        minimise=asked.minimise,
        limits=limits,
        feasible=False,
        offers=(),
        cost=None,
        currency=asking.field.currency,
        hours=None,
        schedule=(),
        no_offer=no_offer,
        relaxation=next(iter(relaxations), None),
        relaxations=relaxations,
        before=asked.before,
        after=None,
        proven=outcome.proven,
        bounds=(outcome.lower, None),
        warnings=tuple(warnings),
    )


def _unlimited(asked: _Asked) -> tuple[str, ...]:
    """Say what it would take if no limit were kept."""
    asking = asked.asking
    free = asking.ask(Limits(), asked.minimise)
    if free.offers is None:
        return ()
    cost, hours = asking.cost(free.offers), asking.hours(free.offers)
    said = [
        f"{plain(cost)} {asking.field.currency}" if cost is not None else "",
        f"{plain(hours)} hours" if hours is not None else "",
    ]
    taken = " and ".join(part for part in said if part)
    return (f"no single limit is enough; with no limit it takes {taken}",)


def _never(asked: _Asked) -> bool:
    """Say whether not even a part of all offers is enough, with no limit kept."""
    if not asked.asking.field.loose:
        return True
    free = asked.asking.ask(Limits(), asked.minimise, any_plan=True)
    return free.offers is None
