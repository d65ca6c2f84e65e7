"""Do several qualification files go together?

Each alone may make sense, and yet two may go by one id, or ask for each other's awards
in a circle, which `progress` refuses (`docs/qualification-file.md`, "How it is
counted").
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from credwallet.errors import Usage
from credwallet.model.qualification import Qualification
from credwallet.stacking.files.match_rules import achievements_named
from credwallet.stacking.files.rules import load
from credwallet.stacking.files.toml_places import Places, find
from credwallet.stacking.files.toml_table import Finding, near, shown
from credwallet.stacking.matching import forms

_MOST_NAMES = 8


class _File(NamedTuple):
    """A file that can be used, and what others may have to do with it."""

    name: str
    rules: Qualification
    places: Places
    award: frozenset[str]
    asked: tuple[frozenset[str], ...]

    def finding(
        self, where: tuple[str, int, str], severity: str, message: str, hint: str
    ) -> tuple[str, Finding]:
        place = self.places.of(*where)
        return self.name, Finding(*place, severity, message, hint)


def lint_together(files: Iterable[tuple[str, str]]) -> tuple[tuple[str, Finding], ...]:
    """Find what is wrong between qualification files; `lint` finds what is in one.

    Args:
        files: Name and text of each; one that cannot be used is passed over.

    Returns:
        Name of the file and the finding, in the order of the files.

    """
    read = [file for name, text in files if (file := _read(name, text)) is not None]
    found = [*_doubles(read), *_circle(read), *_exclusions(read)]
    order = {file.name: number for number, file in reversed(list(enumerate(read)))}
    return tuple(sorted(found, key=lambda entry: (order[entry[0]], entry[1])))


def _read(name: str, text: str) -> _File | None:
    try:
        rules = load(text, name)
        places = find(text)
    except Usage:
        return None
    award = forms(achievements_named(rules.award)) if rules.award else frozenset()
    asked = tuple(forms(achievements_named(r.match)) for r in rules.requirements)
    return _File(name, rules, places, award, asked)


def _doubles(files: Sequence[_File]) -> list[tuple[str, Finding]]:
    first: dict[str, str] = {}
    found = []
    for file in files:
        identity = file.rules.id
        if identity in first:
            found.append(
                file.finding(
                    ("qualification", 0, "id"),
                    "error",
                    f"{shown(identity)} is the id of {first[identity]} too",
                    "give one of them another id, or leave one out",
                )
            )
        first.setdefault(identity, file.name)
    return found


def _circle(files: Sequence[_File]) -> list[tuple[str, Finding]]:
    """Find one circle of awards for each file that is first in one."""
    found = []
    settled: set[int] = set()
    for start in range(len(files)):
        path = _way_back(files, start, settled)
        if not path:
            continue
        settled.update(path)
        named = [files[number].rules.id for number in (*path, start)]
        if len(named) > _MOST_NAMES:
            named[_MOST_NAMES - 2 : -1] = ["..."]
        asks = files[path[1 % len(path)]].award
        leaf = next(
            i
            for i, names in enumerate(files[start].asked)
            if not asks.isdisjoint(names)
        )
        found.append(
            files[start].finding(
                ("requirement", leaf, "match"),
                "error",
                "awards asked for in a circle: " + " needs ".join(named),
                "leave one of them out, or correct its file",
            )
        )
    return found


def _way_back(files: Sequence[_File], start: int, settled: set[int]) -> list[int]:
    """Find a shortest way from a file over awards back to it, breadth first."""
    came: dict[int, int] = {start: start}
    row = [start]
    for number in row:
        for other, file in enumerate(files):
            if other in settled or not _asks(files[number], file):
                continue
            if other == start:
                way = [number]
                while way[-1] != start:
                    way.append(came[way[-1]])
                return way[::-1]
            if other not in came:
                came[other] = number
                row.append(other)
    return []


def _asks(file: _File, other: _File) -> bool:
    return any(not other.award.isdisjoint(names) for names in file.asked)


def _exclusions(files: Sequence[_File]) -> list[tuple[str, Finding]]:
    """Warn of an exclusion that only one file names, where another is spelled alike."""
    users: dict[str, list[_File]] = {}
    for file in files:
        for group in file.rules.exclusive:
            users.setdefault(group, []).append(file)
    found = []
    for group, using in users.items():
        hint = near(group, sorted(set(users) - {group}))
        if len(using) == 1 and hint:
            index = using[0].rules.exclusive.index(group)
            found.append(
                using[0].finding(
                    ("exclusive", index, "group"),
                    "warning",
                    f"no other file excludes by {shown(group)}",
                    hint,
                )
            )
    return found
