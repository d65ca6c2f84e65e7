"""Which credential fits which requirement of one qualification, and why or why not?

A `Case` is one qualification seen against all holdings on one day: everything that the
search and the explanation need, and nothing that depends on what else is allocated.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from credwallet.model.qualification import (
    Fact,
    Holding,
    Match,
    Override,
    Qualification,
    Requirement,
)
from credwallet.stacking.exceptions import Exceptions, Held, exceptions_of
from credwallet.stacking.matching import (
    Hit,
    Miss,
    Rule,
    Trust,
    View,
    judge,
    rule_of,
    same_form,
    trust_of,
    view_of,
)
from credwallet.stacking.usable import Bar, bar_of


class Fit(NamedTuple):
    """A credential fits a requirement, and brings so much in the file's unit."""

    hit: Hit
    amount: Fraction


class Assumptions(NamedTuple):
    """What the learner lets count beyond what is proven."""

    as_of: date
    assume: bool
    assume_unverified: bool
    known_issuers: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One qualification against all holdings.

    Holdings and requirements go by their index. `bars` are None where a credential may
    count. `fits` holds every pair that fits, also of barred credentials; `misses` the
    near ones. `capped` and `gated` name the holdings that each cap and gate is about.
    `waived` says by whom, by index of the requirement.
    """

    qualification: Qualification
    holdings: tuple[Holding, ...]
    views: tuple[View, ...]
    bars: tuple[Bar | None, ...]
    fits: dict[tuple[int, int], Fit]
    misses: dict[int, tuple[tuple[int, Miss], ...]]
    credits: tuple[Fraction | None, ...]
    capped: tuple[frozenset[int], ...]
    gated: tuple[frozenset[int], ...]
    waived: dict[int, str]
    award: int | None
    warnings: tuple[str, ...]


def case_of(
    qualification: Qualification,
    holdings: Sequence[Holding],
    *,
    assumptions: Assumptions,
    overrides: Iterable[Override],
) -> Case:
    """See one qualification against all holdings.

    Args:
        qualification: The rules.
        holdings: All credentials, in the order of their handles.
        assumptions: The day, and what is let in.
        overrides: Exceptions; those for other qualifications are left out.

    Returns:
        The case.

    Raises:
        Usage: If an override names a requirement that there is not.

    """
    facts = {name: fact for fact in qualification.facts for name in _names(fact)}
    views = tuple(view_of(holding, facts) for holding in holdings)
    bars = tuple(
        bar_of(
            holding,
            qualification,
            as_of=assumptions.as_of,
            assume_unverified=assumptions.assume_unverified,
        )
        for holding in holdings
    )
    trust = trust_of(
        qualification,
        known_issuers=assumptions.known_issuers,
        own_tags=assumptions.assume,
    )
    exceptions = exceptions_of(
        qualification,
        Held(views, bars),
        overrides=overrides,
        as_of=assumptions.as_of,
        assume=assumptions.assume,
    )
    credits_ = tuple(_converted(view, qualification) for view in views)
    fits, misses = _fit_all(qualification, views, trust, credits_)
    for pair, exception in exceptions.hits.items():
        amount = _amount(qualification.requirements[pair[1]], exception.credits)
        if exception.credits is None:
            amount = _amount(qualification.requirements[pair[1]], credits_[pair[0]])
        if pair not in fits or exception.hit < fits[pair].hit:
            fits[pair] = Fit(exception.hit, amount)

    def members(match: Match) -> frozenset[int]:
        rule = rule_of(match, qualification.framework)
        return frozenset(
            index
            for index, view in enumerate(views)
            if isinstance(judge(rule, view, trust), Hit)
        )

    return Case(
        qualification=qualification,
        holdings=tuple(holdings),
        views=views,
        bars=bars,
        fits=fits,
        misses=misses,
        credits=credits_,
        capped=tuple(members(cap.match) for cap in qualification.caps),
        gated=tuple(members(gate.match) for gate in qualification.gates),
        waived=exceptions.waived,
        award=_award(qualification, views, bars, trust),
        warnings=_warnings(qualification, views, misses, exceptions, assumptions.as_of),
    )


def _names(fact: Fact) -> frozenset[str]:
    return frozenset(map(same_form, (fact.id, *fact.same_as)))


def _fit_all(
    qualification: Qualification,
    views: tuple[View, ...],
    trust: Trust,
    credits_: tuple[Fraction | None, ...],
) -> tuple[dict[tuple[int, int], Fit], dict[int, tuple[tuple[int, Miss], ...]]]:
    fits: dict[tuple[int, int], Fit] = {}
    misses: dict[int, list[tuple[int, Miss]]] = {}
    identities = [view.same_as | view.codes | {view.achievement} for view in views]
    for leaf, requirement in enumerate(qualification.requirements):
        if requirement.type == "manual":
            continue
        rule = rule_of(requirement.match, qualification.framework)
        for index, view in enumerate(views):
            if rule.achievement and rule.achievement.isdisjoint(identities[index]):
                continue
            judged = judge(rule, view, trust)
            if isinstance(judged, Hit):
                amount = _amount(requirement, credits_[index])
                fits[index, leaf] = Fit(judged, amount)
            elif judged.why:
                misses.setdefault(index, []).append((leaf, judged))
    return fits, {index: tuple(found) for index, found in misses.items()}


def _amount(requirement: Requirement, credits_: Fraction | None) -> Fraction:
    if requirement.type != "credits":
        return Fraction(1)
    return credits_ or Fraction(0)


def _converted(view: View, qualification: Qualification) -> Fraction | None:
    """Convert a credential's credits through declared hours only (section 6.7)."""
    unit = qualification.credit_unit.strip().casefold()
    if view.credits is None or not unit or not view.credit_unit:
        return None
    if view.credit_unit == unit:
        return view.credits
    hours = {
        name.strip().casefold(): each for name, each in qualification.hours_per_credit
    }
    if unit not in hours or view.credit_unit not in hours:
        return None
    return view.credits * hours[view.credit_unit] / hours[unit]


def _award(
    qualification: Qualification,
    views: tuple[View, ...],
    bars: tuple[Bar | None, ...],
    trust: Trust,
) -> int | None:
    if qualification.award is None:
        return None
    rule: Rule = rule_of(qualification.award, qualification.framework)
    awarding = frozenset(map(same_form, qualification.issuer_ids))
    for index, view in enumerate(views):
        # An assumed award that names no issuer is assumed to be of the right one.
        right = view.issuer in awarding or not awarding
        right = right or (view.holding.assumed and not view.issuer)
        fits = bars[index] is None and right and not view.holding.implied
        if fits and isinstance(judge(rule, view, trust), Hit):
            return index
    return None


def _warnings(
    qualification: Qualification,
    views: tuple[View, ...],
    misses: dict[int, tuple[tuple[int, Miss], ...]],
    exceptions: Exceptions,
    as_of: date,
) -> tuple[str, ...]:
    said = list(exceptions.warnings)
    for index, found in misses.items():
        for leaf, miss in found:
            if miss.wrong_issuer:
                handle = views[index].holding.handle
                name = qualification.requirements[leaf].id
                said.append(f"{handle} has the achievement of {name}, but {miss.why}")
    if qualification.valid_from and as_of < qualification.valid_from:
        said.append(f"these rules hold only from {qualification.valid_from}")
    if qualification.valid_until and as_of > qualification.valid_until:
        said.append(f"these rules held only until {qualification.valid_until}")
    if qualification.basis != "rule":
        said.append(f"this is a {qualification.basis}, not a promise")
    return tuple(dict.fromkeys(said))
