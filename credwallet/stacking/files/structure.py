"""Do the groups of a file make a tree, and what does each part of it weigh?

The root is an `all_of`; a requirement or group without `in` is its child. Default
weights (`docs/qualification-file.md`, `[[group]]`): 1 for a credential, n for a count,
the credits for credits, the sum of its members for `all_of`, n for `n_of`.
"""

from fractions import Fraction
from typing import NamedTuple

from credwallet.stacking.files.toml_places import MAX_DEPTH
from credwallet.stacking.files.toml_table import Table, near, shown


class Node(NamedTuple):
    """A requirement or a group before its weight is known."""

    id: str
    type: str
    parent: str
    size: Fraction
    weight: Fraction | None
    table: Table


def check_tree(nodes: tuple[Node, ...]) -> bool:
    """Note duplicate ids, unknown parents, cycles, empty groups and too large `n`.

    Args:
        nodes: All requirements and groups.

    Returns:
        Whether the nodes make a tree, so that weights can be given.

    """
    by_id: dict[str, Node] = {}
    sound = True
    for node in nodes:
        if node.id in by_id:
            node.table.error("id", f"there are two of the id {shown(node.id)}")
            sound = False
        by_id.setdefault(node.id, node)
    groups = {node.id for node in nodes if is_group(node)}
    for node in nodes:
        if node.parent and node.parent not in groups:
            hint = near(node.parent, groups)
            if node.parent in by_id:
                hint = "only a group has members"
            node.table.error("in", f"no group {shown(node.parent)}", hint=hint)
            sound = False
    if not sound:
        return False
    return _no_cycle(nodes, by_id) and _members(nodes)


def is_group(node: Node) -> bool:
    """Say whether a node has members."""
    return node.type in {"all_of", "n_of"}


def weigh(nodes: tuple[Node, ...]) -> dict[str, Fraction]:
    """Give every node its weight, and note weights of two kinds side by side.

    Args:
        nodes: A tree, as `check_tree` found it.

    Returns:
        Weight by id.

    """
    members: dict[str, list[Node]] = {"": []}
    for node in nodes:
        members.setdefault(node.parent, []).append(node)
    weights: dict[str, Fraction] = {}
    kinds: dict[str, frozenset[str]] = {}
    for node in reversed(_downward(members)):
        inside = members.get(node.id, [])
        if node.weight is not None:
            weights[node.id] = node.weight
        elif node.type == "all_of":
            weights[node.id] = sum((weights[m.id] for m in inside), Fraction(0))
        else:
            weights[node.id] = node.size
        kinds[node.id] = _kinds(node, inside, kinds)
    by_id = {node.id: node for node in nodes}
    for parent, inside in members.items():
        if not parent or by_id[parent].type == "all_of":
            _note_mixed(inside, kinds)
        else:
            _note_useless(inside)
    return weights


def _downward(members: dict[str, list[Node]]) -> list[Node]:
    order = list(members[""])
    for node in order:
        order.extend(members.get(node.id, ()))
    return order


def _kinds(
    node: Node, inside: list[Node], kinds: dict[str, frozenset[str]]
) -> frozenset[str]:
    """Name what an unstated weight is measured in; a stated one fits with any."""
    if node.weight is not None:
        return frozenset()
    if node.type == "all_of":
        return frozenset().union(*(kinds[member.id] for member in inside))
    return frozenset({"credits" if node.type == "credits" else "number"})


def _note_mixed(inside: list[Node], kinds: dict[str, frozenset[str]]) -> None:
    if len(frozenset().union(*(kinds[node.id] for node in inside))) < 2:
        return
    # The odd one out is named: the first whose kind is not that of the first.
    first = next(node for node in inside if kinds[node.id])
    odd = next((n for n in inside if kinds[n.id] - kinds[first.id]), first)
    odd.table.error(
        "type",
        f"{shown(odd.id)} stands beside {shown(first.id)}: credits beside counts "
        "need a weight",
        hint="say weight = ... for all of one kind",
    )


def _note_useless(inside: list[Node]) -> None:
    for node in inside:
        if node.weight is not None:
            node.table.warning("weight", "a weight means nothing under n_of")


def _no_cycle(nodes: tuple[Node, ...], by_id: dict[str, Node]) -> bool:
    depth: dict[str, int] = {"": 0}
    for node in nodes:
        path: list[Node] = []
        at = node
        while at.id not in depth:
            if at in path:
                names = " in ".join(shown(n.id) for n in path[path.index(at) :][:5])
                at.table.error("in", f"groups in a circle: {names} in {shown(at.id)}")
                return False
            path.append(at)
            if not at.parent:
                break
            at = by_id[at.parent]
        for member in reversed(path):
            depth[member.id] = depth[member.parent] + 1
            if depth[member.id] > MAX_DEPTH:
                member.table.error("in", f"groups deeper than {MAX_DEPTH}")
                return False
    return True


def _members(nodes: tuple[Node, ...]) -> bool:
    count: dict[str, int] = {}
    for node in nodes:
        count[node.parent] = count.get(node.parent, 0) + 1
    sound = True
    for node in nodes:
        held = count.get(node.id, 0)
        if is_group(node) and held == 0:
            node.table.error(
                "", f"group {shown(node.id)} is empty", hint="put something `in` it"
            )
            sound = False
        elif node.type == "n_of" and node.size > held:
            node.table.error("n", f"n is {node.size}, but only {held} are in it")
            sound = False
    return sound
