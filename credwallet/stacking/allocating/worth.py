"""What is a state of the requirements worth to the whole qualification?

`docs/qualification-file.md`, `[[group]]`: `all_of` is the weighted mean of its members,
`n_of` the mean of its n best. Going down from the root, every node has a fixed share of
the whole, so that the fraction is a sum of shares, of which an `n_of` takes the n
largest.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from credwallet.model.qualification import Group, Qualification, Requirement


class Fixed(NamedTuple):
    """A part that is worth this whatever is used, such as a waived requirement."""

    value: int


class Sum(NamedTuple):
    """Parts that all add up."""

    parts: "tuple[Tree, ...]"


class Top(NamedTuple):
    """Parts of which the n largest add up."""

    n: int
    parts: "tuple[Tree, ...]"


# A plain number is a requirement by its place.
Tree = int | Fixed | Sum | Top


class Block(NamedTuple):
    """A part of the root that adds to the whole by itself: no `n_of` is split."""

    case: int
    tree: Tree
    leaves: tuple[int, ...]


def worth(tree: Tree, amounts: Sequence[int], values: Sequence[int]) -> int:
    """Add up what a tree is worth.

    Args:
        tree: Any part of a qualification.
        amounts: What each requirement has, at most its need.
        values: What one of it is worth to the whole.

    Returns:
        The worth, in the scale of `values`.

    """
    if isinstance(tree, int):
        return amounts[tree] * values[tree]
    if isinstance(tree, Fixed):
        return tree.value
    parts = [worth(part, amounts, values) for part in tree.parts]
    if isinstance(tree, Top):
        parts.sort(reverse=True)
        return sum(parts[: tree.n])
    return sum(parts)


def shares_of(qualification: Qualification) -> dict[str, Fraction]:
    """Give every requirement and group its largest share of the whole.

    Args:
        qualification: A sound tree.

    Returns:
        Share by id; the members of an `n_of` have 1/n of its share each.

    """
    members = members_of(qualification)
    shares: dict[str, Fraction] = {}
    ahead: list[tuple[str, int, Fraction]] = [("", 0, Fraction(1))]
    for parent, n, share in ahead:
        inside = members.get(parent, ())
        total = sum((node.weight for node in inside), Fraction(0))
        for node in inside:
            each = share / n if n else share * node.weight / total
            shares[node.id] = each
            if isinstance(node, Group):
                ahead.append((node.id, node.n if node.type == "n_of" else 0, each))
    return shares


def members_of(
    qualification: Qualification,
) -> dict[str, tuple[Requirement | Group, ...]]:
    """List the members of every group, of the root by `""`, in the file's order.

    Args:
        qualification: A sound tree.

    Returns:
        Members by the group's id, requirements first.

    """
    members: dict[str, list[Requirement | Group]] = {}
    for entry in qualification.requirements:
        members.setdefault(entry.group, []).append(entry)
    for group in qualification.groups:
        members.setdefault(group.group, []).append(group)
    return {parent: tuple(inside) for parent, inside in members.items()}


def trees_of(
    qualification: Qualification, parts: Mapping[str, Tree]
) -> tuple[Tree, ...]:
    """Build what adds up at the root, with every nested `all_of` dissolved.

    Args:
        qualification: A sound tree.
        parts: What stands for each requirement.

    Returns:
        Trees whose worths add up to the whole.

    """
    members = members_of(qualification)

    def build(node: Requirement | Group) -> Tree:
        if isinstance(node, Requirement):
            return parts[node.id]
        inside = tuple(build(member) for member in members[node.id])
        return Top(node.n, inside) if node.type == "n_of" else Sum(inside)

    dissolved: list[Tree] = []
    ahead = [build(node) for node in members.get("", ())]
    while ahead:
        tree = ahead.pop(0)
        if isinstance(tree, Sum):
            ahead[:0] = tree.parts
        else:
            dissolved.append(tree)
    return tuple(dissolved)


def leaves_of(tree: Tree) -> tuple[int, ...]:
    """List the requirements in a tree by their place."""
    if isinstance(tree, int):
        return (tree,)
    if isinstance(tree, Fixed):
        return ()
    return tuple(leaf for part in tree.parts for leaf in leaves_of(part))


def fractions_of(
    qualification: Qualification, fractions: Mapping[str, Fraction]
) -> dict[str, Fraction]:
    """Work out the fraction of every group, and of the whole by `""`.

    This follows the law word for word, apart from the shares above, so that the answer
    of the search can be checked by it.

    Args:
        qualification: A sound tree.
        fractions: Fraction of each requirement.

    Returns:
        Fraction by id, requirements included.

    """
    members = members_of(qualification)
    groups = {group.id: group for group in qualification.groups}
    found = dict(fractions)

    def mean(parent: str) -> Fraction:
        inside = members.get(parent, ())
        for node in inside:
            if isinstance(node, Group):
                found[node.id] = mean(node.id)
        group = groups.get(parent)
        if group is not None and group.type == "n_of":
            best = sorted((found[node.id] for node in inside), reverse=True)
            return sum(best[: group.n], Fraction(0)) / group.n
        total = sum((node.weight for node in inside), Fraction(0))
        weighed = sum((node.weight * found[node.id] for node in inside), Fraction(0))
        return weighed / total

    found[""] = mean("")
    return found
