"""Which credentials and exceptions does a what-if file assume?

`format = "credwallet-what-if/1"`: `docs/qualification-file.md` states it. Everything in
it is marked as assumed wherever it counts.
"""

from fractions import Fraction
from typing import NamedTuple

from credwallet.errors import Usage
from credwallet.model.qualification import Holding, Override, Standing
from credwallet.stacking.amounts import exact
from credwallet.stacking.rules import check_format, refuse
from credwallet.stacking.toml_table import Finding, Sheet, Table, shown

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
        raise Usage(f"{source_name}: {error.what}", next_step=error.next_step) from None
    refuse(findings, source_name)
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
        _override(table) for table in sheet.tables("override", most=_MOST)
    )
    return WhatIf(holdings, overrides), tuple(sorted(sheet.findings))


def _holding(table: Table) -> Holding:
    status = table.word("status", tuple(_STATUSES), default="verified")
    issued, expires = table.day("issued"), table.day("expires")
    holding = Holding(
        handle=table.text("id", required=True),
        standing=_STATUSES[status],
        achievement=table.text("achievement"),
        codes=table.texts("code"),
        same_as=table.texts("same_as"),
        alignments=table.texts("alignment"),
        issuer=table.text("issuer"),
        name=table.text("name"),
        issued=issued,
        expires=expires,
        credits=table.number("credits", positive=False),
        credit_unit=table.text("credit_unit"),
        level=_level(table),
        framework=table.text("framework"),
        kind=table.text("kind"),
        grade=table.number("grade", positive=False),
        tags=table.texts("tag"),
        result_status=table.text("result_status"),
        assumed=True,
    )
    table.finish()
    return holding


def _level(table: Table) -> Fraction | None:
    value = table.values.get("level")
    if isinstance(value, str) and exact(value) is None:
        # A level in words compares with nothing, and says nothing wrong.
        table.text("level")
        return None
    return table.number("level", positive=False)


def _override(table: Table) -> Override:
    kind = table.word("type", ("waive", "substitute", "equivalent"))
    authority = table.word("authority", ("issuer", "learner"), default="learner")
    override = Override(
        qualification=table.text("qualification", required=True),
        type=kind,
        requirement=table.text("requirement", required=True),
        authority=authority,
        evidence=table.text("evidence"),
        credential=table.text("credential"),
        achievement=table.text("achievement"),
        credits=table.number("credits"),
        valid_from=table.day("valid_from"),
        valid_until=table.day("valid_until"),
        assumed=True,
    )
    table.text("text")
    if kind == "substitute" and not override.credential and not table.has("credential"):
        table.error("", "a substitute names its credential", hint='credential = "ID"')
    if kind == "equivalent" and not (override.credential or override.achievement):
        table.error("", "equivalent needs achievement = or credential =")
    table.finish()
    return override
