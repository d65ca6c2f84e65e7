"""Which credential is used where, so that the most of a qualification is reached?

Parts that have nothing in common are solved each for itself, without gates. If that
meets every gate that can be met at all, it is the answer: gates come after the fraction
(`docs/qualification-file.md`, "How it is counted"), and no allocation has a better one.
Otherwise the parts that a gate ties together are solved once more as one.

Where a part has more allocations than that search walks through in a moment, the solver
is asked first, if it is installed.
"""

from collections.abc import Mapping
from fractions import Fraction
from math import prod
from typing import NamedTuple

from credwallet.stacking.allocating.components import Component, components_of
from credwallet.stacking.allocating.layout import NOT_USED, Part
from credwallet.stacking.allocating.options import Use
from credwallet.stacking.allocating.problem import Problem
from credwallet.stacking.allocating.proposal import propose
from credwallet.stacking.allocating.search import Found, search
from credwallet.stacking.allocating.solver import Allowance, available
from credwallet.stacking.allocating.walk import Budget
from credwallet.stacking.allocating.worth import worth

# Of one part; fewer are a matter of milliseconds without the solver.
_MANY = 10**7


class Allocation(NamedTuple):
    """What is used, and for each case a bound of its fraction.

    `upper` is reached where `proven`; otherwise no allocation is above it.
    """

    uses: tuple[Use, ...]
    upper: tuple[Fraction, ...]
    proven: tuple[bool, ...]


class _Solved(NamedTuple):
    """A part that was solved by itself, without gates."""

    component: Component
    ceiling: tuple[int, ...]
    found: Found


class _Answer(NamedTuple):
    choices: Mapping[int, int]
    value: tuple[int, ...]
    upper: tuple[int, ...]
    proven: bool


def allocate(
    problem: Problem, *, work_limit: int, allowance: Allowance | None
) -> Allocation:
    """Find the best allocation.

    Args:
        problem: One case, or several that exclude each other, the preferred first.
        work_limit: Steps to take at most; beyond it the answer may be an interval.
        allowance: Seconds that are left for the solver; None leaves it out.

    Returns:
        The allocation.

    """
    components = components_of(problem)
    large = any(_is_large(problem, component) for component in components)
    if large and allowance is not None and available():
        proposal = propose(problem, allowance)
        if proposal is not None:
            return _allocation(problem, _Answer(*proposal))
    budget = Budget(work_limit)
    solved = []
    for component in components:
        ceiling = _ceiling(problem, component)
        part = (Part(component, ceiling),)
        found = search(problem, part, gates=(), budget=budget)
        solved.append(_Solved(component, ceiling, found))
    answer = _together(problem, [entry.found for entry in solved])
    open_gates = _reachable(problem)
    unmet = [gate for gate in open_gates if not _met(problem, gate, answer.choices)]
    if unmet:
        answer = _with_gates(problem, solved, open_gates, budget)
    return _allocation(problem, answer)


def _is_large(problem: Problem, component: Component) -> bool:
    """Say whether there are too many allocations to walk through in a moment."""
    return prod(len(problem.units[unit]) + 1 for unit in component.units) > _MANY


def _ceiling(problem: Problem, component: Component) -> tuple[int, ...]:
    """Bound what a part is worth to each case if units could be used at will."""
    most = [0] * len(problem.leaves)
    for unit in component.units:
        largest: dict[int, int] = {}
        for option in problem.units[unit]:
            for leaf, amount in option.gains:
                largest[leaf] = max(largest.get(leaf, 0), amount)
        for leaf, amount in largest.items():
            most[leaf] = min(problem.leaves[leaf].need, most[leaf] + amount)
    values = [leaf.value for leaf in problem.leaves]
    ceiling = [0] * problem.cases
    for place in component.blocks:
        block = problem.blocks[place]
        ceiling[block.case] += worth(block.tree, most, values)
    return tuple(ceiling)


def _together(problem: Problem, found: list[Found]) -> _Answer:
    """Add up parts that were solved each for itself."""
    value = [0] * (3 * problem.cases + 1)
    upper = [0] * problem.cases
    choices: dict[int, int] = {}
    for entry in found:
        choices.update(entry.choices)
        value = [a + b for a, b in zip(value, entry.value, strict=True)]
        upper = [a + b for a, b in zip(upper, entry.upper, strict=True)]
    proven = all(entry.proven for entry in found)
    return _Answer(choices, tuple(value), tuple(upper), proven)


def _with_gates(
    problem: Problem, solved: list[_Solved], gates: tuple[int, ...], budget: Budget
) -> _Answer:
    """Solve those parts as one that any of the gates looks at."""
    minimums = {place for gate in gates for place in problem.gates[gate].minimums}

    def tied(entry: _Solved) -> bool:
        return any(
            place in minimums
            for unit in entry.component.units
            for option in problem.units[unit]
            for place, _ in option.gates
        )

    inside = [entry for entry in solved if tied(entry)]
    outside = [entry.found for entry in solved if not tied(entry)]
    # Nothing that a gate asks for makes the fraction of the first case larger.
    parts = [
        Part(entry.component, (entry.found.upper[0], *entry.ceiling[1:]))
        for entry in inside
    ]
    before = _together(problem, [entry.found for entry in inside])
    value = list(before.value)
    for gate in gates:
        met = _met(problem, gate, before.choices)
        value[3 * problem.gates[gate].case + 1] += met
    known = Found(
        tuple(before.choices.items()), tuple(value), before.upper, proven=True
    )
    found = search(problem, parts, gates=gates, budget=budget, known=known)
    first = min(found.upper[0], before.upper[0])
    found = found._replace(upper=(first, *found.upper[1:]))
    return _together(problem, [*outside, found])


def _reachable(problem: Problem) -> tuple[int, ...]:
    """List the gates that everything together could meet."""
    most = [0] * len(problem.minimums)
    for options in problem.units:
        largest: dict[int, int] = {}
        for option in options:
            for place, amount in option.gates:
                largest[place] = max(largest.get(place, 0), amount)
        for place, amount in largest.items():
            most[place] += amount
    return tuple(
        number
        for number, gate in enumerate(problem.gates)
        if all(most[place] >= problem.minimums[place] for place in gate.minimums)
    )


def _met(problem: Problem, gate: int, choices: Mapping[int, int]) -> bool:
    have = dict.fromkeys(problem.gates[gate].minimums, 0)
    for unit, option in choices.items():
        if option != NOT_USED:
            for place, amount in problem.units[unit][option].gates:
                if place in have:
                    have[place] += amount
    return all(amount >= problem.minimums[place] for place, amount in have.items())


def _allocation(problem: Problem, answer: _Answer) -> Allocation:
    uses = tuple(
        use
        for unit, option in sorted(answer.choices.items())
        if option != NOT_USED
        for use in problem.units[unit][option].uses
    )
    upper = tuple(
        # What was not tried is not bounded by the search either.
        Fraction(base + top, one) if problem.complete else Fraction(1)
        for base, top, one in zip(problem.base, answer.upper, problem.one, strict=True)
    )
    proven = []
    # Without proof for the preferred case nothing is proven for those after it.
    sure = problem.complete
    for case in range(problem.cases):
        mine = [n for n, gate in enumerate(problem.gates) if gate.case == case]
        tight = answer.value[3 * case] == answer.upper[case] and all(
            _met(problem, gate, answer.choices) for gate in mine
        )
        sure = sure and (answer.proven or tight)
        proven.append(sure)
        sure = sure and answer.proven
    return Allocation(uses, upper, tuple(proven))
