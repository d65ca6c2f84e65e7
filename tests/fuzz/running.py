"""Puts many inputs to a target, and counts what came of them."""

from functools import lru_cache
from pathlib import Path
from random import Random
from typing import NamedTuple

from tests.fuzz.oracle import Oracle
from tests.fuzz.targets import Target


class Tally(NamedTuple):
    """What came of the inputs; `worst` is the longest time in seconds."""

    inputs: int
    results: int
    refusals: int
    worst: float


@lru_cache(maxsize=16)
def _seeds(target: Target) -> tuple[bytes, ...]:
    return target.seeds()


def run(target: Target, count: int, seed: str, folder: Path) -> Tally:
    """Put `count` inputs to a target, always the same ones for the same seed.

    Args:
        target: What reads them.
        count: How many.
        seed: Where chance begins.
        folder: Where inputs that show a defect are kept.

    Raises:
        Finding: At the first input that ends with anything but a result or one of our
            own errors.

    """
    chance = Random(f"{target.name} {seed}")  # noqa: S311 -- the same for the same seed
    good = _seeds(target)
    oracle = Oracle(target.name, target.read, folder)
    refusals, worst = 0, 0.0
    for _ in range(count):
        asked = oracle.ask(target.vary(chance, good))
        refusals += asked.refused
        worst = max(worst, asked.seconds)
    return Tally(count, count - refusals, refusals, worst)
