"""Does a public docstring tell a caller what goes in, and what may come flying out?

A command of Typer is left out: its docstring is the help that a learner reads.
"""

import ast
import builtins
import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from credwallet import errors
from tests.contract.code import dotted, modules

# A class whose methods all take the same says it once, behind these words.
SHARED = "In all methods "
SECTIONS = ("Args", "Returns", "Yields", "Raises")
# Several parameters need an explanation; a single one is told by the sentence above it.
SEVERAL = 2
ERRORS = {name for name, each in vars(errors).items() if isinstance(each, type)} | {
    name for name in dir(builtins) if name.endswith(("Error", "Interrupt"))
}
# A defect of ours, which nobody is to catch.
DEFECTS = {"AssertionError"}
# What is raised by a variable or a function that may make several kinds of error.
UNNAMED = "some error"


class Explained(NamedTuple):
    """A public function; `shared` is what its class says of all its methods."""

    module: str
    name: str
    node: ast.FunctionDef
    text: str
    shared: str

    @property
    def parameters(self) -> set[str]:
        """What a caller passes, by name."""
        given = self.node.args
        named = [*given.posonlyargs, *given.args, *given.kwonlyargs]
        rest = [each for each in (given.vararg, given.kwarg) if each]
        return {each.arg for each in (*named, *rest)} - {"self", "cls"}

    def section(self, title: str) -> str:
        """Return what stands under a heading, `""` if it is not there."""
        pattern = rf"^{title}:\n((?: {{4}}.*\n|\n)*)"
        found = re.search(pattern, f"{self.text}\n", re.MULTILINE)
        return found[1] if found else ""

    def entries(self, title: str) -> set[str]:
        """Return the names that a section explains."""
        pattern = r"^ {4}\*{0,2}([\w.]+): \S"
        return set(re.findall(pattern, self.section(title), re.MULTILINE))

    def told(self, title: str) -> set[str]:
        """Return those, and what the words for all methods explain."""
        words = f"{self.shared} {self.text}" if self.shared else ""
        return self.entries(title) | set(re.findall(r"`(\w+)`", words))


@cache
def functions() -> tuple[Explained, ...]:
    """Find every public function and method of the package, but for commands."""
    return tuple(
        Explained(each.name, path, node, ast.get_docstring(node) or "", shared)
        for each in modules()
        for path, node, shared in _public(each.tree, "", "")
        if not _is_command(node)
    )


def _public(
    tree: ast.AST, path: str, shared: str
) -> Iterator[tuple[str, ast.FunctionDef, str]]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            said = (ast.get_docstring(node) or "").partition(SHARED)[2]
            said = said.partition("\n\n")[0]
            yield from _public(node, f"{path}{node.name}.", said)
        elif isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield f"{path}{node.name}", node, shared


def _is_command(node: ast.FunctionDef) -> bool:
    given = (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)
    return any(
        each.arg == "ctx"
        or (each.annotation and "typer." in ast.unparse(each.annotation))
        for each in given
    )


def _lines(found: Iterable[tuple[Explained, set[str]]]) -> str:
    """Spell what is wrong, a function a line; `""` if nothing is."""
    return "\n".join(
        f"{each.module} {each.name}: {', '.join(sorted(names))}"
        for each, names in found
        if names
    )


def test_whoever_passes_several_things_is_told_what_each_of_them_is():
    several = (each for each in functions() if len(each.parameters) >= SEVERAL)
    unexplained = _lines((e, e.parameters - e.told("Args")) for e in several)
    assert not unexplained, unexplained


def test_an_argument_that_is_explained_is_there():
    gone = _lines((e, e.entries("Args") - e.parameters) for e in functions())
    assert not gone, gone


def test_whoever_calls_is_told_what_may_be_raised_and_when():
    untold = _lines((e, _untold(e)) for e in functions())
    assert not untold, untold


def _untold(each: Explained) -> set[str]:
    raised = set(_raised(each.node.body, each.module, frozenset())) - DEFECTS
    told = each.told("Raises")
    return raised - told - ({UNNAMED} if told else set())


def test_an_error_that_is_told_exists():
    unknown = _lines((e, _plain(e.entries("Raises")) - ERRORS) for e in functions())
    assert not unknown, unknown


def _plain(names: set[str]) -> set[str]:
    """Leave out the errors of other packages, which are named with the package."""
    return {name for name in names if "." not in name}


def test_a_section_of_a_docstring_says_something():
    empty = _lines((e, _empty_sections(e)) for e in functions())
    assert not empty, empty


def _empty_sections(each: Explained) -> set[str]:
    headings = set(re.findall(r"^(\w+):$", each.text, re.MULTILINE))
    return {
        title
        for title in headings.intersection(SECTIONS)
        if not each.section(title).strip()
    }


def _raised(
    nodes: Iterable[ast.AST], module: str, caught: frozenset[str]
) -> Iterator[str]:
    """Name the classes that code raises itself and does not catch again."""
    for node in nodes:
        if isinstance(node, ast.FunctionDef | ast.Lambda | ast.ClassDef):
            continue
        if isinstance(node, ast.Try):
            names = {name for each in node.handlers for name in _names(each.type)}
            yield from _raised(node.body, module, caught | names)
            rest = (*node.handlers, *node.orelse, *node.finalbody)
            yield from _raised(rest, module, caught)
        elif isinstance(node, ast.Raise) and node.exc:
            name = _class_of(node.exc, module)
            if name not in caught:
                yield name
        elif isinstance(node, ast.Expr) and _made(node.value, module) == {"NoReturn"}:
            yield UNNAMED
        else:
            yield from _raised(ast.iter_child_nodes(node), module, caught)


def _names(node: ast.expr | None) -> list[str]:
    many = node.elts if isinstance(node, ast.Tuple) else [node]
    return [dotted(each) for each in many if each]


def _class_of(raised: ast.expr, module: str) -> str:
    """Name the class of what is raised, directly or as made by a function of ours."""
    called = raised.func if isinstance(raised, ast.Call) else raised
    name = dotted(called).rpartition(".")[2]
    if name in ERRORS:
        return name
    made = _made(raised, module)
    (only,) = made if len(made) == 1 else ("",)
    return only if only in ERRORS - {"CredwalletError"} else UNNAMED


def _made(node: ast.expr, module: str) -> frozenset[str]:
    """Name what a call may return: as its own module says, or else any other."""
    if not isinstance(node, ast.Call):
        return frozenset()
    name = dotted(node.func).rpartition(".")[2]
    known = _returned()
    return known.get(f"{module} {name}") or known.get(name, frozenset())


@cache
def _returned() -> dict[str, frozenset[str]]:
    """Map a function's name, alone and behind its module's, to what it returns."""
    found: dict[str, set[str]] = {}
    for each in modules():
        for node in ast.walk(each.tree):
            if isinstance(node, ast.FunctionDef) and node.returns:
                said = ast.unparse(node.returns).strip("\"'")
                found.setdefault(node.name, set()).add(said)
                found.setdefault(f"{each.name} {node.name}", set()).add(said)
    return {name: frozenset(said) for name, said in found.items()}
