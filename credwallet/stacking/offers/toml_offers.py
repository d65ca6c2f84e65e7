"""Which offers does a TOML file hold?

`format = "credwallet-offers/1"`: `docs/planning.md` ("The offers file") states it.
"""

import re

from credwallet.errors import Usage
from credwallet.model.offer import Offer
from credwallet.stacking.files.rules import check_format, refuse
from credwallet.stacking.files.toml_table import Finding, Sheet, Table
from credwallet.stacking.offers.offer_rules import (
    MAX_BYTES,
    MOST_OFFERS,
    read_offer,
    refuse_doubles,
)
from credwallet.stacking.offers.offer_text import NEXT_STEP, text_of

FORMAT = "credwallet-offers/1"

# A first statement: a key, or the header of a table. JSON begins with none of them.
_FIRST = re.compile(
    rb"""(\s|#[^\n]*\n)*([A-Za-z0-9_."'-]+[ \t]*=|\[\[?[ \t]*[A-Za-z])"""
)


def sniff(data: bytes) -> bool:
    """Say whether this looks like TOML at all.

    Args:
        data: The whole file.

    Returns:
        True if its first statement could be one of TOML.

    """
    return _FIRST.match(data.removeprefix(b"\xef\xbb\xbf")) is not None


def read(data: bytes, source_name: str) -> tuple[Offer, ...]:
    """Read an offers file.

    Args:
        data: The whole file.
        source_name: What to call it in an error.

    Returns:
        Its offers, in their order.

    Raises:
        Usage: If anything in it is wrong; the first error, with its line.

    """
    text = text_of(data, source_name).replace("\r\n", "\n")
    try:
        offers, findings = _read(text)
    except Usage as error:
        raise error.said_of(source_name) from None
    refuse(findings, source_name, next_step=NEXT_STEP)
    return offers


def _read(text: str) -> tuple[tuple[Offer, ...], tuple[Finding, ...]]:
    sheet = Sheet(text, most_bytes=MAX_BYTES)
    if not check_format(sheet, FORMAT):
        return (), tuple(sheet.findings)
    sheet.unknown_tables(("format", "offer"))
    tables = sheet.tables("offer", most=MOST_OFFERS)
    offers = tuple(_offer(table) for table in tables)
    refuse_doubles(tables, offers)
    return offers, tuple(sorted(sheet.findings))


def _offer(table: Table) -> Offer:
    gives = table.table("gives")
    offer = read_offer(table, gives)
    if gives is not None:
        gives.finish()
    table.finish()
    return offer
