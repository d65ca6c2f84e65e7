"""How does the question "what counts where" look to the search?

Whole numbers only: every amount is scaled by its common denominator, so that the search
adds and compares `int` and the answer is an exact fraction again. Several cases stand
in one problem when they may not share credentials (`[[exclusive]]`).
"""

from fractions import Fraction
from math import lcm
from typing import NamedTuple

from credwallet.stacking.case import Case
from credwallet.stacking.options import Use, ways_to_use
from credwallet.stacking.units import units_of
from credwallet.stacking.worth import (
    Block,
    Fixed,
    Tree,
    leaves_of,
    shares_of,
    trees_of,
)


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
    and `minimums` are those of caps and gates, `cap_cases` the cases of caps. `base` is what each case is worth with
    nothing used, `one` the number that stands for its whole. `complete` is False if not
    every way to use a unit is in it.
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


class Measure(NamedTuple):
    """One number that a cap or a gate limits: of whom, where and counted by what."""

    case: int
    limit: int
    members: frozenset[int]
    leaves: frozenset[int]
    by_credits: bool
    bound: Fraction


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
    places: dict[tuple[int, int], int] = {}
    leaves: list[Leaf] = []
    blocks: list[Block] = []
    base: list[int] = []
    one: list[int] = []
    for number, case in enumerate(cases):
        _add_case(number, case, places, leaves, blocks, base, one)
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
                        gains=_gains(uses, cases, places, leaves),
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
        leaves=tuple(leaves),
        units=tuple(units),
        limits=limits,
        cap_cases=tuple(cap.case for cap in caps),
        minimums=minimums,
        gates=tuple(Gate(key[0], tuple(found)) for key, found in together.items()),
        blocks=tuple(blocks),
        base=tuple(base),
        one=tuple(one),
        complete=complete,
    )


def caps_of(case: Case, number: int = 0) -> tuple[Measure, ...]:
    """List every number that the caps of a case limit.

    Args:
        case: The case.
        number: Its place in the problem.

    Returns:
        The measures; `limit` is that of the cap.

    """
    found = []
    for index, cap in enumerate(case.qualification.caps):
        where = _where(case, cap.requirements)
        for bound, by_credits in ((cap.max_count, False), (cap.max_credits, True)):
            if bound is not None:
                among = case.capped[index]
                measure = Measure(
                    number, index, among, where, by_credits, Fraction(bound)
                )
                found.append(measure)
    return tuple(found)


def gates_of(case: Case, number: int = 0) -> tuple[Measure, ...]:
    """List every number that the gates of a case ask for.

    Args:
        case: The case.
        number: Its place in the problem.

    Returns:
        The measures; `limit` is that of the gate.

    """
    found = []
    for index, gate in enumerate(case.qualification.gates):
        where = _where(case, gate.requirements)
        for bound, by_credits in ((gate.min_count, False), (gate.min_credits, True)):
            if bound is not None:
                among = case.gated[index]
                measure = Measure(
                    number, index, among, where, by_credits, Fraction(bound)
                )
                found.append(measure)
    return tuple(found)


def amount_in(measure: Measure, case: Case, holding: int) -> Fraction:
    """Say what one holding adds to a measure, where it is used in its requirements.

    Args:
        measure: Of that case.
        case: The case.
        holding: By index.

    Returns:
        1, its credits, or 0 if the measure is not about it.

    """
    if holding not in measure.members:
        return Fraction(0)
    if measure.by_credits:
        return case.credits[holding] or Fraction(0)
    return Fraction(1)


def _where(case: Case, names: tuple[str, ...]) -> frozenset[int]:
    entries = case.qualification.requirements
    return frozenset(i for i, e in enumerate(entries) if not names or e.id in names)


def _add_case(
    number: int,
    case: Case,
    places: dict[tuple[int, int], int],
    leaves: list[Leaf],
    blocks: list[Block],
    base: list[int],
    one: list[int],
) -> None:
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
        parts[entry.id] = places[number, index] = len(leaves)
        leaves.append(Leaf(number, index, need, scales[index], value))
    constant = 0
    for tree in trees_of(qualification, parts):
        if isinstance(tree, Fixed):
            constant += tree.value
        else:
            blocks.append(Block(number, tree, leaves_of(tree)))
    base.append(constant)
    one.append(whole)


def _gains(
    uses: tuple[Use, ...],
    cases: tuple[Case, ...],
    places: dict[tuple[int, int], int],
    leaves: list[Leaf],
) -> tuple[tuple[int, int], ...]:
    gains = []
    for use in uses:
        for leaf in use.leaves:
            place = places[use.case, leaf]
            fit = cases[use.case].fits[use.holding, leaf]
            amount = int(fit.amount * leaves[place].scale)
            gains.append((place, min(amount, leaves[place].need)))
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
