"""Do the global options mean the same wherever they stand?"""

import itertools
from pathlib import Path

import pytest

from credwallet.cli.settings import FLAGS, VALUES, default_home, split
from credwallet.errors import Usage
from tests.cli.runner import Cli

HOME = {"HOME": "/home/ada"}


@pytest.mark.parametrize("flag", FLAGS)
def test_a_flag_stands_before_or_after_the_command(flag: str):
    for argv in ([flag, "list"], ["list", flag], ["list", "--tag", "x", flag]):
        settings, rest = split(argv, HOME)
        assert getattr(settings, FLAGS[flag]) is True
        assert flag not in rest
        assert rest[0] == "list"


@pytest.mark.parametrize("option", VALUES)
def test_a_value_is_the_next_word_or_follows_an_equals_sign(option: str):
    for argv in ([option, "7", "list"], ["list", option, "7"], [f"{option}=7", "list"]):
        settings, rest = split(argv, HOME)
        assert str(getattr(settings, VALUES[option])) == "7"
        assert rest == ("list",)


@pytest.mark.parametrize("option", VALUES)
@pytest.mark.parametrize("form", ["bare", "equals", "empty"])
def test_a_missing_or_empty_value_is_refused(option: str, form: str):
    argv = {
        "bare": ["list", option],
        "equals": ["list", f"{option}="],
        "empty": ["list", option, ""],
    }[form]
    with pytest.raises(Usage, match=f"{option} needs a value") as caught:
        split(argv, {**HOME, "CREDWALLET_HOME": "/other"})
    assert caught.value.next_step


def test_nothing_after_two_dashes_is_taken():
    settings, rest = split(["show", "--", "--json", "--home"], HOME)
    assert not settings.json
    assert rest == ("show", "--", "--json", "--home")


def test_other_arguments_keep_their_order():
    argv = ["list", "--json", "--tag", "a", "--home", "/w", "--sort=name"]
    assert split(argv, HOME)[1] == ("list", "--tag", "a", "--sort=name")


def test_options_do_not_disturb_each_other():
    for order in itertools.permutations(["--json", "--offline", "--home=/w", "-q"]):
        settings, rest = split([*order, "list"], HOME)
        assert (settings.json, settings.offline, settings.quiet) == (True, True, True)
        assert settings.home == Path("/w")
        assert rest == ("list",)


def test_flags_win_over_the_environment():
    environ = {
        **HOME,
        "CREDWALLET_HOME": "/from-environment",
        "CREDWALLET_PASSPHRASE_FILE": "/secret",
    }
    settings, _ = split([], environ)
    assert settings.home == Path("/from-environment")
    assert settings.passphrase_file == "/secret"
    settings, _ = split(["--home", "/w", "--passphrase-file", "/p"], environ)
    assert settings.home == Path("/w")
    assert settings.passphrase_file == "/p"


@pytest.mark.parametrize("text", ["three", "-1", "٣", "1.5", "9" * 30])
def test_a_descriptor_is_a_small_number(text: str):
    with pytest.raises(Usage, match="number of an open file descriptor"):
        split([f"--passphrase-fd={text}"], HOME)


def test_the_wallet_lives_where_the_system_keeps_data():
    assert default_home({"HOME": "/home/ada"}) == Path(
        "/home/ada/.local/share/credwallet"
    )
    assert default_home({"HOME": "/home/ada", "XDG_DATA_HOME": "/data"}) == Path(
        "/data/credwallet"
    )


def test_a_relative_data_folder_is_ignored_as_the_standard_says():
    assert default_home({"HOME": "/home/ada", "XDG_DATA_HOME": "data"}) == Path(
        "/home/ada/.local/share/credwallet"
    )


def test_a_missing_value_is_a_usage_error_on_the_command_line(cli: Cli):
    ran = cli("list", "--home")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("credwallet: error: --home needs a value\n")


def test_the_home_option_names_the_wallet_wherever_it_stands(filled: Cli, tmp_path):
    env = {"CREDWALLET_HOME": str(tmp_path / "elsewhere")}
    for argv in (["--home", filled.home, "list"], ["list", f"--home={filled.home}"]):
        assert len(filled(*argv, env=env).rows) == 5
    assert filled("list", env=env).code == 5
