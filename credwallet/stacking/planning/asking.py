"""How is one and the same field asked for plans under different limits?"""

from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction

from credwallet.model.plan import Limits
from credwallet.stacking.allocating.solver import Allowance, available
from credwallet.stacking.allocating.walk import Budget
from credwallet.stacking.planning.field import Field, takeable
from credwallet.stacking.planning.question import Question, question_of
from credwallet.stacking.planning.rules import jobs_of
from credwallet.stacking.planning.schedule import Pace, pace_of
from credwallet.stacking.planning.search import Judge, Outcome, Search
from credwallet.stacking.planning.solving import solved

# With more units than this the solver is asked at once, if it is there.
_LARGE = 250
# With fewer steps than this a search is done before the solver has started.
_SHORT = 50_000


class Asking:
    """Asks for plans, and remembers what the engine judged.

    Args:
        field: The offers.
        silent: Offers that are left out under any limits.
        judge: The engine's own word on a set of offers.
        as_of: The day in question.
        work_limit: Steps for each search.
        allowance: Seconds that are left for the solver; None leaves it out.

    """

    def __init__(  # noqa: PLR0913 -- all keyword-only
        self,
        field: Field,
        *,
        silent: frozenset[int],
        judge: Judge,
        as_of: date,
        work_limit: int,
        allowance: Allowance | None,
    ) -> None:
        self.field = field
        self.silent = silent
        self.judge: Judge = _remembering(judge)
        self.as_of = as_of
        self.work_limit = work_limit
        self.allowance = allowance if available() else None

    def ask(
        self,
        limits: Limits,
        minimise: str,
        *,
        below: bool = False,
        any_plan: bool = False,
    ) -> Outcome:
        """Search for the best plan within limits.

        Args:
            limits: What is limited.
            minimise: `cost` or `hours`.
            below: Only plans for which less than `per_week` is enough.
            any_plan: Stop at the first plan that holds.

        Returns:
            What was found.

        """
        last = self.last(limits.by)
        question = question_of(
            self.field,
            limits,
            minimise=minimise,
            allowed=self.allowed(limits),
            last=last,
        )._replace(below=below, any_plan=any_plan)
        if not self._possible(question.allowed):
            return Outcome(None, None, proven=True)
        if self.allowance is None:
            return self._search(question, self.work_limit, thorough=True)
        outcome = None
        if len(self.field.problem.units) <= _LARGE:
            steps = min(self.work_limit, _SHORT)
            outcome = self._search(question, steps, thorough=False)
            if outcome.proven:
                return outcome
        proposed = solved(self.field, question, self.judge, self.allowance)
        found = _better(outcome, proposed, question)
        if found is None or (found.offers is None and not found.proven):
            return self._search(question, self.work_limit, thorough=True)
        return found

    def _possible(self, allowed: frozenset[int]) -> bool:
        """Say whether all that is allowed could be enough, were nothing limited."""
        ready = takeable(self.field.needs, allowed)
        return self.field.loose or self.judge(ready) is not False

    def _search(self, question: Question, steps: int, *, thorough: bool) -> Outcome:
        search = Search(self.field, question, self.judge, Budget(steps))
        return search.run(thorough=thorough)

    def allowed(self, limits: Limits) -> frozenset[int]:
        """List the offers that modes and the last day let in."""
        last = self.last(limits.by)
        return frozenset(
            number
            for number, offer in enumerate(self.field.offers)
            if number not in self.silent
            and (not limits.modes or offer.mode in limits.modes)
            and (last is None or self.end(number) <= last)
        )

    def end(self, number: int) -> int:
        """Say where an offer ends at the earliest; 0 if it has no dates."""
        job = self.field.jobs[number]
        return max(job.ends or 0, 0 if job.starts is None else job.starts + 1)

    def last(self, by: date | None) -> int | None:
        """Say where the last day ends, counted in days."""
        return None if by is None else (by - self.as_of).days + 1

    def day(self, end: int) -> date:
        """Name the day that ends there."""
        return self.as_of + timedelta(days=end - 1)

    def pace(self, chosen: frozenset[int], limits: Limits) -> Pace:
        """Say at which pace a set fits; the least one if `per_week` is limited.

        Args:
            chosen: Offers by their numbers in the field.
            limits: Of them the last day counts, and whether the hours a week are
                limited.

        """
        return pace_of(
            jobs_of(self.field, chosen),
            last=self.last(limits.by),
            timeless=limits.per_week is None,
        )

    def cost(self, chosen: frozenset[int]) -> Fraction | None:
        """Add up costs; None if an offer does not say its own."""
        return _sum([self.field.costs[n] for n in chosen])

    def hours(self, chosen: frozenset[int]) -> Fraction | None:
        """Add up hours; None if an offer does not say its own."""
        return _sum([self.field.offers[n].hours for n in chosen])


def _better(
    one: Outcome | None, other: Outcome | None, question: Question
) -> Outcome | None:
    """Put together what the search and the solver know of one question."""
    if one is None or other is None:
        return one or other
    if other.proven or other.lower is None:
        return other

    def place(outcome: Outcome) -> tuple[bool, int]:
        chosen = outcome.offers or frozenset()
        return outcome.offers is None, sum(question.weights[n] for n in chosen)

    lower = max(one.lower or Fraction(0), other.lower)
    best = min(one, other, key=place)
    if best.offers is None:
        return best._replace(lower=lower)
    least = Fraction(sum(question.steps[n] for n in best.offers), question.scale)
    return Outcome(best.offers, lower, proven=lower >= least)


def _sum(values: list[Fraction | None]) -> Fraction | None:
    known = [value for value in values if value is not None]
    return sum(known, Fraction(0)) if len(known) == len(values) else None


def _remembering(judge: Judge) -> Callable[[frozenset[int]], bool | None]:
    judged: dict[frozenset[int], bool | None] = {}

    def remember(chosen: frozenset[int]) -> bool | None:
        if chosen not in judged:
            judged[chosen] = judge(chosen)
        return judged[chosen]

    return remember
