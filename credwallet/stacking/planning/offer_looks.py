"""Which credentials matter to a qualification, and which look the same to it?

Two that fit the same requirements with as much, under the same caps and gates, lead to
the same fraction each, however else they differ. What matters to no requirement leads
to none.
"""

from collections.abc import Hashable, Iterable

from credwallet.model.qualification import Override
from credwallet.stacking.case import Case
from credwallet.stacking.matching import Hit, Trust, judge, rule_of


def looks_of(
    case: Case, *, held: int, trust: Trust, overrides: Iterable[Override]
) -> dict[int, Hashable]:
    """Say how each credential looks that matters to a case.

    Args:
        case: The qualification, over what is held and over all that could be added.
        held: How many holdings of the case are held; they come first.
        trust: Whose word counts.
        overrides: Exceptions; what they name looks like nothing else.

    Returns:
        Looks by the index of the holding. One of two that look the same, added alone
        to what is held, leads to the same fraction as the other, added alone.

    """
    named = {name for o in overrides for name in (o.credential, o.evidence)}
    award = case.qualification.award
    rule = award and rule_of(award, case.qualification.framework)
    awards = {
        index
        for index, view in enumerate(case.views)
        if rule is not None and isinstance(judge(rule, view, trust), Hit)
    }
    matter = awards | set(case.leaves)
    matter.update(i for i, h in enumerate(case.holdings) if h.handle in named)
    names: dict[int, Hashable] = {}
    for group in case.groups:
        if matter.isdisjoint(group):
            continue
        # What is called the same counts once: what joins two that fit matters too, and
        # by which names it does.
        matter.update(group)
        if any(index < held for index in group):
            views = {index: case.views[index] for index in group}
            names.update((i, (v.achievement, v.same_as)) for i, v in views.items())
    return {
        index: (
            tuple((leaf, case.fits[index, leaf].amount) for leaf in case.leaves[index])
            if index in case.leaves
            else (),
            case.credits[index],
            tuple(index in members for members in (*case.capped, *case.gated)),
            case.bars[index] is None,
            case.views[index].issuer if index in awards else None,
            case.holdings[index].handle if case.holdings[index].handle in named else "",
            names.get(index),
        )
        for index in matter
    }
