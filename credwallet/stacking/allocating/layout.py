"""How is one part of a problem laid out for the search?

A state is a tuple of whole numbers: what each requirement has (at most its need), then
how much of each cap is used, then how far each minimum of a gate is. Everything that
can be known before the search starts is worked out here once for each depth: depth d is
after the unit d was decided.
"""

from collections.abc import Sequence
from typing import NamedTuple

from credwallet.stacking.allocating.components import Component
from credwallet.stacking.allocating.problem import Option, Problem
from credwallet.stacking.allocating.worth import Block, Fixed, Sum, Top, Tree

NOT_USED = -1
_LARGE = 40


class Part(NamedTuple):
    """A component, and the most that it can be worth to each case."""

    component: Component
    ceiling: tuple[int, ...]


class Move(NamedTuple):
    """One way to decide a unit, each addition as (position, amount)."""

    option: int
    gains: tuple[tuple[int, int], ...]
    caps: tuple[tuple[int, int], ...]
    uses: int
    order: int


class Depth(NamedTuple):
    """What holds after a unit was decided.

    `after` is the most that the units still to come add at each position; `worth_after`
    what they add to each case at most. `settled` are blocks that no later unit serves,
    `live` the others of the parts begun, `live_fixed` what is fixed in them; `later`
    and `later_done` bound the parts not yet begun.
    """

    moves: tuple[Move, ...]
    settled: tuple[Block, ...]
    live: tuple[Block, ...]
    live_fixed: tuple[int, ...]
    after: tuple[int, ...]
    worth_after: tuple[int, ...]
    later: tuple[int, ...]
    later_done: tuple[int, ...]


class Layout(NamedTuple):
    """One part of a problem; blocks and trees go by position, not by place.

    `bounds` are needs, limits and minimums by position; `values` those of requirements.
    `owners` are the cases of requirements and caps. `caps` and `minimums` say which
    positions are which. `gates` are (case, positions).
    `ceiling` is the most that the whole can be worth to each case, `cost` how many
    steps a move counts for: large states take longer.
    """

    cases: int
    units: tuple[int, ...]
    depths: tuple[Depth, ...]
    bounds: tuple[int, ...]
    values: tuple[int, ...]
    owners: tuple[int, ...]
    blocks: tuple[Block, ...]
    caps: range
    minimums: range
    gates: tuple[tuple[int, tuple[int, ...]], ...]
    ceiling: tuple[int, ...]
    cost: int


def layout_of(problem: Problem, parts: Sequence[Part], gates: Sequence[int]) -> Layout:
    """Lay out the search of some parts, one after the other.

    Args:
        problem: With all of its parts, whichever are searched.
        parts: Those that are searched, in the order in which they are decided.
        gates: Gates to look at, by place.

    Returns:
        The layout.

    """
    blocks = [block for part in parts for block in part.component.blocks]
    leaves = [leaf for block in blocks for leaf in problem.blocks[block].leaves]
    caps = [cap for part in parts for cap in part.component.caps]
    minimums = [place for gate in gates for place in problem.gates[gate].minimums]
    at_leaf = {leaf: position for position, leaf in enumerate(leaves)}
    at_cap = {cap: len(leaves) + i for i, cap in enumerate(caps)}
    first = len(leaves) + len(caps)
    at_minimum = {place: first + i for i, place in enumerate(minimums)}
    units = tuple(unit for part in parts for unit in part.component.units)
    moves = _moves(problem, units, at_leaf, at_cap, at_minimum)
    bounds = (
        *(problem.leaves[leaf].need for leaf in leaves),
        *(problem.limits[cap] for cap in caps),
        *(problem.minimums[place] for place in minimums),
    )
    values = tuple(problem.leaves[leaf].value for leaf in leaves)
    local = {
        block: Block(
            problem.blocks[block].case,
            _moved(problem.blocks[block].tree, at_leaf),
            tuple(at_leaf[leaf] for leaf in problem.blocks[block].leaves),
        )
        for block in blocks
    }
    owners = tuple(problem.leaves[leaf].case for leaf in leaves)
    return Layout(
        cases=problem.cases,
        units=units,
        depths=_depths(
            parts, moves, local, _Scale(problem.cases, bounds, values, owners)
        ),
        bounds=bounds,
        values=values,
        owners=(*owners, *(problem.cap_cases[cap] for cap in caps)),
        blocks=tuple(local.values()),
        caps=range(len(leaves), first),
        minimums=range(first, len(bounds)),
        gates=tuple(
            (
                problem.gates[gate].case,
                tuple(at_minimum[place] for place in problem.gates[gate].minimums),
            )
            for gate in gates
        ),
        ceiling=tuple(
            sum(part.ceiling[case] for part in parts) for case in range(problem.cases)
        ),
        cost=1 + len(bounds) // _LARGE,
    )


def _moves(
    problem: Problem,
    units: tuple[int, ...],
    at_leaf: dict[int, int],
    at_cap: dict[int, int],
    at_minimum: dict[int, int],
) -> list[tuple[Move, ...]]:
    # One number stands for the canonical order: the units' ranks as its digits, so that
    # the smaller number is the earlier allocation, whatever unit is decided first.
    base = 1 + max((len(problem.units[unit]) for unit in units), default=0)
    rank = {unit: i for i, unit in enumerate(sorted(units, reverse=True))}

    def move(unit: int, index: int, option: Option) -> Move:
        return Move(
            option=index,
            gains=(
                *((at_leaf[leaf], amount) for leaf, amount in option.gains),
                *((at_minimum[p], a) for p, a in option.gates if p in at_minimum),
            ),
            caps=tuple((at_cap[c], a) for c, a in option.caps if c in at_cap),
            uses=len(option.uses),
            order=index * base ** rank[unit],
        )

    moves = []
    for unit in units:
        options = problem.units[unit]
        used = tuple(move(unit, i, option) for i, option in enumerate(options))
        last = Move(NOT_USED, (), (), 0, len(options) * base ** rank[unit])
        moves.append((*used, last))
    return moves


class _Scale(NamedTuple):
    """How many cases there are, and what positions mean to them."""

    cases: int
    bounds: tuple[int, ...]
    values: tuple[int, ...]
    owners: tuple[int, ...]


def _depths(
    parts: Sequence[Part],
    moves: list[tuple[Move, ...]],
    local: dict[int, Block],
    scale: _Scale,
) -> tuple[Depth, ...]:
    """Work out every depth, from the last to the first."""
    depths: list[Depth] = []
    cases, bounds = scale.cases, scale.bounds
    after = [0] * len(bounds)
    worth_after = [0] * cases
    later, later_done = [0] * cases, [0] * cases
    depth = len(moves)
    for part in reversed(parts):
        blocks = tuple(local[block] for block in part.component.blocks)
        for _ in part.component.units:
            depth -= 1
            open_after = tuple(b for b in blocks if any(after[p] for p in b.leaves))
            served = {p for move in moves[depth] for p, _ in move.gains}
            closing = tuple(
                block
                for block in blocks
                if block not in open_after and not served.isdisjoint(block.leaves)
            )
            depths.append(
                Depth(
                    moves[depth],
                    closing,
                    open_after,
                    _fixed_in(open_after, cases),
                    tuple(after),
                    tuple(worth_after),
                    tuple(later),
                    tuple(later_done),
                )
            )
            _add_largest(moves[depth], after, worth_after, scale)
        for case, fixed in enumerate(_fixed_in(blocks, cases)):
            later[case] += part.ceiling[case]
            worth_after[case] += fixed
        for block in blocks:
            reach = sum(after[p] >= bounds[p] for p in block.leaves)
            later_done[block.case] += reach
    depths.reverse()
    return tuple(depths)


def _add_largest(
    moves: tuple[Move, ...],
    after: list[int],
    worth_after: list[int],
    scale: _Scale,
) -> None:
    """Add the most that one unit can bring to each position and each case."""
    largest: dict[int, int] = {}
    best = [0] * len(worth_after)
    for move in moves:
        worth = [0] * len(best)
        for position, amount in (*move.gains, *move.caps):
            largest[position] = max(largest.get(position, 0), amount)
        for position, amount in move.gains:
            if position < len(scale.values):
                worth[scale.owners[position]] += scale.values[position] * amount
        best = [max(pair) for pair in zip(best, worth, strict=True)]
    for position, amount in largest.items():
        after[position] += amount
    for case, amount in enumerate(best):
        worth_after[case] += amount


def _fixed_in(blocks: tuple[Block, ...], cases: int) -> tuple[int, ...]:
    """Add up for each case what is fixed inside some blocks."""
    found = [0] * cases
    for block in blocks:
        found[block.case] += _fixed(block.tree)
    return tuple(found)


def _fixed(tree: Tree) -> int:
    if isinstance(tree, int):
        return 0
    if isinstance(tree, Fixed):
        return tree.value
    return sum(map(_fixed, tree.parts))


def _moved(tree: Tree, at_leaf: dict[int, int]) -> Tree:
    if isinstance(tree, int):
        return at_leaf[tree]
    if isinstance(tree, Fixed):
        return tree
    parts = tuple(_moved(part, at_leaf) for part in tree.parts)
    return Top(tree.n, parts) if isinstance(tree, Top) else Sum(parts)
