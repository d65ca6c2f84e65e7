"""Can everything be found out from the program itself?"""

import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credwallet import __version__
from credwallet.cli import baked
from credwallet.cli.app import COMMANDS, SECTIONS
from credwallet.cli.configuring.keys import KEYS
from credwallet.cli.fast import help_of
from credwallet.cli.help import TOPICS
from credwallet.cli.helping.command_tree import every
from credwallet.cli.helping.help_layout import meaning
from credwallet.cli.helping.variables import VARIABLES
from credwallet.cli.output import MEANING
from credwallet.formats import FORMATS
from credwallet.keys import METHODS
from credwallet.proofs import CRYPTOSUITES
from credwallet.share import WAYS
from credwallet.status import STATUS_TYPES
from credwallet.trust.registries import KINDS as REGISTRIES
from tests.cli.runner import SAMPLES, Cli

COMMANDS_AND_INNER = tuple(baked.COMMANDS)


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
        ("registry", REGISTRIES),
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


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (("collection", "create", "Work"), "add"),
        (("key", "new"), "create"),
        (("issuer", "delete", "x"), ""),
        (("offer", "rm", "x"), "remove"),
        (("ls",), "list"),
        (("delete", "x"), "remove"),
    ],
)
def test_what_other_programs_call_a_command_leads_to_ours(cli: Cli, words, meant):
    ran = cli(*words)
    assert ran.code == 2
    assert "there is no command " in ran.err
    assert (f"did you mean {meant}?" in ran.err) == bool(meant)


@pytest.mark.parametrize("typed", ["tour", "wallet", "badge"])
def test_a_word_that_only_a_machine_finds_alike_is_not_suggested(cli: Cli, typed: str):
    ran = cli(typed)
    assert (ran.code, "did you mean" in ran.err) == (2, False)


def test_a_command_that_is_nothing_like_any_points_to_the_help(cli: Cli):
    ran = cli("frobnicate")
    assert (ran.code, "see credwallet --help" in ran.err) == (2, True)


def test_no_abbreviation_is_taken_for_a_command(cli: Cli):
    assert cli("lis").code == 2
    assert cli("li").code == 2


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("issuer trsut x", "trust"),
        ("issuer registry ad x", "add"),
        ("goal lst", "list"),
        ("list --exprring 60d", "--expiring"),
        ("list --jsn", "--json"),
        ("--offlin list", "--offline"),
        ("issuer registry add --knid dcc-legacy", "--kind"),
        ("list --sort nam", "name"),
        ("list --verdict valdi", "valid"),
        ("list --verdict=valdi", "valid"),
        ("key create --type p265", "p256"),
        ("completion fihs", "fish"),
        ("next --sort gian", "gain"),
        ("next --mode onlin", "online"),
        ("plan --qualification RULES --minimise cots", "cost"),
        ("share k7wq --as htlm", "html"),
        ("export --all --format lcv", "lcw"),
        ("policy check k7wq --policy eu-202", "eu-2022"),
        ("policy show eu-202", "eu-2022"),
        ("issuer registry add https://x.example /dev/null --kind oidc", "oidf"),
        ("qualification examples ny/diploma", "my/diploma"),
        ("help exitcodes", "exit-codes"),
        ("help enviroment", "environment"),
        ("help isuer", "issuer"),
    ],
)
def test_a_mistyped_word_is_suggested_and_not_run(filled: Cli, line: str, meant: str):
    line = line.replace("k7wq", filled.handle("Cleaning Data"))
    words = line.replace("RULES", str(SAMPLES / "certificate.toml")).split()
    ran = filled(*words)
    # A policy that is not there is not found; the rest makes no sense.
    assert (ran.code in (2, 5), ran.out) == (True, "")
    (hint,) = [line for line in ran.err.splitlines() if "hint:" in line]
    assert "did you mean" in hint
    assert meant in hint.partition("?")[0].split()


@pytest.mark.parametrize(
    "line", ["list --zzzz", "issuer frobnicate", "list --sort zzzz", "help qqqqq"]
)
def test_a_word_that_is_nothing_like_any_points_to_what_there_is(cli: Cli, line: str):
    ran = cli(*line.split())
    assert (ran.code, ran.out) == (2, "")
    assert "did you mean" not in ran.err
    assert "--help" in ran.err or "choose from" in ran.err


@pytest.mark.parametrize("value", ["", "'", "it's", "\x1b[2J", "\n", "x" * 10_000])
def test_a_value_that_is_no_word_at_all_is_refused_with_a_hint(cli: Cli, value: str):
    for words in (["list", "--sort", value], ["issuer", value], ["help", f"q{value}"]):
        ran = cli(*words)
        assert (ran.code, ran.out) == (2, "")
        assert "hint:" in ran.err
        assert "\x1b" not in ran.err


@given(
    st.lists(
        st.text(max_size=8)
        | st.sampled_from(["list", "issuer", "--sort", "--sort=", "help", "--tag"]),
        min_size=1,
        max_size=4,
    )
)
def test_whatever_is_typed_wrongly_ends_with_a_hint(words: list[str]):
    with tempfile.TemporaryDirectory() as name:
        ran = Cli(Path(name))("completion", "nonesuch", *words)
        asked = {"-h", "--help"} & set(words)
        assert ran.code == 0 if asked else (ran.code, "hint:" in ran.err) == (2, True)


@pytest.mark.parametrize("path", COMMANDS_AND_INNER)
def test_every_command_explains_itself_within_80_columns(cli: Cli, path: str):
    ran = cli(*path.split(), "--help")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == cli(*path.split(), "-h").out == help_of(path)
    if path not in TOPICS:  # the settings, which say where the command's help is
        assert ran.out == cli("help", *path.split()).out
    assert cli(*path.split(), "--help", "--json").data == {"help": ran.out}
    assert ran.out.startswith(f"Usage: credwallet {path} [OPTIONS]")
    assert "--passphrase-file" in ran.out
    assert ran.out.isascii()
    assert "\x1b" not in ran.out
    # An example is copied whole, and is never broken; nor is the list of ways.
    assert all(
        len(line) <= 80
        for line in ran.out.splitlines()
        if not line.startswith(("  $ ", "Usage: ", "  pdf "))
    )


@pytest.mark.parametrize("path", COMMANDS_AND_INNER)
def test_help_is_one_sentence_then_examples_then_arguments_then_flags(path: str):
    parts = help_of(path).split("\n\n")
    assert parts[1].rstrip().endswith(".")
    assert parts[2].startswith("Examples:\n  $ ")
    titles = [part.partition(":")[0] for part in parts[2:]]
    order = [
        title
        for title in titles
        if title in ("Examples", "Commands", "Arguments", "Options", "Everywhere")
    ]
    assert order == sorted(order, key=ORDER.index)
    assert order[-2:] == ["Options", "Everywhere"]


ORDER = ("Examples", "Commands", "Arguments", "Options", "Everywhere")


@pytest.mark.parametrize("path", COMMANDS_AND_INNER)
def test_every_argument_and_option_of_every_command_has_its_words(path: str):
    for parameter in every()[path].params:
        assert meaning(parameter), parameter.opts


def test_a_group_called_alone_prints_its_help_as_a_complaint(cli: Cli):
    for path in ("issuer", "issuer registry", "share", "qualification"):
        ran = cli(*path.split())
        assert (ran.code, ran.out, ran.err) == (2, "", help_of(path))


def test_the_environment_and_the_settings_are_explained_from_their_tables(cli: Cli):
    rows = cli("help", "environment").rows
    assert rows == [list(row) for row in VARIABLES.items()]
    named = cli("help", "environment", "--json").data["variables"]
    assert named[0] == {"variable": rows[0][0], "meaning": rows[0][1]}
    settings = cli("help", "config")
    assert [row[0] for row in settings.rows] == list(KEYS)
    assert "credwallet config --help" in settings.err


def test_the_topics_are_named_by_the_help_itself(cli: Cli):
    for topic in TOPICS:
        assert topic in help_of("").rpartition("Topics:")[2]
        assert topic in help_of("help")
        assert cli("help", topic).code == 0


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


def test_the_help_puts_every_command_under_a_heading(cli: Cli):
    assert set(SECTIONS) <= set(COMMANDS)
    assert next(iter(SECTIONS)) == next(iter(COMMANDS))
    out = cli("--help").out
    at = [out.index(f"\n{heading}:\n") for heading in SECTIONS.values()]
    assert at == sorted(at)
