"""Which offers does a CSV table hold?

One row an offer, below a header of the names that the TOML form has; what an offer
gives stands in columns of its own. RFC 4180, with a comma, a semicolon or a tab between
the cells, whichever makes sense of the header. Several values in one cell are separated
by semicolons.
"""

import csv
import io
from typing import Any

from credwallet.errors import Usage
from credwallet.model.offer import Offer
from credwallet.stacking.files.rules import refuse
from credwallet.stacking.files.toml_places import Place, Places
from credwallet.stacking.files.toml_table import Finding, Sheet, near, shown
from credwallet.stacking.offers.offer_rules import (
    GIVES_KEYS,
    MOST_OFFERS,
    OFFER_KEYS,
    read_offer,
    refuse_doubles,
)
from credwallet.stacking.offers.offer_text import NEXT_STEP, text_of

COLUMNS = (*OFFER_KEYS, *GIVES_KEYS)
_LISTS = frozenset(("requires", "code", "same_as", "alignment", "tag"))
_DELIMITERS = (",", ";", "\t")
# What others call a column.
_CALLED = dict.fromkeys(("price", "fee", "fees"), "cost")
_THERE_ARE = f"the columns are {', '.join(COLUMNS)}"
# The longest header that a file can sensibly have, quotes and spaces included.
_HEADER = 4096


def sniff(data: bytes) -> bool:
    """Say whether this begins with a header of offers.

    Args:
        data: The whole file.

    Returns:
        True if a cell of its first line is the name of a column, and it is no line of
        TOML or JSON.

    """
    head = data[:_HEADER].removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
    line = (head.splitlines() or [""])[0]
    other = "=" in line or line.lstrip().startswith(("{", "["))
    return not other and _known(line, _delimiter(line)) > 0


def read(data: bytes, source_name: str) -> tuple[Offer, ...]:
    """Read a table of offers.

    Args:
        data: The whole file.
        source_name: What to call it in an error.

    Returns:
        Its offers, in their order.

    Raises:
        Usage: If anything in it is wrong; the first error, with its line.

    """
    text = text_of(data, source_name)
    try:
        offers, findings = _read(text)
    except Usage as error:
        raise error.said_of(source_name) from None
    refuse(findings, source_name, next_step=NEXT_STEP)
    return offers


def _read(text: str) -> tuple[tuple[Offer, ...], tuple[Finding, ...]]:
    header, rows = _rows(text)
    sheet = Sheet("", rows=True)
    _check_header(sheet, header)
    if sheet.findings:
        return (), tuple(sheet.findings)
    entries: list[dict[str, Any]] = []
    places: dict[tuple[str, int, str], Place] = {}
    for line, cells in rows:
        if len(cells) != len(header):
            message = f"{len(cells)} cells, where the header has {len(header)}"
            hint = "put quotes around a value that holds what stands between the cells"
            sheet.add(Place(line, 1), message, hint=hint)
            continue
        for column, name in enumerate(header, 1):
            places["offer", len(entries), name] = Place(line, column)
        places["offer", len(entries), ""] = Place(line, 1)
        named = zip(header, cells, strict=True)
        entries.append({name: _value(name, cell) for name, cell in named if cell})
    sheet.root = {"offer": entries}
    sheet.places = Places(places)
    tables = sheet.tables("offer", most=MOST_OFFERS)
    offers = tuple(read_offer(table, table) for table in tables)
    refuse_doubles(tables, offers)
    return offers, tuple(sorted(sheet.findings))


def _rows(text: str) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """Take a text apart into its header, and rows that are not empty by their line."""
    delimiter = _delimiter((text[:_HEADER].splitlines() or [""])[0])
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[tuple[int, list[str]]] = []
    line = 1
    try:
        for cells in lines:
            said = [_one_line(line, cell) for cell in cells]
            if any(said):
                rows.append((line, said))
            if len(rows) > MOST_OFFERS + 1:
                break
            line = lines.line_num + 1
    except csv.Error as error:
        raise Usage(
            f"line {line}: not readable as CSV: {error}",
            next_step='a quote within quotes is written twice: "a ""b"" c"',
            line=line,
        ) from None
    if not rows:
        raise Usage("line 1: there is no header", next_step=NEXT_STEP, line=1)
    return [name.casefold() for name in rows[0][1]], rows[1:]


def _one_line(line: int, cell: str) -> str:
    """Put what a cell holds on one line; a quoted cell may go over several."""
    said = " ".join(cell.split())
    if any(character < " " or character == "\x7f" for character in said):
        raise Usage(
            f"line {line}: a control character within a cell",
            next_step="take it out",
            line=line,
        )
    return said


def _check_header(sheet: Sheet, header: list[str]) -> None:
    for column, name in enumerate(header, 1):
        place = Place(1, column)
        if name not in COLUMNS:
            hint = near(_CALLED.get(name, name), COLUMNS) or _THERE_ARE
            sheet.add(place, f"unknown column {shown(name)}", hint=hint)
        elif name in header[: column - 1]:
            sheet.add(place, f"there are two columns {shown(name)}")
    if "id" not in header:
        sheet.add(Place(1, 1), "there is no column 'id'")


def _value(name: str, cell: str) -> str | list[str]:
    if name not in _LISTS:
        return cell
    return [part.strip() for part in cell.split(";") if part.strip()]


def _delimiter(header: str) -> str:
    return max(_DELIMITERS, key=lambda delimiter: _known(header, delimiter))


def _known(header: str, delimiter: str) -> int:
    cells = header.split(delimiter)
    return sum(cell.strip(' "').casefold() in COLUMNS for cell in cells)
