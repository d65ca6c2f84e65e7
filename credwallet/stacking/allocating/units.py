"""Which credentials are one and the same achievement?

`docs/qualification-file.md`, "Limits": an achievement counts once, however often it was
renewed. A unit is all holdings of one achievement; at most one of them is used.
"""

from credwallet.stacking.case import Case
from credwallet.stacking.joining import Joined
from credwallet.stacking.usable import Bar


def units_of(
    cases: tuple[Case, ...], *, under_way: bool
) -> tuple[tuple[int, ...], ...]:
    """Group the holdings that fit and may count in any case by achievement.

    Args:
        cases: Cases over the same holdings.
        under_way: Whether what is under way counts as done.

    Returns:
        Units of holdings by index, in the order of their first holding. Two holdings
        are of one unit if their ids, or ids that their issuers call the same, meet.

    """
    joined: Joined[int] = Joined()
    for groups in {case.groups for case in cases}:
        for group in groups:
            for index in group[1:]:
                joined.join(group[0], index)

    def counts(index: int) -> bool:
        return any(may_count(c.bars[index], under_way=under_way) for c in cases)

    units: dict[int, list[int]] = {}
    fitting = {index for case in cases for index in case.leaves if counts(index)}
    # What does not fit is no member, but holds the place of its achievement.
    for index in sorted(fitting.union(joined)):
        if counts(index):
            unit = units.setdefault(joined.of(index), [])
            unit.extend([index] if index in fitting else ())
    return tuple(tuple(unit) for unit in units.values() if unit)


def may_count(bar: Bar | None, *, under_way: bool) -> bool:
    """Say whether a holding may count.

    Args:
        bar: Why not, or None.
        under_way: Whether what is under way counts as done.

    """
    return bar is None or (under_way and bar.kind == "under-way")
