"""Do the credits that are asked for go with what the whole is said to have?"""

from fractions import Fraction

from credwallet.model.qualification import Group, Match, Requirement
from credwallet.stacking.amounts import plain
from credwallet.stacking.files.doubts.looking import Look, members_of


def find(look: Look) -> None:
    """Note credits that do not add up.

    Args:
        look: The file.

    """
    rules = look.rules
    total = rules.total_credits
    if total is None:
        return
    buckets = {entry.id for entry in rules.requirements if entry.type == "credits"}
    if any(len(buckets.intersection(share.requirements)) > 1 for share in rules.shares):
        # Shared credits may fill several buckets: their sum says nothing.
        return
    members = members_of(rules)
    least, most = _between(members, "")
    where = ("qualification", 0, "total_credits")
    if least > total:
        look.warn(
            where,
            f"total_credits is {plain(total)}, but {plain(least)} are asked for",
            hint="one of the two is wrong, or buckets of credits should share",
        )
    only_credits = all(e.type in {"credits", "manual"} for e in rules.requirements)
    if only_credits and 0 < most < total and not _asks_for_all(look, total):
        look.warn(
            where,
            f"total_credits is {plain(total)}, but only {plain(most)} are asked for",
            hint=f"add a bucket, or a [[gate]] with match = {{}} and min_credits = "
            f"{plain(total)}",
        )


def _between(
    members: dict[str, list[Requirement | Group]], name: str, choose: int = 0
) -> tuple[Fraction, Fraction]:
    """Return the fewest and the most credits that a group asks for."""
    inside = []
    for entry in members.get(name, ()):
        if isinstance(entry, Group):
            n = entry.n if entry.type == "n_of" else 0
            inside.append(_between(members, entry.id, n))
        else:
            need = entry.need if entry.type == "credits" else Fraction(0)
            inside.append((need, need))
    count = choose or len(inside)
    least = sorted(low for low, _ in inside)[:count]
    most = sorted((high for _, high in inside), reverse=True)[:count]
    return sum(least, Fraction(0)), sum(most, Fraction(0))


def _asks_for_all(look: Look, total: Fraction) -> bool:
    return any(
        gate.match == Match() and gate.min_credits is not None
        for gate in look.rules.gates
        if not gate.requirements and (gate.min_credits or 0) >= total
    )
