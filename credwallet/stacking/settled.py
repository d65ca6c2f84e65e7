"""What does an allocation come to, by the law and in exact fractions?

The search works in whole numbers and shortcuts; here its answer is added up again in
the plainest way, and everything that is shown is taken from this.
"""

from dataclasses import dataclass
from fractions import Fraction

from credwallet.model.qualification import GateProgress
from credwallet.stacking.allocating.measures import (
    Measure,
    amount_in,
    caps_of,
    gates_of,
)
from credwallet.stacking.allocating.options import Use
from credwallet.stacking.allocating.worth import fractions_of
from credwallet.stacking.case import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """One case with its allocation.

    `have` and `fractions` go by the requirement's index and id; groups and the whole
    (`""`) have fractions too. `used` maps a holding to the requirements it stands in.
    """

    case: Case
    used: dict[int, tuple[int, ...]]
    have: tuple[Fraction, ...]
    fractions: dict[str, Fraction]
    gates: tuple[GateProgress, ...]
    fraction: Fraction
    satisfied: bool
    bounds: tuple[Fraction, Fraction]
    proven: bool


def settle(
    case: Case, uses: tuple[Use, ...], *, upper: Fraction, proven: bool, first: bool
) -> Settled:
    """Add up an allocation.

    Args:
        case: The qualification, with what each credential is worth to it.
        uses: What is used in it.
        upper: No allocation has a larger fraction.
        proven: Whether the allocation is known to be the best.
        first: Whether nothing preferred could still take away from it.

    Returns:
        What it comes to.

    """
    entries = case.qualification.requirements
    used = {use.holding: use.leaves for use in uses}
    have = [Fraction(0)] * len(entries)
    for holding, leaves in used.items():
        for leaf in leaves:
            have[leaf] += case.fits[holding, leaf].amount
    fractions = {
        entry.id: Fraction(1)
        if index in case.waived
        else min(Fraction(1), have[index] / entry.need)
        for index, entry in enumerate(entries)
    }
    fractions = fractions_of(case.qualification, fractions)
    fraction = fractions[""]
    gates = tuple(
        _gate(case, used, index) for index in range(len(case.qualification.gates))
    )
    lower = fraction if first else Fraction(0)
    return Settled(
        case=case,
        used=used,
        have=tuple(have),
        fractions=fractions,
        gates=gates,
        fraction=fraction,
        satisfied=fraction == 1 and all(gate.met for gate in gates),
        bounds=(fraction, fraction) if proven else (lower, max(fraction, upper)),
        proven=proven,
    )


def measured(
    case: Case, used: dict[int, tuple[int, ...]], measure: Measure
) -> Fraction:
    """Add up what a cap or gate looks at.

    Args:
        case: The one that the measure was made for.
        used: Holdings and the requirements they stand in.
        measure: One number of a cap or gate of the case.

    Returns:
        The sum; a credential counts once, wherever it stands.

    """
    return sum(
        (
            amount_in(measure, case, holding)
            for holding, leaves in used.items()
            if not measure.leaves.isdisjoint(leaves)
        ),
        Fraction(0),
    )


def full_caps(
    case: Case, used: dict[int, tuple[int, ...]], holding: int, leaf: int
) -> tuple[str, ...]:
    """Name the caps that keep one more holding out of a requirement.

    Args:
        case: The qualification, with what each credential is worth to it.
        used: Holdings and the requirements they stand in.
        holding: One that is not used.
        leaf: A requirement that it fits.

    Returns:
        Ids of the caps.

    """
    names = []
    for measure in caps_of(case):
        with_it = measured(case, {**used, holding: (leaf,)}, measure)
        if with_it > measure.bound and amount_in(measure, case, holding):
            names.append(case.qualification.caps[measure.limit].id)
    return tuple(dict.fromkeys(names))


def _gate(case: Case, used: dict[int, tuple[int, ...]], index: int) -> GateProgress:
    gate = case.qualification.gates[index]
    found = [
        GateProgress(
            id=gate.id,
            met=(have := measured(case, used, measure)) >= measure.bound,
            have=have,
            need=measure.bound,
            unit="credits" if measure.by_credits else "credentials",
            text=gate.text,
        )
        for measure in gates_of(case)
        if measure.limit == index
    ]
    # The first that is not met decides, else the first.
    return min(found, key=lambda entry: entry.met)
