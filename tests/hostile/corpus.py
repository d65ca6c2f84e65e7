"""All files of the corpus, made once a run."""

from functools import lru_cache

from tests.hostile import (
    carriers,
    controls,
    json_and_json_ld,
    showing,
    signatures_and_keys,
    time_and_documents,
)
from tests.hostile.hostile_file import HostileFile

GROUPS = (
    signatures_and_keys,
    json_and_json_ld,
    time_and_documents,
    carriers,
    showing,
)


@lru_cache(maxsize=1)
def hostile_files() -> tuple[HostileFile, ...]:
    """Make every hostile file."""
    return tuple(file for group in GROUPS for file in group.files())


@lru_cache(maxsize=1)
def control_files() -> tuple[HostileFile, ...]:
    """Make every good file."""
    return tuple(controls.files())
