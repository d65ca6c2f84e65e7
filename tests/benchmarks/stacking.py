"""How fast is an exact answer, and how often is a quick one wrong?

    python -m tests.benchmarks.stacking

Two wallets against the same kind of rules: 30 credentials and 50 qualifications without
the solver, 500 and 200 with it. Beside the exact answers stand those of two quick ways
to count that are common: each credential at the first requirement that it fits, in the
order of the wallet, and the same with the credentials first that fit the fewest.
"""

import argparse
import time
from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from credwallet.model.qualification import Holding, Progress, Qualification
from credwallet.stacking import load, load_what_if, progress
from credwallet.stacking.allocating.options import Use
from credwallet.stacking.case import Assumptions, Case, case_of
from credwallet.stacking.seen import Seen
from credwallet.stacking.settled import full_caps, settle
from tests.benchmarks.stacking_cases import AS_OF, qualification, wallet
from tests.stacking import oracle
from tests.stacking.random_cases import random_case

_LEAVES = 30


class Quick(NamedTuple):
    """How a quick way to count compares: seconds, wrong answers, points too low."""

    seconds: float
    wrong: int
    mean: Fraction
    worst: Fraction


def first_fit(case: Case, *, scarcest: bool) -> Fraction:
    """Count each credential at the first requirement that still needs it."""
    entries = case.qualification.requirements
    order = sorted(
        (index for index in case.leaves if case.bars[index] is None),
        key=lambda index: (len(case.leaves[index]) if scarcest else 0, index),
    )
    have = [Fraction(0)] * len(entries)
    used: dict[int, tuple[int, ...]] = {}
    for index in order:
        for leaf in case.leaves[index]:
            short = have[leaf] < entries[leaf].need and case.fits[index, leaf].amount
            inside = used.get(index, ())
            if short and _may_join(case, inside, leaf):
                if not inside and full_caps(case, used, index, leaf):
                    continue
                have[leaf] += case.fits[index, leaf].amount
                used[index] = (*inside, leaf)
    uses = tuple(Use(0, leaves, index) for index, leaves in used.items())
    return settle(case, uses, upper=Fraction(1), proven=False, first=True).fraction


def _may_join(case: Case, inside: tuple[int, ...], leaf: int) -> bool:
    """Say whether shares let one credential stand in these and one more."""
    entries = case.qualification.requirements
    return all(
        any(
            {entries[leaf].id, entries[other].id} <= set(share.requirements)
            for share in case.qualification.shares
        )
        for other in inside
    )


def compared(
    cases: Sequence[Case], best: Sequence[Fraction], *, scarcest: bool
) -> Quick:
    """Count quickly, and compare with the best."""
    start = time.perf_counter()
    found = [first_fit(case, scarcest=scarcest) for case in cases]
    seconds = time.perf_counter() - start
    short = [b - f for b, f in zip(best, found, strict=True)]
    wrong = [100 * amount for amount in short if amount]
    mean = sum(wrong, Fraction(0)) / len(cases)
    return Quick(seconds, len(wrong), mean, max(wrong, default=Fraction(0)))


def cases_of(
    rules: Sequence[Qualification], holdings: Sequence[Holding]
) -> tuple[Case, ...]:
    """See the rules against a wallet."""
    seen = Seen(holdings, as_of=AS_OF, assume_unverified=False)
    assumptions = Assumptions(assume=True, known_issuers=frozenset())
    return tuple(
        case_of(entry, seen, assumptions=assumptions, overrides=()) for entry in rules
    )


def run(credentials: int, qualifications: int, *, solver: float, rounds: int) -> None:
    """Time one wallet against its rules, and print a few lines."""
    holdings = wallet(credentials, 1)
    rules = [qualification(n, 1000 + n, leaves=_LEAVES) for n in range(qualifications)]
    wall, cpu = [], []
    answers: tuple[Progress, ...] = ()
    for _ in range(rounds):
        start, begun = time.perf_counter(), time.process_time()
        answers = progress(rules, holdings, as_of=AS_OF, solver_seconds=solver)
        wall.append(time.perf_counter() - start)
        cpu.append(time.process_time() - begun)
    proven = sum(answer.proven for answer in answers)
    print(
        f"{credentials} credentials x {qualifications} qualifications x {_LEAVES} "
        f"requirements, {'with' if solver else 'without'} the solver: "
        f"{min(wall):.2f} s ({min(cpu):.2f} s of one processor; the best of {rounds}), "
        f"proven {proven} of {qualifications}"
    )
    cases = cases_of(rules, holdings)
    best = [answer.fraction for answer in answers]
    show(cases, best)


def show(cases: Sequence[Case], best: Sequence[Fraction]) -> None:
    """Print how the quick ways compare."""
    for name, scarcest in (("first fit", False), ("scarcest first", True)):
        quick = compared(cases, best, scarcest=scarcest)
        print(
            f"  {name}: {quick.seconds:.3f} s, wrong {quick.wrong} of {len(cases)}, "
            f"mean {float(quick.mean):.1f} points low, worst {float(quick.worst):.1f}"
        )


def small(count: int) -> None:
    """Compare on the small cases that the tests enumerate."""
    cases, best = [], []
    for seed in range(count):
        case = random_case(seed)
        case["waived"] = set()
        rules = load(oracle.toml_of(case), "rules")
        holdings = load_what_if(oracle.what_if_of(case), "what-if").holdings
        (answer,) = progress([rules], holdings, as_of=AS_OF)
        cases.extend(cases_of([rules], holdings))
        best.append(answer.fraction)
    print(f"{count} small cases, contested on purpose (3 to 8 credentials)")
    show(cases, best)


def main() -> None:
    """Run all of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    small(600)
    run(30, 50, solver=0, rounds=rounds)
    run(500, 200, solver=60, rounds=rounds)


if __name__ == "__main__":
    main()
