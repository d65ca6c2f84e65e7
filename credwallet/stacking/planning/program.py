"""What is the cheapest plan, as a program of whole numbers?

For questions that are too large for the search: the extra `solver` answers. Each offer
is a column of 0 or 1, and so is each way to use what is held or given; everything that
must be full is a row, and so are prerequisites and limits. Time is none of them: a set
that does not fit in time is forbidden, and the solver is asked again. Its bound is
believed only with a margin, and every set is judged again in exact numbers.
"""

from collections.abc import Iterable, Mapping
from math import ceil
from typing import NamedTuple

from credwallet.stacking.allocating.problem import Option
from credwallet.stacking.allocating.solver import Allowance, Program, Solver
from credwallet.stacking.allocating.worth import Fixed, Sum, Tree
from credwallet.stacking.planning.field import Field
from credwallet.stacking.planning.question import Question

_MARGIN = 0.01
# Ids are put in order by so many at a time, and only of so many offers.
_CHUNK = 20
_ORDERED = 200


class Proposal(NamedTuple):
    """What the solver proposes.

    `offers` is None if it found none. No set has a sum of less than `lower`, None if
    nothing is known about that. `none` says that there is no set at all.
    """

    offers: frozenset[int] | None
    lower: int | None
    none: bool


class PlanProgram:
    """A question as a program, to be asked again as sets are forbidden.

    Args:
        field: The offers.
        question: What is asked.
        allowance: Seconds that are left for the solver.

    """

    def __init__(self, field: Field, question: Question, allowance: Allowance) -> None:
        self.field = field
        self.question = question
        self._program = Program()
        self._offers = {n: self._program.column() for n in sorted(question.allowed)}
        self._add_uses()
        self._add_rules()
        self._solver = Solver(self._program, allowance)

    def orders(self) -> Iterable[Mapping[int, int]]:
        """List what is to be as small as possible, one after the other, by offer.

        The order of ids is looked at only if there are not too many offers.
        """
        question = self.question
        for values in (question.steps, question.silent, question.extras):
            yield {n: values[n] for n in self._offers}
        yield dict.fromkeys(self._offers, 1)
        if len(self._offers) <= _ORDERED:
            ordered = sorted(self._offers)
            for first in range(0, len(ordered), _CHUNK):
                some = ordered[first : first + _CHUNK]
                yield {n: -(1 << (_CHUNK - 1 - i)) for i, n in enumerate(some)}

    def least(self, values: Mapping[int, int]) -> Proposal:
        """Ask for the set with the smallest sum of some values.

        Args:
            values: A number for each offer.

        """
        terms = {self._offers[n]: -value for n, value in values.items() if value}
        solution = self._solver.maximise(terms)
        if solution.infeasible:
            return Proposal(None, None, none=True)
        bound = solution.bound
        lower = None if bound is None else ceil(-bound - _MARGIN)
        taken = None
        if solution.values is not None:
            found = solution.values
            taken = frozenset(n for n, column in self._offers.items() if found[column])
        return Proposal(taken, lower, none=False)

    def keep(self, values: Mapping[int, int], most: int) -> None:
        """Let the sum of some values be no larger than that from now on.

        Args:
            values: A whole number for each offer, by its number; offers of 0 may be
                left out.
            most: The largest sum that is allowed, in the unit of the values.

        """
        terms = [(self._offers[n], value) for n, value in values.items() if value]
        if terms:
            self._solver.row(terms, most=most)

    def forbid(self, chosen: Iterable[int], spare: Iterable[int]) -> None:
        """Forbid to take all of these offers, unless with one of the others.

        Args:
            chosen: Offers that do not fit together.
            spare: Offers with which they might.

        """
        some = [(self._offers[n], 1) for n in chosen]
        others = [(self._offers[n], -1) for n in spare if n in self._offers]
        self._solver.row([*some, *others], most=len(some) - 1)

    def _add_uses(self) -> None:
        """Add what may be used at once, and what that brings."""
        problem, program = self.field.problem, self._program
        brought: list[list[tuple[int, int]]] = [[] for _ in problem.leaves]
        used: list[list[tuple[int, int]]] = [[] for _ in problem.limits]
        toward: list[list[tuple[int, int]]] = [[] for _ in problem.minimums]
        for unit in range(len(problem.units)):
            for way, column in self._ways(unit):
                for places, amounts in (
                    (brought, way.gains),
                    (used, way.caps),
                    (toward, way.gates),
                ):
                    for place, amount in amounts:
                        places[place].append((column, amount))
        for terms, limit in zip(used, problem.limits, strict=True):
            if sum(amount for _, amount in terms) > limit:
                program.row(terms, most=limit)
        for terms, minimum in zip(toward, problem.minimums, strict=True):
            program.row(terms, least=minimum)
        for block in problem.blocks:
            self._fill(block.tree, brought, None)

    def _ways(self, unit: int) -> list[tuple[Option, int]]:
        """Add the ways to use a unit, at most one of them, and none without its offer.

        Returns:
            The ways and their columns.

        """
        program, owners = self._program, self.field.owners[unit]
        found: list[tuple[Option, int]] = []
        columns: dict[int, list[tuple[int, int]]] = {}
        for way, owner in zip(self.field.problem.units[unit], owners, strict=True):
            if owner < 0 or owner in self._offers:
                found.append((way, program.column()))
                columns.setdefault(owner, []).append((found[-1][1], 1))
        if len(found) > 1:
            program.row([(column, 1) for _, column in found], most=1)
        for owner, mine in columns.items():
            if owner >= 0:
                program.row([*mine, (self._offers[owner], -1)], most=0)
        return found

    def _fill(
        self, tree: Tree, brought: list[list[tuple[int, int]]], door: int | None
    ) -> None:
        """Add that a part must be full, if its door (a column of 0 or 1) is open."""
        program = self._program
        if isinstance(tree, Fixed):
            return
        if isinstance(tree, int):
            need = self.field.problem.leaves[tree].need
            terms = list(brought[tree])
            if door is None:
                program.row(terms, least=need)
            else:
                program.row([*terms, (door, -need)], least=0)
            return
        if isinstance(tree, Sum):
            for part in tree.parts:
                self._fill(part, brought, door)
            return
        doors = [program.column() for _ in tree.parts]
        opened = [(each, 1) for each in doors]
        if door is None:
            program.row(opened, least=tree.n)
        else:
            program.row([*opened, (door, -tree.n)], least=0)
        for each, part in zip(doors, tree.parts, strict=True):
            self._fill(part, brought, each)

    def _add_rules(self) -> None:
        """Add prerequisites and limits."""
        question, program, offers = self.question, self._program, self._offers
        for number, column in offers.items():
            for need in self.field.needs[number]:
                givers = [(offers[n], 1) for n in need if n in offers]
                program.row([*givers, (column, -1)], least=0)
        if question.most is not None:
            terms = [(c, question.steps[n]) for n, c in offers.items()]
            program.row(terms, most=question.most)
        if question.most_extra is not None:
            terms = [(c, question.extras[n]) for n, c in offers.items()]
            program.row(terms, most=question.most_extra)
