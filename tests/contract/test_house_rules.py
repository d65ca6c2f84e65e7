"""Does the source keep the rules of the house that a linter does not know?"""

import ast
import re
import sys

import pytest

from tests.contract.code import Module, dotted, imported, modules

MAX_LINES = 400
MAX_FUNCTION_LINES = 60
# Where each foreign package may be imported, at any depth of the code.
HOMES = {
    "typer": {"cli"},
    "rich": {"cli"},
    "click": set(),
    "platformdirs": {"cli"},
    "cryptography": {"keys", "proofs", "store"},
    "qrcode": {"share"},
    "PIL": {"formats", "share"},
    "zxingcpp": {"formats"},
    "jsonschema": {"verify"},
    "jsonschema_specifications": {"verify"},
    "referencing": {"verify"},
    "tomli_w": {"cli", "stacking"},
    "highspy": {"stacking"},
    "fpdf": {"share"},
    "fontTools": {"share"},
    "numpy": {"stacking"},
    "http": {"fetch"},
    # The agent's lies in the file system and leads nowhere else.
    "socket": {"fetch", "cli/agent"},
    "ssl": {"fetch"},
    "getpass": {"cli"},
    "keyring": {"cli/unlocking/os_keyring.py"},
    "time": {"cli", "fetch"},
    "random": set(),
    "pickle": set(),
    # The learner's own `--passphrase-command`.
    "subprocess": {"cli/terminal/prompt.py"},
    "webbrowser": {"cli/sharing/browsing.py"},
    "requests": set(),
    "pyld": set(),
}
# What only the command line may touch: the clock, the environment, the streams.
RIM = re.compile(
    r"(?:datetime\.)*(?:datetime|date)\.(?:now|utcnow|today)"
    r"|time\.time|os\.(?:environ|getenv)|sys\.(?:stdin|stdout|stderr|argv)"
    r"|print|input|breakpoint"
)
# What writes to a stream itself, past the console that makes foreign text harmless.
WRITERS = {
    "cli/terminal/console.py": "the console itself",
    "cli/fast.py": "text made beforehand, no foreign text",
    "cli/running.py": "last words when the console may be gone, no foreign text",
    "cli/session.py": "JSON, which is ASCII, and bytes that were asked for",
    "cli/app.py": "Typer's own help",
    "cli/sharing/handing_over.py": "a QR symbol, drawn of blocks",
    "cli/helping/completion_index.py": "a file for its owner, which `offering` reads",
    "cli/export.py": "files, byte for byte",
    "cli/unlocking/private_file.py": "a file for its owner, byte for byte",
    "cli/terminal/prompt.py": "questions, on the terminal itself",
    "cli/agent/starting.py": "two pipes between the agent and who made it",
}


def test_a_file_has_one_job_and_fits_on_a_few_screens():
    lines = {each.name: each.text.count("\n") for each in modules()}
    assert {name: n for name, n in lines.items() if n > MAX_LINES} == {}


def test_a_file_says_which_question_it_answers():
    assert [each.name for each in modules() if not ast.get_docstring(each.tree)] == []


def test_everything_public_is_explained():
    silent = [
        f"{each.name}: {node.name}"
        for each in modules()
        for node in _public(each.tree)
        if not ast.get_docstring(node)
    ]
    assert silent == []


def _public(tree: ast.AST) -> list[ast.ClassDef | ast.FunctionDef]:
    found = []
    for node in ast.iter_child_nodes(tree):
        if isinstance(
            node, ast.ClassDef | ast.FunctionDef
        ) and not node.name.startswith("_"):
            found.append(node)
            if isinstance(node, ast.ClassDef):
                found += _public(node)
    return found


def test_a_function_can_be_read_at_one_glance():
    long = {
        f"{each.name}: {node.name}": lines
        for each in modules()
        for node in ast.walk(each.tree)
        if isinstance(node, ast.FunctionDef)
        and (lines := _own_lines(node)) > MAX_FUNCTION_LINES
    }
    assert long == {}


def _own_lines(node: ast.FunctionDef) -> int:
    """Count the lines of the body: a command's signature is its list of flags."""
    first = node.body[0]
    if ast.get_docstring(node) and len(node.body) > 1:
        first = node.body[1]
    return (node.end_lineno or 0) - first.lineno + 1


@pytest.mark.parametrize("package", HOMES)
def test_a_package_is_imported_only_where_it_lives(package: str):
    strangers = {
        each.name
        for each in modules()
        if not any(_lives(each, home) for home in HOMES[package])
        and any(name.split(".")[0] == package for name in imported(each.tree))
    }
    assert strangers == set()


def _lives(each: Module, home: str) -> bool:
    return each.layer == home or f"{each.name}/".startswith(f"{home}/")


def test_every_foreign_package_that_is_imported_has_its_home_here():
    foreign = {
        name.split(".")[0] for each in modules() for name in imported(each.tree)
    } - set(sys.stdlib_module_names)
    # `_typeshed` is for the type checker and never imported at run time.
    assert foreign - {"credwallet", "_typeshed"} <= set(HOMES)


def test_clock_environment_and_streams_are_touched_in_the_command_line_only():
    touched = {
        each.name: found
        for each in modules()
        if each.layer not in ("cli", "__main__") and each.name not in _RUN_BY_HAND
        if (found := _touched(each))
    }
    assert touched == {}


# Run by a developer as `python -m`, not by the command.
_RUN_BY_HAND = {"canon/contexts/compile.py"}


def _touched(each: Module) -> set[str]:
    return {
        spelled
        for node in ast.walk(each.tree)
        if isinstance(node, ast.Attribute | ast.Name)
        and RIM.fullmatch(spelled := dotted(node))
    }


def test_nothing_prints_past_the_console():
    writers = {
        each.name
        for each in modules()
        if each.layer == "cli"
        for node in ast.walk(each.tree)
        if isinstance(node, ast.Call)
        and (
            dotted(node.func) in ("print", "typer.echo", "typer.secho", "json.dump")
            or (isinstance(node.func, ast.Attribute) and node.func.attr == "write")
        )
    }
    assert writers <= set(WRITERS)


def test_an_exception_to_a_rule_has_its_reason_beside_it():
    bare = [
        f"{each.name}: {line.strip()}"
        for each in modules()
        for line in each.text.splitlines()
        if ("# noqa" in line or "# type: ignore" in line)
        and not re.search(r"# (noqa: [A-Z0-9, ]+ -- |type: ignore\[)", line)
    ]
    assert bare == []


def test_what_is_caught_blindly_is_raised_again():
    swallowed = [
        f"{each.name}:{node.lineno}"
        for each in modules()
        for node in ast.walk(each.tree)
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or dotted(node.type) in ("Exception", "BaseException"))
        and not any(isinstance(inner, ast.Raise) for inner in ast.walk(node))
    ]
    assert swallowed == []
