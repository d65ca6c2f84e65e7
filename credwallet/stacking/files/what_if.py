"""Which credentials and exceptions does a what-if file assume?

`format = "credwallet-what-if/1"`: `docs/qualification-file.md` states it. Everything in
it is marked as assumed wherever it counts.
"""

from typing import NamedTuple

from credwallet.errors import Usage
from credwallet.model.qualification import Holding, Override, Standing
from credwallet.stacking.files.holding_rules import read_holding
from credwallet.stacking.files.override_rules import read_override
from credwallet.stacking.files.rules import check_format, refuse
from credwallet.stacking.files.toml_table import Finding, Sheet, Table, shown

FORMAT = "credwallet-what-if/1"
_MOST = 10_000
_STATUSES = {
    "verified": Standing.VERIFIED,
    "unverified": Standing.UNVERIFIED,
    "revoked": Standing.REVOKED,
    "suspended": Standing.SUSPENDED,
}


class WhatIf(NamedTuple):
    """What a what-if file assumes."""

    holdings: tuple[Holding, ...]
    overrides: tuple[Override, ...]


def load_what_if(text: str, source_name: str) -> WhatIf:
    """Read a what-if file.

    Args:
        text: The whole file.
        source_name: What to call it in an error.

    Returns:
        Its credentials and overrides.

    Raises:
        Usage: If anything in it is wrong; the first error, with its line.

    """
    try:
        what_if, findings = _read(text)
    except Usage as error:
        raise error.said_of(source_name) from None
    next_step = "docs/qualification-file.md says what a what-if file holds"
    refuse(findings, source_name, next_step=next_step)
    return what_if


def _read(text: str) -> tuple[WhatIf, tuple[Finding, ...]]:
    sheet = Sheet(text)
    if not check_format(sheet, FORMAT):
        return WhatIf((), ()), tuple(sheet.findings)
    sheet.unknown_tables(("format", "credential", "override"))
    tables = sheet.tables("credential", most=_MOST)
    holdings = tuple(_holding(table) for table in tables)
    seen: set[str] = set()
    for table, holding in zip(tables, holdings, strict=True):
        if holding.handle in seen:
            table.error("id", f"there are two of the id {shown(holding.handle)}")
        seen.add(holding.handle)
    overrides = tuple(
        read_override(table, assumed=True)
        for table in sheet.tables("override", most=_MOST)
    )
    return WhatIf(holdings, overrides), tuple(sorted(sheet.findings))


def _holding(table: Table) -> Holding:
    status = table.word("status", tuple(_STATUSES), default="verified")
    handle = table.text("id", required=True)
    holding = read_holding(table, handle, standing=_STATUSES[status])
    holding = holding._replace(result_status=table.text("result_status"))
    table.finish()
    return holding
