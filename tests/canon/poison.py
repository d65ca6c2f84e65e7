"""Graphs that cost whoever gives names to their nodes naively all the time there is."""

import random

from credwallet.canon.rdfc import Dataset

P = " <urn:ex:p> "


def complete(size: int) -> Dataset:
    labels = [f"_:n{number}" for number in range(size)]
    return Dataset([], [(a, P, b, "") for a in labels for b in labels if a != b])


def cycle(size: int) -> Dataset:
    return Dataset(
        [], [(f"_:n{n}", P, f"_:n{(n + 1) % size}", "") for n in range(size)]
    )


def tree(depth: int, width: int) -> Dataset:
    quads, level = [], ["_:r"]
    for _ in range(depth):
        below = [f"{parent}{child}" for parent in level for child in range(width)]
        quads += [(name[:-1], P, name, "") for name in below]
        level = below
    return Dataset([], quads)


def random_regular(size: int, degree: int) -> Dataset:
    shuffler = random.Random(7)  # noqa: S311 -- no secret
    quads = []
    for _ in range(degree):
        order = list(range(size))
        shuffler.shuffle(order)
        quads += [(f"_:n{n}", P, f"_:n{order[n]}", "") for n in range(size)]
    return Dataset([], quads)
