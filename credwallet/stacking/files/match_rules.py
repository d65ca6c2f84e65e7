"""How does a `match = { ... }` of a file read?

Keys and their meaning: `docs/qualification-file.md`. There are no patterns: every value
is compared as it stands, so that no file can make a comparison slow.
"""

from fractions import Fraction

from credwallet.model.qualification import Match
from credwallet.stacking.amounts import exact
from credwallet.stacking.files.toml_table import Table

_MAX_DEPTH = 8
_LISTS = ("achievement", "alignment", "code", "issuer", "not_issuer", "tag", "kind")


def read_match(table: Table, *, depth: int = 0) -> Match:
    """Read a match, and note what is wrong with it.

    Args:
        table: The inline table.
        depth: How many `any` it stands in.

    Returns:
        The match; keys that are wrong are left out of it.

    """
    lists = {key: table.texts(key) for key in _LISTS}
    min_level = read_level(table, "min_level")
    framework = table.text("framework")
    min_grade = table.number("min_grade", positive=False)
    any_of: tuple[Match, ...] = ()
    if depth < _MAX_DEPTH:
        inner = table.inner_tables("any")
        any_of = tuple(read_match(entry, depth=depth + 1) for entry in inner)
    elif table.has("any"):
        table.inner_tables("any")
        table.error("any", f"any within any deeper than {_MAX_DEPTH}")
    _hint_name(table)
    table.finish()
    return Match(
        **lists,
        min_level=min_level,
        framework=framework,
        min_grade=min_grade,
        any=any_of,
    )


def read_level(table: Table, key: str) -> Fraction | None:
    """Read a level, and say what to write where it is in words.

    Args:
        table: The table that holds it.
        key: `level`, or another key that holds one.

    Returns:
        The level, or None.

    """
    value = table.values.get(key)
    if isinstance(value, str) and exact(value) is None:
        table.asked.append(key)
        hint = f'"EQF 6" is framework = "eqf" and {key} = 6'
        table.error(key, f"{key} must be an exact number", hint=hint)
        return None
    return table.number(key, positive=False)


def issuers_named(match: Match) -> frozenset[str]:
    """Collect the issuers that a match accepts by name.

    Args:
        match: Any match.

    Returns:
        The values of `issuer`, in it and in its `any`.

    """
    return frozenset(match.issuer).union(*map(issuers_named, match.any))


def achievements_named(match: Match) -> frozenset[str]:
    """Collect the achievements that a match accepts by id.

    Args:
        match: Any match.

    Returns:
        The values of `achievement`, in it and in its `any`.

    """
    return frozenset(match.achievement).union(*map(achievements_named, match.any))


def _hint_name(table: Table) -> None:
    if table.has("name"):
        table.asked.append("name")
        table.error(
            "name",
            "a name never counts as a match",
            hint="match by achievement, alignment, or code and issuer",
        )
