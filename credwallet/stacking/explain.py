"""What is to be said about an allocation: states, what is missing, and why?

`reasons.state_of` names the states of a requirement; those of a qualification stand in
`docs/qualification-file.md`, "How it is counted". Every credential that does not count
gets its reason.
"""

from datetime import date
from fractions import Fraction
from math import floor

from credwallet.model.qualification import (
    GroupProgress,
    Progress,
    RequirementProgress,
    Shortfall,
    Standing,
    UnderWay,
    Unused,
    Word,
)
from credwallet.model.qualification import Use as UseOf
from credwallet.stacking.case import Case
from credwallet.stacking.lapsing import lapse_of
from credwallet.stacking.reasons import reasons_of, state_of
from credwallet.stacking.settled import Settled
from credwallet.stacking.suggest import suggestions_of


def explain(
    case: Case,
    settled: Settled,
    *,
    as_of: date,
    elsewhere: dict[int, str],
    under_way: UnderWay | None,
) -> Progress:
    """Say everything about one answer.

    Args:
        case: The qualification, with what each credential is worth to it.
        settled: What its allocation comes to.
        as_of: The day in question.
        elsewhere: Holdings that a qualification which excludes this one uses, and its
            id.
        under_way: What would be, were everything done that is under way.

    Returns:
        The answer.

    """
    qualification = case.qualification
    used = [case.holdings[holding] for holding in sorted(settled.used)]
    requirements = tuple(
        _requirement(settled, leaf) for leaf in range(len(qualification.requirements))
    )
    expiries = [holding.expires for holding in used if holding.expires is not None]
    if qualification.expired == "count":
        expiries = []
    return Progress(
        qualification=qualification,
        as_of=as_of,
        state=_state(case, settled),
        satisfied=settled.satisfied,
        fraction=settled.fraction,
        percent=percent_of(settled.fraction, satisfied=settled.satisfied),
        requirements=requirements,
        groups=tuple(
            GroupProgress(
                group.id,
                group.title,
                group.type,
                group.n,
                settled.fractions[group.id],
                group.group,
            )
            for group in qualification.groups
        ),
        missing=_missing(settled),
        gates=settled.gates,
        allocation=_allocation(settled),
        unused=_unused(settled, elsewhere),
        earliest_expiry=min(expiries, default=None),
        proven=settled.proven,
        bounds=settled.bounds,
        lapse=lapse_of(settled),
        under_way=under_way,
        award=case.holdings[case.award].handle if case.award is not None else "",
        exceptions=_exceptions(settled),
        assumed=tuple(h.handle for h in used if h.assumed or h.implied),
        unverified=tuple(h.handle for h in used if h.standing is not Standing.VERIFIED),
        warnings=case.warnings,
        suggestions=suggestions_of(settled),
    )


def percent_of(fraction: Fraction, *, satisfied: bool) -> int:
    """Round down, and never to 100 before everything is done.

    Args:
        fraction: What is reached, from 0 to 1.
        satisfied: Whether gates are met too.

    """
    return 100 if satisfied else min(99, floor(fraction * 100))


def _state(case: Case, settled: Settled) -> str:
    if case.award is not None:
        return "held"
    if settled.satisfied:
        return "eligible"
    started = settled.fraction > 0 or settled.used
    return "in-progress" if started else "not-started"


def _requirement(settled: Settled, leaf: int) -> RequirementProgress:
    case = settled.case
    entry = case.qualification.requirements[leaf]
    state, why = state_of(settled, leaf)
    return RequirementProgress(
        id=entry.id,
        title=entry.title,
        state=state,
        have=settled.have[leaf],
        need=entry.need,
        unit=_unit(entry.type),
        fraction=settled.fractions[entry.id],
        credentials=tuple(
            case.holdings[holding].handle
            for holding, leaves in sorted(settled.used.items())
            if leaf in leaves
        ),
        why=why,
        group=entry.group,
    )


def _unit(kind: str) -> str:
    return "credits" if kind == "credits" else "credentials"


def _missing(settled: Settled) -> tuple[Shortfall, ...]:
    """List unfinished requirements that are not below a finished `n_of`."""
    qualification = settled.case.qualification
    groups = {group.id: group for group in qualification.groups}
    missing = []
    for leaf, entry in enumerate(qualification.requirements):
        if settled.fractions[entry.id] == 1:
            continue
        group = groups.get(entry.group)
        while group is not None:
            if group.type == "n_of" and settled.fractions[group.id] == 1:
                break
            group = groups.get(group.group)
        if group is None:
            short = entry.need - settled.have[leaf]
            missing.append(Shortfall(entry.id, short, _unit(entry.type)))
    return tuple(missing)


def _allocation(settled: Settled) -> tuple[UseOf, ...]:
    case = settled.case
    return tuple(
        UseOf(
            credential=case.holdings[holding].handle,
            requirement=case.qualification.requirements[leaf].id,
            matched_by=case.fits[holding, leaf].hit.by,
            amount=case.fits[holding, leaf].amount,
        )
        for holding, leaves in sorted(settled.used.items())
        for leaf in leaves
    )


def _exceptions(settled: Settled) -> tuple[Word, ...]:
    """List on whose words the answer rests, each once."""
    case = settled.case
    words = [waived.word for waived in case.waived.values()]
    for holding, leaves in sorted(settled.used.items()):
        words += [
            case.granted[holding, n] for n in leaves if (holding, n) in case.granted
        ]
    return tuple(dict.fromkeys(words))


def _unused(settled: Settled, elsewhere: dict[int, str]) -> tuple[Unused, ...]:
    return tuple(
        Unused(settled.case.holdings[holding].handle, why, near)
        for holding, why, near in reasons_of(settled, elsewhere)
    )
