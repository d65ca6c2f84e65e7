"""In which ways may one achievement be used?

`stacking.md` section 6.4: in one requirement of a qualification; in several only where
every two of them stand in one `[[share]]`; and freely in several qualifications unless
they exclude each other.
"""

from itertools import combinations
from typing import NamedTuple

from credwallet.stacking.case import Case
from credwallet.stacking.units import may_count

# More ways than this are not all tried; the answer is then an interval.
MAX_WAYS = 512


class Use(NamedTuple):
    """One credential at work in some requirements of one case, all by index."""

    case: int
    leaves: tuple[int, ...]
    holding: int


def ways_to_use(
    cases: tuple[Case, ...],
    members: tuple[int, ...],
    conflicts: frozenset[tuple[int, int]],
    *,
    under_way: bool = False,
) -> tuple[tuple[tuple[Use, ...], ...], bool]:
    """List the ways to use a unit, the earliest requirement of the file first.

    Args:
        cases: Cases over the same holdings.
        members: The holdings of the unit, by index.
        conflicts: Pairs of cases, lower first, that may not both use it.
        under_way: Whether what is under way counts as done.

    Returns:
        The ways, and whether they are all there are.

    """
    complete = True
    by_case: list[list[Use]] = []
    for number, case in enumerate(cases):
        found: list[Use] = []
        for holding in members:
            if may_count(case.bars[holding], under_way=under_way):
                sets, whole = _sets(case, holding)
                complete = complete and whole
                found.extend(Use(number, leaves, holding) for leaves in sets)
        by_case.append(sorted(found))
    ways: list[tuple[Use, ...]] = [()]
    for number, found in enumerate(by_case):
        grown: list[tuple[Use, ...]] = []
        for way in ways:
            free = all((use.case, number) not in conflicts for use in way)
            grown.extend((*way, use) for use in (found if free else ()))
        ways.extend(grown)
        if len(ways) > MAX_WAYS:
            ways, complete = ways[:MAX_WAYS], False
    return tuple(sorted(way for way in ways if way)), complete


def _sets(case: Case, holding: int) -> tuple[tuple[tuple[int, ...], ...], bool]:
    """List the sets of requirements in which one holding may stand at once."""
    leaves = [
        leaf
        for leaf in range(len(case.qualification.requirements))
        if leaf not in case.waived
        and (fit := case.fits.get((holding, leaf))) is not None
        and fit.amount > 0
    ]
    names = [case.qualification.requirements[leaf].id for leaf in leaves]
    shared = {
        pair
        for share in case.qualification.shares
        for pair in combinations(
            [i for i, name in enumerate(names) if name in share.requirements], 2
        )
    }
    sets: list[tuple[int, ...]] = []
    ahead: list[tuple[int, ...]] = [(i,) for i in range(len(leaves))]
    for group in ahead:
        if len(sets) >= MAX_WAYS:
            return tuple(sets), False
        sets.append(tuple(leaves[i] for i in group))
        ahead.extend(
            (*group, i)
            for i in range(group[-1] + 1, len(leaves))
            if all((j, i) in shared for j in group)
        )
    return tuple(sets), True
