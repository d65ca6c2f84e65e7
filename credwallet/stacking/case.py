"""Which credential fits which requirement of one qualification, and why or why not?

A `Case` is one qualification seen against all holdings on one day: everything that the
search and the explanation need, and nothing that depends on what else is allocated.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from credwallet.model.qualification import (
    Holding,
    Match,
    Override,
    Qualification,
    Requirement,
    Word,
)
from credwallet.stacking.exceptions import Exceptions, Held, Waived, exceptions_of
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
)
from credwallet.stacking.seen import Seen, Views
from credwallet.stacking.usable import Bar

_BASES = {
    "recommendation": "this is a recommendation",
    "estimate": "this is an estimate",
}


class Fit(NamedTuple):
    """A credential fits a requirement, and brings so much in the file's unit."""

    hit: Hit
    amount: Fraction


class Assumptions(NamedTuple):
    """What the learner lets count beyond what is proven."""

    assume: bool
    known_issuers: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One qualification against all holdings.

    Holdings and requirements go by their index. `bars` are None where a credential may
    count. `fits` holds every pair that fits, also of barred credentials; `misses` the
    near ones. `capped` and `gated` name the holdings that each cap and gate is about.
    `waived` says by whom, by index of the requirement, `granted` on whose word a pair
    fits that does so by exception. `groups` are holdings of one
    achievement, where there are several. `leaves` are the requirements that a holding
    fits, `fitting` the holdings that fit a requirement, both in order.
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
    waived: dict[int, Waived]
    granted: dict[tuple[int, int], Word]
    award: int | None
    warnings: tuple[str, ...]
    groups: tuple[tuple[int, ...], ...]
    leaves: dict[int, tuple[int, ...]]
    fitting: dict[int, tuple[int, ...]]


def case_of(
    qualification: Qualification,
    holdings: Seen,
    *,
    assumptions: Assumptions,
    overrides: Iterable[Override],
) -> Case:
    """See one qualification against all holdings.

    Args:
        qualification: The rules.
        holdings: All credentials.
        assumptions: What is let in.
        overrides: Exceptions; those for other qualifications are left out.

    Returns:
        The case.

    Raises:
        Usage: If an override names a requirement that there is not.

    """
    seen = holdings.views(qualification.facts)
    views, bars = seen.views, holdings.bars(qualification)
    trust = trust_of(
        qualification,
        known_issuers=assumptions.known_issuers,
        own_tags=assumptions.assume,
    )
    exceptions = exceptions_of(
        qualification,
        Held(views, bars),
        overrides=overrides,
        as_of=holdings.as_of,
        assume=assumptions.assume,
    )
    credits_ = _converted(views, qualification)
    fits, misses = _fit_all(qualification, seen, trust, credits_)
    granted: dict[tuple[int, int], Word] = {}
    for pair, exception in exceptions.hits.items():
        amount = _amount(qualification.requirements[pair[1]], exception.credits)
        if exception.credits is None:
            amount = _amount(qualification.requirements[pair[1]], credits_[pair[0]])
        if pair not in fits or exception.hit < fits[pair].hit:
            fits[pair] = Fit(exception.hit, amount)
            granted[pair] = exception.word
    leaves: dict[int, list[int]] = {}
    fitting: dict[int, list[int]] = {}
    for holding, leaf in sorted(fits):
        leaves.setdefault(holding, []).append(leaf)
        fitting.setdefault(leaf, []).append(holding)

    def members(match: Match) -> frozenset[int]:
        rule = rule_of(match, qualification.framework)
        return frozenset(
            index
            for index in seen.near(rule)
            if isinstance(judge(rule, views[index], trust), Hit)
        )

    return Case(
        qualification=qualification,
        holdings=holdings.holdings,
        views=views,
        bars=bars,
        fits=fits,
        misses=misses,
        credits=credits_,
        capped=tuple(members(cap.match) for cap in qualification.caps),
        gated=tuple(members(gate.match) for gate in qualification.gates),
        waived=exceptions.waived,
        granted=granted,
        award=_award(qualification, seen, bars, trust),
        warnings=_warnings(qualification, views, misses, exceptions, holdings.as_of),
        groups=seen.groups,
        leaves={holding: tuple(found) for holding, found in leaves.items()},
        fitting={leaf: tuple(found) for leaf, found in fitting.items()},
    )


def _fit_all(
    qualification: Qualification,
    seen: Views,
    trust: Trust,
    credits_: tuple[Fraction | None, ...],
) -> tuple[dict[tuple[int, int], Fit], dict[int, tuple[tuple[int, Miss], ...]]]:
    fits: dict[tuple[int, int], Fit] = {}
    misses: dict[int, list[tuple[int, Miss]]] = {}
    for leaf, requirement in enumerate(qualification.requirements):
        if requirement.type == "manual":
            continue
        rule = rule_of(requirement.match, qualification.framework)
        for index in seen.near(rule):
            judged = judge(rule, seen.views[index], trust)
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


def _converted(
    views: tuple[View, ...], qualification: Qualification
) -> tuple[Fraction | None, ...]:
    """Convert all credits through declared hours only, exactly."""
    unit = qualification.credit_unit.strip().casefold()
    hours = {
        name.strip().casefold(): each for name, each in qualification.hours_per_credit
    }
    rates = {name: each / hours[unit] for name, each in hours.items() if unit in hours}
    if unit:
        rates[unit] = Fraction(1)

    def converted(view: View) -> Fraction | None:
        rate = rates.get(view.credit_unit)
        if view.credits is None or rate is None or not view.credit_unit:
            return None
        return view.credits if rate == 1 else view.credits * rate

    return tuple(map(converted, views))


def _award(
    qualification: Qualification,
    seen: Views,
    bars: tuple[Bar | None, ...],
    trust: Trust,
) -> int | None:
    if qualification.award is None:
        return None
    rule: Rule = rule_of(qualification.award, qualification.framework)
    awarding = frozenset(map(same_form, qualification.issuer_ids))
    for index in seen.near(rule):
        view = seen.views[index]
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
        said.append(f"{_BASES[qualification.basis]}, not a promise")
    return tuple(dict.fromkeys(said))
