"""Does a set of offers keep to prerequisites, limits and time?"""

from fractions import Fraction

from credwallet.stacking.planning.field import Field
from credwallet.stacking.planning.question import Question
from credwallet.stacking.planning.schedule import Job, pace_of


class Rules:
    """What a set must hold besides finishing the qualification.

    Args:
        field: The offers.
        question: The limits.

    """

    def __init__(self, field: Field, question: Question) -> None:
        self.field = field
        self.question = question

    def lacking(self, chosen: frozenset[int]) -> tuple[int, tuple[int, ...]] | None:
        """Find an offer of a set whose prerequisite is not in it, and who gives it."""
        for number in sorted(chosen):
            for need in self.field.needs[number]:
                if chosen.isdisjoint(need):
                    return number, need
        return None

    def held(self, chosen: frozenset[int]) -> bool | None:
        """Say whether a set keeps to budget, hours and time; None if not all was tried.

        Args:
            chosen: A set that holds all prerequisites of its offers.

        """
        question = self.question
        spent = sum(question.steps[n] for n in chosen)
        if question.most is not None and spent > question.most:
            return False
        extra = sum(question.extras[n] for n in chosen)
        if question.most_extra is not None and extra > question.most_extra:
            return False
        return self.in_time(chosen)

    def in_time(self, chosen: frozenset[int]) -> bool | None:
        """Say whether a set fits in time; None if not every way was tried."""
        question = self.question
        pace = pace_of(
            jobs_of(self.field, chosen),
            last=question.last,
            timeless=question.pace is None,
        )
        if self._enough(pace.hours):
            return True
        return False if pace.complete else None

    def _enough(self, pace: Fraction | None) -> bool:
        most = self.question.pace
        if pace is None or most is None:
            return pace is not None
        return pace < most if self.question.below else pace <= most

    def spare(self, chosen: frozenset[int]) -> frozenset[int]:
        """Name offers with which a set that does not fit in time might fit after all.

        More offers never take less time, but one of them may give what is required
        earlier than the one that is in the set.
        """
        found = {
            n for number in chosen for need in self.field.needs[number] for n in need
        }
        ahead = sorted(found)
        for number in ahead:
            more = {n for need in self.field.needs[number] for n in need} - found
            found |= more
            ahead.extend(sorted(more))
        return frozenset(found) - chosen

    def least_late(self, chosen: frozenset[int]) -> frozenset[int]:
        """Make a set that does not fit in time smaller, as long as it does not fit.

        Args:
            chosen: A set that holds all prerequisites of its offers.

        Returns:
            A part of it that does not fit either, whatever else of it is taken.

        """
        late = chosen
        for number in sorted(chosen):
            fewer = late - {number}
            if self.lacking(fewer) is None and self.in_time(fewer) is False:
                late = fewer
        return late if self.spare(late).isdisjoint(chosen) else chosen


def jobs_of(field: Field, chosen: frozenset[int]) -> tuple[Job, ...]:
    """Lay some offers out in time, in their order.

    Args:
        field: The offers.
        chosen: Some of them.

    Returns:
        A job for each; who gives what it needs among them.

    """
    order = sorted(chosen)
    place = {number: n for n, number in enumerate(order)}
    return tuple(
        field.jobs[number]._replace(
            needs=tuple(
                tuple(place[n] for n in need if n in place)
                for need in field.needs[number]
            )
        )
        for number in order
    )
