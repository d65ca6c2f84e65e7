"""Of which folders, tables and files does `docs/architecture.md` tell?"""

import ast
import re
from fnmatch import fnmatchcase

from tests.contract.code import PACKAGE, modules
from tests.docs.pages import page

_ROW = re.compile(r"\|(.+)\|")
_TABLE_IN = re.compile(r"`([A-Z_]+)`[^()]*\(`([\w/]+)`\)")
_TICKED = re.compile(r"`([^`]+)`")
# Where tables stand: in the folder's own file, but for these.
_HOMES = ("__init__.py", "cli/app.py", "keys/methods.py")
# Constants of Typer.
_NO_TABLES = {"PLAIN", "CONTEXT"}


def _rows(heading: str) -> list[list[str]]:
    """Return the rows of the table under a heading, without its first two."""
    part = page("docs/architecture.md").text.split(f"\n## {heading}\n")[1]
    lines = part.split("\n## ")[0].splitlines()
    return [found[1].split("|") for line in lines if (found := _ROW.fullmatch(line))][
        2:
    ]


def told_folders() -> dict[str, set[str]]:
    """Return the folders of the page, and which tables each is said to have."""
    return {
        _TICKED.findall(row[0])[0].rstrip("/"): set(_TICKED.findall(row[-1]))
        for row in _rows("Folders")
    }


def folders() -> set[str]:
    """Return the folders of the package that hold code."""
    parents = {each.name.rpartition("/")[0] for each in modules()}
    return parents - {""}


def data_folders() -> set[str]:
    """Return the folders of the package that hold none."""
    paths = {path for path in PACKAGE.rglob("*") if path.is_dir()}
    return {path.relative_to(PACKAGE).as_posix() for path in paths} - folders()


def tables() -> dict[str, set[str]]:
    """Return the public tables of each folder: literals of its `__init__.py`."""
    found: dict[str, set[str]] = {}
    for each in modules():
        folder, _, file = each.name.rpartition("/")
        if folder and (file in _HOMES or each.name in _HOMES):
            found.setdefault(folder, set()).update(_literals(each.tree) - _NO_TABLES)
    return found


def _literals(tree: ast.Module) -> set[str]:
    names = set()
    for node in tree.body:
        if isinstance(node, ast.AnnAssign) and node.value:
            target, value = node.target, node.value
        elif isinstance(node, ast.Assign):
            target, value = node.targets[0], node.value
        else:
            continue
        if isinstance(value, ast.Call) and value.args:
            value = value.args[0]
        if isinstance(target, ast.Name) and isinstance(value, ast.Tuple | ast.Dict):
            names.add(target.id)
    return {name for name in names if re.fullmatch(r"[A-Z][A-Z_]+", name)}


def told_files() -> list[tuple[set[str], list[str]]]:
    """Return the rows of the command line: commands, and the patterns of files."""
    return [
        (set(_TICKED.findall(row[0])), _TICKED.findall(row[1]))
        for row in _rows("The command line")
    ]


def files() -> set[str]:
    """Return the files of the command line itself, without their ending."""
    found = {each.name for each in modules() if fnmatchcase(each.name, "cli/*.py")}
    names = {name.removeprefix("cli/").removesuffix(".py") for name in found}
    return {name for name in names if "/" not in name and name != "__init__"}


def told_tables() -> dict[str, str]:
    """Return the tables of the command line by name, with the file of each."""
    part = page("docs/architecture.md").text.split("Tables of the command line:")[1]
    return dict(_TABLE_IN.findall(part.split("\n\n")[0]))
