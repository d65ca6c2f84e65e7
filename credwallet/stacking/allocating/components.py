"""Which parts of a problem have nothing to do with each other?

Blocks belong together when one unit could serve both, or when one cap could bind over
units of both. Every part is then solved for itself, which is what keeps an exact
search small: few credentials of a wallet are contested.
"""

from collections.abc import Iterable
from typing import NamedTuple

from credwallet.stacking.allocating.problem import Problem
from credwallet.stacking.joining import Joined


class Component(NamedTuple):
    """Units, blocks and caps by place; units in the order in which to decide them."""

    units: tuple[int, ...]
    blocks: tuple[int, ...]
    caps: tuple[int, ...]


def components_of(problem: Problem) -> tuple[Component, ...]:
    """Split a problem into parts that share no unit, block or cap that could bind.

    Args:
        problem: Any problem.

    Returns:
        The parts, in the order of their first block. Blocks that no unit serves are in
        none of them: they stay at nothing.

    """
    caps = _binding(problem)
    # Nodes: blocks from 0, caps after them. A part goes by its first node.
    joined: Joined[int] = Joined()
    touched = [_nodes(problem, unit, caps) for unit in range(len(problem.units))]
    for nodes in touched:
        for node in nodes[1:]:
            joined.join(*sorted((joined.of(nodes[0]), joined.of(node))))
    parts: dict[int, tuple[list[int], set[int], set[int]]] = {}
    for unit, nodes in enumerate(touched):
        units, blocks, used = parts.setdefault(joined.of(nodes[0]), ([], set(), set()))
        units.append(unit)
        for node in nodes:
            if node < len(problem.blocks):
                blocks.add(node)
            else:
                used.add(node - len(problem.blocks))
    return tuple(
        Component(_ordered(units, touched), tuple(sorted(blocks)), tuple(sorted(used)))
        for _, (units, blocks, used) in sorted(parts.items())
    )


def merged(components: Iterable[Component]) -> Component:
    """Put several parts into one, to be decided one after the other.

    Args:
        components: Parts of one problem.

    Returns:
        One part.

    """
    parts = tuple(components)
    return Component(
        tuple(unit for part in parts for unit in part.units),
        tuple(block for part in parts for block in part.blocks),
        tuple(cap for part in parts for cap in part.caps),
    )


def _binding(problem: Problem) -> frozenset[int]:
    """Find the caps that could be exceeded at all."""
    most = [0] * len(problem.limits)
    for options in problem.units:
        largest: dict[int, int] = {}
        for option in options:
            for cap, amount in option.caps:
                largest[cap] = max(largest.get(cap, 0), amount)
        for cap, amount in largest.items():
            most[cap] += amount
    return frozenset(
        cap for cap, limit in enumerate(problem.limits) if most[cap] > limit
    )


def _nodes(problem: Problem, unit: int, caps: frozenset[int]) -> tuple[int, ...]:
    block_of = {
        leaf: place
        for place, block in enumerate(problem.blocks)
        for leaf in block.leaves
    }
    blocks: set[int] = set()
    bound: set[int] = set()
    for option in problem.units[unit]:
        blocks.update(block_of[leaf] for leaf, _ in option.gains)
        bound.update(len(problem.blocks) + cap for cap, _ in option.caps if cap in caps)
    return (*sorted(blocks), *sorted(bound))


def _ordered(units: list[int], touched: list[tuple[int, ...]]) -> tuple[int, ...]:
    """Order units so that few blocks are begun and not yet settled at any time."""
    left = sorted(units)
    if len(left) > 200:
        return tuple(sorted(left, key=lambda unit: (touched[unit], unit)))
    begun: set[int] = set()
    order = []
    while left:
        unit = min(left, key=lambda u: (len(set(touched[u]) - begun), touched[u], u))
        left.remove(unit)
        begun.update(touched[unit])
        order.append(unit)
    return tuple(order)
