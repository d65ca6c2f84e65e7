"""Table 1a: signatures and keys."""

from collections.abc import Iterator

from tests.hostile import proof_sets, proofs, sd_jwt, token_texts, tokens
from tests.hostile.hostile_file import HostileFile


def files() -> Iterator[HostileFile]:
    yield from tokens.files()
    yield from token_texts.files()
    yield from proofs.files()
    yield from proof_sets.files()
    yield from sd_jwt.files()
