"""Why does a credential not count, and why is a requirement not done?"""

from fractions import Fraction

from credwallet.model.qualification import Requirement
from credwallet.stacking.allocating.units import units_of
from credwallet.stacking.amounts import plain
from credwallet.stacking.settled import Settled, full_caps


def state_of(settled: Settled, leaf: int) -> tuple[str, str]:
    """Name the state of a requirement, and say why in one line.

    Args:
        settled: One case with its allocation.
        leaf: The requirement by index.

    Returns:
        The state, which is `done`, `partly`, `missing`, `waived`, `manual`, `lapsed`,
        `in-progress` or `blocked`, and the line (maybe `""`).

    """
    case = settled.case
    entry = case.qualification.requirements[leaf]
    if leaf in case.waived:
        return "waived", case.waived[leaf].why
    surplus = settled.have[leaf] - entry.need
    if surplus >= 0:
        return "done", f"{plain(surplus)} more than needed" if surplus else ""
    if entry.type == "manual":
        return "manual", "cannot be checked from credentials"
    found = (find(settled, leaf) for find in (_lapsed, _under_way, _blocked))
    return next((pair for pair in found if pair[0]), None) or _unfinished(settled, leaf)


def _unfinished(settled: Settled, leaf: int) -> tuple[str, str]:
    entry = settled.case.qualification.requirements[leaf]
    have = settled.have[leaf]
    if have:
        return "partly", f"{plain(entry.need - have)} more {_noun(entry)} needed"
    barred = _waiting(settled, leaf, "standing")
    if barred:
        return "missing", _said(settled, barred[0])
    return "missing", "nothing that you hold counts here"


def reasons_of(
    settled: Settled, elsewhere: dict[int, str]
) -> tuple[tuple[int, str, bool], ...]:
    """Say why each credential that is not used is not.

    Args:
        settled: One case with its allocation.
        elsewhere: Holdings that a qualification which excludes this one uses.

    Returns:
        For each its index, the reason in one line, and whether it nearly counted.

    """
    case = settled.case
    units = {
        holding: unit for unit in units_of((case,), under_way=True) for holding in unit
    }
    found = []
    for holding in range(len(case.holdings)):
        if holding in settled.used:
            continue
        leaves = case.leaves.get(holding, ())
        bar = case.bars[holding]
        if bar is not None:
            found.append((holding, bar.why, bool(leaves)))
        elif leaves:
            others = units.get(holding, (holding,))
            why = _taken(settled, others, elsewhere)
            found.append((holding, why or _not_needed(settled, holding, leaves), True))
        else:
            found.append((holding, *_no_fit(settled, holding)))
    return tuple(found)


def _taken(settled: Settled, unit: tuple[int, ...], elsewhere: dict[int, str]) -> str:
    """Say what else uses the achievement, or `""`."""
    for other in unit:
        if other in settled.used:
            handle = settled.case.holdings[other].handle
            return f"the same achievement as {handle}, which counts"
        if other in elsewhere:
            return f"already used in {elsewhere[other]}, which excludes this"
    return ""


def _no_fit(settled: Settled, holding: int) -> tuple[str, bool]:
    case = settled.case
    if holding == case.award:
        return "it is the award itself", True
    for leaf, miss in case.misses.get(holding, ()):
        name = case.qualification.requirements[leaf].id
        return f"not {name}: {miss.why}", True
    return "fits no requirement", False


def _not_needed(settled: Settled, holding: int, leaves: tuple[int, ...]) -> str:
    case = settled.case
    entries = case.qualification.requirements
    names = ", ".join(entries[leaf].id for leaf in leaves)
    if all(case.fits[holding, leaf].amount == 0 for leaf in leaves):
        if case.views[holding].credits is None:
            return f"not {names}: it says no credits"
        unit = case.views[holding].credit_unit or "no unit"
        return f"not {names}: its credits ({unit}) do not convert"
    caps: list[str] = []
    for leaf in leaves:
        caps.extend(full_caps(case, settled.used, holding, leaf))
    if caps:
        return f"cap {caps[0]} is full"
    if all(settled.fractions[entries[leaf].id] == 1 for leaf in leaves):
        return f"{names} needs no more"
    return f"using it in {names} would not bring you further"


def _waiting(settled: Settled, leaf: int, kind: str) -> list[int]:
    """List holdings that fit a requirement but for one bar, one of each achievement."""
    case = settled.case
    seen = {
        case.views[holding].achievement
        for holding in settled.used
        if case.views[holding].achievement
    }
    found = []
    for index in case.fitting.get(leaf, ()):
        bar, achievement = case.bars[index], case.views[index].achievement
        if bar is None or bar.kind != kind or not case.fits[index, leaf].amount:
            continue
        if achievement not in seen:
            found.append(index)
            seen.update({achievement} - {""})
    return found


def _lapsed(settled: Settled, leaf: int) -> tuple[str, str]:
    case = settled.case
    entry = case.qualification.requirements[leaf]
    lapsed = _waiting(settled, leaf, "lapsed")
    more = sum((case.fits[index, leaf].amount for index in lapsed), Fraction(0))
    if not lapsed or settled.have[leaf] + more < entry.need:
        return "", ""
    last = max(lapsed, key=lambda index: (str(_bar_day(settled, index)), -index))
    return "lapsed", _said(settled, last)


def _under_way(settled: Settled, leaf: int) -> tuple[str, str]:
    waiting = _waiting(settled, leaf, "under-way")
    return ("in-progress", _said(settled, waiting[0])) if waiting else ("", "")


def _blocked(settled: Settled, leaf: int) -> tuple[str, str]:
    """Find out whether a cap or a level keeps out everything that is left."""
    case = settled.case
    why = ""
    for holding in case.fitting.get(leaf, ()):
        if holding in settled.used or not case.fits[holding, leaf].amount:
            continue
        if case.bars[holding] is None:
            caps = full_caps(case, settled.used, holding, leaf)
            if not caps:
                return "", ""
            why = why or f"{case.holdings[holding].handle}: cap {caps[0]} is full"
    for holding, misses in case.misses.items():
        if case.bars[holding] is not None or holding in settled.used:
            continue
        for place, miss in misses:
            if place == leaf and miss.level:
                why = why or f"{case.holdings[holding].handle}: {miss.why}"
    return ("blocked", why) if why else ("", "")


def _bar_day(settled: Settled, index: int) -> str:
    bar = settled.case.bars[index]
    return str(bar.on or "") if bar is not None else ""


def _said(settled: Settled, index: int) -> str:
    bar = settled.case.bars[index]
    why = bar.why if bar is not None else ""
    return f"{settled.case.holdings[index].handle}: {why}"


def _noun(entry: Requirement) -> str:
    return "credits" if entry.type == "credits" else "credentials"
