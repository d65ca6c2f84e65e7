"""The rule files, read and translated."""

from typing import NamedTuple

from tests.stacking.degree_rules.language import Part, read_part
from tests.stacking.degree_rules.layout import read
from tests.stacking.degree_rules.translate import Translation


class RuleFile(NamedTuple):
    """One file: its name below the folder, what it says, and ours of it."""

    name: str
    part: Part
    ours: Translation


def rule_files(vectors):
    """All rule files beside the vectors, by name; none if they are not there."""
    folder = vectors.parent / "stacking" / "gobbldygook"
    return [
        rule_file(path.relative_to(folder).with_suffix("").as_posix(), path.read_text())
        for path in sorted(folder.rglob("*.yaml"))
    ]


def rule_file(name, text):
    """Read and translate one."""
    value = read(text)
    part = read_part(value["name"], value)
    return RuleFile(name, part, Translation(part, name))
