"""How much must at least still be spent, when credentials are contested?

Every requirement is filled for itself, as cheaply as it can be and with whole
credentials, as if nothing else wanted them. So that this does not use one of them too
often, each unit has a price that is paid wherever it is used and given back once; what
a gate asks for earns a price, and room under a cap costs one. Whatever the prices are,
what comes out is never more than what must be spent (Lagrangian duality), so that bad
prices are never wrong, only useless. They are looked for in floating point; the bound
itself is worked out in whole numbers.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from credwallet.stacking.allocating.worth import Fixed, Sum, Tree
from credwallet.stacking.planning.course import Course, State

_ROUNDS = 300
_STALE = 10
# Prices are whole numbers of this part of a weight.
_BITS = 24
# A requirement with a larger need is filled in coarser steps, never too dearly.
_FINEST = 600


# What a residual need costs at least; None where it cannot be filled any more.
_Table = Sequence[int | None]


class Spending(NamedTuple):
    """What is still to be spent, scaled by 2 ** 24.

    `tables` say by depth and requirement what its residual need costs at least by the
    units that are still to come. `steps` are how coarse they are. `alone` are those of
    single requirements that are open after a depth, as (position, need, step, table).
    `fixed` is what does not depend on the state; None where nothing is enough. `prices`
    are those of what gates ask for, and of room under caps.
    """

    tables: tuple[tuple[_Table, ...], ...]
    steps: tuple[int, ...]
    alone: tuple[tuple[tuple[int, int, int, _Table], ...], ...]
    fixed: tuple[int | None, ...]
    prices: tuple[tuple[int, int], ...]


class _Item(NamedTuple):
    """One way to use a unit in one requirement, with its part of the weight.

    `toward` are the positions of gates and caps it adds to, a cap as less than nothing.
    """

    unit: int
    amount: int
    weight: float
    exact: int
    toward: tuple[tuple[int, float], ...]
    whole: tuple[tuple[int, int], ...]


class _Market(NamedTuple):
    """One course in floating point; `share` is in how many places a unit may stand.

    `rights` are what prices of gates and caps are multiplied by, in all.
    """

    items: tuple[tuple[tuple[_Item, ...], ...], ...]
    needs: tuple[int, ...]
    steps: tuple[int, ...]
    share: tuple[int, ...]
    rights: Mapping[int, int]


def spending_of(course: Course, reached: int | None) -> Spending:
    """Look for prices that bound what must be spent tightly.

    Args:
        course: The search.
        reached: A weight for which it can be had, if one is known.

    Returns:
        The bound for every state; it is as deterministic as everything else.

    """
    scale = max((way.weight for ways in course.ways for way in ways), default=0) or 1
    market = _market(course, scale)
    units, others = _search(
        course, market, None if reached is None else reached / scale
    )
    whole = [int(price * (1 << _BITS)) * scale for price in units]
    prices = {p: int(price * (1 << _BITS)) * scale for p, price in others.items()}
    return _laid_out(course, market, whole, prices)


def still_to_spend(
    course: Course, spending: Spending, number: int, state: State
) -> int | None:
    """Bound what any way on from a state costs.

    Args:
        course: The search.
        spending: What is still to be spent.
        number: The depth that was decided last.
        state: After it.

    Returns:
        A weight, rounded up: less is never enough. None: nothing is.

    """
    total = spending.fixed[number]
    if total is None:
        return None
    for position, need, step, table in spending.alone[number]:
        due = table[max(0, -((state[position] - need) // step))]
        if due is None:
            return None
        total += due
    bounds = course.layout.bounds
    for block in course.grouped[number]:
        short = [bound - have for bound, have in zip(bounds, state, strict=True)]
        due = _due(block.tree, spending.tables[number], spending.steps, short)
        if due is None:
            return None
        total += due
    for position, price in spending.prices:
        total += price * (bounds[position] - state[position])
    return max(0, -(-total >> _BITS))


def _due(
    tree: Tree, tables: Sequence[_Table], steps: Sequence[int], short: Sequence[int]
) -> int | None:
    if isinstance(tree, int):
        return tables[tree][max(0, -(-short[tree] // steps[tree]))]
    if isinstance(tree, Fixed):
        return 0
    parts = [_due(part, tables, steps, short) for part in tree.parts]
    known = sorted(part for part in parts if part is not None)
    count = len(parts) if isinstance(tree, Sum) else tree.n
    return sum(known[:count]) if len(known) >= count else None


def _market(course: Course, scale: int) -> _Market:
    layout = course.layout
    leaves = range(layout.caps.start)
    steps = tuple(max(1, -(-layout.bounds[p] // _FINEST)) for p in leaves)
    items: list[dict[int, list[_Item]]] = [{} for _ in leaves]
    share = []
    for unit, ways in enumerate(course.ways):
        places = [sum(p in leaves for p, _ in way.gains) for way in ways]
        many = max(1, *places)
        share.append(many)
        for way in ways:
            toward = [(p, -a) for p, a in way.gains if p in layout.minimums]
            # A cap counts a unit once, however many requirements it stands in.
            caps = [(p, a / many) for p, a in way.caps]
            for position, amount in way.gains:
                if position in leaves:
                    item = _Item(
                        unit,
                        -(-amount // steps[position]),
                        way.weight / scale / many,
                        (way.weight << _BITS) // many,
                        (*((p, float(a)) for p, a in toward), *caps),
                        (*toward, *((p, a // many) for p, a in way.caps)),
                    )
                    items[position].setdefault(unit, []).append(item)
    return _Market(
        items=tuple(tuple(map(tuple, found.values())) for found in items),
        needs=tuple(-(-layout.bounds[p] // steps[p]) for p in leaves),
        steps=steps,
        share=tuple(share),
        rights={
            **{p: layout.bounds[p] for p in layout.minimums},
            **{p: -layout.bounds[p] for p in layout.caps},
        },
    )


def _search(
    course: Course, market: _Market, reached: float | None
) -> tuple[list[float], dict[int, float]]:
    """Raise the bound step by step along its slope (Polyak's step)."""
    units, others = [0.0] * len(course.ways), dict.fromkeys(market.rights, 0.0)
    best, kept, stale, pace = float("-inf"), (units, others), 0, 1.0
    for _ in range(_ROUNDS):
        bound, slope, turns = _bound(course, market, units, others)
        if bound > best + 1e-9:
            best, kept, stale = bound, (units, others), 0
        else:
            stale += 1
            if stale > _STALE:
                units, others = kept
                pace, stale = pace * 0.6, 0
                continue
        length = sum(
            entry * entry
            for entry, price in (
                *zip(slope, units, strict=True),
                *((turns[p], price) for p, price in others.items()),
            )
            if entry > 0 or price > 0
        )
        target = reached if reached is not None else best + 0.05 * abs(best) + 1e-6
        if length == 0 or pace < 0.01 or target - best < 1e-9:
            break
        step = pace * max(1.02 * target - bound, 1e-9) / length
        units = [max(0.0, p + step * s) for p, s in zip(units, slope, strict=True)]
        others = {p: max(0.0, v + step * turns[p]) for p, v in others.items()}
    return kept


def _bound(
    course: Course, market: _Market, units: list[float], others: dict[int, float]
) -> tuple[float, list[float], dict[int, float]]:
    """Work out the bound at some prices, and how it changes with each."""
    slope = [-float(many) for many in market.share]
    turns = {position: float(right) for position, right in market.rights.items()}
    total = sum(p * s for p, s in zip(units, slope, strict=True))
    total += sum(others[p] * right for p, right in turns.items())
    filled = [_filled(market, leaf, units, others) for leaf in range(len(market.needs))]
    for block in course.layout.blocks:
        cost, used = _cheapest(block.tree, filled)
        total += cost
        for item in used:
            slope[item.unit] += 1.0
            for position, amount in item.toward:
                turns[position] += amount
    return total, slope, turns


def _filled(
    market: _Market, leaf: int, units: list[float], others: dict[int, float]
) -> tuple[float, list[_Item]]:
    """Fill one requirement as cheaply as can be."""
    need = market.needs[leaf]
    table: list[tuple[float, object] | None] = [None] * (need + 1)
    table[0] = (0.0, None)
    for items in market.items[leaf]:
        priced = [
            (
                item,
                item.weight
                + units[item.unit]
                + sum(others[p] * amount for p, amount in item.toward),
            )
            for item in items
        ]
        grown = list(table)
        for have, entry in enumerate(table):
            if entry is None:
                continue
            for item, cost in priced:
                then = min(need, have + item.amount)
                old, spent = grown[then], entry[0] + cost
                if old is None or spent < old[0]:
                    grown[then] = (spent, (entry[1], item))
        table = grown
    last = table[need]
    if last is None:
        # It never becomes full, which the walk finds out by itself.
        return 0.0, []
    used: list[_Item] = []
    chain = last[1]
    while isinstance(chain, tuple):
        chain, item = chain
        used.append(item)
    return last[0], used


def _cheapest(
    tree: Tree, filled: list[tuple[float, list[_Item]]]
) -> tuple[float, list[_Item]]:
    if isinstance(tree, int):
        return filled[tree]
    if isinstance(tree, Fixed):
        return 0.0, []
    parts = [_cheapest(part, filled) for part in tree.parts]
    if not isinstance(tree, Sum):
        parts.sort(key=lambda part: part[0])
        parts = parts[: tree.n]
    return sum(cost for cost, _ in parts), [i for _, used in parts for i in used]


def _laid_out(
    course: Course, market: _Market, units: list[int], prices: dict[int, int]
) -> Spending:
    """Work out in whole numbers what every residual need costs after every depth."""
    depths = len(course.ways)
    by_leaf = []
    for leaf, need in enumerate(market.needs):
        table: list[int | None] = [0, *([None] * need)]
        by_unit = {items[0].unit: items for items in market.items[leaf]}
        found: list[_Table] = [table]
        for unit in range(depths - 1, 0, -1):
            if unit in by_unit:
                table = _longer(table, by_unit[unit], units[unit], prices)
            found.append(table)
        by_leaf.append(found[::-1])
    tables = tuple(zip(*by_leaf, strict=True))
    bounds = course.layout.bounds
    return Spending(
        tables=tables,
        steps=market.steps,
        alone=tuple(
            tuple((p, bounds[p], market.steps[p], tables[n][p]) for p in some)
            for n, some in enumerate(course.alone)
        ),
        fixed=_fixed(course, market, units, tables),
        prices=tuple(
            (p, price if p in course.layout.minimums else -price)
            for p, price in prices.items()
            if price
        ),
    )


def _fixed(
    course: Course,
    market: _Market,
    units: list[int],
    tables: tuple[tuple[_Table, ...], ...],
) -> tuple[int | None, ...]:
    """Add up what later units give back, and what is not yet begun costs."""
    back, found = 0, []
    for number in reversed(range(len(course.ways))):
        dues = [
            _due(block.tree, tables[number], market.steps, course.layout.bounds)
            for block in course.later[number]
        ]
        known = [due for due in dues if due is not None]
        found.append(back + sum(known) if len(known) == len(dues) else None)
        back -= units[number] * market.share[number]
    return tuple(reversed(found))


def _longer(
    table: list[int | None],
    items: tuple[_Item, ...],
    price: int,
    prices: dict[int, int],
) -> list[int | None]:
    """Let one more unit be used, or not, for every residual need."""
    grown = list(table)
    for item in items:
        cost = item.exact + price
        cost += sum(prices[position] * amount for position, amount in item.whole)
        for short in range(len(table)):
            before = table[max(0, short - item.amount)]
            old = grown[short]
            if before is not None and (old is None or before + cost < old):
                grown[short] = before + cost
    return grown
