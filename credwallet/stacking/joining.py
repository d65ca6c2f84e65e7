"""Which things belong together, if some of them meet (disjoint sets)?"""

from collections.abc import Hashable, Iterator
from typing import Generic, TypeVar

Thing = TypeVar("Thing", bound=Hashable)


class Joined(Generic[Thing]):
    """Things in sets; each set goes by one of them, each thing at first by itself."""

    def __init__(self) -> None:
        self._parent: dict[Thing, Thing] = {}

    def __iter__(self) -> Iterator[Thing]:
        """Name every thing that was joined or asked for."""
        return iter(self._parent)

    def of(self, thing: Thing) -> Thing:
        """Return what the set of a thing goes by."""
        parent = self._parent
        while parent.setdefault(thing, thing) != thing:
            parent[thing] = parent[parent[thing]]
            thing = parent[thing]
        return thing

    def join(self, first: Thing, other: Thing) -> None:
        """Put two sets together; they go by what the first one went by.

        Args:
            first: Whatever its set goes by names the joined set.
            other: Any member of the other set, maybe of the same one.

        """
        self._parent[self.of(other)] = self.of(first)
