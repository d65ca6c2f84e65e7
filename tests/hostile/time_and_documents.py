"""Table 1c: time, the issuer's documents, and status."""

from collections.abc import Iterator

from tests.hostile import dates, did_web, open_badges_2, status
from tests.hostile.hostile_file import HostileFile


def files() -> Iterator[HostileFile]:
    yield from dates.files()
    yield from did_web.files()
    yield from status.files()
    yield from open_badges_2.files()
