"""Table 1a: signatures and keys."""

from collections.abc import Iterator

from tests.hostile import proofs, sd_jwt, tokens
from tests.hostile.hostile_file import HostileFile


def files() -> Iterator[HostileFile]:
    yield from tokens.files()
    yield from proofs.files()
    yield from sd_jwt.files()
