"""Wallets and rules made at random, contested on purpose, for the stacking benchmark.

2,000 achievements stand in 200 topics. A requirement asks for one of a few achievements
(60 %), for several of a topic (25 %), or for credits out of topics (15 %); six of the
thirty stand in a group of which four are needed.
"""

import random
from datetime import date
from fractions import Fraction

from credwallet.model.qualification import (
    Cap,
    Gate,
    Group,
    Holding,
    Match,
    Qualification,
    Requirement,
    Share,
)

AS_OF = date(2026, 11, 24)
_ACHIEVEMENTS = 2000
_TOPICS = 200
_SIZES = ("1", "2", "2.5", "3", "4", "5", "7.5", "10")


def wallet(count: int, seed: int) -> tuple[Holding, ...]:
    """Make a wallet of verified credentials, each of another achievement."""
    chance = random.Random(seed)  # noqa: S311 -- cases, no secrets
    numbers = chance.sample(range(_ACHIEVEMENTS), count)
    return tuple(
        Holding(
            handle=f"c{place:04}",
            achievement=f"ach:{number}",
            issuer=f"https://issuer{number % 17}.example",
            credits=Fraction(chance.choice(_SIZES)),
            credit_unit="ects",
            level=Fraction(chance.randint(3, 7)),
            tags=tuple(f"topic{t}" for t in _topics(number)),
            kind=chance.choice(("micro", "micro", "apel")),
        )
        for place, number in enumerate(numbers)
    )


def _topics(number: int) -> tuple[int, ...]:
    """Give an achievement its two topics, the same in every wallet."""
    return (number % _TOPICS, (number * 7 + number // _TOPICS) % _TOPICS)


def qualification(
    number: int, seed: int, *, leaves: int = 30, width: int = 8
) -> Qualification:
    """Make one qualification.

    Args:
        number: Its place, for its id.
        seed: Of its dice.
        leaves: Requirements; a fifth of them stand in a group of which two thirds are
            needed.
        width: Topics that it is about: the fewer, the more is contested.

    """
    chance = random.Random(seed)  # noqa: S311 -- cases, no secrets
    topics = chance.sample(range(_TOPICS), width)
    grouped = leaves // 5
    requirements = [
        _requirement(chance, index, topics, "choice" if index < grouped else "")
        for index in range(leaves)
    ]
    groups = ()
    if grouped:
        n = max(1, grouped * 2 // 3)
        groups = (Group("choice", "n_of", n, Fraction(n)),)
    shares: tuple[Share, ...] = ()
    if chance.random() < 0.3:
        some = chance.sample([r.id for r in requirements], 2)
        shares = (Share(tuple(some)),)
    caps: tuple[Cap, ...] = ()
    if chance.random() < 0.3:
        caps = (Cap("apel", Match(kind=("apel",)), max_count=4),)
    gates: tuple[Gate, ...] = ()
    if chance.random() < 0.3:
        gates = (Gate("level", Match(min_level=Fraction(5)), min_count=3),)
    return Qualification(
        id=f"q{number:03}",
        title=f"Qualification {number}",
        requirements=tuple(requirements),
        groups=groups,
        shares=shares,
        caps=caps,
        gates=gates,
        credit_unit="ects",
    )


def _requirement(
    chance: random.Random, index: int, topics: list[int], group: str
) -> Requirement:
    kind = chance.random()
    name = f"r{index:02}"
    if kind < 0.15:
        some = tuple(f"topic{t}" for t in chance.sample(topics, 2))
        need = Fraction(chance.choice(("6", "10", "15", "20")))
        return Requirement(name, "credits", need, Match(tag=some), Fraction(2), group)
    if kind < 0.40:
        tag = (f"topic{chance.choice(topics)}",)
        need = Fraction(chance.randint(2, 3))
        return Requirement(name, "count", need, Match(tag=tag), need, group)
    near = [n for t in topics for n in range(t, _ACHIEVEMENTS, _TOPICS)]
    some = tuple(f"ach:{n}" for n in chance.sample(near, chance.randint(2, 8)))
    match = Match(achievement=some)
    return Requirement(name, "credential", Fraction(1), match, Fraction(1), group)
