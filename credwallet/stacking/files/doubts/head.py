"""Does `[qualification]` say what it seems to say?"""

import re
from collections.abc import Iterator
from fractions import Fraction

from credwallet.stacking.amounts import exact, plain
from credwallet.stacking.files.doubts.looking import Look
from credwallet.stacking.files.toml_table import shown

# What a credit has ever stood for: well below and above every national scheme.
_FEWEST_HOURS = Fraction(1)
_MOST_HOURS = Fraction(100)


def find(look: Look) -> None:
    """Note what is doubtful in `[qualification]`.

    Args:
        look: The file.

    """
    raw = look.raw("qualification")[0]
    for key, message, hint in (
        *_words(look, raw),
        *_award(look),
        *_hours(look),
        *_units(look),
    ):
        look.warn(("qualification", 0, key), message, hint=hint)


_Said = Iterator[tuple[str, str, str]]


def _words(look: Look, raw: dict[str, object]) -> _Said:
    rules = look.rules
    if re.search(r"\s", rules.id):
        yield "id", "the id has a blank in it", "it is typed on the command line"
    if rules.source and not re.match(r"https?://[^/]", rules.source, re.IGNORECASE):
        yield "source", "source is no web address", "text is for words"
    if rules.expired == "count" and "expires_with" in raw:
        yield (
            "expires_with",
            "expired parts count, so the whole never lapses with them",
            "leave out expires_with, or expired",
        )
    level = raw.get("level")
    if isinstance(level, str) and exact(level) is not None and type(level) is str:
        yield "level", "a level is a number", f"level = {level}, without quotes"
    if rules.read_on and not rules.source:
        yield "read_on", "read_on says when, and no source says where", "add source"


def _award(look: Look) -> _Said:
    rules = look.rules
    if rules.award is None or rules.issuer_ids or rules.award.issuer:
        return
    if rules.award.achievement or rules.award.any:
        yield (
            "award",
            "anyone could award this: no issuer is named",
            "add issuer_ids, or issuer to the award",
        )


def _hours(look: Look) -> _Said:
    hours = look.rules.hours_per_credit
    if len(hours) == 1 and hours[0][0] == look.rules.credit_unit:
        yield (
            "hours_per_credit",
            f"hours of {shown(hours[0][0])} alone convert nothing",
            "name the hours of each unit that may count",
        )
    seen: dict[str, Fraction] = {}
    for unit, amount in hours:
        key = f"hours_per_credit.{unit}"
        if not _FEWEST_HOURS <= amount <= _MOST_HOURS:
            said = f"{plain(amount)} hours for one credit of {shown(unit)}"
            yield key, said, "hours_per_credit is hours for one credit, as 1 = 25 hours"
        plainly = unit.strip().casefold()
        if plainly in seen and seen[plainly] != amount:
            yield key, f"{shown(unit)} is there twice, with other hours", "keep one"
        seen[plainly] = amount


def _units(look: Look) -> _Said:
    rules = look.rules
    if rules.credit_unit or any(
        entry.type == "credits" for entry in rules.requirements
    ):
        return
    limits = [cap.max_credits for cap in rules.caps]
    limits += [gate.min_credits for gate in rules.gates]
    if any(limit is not None for limit in limits):
        yield (
            "",
            "there is no credit_unit, so caps and gates see no credits",
            'say credit_unit = "ects" or whatever the credits are',
        )
