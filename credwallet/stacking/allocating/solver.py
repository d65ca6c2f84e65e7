"""What is the most that a program of whole numbers can reach?

HiGHS answers, through the extra `solver`. It works in floating point: what it finds is
only ever a proposal, to be added up again in exact numbers by whoever asks, and its
bound is believed only with a margin.
"""

from collections.abc import Iterable, Mapping
from importlib.util import find_spec
from typing import Any, NamedTuple

# (column, coefficient) pairs; a coefficient is exact, and rounded for HiGHS only.
Terms = Iterable[tuple[int, int]]

# HiGHS lets rows and whole numbers be off by this much.
TOLERANCE = 1e-6
# Branches of the search tree; counted, so that the same question has the same answer.
_NODES = 20_000
# Seconds for a run even where nothing is left: the easy ones need no more.
_LEAST = 0.05


class Solution(NamedTuple):
    """What a run found.

    `values` are whole numbers by column, None if there is no solution or none was
    found. No solution is worth more than `bound`; None if nothing is known about that.
    `infeasible` says that there is none, `proven` that the search came to its end.
    """

    values: tuple[int, ...] | None
    bound: float | None
    infeasible: bool
    proven: bool


class Program:
    """Columns between 0 and a whole number, and rows that hold sums within limits."""

    def __init__(self) -> None:
        self.upper: list[int] = []
        self.whole: list[bool] = []
        self.starts: list[int] = [0]
        self.columns: list[int] = []
        self.coefficients: list[int] = []
        self.least: list[int | None] = []
        self.most: list[int | None] = []

    def column(self, upper: int = 1, *, whole: bool = True) -> int:
        """Add a column of at least 0 and at most `upper`; return its place.

        Args:
            upper: A whole number, 0 or more; 1 makes a column a yes or no.
            whole: Whether only whole numbers count; otherwise fractions do, too.

        """
        self.upper.append(upper)
        self.whole.append(whole)
        return len(self.upper) - 1

    def row(
        self, terms: Terms, *, least: int | None = None, most: int | None = None
    ) -> int:
        """Add a row: the sum of the terms within limits; return its place.

        Args:
            terms: Pairs of a column's place and its whole-number coefficient, each
                column once.
            least: What the sum must reach, None for no such limit.
            most: What the sum must not pass, None for no such limit.

        """
        for column, coefficient in terms:
            self.columns.append(column)
            self.coefficients.append(coefficient)
        self.starts.append(len(self.columns))
        self.least.append(least)
        self.most.append(most)
        return len(self.least) - 1


def available() -> bool:
    """Say whether the extra `solver` is installed."""
    return find_spec("highspy") is not None


class Allowance:
    """How many seconds all runs together may still take, as HiGHS counts them."""

    def __init__(self, seconds: float) -> None:
        self.left = seconds


class Solver:
    """A program that is loaded, to be asked for several things in turn.

    Args:
        program: What is to be solved; rows may be added to the solver later.
        allowance: Time that is left; what runs take is taken off. Nodes are limited as
            well, and usually end a hopeless run first, the same on every machine.

    """

    def __init__(self, program: Program, allowance: Allowance) -> None:
        import highspy  # noqa: PLC0415 -- lazily: an extra that few wallets need
        import numpy as np  # noqa: PLC0415 -- as above: its arrays

        self._highspy: Any = highspy
        self._np: Any = np
        # The public class prints two lines to stdout before any option can be set
        # (HiGHS issues 1702 and 1932); this is what it is made of.
        self._highs: Any = self._highspy._Highs()  # noqa: SLF001 -- as said
        for name, value in (
            ("output_flag", False),
            ("threads", 1),
            ("random_seed", 0),
            ("mip_rel_gap", 0.0),
            ("mip_abs_gap", 0.0),
            ("mip_max_nodes", _NODES),
        ):
            self._highs.setOptionValue(name, value)
        self._allowance = allowance
        self._columns = len(program.upper)
        self._pass(program)

    def _pass(self, program: Program) -> None:
        highspy, np = self._highspy, self._np
        kinds = highspy.HighsVarType
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(program.upper), len(program.least)
        lp.col_cost_ = np.zeros(lp.num_col_)
        lp.col_lower_ = np.zeros(lp.num_col_)
        lp.col_upper_ = np.array(program.upper, dtype=float)
        infinity = highspy.kHighsInf
        lp.row_lower_ = np.array(
            [-infinity if n is None else n for n in program.least], dtype=float
        )
        lp.row_upper_ = np.array(
            [infinity if n is None else n for n in program.most], dtype=float
        )
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.array(program.starts, dtype=np.int32)
        lp.a_matrix_.index_ = np.array(program.columns, dtype=np.int32)
        lp.a_matrix_.value_ = np.array(program.coefficients, dtype=float)
        lp.integrality_ = [
            kinds.kInteger if whole else kinds.kContinuous for whole in program.whole
        ]
        self._highs.passModel(lp)

    def row(
        self, terms: Terms, *, least: int | None = None, most: int | None = None
    ) -> None:
        """Add a row to what is loaded.

        Args:
            terms: Pairs of a column's place and its whole-number coefficient, each
                column once.
            least: What the sum must reach, None for no such limit.
            most: What the sum must not pass, None for no such limit.

        """
        pairs = dict(terms)
        infinity = self._highspy.kHighsInf
        self._highs.addRow(
            -infinity if least is None else float(least),
            infinity if most is None else float(most),
            len(pairs),
            self._np.array(list(pairs), dtype=self._np.int32),
            self._np.array(list(pairs.values()), dtype=float),
        )

    def maximise(self, terms: Mapping[int, int]) -> Solution:
        """Look for the largest sum of the terms.

        Args:
            terms: Coefficient by column.

        Returns:
            What was found, rounded to whole numbers; it may break a row by as much as
            `TOLERANCE`, so that its allocation must be checked.

        """
        highspy, np, highs = self._highspy, self._np, self._highs
        cost = np.zeros(self._columns)
        for column, coefficient in terms.items():
            cost[column] = -float(coefficient)
        places = np.arange(self._columns, dtype=np.int32)
        highs.changeColsCost(self._columns, places, cost)
        before = highs.getRunTime()
        highs.setOptionValue("time_limit", before + max(self._allowance.left, _LEAST))
        highs.run()
        self._allowance.left -= highs.getRunTime() - before
        status, info = highs.getModelStatus(), highs.getInfo()
        states = highspy.HighsModelStatus
        infeasible = status == states.kInfeasible
        feasible = highspy.SolutionStatus.kSolutionStatusFeasible
        has_any = info.primal_solution_status == feasible
        values = None
        if has_any and not infeasible:
            found = highs.getSolution().col_value
            values = tuple(map(round, found))
        bound = -float(info.mip_dual_bound)
        known = abs(bound) < highspy.kHighsInf
        return Solution(
            values=values,
            bound=bound if known and not infeasible else None,
            infeasible=infeasible,
            proven=status == states.kOptimal,
        )
