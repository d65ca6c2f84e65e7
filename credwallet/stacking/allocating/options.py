"""In which ways may one achievement be used?

`docs/qualification-file.md`, "Limits": in one requirement of a qualification; in
several only where every two of them stand in one `[[share]]`; and freely in several
qualifications unless they exclude each other.
"""

from typing import NamedTuple

from credwallet.stacking.allocating.units import may_count
from credwallet.stacking.case import Case

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
        for leaf in case.leaves.get(holding, ())
        if leaf not in case.waived and case.fits[holding, leaf].amount > 0
    ]
    beside = _beside(case, leaves)
    sets: list[tuple[int, ...]] = []
    ahead: list[tuple[int, ...]] = [(leaf,) for leaf in leaves]
    for group in ahead:
        if len(sets) >= MAX_WAYS:
            return _largest_sets(case, leaves, beside)
        sets.append(group)
        common = frozenset(leaves).intersection(*(beside[leaf] for leaf in group))
        ahead.extend((*group, leaf) for leaf in sorted(common) if leaf > group[-1])
    return tuple(sets), True


def _beside(case: Case, leaves: list[int]) -> dict[int, frozenset[int]]:
    """Say for each requirement with which others it may share."""
    entries = case.qualification.requirements
    shares = [
        frozenset(leaf for leaf in leaves if entries[leaf].id in share.requirements)
        for share in case.qualification.shares
    ]
    return {
        leaf: frozenset().union(*(s for s in shares if leaf in s)) - {leaf}
        for leaf in leaves
    }


def _largest_sets(
    case: Case, leaves: list[int], beside: dict[int, frozenset[int]]
) -> tuple[tuple[tuple[int, ...], ...], bool]:
    """List only sets that no further requirement can join (Bron and Kerbosch).

    To stand in more requirements is never worse, unless a cap looks at some of them
    only.
    """
    complete = not any(cap.requirements for cap in case.qualification.caps)
    sets: list[tuple[int, ...]] = []
    start: tuple[int, ...] = ()
    ahead = [(start, frozenset(leaves), frozenset[int]())]
    steps = 0
    while ahead:
        group, free, done = ahead.pop()
        steps += 1
        if len(sets) >= MAX_WAYS or steps > 20 * MAX_WAYS:
            return tuple(sorted(sets)), False
        if not free and not done:
            sets.append(tuple(sorted(group)))
            continue
        pivot = max(sorted(free | done), key=lambda leaf: len(beside[leaf] & free))
        for leaf in sorted(free - beside[pivot]):
            ahead.append(((*group, leaf), free & beside[leaf], done & beside[leaf]))
            free -= {leaf}
            done |= {leaf}
    return tuple(sorted(sets)), complete
