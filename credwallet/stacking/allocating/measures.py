"""Which numbers do caps and gates look at, and what does a credential add to them?"""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple

from credwallet.stacking.case import Case


class Measure(NamedTuple):
    """One number that a cap or a gate limits: of whom, where and counted by what."""

    case: int
    limit: int
    members: frozenset[int]
    leaves: frozenset[int]
    by_credits: bool
    bound: Fraction


def caps_of(case: Case, number: int = 0) -> tuple[Measure, ...]:
    """List every number that the caps of a case limit.

    Args:
        case: A qualification, with what each credential is worth to it.
        number: Its place in the problem.

    Returns:
        The measures; `limit` is that of the cap.

    """
    caps = case.qualification.caps
    bounds = [(cap.requirements, cap.max_count, cap.max_credits) for cap in caps]
    return _measures(case, number, bounds, case.capped)


def gates_of(case: Case, number: int = 0) -> tuple[Measure, ...]:
    """List every number that the gates of a case ask for.

    Args:
        case: A qualification, with what each credential is worth to it.
        number: Its place in the problem.

    Returns:
        The measures; `limit` is that of the gate.

    """
    gates = case.qualification.gates
    bounds = [(gate.requirements, gate.min_count, gate.min_credits) for gate in gates]
    return _measures(case, number, bounds, case.gated)


def _measures(
    case: Case,
    number: int,
    bounds: Iterable[tuple[tuple[str, ...], int | None, Fraction | None]],
    among: Sequence[frozenset[int]],
) -> tuple[Measure, ...]:
    return tuple(
        Measure(
            number,
            index,
            among[index],
            _where(case, named),
            by_credits,
            Fraction(bound),
        )
        for index, (named, count, points) in enumerate(bounds)
        for bound, by_credits in ((count, False), (points, True))
        if bound is not None
    )


def amount_in(measure: Measure, case: Case, holding: int) -> Fraction:
    """Say what one holding adds to a measure, where it is used in its requirements.

    Args:
        measure: Of that case.
        case: The one that the measure was made for.
        holding: By index.

    Returns:
        1, its credits, or 0 if the measure is not about it.

    """
    if holding not in measure.members:
        return Fraction(0)
    if measure.by_credits:
        return case.credits[holding] or Fraction(0)
    return Fraction(1)


def _where(case: Case, names: tuple[str, ...]) -> frozenset[int]:
    entries = case.qualification.requirements
    return frozenset(i for i, e in enumerate(entries) if not names or e.id in names)
