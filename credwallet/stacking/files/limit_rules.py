"""Which shares, caps, gates and exclusions does a qualification file set?

A percentage is of `total_credits` and becomes credits here, exactly.
"""

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import NamedTuple

from credwallet.model.qualification import Cap, Gate, Match, Requirement, Share
from credwallet.stacking.files.match_rules import read_match
from credwallet.stacking.files.toml_table import Sheet, Table, near, shown

_MOST = 500


def read_shares(sheet: Sheet, ids: frozenset[str]) -> tuple[Share, ...]:
    """Read every `[[share]]`.

    Args:
        sheet: The parsed file.
        ids: Ids of the requirements there are.

    Returns:
        The shares.

    """
    shares = []
    for table in sheet.tables("share", most=_MOST):
        named = _requirements(table, ids)
        if len(named) < 2:
            table.error("requirements", "a share names at least two requirements")
        table.text("text")
        table.finish()
        shares.append(Share(named))
    return tuple(shares)


def read_caps(
    sheet: Sheet, ids: frozenset[str], total: Fraction | None
) -> tuple[Cap, ...]:
    """Read every `[[cap]]`.

    Args:
        sheet: The parsed file.
        ids: Ids of the requirements there are.
        total: `total_credits`, or None.

    Returns:
        The caps, percentages resolved.

    """
    return tuple(Cap(*each) for each in _limits(sheet, "cap", ids, total))


def read_gates(
    sheet: Sheet, ids: frozenset[str], total: Fraction | None
) -> tuple[Gate, ...]:
    """Read every `[[gate]]`.

    Args:
        sheet: The parsed file.
        ids: Ids of the requirements there are.
        total: `total_credits`, or None.

    Returns:
        The gates, percentages resolved.

    """
    return tuple(Gate(*each) for each in _limits(sheet, "gate", ids, total))


def read_exclusive(sheet: Sheet) -> tuple[str, ...]:
    """Read every `[[exclusive]]`.

    Args:
        sheet: The parsed file.

    Returns:
        Names of the groups of qualifications that share no credential.

    """
    names = []
    for table in sheet.tables("exclusive", most=_MOST):
        names.append(table.text("group", required=True))
        table.text("text")
        table.finish()
    return tuple(dict.fromkeys(name for name in names if name))


def warn_of_missing_gate(
    sheet: Sheet,
    requirements: tuple[Requirement, ...],
    shares: tuple[Share, ...],
    gates: tuple[Gate, ...],
) -> None:
    """Warn where shared credits would be counted as new ones.

    Args:
        sheet: The parsed file.
        requirements: All requirements.
        shares: All shares.
        gates: All gates.

    """
    buckets = {entry.id for entry in requirements if entry.type == "credits"}
    for index, share in enumerate(shares):
        if len(buckets.intersection(share.requirements)) < 2:
            continue
        if any(g.match == Match() and g.min_credits is not None for g in gates):
            return
        sheet.add(
            sheet.places.of("share", index),
            "credits are shared, and nothing asks for their sum",
            hint="add a [[gate]] with match = {} and min_credits",
            severity="warning",
        )
        return


class _Limit(NamedTuple):
    """What a cap and a gate have in common, in the order of their fields."""

    id: str
    match: Match
    how_many: int | None
    points: Fraction | None
    requirements: tuple[str, ...]
    text: str


# A cap starts its keys so, and of two bounds in credits the stricter one holds.
_KINDS: dict[str, tuple[str, Callable[[list[Fraction]], Fraction]]] = {
    "cap": ("max", min),
    "gate": ("min", max),
}


def _limits(
    sheet: Sheet, name: str, ids: frozenset[str], total: Fraction | None
) -> Iterator[_Limit]:
    start, stricter = _KINDS[name]
    keys = [f"{start}_{unit}" for unit in ("count", "credits", "percent")]
    # "At most none" makes sense, "at least none" does not.
    positive = name == "gate"
    seen: list[str] = []
    for table in sheet.tables(name, most=_MOST):
        identity = table.text("id") or f"{name}-{len(seen) + 1}"
        seen.append(identity)
        match = _match(table, identity)
        named, text = _requirements(table, ids), table.text("text")
        count = table.integer(keys[0], least=int(positive))
        points = table.number(keys[1], positive=positive)
        percent = _percent(table, keys[2], total, positive=positive)
        if not any(table.has(key) for key in keys):
            hint = "one of " + ", ".join(keys)
            table.error("", f"{name} has no limit", hint=hint)
        table.finish()
        bounds = [amount for amount in (points, percent) if amount is not None]
        credits_ = stricter(bounds) if bounds else None
        yield _Limit(identity, match, count, credits_, named, text)
    _refuse_doubles(sheet, name, seen)


def _match(table: Table, identity: str) -> Match:
    inline = table.table("match")
    if not table.has("match"):
        table.error(
            "", f"{table.name} {shown(identity)} has no match", hint="{} is all"
        )
    return read_match(inline) if inline else Match()


def _requirements(table: Table, ids: frozenset[str]) -> tuple[str, ...]:
    named = table.texts("requirements")
    for name in named:
        if name not in ids and not table.sheet.full():
            hint = near(name, ids)
            table.error("requirements", f"no requirement {shown(name)}", hint=hint)
    return named


def _percent(
    table: Table, key: str, total: Fraction | None, *, positive: bool
) -> Fraction | None:
    percent = table.number(key, positive=positive)
    if percent is None:
        return None
    if percent > 100:
        table.error(key, f"{key} is above 100")
    if total is None:
        table.error(key, f"{key} needs total_credits in [qualification]")
        return None
    return total * percent / 100


def _refuse_doubles(sheet: Sheet, name: str, ids: list[str]) -> None:
    for index, identity in enumerate(ids):
        if identity in ids[:index]:
            place = sheet.places.of(name, index, "id")
            sheet.add(place, f"there are two of the id {shown(identity)}")
