"""Can the requirements be done side by side, and do the groups say it plainly?"""

from collections import Counter
from fractions import Fraction

from credwallet.model.qualification import Group, Requirement
from credwallet.stacking.files.doubts.looking import Look, named_only
from credwallet.stacking.files.toml_table import shown


def find(look: Look) -> None:
    """Note what is doubtful in the tree of requirements.

    Args:
        look: The file.

    """
    rules = look.rules
    members = Counter(entry.group for entry in rules.requirements)
    members.update(group.group for group in rules.groups)
    for index, group in enumerate(rules.groups):
        if group.type == "n_of" and group.n == members[group.id]:
            look.warn(
                ("group", index, "n"),
                f"{shown(group.id)} asks for all that is in it",
                hint='say type = "all_of" if that is meant',
            )
    if all(entry.type == "manual" for entry in rules.requirements):
        look.warn(
            ("requirement", 0, "type"),
            "every requirement is manual, so nothing here is ever counted",
        )
    _side_by_side(look)


def _side_by_side(look: Look) -> None:
    """Warn where requirements want one achievement each and name too few for all."""
    shares = [frozenset(share.requirements) for share in look.rules.shares]
    groups = {group.id: group for group in look.rules.groups}
    wanted: dict[frozenset[str], list[str]] = {}
    needs: dict[frozenset[str], Fraction] = {}
    for index, entry in enumerate(look.rules.requirements):
        names = named_only(entry.match)
        if names is None or entry.type not in {"credential", "count"}:
            continue
        if not _must(entry, groups):
            continue
        others = wanted.setdefault(names, [])
        others.append(entry.id)
        needs[names] = needs.get(names, Fraction(0)) + entry.need
        if len(others) == 1 or needs[names] <= len(names) or look.sheet.full():
            continue
        if any(len(share.intersection(others)) > 1 for share in shares):
            continue
        first = others[0]
        look.warn(
            ("requirement", index, "match"),
            f"{shown(entry.id)} asks for what {shown(first)} asks for, and one "
            "credential counts once",
            hint="add a [[share]] of both, or take one out",
        )


def _must(entry: Requirement, groups: dict[str, Group]) -> bool:
    """Say whether everybody must do a requirement: no choice stands above it."""
    name = entry.group
    while name:
        group = groups[name]
        if group.type == "n_of":
            return False
        name = group.group
    return True
