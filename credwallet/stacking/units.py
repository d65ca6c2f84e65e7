"""Which credentials are one and the same achievement?

`stacking.md` section 6.4: an achievement counts once, however often it was renewed. A
unit is all holdings of one achievement; at most one of them is used.
"""

from credwallet.stacking.case import Case
from credwallet.stacking.usable import Bar


def units_of(
    cases: tuple[Case, ...], *, under_way: bool
) -> tuple[tuple[int, ...], ...]:
    """Group the holdings that may count in any case by achievement.

    Args:
        cases: Cases over the same holdings.
        under_way: Whether what is under way counts as done.

    Returns:
        Units of holdings by index, in the order of their first holding. Two holdings
        are of one unit if their ids, or ids that their issuers call the same, meet.

    """
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        while parent.setdefault(name, name) != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    keys: dict[int, str] = {}
    for case in cases:
        for index, view in enumerate(case.views):
            names = [view.achievement] if view.achievement else []
            names.extend(sorted(view.same_as))
            keys[index] = keys.get(index) or (names[0] if names else f"\0{index}")
            for name in names:
                parent[root(name)] = root(keys[index])
    units: dict[str, list[int]] = {}
    for index, key in sorted(keys.items()):
        if any(may_count(case.bars[index], under_way=under_way) for case in cases):
            units.setdefault(root(key), []).append(index)
    return tuple(map(tuple, units.values()))


def may_count(bar: Bar | None, *, under_way: bool) -> bool:
    """Say whether a holding may count.

    Args:
        bar: Why not, or None.
        under_way: Whether what is under way counts as done.

    """
    return bar is None or (under_way and bar.kind == "under-way")
