"""Can everything be found out from the program itself?"""

import subprocess
import sys
from typing import Any

import pytest

from credwallet import __version__
from credwallet.cli.app import COMMANDS, load
from credwallet.cli.output import MEANING
from credwallet.formats import FORMATS
from credwallet.keys import METHODS
from credwallet.proofs import CRYPTOSUITES
from credwallet.share import WAYS
from credwallet.status import STATUS_TYPES
from credwallet.trust.registries import KINDS
from tests.cli.runner import Cli


def test_exit_codes_are_explained_from_the_table_itself(cli: Cli):
    ran = cli("help", "exit-codes")
    assert ran.rows == [[str(int(code)), code.name, MEANING[code]] for code in MEANING]
    rows = cli("help", "exit-codes", "--json").data["exitCodes"]
    assert rows[3] == {
        "code": 3,
        "name": "INVALID",
        "meaning": "a credential is invalid or malformed",
    }


def test_formats_are_explained_from_the_tables_themselves(cli: Cli):
    named = {(row[0], row[1]) for row in cli("help", "formats").rows}
    for kind, names in (
        ("format", [each.NAME for each in FORMATS]),
        ("proof", CRYPTOSUITES),
        ("key", [f"did:{name}" for name in METHODS]),
        ("status", STATUS_TYPES),
        ("registry", KINDS),
        ("way to share", WAYS),
    ):
        assert {(kind, name) for name in names} <= named


def test_help_alone_is_the_root_help(cli: Cli):
    assert cli("help").out == cli("--offline", "--help").out
    assert cli("help").out.startswith("Usage: credwallet COMMAND")
    assert cli("help", "--json").data["help"] == cli("help").out


def test_an_unknown_topic_says_which_there_are(cli: Cli):
    ran = cli("help", "weather")
    assert (ran.code, ran.out) == (2, "")
    assert "exit-codes" in ran.err
    assert "formats" in ran.err


def test_the_version_is_told_in_any_company(cli: Cli):
    assert cli("--offline", "--version").out == f"credwallet {__version__}\n"
    assert cli("--version", "--json").data == {"version": __version__}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("lisst", "list"),
        ("imprt", "import"),
        ("verfy", "verify"),
        ("issuers", "issuer"),
    ],
)
def test_a_mistyped_command_is_suggested_and_not_run(cli: Cli, typed: str, meant: str):
    ran = cli(typed)
    assert (ran.code, ran.out) == (2, "")
    assert f"there is no command {typed}" in ran.err
    assert f"did you mean {meant}" in ran.err


def test_a_command_that_is_nothing_like_any_points_to_the_help(cli: Cli):
    ran = cli("frobnicate")
    assert (ran.code, "see credwallet --help" in ran.err) == (2, True)


def test_no_abbreviation_is_taken_for_a_command(cli: Cli):
    assert cli("lis").code == 2
    assert cli("li").code == 2


def words(name: str) -> list[list[str]]:
    command = load(name)
    return [[name], *([name, *path] for path in below(command))]


def below(command: Any) -> list[list[str]]:
    return [
        path
        for name, sub in getattr(command, "commands", {}).items()
        for path in ([name], *([name, *deeper] for deeper in below(sub)))
    ]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself_with_an_example(cli: Cli, name: str, capsys):
    for path in words(name):
        assert cli(*path, "-h").code == 0
        short = capsys.readouterr().out
        assert cli(*path, "--help").code == 0
        text = capsys.readouterr().out
        assert text == short
        assert text.startswith(f"Usage: credwallet {' '.join(path)} ")
        assert "--passphrase-file FILE" in text
        assert "\x1b" not in text
        assert all(len(line) <= 100 for line in text.splitlines())
    if len(words(name)) == 1:
        assert "Example" in text


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_of_every_command_has_its_words(name: str):
    for path in words(name):
        each = load(name)
        for word in path[1:]:
            each = each.commands[word]
        for parameter in each.params:
            if parameter.opts[0].startswith("-"):
                assert getattr(parameter, "help", ""), (path, parameter.opts)


def run(*argv: str, **how) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "credwallet", *argv],
        capture_output=True,
        text=True,
        check=False,
        **how,
    )


def test_the_bare_command_prints_its_help_as_a_complaint():
    ran = run()
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr == run("--help").stdout == run("-h").stdout


def test_version_of_the_process_is_that_of_the_package():
    ran = run("--version")
    assert (ran.returncode, ran.stdout) == (0, f"credwallet {__version__}\n")
