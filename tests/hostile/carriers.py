"""Table 1d: pictures and archives that carry badges."""

from collections.abc import Iterator

from tests.hostile import archives, pictures, qr_codes, wallets, web_and_pdf
from tests.hostile.hostile_file import HostileFile


def files() -> Iterator[HostileFile]:
    yield from pictures.files()
    yield from archives.files()
    yield from wallets.files()
    yield from qr_codes.files()
    yield from web_and_pdf.files()
