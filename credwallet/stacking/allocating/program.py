"""How does a problem read as a program of whole numbers?

Each way to use a unit is a column of 0 or 1, at most one of them a unit. What a
requirement has is at most its need and at most what is brought; an `n_of` opens at most
n of its members (`docs/qualification-file.md`, `[[group]]`). Caps are rows, gates and
finished requirements columns that their rows allow.
"""

from typing import NamedTuple

from credwallet.stacking.allocating.problem import Problem
from credwallet.stacking.allocating.solver import Program
from credwallet.stacking.allocating.worth import Fixed, Top, Tree

# A column, and what it adds.
Pair = tuple[int, int]


class Model(NamedTuple):
    """A problem as a program, and what its columns mean.

    `options` are the columns of (unit, option). `fractions` hold the terms of each
    case's fraction, in whole numbers of its `one`, less its `base`. `gates` and `done`
    are columns by gate and by leaf that are 1 only where it is met or finished.
    """

    program: Program
    options: dict[tuple[int, int], int]
    fractions: tuple[dict[int, int], ...]
    gates: tuple[int, ...]
    done: tuple[int, ...]


class _Draft(NamedTuple):
    """A program in the making.

    `brought`, `used` and `toward` are what options add to each leaf, cap and minimum;
    `amounts` the columns of what leaves have, of those that anything is brought to.
    """

    program: Program
    problem: Problem
    brought: tuple[list[Pair], ...]
    used: tuple[list[Pair], ...]
    toward: tuple[list[Pair], ...]
    amounts: dict[int, int]


def program_of(problem: Problem) -> Model:
    """Write a problem as a program.

    Args:
        problem: Any problem.

    Returns:
        The model; its allocations are those of the problem.

    """
    draft = _Draft(
        Program(),
        problem,
        tuple([] for _ in problem.leaves),
        tuple([] for _ in problem.limits),
        tuple([] for _ in problem.minimums),
        {},
    )
    options = _options(draft)
    for terms, limit in zip(draft.used, problem.limits, strict=True):
        if sum(amount for _, amount in terms) > limit:
            draft.program.row(terms, most=limit)
    for place, terms in enumerate(draft.brought):
        if terms:
            amount = draft.program.column(problem.leaves[place].need, whole=False)
            draft.amounts[place] = amount
            draft.program.row([*terms, (amount, -1)], least=0)
    fractions: tuple[dict[int, int], ...] = tuple({} for _ in range(problem.cases))
    for block in problem.blocks:
        _add(draft, fractions[block.case], block.tree, None)
    return Model(draft.program, options, fractions, _gates(draft), _done(draft))


def _options(draft: _Draft) -> dict[tuple[int, int], int]:
    """Add a column for each option, and note what it adds to what."""
    options = {}
    for unit, ways in enumerate(draft.problem.units):
        columns = [draft.program.column() for _ in ways]
        if len(columns) > 1:
            draft.program.row(((column, 1) for column in columns), most=1)
        for option, (column, way) in enumerate(zip(columns, ways, strict=True)):
            options[unit, option] = column
            for places, amounts in (
                (draft.brought, way.gains),
                (draft.used, way.caps),
                (draft.toward, way.gates),
            ):
                for place, amount in amounts:
                    places[place].append((column, amount))
    return options


def _add(draft: _Draft, terms: dict[int, int], tree: Tree, opened: int | None) -> None:
    """Add what a tree is worth, if `opened` (a column of 0 or 1) lets it count."""
    program = draft.program
    if isinstance(tree, int):
        leaf, amount = draft.problem.leaves[tree], draft.amounts.get(tree)
        if amount is not None:
            terms[amount] = leaf.value
            if opened is not None:
                program.row([(amount, 1), (opened, -leaf.need)], most=0)
        return
    if isinstance(tree, Fixed):
        # What is fixed stands in some `n_of`: all else is in the base of the problem.
        if opened is None:
            raise AssertionError(tree)
        terms[opened] = terms.get(opened, 0) + tree.value
        return
    doors: list[int | None] = [opened for _ in tree.parts]
    if isinstance(tree, Top):
        own = [program.column() for _ in tree.parts]
        program.row([(door, 1) for door in own], most=tree.n)
        if opened is not None:
            for each in own:
                program.row([(each, 1), (opened, -1)], most=0)
        doors = [*own]
    for door, part in zip(doors, tree.parts, strict=True):
        _add(draft, terms, part, door)


def _gates(draft: _Draft) -> tuple[int, ...]:
    columns = []
    for gate in draft.problem.gates:
        column = draft.program.column()
        columns.append(column)
        for place in gate.minimums:
            minimum = draft.problem.minimums[place]
            draft.program.row([*draft.toward[place], (column, -minimum)], least=0)
    return tuple(columns)


def _done(draft: _Draft) -> tuple[int, ...]:
    columns = []
    for leaf, terms in zip(draft.problem.leaves, draft.brought, strict=True):
        column = draft.program.column()
        columns.append(column)
        draft.program.row([*terms, (column, -leaf.need)], least=0)
    return tuple(columns)
