"""How large can the fraction still become, when credentials are contested?

Give every requirement a price, and room under every cap a fee. A credential earns at
best the dearest way to use it, less the fees; a requirement yields at best what it is
worth above its price; a cap yields its fee for all its room. The sum bounds every
allocation, whatever the prices are (Lagrangian duality), so bad prices are never wrong,
only useless. They are looked for in floating point, since any will do; the
bound itself is then worked out in whole numbers.
"""

from typing import NamedTuple

from credwallet.stacking.allocating.layout import Layout, Move
from credwallet.stacking.allocating.worth import Block, Fixed, Top, Tree, worth

_ROUNDS = 200
# Prices are multiples of 2 ** -24 of the value of one.
_BITS = 24
_STALE = 12


class Prices(NamedTuple):
    """Prices by position and, after each depth, what does not depend on the state.

    All numbers are scaled by `scale`. `prices` are those of requirements, then the fees
    of caps. `start` bounds each case before any decision.
    """

    scale: int
    prices: tuple[int, ...]
    open_after: tuple[tuple[int, ...], ...]
    start: tuple[int, ...]


def prices_of(layout: Layout, reached: tuple[int, ...]) -> Prices:
    """Look for prices that bound the fractions of a layout tightly.

    Args:
        layout: The search.
        reached: A fraction of each case that some allocation has.

    Returns:
        Prices; they are as deterministic as everything else.

    """
    scale = 1 << _BITS
    prices = [0] * len(layout.owners)
    for case in range(layout.cases):
        market = _market(layout, case)
        for position, price in _search(market, reached[case]).items():
            prices[position] = int(price * scale)
    scaled = [value * scale for value in layout.values]
    return _laid_out(layout, tuple(prices), scaled, scale)


class _Market(NamedTuple):
    """One case in plain numbers: amounts are parts of a whole need or limit.

    `values` are those of requirements, `rooms` are 1 for a cap that has any room.
    """

    values: dict[int, float]
    rooms: dict[int, float]
    wholes: dict[int, int]
    one: int
    blocks: tuple[Block, ...]
    units: tuple[tuple[tuple[tuple[int, float], ...], ...], ...]


def _market(layout: Layout, case: int) -> _Market:
    blocks = tuple(block for block in layout.blocks if block.case == case)
    leaves = [position for block in blocks for position in block.leaves]
    caps = [cap for cap in layout.caps if layout.owners[cap] == case]
    wholes = {position: max(1, layout.bounds[position]) for position in leaves + caps}
    one = max((layout.values[p] * wholes[p] for p in leaves), default=1)
    units = []
    for depth in layout.depths:
        ways = (
            tuple(
                (position, amount / wholes[position])
                for position, amount in (
                    *move.gains,
                    *((cap, -amount) for cap, amount in move.caps),
                )
                if position in wholes
            )
            for move in depth.moves
        )
        units.append(tuple(way for way in ways if way))
    return _Market(
        values={p: layout.values[p] * wholes[p] / one for p in leaves},
        rooms={p: float(layout.bounds[p] > 0) for p in caps},
        wholes=wholes,
        one=one,
        blocks=blocks,
        units=tuple(way for way in units if way),
    )


def _search(market: _Market, reached: int) -> dict[int, float]:
    """Lower the bound step by step along its slope (Polyak's step)."""
    prices = {position: value / 2 for position, value in market.values.items()}
    prices.update(dict.fromkeys(market.rooms, 0.0))
    target = reached / market.one
    best, kept, stale, pace = float("inf"), dict(prices), 0, 1.0
    for _ in range(_ROUNDS):
        bound, slope = _bound(market, prices)
        if bound < best - 1e-12:
            best, kept, stale = bound, dict(prices), 0
        else:
            stale += 1
            if stale > _STALE:
                prices, pace, stale = dict(kept), pace / 2, 0
        length = sum(entry * entry for entry in slope.values())
        if length == 0 or best - target < 0.5 / market.one or pace < 0.01:
            break
        step = pace * max(bound - target, 1e-9) / length
        for position, change in slope.items():
            price = max(0.0, prices[position] - step * change)
            prices[position] = min(price, market.values.get(position, price))
    return {p: price * market.one / market.wholes[p] for p, price in kept.items()}


def _bound(market: _Market, prices: dict[int, float]) -> tuple[float, dict[int, float]]:
    """Work out the bound at some prices, and how it changes with each."""
    slope = dict.fromkeys(prices, 0.0) | market.rooms
    total = sum(prices[cap] * room for cap, room in market.rooms.items())
    for ways in market.units:
        earned, best = 0.0, None
        for way in ways:
            worth_of = sum(prices[position] * amount for position, amount in way)
            if worth_of > earned:
                earned, best = worth_of, way
        total += earned
        for position, amount in best or ():
            slope[position] += amount
    for block in market.blocks:
        surplus, chosen = _surplus(market, block.tree, prices)
        total += surplus
        for position in chosen:
            slope[position] -= 1.0
    return total, slope


def _surplus(
    market: _Market, tree: Tree, prices: dict[int, float]
) -> tuple[float, tuple[int, ...]]:
    if isinstance(tree, int):
        above = market.values[tree] - prices[tree]
        return (above, (tree,)) if above > 0 else (0.0, ())
    if isinstance(tree, Fixed):
        return tree.value / market.one, ()
    parts = [_surplus(market, part, prices) for part in tree.parts]
    if isinstance(tree, Top):
        parts.sort(key=lambda part: -part[0])
        parts = parts[: tree.n]
    chosen = tuple(position for _, inside in parts for position in inside)
    return sum(part[0] for part in parts), chosen


def _laid_out(
    layout: Layout, prices: tuple[int, ...], scaled: list[int], scale: int
) -> Prices:
    """Work out, in whole numbers, what the state does not change."""
    values = zip(scaled, prices, strict=False)
    above = [max(0, value - price) for value, price in values]
    surplus = {
        block.leaves: worth(_raised(block.tree, scale), layout.bounds, above)
        for block in layout.blocks
    }
    total = [0] * layout.cases
    for cap in layout.caps:
        total[layout.owners[cap]] += prices[cap] * layout.bounds[cap]
    open_after: list[tuple[int, ...]] = []
    for depth in reversed(layout.depths):
        # Backwards: the blocks settled here are still open before it.
        open_after.append(tuple(total))
        for block in depth.settled:
            total[block.case] += surplus[block.leaves]
        for case in range(layout.cases):
            total[case] += max(
                _earned(layout, prices, case, move) for move in depth.moves
            )
    open_after.reverse()
    return Prices(scale, prices, tuple(open_after), tuple(t // scale for t in total))


def _earned(layout: Layout, prices: tuple[int, ...], case: int, move: Move) -> int:
    """Say what a move earns for one case."""
    return sum(
        prices[position] * amount
        for position, amount in (*move.gains, *((cap, -a) for cap, a in move.caps))
        if position < len(prices) and layout.owners[position] == case
    )


def _raised(tree: Tree, scale: int) -> Tree:
    if isinstance(tree, int):
        return tree
    if isinstance(tree, Fixed):
        return Fixed(tree.value * scale)
    return tree._replace(parts=tuple(_raised(part, scale) for part in tree.parts))
