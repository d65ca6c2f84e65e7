"""How far do these credentials reach toward those qualifications?

This puts the steps of stacking together: match (`case`), allocate, explain. It sees no
store, no clock and no network, so that the same answer can be worked out by anyone.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from credwallet.errors import Usage
from credwallet.model.qualification import (
    Holding,
    Override,
    Progress,
    Qualification,
    UnderWay,
)
from credwallet.stacking.allocating.allocate import Allocation, allocate
from credwallet.stacking.allocating.problem import problem_of
from credwallet.stacking.allocating.solver import Allowance
from credwallet.stacking.case import Assumptions, Case, case_of
from credwallet.stacking.explain import explain, percent_of
from credwallet.stacking.files.match_rules import achievements_named
from credwallet.stacking.lapsing import longest
from credwallet.stacking.matching import forms
from credwallet.stacking.seen import Seen
from credwallet.stacking.settled import Settled, settle
from credwallet.stacking.watch import Watch

WORK_LIMIT = 250_000
SOLVER_SECONDS = 8.0


def progress(  # noqa: PLR0913 -- the one question of this package, all keyword-only
    qualifications: Sequence[Qualification],
    holdings: Iterable[Holding],
    *,
    as_of: date,
    overrides: Iterable[Override] = (),
    assume: bool = False,
    assume_unverified: bool = False,
    known_issuers: Iterable[str] = (),
    imply: bool = False,
    lasting: bool = False,
    work_limit: int = WORK_LIMIT,
    solver_seconds: float = SOLVER_SECONDS,
    watch: Watch | None = None,
) -> tuple[Progress, ...]:
    """Work out how far some credentials reach.

    It is counted as `docs/qualification-file.md` says ("How it is counted").

    Args:
        qualifications: Rules; of those that exclude each other the preferred first.
        holdings: All credentials, in any order.
        as_of: The day in question.
        overrides: Exceptions for any of the qualifications.
        assume: Let the learner's own exceptions and tags count.
        assume_unverified: Let in what is not verified, never what is known to be bad.
        known_issuers: Ids of issuers whose alignments the learner trusts.
        imply: Let an award that was earned and not yet claimed count elsewhere.
        lasting: Among the best allocations of what is satisfied take the one that ends
            last, not the canonical one.
        work_limit: Steps for each search; beyond it an answer may be an interval.
        solver_seconds: What the solver may take for all of them, if it is installed;
            0 leaves it out.
        watch: Is told of qualifications to answer, and of each that is answered.

    Returns:
        One answer for each qualification, in their order.

    Raises:
        Usage: If two go by one id, if qualifications ask for each other in a circle,
            or if an override names a requirement that there is not.

    """
    held = tuple(sorted(holdings, key=_handle))
    _refuse_doubles("credentials", [holding.handle for holding in held])
    _refuse_doubles("qualifications", [entry.id for entry in qualifications])
    order = _order(qualifications)
    assumptions = Assumptions(assume, frozenset(known_issuers))
    exceptions = tuple(overrides)
    effort = _Effort(
        work_limit, Allowance(solver_seconds) if solver_seconds else None, lasting
    )
    seen = Seen(held, as_of=as_of, assume_unverified=assume_unverified)
    answers: dict[int, Progress] = {}
    if watch is not None:
        watch.expect(len(qualifications))
    for together in _rounds(qualifications, order, imply=imply):
        if imply:
            everything = sorted((*held, *_implied(answers.values())), key=_handle)
            seen = Seen(everything, as_of=as_of, assume_unverified=assume_unverified)
        cases = tuple(
            case_of(
                qualifications[number],
                seen,
                assumptions=assumptions,
                overrides=exceptions,
            )
            for number in together
        )
        found = _solve(cases, as_of=as_of, effort=effort)
        answers.update(zip(together, found, strict=True))
        if watch is not None:
            watch.advance(len(together))
    return tuple(answers[number] for number in range(len(qualifications)))


class _Effort(NamedTuple):
    """How much may be done for an answer, and whether it should last."""

    work_limit: int
    allowance: Allowance | None
    lasting: bool


def _solve(
    cases: tuple[Case, ...], *, as_of: date, effort: _Effort
) -> tuple[Progress, ...]:
    """Answer cases that may exclude each other."""
    conflicts = _conflicts(cases)

    def best(
        cases: tuple[Case, ...], *, under_way: bool = False
    ) -> tuple[Settled, ...]:
        problem = problem_of(cases, conflicts=conflicts, under_way=under_way)
        found = allocate(
            problem, work_limit=effort.work_limit, allowance=effort.allowance
        )
        return _settled(cases, found)

    settled = best(cases)
    if effort.lasting:
        settled = longest(settled, best)
    later: tuple[Settled, ...] | None = None
    if any(_under_way(case) for case in cases):
        # What would be, were everything done that is under way: never counted.
        later = best(cases, under_way=True)
    answers = []
    for number, case in enumerate(cases):
        would_be = None
        if later is not None and _under_way(case):
            would_be = _would_be(case, later[number])
        elsewhere = {
            holding: other.case.qualification.id
            for place, other in enumerate(settled)
            if (min(place, number), max(place, number)) in conflicts
            for holding in other.used
        }
        answers.append(
            explain(
                case,
                settled[number],
                as_of=as_of,
                elsewhere=elsewhere,
                under_way=would_be,
            )
        )
    return tuple(answers)


def _settled(cases: tuple[Case, ...], allocation: Allocation) -> tuple[Settled, ...]:
    return tuple(
        settle(
            case,
            tuple(use for use in allocation.uses if use.case == number),
            upper=allocation.upper[number],
            proven=allocation.proven[number],
            first=number == 0 or all(allocation.proven[:number]),
        )
        for number, case in enumerate(cases)
    )


def _under_way(case: Case) -> bool:
    return any(
        bar is not None
        and bar.kind == "under-way"
        and any(pair[0] == index for pair in case.fits)
        for index, bar in enumerate(case.bars)
    )


def _would_be(case: Case, later: Settled) -> UnderWay:
    under_way = tuple(
        case.holdings[holding].handle
        for holding in sorted(later.used)
        if case.bars[holding] is not None
    )
    percent = percent_of(later.fraction, satisfied=later.satisfied)
    return UnderWay(later.fraction, percent, under_way)


def _conflicts(cases: tuple[Case, ...]) -> frozenset[tuple[int, int]]:
    return frozenset(
        (low, high)
        for high, case in enumerate(cases)
        for low in range(high)
        if _exclude(cases[low].qualification, case.qualification)
    )


def _exclude(one: Qualification, other: Qualification) -> bool:
    return not frozenset(one.exclusive).isdisjoint(other.exclusive)


def _rounds(
    qualifications: Sequence[Qualification], order: tuple[int, ...], *, imply: bool
) -> tuple[tuple[int, ...], ...]:
    """Group what must be solved together, each group after what it may build on."""
    rounds: list[tuple[int, ...]] = []
    left = list(order)
    while left:
        together = [left.pop(0)]
        for member in together:
            near = [
                number
                for number in left
                if _exclude(qualifications[member], qualifications[number])
            ]
            together.extend(near)
            left = [number for number in left if number not in near]
        rounds.append(tuple(sorted(together)))
    return tuple(rounds) if imply else tuple(sorted(rounds))


def _order(qualifications: Sequence[Qualification]) -> tuple[int, ...]:
    """Put every qualification after those whose awards it asks for."""
    awards = [
        forms(achievements_named(entry.award)) if entry.award else frozenset()
        for entry in qualifications
    ]
    asked = [
        frozenset[str]().union(
            *(forms(achievements_named(r.match)) for r in entry.requirements)
        )
        for entry in qualifications
    ]
    order: list[int] = []
    left = list(range(len(qualifications)))
    while left:
        ready = [n for n in left if all(awards[m].isdisjoint(asked[n]) for m in left)]
        if not ready:
            names = " and ".join(qualifications[number].id for number in left[:5])
            raise Usage(
                f"qualifications ask for each other's awards in a circle: {names}",
                next_step="leave one of them out, or correct its file",
            )
        order.extend(ready)
        left = [number for number in left if number not in ready]
    return tuple(order)


def _implied(answers: Iterable[Progress]) -> tuple[Holding, ...]:
    """Make holdings of awards that were earned and not yet claimed."""
    implied = []
    for answer in answers:
        qualification = answer.qualification
        award = qualification.award
        if answer.state == "eligible" and award and award.achievement:
            implied.append(
                Holding(
                    handle=f"award of {qualification.id}",
                    achievement=award.achievement[0],
                    issuer=(*qualification.issuer_ids, "")[0],
                    name=qualification.title,
                    level=qualification.level,
                    framework=qualification.framework,
                    credits=qualification.total_credits,
                    credit_unit=qualification.credit_unit,
                    expires=answer.lapse.on if answer.lapse else None,
                    implied=True,
                )
            )
    return tuple(implied)


def _handle(holding: Holding) -> str:
    return holding.handle


def _refuse_doubles(what: str, ids: list[str]) -> None:
    seen: set[str] = set()
    for name in ids:
        if name in seen:
            raise Usage(
                f"two {what} go by the id {name}",
                next_step="give one of them another id",
            )
        seen.add(name)
