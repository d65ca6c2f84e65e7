"""Is every command in the table, and nothing in the table that is not there?"""

import ast
import tomllib

from credwallet.cli.app import COMMANDS
from credwallet.cli.running import PLAIN_WORDS
from credwallet.cli.sharing.beside import BESIDE
from credwallet.verify import CHECKS, STANDARDS, questions_of
from tests.contract.code import ROOT, modules


def _defined(tree: ast.Module) -> set[str]:
    names = {
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
    }
    for node in tree.body:
        if isinstance(node, ast.Assign):
            names |= {t.id for t in node.targets if isinstance(t, ast.Name)}
    return names


def test_every_file_with_a_command_is_in_the_table_of_commands():
    files = {
        each.name.removeprefix("cli/").removesuffix(".py")
        for each in modules()
        if each.layer == "cli" and {"command", "group"} & _defined(each.tree)
    }
    start = "credwallet.cli."
    beside = {
        module.removeprefix(start).replace(".", "/") for module in BESIDE.values()
    }
    assert files == {entry.module for entry in COMMANDS.values()} | beside


def test_a_command_is_named_like_its_file():
    for name, entry in COMMANDS.items():
        assert entry.module.removesuffix("_") == name.replace("-", "_")


def test_a_summary_is_one_short_sentence():
    for entry in COMMANDS.values():
        assert entry.summary[0].isupper()
        assert entry.summary.endswith(".")
        assert len(entry.summary) <= 60


def test_what_runs_without_typer_is_a_command_with_a_module_for_its_work():
    files = {each.name: _defined(each.tree) for each in modules()}
    for name, work in PLAIN_WORDS.items():
        assert name in COMMANDS
        assert {"plainly", "run"} <= files[f"cli/{work.replace('.', '/')}.py"]


def test_every_standard_answers_all_questions_in_their_order():
    for name in STANDARDS:
        assert [question.ID for question in questions_of(name)] == [
            question.ID for question in CHECKS
        ]


def test_a_seventh_dependency_needs_a_decision():
    with (ROOT / "pyproject.toml").open("rb") as file:
        project = tomllib.load(file)["project"]
    names = {entry.split(">")[0].split("[")[0] for entry in project["dependencies"]}
    assert names == {
        "typer",
        "rich",
        "cryptography",
        "platformdirs",
        "qrcode",
        "tomli-w",
    }
