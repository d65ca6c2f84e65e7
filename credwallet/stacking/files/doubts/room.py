"""Do the caps leave room for what is required?"""

from fractions import Fraction

from credwallet.model.qualification import Cap, Group, Match, Requirement
from credwallet.stacking.amounts import plain
from credwallet.stacking.files.doubts.looking import (
    Look,
    covers,
    limit_of,
    members_of,
    named_only,
    unit_of,
)
from credwallet.stacking.files.toml_table import shown

# Each cap is held against every requirement; no sound file has so many.
_MOST_CAPS = 50
_UNITS = ("credentials", "credits")


def find(look: Look) -> None:
    """Note requirements that a cap keeps from ever being done, alone or together.

    Args:
        look: The file.

    """
    named = {entry.id: named_only(entry.match) for entry in look.rules.requirements}
    members = members_of(look.rules)
    for index, cap in enumerate(look.rules.caps[:_MOST_CAPS]):
        if look.sheet.full():
            return
        if _alone(look, cap):
            continue
        for unit, most in enumerate(limit_of(cap)):
            if not most:
                continue
            under = _under(look, cap, named, unit)
            needed = _least(members, "", under)
            if needed > most and not _shared(look, under):
                look.warn(
                    ("cap", index, ""),
                    f"cap {shown(cap.id)} lets {plain(most)} in, and what must be done "
                    f"takes {plain(needed)} {_UNITS[unit]}",
                    hint="raise the cap, or ask for less",
                )


def _alone(look: Look, cap: Cap) -> bool:
    """Warn of each requirement that asks for more than the cap lets in."""
    found = False
    for index, entry in enumerate(look.rules.requirements):
        most = limit_of(cap)[unit_of(entry)]
        if entry.type == "manual" or not most or entry.need <= most:
            continue
        if covers(cap, (entry.id,), entry.match):
            found = True
            look.warn(
                ("requirement", index, ""),
                f"{shown(entry.id)} is never done: it asks for {plain(entry.need)}, "
                f"and cap {shown(cap.id)} lets {plain(most)} in",
            )
    return found


def _under(
    look: Look, cap: Cap, named: dict[str, frozenset[str] | None], unit: int
) -> frozenset[str]:
    """Collect the requirements of a unit in which the cap limits whatever fits."""
    by_name = cap.match == Match(achievement=cap.match.achievement)
    limited = (named_only(cap.match) if by_name else None) or frozenset[str]()
    where = frozenset(cap.requirements)
    return frozenset(
        entry.id
        for entry in look.rules.requirements
        if entry.type != "manual" and unit_of(entry) == unit
        if not where or entry.id in where
        if cap.match in (entry.match, Match())
        or ((names := named[entry.id]) is not None and names <= limited)
    )


def _least(
    members: dict[str, list[Requirement | Group]],
    name: str,
    under: frozenset[str],
    choose: int = 0,
) -> Fraction:
    """Return what a group must use at least of what the cap limits."""
    found = []
    for entry in members.get(name, ()):
        if isinstance(entry, Group):
            n = entry.n if entry.type == "n_of" else 0
            found.append(_least(members, entry.id, under, n))
        else:
            found.append(entry.need if entry.id in under else Fraction(0))
    return sum(sorted(found)[: choose or len(found)], Fraction(0))


def _shared(look: Look, under: frozenset[str]) -> bool:
    """Say whether one credential may do for two of them: then the sum says little."""
    return any(
        len(under.intersection(share.requirements)) > 1 for share in look.rules.shares
    )
