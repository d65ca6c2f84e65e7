"""Are the wallets of one person kept apart by name?"""

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credwallet import store
from credwallet.cli.agent.place import place_of
from credwallet.cli.configuring.keys import is_profile_name
from credwallet.cli.configuring.named_profile import with_profile
from credwallet.cli.fast import INDEX
from credwallet.cli.settings import profile_home, split
from credwallet.errors import Usage
from tests.cli.badges import good
from tests.cli.runner import NOW, PASSPHRASE, Cli

# No folder is named, so that profiles count.
NO_HOME = {"CREDWALLET_HOME": ""}
HOSTILE = [
    *("..", ".", "../x", "a/b", "a\\b", "/etc", "~", "-x", "Work", "wörk", "a b"),
    *("a\nb", "\x1b[2J", "a" * 33, "con", "nul", "com1", "a.b", "\u202e", "\0"),
]


def wallet_of(cli: Cli, profile: str) -> Path:
    return cli.folder / ".local" / "share" / "credwallet-profiles" / profile


@pytest.fixture
def two(filled: Cli) -> Cli:
    """The filled wallet as the one without a profile, and an empty one, `work`."""
    home = filled.folder / ".local" / "share" / "credwallet"
    home.parent.mkdir(parents=True)
    shutil.move(filled.home, home)
    made = store.create(
        wallet_of(filled, "work"),
        PASSPHRASE,
        recovery=False,
        at=NOW,
        kdf=store.KdfCosts(memory=19 * 1024, passes=1, lanes=1),
    )
    made.vault.close()
    return filled


@pytest.mark.parametrize(
    ("argv", "env"),
    [
        (["list", "--profile", "work"], {}),
        (["--profile", "work", "list"], {}),
        (["list", "--profile=work"], {}),
        (["list"], {"CREDWALLET_PROFILE": "work"}),
    ],
)
def test_a_profile_is_another_wallet(two: Cli, argv, env):
    assert len(two("list", env=NO_HOME).rows) == 5
    ran = two(*argv, env={**NO_HOME, **env})
    assert (ran.code, ran.rows) == (0, [])


def test_the_config_file_names_the_profile_that_is_used(two: Cli):
    assert two("config", "set", "profile", "work", env=NO_HOME).code == 0
    assert two("list", env=NO_HOME).rows == []
    assert len(two("list", "--profile", "default", env=NO_HOME).rows) == 5
    env = {**NO_HOME, "CREDWALLET_PROFILE": "default"}
    assert len(two("list", env=env).rows) == 5


@pytest.mark.parametrize(
    ("argv", "environ", "wanted"),
    [
        ([], {}, "credwallet"),
        (["--profile", "work"], {}, "credwallet-profiles/work"),
        (["--profile", "default"], {"CREDWALLET_PROFILE": "work"}, "credwallet"),
        ([], {"CREDWALLET_PROFILE": "work"}, "credwallet-profiles/work"),
        ([], {"CREDWALLET_PROFILE": "work", "CREDWALLET_HOME": "/w"}, "/w"),
        (["--home", "/w"], {"CREDWALLET_PROFILE": "work"}, "/w"),
        (["--profile", "x"], {"CREDWALLET_HOME": "/w"}, "credwallet-profiles/x"),
    ],
)
def test_a_folder_wins_over_a_profile_and_a_flag_over_the_environment(
    argv, environ, wanted
):
    environ = {"HOME": "/home/ada", "CREDWALLET_CONFIG": "", **environ}
    settings, _ = split([*argv, "list"], environ)
    assert settings.home == Path("/home/ada/.local/share") / wanted
    # Its own settings hold for a profile's own wallet alone.
    assert bool(settings.profile) == ("profiles" in wanted)


def test_a_folder_leaves_the_table_of_the_default_profile_out(tmp_path: Path):
    file = tmp_path / "config.toml"
    file.write_text("profile.default = 'work'\n[profile.work]\noffline = true\n")
    environ = {"HOME": str(tmp_path), "CREDWALLET_CONFIG": str(file)}
    assert split(["list"], environ)[0].offline is True
    assert split(["list", "--home", "/w"], environ)[0].offline is False


def test_both_flags_at_once_are_refused(two: Cli):
    ran = two("list", "--profile", "work", "--home", "/w")
    assert (ran.code, ran.out) == (2, "")
    assert "--home and --profile" in ran.err


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_refused_wherever_it_stands(cli: Cli, name: str):
    before = sorted(cli.folder.rglob("*"))
    for argv, env in (
        (["list", f"--profile={name}"], {}),
        (["list"], {"CREDWALLET_PROFILE": name}),
        (["init", "--no-recovery", f"--profile={name}"], {}),
        (["config", "set", "profile", name], {}),
    ):
        ran = cli(*argv, env={**NO_HOME, **env})
        assert (ran.code, ran.out) == (2, "")
        assert "hint: " in ran.err
        assert "\x1b" not in ran.err
    made = {path.name for path in sorted(cli.folder.rglob("*")) if path not in before}
    assert made <= {"passphrase.txt", "run"}


@given(st.text(max_size=40) | st.text("abz019-./", max_size=34))
def test_only_a_name_that_is_one_folder_is_a_profile(name: str):
    environ = {"HOME": "/home/ada", "CREDWALLET_CONFIG": ""}
    base = profile_home(environ, "x").parent
    if not is_profile_name(name):
        with pytest.raises(Usage):
            split([f"--profile={name}", "list"], environ)
        return
    settings, _ = split([f"--profile={name}", "list"], environ)
    assert settings.home.parent in (base, base.parent)
    assert os.path.normpath(settings.home) == str(settings.home)


def test_no_wallet_lies_in_the_folder_of_another():
    environ = {"HOME": "/home/ada"}
    one, two_, none = (profile_home(environ, name) for name in ("a", "b", ""))
    for each, other in ((one, two_), (one, none), (none, one)):
        assert not each.is_relative_to(other)


def test_no_two_profiles_share_agent_or_anchor(two: Cli):
    environ = {"HOME": str(two.folder), "XDG_RUNTIME_DIR": str(two.folder)}
    homes = [profile_home(environ, name) for name in ("", "work", "other")]
    assert len({place_of(home, environ).path for home in homes}) == 3
    for argv in (["list"], ["list", "--profile", "work"]):
        assert two(*argv, env=NO_HOME).code == 0
    anchors = list((two.folder / ".local" / "state").rglob("*.anchor"))
    assert len({path.parent for path in anchors}) == len(anchors) == 2


def test_what_unlock_keeps_opens_one_profile_alone(two: Cli):
    locked = {**NO_HOME, "CREDWALLET_PASSPHRASE_FILE": ""}
    assert two("unlock", "--profile", "work", env=NO_HOME).code == 0
    try:
        assert two("list", "--profile", "work", "--no-input", env=locked).code == 0
        assert two("list", "--no-input", env=locked).code == 6
    finally:
        two("lock", "--profile", "work", env=NO_HOME)
    assert two("list", "--profile", "work", "--no-input", env=locked).code == 6


def test_the_doctor_of_one_wallet_has_nothing_to_say_of_the_other(two: Cli):
    for argv in ([], ["--profile", "work"]):
        data = two("doctor", "--json", *argv, env=NO_HOME).data
        files = [each for each in data["findings"] if each["area"] == "files"]
        assert [each["severity"] for each in files] == ["ok"]
        assert data["profile"] == (argv[1] if argv else "default")


def test_a_backup_holds_one_profile_alone(two: Cli):
    copy = two.folder / "copy.db"
    assert two("backup", copy, "--profile", "work", env=NO_HOME).code == 0
    ran = two("restore-backup", copy, "--yes", "--profile", "other", env=NO_HOME)
    assert ran.code == 0
    assert two("list", "--profile", "other", env=NO_HOME).rows == []
    assert len(two("list", env=NO_HOME).rows) == 5


@pytest.mark.parametrize(
    "argv",
    [["list"], ["unlock"], ["rekey"], ["passphrase", "change"], ["doctor"]],
)
def test_who_has_no_such_wallet_is_told_the_profile_and_those_there_are(two: Cli, argv):
    ran = two(*argv, "--profile", "wrok", env=NO_HOME)
    assert ran.code == 5
    assert f"no wallet in {wallet_of(two, 'wrok')} (profile wrok)" in ran.err
    assert "credwallet --profile wrok init" in ran.err
    assert "--profile work" in ran.err or "default or work" in ran.err


def test_profiles_are_listed_with_the_one_in_use(two: Cli):
    wallet_of(two, "empty").mkdir()
    (wallet_of(two, "x").parent / "Not One").mkdir()
    ran = two("config", "profiles", "--profile", "work", env=NO_HOME)
    assert [row[:3] for row in ran.rows] == [
        ["", "default", "yes"],
        ["", "empty", "none"],
        ["*", "work", "yes"],
    ]
    data = two("config", "profiles", "--json", env=NO_HOME).data["profiles"]
    assert [each["isUsed"] for each in data] == [True, False, False]


def test_a_table_of_the_file_is_written_for_the_profile_of_the_flag_alone(two: Cli):
    file = two.folder / ".config" / "credwallet" / "config.toml"
    env = {**NO_HOME, "CREDWALLET_PROFILE": "work"}
    two("config", "set", "images", "never", env=env)
    assert file.read_text() == 'images = "never"\n'
    two("config", "set", "images", "kitty", "--profile", "work", env=NO_HOME)
    two("config", "set", "check.fail-if", "none", "--profile", "work", env=NO_HOME)
    assert file.read_text() == (
        'images = "never"\n\n[profile.work]\nimages = "kitty"\ncheck.fail-if = "none"\n'
    )
    two("config", "unset", "images", "--profile", "work", env=NO_HOME)
    got = two("config", "get", "images", "--profile", "work", env=NO_HOME)
    assert got.out == "never\n"


def test_which_profile_is_the_default_is_no_matter_of_a_profile(two: Cli):
    ran = two("config", "set", "profile", "x", "--profile", "work", env=NO_HOME)
    assert ran.code == 2
    assert "for all profiles" in ran.err


def test_the_demo_is_the_same_whatever_the_settings_are(two: Cli):
    two("config", "set", "profile", "work", env=NO_HOME)
    two("config", "set", "passphrase-command", "false", env=NO_HOME)
    ran = two("demo", env={**NO_HOME, "CREDWALLET_PROFILE": "work"})
    assert ran.code == 0


@pytest.mark.parametrize(
    ("argv", "step"),
    [
        (["list", "--profile", "work"], "credwallet --profile work import FILE"),
        (["--profile=work", "show", "none"], "see: credwallet --profile work list"),
        (["show", "none", "--profile", "default"], "credwallet --profile default list"),
    ],
)
def test_a_hint_leads_to_the_wallet_that_the_flag_named(two: Cli, argv, step):
    assert step in two(*argv, env=NO_HOME).err


def test_the_next_step_of_a_json_document_names_the_profile_too(two: Cli):
    ran = two("show", "none", "--profile", "work", "--json", env=NO_HOME)
    (problem,) = ran.json["problems"]
    assert problem["nextStep"] == "see: credwallet --profile work list"


def test_the_next_step_of_a_check_names_the_profile_too(two: Cli):
    badge = good(two.folder, validUntil="2026-11-24T00:00:00Z")
    env = NO_HOME
    two("import", badge, "--keep-invalid", "--profile", "work", env=env)
    wish = ("--fail-if", "unknown-issuer")
    ran = two("check", *wish, "--profile", "work", env=env)
    assert ran.rows[0][5].startswith(
        "if you know it: credwallet --profile work issuer trust "
    )


@pytest.mark.parametrize(
    "env",
    [{**NO_HOME, "CREDWALLET_PROFILE": "work"}, {}],
    ids=["variable", "none"],
)
def test_a_hint_stays_short_where_the_next_command_finds_the_wallet_anyway(two, env):
    assert "--profile" not in two("list", "--query", "zzz", env=env or NO_HOME).err


def test_only_commands_of_ours_get_the_profile():
    text = "see credwallet --help; a credwallet in a folder; /x/credwallet list"
    assert with_profile(text, "work") == text
    assert with_profile("credwallet list", "") == "credwallet list"
    once = with_profile("credwallet tag ID, or: credwallet list", "work")
    assert once.count("credwallet --profile work ") == 2
    assert with_profile(once, "work") == once


def test_the_other_wallets_are_named_where_there_is_none(two: Cli):
    ran = two("list", "--profile", "home", env=NO_HOME)
    assert ran.code == 5
    assert "your other wallets: --profile default, --profile work" in ran.err


def test_names_go_from_every_wallet_unless_one_has_its_own_word(two: Cli):
    def index(profile: str) -> str:
        usual = two.folder / ".local" / "share" / "credwallet"
        path = (wallet_of(two, profile) if profile else usual) / INDEX
        return path.read_text() if path.exists() else ""

    def run(*argv: str) -> None:
        assert two(*argv, env=NO_HOME).code == 0

    run("config", "set", "completion", "names")
    run("key", "create", "secret")
    run("key", "create", "at-work", "--profile", "work")
    assert "secret" in index("")
    assert "at-work" in index("work")
    run("config", "set", "completion", "off")
    assert (index(""), index("work")) == ("off\n", "off\n")
    run("config", "set", "completion", "names")
    run("config", "set", "completion", "names", "--profile", "work")
    run("key", "list")
    run("key", "list", "--profile", "work")
    assert "secret" in index("")
    assert "at-work" in index("work")
    run("config", "set", "completion", "handles")
    assert "secret" not in index("")
    assert "at-work" in index("work")
    run("config", "set", "completion", "off", "--profile", "work")
    assert index("work") == "off\n"


def test_a_new_wallet_says_whose_passphrase_it_has(two: Cli):
    secret = two.folder / "passphrase.txt"
    env = {**NO_HOME, "CREDWALLET_PASSPHRASE_FILE": ""}
    two("config", "set", "passphrase-file", secret, env=env)
    said = two("init", "--profile", "third", env=env).err
    assert f"its passphrase is the one of the file {secret}" in said
    assert "(the setting passphrase-file, which holds for every profile)" in said


def test_a_passphrase_that_the_command_line_names_is_taken_without_a_word(two: Cli):
    secret = two.folder / "passphrase.txt"
    ran = two("init", "--profile", "third", "--passphrase-file", secret, env=NO_HOME)
    assert (ran.code, "its passphrase" in ran.err) == (0, False)
