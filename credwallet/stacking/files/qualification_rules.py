"""What do `[qualification]` and `[[achievement]]` of a qualification file say?"""

from datetime import date
from fractions import Fraction
from typing import TypedDict

from credwallet.model.qualification import Fact, Match
from credwallet.stacking.files.match_rules import read_level, read_match
from credwallet.stacking.files.toml_table import Sheet, Table

_MOST_FACTS = 10_000


class Head(TypedDict):
    """Members of a `Qualification` that `[qualification]` states."""

    id: str
    title: str
    awarded_by: tuple[str, ...]
    issuer_ids: tuple[str, ...]
    award: Match | None
    version: str
    valid_from: date | None
    valid_until: date | None
    source: str
    read_on: date | None
    basis: str
    expired: str
    expires_with: str
    framework: str
    level: Fraction | None
    credit_unit: str
    hours_per_credit: tuple[tuple[str, Fraction], ...]
    total_credits: Fraction | None
    max_age_years: int | None
    text: str


def read_head(table: Table) -> Head:
    """Read `[qualification]`.

    Args:
        table: That table.

    Returns:
        Its members.

    """
    identity = table.text("id", required=True)
    award = table.table("award")
    hours = table.table("hours_per_credit")
    valid_from, valid_until = table.day("valid_from"), table.day("valid_until")
    if valid_from and valid_until and valid_until < valid_from:
        table.error("valid_until", "valid_until is before valid_from")
    level = read_level(table, "level")
    years = table.integer("max_age_years")
    total = table.number("total_credits")
    head = Head(
        id=identity,
        title=table.text("title") or identity,
        awarded_by=table.texts("awarded_by"),
        issuer_ids=table.texts("issuer_ids"),
        award=_award(award) if award else None,
        version=table.text("version"),
        valid_from=valid_from,
        valid_until=valid_until,
        source=table.text("source"),
        read_on=table.day("read_on"),
        basis=table.word(
            "basis", ("rule", "recommendation", "estimate"), default="rule"
        ),
        expired=table.word("expired", ("ignore", "count"), default="ignore"),
        expires_with=table.word(
            "expires_with", ("earliest", "latest", "never"), default="earliest"
        ),
        framework=table.text("framework"),
        level=level,
        credit_unit=table.text("credit_unit"),
        hours_per_credit=_hours(hours) if hours else (),
        total_credits=total,
        max_age_years=years,
        text=table.text("text"),
    )
    _check_unit(table, head)
    table.finish()
    return head


def read_facts(sheet: Sheet) -> tuple[Fact, ...]:
    """Read every `[[achievement]]`.

    Args:
        sheet: The parsed file.

    Returns:
        What the file says that achievements are worth.

    """
    facts = []
    seen: set[str] = set()
    for table in sheet.tables("achievement", most=_MOST_FACTS):
        identity = table.text("id", required=True)
        if identity in seen:
            table.error("id", f"there are two of the id '{identity}'")
        seen.add(identity)
        facts.append(
            Fact(
                id=identity,
                credits=table.number("credits", positive=False),
                credit_unit=table.text("credit_unit"),
                level=read_level(table, "level"),
                framework=table.text("framework"),
                kind=table.text("kind"),
                tags=table.texts("tag"),
                same_as=table.texts("same_as"),
            )
        )
        table.text("title")
        table.finish()
    return tuple(facts)


def _award(table: Table) -> Match:
    match = read_match(table)
    if match == Match():
        table.error("", "award fits everything", hint='say achievement = ["..."]')
    return match


def _hours(table: Table) -> tuple[tuple[str, Fraction], ...]:
    read = [(unit, table.number(unit)) for unit in table.values]
    return tuple((unit, hours) for unit, hours in read if hours is not None)


def _check_unit(table: Table, head: Head) -> None:
    units = [unit for unit, _ in head["hours_per_credit"]]
    if units and head["credit_unit"] and head["credit_unit"] not in units:
        table.warning(
            "hours_per_credit",
            f"no hours for {head['credit_unit']}, so no other unit converts to it",
        )
