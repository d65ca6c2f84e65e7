"""Does each `[[achievement]]` say something that counts?"""

from credwallet.model.qualification import Fact
from credwallet.stacking.files.doubts.looking import Look, matches_of, named_only
from credwallet.stacking.files.match_rules import achievements_named
from credwallet.stacking.files.toml_table import near, shown
from credwallet.stacking.matching import forms, same_form

# Finding near names is slow; whoever mistyped more will see it after these.
_MOST = 20
_MOST_NAMES = 2_000


def find(look: Look) -> None:
    """Note facts about achievements that nobody asks for, or in a unit of nobody.

    Args:
        look: The file.

    """
    tops = [asked.match for asked in matches_of(look) if asked.path in _TOPS]
    asked = forms(name for match in tops for name in achievements_named(match))
    closed = all(named_only(match) is not None for match in tops)
    names = sorted(asked)[:_MOST_NAMES]
    searched = 0
    for index, fact in enumerate(look.rules.facts):
        if look.sheet.full():
            return
        _unit(look, index, fact)
        if not asked.isdisjoint({same_form(fact.id), *forms(fact.same_as)}):
            continue
        if searched == _MOST or not (closed or not _says_more(fact)):
            continue
        searched += 1
        hint = near(fact.id, names)
        if closed or hint:
            said = f"nothing asks for {shown(fact.id)}"
            look.warn(("achievement", index, "id"), said, hint=hint)


_TOPS = ("match", "award")


def _says_more(fact: Fact) -> bool:
    """Say whether a fact can make an achievement fit a match that names none."""
    return bool(
        fact.tags or fact.kind or fact.level is not None or fact.credits is not None
    )


def _unit(look: Look, index: int, fact: Fact) -> None:
    rules = look.rules
    known = {unit.strip().casefold() for unit, _ in rules.hours_per_credit}
    known.add(rules.credit_unit.strip().casefold())
    unit = fact.credit_unit.strip().casefold()
    if fact.credits is not None and not unit:
        look.warn(
            ("achievement", index, "credits"),
            f"the credits of {shown(fact.id)} have no credit_unit and count nothing",
            hint=f'credit_unit = "{rules.credit_unit or "..."}"',
        )
    elif unit and unit not in known:
        look.warn(
            ("achievement", index, "credit_unit"),
            f"{shown(fact.credit_unit)} does not convert to the file's credit_unit",
            hint=near(unit, sorted(known)) or "say its hours in hours_per_credit",
        )
