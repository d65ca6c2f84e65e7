"""Which offers are one achievement, whatever else is taken?

An offer may give what its issuer calls the same as two other things. Those two are then
one only with that offer. A search must not count them as one without it, so that here
such an offer is the first of them only: that allows too much, and never too little.
"""

from collections.abc import Iterable
from dataclasses import replace

from credwallet.stacking.case import Case
from credwallet.stacking.joining import Joined
from credwallet.stacking.matching import View
from credwallet.stacking.seen import Views


def names_of(view: View) -> frozenset[str]:
    """List the ids of a credential: its own, and those that are called the same."""
    return view.same_as | ({view.achievement} if view.achievement else frozenset())


def keep_apart(case: Case, offered: frozenset[str]) -> tuple[Case, bool]:
    """Join in units only what is one achievement with or without any offer.

    Args:
        case: What is held and what offers give.
        offered: Handles of what offers give.

    Returns:
        The case, and whether anything in it was kept apart.

    """
    held = [view for view in case.views if view.holding.handle not in offered]
    root = _joined(map(names_of, held)).of
    counting = {
        root(name)
        for view, bar in zip(case.views, case.bars, strict=True)
        if bar is None and view.holding.handle not in offered
        for name in names_of(view)
    }
    roots = {
        number: frozenset(map(root, names_of(view)))
        for number, view in enumerate(case.views)
        if view.holding.handle in offered and names_of(view)
    }
    joined = _joined(roots.values())
    groups: dict[str, list[int]] = {}
    for number, names in roots.items():
        groups.setdefault(joined.of(min(names)), []).append(number)
    views = list(case.views)
    apart = False
    for members in groups.values():
        if _doubtful([roots[number] for number in members], counting):
            apart = True
            for number in members:
                views[number] = _first_only(views[number])
    if not apart:
        return case, False
    firm = Views(tuple(views))
    return replace(case, views=firm.views, groups=firm.groups), True


def _joined(sets: Iterable[frozenset[str]]) -> Joined[str]:
    """Join names that stand in one set."""
    joined: Joined[str] = Joined()
    for names in sets:
        for name in names:
            joined.join(min(names), name)
    return joined


def _doubtful(sets: list[frozenset[str]], counting: set[str]) -> bool:
    """Say whether some of a group are the same only through others of it."""
    if all(len(names) == 1 for names in sets):
        return False
    common = frozenset.intersection(*sets)
    held = counting & frozenset[str]().union(*sets)
    if not held:
        return not common
    return len(held) > 1 or not held <= common


def _first_only(view: View) -> View:
    if view.achievement:
        return view._replace(same_as=frozenset())
    return view._replace(same_as=frozenset({min(view.same_as)}))
