"""Table 1b: JSON and JSON-LD."""

from collections.abc import Iterator

from tests.hostile import json_ld, json_text
from tests.hostile.hostile_file import HostileFile


def files() -> Iterator[HostileFile]:
    yield from json_text.files()
    yield from json_ld.files()
