"""What does a doubt look at, and which questions are asked by several of them?"""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any, NamedTuple

from credwallet.model.qualification import (
    Cap,
    Gate,
    Group,
    Match,
    Qualification,
    Requirement,
)
from credwallet.stacking.files.toml_table import Sheet
from credwallet.stacking.matching import forms


class Look(NamedTuple):
    """A file without an error, as text and as values; doubts are added to the sheet."""

    sheet: Sheet
    rules: Qualification

    def warn(
        self, where: tuple[str, int, str], message: str, *, hint: str = ""
    ) -> None:
        """Note a doubt at a table's name, its index and a key in it.

        Args:
            where: A table's name, its index counted from 0, and a key in it (`""` for
                the table).
            message: One line, lower case, no full stop.
            hint: What to write instead, `""` if there is nothing to say.

        """
        self.sheet.add(
            self.sheet.places.of(*where), message, hint=hint, severity="warning"
        )

    def raw(self, name: str) -> list[dict[str, Any]]:
        """Return the `[[name]]` tables, or the one `[name]`, as they were parsed."""
        value = self.sheet.root.get(name, [])
        return [value] if isinstance(value, dict) else value


class Asked(NamedTuple):
    """A match of the file, where it stands, and as it was parsed."""

    table: str
    number: int
    path: str
    match: Match
    raw: dict[str, Any]

    def at(self, key: str) -> tuple[str, int, str]:
        """Return the place of a key of the match."""
        return self.table, self.number, f"{self.path}.{key}"


def matches_of(look: Look) -> Iterator[Asked]:
    """List every match of a file, and those in its `any`.

    Args:
        look: The file.

    Yields:
        The matches of requirements, caps, gates and of the award.

    """
    tops: list[tuple[str, int, str, Match | None]] = [
        *(
            ("requirement", index, "match", entry.match)
            for index, entry in enumerate(look.rules.requirements)
            if entry.type != "manual"
        ),
        *(("cap", i, "match", entry.match) for i, entry in enumerate(look.rules.caps)),
        *(
            ("gate", i, "match", entry.match)
            for i, entry in enumerate(look.rules.gates)
        ),
        ("qualification", 0, "award", look.rules.award),
    ]
    for table, index, key, match in tops:
        if match is not None:
            raw = look.raw(table)[index].get(key, {})
            yield from _inward(Asked(table, index, key, match, raw))


def _inward(asked: Asked) -> Iterator[Asked]:
    yield asked
    pairs = zip(asked.match.any, asked.raw.get("any", ()), strict=True)
    for match, raw in pairs:
        inner = asked._replace(match=match, raw=raw, path=f"{asked.path}.any")
        yield from _inward(inner)


def named_only(match: Match) -> frozenset[str] | None:
    """Collect the achievements that alone can fit a match.

    Args:
        match: Any match.

    Returns:
        Their ids in comparable form, or None if others can fit too.

    """
    closed = forms(match.achievement) if match.achievement else None
    if match.any:
        inner = [named_only(entry) for entry in match.any]
        known = [names for names in inner if names is not None]
        if len(known) == len(inner):
            union = frozenset[str]().union(*known)
            closed = union if closed is None else closed & union
    return closed


def covers(cap: Cap, where: Iterable[str], match: Match) -> bool:
    """Say whether all that fits a match in some requirements is under a cap too.

    Args:
        cap: One of the file; one without requirements looks everywhere.
        where: Ids of requirements; none means everywhere.
        match: What is looked at there.

    """
    names = frozenset(where)
    place = not cap.requirements or (names and names <= frozenset(cap.requirements))
    return bool(place) and cap.match in (match, Match())


def limit_of(entry: Cap | Gate) -> tuple[Fraction | None, Fraction | None]:
    """Return what a cap or a gate says in credentials, and what in credits."""
    if isinstance(entry, Cap):
        count, points = entry.max_count, entry.max_credits
    else:
        count, points = entry.min_count, entry.min_credits
    return (None if count is None else Fraction(count)), points


def unit_of(entry: Requirement) -> int:
    """Return 1 if a requirement counts credits, 0 if it counts credentials."""
    return int(entry.type == "credits")


def members_of(rules: Qualification) -> dict[str, list[Requirement | Group]]:
    """List the requirements and groups in each group, `""` for the root."""
    members: dict[str, list[Requirement | Group]] = {}
    for entry in rules.requirements:
        members.setdefault(entry.group, []).append(entry)
    for group in rules.groups:
        members.setdefault(group.group, []).append(group)
    return members
