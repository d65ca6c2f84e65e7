"""How does the question "what counts where" look to the search?

Whole numbers only: every amount is scaled by its common denominator, so that the search
adds and compares `int` and the answer is an exact fraction again. Several cases stand
in one problem when they may not share credentials (`[[exclusive]]`).
"""

from math import lcm
from typing import NamedTuple

from credwallet.stacking.allocating.measures import (
    Measure,
    amount_in,
    caps_of,
    gates_of,
)
from credwallet.stacking.allocating.options import Use, ways_to_use
from credwallet.stacking.allocating.units import units_of
from credwallet.stacking.allocating.worth import (
    Block,
    Fixed,
    Tree,
    leaves_of,
    shares_of,
    trees_of,
)
from credwallet.stacking.case import Case


class Option(NamedTuple):
    """One way to use a unit: what it adds, each as (place, amount)."""

    uses: tuple[Use, ...]
    gains: tuple[tuple[int, int], ...]
    caps: tuple[tuple[int, int], ...]
    gates: tuple[tuple[int, int], ...]


class Leaf(NamedTuple):
    """A requirement: `need` times `scale` is whole, `value` is that of one of it."""

    case: int
    requirement: int
    need: int
    scale: int
    value: int


class Gate(NamedTuple):
    """Minimums (by place) that together are one gate of a case."""

    case: int
    minimums: tuple[int, ...]


class Problem(NamedTuple):
    """Everything the search needs.

    `units` are achievements, each with its ways to be used in canonical order. `limits`
    and `minimums` are those of caps and gates, `cap_cases` the cases of caps. `base` is
    what each case is worth with nothing used, `one` the number that stands for its
    whole. `complete` is False if not every way to use a unit is in it.
    """

    cases: int
    leaves: tuple[Leaf, ...]
    units: tuple[tuple[Option, ...], ...]
    limits: tuple[int, ...]
    cap_cases: tuple[int, ...]
    minimums: tuple[int, ...]
    gates: tuple[Gate, ...]
    blocks: tuple[Block, ...]
    base: tuple[int, ...]
    one: tuple[int, ...]
    complete: bool


def problem_of(
    cases: tuple[Case, ...], *, conflicts: frozenset[tuple[int, int]], under_way: bool
) -> Problem:
    """Put one or more cases into whole numbers.

    Args:
        cases: Cases over the same holdings, the preferred first.
        conflicts: Pairs of cases, lower first, that may not use one achievement both.
        under_way: Whether what is under way counts as done.

    Returns:
        The problem.

    """
    draft = _Draft({}, [], [], [], [])
    for number, case in enumerate(cases):
        _add_case(draft, number, case)
    caps = tuple(m for number, case in enumerate(cases) for m in caps_of(case, number))
    gates = tuple(
        m for number, case in enumerate(cases) for m in gates_of(case, number)
    )
    scales = [_scale(measure, cases[measure.case]) for measure in (*caps, *gates)]
    units, complete = [], True
    for members in units_of(cases, under_way=under_way):
        ways, whole = ways_to_use(cases, members, conflicts, under_way=under_way)
        complete = complete and whole
        if ways:
            units.append(
                tuple(
                    Option(
                        uses=uses,
                        gains=_gains(uses, cases, draft),
                        caps=_measured(uses, cases, caps, scales),
                        gates=_measured(uses, cases, gates, scales[len(caps) :]),
                    )
                    for uses in ways
                )
            )
    together: dict[tuple[int, int], list[int]] = {}
    for place, measure in enumerate(gates):
        together.setdefault((measure.case, measure.limit), []).append(place)
    limits = tuple(
        int(cap.bound * scale // 1) for cap, scale in zip(caps, scales, strict=False)
    )
    minimums = tuple(
        -int(-gate.bound * scale // 1)
        for gate, scale in zip(gates, scales[len(caps) :], strict=True)
    )
    return Problem(
        cases=len(cases),
        leaves=tuple(draft.leaves),
        units=tuple(units),
        limits=limits,
        cap_cases=tuple(cap.case for cap in caps),
        minimums=minimums,
        gates=tuple(Gate(key[0], tuple(found)) for key, found in together.items()),
        blocks=tuple(draft.blocks),
        base=tuple(draft.base),
        one=tuple(draft.one),
        complete=complete,
    )


class _Draft(NamedTuple):
    """Leaves and blocks of the cases so far; `places` finds a leaf again."""

    places: dict[tuple[int, int], int]
    leaves: list[Leaf]
    blocks: list[Block]
    base: list[int]
    one: list[int]


def _add_case(draft: _Draft, number: int, case: Case) -> None:
    """Append the leaves and blocks of one case, in one scale."""
    qualification = case.qualification
    shares = shares_of(qualification)
    scales: dict[int, int] = {}
    for (_, leaf), fit in case.fits.items():
        scales[leaf] = lcm(scales.get(leaf, 1), fit.amount.denominator)
    whole = 1
    for index, entry in enumerate(qualification.requirements):
        scales[index] = lcm(scales.get(index, 1), entry.need.denominator)
        each = shares[entry.id] / (entry.need * scales[index])
        whole = lcm(whole, each.denominator, shares[entry.id].denominator)
    parts: dict[str, Tree] = {}
    for index, entry in enumerate(qualification.requirements):
        if index in case.waived:
            parts[entry.id] = Fixed(int(whole * shares[entry.id]))
            continue
        need = int(entry.need * scales[index])
        value = int(whole * shares[entry.id] / need)
        parts[entry.id] = draft.places[number, index] = len(draft.leaves)
        draft.leaves.append(Leaf(number, index, need, scales[index], value))
    trees = trees_of(qualification, parts)
    draft.base.append(sum(tree.value for tree in trees if isinstance(tree, Fixed)))
    draft.one.append(whole)
    draft.blocks.extend(
        Block(number, tree, leaves_of(tree))
        for tree in trees
        if not isinstance(tree, Fixed)
    )


def _gains(
    uses: tuple[Use, ...], cases: tuple[Case, ...], draft: _Draft
) -> tuple[tuple[int, int], ...]:
    gains = []
    for use in uses:
        for leaf in use.leaves:
            place = draft.places[use.case, leaf]
            fit = cases[use.case].fits[use.holding, leaf]
            amount = int(fit.amount * draft.leaves[place].scale)
            gains.append((place, min(amount, draft.leaves[place].need)))
    return tuple(gains)


def _scale(measure: Measure, case: Case) -> int:
    return lcm(*(amount_in(measure, case, h).denominator for h in measure.members))


def _measured(
    uses: tuple[Use, ...],
    cases: tuple[Case, ...],
    measures: tuple[Measure, ...],
    scales: list[int],
) -> tuple[tuple[int, int], ...]:
    found = []
    for place, measure in enumerate(measures):
        for use in uses:
            if use.case == measure.case and not measure.leaves.isdisjoint(use.leaves):
                amount = amount_in(measure, cases[use.case], use.holding)
                if amount:
                    found.append((place, int(amount * scales[place])))
    return tuple(found)
