"""Do the global options mean the same wherever they stand, and which place wins?"""

import itertools
import os
from pathlib import Path

import pytest

from credwallet.cli import session
from credwallet.cli.configuring.keys import KEYS
from credwallet.cli.settings import (
    FLAGS,
    VALUES,
    Settings,
    default_home,
    split,
    without_config,
)
from credwallet.errors import CredwalletError, Usage
from tests.cli.runner import Cli

HOME = {"HOME": "/home/ada", "CREDWALLET_CONFIG": ""}
# A value that each option takes.
TAKEN = dict.fromkeys(VALUES, "7") | {"--color": "never"}


def set_by(folder: Path, text: str, *argv: str, **environ: str) -> Settings:
    """Split a command line with a config file."""
    file = folder / "config.toml"
    file.write_text(text)
    file.chmod(0o600)
    found = {"HOME": str(folder), "CREDWALLET_CONFIG": str(file), **environ}
    return split([*argv, "list"], found)[0]


@pytest.mark.parametrize("flag", FLAGS)
def test_a_flag_stands_before_or_after_the_command(flag: str):
    for argv in ([flag, "list"], ["list", flag], ["list", "--tag", "x", flag]):
        settings, rest = split(argv, HOME)
        assert getattr(settings, FLAGS[flag]) is True
        assert flag not in rest
        assert rest[0] == "list"


@pytest.mark.parametrize("option", VALUES)
def test_a_value_is_the_next_word_or_follows_an_equals_sign(option: str):
    value = TAKEN[option]
    for argv in (
        [option, value, "list"],
        ["list", option, value],
        [f"{option}={value}", "list"],
    ):
        settings, rest = split(argv, HOME)
        assert str(getattr(settings, VALUES[option])) == value
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


@pytest.mark.parametrize(
    "argv",
    [
        ["--offline", "--online"],
        ["--home", "/w", "--profile", "work"],
        ["--no-color", "--color", "always"],
        ["--color", "red"],
    ],
)
def test_flags_that_say_opposite_things_are_refused(argv: list[str]):
    for order in (argv, [*argv, "list"], ["list", *argv]):
        with pytest.raises(Usage) as caught:
            split(order, HOME)
        assert caught.value.next_step


# Flag, then environment, then the profile's table, then the top of the file.

LEVELS = ("flag", "environment", "profile", "file")
SAID = {
    "color": {
        "flag": ["--color", "always"],
        "environment": {"NO_COLOR": "1"},
        "profile": "always",
        "file": "never",
    },
    "passphrase-file": {
        "flag": ["--passphrase-file", "/flag"],
        "environment": {"CREDWALLET_PASSPHRASE_FILE": "/environment"},
        "profile": "/profile",
        "file": "/file",
    },
    "share.page": {
        "environment": {"CREDWALLET_PAGE": "https://environment.example/"},
        "profile": "https://profile.example/",
        "file": "https://file.example/",
    },
    "passphrase-command": {
        "flag": ["--passphrase-command", "flag"],
        "profile": "profile",
        "file": "file",
    },
    "images": {"profile": "kitty", "file": "never"},
    "completion": {"profile": "names", "file": "off"},
    "check.fail-if": {"profile": "revoked", "file": "invalid"},
}
WANTED = {("color", "environment"): "never", ("color", "flag"): "always"}


@pytest.mark.parametrize(
    ("key", "level"), [(key, level) for key, said in SAID.items() for level in said]
)
def test_the_strongest_place_wins(tmp_path: Path, key: str, level: str):
    weaker = LEVELS[LEVELS.index(level) :]
    said = {each: value for each, value in SAID[key].items() if each in weaker}
    text = f'{key} = "{said["file"]}"\n'
    if "profile" in said:
        text += f'[profile.work]\n{key} = "{said["profile"]}"\n'
    argv = said.get("flag", [])
    environ = {"CREDWALLET_PROFILE": "work", **said.get("environment", {})}
    settings = set_by(tmp_path, text, *argv, **environ)
    value = said[level]
    if isinstance(value, list):
        value = value[1]
    elif isinstance(value, dict):
        value = WANTED.get((key, level), *value.values())
    assert getattr(settings, KEYS[key].field) == value
    assert settings.sources[key] == level


def test_offline_of_the_file_is_undone_by_a_flag_and_by_a_profile(tmp_path: Path):
    text = "offline = true\n[profile.home]\noffline = false\n"
    assert set_by(tmp_path, text).offline is True
    assert set_by(tmp_path, text, "--online").offline is False
    assert set_by(tmp_path, text, "--profile", "home").offline is False
    assert set_by(tmp_path, text, "--profile", "home", "--offline").offline is True


def test_a_passphrase_that_is_named_hides_every_weaker_one(tmp_path: Path):
    text = "passphrase-command = 'top'\n[profile.work]\npassphrase-file = '/work'\n"
    in_file = set_by(tmp_path, text)
    assert (in_file.passphrase_command, in_file.passphrase_file) == ("top", "")
    work = set_by(tmp_path, text, "--profile", "work")
    assert (work.passphrase_command, work.passphrase_file) == ("", "/work")
    named = {"CREDWALLET_PASSPHRASE_FILE": "/env"}
    by_environment = set_by(tmp_path, text, **named)
    assert by_environment.passphrase_command == ""
    assert by_environment.passphrase_file == "/env"
    by_flag = set_by(tmp_path, text, "--passphrase-fd", "3", **named)
    assert (by_flag.passphrase_fd, by_flag.passphrase_file) == (3, "")
    assert by_flag.passphrase_command == ""


def test_a_path_of_the_file_may_start_at_the_home(tmp_path: Path):
    settings = set_by(tmp_path, "passphrase-file = '~/secret'\n")
    assert settings.passphrase_file == f"{tmp_path}/secret"


def test_a_wallet_opens_by_the_passphrase_file_that_the_config_names(filled: Cli):
    secret = filled.folder / "passphrase.txt"
    filled("help")
    filled("config", "set", "passphrase-file", secret)
    assert filled("list", env={"CREDWALLET_PASSPHRASE_FILE": ""}).code == 0


@pytest.mark.parametrize(
    ("argv", "environ", "text", "terminal", "coloured"),
    [
        ([], {}, "", True, True),
        ([], {}, "", False, False),
        ([], {"NO_COLOR": "1"}, "", True, False),
        ([], {"NO_COLOR": ""}, "", True, True),
        ([], {"TERM": "dumb"}, "", True, False),
        ([], {"FORCE_COLOR": "1"}, "", False, True),
        ([], {"FORCE_COLOR": "1", "NO_COLOR": "1"}, "", True, False),
        ([], {"FORCE_COLOR": "1", "TERM": "dumb"}, "", True, False),
        ([], {}, "color = 'never'", True, False),
        ([], {}, "color = 'always'", False, True),
        ([], {"NO_COLOR": "1"}, "color = 'always'", True, False),
        ([], {"FORCE_COLOR": "1"}, "color = 'never'", False, True),
        (["--color", "auto"], {}, "color = 'never'", True, True),
        (["--color", "auto"], {"NO_COLOR": "1"}, "", True, True),
        (["--color", "always"], {"NO_COLOR": "1"}, "", False, True),
        (["--no-color"], {"FORCE_COLOR": "1"}, "color = 'always'", True, False),
    ],
)
def test_colour_is_as_the_strongest_place_says(  # noqa: PLR0917 -- a table
    tmp_path: Path, argv, environ, text, terminal, coloured
):
    settings = set_by(tmp_path, text, *argv, **environ)
    assert session._colour(settings, terminal=terminal) is coloured


def test_a_page_of_the_config_makes_a_link(filled: Cli):
    filled("config", "set", "share.page", "https://ada.example/badges/")
    ran = filled("share", "Cleaning Data", "--as", "link", "--yes")
    assert ran.code == 0
    assert ran.out.startswith("https://ada.example/badges/#c=")
    own = ["--page", "https://other.example/"]
    ran = filled("share", "Cleaning Data", "--as", "link", "--yes", *own)
    assert ran.out.startswith("https://other.example/#c=")


def test_the_default_of_a_key_is_the_default_of_the_settings():
    bare = Settings()
    for name, key in KEYS.items():
        default = split([], HOME)[0].sources[name]
        assert default == "default"
        if name not in ("offline", "profile.default"):
            assert getattr(bare, key.field) == key.default
    assert (bare.offline, bare.profile) == (False, "")


def test_whoever_has_no_config_file_pays_one_look_for_it(monkeypatch, tmp_path: Path):
    asked = []
    real = os.stat

    def stat(path, *args, **kwargs):
        asked.append(str(path))
        return real(path, *args, **kwargs)

    monkeypatch.setattr(os, "stat", stat)
    split(["list"], {"HOME": str(tmp_path)})
    assert asked == [f"{tmp_path}/.config/credwallet/config.toml"]


def test_what_to_fall_back_on_reads_no_file(tmp_path: Path):
    (tmp_path / "config.toml").write_text("color = ")
    environ = {
        "HOME": str(tmp_path),
        "CREDWALLET_CONFIG": str(tmp_path / "config.toml"),
        "CREDWALLET_PROFILE": "../x",
    }
    with pytest.raises(CredwalletError):
        split(["list"], environ)
    assert without_config(environ).home == default_home(environ)


@pytest.mark.parametrize("name", ["x\0y", "a" * 5000, "/dev/null/x"])
def test_a_config_file_that_cannot_be_looked_at_is_said_or_is_none(
    filled: Cli, name: str
):
    ran = filled("list", env={"CREDWALLET_CONFIG": name})
    assert ran.code in (0, 2, 11)
    assert "Traceback" not in ran.err
    assert ran.code == 0 or "hint: " in ran.err
