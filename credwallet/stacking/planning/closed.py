"""Which requirements are done for good, so that no offer for them can help?

What is held may move to another requirement, so that an offer for a requirement that is
done can still finish another one. It cannot where all that is at work in a finished
group fits nowhere else.
"""

from collections.abc import Iterator, Mapping

from credwallet.model.qualification import Progress
from credwallet.stacking.case import Case


def closed_leaves(case: Case, before: Progress) -> frozenset[int]:
    """Name requirements whose offers can be left out of every plan.

    Args:
        case: The qualification against all that is held and offered.
        before: The answer for what is held alone.

    Returns:
        Indexes of requirements: those that are done, and those in groups that are done,
        by credentials that fit nothing else. None if there are caps or gates, which
        tie everything together.

    """
    rules = case.qualification
    if rules.caps or rules.gates:
        return frozenset()
    number = {entry.id: place for place, entry in enumerate(rules.requirements)}
    holding = {entry.handle: place for place, entry in enumerate(case.holdings)}
    fractions = {entry.id: entry.fraction for entry in before.groups}
    parents = {entry.id: entry.group for entry in before.groups}
    found: set[int] = set()
    inside: dict[str, set[int]] = {}
    for entry in before.requirements:
        leaf = number[entry.id]
        if entry.fraction == 1 and _alone(case, before, {leaf}, holding):
            found.add(leaf)
        for group in _above(parents, entry.group):
            inside.setdefault(group, set()).add(leaf)
    for group, leaves in inside.items():
        if fractions[group] == 1 and _alone(case, before, leaves, holding):
            found |= leaves
    return frozenset(found)


def _above(parents: Mapping[str, str], group: str) -> Iterator[str]:
    while group:
        yield group
        group = parents[group]


def _alone(
    case: Case, before: Progress, leaves: set[int], holding: dict[str, int]
) -> bool:
    """Say whether all that is at work in some requirements fits only them."""
    ids = {case.qualification.requirements[leaf].id for leaf in leaves}
    for use in before.allocation:
        if use.requirement not in ids:
            continue
        if use.credential not in holding:
            return False
        for index in _twins(case, holding[use.credential]):
            if not leaves.issuperset(case.leaves.get(index, ())):
                return False
    return True


def _twins(case: Case, index: int) -> set[int]:
    """Name a holding and those of the same achievement, of which one counts."""
    same = (group for group in case.groups if index in group)
    return {index, *(other for group in same for other in group)}
