"""Which qualification builds on the award of which other, and what carries upward?

A certificate may count toward a diploma, and that toward a degree. What was used below
reaches the next rung in two ways: by itself, where the rules above ask for it too, or
only inside the award. A qualification counts nothing but what its rules ask for, so the
ladder moves no percentage: it says what the answers already hold.
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple

from credwallet.model.qualification import Match, Progress, Qualification
from credwallet.stacking.files.match_rules import achievements_named
from credwallet.stacking.matching import forms


class Part(NamedTuple):
    """A credential that counts below: where, and where it counts above by itself.

    Credits are those that it brings to requirements of credits, in the unit of the file
    below and of the file above; None where it is counted in another way.
    """

    credential: str
    below: tuple[str, ...]
    above: tuple[str, ...]
    credits_below: Fraction | None
    credits_above: Fraction | None


class Step(NamedTuple):
    """From one rung to a higher one whose rules ask for its award.

    `requirements` of the higher one ask for it. `award` is `held`, `eligible` (earned,
    to be claimed first) or `not-yet`. `credential` is the handle of the award, `""` if
    there is none; `counts` says whether it counts above, `credits` what it brings
    there, `why` why it does not count although it is held.
    """

    lower: str
    upper: str
    requirements: tuple[str, ...]
    award: str
    credential: str
    counts: bool
    credits: Fraction | None
    why: str
    shared: tuple[Part, ...]
    through_award: tuple[Part, ...]


class Rung(NamedTuple):
    """One qualification of a chain; `rung` 1 asks for the award of no other one."""

    answer: Progress
    chain: int
    rung: int


class Ladder(NamedTuple):
    """Rungs by chain and height, and the steps between them, lowest first."""

    rungs: tuple[Rung, ...]
    steps: tuple[Step, ...]


def ladder(answers: Sequence[Progress]) -> Ladder:
    """See which of the answers build on each other.

    Args:
        answers: What `progress` answered, one for each qualification.

    Returns:
        The ladder. What neither asks for another's award nor is asked for is left out,
        so that a ladder without any chain is empty.

    """
    asked = _asked(answers)
    heights = _heights(asked)
    chains = _chains(asked)
    rungs = sorted(
        (chains[number], heights[number], number) for number in sorted(chains)
    )
    steps = sorted(asked, key=lambda pair: (chains[pair[0]], heights[pair[0]], pair))
    return Ladder(
        tuple(
            Rung(answers[number], chain, height + 1) for chain, height, number in rungs
        ),
        tuple(
            _step(answers[low], answers[high], asked[low, high]) for low, high in steps
        ),
    )


# Pairs of lower and higher, by index, and the requirements above that ask.
_Asked = dict[tuple[int, int], tuple[str, ...]]


def _asked(answers: Sequence[Progress]) -> _Asked:
    """Find out who asks for whose award: by its name, or since it counts there."""
    asked: _Asked = {}
    named = [_awards(answer.qualification) for answer in answers]
    for high, answer in enumerate(answers):
        for entry in answer.qualification.requirements:
            wanted = _widened(answer.qualification, entry.match)
            for low, awards in enumerate(named):
                if low != high and not wanted.isdisjoint(awards):
                    asked[low, high] = (*asked.get((low, high), ()), entry.id)
    for low, high, requirements in _counting(answers):
        # Named awards go in no circle: `progress` refuses that. A match by anything
        # else may, and then whoever comes first in the answers is the lower one.
        if (low, high) not in asked and not _reaches(asked, high, low):
            asked[low, high] = requirements
    return asked


def _awards(qualification: Qualification) -> frozenset[str]:
    if qualification.award is None:
        return frozenset()
    return _widened(qualification, qualification.award)


def _widened(qualification: Qualification, match: Match) -> frozenset[str]:
    """Collect the achievements that a match names, and what the file calls the same."""
    named = forms(achievements_named(match))
    for fact in qualification.facts:
        same = forms((fact.id, *fact.same_as))
        if not same.isdisjoint(named):
            named |= same
    return named


def _counting(
    answers: Sequence[Progress],
) -> Iterable[tuple[int, int, tuple[str, ...]]]:
    for low, answer in enumerate(answers):
        if not answer.award:
            continue
        for high, other in enumerate(answers):
            found = _places(other, answer.award)
            if found and low != high:
                yield low, high, found


def _reaches(asked: _Asked, start: int, end: int) -> bool:
    """Say whether steps lead from one qualification up to another."""
    reached = {start}
    left = [start]
    while left:
        here = left.pop()
        above = {high for low, high in asked if low == here} - reached
        reached |= above
        left.extend(above)
    return end in reached


def _heights(asked: _Asked) -> dict[int, int]:
    """Put every qualification above all whose awards it asks for."""
    heights = dict.fromkeys(sorted({number for pair in asked for number in pair}), 0)
    # There is no circle, so that no way is longer than there are qualifications.
    for _ in heights:
        before = dict(heights)
        for low, high in asked:
            heights[high] = max(heights[high], heights[low] + 1)
        if heights == before:
            break
    return heights


def _chains(asked: _Asked) -> dict[int, int]:
    """Give what hangs together one number, in the order of the answers."""
    chains: dict[int, int] = {}
    for start in sorted({number for pair in asked for number in pair}):
        if start in chains:
            continue
        chain = 1 + max(chains.values(), default=0)
        left = [start]
        while left:
            here = left.pop()
            chains[here] = chain
            left.extend(
                number
                for pair in asked
                if here in pair
                for number in pair
                if number not in chains
            )
    return chains


def _step(lower: Progress, upper: Progress, requirements: tuple[str, ...]) -> Step:
    award = lower.state if lower.state in {"held", "eligible"} else "not-yet"
    implied = f"award of {lower.qualification.id}"
    credential = lower.award or (implied if _places(upper, implied) else "")
    counts = bool(credential) and bool(_places(upper, credential))
    why = ""
    if credential and not counts:
        reasons = {unused.credential: unused.why for unused in upper.unused}
        why = reasons.get(credential, "")
    parts = tuple(
        Part(
            name,
            _places(lower, name),
            _places(upper, name),
            _credits(lower, name),
            _credits(upper, name),
        )
        for name in dict.fromkeys(use.credential for use in lower.allocation)
    )
    return Step(
        lower=lower.qualification.id,
        upper=upper.qualification.id,
        requirements=requirements,
        award=award,
        credential=credential,
        counts=counts,
        credits=_credits(upper, credential) if counts else None,
        why=why,
        shared=tuple(part for part in parts if part.above),
        through_award=tuple(part for part in parts if not part.above),
    )


def _places(answer: Progress, credential: str) -> tuple[str, ...]:
    return tuple(
        use.requirement for use in answer.allocation if use.credential == credential
    )


def _credits(answer: Progress, credential: str) -> Fraction | None:
    """Say what a credential brings to requirements of credits: itself, counted once."""
    of_credits = {
        entry.id
        for entry in answer.qualification.requirements
        if entry.type == "credits"
    }
    return max(
        (
            use.amount
            for use in answer.allocation
            if use.credential == credential and use.requirement in of_credits
        ),
        default=None,
    )
