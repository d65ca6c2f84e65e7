"""Do shares, caps, gates and exclusions change anything, and can they be kept to?"""

from collections import Counter
from collections.abc import Sequence

from credwallet.model.qualification import Cap, Gate
from credwallet.stacking.amounts import plain
from credwallet.stacking.files.doubts.looking import Look, covers, limit_of, named_only
from credwallet.stacking.files.toml_table import shown

_UNITS = ("credentials", "credits")


def find(look: Look) -> None:
    """Note limits that are never reached, never met, or said twice.

    Args:
        look: The file.

    """
    _shares(look)
    _exclusions(look)
    _manual(look)
    for index, cap in enumerate(look.rules.caps):
        _cap(look, index, cap)
    for index, gate in enumerate(look.rules.gates):
        _gate(look, index, gate)
    for name, entries in (("cap", look.rules.caps), ("gate", look.rules.gates)):
        _alike(look, name, entries)


def _shares(look: Look) -> None:
    seen: list[frozenset[str]] = []
    for index, raw in enumerate(look.raw("share")):
        where = ("share", index, "requirements")
        names = raw["requirements"]
        for name, count in sorted(Counter(names).items()):
            if count > 1:
                look.warn(where, f"the share names {shown(name)} twice")
        together = frozenset(names)
        if any(together <= other for other in seen):
            look.warn(where, "these share already by another [[share]]")
        seen.append(together)


def _exclusions(look: Look) -> None:
    groups = [raw["group"] for raw in look.raw("exclusive")]
    for index, group in enumerate(groups):
        if group in groups[:index]:
            look.warn(("exclusive", index, "group"), f"{shown(group)} is there twice")


def _manual(look: Look) -> None:
    """Warn of limits over requirements in which no credential ever counts."""
    manual = {e.id for e in look.rules.requirements if e.type == "manual"}
    for table in ("share", "cap", "gate"):
        for index, raw in enumerate(look.raw(table)):
            names = raw.get("requirements", [])
            for name in [names] if isinstance(names, str) else dict.fromkeys(names):
                if name in manual:
                    look.warn(
                        (table, index, "requirements"),
                        f"{shown(name)} is manual: no credential is used there",
                    )


def _cap(look: Look, index: int, cap: Cap) -> None:
    where = ("cap", index, "")
    count, points = limit_of(cap)
    names = named_only(cap.match)
    if 0 in (count, points):
        look.warn(
            where,
            f"cap {shown(cap.id)} of 0: nothing that fits it ever counts",
            hint="not_issuer, kind or tag in the matches says that more plainly",
        )
    elif count is not None and names is not None and len(names) <= count:
        look.warn(
            where,
            f"cap {shown(cap.id)} is never reached: its match names {len(names)}",
        )
    total = look.rules.total_credits
    if points is not None and total is not None and points >= total:
        look.warn(where, f"cap {shown(cap.id)} lets all of total_credits through")


def _gate(look: Look, index: int, gate: Gate) -> None:
    where = ("gate", index, "")
    count, points = limit_of(gate)
    names = named_only(gate.match)
    total = look.rules.total_credits
    if count is not None and names is not None and len(names) < count:
        look.warn(
            where,
            f"gate {shown(gate.id)} is never met: it asks for {count}, and its match "
            f"names {len(names)}",
        )
    if points is not None and total is not None and points > total:
        look.warn(
            where,
            f"gate {shown(gate.id)} asks for {plain(points)}, more than total_credits",
        )
    for cap in look.rules.caps:
        if not covers(cap, gate.requirements, gate.match):
            continue
        for most, least, unit in zip(
            limit_of(cap), (count, points), _UNITS, strict=True
        ):
            if most is not None and least is not None and least > most:
                look.warn(
                    where,
                    f"gate {shown(gate.id)} is never met: it asks for {plain(least)} "
                    f"{unit}, and cap {shown(cap.id)} lets {plain(most)} in",
                )


def _alike(look: Look, name: str, entries: Sequence[Cap | Gate]) -> None:
    """Warn of two limits of one kind over the same: one of them says nothing."""
    seen: dict[object, str] = {}
    for index, entry in enumerate(entries):
        for unit, bound in enumerate(limit_of(entry)):
            key = (entry.match, frozenset(entry.requirements), unit)
            if bound is not None and key in seen:
                look.warn(
                    (name, index, ""),
                    f"{name} {shown(entry.id)} limits the same as {shown(seen[key])}",
                    hint="keep the stricter one",
                )
            elif bound is not None:
                seen[key] = entry.id
