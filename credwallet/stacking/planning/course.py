"""How is one part of a plan laid out for the search?

As `layout`, with what each way to use a unit costs: an offer its weight, a credential
that is held nothing. Everything in a part must be full in the end (satisfied), so that
a state from which that is out of reach is dropped.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from credwallet.stacking.allocating.layout import NOT_USED, Layout
from credwallet.stacking.allocating.worth import Block, Fixed, Sum, Tree

State = tuple[int, ...]
# What an offer costs now, and what it takes of the other resource; None: not to be had.
PriceOf = Callable[[int], tuple[int, int] | None]


class Way(NamedTuple):
    """One way to decide a unit, each addition as (position, amount).

    `choice` is (unit, option), None where the unit is not used.
    """

    gains: tuple[tuple[int, int], ...]
    caps: tuple[tuple[int, int], ...]
    weight: int
    extra: int
    choice: tuple[int, int] | None


class Course(NamedTuple):
    """A layout and the ways of each depth.

    `after` is what later ones add at most. Of the blocks that are open after a depth
    `alone` are single requirements and `grouped` the others; `later` are those that no
    unit up to the depth has to do with.
    """

    layout: Layout
    ways: tuple[tuple[Way, ...], ...]
    after: tuple[tuple[int, ...], ...]
    alone: tuple[tuple[int, ...], ...]
    grouped: tuple[tuple[Block, ...], ...]
    later: tuple[tuple[Block, ...], ...]


def course_of(
    layout: Layout, owners: Sequence[Sequence[int]], price_of: PriceOf
) -> Course:
    """Price every way of a layout.

    Args:
        layout: One part of a problem.
        owners: By unit and option whose it is, -1 for what is held.
        price_of: What an offer costs.

    Returns:
        The course; of ways that come to the same only those that none undercuts.

    """
    ways = []
    for unit, depth in zip(layout.units, layout.depths, strict=True):
        found: dict[tuple[object, object], list[Way]] = {}
        for move in depth.moves:
            if move.option == NOT_USED:
                continue
            owner = owners[unit][move.option]
            price = (0, 0) if owner < 0 else price_of(owner)
            if price is not None:
                way = Way(move.gains, move.caps, *price, (unit, move.option))
                _add(found.setdefault((move.gains, move.caps), []), way)
        kept = [way for equal in found.values() for way in equal]
        ways.append((*kept, Way((), (), 0, 0, None)))
    after = [(0,) * len(layout.bounds)]
    for some in reversed(ways[1:]):
        largest = list(after[-1])
        for position in {p for way in some for p, _ in (*way.gains, *way.caps)}:
            largest[position] += max(_at(way, position) for way in some)
        after.append(tuple(largest))
    live = [depth.live for depth in layout.depths]
    return Course(
        layout,
        tuple(ways),
        tuple(reversed(after)),
        tuple(tuple(b.tree for b in some if isinstance(b.tree, int)) for some in live),
        tuple(tuple(b for b in some if not isinstance(b.tree, int)) for some in live),
        _later(layout),
    )


def is_full(tree: Tree, amounts: Sequence[int], bounds: Sequence[int]) -> bool:
    """Say whether a part of a qualification is worth all that it can be.

    Args:
        tree: The part.
        amounts: What each requirement has.
        bounds: What it needs.

    """
    if isinstance(tree, int):
        return amounts[tree] >= bounds[tree]
    if isinstance(tree, Fixed):
        return True
    full = sum(is_full(part, amounts, bounds) for part in tree.parts)
    return full >= (len(tree.parts) if isinstance(tree, Sum) else tree.n)


def moved(course: Course, number: int, state: State, way: Way) -> State | None:
    """Decide one more unit, and forget what cannot matter any more.

    Args:
        course: What is decided at each depth, and in which ways.
        number: The depth.
        state: Before it.
        way: What is decided.

    Returns:
        The state after it; None if a cap forbids it, if it changes nothing, or if what
        is settled now is not full.

    """
    layout = course.layout
    bounds, depth, after = layout.bounds, layout.depths[number], course.after[number]
    child = _added(layout, state, way)
    if child is None or not _settled(depth.settled, child, bounds):
        return None
    for position in layout.caps:
        if child[position] + after[position] <= bounds[position]:
            child[position] = 0
    for position in layout.minimums:
        if child[position] + after[position] < bounds[position]:
            return None
    return tuple(child)


def can_fill(course: Course, number: int, state: State) -> bool:
    """Say whether each open requirement by itself can still become full.

    Args:
        course: What is decided at each depth, and in which ways.
        number: The depth that was decided last.
        state: After it.

    """
    bounds, after = course.layout.bounds, course.after[number]
    for position in course.alone[number]:
        if state[position] + after[position] < bounds[position]:
            return False
    if not course.grouped[number]:
        return True
    most = [have + more for have, more in zip(state, after, strict=True)]
    return all(is_full(block.tree, most, bounds) for block in course.grouped[number])


def _settled(blocks: Sequence[Block], child: list[int], bounds: Sequence[int]) -> bool:
    """Forget what no later unit serves; False if it is not full."""
    for block in blocks:
        if not is_full(block.tree, child, bounds):
            return False
        for position in block.leaves:
            child[position] = 0
    return True


def _added(layout: Layout, state: State, way: Way) -> list[int] | None:
    child = list(state)
    bounds = layout.bounds
    for position, amount in way.caps:
        child[position] += amount
        if child[position] > bounds[position]:
            return None
    helps = way.choice is None
    for position, amount in way.gains:
        need = bounds[position]
        if child[position] < need:
            helps = True
            child[position] = min(need, child[position] + amount)
    return child if helps else None


def _later(layout: Layout) -> tuple[tuple[Block, ...], ...]:
    found: list[tuple[Block, ...]] = []
    waiting: tuple[Block, ...] = ()
    for depth in reversed(layout.depths):
        found.append(tuple(block for block in waiting if block not in depth.live))
        waiting = (*waiting, *depth.settled)
    return tuple(reversed(found))


def _add(equal: list[Way], way: Way) -> None:
    """Add a way unless another that comes to the same is at most as dear."""
    if any(w.weight <= way.weight and w.extra <= way.extra for w in equal):
        return
    equal[:] = [w for w in equal if w.weight < way.weight or w.extra < way.extra]
    equal.append(way)


def _at(way: Way, position: int) -> int:
    return max((a for p, a in (*way.gains, *way.caps) if p == position), default=0)
