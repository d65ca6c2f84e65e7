"""The package's own source, parsed once, for the tests of the house rules."""

import ast
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "credwallet"


class Module(NamedTuple):
    """One source file: `layer` is the part of the package it belongs to."""

    name: str
    layer: str
    text: str
    tree: ast.Module


@cache
def modules() -> tuple[Module, ...]:
    """Parse every file of the package."""
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE).as_posix()
        text = path.read_text(encoding="utf-8")
        layer = name.split("/")[0].removesuffix(".py")
        found.append(Module(name, layer, text, ast.parse(text)))
    return tuple(found)


def imported(tree: ast.AST) -> set[str]:
    """Return every module that is imported anywhere in a file, at any depth."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{a.name}" for a in node.names)}
    return found


def dotted(node: ast.AST) -> str:
    """Spell an attribute such as `datetime.now`; `""` for what is none."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}".removeprefix(".")
    return ""
