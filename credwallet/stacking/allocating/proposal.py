"""Which allocation does the solver propose, and is it proven to be the best?

The objective (`docs/qualification-file.md`, "How it is counted") is a list of whole
numbers, the first of them the weightiest. As many of them as floating point can tell
apart are asked for at once, each weighed above all that follow. What the solver
proposes is added up again in whole numbers; its bound is believed with a margin, so
that an answer is called proven only if no larger whole number fits below it.
"""

from collections.abc import Mapping
from math import floor
from typing import NamedTuple

from credwallet.stacking.allocating.layout import NOT_USED
from credwallet.stacking.allocating.problem import Problem
from credwallet.stacking.allocating.program import Model, program_of
from credwallet.stacking.allocating.solver import Allowance, Solver
from credwallet.stacking.allocating.worth import worth

# Sums up to this can be told from the next whole number in floating point.
_LARGEST = 10**8
_MARGIN = 0.01


class Proposal(NamedTuple):
    """An allocation that holds every rule.

    `choices` are options by unit. `value` is, case by case, the fraction, the gates met
    and the requirements done, then minus the credentials used; `upper` bounds the
    fraction of each case. `proven` says that all of the value is the best.
    """

    choices: dict[int, int]
    value: tuple[int, ...]
    upper: tuple[int, ...]
    proven: bool


class _Aim(NamedTuple):
    """One number of the objective: what adds up to it, and how large it can be."""

    terms: Mapping[int, int]
    most: int


def propose(problem: Problem, allowance: Allowance) -> Proposal | None:
    """Ask the solver for the best allocation.

    Args:
        problem: Any problem.
        allowance: Seconds that are left for the solver.

    Returns:
        Its proposal, or None if it found nothing that holds.

    """
    model = program_of(problem)
    solver = Solver(model.program, allowance)
    proposal = None
    fixed: list[int] = []
    aims = _aims(problem, model)
    while len(fixed) < len(aims):
        stage = _stage(aims[len(fixed) :])
        weights = _weights(stage)
        terms: dict[int, int] = {}
        for aim, weight in zip(stage, weights, strict=True):
            for column, number in aim.terms.items():
                terms[column] = terms.get(column, 0) + weight * number
        solution = solver.maximise(terms)
        found = _checked(problem, model, solution.values)
        if found is not None and (proposal is None or found.value > proposal.value):
            proposal = found
        if proposal is None:
            return None
        reached = proposal.value[len(fixed) : len(fixed) + len(stage)]
        total = sum(w * n for w, n in zip(weights, reached, strict=True))
        bound = solution.bound
        if bound is None or bound + _MARGIN >= total + 1:
            if bound is not None:
                # Used credentials are taken off the sum, if they are part of it.
                bound += _MARGIN + aims[-1].most
                bound //= weights[0]
            return _unproven(problem, proposal, len(fixed), bound)
        for aim, number in zip(stage, reached, strict=True):
            solver.row(aim.terms.items(), least=number)
        fixed.extend(reached)
    if proposal is None:
        return None
    upper = tuple(proposal.value[3 * case] for case in range(problem.cases))
    return proposal._replace(upper=upper, proven=True)


def _aims(problem: Problem, model: Model) -> list[_Aim]:
    """List the numbers of the objective as terms over columns."""
    aims = []
    for case in range(problem.cases):
        aims.append(_Aim(model.fractions[case], problem.one[case] - problem.base[case]))
        gates = {
            column: 1
            for gate, column in zip(problem.gates, model.gates, strict=True)
            if gate.case == case
        }
        aims.append(_Aim(gates, len(gates)))
        done = {
            column: 1
            for leaf, column in zip(problem.leaves, model.done, strict=True)
            if leaf.case == case
        }
        aims.append(_Aim(done, len(done)))
    uses = {
        column: -len(problem.units[unit][option].uses)
        for (unit, option), column in model.options.items()
    }
    most = sum(max(len(option.uses) for option in ways) for ways in problem.units)
    return [*aims, _Aim(uses, most)]


def _stage(aims: list[_Aim]) -> list[_Aim]:
    """Take as many aims from the front as can be told apart at once."""
    stage: list[_Aim] = []
    size = 1
    for aim in aims:
        size *= aim.most + 1
        if stage and size > _LARGEST:
            break
        stage.append(aim)
    return stage


def _weights(stage: list[_Aim]) -> list[int]:
    weights = [1]
    for aim in reversed(stage[1:]):
        weights.append(weights[-1] * (aim.most + 1))
    return weights[::-1]


def _unproven(
    problem: Problem, proposal: Proposal, fixed: int, bound: float | None
) -> Proposal:
    """Say what is certain when a stage was not proven."""
    upper = []
    for case in range(problem.cases):
        most = problem.one[case] - problem.base[case]
        if 3 * case < fixed:
            most = proposal.value[3 * case]
        elif 3 * case == fixed and bound is not None:
            # What else is in the stage only adds to the bound.
            most = min(most, floor(bound))
        upper.append(max(most, proposal.value[3 * case]))
    return proposal._replace(upper=tuple(upper), proven=False)


def _checked(
    problem: Problem, model: Model, values: tuple[int, ...] | None
) -> Proposal | None:
    """Add up an allocation in whole numbers; None if it breaks a rule."""
    if values is None:
        return None
    choices = dict.fromkeys(range(len(problem.units)), NOT_USED)
    for (unit, option), column in model.options.items():
        if values[column]:
            if choices[unit] != NOT_USED:
                return None
            choices[unit] = option
    have = [0] * len(problem.leaves)
    used = [0] * len(problem.limits)
    toward = [0] * len(problem.minimums)
    uses = 0
    for unit, option in choices.items():
        if option == NOT_USED:
            continue
        way = problem.units[unit][option]
        uses += len(way.uses)
        for places, amounts in (
            (have, way.gains),
            (used, way.caps),
            (toward, way.gates),
        ):
            for place, amount in amounts:
                places[place] += amount
    if any(n > limit for n, limit in zip(used, problem.limits, strict=True)):
        return None
    have = [min(n, leaf.need) for n, leaf in zip(have, problem.leaves, strict=True)]
    return Proposal(choices, _value(problem, have, toward, uses), (), proven=False)


def _value(
    problem: Problem, have: list[int], toward: list[int], uses: int
) -> tuple[int, ...]:
    value = [0] * (3 * problem.cases)
    prices = [leaf.value for leaf in problem.leaves]
    for block in problem.blocks:
        value[3 * block.case] += worth(block.tree, have, prices)
    for gate in problem.gates:
        met = all(toward[n] >= problem.minimums[n] for n in gate.minimums)
        value[3 * gate.case + 1] += met
    for leaf, amount in zip(problem.leaves, have, strict=True):
        value[3 * leaf.case + 2] += amount >= leaf.need
    return (*value, -uses)
