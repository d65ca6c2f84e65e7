"""What can be kept in the config file, and does a wrong one lock nobody out?"""

import os
import stat
from pathlib import Path

import pytest

from credwallet.cli.app import COMMANDS
from credwallet.cli.configuring.keys import KEYS
from credwallet.cli.settings import MENDING, Settings
from tests.cli.runner import Cli

needs_posix = pytest.mark.skipif(os.name != "posix", reason="POSIX permissions")
DOCUMENT = Path(__file__).parents[2] / "docs" / "config.md"
# One good value of every key.
GOOD = {
    "offline": "true",
    "color": "never",
    "images": "sixel",
    "completion": "off",
    "passphrase-file": "~/secret",
    "passphrase-command": 'pass "show" my\\wallet # é',
    "share.page": "https://ada.example/badges/",
    "check.fail-if": "revoked,invalid",
    "profile.default": "work",
}


def config(cli: Cli) -> Path:
    return cli.folder / ".config" / "credwallet" / "config.toml"


def write(cli: Cli, text: str | bytes, mode: int = 0o600) -> Path:
    path = config(cli)
    path.parent.mkdir(0o700, parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    path.chmod(mode)
    return path


# What the table says.


def test_the_page_about_settings_says_what_the_table_says():
    rows = {
        cells[0].strip("`"): cells
        for line in DOCUMENT.read_text("utf-8").splitlines()
        if line.startswith("| `")
        for cells in ([cell.strip() for cell in line.strip("|").split("|")],)
    }
    assert list(rows) == list(KEYS)
    for name, key in KEYS.items():
        _, values, default, meaning, flag, variable = rows[name]
        assert not key.allowed or values == " ".join(
            f"`{each}`" for each in key.allowed
        )
        assert (default.strip("`"), meaning) == (key.default, key.meaning)
        assert flag.replace("`", "").split() == key.flag.replace(",", "").split()
        for each in filter(None, key.variable.split(", ")):
            assert f"`{each}`" in variable


def test_every_key_has_a_value_for_the_tests_and_a_field_of_settings():
    assert set(GOOD) == set(KEYS)
    for key in KEYS.values():
        assert key.field in Settings._fields
        assert key.meaning
        assert not key.meaning.endswith(".")


@pytest.mark.parametrize("key", KEYS)
def test_what_is_set_can_be_got_and_unset_again(cli: Cli, key: str):
    env = {"CREDWALLET_PASSPHRASE_FILE": "", "CREDWALLET_HOME": ""}
    before = cli("config", "get", key, env=env).out
    ran = cli("config", "set", key, GOOD[key], env=env)
    assert (ran.code, ran.err) == (0, "")
    got = cli("config", "get", key, "--json", env=env).data
    value = GOOD[key].replace("~", str(cli.folder))
    assert (got["value"], got["source"]) == (value, "file")
    assert cli("config", "unset", key, env=env).code == 0
    assert cli("config", "get", key, env=env).out == before
    assert config(cli).read_bytes() == b""


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("value", ["", "two\nlines", "\x1b[31m", "x" * 5000, "\udcff"])
def test_a_value_that_is_no_line_of_text_is_refused(cli: Cli, key: str, value: str):
    ran = cli("config", "set", key, value)
    assert (ran.code, ran.out) == (2, "")
    assert "hint: " in ran.err
    assert not config(cli).exists()


@pytest.mark.parametrize(
    ("key", "value", "told"),
    [
        ("offline", "yes", "true or false"),
        ("color", "purple", "auto, never or always"),
        ("images", "ascii", "auto, kitty, iterm2, sixel or never"),
        ("completion", "on", "handles, names or off"),
        ("passphrase-file", "secret.txt", "path from the root"),
        ("share.page", "ada.example", "https address"),
        ("share.page", "ftp://ada.example/", "https address"),
        ("share.page", "https://ada.example/#x", "without #"),
        ("check.fail-if", "revokd", "revokd"),
        ("profile.default", "../x", "names no profile"),
        ("profile", "Work", "names no profile"),
    ],
)
def test_a_wrong_value_is_refused_with_what_it_can_be(cli: Cli, key, value, told):
    ran = cli("config", "set", key, value)
    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err
    assert "hint: " in ran.err
    assert not config(cli).exists()


@pytest.mark.parametrize("command", [["get"], ["unset"], ["set"]])
@pytest.mark.parametrize(
    ("key", "meant"),
    [("colour", "color"), ("offlin", "offline"), ("fail-if", "check.fail-if")],
)
def test_an_unknown_key_is_refused_with_the_nearest(cli: Cli, command, key, meant):
    ran = cli("config", *command, key, *(["x"] if command == ["set"] else []))
    assert (ran.code, ran.out) == (2, "")
    assert f"did you mean {meant}?" in ran.err


@pytest.mark.parametrize("key", ["passphrase", "PASSPHRASE"])
def test_the_passphrase_itself_is_never_kept_nor_said_again(cli: Cli, key: str):
    ran = cli("config", "set", key, "correct horse")
    assert ran.code == 2
    assert "never kept" in ran.err
    assert "passphrase-command" in ran.err
    assert "correct horse" not in ran.err
    assert not config(cli).exists()


def test_a_wrong_path_of_the_passphrase_is_not_said_again(cli: Cli):
    # Who mistakes the key for the passphrase itself finds it in no log.
    assert "hunter22" not in cli("config", "set", "passphrase-file", "hunter22").err


# Where it lies.


@needs_posix
@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_file_and_folder_are_the_users_alone(cli: Cli, umask: int):
    before = os.umask(umask)
    try:
        assert cli("config", "set", "color", "never").code == 0
    finally:
        os.umask(before)
    assert stat.S_IMODE(config(cli).stat().st_mode) == 0o600
    assert stat.S_IMODE(config(cli).parent.stat().st_mode) == 0o700


def test_another_file_can_be_named_and_none(cli: Cli):
    other = cli.folder / "deep" / "other.toml"
    env = {"CREDWALLET_CONFIG": str(other)}
    assert cli("config", "set", "color", "never", env=env).code == 0
    assert other.read_text() == 'color = "never"\n'
    assert cli("config", "path", env=env).out == f"{other}\n"
    assert cli("config", "get", "color", env=env).out == "never\n"
    none = {"CREDWALLET_CONFIG": ""}
    assert cli("config", "path", "--json", env=none).data["file"] is None
    assert cli("config", "set", "color", "never", env=none).code == 2


def test_where_the_system_keeps_settings_is_followed(cli: Cli, tmp_path: Path):
    env = {"XDG_CONFIG_HOME": str(tmp_path / "xdg")}
    assert cli("config", "set", "offline", "true", env=env).code == 0
    assert (tmp_path / "xdg" / "credwallet" / "config.toml").is_file()
    # The standard says that a relative one is ignored.
    relative = {"XDG_CONFIG_HOME": "xdg"}
    assert cli("config", "path", env=relative).out == f"{config(cli)}\n"


@needs_posix
def test_a_link_to_the_file_stays_a_link(cli: Cli):
    real = cli.folder / "dotfiles.toml"
    real.write_text("# mine\n")
    config(cli).parent.mkdir(parents=True)
    config(cli).symlink_to(real)
    assert cli("config", "set", "color", "never").code == 0
    assert config(cli).is_symlink()
    assert real.read_text() == '# mine\ncolor = "never"\n'


@needs_posix
def test_a_folder_that_cannot_be_written_is_said(cli: Cli):
    (cli.folder / ".config").write_text("in the way")
    ran = cli("config", "set", "color", "never")
    assert ran.code == 11
    assert "hint: " in ran.err


# What a wrong file does.

BROKEN = {
    "no value": ("# mine\ncolor = \n", "line 2, column 9"),
    "no end": ('offline = true\nx = """', "line 2"),
    "no UTF-8": (b"# mine\ncolor = '\xff'\n", "line 2, column 10"),
    "another coding": ("color = 'never'".encode("utf-16"), "line 1, column 1"),
    "twice": ("color = 'auto'\ncolor = 'auto'\n", "line 2"),
    "deep": ("x = " + "[" * 20000, "line 1"),
    "a large number": ("x = " + "1" * 10000, "line 1"),
    "too large": ("#" * 70000, "larger than 64 KiB"),
    "a wrong value": ("\n\ncolor = 'purple'\n", "line 3: color must be auto"),
    "a wrong type": ("offline = 'on'\n", "line 1: offline must be true or false"),
    "a wrong table": ("[check]\n\nfail-if = 7\n", "line 3: check.fail-if must be"),
    "a hostile profile": ("profile.default = '../x'\n", "line 1: profile.default"),
    "a hostile table": ("[profile.'../x']\ncolor = 'auto'\n", "line 1"),
    "in a profile": ("[profile.work]\ncolor = 'red'\n", "line 2: color must be"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_wrong_file_is_one_clear_error_with_its_line(filled: Cli, name: str):
    text, told = BROKEN[name]
    path = write(filled, text)
    ran = filled("list")
    assert (ran.code, ran.out) == (2, "")
    assert str(path) in ran.err
    assert told in ran.err
    assert ran.err.count("error:") == ran.err.count("hint:") == 1
    assert len(ran.err) < 600


@pytest.mark.parametrize("name", BROKEN)
def test_a_wrong_file_locks_nobody_out_of_what_helps(filled: Cli, name: str):
    write(filled, BROKEN[name][0])
    for argv, code in (
        (["--version"], 0),
        (["--help"], 0),
        (["list", "--help"], 0),
        (["help", "exit-codes"], 0),
        (["completion", "bash"], 0),
        (["config", "path"], 0),
        (["config", "list"], 2),
        (["config", "get", "color"], 2),
        (["doctor"], 2),
    ):
        ran = filled(*argv)
        assert ran.code == code, argv
        assert ran.out, argv
    assert filled("list", env={"CREDWALLET_CONFIG": ""}).code == 0


@pytest.mark.parametrize("name", ["no value", "no UTF-8", "twice", "deep"])
def test_what_is_no_toml_is_not_written_over(cli: Cli, name: str):
    path = write(cli, BROKEN[name][0])
    before = path.read_bytes()
    for argv in (["set", "color", "never"], ["unset", "color"]):
        ran = cli("config", *argv)
        assert ran.code == 2
        assert "line" in ran.err
        assert path.read_bytes() == before


@pytest.mark.parametrize("name", ["a wrong value", "a wrong type", "in a profile"])
def test_a_wrong_value_can_be_mended_with_the_command(filled: Cli, name: str):
    write(filled, BROKEN[name][0])
    key = "offline" if name == "a wrong type" else "color"
    profile = ["--profile", "work"] if name == "in a profile" else []
    assert filled("config", "unset", key, *profile).code == 0
    assert filled("list").code == 0


def test_a_wrong_file_is_one_document_with_json(filled: Cli):
    write(filled, "color = \n")
    ran = filled("list", "--json")
    assert (ran.code, ran.json["exitCode"]) == (2, 2)
    (problem,) = ran.json["problems"]
    assert (problem["type"], problem["file"]) == ("config", str(config(filled)))
    assert (problem["line"], problem["column"]) == (1, 9)
    listed = filled("config", "list", "--json")
    assert listed.json["problems"] == ran.json["problems"]
    assert len(listed.data["keys"]) == len(KEYS)


def test_an_unknown_key_is_a_warning_with_the_nearest_and_never_fatal(filled: Cli):
    write(
        filled, "colour = 'hunter22'\n[profile.work]\nfail-if = 'x'\n[other]\na = 1\n"
    )
    ran = filled("list")
    assert (ran.code, len(ran.rows)) == (0, 5)
    assert "unknown key colour (did you mean color?)" in ran.err
    assert "fail-if of [profile.work] (did you mean check.fail-if?)" in ran.err
    assert "unknown key other" in ran.err
    assert "hunter22" not in ran.err
    assert filled("list", "--quiet").err == ""


def test_a_passphrase_in_the_file_is_not_read_and_to_be_taken_out(filled: Cli):
    write(filled, "passphrase = 'hunter22'\n")
    ran = filled("list")
    assert ran.code == 0
    assert "never read from this file: take it out" in ran.err
    assert "hunter22" not in ran.err
    assert filled("config", "unset", "passphrase").code == 0
    assert config(filled).read_text() == ""


def test_an_unknown_key_can_be_taken_out(filled: Cli):
    path = write(filled, "# a\ncolour = 'red' # b\ncolor = 'never'\n")
    assert filled("config", "unset", "colour").code == 0
    assert path.read_text() == "# a\ncolor = 'never'\n"


def test_a_thousand_unknown_keys_are_not_a_thousand_warnings(filled: Cli):
    write(filled, "".join(f"k{number} = 1\n" for number in range(1000)))
    ran = filled("list")
    assert ran.code == 0
    assert ran.err.count("unknown key") == 20


def test_a_hostile_key_reaches_the_terminal_as_escapes(filled: Cli):
    write(filled, '"\\u001b[2Jx" = 1\n')
    ran = filled("list", terminal=True)
    assert ran.code == 0
    assert "\x1b[2J" not in ran.err
    assert "\\x1b[2Jx" in ran.err


@needs_posix
def test_a_command_in_a_file_that_others_can_write_is_not_run(filled: Cli):
    ran_it = filled.folder / "ran-it"
    path = write(filled, f"passphrase-command = 'touch {ran_it}'\n", mode=0o666)
    ran = filled("list", env={"CREDWALLET_PASSPHRASE_FILE": ""})
    assert ran.code == 2
    assert f"chmod 600 {path}" in ran.err
    assert not ran_it.exists()
    # What is harmless is only a finding of the doctor's.
    write(filled, "color = 'never'\n", mode=0o666)
    assert filled("list").code == 0


@needs_posix
@pytest.mark.parametrize("mode", [0o620, 0o602])
@pytest.mark.parametrize("table", ["", "[profile.work]\n"])
@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("passphrase-file = '/tmp/secret'", "a file that opens the wallet"),
        ("passphrase-command = 'pass'", "a command that is run"),
        ("share.page = 'https://a.example/'", "a page that readers of your badges"),
    ],
)
def test_what_others_must_not_choose_is_not_taken_from_a_file_that_they_can_write(
    filled: Cli, line: str, named: str, table: str, mode: int
):
    path = write(filled, f"{table}{line}\n", mode=mode)
    ran = filled("list")
    assert (ran.code, ran.out) == (2, "")
    assert f"others can write {path}, and it names {named}" in ran.err
    assert f"chmod 600 {path}" in ran.err
    path.chmod(0o600)
    assert filled("list").code == 0


@needs_posix
@pytest.mark.parametrize("kind", ["folder", "pipe"])
def test_what_is_no_file_is_not_read(filled: Cli, kind: str):
    config(filled).parent.mkdir(parents=True)
    if kind == "folder":
        config(filled).mkdir()
    else:
        os.mkfifo(config(filled))
    ran = filled("list")
    assert ran.code in (2, 11)
    assert str(config(filled)) in ran.err
    assert "hint: " in ran.err


# What the listing says.


def test_the_listing_says_where_each_value_comes_from(cli: Cli):
    write(cli, "color = 'never'\nimages = 'never'\n[profile.work]\nimages = 'kitty'\n")
    data = cli("config", "list", "--offline", "--profile", "work", "--json").data
    found = {each["key"]: (each["value"], each["source"]) for each in data["keys"]}
    assert found["offline"] == ("true", "flag")
    assert found["color"] == ("never", "file")
    assert found["images"] == ("kitty", "profile")
    assert found["completion"] == ("handles", "default")
    assert found["passphrase-file"][1] == "environment"
    assert found["profile.default"] == ("work", "flag")
    assert (data["file"], data["exists"], data["profile"]) == (
        str(config(cli)),
        True,
        "work",
    )


def test_the_listing_is_one_record_a_key_in_a_pipe_and_fits_on_a_terminal(cli: Cli):
    rows = cli("config", "list").rows
    assert [row[0] for row in rows] == list(KEYS)
    assert {len(row) for row in rows} == {4}
    for width in (80, 120):
        env = {"COLUMNS": str(width), "NO_COLOR": "1"}
        lines = cli("config", "list", terminal=True, env=env).out.splitlines()
        table = [line for line in lines if str(cli.folder) not in line]
        assert max(map(len, table)) <= width


def test_a_value_that_is_not_in_force_is_said(cli: Cli):
    write(cli, "[profile.work]\ncolor = 'always'\n")
    ran = cli("config", "set", "color", "never", env={"NO_COLOR": "1"})
    assert (ran.code, "the environment also says what color is" in ran.err) == (0, True)
    env = {"CREDWALLET_PROFILE": "work", "CREDWALLET_HOME": ""}
    ran = cli("config", "set", "color", "never", env=env)
    assert "the table of profile work also says what color is" in ran.err


def test_setting_twice_changes_nothing_more(cli: Cli):
    path = write(cli, "color = 'never' # mine\n")
    assert cli("config", "set", "color", "never", "--json").data["changed"] is False
    assert path.read_text() == "color = 'never' # mine\n"
    assert cli("config", "unset", "offline", "--json").data["changed"] is False


def test_every_command_that_mends_is_a_command():
    assert set(COMMANDS) >= MENDING


@pytest.mark.parametrize("argv", [("set", "colour", "never"), ("get", "colour")])
def test_what_may_be_meant_is_asked_once(cli: Cli, argv: tuple[str, ...]):
    ran = cli("config", *argv)
    assert (ran.code, ran.err.count("did you mean")) == (2, 1)
    assert "did you mean color?" in ran.err


@pytest.mark.parametrize(
    "value", ["expird", "expiring=soon", "revoked=1", "none,expired"]
)
def test_a_condition_that_check_would_refuse_is_not_kept(cli: Cli, value: str):
    ran = cli("config", "set", "check.fail-if", value)
    assert (ran.code, ran.out) == (2, "")
    assert "error: check.fail-if" in ran.err
    assert cli("config", "get", "check.fail-if").out == "\n"
