"""Which set of offers is the best that holds all the rules?

Best first: of all that is still open, what could be cheapest is looked at. The least
that fills everything (`cover`) is a bound, and it is the answer if prerequisites
and time let it be. If not, what is open is parted into cases that exclude each other,
by which offers are taken and which are not, and none is lost.
"""

from collections.abc import Callable
from fractions import Fraction
from heapq import heappop, heappush
from typing import NamedTuple

from credwallet.stacking.allocating.walk import Budget
from credwallet.stacking.planning.cover import Cover, Covered, Wanted
from credwallet.stacking.planning.field import Field, takeable
from credwallet.stacking.planning.question import Question
from credwallet.stacking.planning.rules import Rules

# Says whether these offers, with what is held, finish the qualification; None if the
# engine cannot tell.
Judge = Callable[[frozenset[int]], bool | None]

# Looking at one case is worth so many steps of a walk.
_CASE = 50
# Of more offers no first answer is looked for by leaving one after the other.
_FEW = 150


class Outcome(NamedTuple):
    """What a search found.

    `offers` is the best set, None if none was found. No set has less than `lower` of
    what is minimised; None if there certainly is no set. `proven` says that the best
    has no more than that, or that there is none.
    """

    offers: frozenset[int] | None
    lower: Fraction | None
    proven: bool


class _Case(NamedTuple):
    """Sets that hold all of `forced` and none of `forbidden`, and their bound."""

    lower: int
    number: int
    forced: frozenset[int]
    forbidden: frozenset[int]
    covered: Covered
    gates: bool


class Search:
    """One search through the sets of offers.

    Args:
        field: The offers.
        question: What is asked.
        judge: The engine's own word on whether a set finishes the qualification.
        budget: Steps that are left.

    """

    def __init__(
        self, field: Field, question: Question, judge: Judge, budget: Budget
    ) -> None:
        self.field = field
        self.question = question
        self.judge = judge
        self.budget = budget
        self.rules = Rules(field, question)
        self.cover = Cover(
            field,
            unit=question.unit,
            extras=question.extras,
            most_extra=question.most_extra,
            budget=budget,
        )
        self._best: frozenset[int] | None = None
        self._least: int | None = None
        self._open: list[_Case] = []
        # The least of all bounds of cases that were given up unsolved.
        self._given_up: int | None = None
        self._number = 0

    def run(self, *, thorough: bool = True) -> Outcome:
        """Search until the best is proven, or the budget ends.

        Args:
            thorough: If nothing was found by then, look for any set that holds.

        Returns:
            What was found.

        """
        everything = frozenset(range(len(self.field.offers)))
        self._look(frozenset(), everything - self.question.allowed, 0)
        while self._open:
            if self._least is not None and self._least <= self._open[0].lower:
                self._open.clear()
                break
            if self.budget.left < 0 or (
                self.question.any_plan and self._best is not None
            ):
                break
            self.budget.left -= _CASE
            self._part(heappop(self._open))
        left = bool(self._open) or self._given_up is not None
        if thorough and left and self._best is None:
            self._take_and_leave()
        return self._outcome()

    def _take_and_leave(self) -> None:
        """Take everything and leave one after the other: some answer, no proof."""
        question = self.question
        everything = takeable(self.field.needs, question.allowed)
        if len(everything) > _FEW:
            return
        for dear in (question.weights, question.extras):
            chosen = everything
            for number in sorted(everything, key=lambda n: (-dear[n], n)):
                fewer = chosen - {number}
                if self.rules.lacking(fewer) is None and self.judge(fewer):
                    chosen = fewer
            if self.judge(chosen) and self._holds(chosen):
                self._offer(chosen)

    def _outcome(self) -> Outcome:
        bounds = [case.lower for case in self._open]
        bounds += [n for n in (self._given_up, self._least) if n is not None]
        if not self.field.problem.complete:
            # Ways to use a credential that were not tried may be cheaper.
            return Outcome(self._best, Fraction(0), proven=False)
        if not bounds:
            return Outcome(None, None, proven=True)
        steps, unit = min(bounds) // self.question.unit, self.question.unit
        proven = self._least is not None and steps == self._least // unit
        return Outcome(self._best, Fraction(steps, self.question.scale), proven)

    def _look(
        self, forced: frozenset[int], forbidden: frozenset[int], least: int
    ) -> None:
        """Bound a case, and keep it if it could still be better.

        `least` bounds what it was parted from.
        """
        if self.budget.left < 0:
            self._give_up(least)
            return
        wanted = self._settled(forced, forbidden)
        if wanted is None:
            return
        covered = self.cover.cover(wanted)
        if covered is None:
            return
        weight = sum(self.question.weights[n] for n in wanted.forced)
        lower = max(least, weight + covered.lower)
        most, unit = self.question.most, self.question.unit
        if most is not None and lower // unit > most:
            return
        if self._least is not None and lower >= self._least:
            return
        self._number += 1
        heappush(
            self._open,
            _Case(
                lower,
                self._number,
                wanted.forced,
                wanted.forbidden,
                covered,
                self.cover.gates,
            ),
        )

    def _settled(
        self, forced: frozenset[int], forbidden: frozenset[int]
    ) -> Wanted | None:
        """Draw what follows from what is decided; None if it contradicts itself."""
        needs = self.field.needs
        everything = frozenset(range(len(needs)))
        while True:
            left = takeable(needs, everything - forbidden)
            forbidden = everything - left
            if not forced <= left:
                return None
            due = {
                next(iter(givers))
                for number in forced
                for need in needs[number]
                if len(givers := left.intersection(need)) == 1
            }
            if due <= forced:
                return Wanted(forced, forbidden, self._weights(forced, left))
            forced |= due

    def _weights(self, forced: frozenset[int], left: frozenset[int]) -> tuple[int, ...]:
        """Add to each offer its part of prerequisites that serve for nothing else."""
        needs, weights = self.field.needs, list(self.question.weights)
        asked: dict[int, int] = {}
        for number in left:
            for need in needs[number]:
                for giver in left.intersection(need):
                    asked[giver] = asked.get(giver, 0) + 1
        for number in left - forced:
            for need in needs[number]:
                givers = left.intersection(need)
                if givers.isdisjoint(forced) and givers.isdisjoint(self.field.fitting):
                    weights[number] += min(
                        self.question.weights[g] // asked[g] for g in givers
                    )
        return tuple(weights)

    def _part(self, case: _Case) -> None:
        """Take the answer of a case, or part the case into smaller ones."""
        if self.cover.gates and not case.gates:
            self._look(case.forced, case.forbidden, case.lower)
            return
        offers = case.covered.offers
        if offers is None:
            self._give_up(case.lower)
            return
        chosen = offers | case.forced
        lacking = self.rules.lacking(chosen)
        if lacking is not None:
            self._offer(self._completed(chosen, case.forbidden))
            self._part_by_need(case, *lacking)
            return
        finished = self._finished(chosen, case)
        if finished is False and not self.cover.gates and self.field.problem.gates:
            self.cover.heed_gates()
            self._look(case.forced, case.forbidden, case.lower)
            return
        held = self._holds(chosen)
        if finished and held:
            self._offer(chosen)
            if not case.covered.exact:
                self._give_up(case.lower)
            return
        if finished is None and held:
            self._give_up(case.lower)
        if not case.covered.exact:
            self._give_up(case.lower)
        left = frozenset(range(len(self.field.offers))) - case.forbidden - chosen
        spare = left & self.rules.spare(chosen) if finished else left
        self._part_by_set(case, chosen, spare)

    def _give_up(self, lower: int) -> None:
        """Leave something unsolved that may cost as little as that."""
        if self._given_up is None or lower < self._given_up:
            self._given_up = lower

    def _offer(self, chosen: frozenset[int] | None) -> None:
        """Remember a set that holds, if it is better than the best."""
        if chosen is None:
            return
        weight = sum(self.question.weights[n] for n in chosen)
        if self._least is None or weight < self._least:
            self._best, self._least = chosen, weight

    def _completed(
        self, chosen: frozenset[int], forbidden: frozenset[int]
    ) -> frozenset[int] | None:
        """Add the cheapest prerequisites to a set: a first answer, if it holds."""
        weights = self.question.weights
        while (lacking := self.rules.lacking(chosen)) is not None:
            givers = [n for n in lacking[1] if n not in forbidden]
            if not givers:
                return None
            chosen |= {min(givers, key=weights.__getitem__)}
        if self._holds(chosen) and self._judge(chosen):
            return chosen
        return None

    def _finished(self, chosen: frozenset[int], case: _Case) -> bool | None:
        """Say whether a set finishes the qualification."""
        if not self.field.loose and self.cover.meets_gates(case.covered.choices):
            return True
        return self._judge(chosen)

    def _judge(self, chosen: frozenset[int]) -> bool | None:
        self.budget.left -= 20 * _CASE
        return self.judge(chosen)

    def _holds(self, chosen: frozenset[int]) -> bool:
        """Say whether a set keeps to all limits; if that is not sure, give it up."""
        held = self.rules.held(chosen)
        if held is None:
            self._give_up(sum(self.question.weights[n] for n in chosen))
        return bool(held)

    def _part_by_need(self, case: _Case, number: int, need: tuple[int, ...]) -> None:
        """Either an offer is not taken, or one of those that it needs is."""
        forced, forbidden = case.forced, case.forbidden
        if number not in forced:
            self._look(forced, forbidden | {number}, case.lower)
        for giver in need:
            if giver not in forbidden:
                self._look(forced | {number, giver}, forbidden, case.lower)
                forbidden |= {giver}

    def _part_by_set(
        self, case: _Case, chosen: frozenset[int], spare: frozenset[int]
    ) -> None:
        """Either one of these offers is not taken, or all are, and one more."""
        forced, forbidden = case.forced, case.forbidden
        for number in sorted(chosen - forced):
            self._look(forced, forbidden | {number}, case.lower)
            forced |= {number}
        for number in sorted(spare):
            self._look(forced | {number}, forbidden, case.lower)
            forbidden |= {number}
