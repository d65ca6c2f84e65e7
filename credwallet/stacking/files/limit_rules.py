"""Which shares, caps, gates and exclusions does a qualification file set?

A percentage is of `total_credits` and becomes credits here, exactly.
"""

from fractions import Fraction

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
    caps: list[Cap] = []
    for table in sheet.tables("cap", most=_MOST):
        identity, match, named, text = _common(table, ids, len(caps))
        count = table.integer("max_count", least=0)
        points = table.number("max_credits", positive=False)
        percent = _percent(table, "max_percent", total)
        _need_one(table, ("max_count", "max_credits", "max_percent"))
        limits = [amount for amount in (points, percent) if amount is not None]
        table.finish()
        least = min(limits) if limits else None
        caps.append(Cap(identity, match, count, least, named, text))
    _refuse_doubles(sheet, "cap", [cap.id for cap in caps])
    return tuple(caps)


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
    gates: list[Gate] = []
    for table in sheet.tables("gate", most=_MOST):
        identity, match, named, text = _common(table, ids, len(gates))
        count = table.integer("min_count")
        points = table.number("min_credits")
        percent = _percent(table, "min_percent", total)
        _need_one(table, ("min_count", "min_credits", "min_percent"))
        limits = [amount for amount in (points, percent) if amount is not None]
        table.finish()
        most = max(limits) if limits else None
        gates.append(Gate(identity, match, count, most, named, text))
    _refuse_doubles(sheet, "gate", [gate.id for gate in gates])
    return tuple(gates)


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
    """Warn where shared credits would be counted as new ones (section 6.5).

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


def _common(
    table: Table, ids: frozenset[str], index: int
) -> tuple[str, Match, tuple[str, ...], str]:
    identity = table.text("id") or f"{table.name}-{index + 1}"
    inline = table.table("match")
    match = read_match(inline) if inline else Match()
    if not table.has("match"):
        table.error(
            "", f"{table.name} {shown(identity)} has no match", hint="{} is all"
        )
    return identity, match, _requirements(table, ids), table.text("text")


def _requirements(table: Table, ids: frozenset[str]) -> tuple[str, ...]:
    named = table.texts("requirements")
    for name in named:
        if name not in ids and not table.sheet.full():
            hint = near(name, ids)
            table.error("requirements", f"no requirement {shown(name)}", hint=hint)
    return named


def _percent(table: Table, key: str, total: Fraction | None) -> Fraction | None:
    percent = table.number(key, positive=key.startswith("min"))
    if percent is None:
        return None
    if percent > 100:
        table.error(key, f"{key} is above 100")
    if total is None:
        table.error(key, f"{key} needs total_credits in [qualification]")
        return None
    return total * percent / 100


def _need_one(table: Table, keys: tuple[str, ...]) -> None:
    if not any(table.has(key) for key in keys):
        table.error("", f"{table.name} has no limit", hint="one of " + ", ".join(keys))


def _refuse_doubles(sheet: Sheet, name: str, ids: list[str]) -> None:
    for index, identity in enumerate(ids):
        if identity in ids[:index]:
            place = sheet.places.of(name, index, "id")
            sheet.add(place, f"there are two of the id {shown(identity)}")
