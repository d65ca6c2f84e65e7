"""Which values of an SD-JWT can its holder show or hold back, and where do they stand?

RFC 9901 sections 4.2 and 7.1. A place is named by its path in the claims that all
disclosures together make. A value inside another that can be held back needs that one.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from credwallet.formats import _disclosures as disclosing
from credwallet.formats._claims import claims_of
from credwallet.model.credential import Held

Path = tuple[str | int, ...]


class Choice(NamedTuple):
    """A value that can be shown or held back.

    `path` leads to it, `text` is its disclosure, `inside` are the paths of the choices
    around it, outermost first.
    """

    path: Path
    text: bytes
    inside: tuple[Path, ...]


class Choices(NamedTuple):
    """All choices in the order of their disclosures, and every path that there is."""

    choices: tuple[Choice, ...]
    paths: tuple[Path, ...]


def choices(held: Held) -> Choices:
    """Find what the holder of an SD-JWT can choose.

    Args:
        held: Read by the format, without a `problem`.

    Returns:
        One choice a disclosure; elements of an array count as they stand among those
        that are disclosed.

    """
    if held.jws is None or held.sd_jwt is None:
        raise AssertionError
    disclosures = disclosing.read_disclosures(held.sd_jwt.disclosures)
    walk = _Walk(disclosures, held.sd_jwt.hash_name)
    payload = claims_of(held.jws)
    walk.any({k: v for k, v in payload.items() if k != "_sd_alg"}, (), ())
    order = {entry.encoded: place for place, entry in enumerate(disclosures)}
    found = sorted(walk.choices, key=lambda choice: order[choice.text])
    return Choices(tuple(found), tuple(walk.paths))


def presented(held: Held, chosen: Sequence[Choice]) -> bytes:
    """Write an SD-JWT with some of its disclosures and without a key binding.

    Args:
        held: As received.
        chosen: In the order of its disclosures.

    """
    if held.sd_jwt is None:
        raise AssertionError
    token = held.sd_jwt.text.partition(b"~")[0]
    return b"".join(part + b"~" for part in (token, *(each.text for each in chosen)))


class _Walk:
    """One walk over the claims; keeps what was found on the way."""

    def __init__(
        self, disclosures: Sequence[disclosing.Disclosure], hash_name: str
    ) -> None:
        self._by_digest = {
            disclosing.digest(entry.encoded, hash_name): entry for entry in disclosures
        }
        self.choices: list[Choice] = []
        self.paths: list[Path] = []

    def any(self, value: Any, path: Path, inside: tuple[Path, ...]) -> None:
        """Walk over a value of any kind."""
        if path:
            self.paths.append(path)
        if isinstance(value, dict):
            for name, member in value.items():
                if name != "_sd":
                    self.any(member, (*path, name), inside)
            for key in value.get("_sd", ()):
                self._open(key, path, inside)
        elif isinstance(value, list):
            place = 0
            for element in value:
                if isinstance(element, dict) and "..." in element:
                    place += self._open(element["..."], (*path, place), inside)
                else:
                    self.any(element, (*path, place), inside)
                    place += 1

    def _open(self, key: str, path: Path, inside: tuple[Path, ...]) -> bool:
        """Walk into what a digest stands for; tell whether it is disclosed here."""
        entry = self._by_digest.get(key)
        if entry is None:
            return False
        if entry.name is not None:
            path = (*path, entry.name)
        self.choices.append(Choice(path, entry.encoded, inside))
        self.any(entry.value, path, (*inside, path))
        return True
