"""Which plan does the solver find, and is it proven?

What the order of plans asks for is asked for one after the other, and each is kept from
then on. A set that the rules do not allow is forbidden, and the same is asked again, so
that in the end only what was judged in exact numbers is believed.
"""

from collections.abc import Mapping
from fractions import Fraction

from credwallet.stacking.allocating.solver import Allowance
from credwallet.stacking.planning.field import Field
from credwallet.stacking.planning.program import PlanProgram, Proposal
from credwallet.stacking.planning.question import Question
from credwallet.stacking.planning.rules import Rules
from credwallet.stacking.planning.search import Judge, Outcome

# Sets that are forbidden before giving up.
_FORBIDDEN = 200


def solved(
    field: Field, question: Question, judge: Judge, allowance: Allowance
) -> Outcome | None:
    """Ask the solver for the best set.

    Args:
        field: The offers.
        question: What is asked.
        judge: The engine's own word on whether a set finishes the qualification.
        allowance: Seconds that are left for the solver.

    Returns:
        What was found; None if the solver's word cannot be made sure of at all.

    """
    asked = _Asked(field, question, judge, allowance)
    best: frozenset[int] | None = None
    lower: Fraction | None = None
    proven = False
    for values in asked.program.orders():
        proposal = asked.allowed(values)
        if proposal is None:
            break
        if best is None:
            if proposal.none:
                return Outcome(None, None, proven=True)
            steps = max(0, proposal.lower or 0)
            lower = Fraction(steps, question.scale)
            if proposal.offers is None:
                return Outcome(None, lower, proven=False)
            best = proposal.offers
            proven = steps >= sum(question.steps[n] for n in best)
            if not proven or question.any_plan:
                break
        if proposal.offers is None:
            break
        best = proposal.offers
        reached = sum(values.get(n, 0) for n in best)
        if proposal.lower is None or proposal.lower < reached:
            break
        asked.program.keep(values, reached)
    return None if best is None else Outcome(best, lower, proven)


class _Asked:
    """A program, and the sets that the rules took out of it."""

    def __init__(
        self, field: Field, question: Question, judge: Judge, allowance: Allowance
    ) -> None:
        self.program = PlanProgram(field, question, allowance)
        self._rules = Rules(field, question)
        self._judge = judge
        self._loose = field.loose
        self._every = question.allowed
        self._left = _FORBIDDEN

    def allowed(self, values: Mapping[int, int]) -> Proposal | None:
        """Ask until what is proposed holds every rule; None if it cannot be had."""
        while self._left > 0:
            proposal = self.program.least(values)
            chosen = proposal.offers
            if chosen is None:
                return proposal
            self._left -= 1
            if self._holds(chosen):
                return proposal
            if not self._forbid(chosen):
                break
        return None

    def _holds(self, chosen: frozenset[int]) -> bool:
        complete = self._rules.lacking(chosen) is None
        return bool(complete and self._rules.held(chosen) and self._judge(chosen))

    def _forbid(self, chosen: frozenset[int]) -> bool:
        """Forbid a set for good; False if nothing certain speaks against it."""
        if self._rules.lacking(chosen) is None and self._rules.in_time(chosen) is False:
            late = self._rules.least_late(chosen)
            self.program.forbid(late, self._rules.spare(late))
            return True
        if self._loose and self._judge(chosen) is False:
            self.program.forbid(chosen, self._every - chosen)
            return True
        # Floating point let it past a rule.
        return False
