"""Is help answered before anything is loaded, and does completion never fail?"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credwallet.cli import baked
from credwallet.cli.app import COMMANDS
from credwallet.cli.fast import INDEX, answer, asked_help, help_of
from credwallet.cli.helping import baking
from credwallet.cli.helping.offering import complete
from credwallet.cli.helping.wallet_folder import folder_of
from credwallet.cli.settings import FLAGS, VALUES, split
from credwallet.errors import CredwalletError
from tests.cli.runner import SAMPLES, Cli

KEPT = {
    "handle": ("k7wq", "k7zz", "abcd"),
    "tag": ("python", "data analysis"),
    "qualification": ("harbour/data",),
    "goal": ("harbour/wanted",),
    "key": ("main",),
}
HANDLES = list(KEPT["handle"])


def offered(*words: str) -> list[str]:
    return complete(words, {}, lambda kind, *_: KEPT.get(kind, ()))


def test_what_was_baked_is_fresh():
    """If this fails, run: python -m credwallet.cli.helping.baking."""
    for path, text in baking.everything().items():
        assert path.read_text(encoding="utf-8") == text, path.name


def test_the_root_help_names_every_command_within_80_columns():
    text = help_of("")
    for name, entry in COMMANDS.items():
        assert f"  {name} " in text
        assert entry.summary in text
    assert all(len(line) <= 80 for line in text.splitlines())
    assert text.isascii()


@pytest.mark.parametrize(
    ("line", "path"),
    [
        ("--help", ""),
        ("-h", ""),
        ("--offline -h", ""),
        ("--home /wallet --help", ""),
        ("list --help", "list"),
        ("list -h --sort name", "list"),
        ("--offline list -h", "list"),
        ("--home /wallet list --help", "list"),
        ("list --tag python --help", "list"),
        ("show k7wq --help", "show"),
        ("issuer --help", "issuer"),
        ("issuer registry add -h", "issuer registry add"),
        ("issuer --quiet registry add -h", "issuer registry add"),
        ("issuer -h registry", "issuer"),
        ("share log k7wq --help", "share log"),
        ("share k7wq log --help", "share"),
        ("qualification import --add --help", "qualification import"),
        ("stack-progress --why -h", "stack-progress"),
    ],
)
def test_help_is_found_wherever_it_is_asked_for(line: str, path: str):
    assert asked_help(line.split()) == path


@pytest.mark.parametrize(
    "line",
    [
        "list",
        "note k7wq --text --help",  # it is the text
        "tag k7wq --add -h",  # it is the tag
        "goal add x --why -h",
        "--home -h",
        "show -- --help",
        "frobnicate --help",
        "issuer frobnicate --help",
        "help",
    ],
)
def test_what_asks_for_no_help_is_left_to_the_command(line: str):
    assert asked_help(line.split()) is None


def test_help_with_json_is_left_to_the_slow_way():
    assert answer(["list", "--json", "--help"]) is None


def test_help_of_what_is_no_command_is_nothing():
    assert help_of("frobnicate") == help_of("issuer frob") == help_of("lis") == ""


@given(st.lists(st.text(max_size=6) | st.sampled_from(["-h", "--help", "list", "--"])))
def test_asking_for_help_never_fails(words: list[str]):
    path = asked_help(words)
    assert path is None or help_of(path).startswith("Usage: credwallet")


def test_first_the_commands_are_offered():
    assert offered() == offered("") == sorted(COMMANDS)
    assert set(offered("re")) >= {"recover", "rekey", "remove", "restore"}
    assert offered("zzz") == []


def test_options_are_offered_after_a_dash():
    assert "--expiring" in offered("list", "--")
    assert offered("list", "--exp") == ["--expiring"]
    everywhere = {name for name in (*FLAGS, *VALUES) if name.startswith("--")}
    assert everywhere <= set(offered("list", "--"))
    assert {*everywhere, "--version", "--help"} == set(offered("-"))
    assert "--version" not in offered("list", "-")


def test_a_group_offers_its_commands_and_each_its_options():
    assert offered("issuer", "") == ["list", "trust", "distrust", "registry"]
    assert "remove" in offered("issuer", "registry", "")
    assert "--kind" in offered("issuer", "registry", "add", "--k")
    assert offered("issuer", "t") == ["trust"]
    assert "--name" in offered("issuer", "trust", "--")
    assert "--name" not in offered("issuer", "list", "--")


def test_handles_are_offered_where_one_is_expected():
    assert offered("show", "k7") == ["k7wq", "k7zz"]
    assert offered("show", "") == HANDLES
    assert offered("show", "abcd", "") == []  # it takes one
    assert offered("remove", "abcd", "k7z") == ["k7zz"]
    assert offered("verify", "--offline", "k7w") == ["k7wq"]
    assert offered("policy", "check", "k7w") == ["k7wq"]
    assert offered("share", "") == ["log", "page", *HANDLES]
    assert offered("share", "k7wq", "l") == []
    assert offered("list", "k7") == []
    assert offered("import", "k7") == []


def test_names_are_offered_where_one_is_expected():
    assert offered("list", "--tag", "") == ["python", "data analysis"]
    assert offered("list", "--tag=py") == ["--tag=python"]
    assert offered("list", "--tag", "=", "py") == ["python"]  # as bash parts it
    assert offered("list", "--tag", "=") == ["python", "data analysis"]
    assert offered("tag", "k7wq", "--add", "p") == ["python"]
    assert offered("goal", "add", "har") == ["harbour/data"]
    assert offered("goal", "remove", "har") == ["harbour/wanted"]
    assert offered("stack-progress", "") == ["harbour/data"]
    assert offered("plan", "") == ["harbour/data"]
    assert offered("qualification", "link", "k7") == ["k7wq", "k7zz"]
    assert offered("qualification", "link", "k7wq", "h") == ["harbour/data"]
    assert offered("key", "export", "") == ["main"]
    assert offered("key", "create", "") == []


def test_choices_are_offered():
    orders = ["name", "issuer", "from", "until", "verdict"]
    assert offered("list", "--sort", "") == orders
    assert offered("list", "--sort=n") == ["--sort=name"]
    assert "linkedin" in offered("share", "k7wq", "--as", "l")
    assert offered("completion", "z") == ["zsh"]
    assert offered("help", "exi") == ["exit-codes"]


def test_after_an_option_that_takes_any_value_the_shell_offers_files():
    assert offered("verify", "--documents", "") == []
    assert offered("--home", "") == []


def test_the_same_word_may_be_a_flag_of_one_command_and_take_a_value_of_another():
    assert offered("tag", "--add", "python", "k7w") == ["k7wq"]
    assert offered("stack-progress", "--why", "har") == ["harbour/data"]
    assert offered("goal", "add", "--why", "har") == []


def test_the_value_of_an_option_is_not_taken_for_the_command():
    assert offered("--home", "/wallet", "sho") == ["show"]
    assert offered("--home", "/wallet", "show", "abc") == ["abcd"]
    assert offered("show", "--home=/wallet", "abc") == ["abcd"]


@pytest.mark.parametrize(
    ("words", "environ", "place"),
    [
        ([], {"CREDWALLET_HOME": "A"}, "A"),
        (["--home", "B"], {"CREDWALLET_HOME": "A"}, "B"),
        (["show", "--home=B"], {"CREDWALLET_HOME": "A"}, "B"),
        ([], {"XDG_DATA_HOME": "C"}, "C/credwallet"),
        ([], {"HOME": "D"}, "D/.local/share/credwallet"),
    ],
)
def test_words_come_from_the_wallet_that_is_named(tmp_path, words, environ, place):
    def absolute(text: str) -> str:
        return text if text.startswith("-") and "=" not in text else at(text)

    def at(text: str) -> str:
        start, equals, value = text.rpartition("=")
        plain = value == "show" or value.startswith("-")
        return text if plain else f"{start}{equals}{tmp_path}/{value}"

    home = tmp_path / place
    home.mkdir(parents=True)
    (home / INDEX).write_text("handle\tk7wq\n")
    words = [absolute(word) for word in words]
    if "show" not in words:
        words.append("show")
    environ = {name: f"{tmp_path}/{value}" for name, value in environ.items()}
    assert complete([*words, ""], environ) == ["k7wq"]


@pytest.fixture
def asked(filled: Cli):
    environ = {"CREDWALLET_HOME": str(filled.home), "HOME": str(filled.folder)}
    return lambda *words: complete(words, environ)


def test_handles_of_a_locked_wallet_are_offered(filled: Cli, asked):
    every = asked("show", "")
    assert set(every) == {row[0] for row in filled("list").rows}
    assert asked("show", every[0][:2])[:1] != []


def test_the_index_holds_handles_alone_and_is_for_its_owner(filled: Cli):
    filled("tag", filled.handle("Cleaning Data"), "--add", "python")
    path = filled.home / INDEX
    lines = [line.split("\t") for line in path.read_text().splitlines()]
    assert {kind for kind, _ in lines} == {"handle"}
    assert {word for _, word in lines} == {row[0] for row in filled("list").rows}
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_wallet_without_an_index_offers_its_handles(filled: Cli, asked):
    (filled.home / INDEX).unlink()
    assert set(asked("show", "")) == {row[0] for row in filled("list").rows}


def test_the_index_follows_the_wallet(filled: Cli, asked):
    handle = filled.handle("Cleaning Data")
    path = filled.home / INDEX
    before = path.stat().st_mtime_ns
    filled("list")
    assert path.stat().st_mtime_ns == before  # nothing changed, nothing is written
    filled("remove", handle)
    assert handle in asked("restore", "")
    filled("purge", handle, "--yes")
    assert handle not in asked("show", "")


def test_names_are_kept_only_if_the_learner_says_so(filled: Cli, asked):
    sets(filled, "names")
    handle = filled.handle("Cleaning Data")
    filled("tag", handle, "--add", "python", "--add", "data analysis")
    filled("key", "create", "work")
    path = SAMPLES / "certificate.toml"
    assert filled("qualification", "add", path).code == 0
    (kept,) = [row[0] for row in filled("qualification", "list").rows]
    filled("goal", "add", kept)
    assert asked("list", "--tag", "") == ["data analysis", "python"]
    assert asked("key", "export", "") == ["work"]
    assert asked("goal", "add", "") == asked("goal", "remove", "") == [kept]
    assert handle in asked("show", "")
    sets(filled, "handles")
    filled("list")
    assert asked("list", "--tag", "") == []
    assert "python" not in (filled.home / INDEX).read_text()


def test_off_leaves_nothing_of_it_also_while_locked(filled: Cli, asked):
    assert asked("show", "") != []
    sets(filled, "off")
    filled("help", "exit-codes")
    assert (filled.home / INDEX).read_text() == "off\n"
    assert asked("show", "") == []
    filled("list")
    assert (filled.home / INDEX).read_text() == "off\n"
    sets(filled, "handles")
    filled("list")
    assert asked("show", "") != []


def test_names_go_at_once_when_the_setting_is_taken_back(filled: Cli, asked):
    sets(filled, "names")
    filled("tag", filled.handle("Cleaning Data"), "--add", "python")
    assert asked("list", "--tag", "") == ["python"]
    sets(filled, "handles")
    assert not (filled.home / INDEX).exists()
    assert asked("show", "") != []


def test_off_makes_no_file_where_no_wallet_is(cli: Cli):
    sets(cli, "off")
    cli("help", "exit-codes")
    assert not (cli.home / INDEX).exists()


@pytest.mark.parametrize("value", ["off", "handles", "names"])
def test_a_file_of_that_name_where_no_wallet_is_stays_as_it_is(cli: Cli, value: str):
    cli.home.mkdir()
    (cli.home / INDEX).write_text("a list of mine\n")
    for argv in (
        ["config", "set", "completion", value],
        ["help", "exit-codes"],
        ["config", "list"],
        ["config", "unset", "completion"],
    ):
        cli(*argv)
        assert (cli.home / INDEX).read_text() == "a list of mine\n"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_nobody_waits_for_a_pipe(filled: Cli, asked):
    (filled.home / INDEX).unlink()
    os.mkfifo(filled.home / INDEX)
    assert asked("show", "") == []
    assert filled("list").code == 0
    sets(filled, "names")
    os.mkfifo(filled.home / INDEX)
    reader = os.open(filled.home / INDEX, os.O_RDONLY | os.O_NONBLOCK)
    assert filled("list").code == 0
    assert os.read(reader, 100) == b""
    os.close(reader)
    config = filled.folder / "pipe"
    os.mkfifo(config)
    environ = {"CREDWALLET_CONFIG": str(config), "HOME": "/home/ada"}
    assert folder_of(environ, {}) == "/home/ada/.local/share/credwallet"


def sets(cli: Cli, value: str) -> None:
    ran = cli("config", "set", "completion", value)
    assert ran.code == 0, ran


PLACES = st.sampled_from(["", "/a", "work", "default", "relative"])
CONFIGS = st.sampled_from(
    [
        "",
        'profile = "work"',
        '[profile]\ndefault = "work"\n',
        '[profile.work]\nimages = "never"\n',
        'profile.default = "default"',
        "no toml at all, default",
        "\xff default",
    ]
)


@given(
    st.dictionaries(
        st.sampled_from(
            ["CREDWALLET_HOME", "CREDWALLET_PROFILE", "XDG_DATA_HOME", "HOME"]
        ),
        PLACES,
    ),
    st.dictionaries(st.sampled_from(["--home", "--profile"]), PLACES, max_size=1),
    CONFIGS,
)
def test_the_wallet_is_found_where_every_command_finds_it(environ, values, config):
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "config.toml"
        path.write_text(config, encoding="latin-1")
        environ = {"HOME": name, **environ, "CREDWALLET_CONFIG": str(path)}
        words = [word for pair in values.items() for word in pair]
        try:
            wanted = str(split(words, environ)[0].home)
        except CredwalletError:
            # A wrong word on the line: whatever is read, it is nobody else's.
            return
        assert folder_of(environ, values) == wanted


def test_an_index_that_cannot_be_written_is_no_error(filled: Cli):
    path = filled.home / INDEX
    path.unlink()
    path.mkdir()
    ran = filled("list")
    assert (ran.code, ran.err) == (0, "")
    path.rmdir()
    target = filled.folder / "elsewhere"
    target.write_text("mine")
    path.symlink_to(target)
    assert filled("list").code == 0
    assert target.read_text() == "mine"  # a link is not followed


def test_the_doctor_knows_the_index(filled: Cli):
    filled("list")
    found = filled("doctor")
    assert INDEX not in found.out
    (filled.home / INDEX).chmod(0o644)
    assert INDEX in filled("doctor").out


@pytest.mark.parametrize("content", [None, b"", b"junk" * 1000])
def test_without_a_good_wallet_nothing_is_offered(tmp_path: Path, content):
    if content is not None:
        (tmp_path / "vault.db").write_bytes(content)
    assert complete(["show", ""], {"CREDWALLET_HOME": str(tmp_path)}) == []


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe\x00", b"handle", b"handle k7wq\n", b"off\n", b"\t\n"]
)
def test_an_index_that_is_none_offers_nothing(tmp_path: Path, content: bytes):
    (tmp_path / INDEX).write_bytes(content)
    assert complete(["show", ""], {"CREDWALLET_HOME": str(tmp_path)}) == []


def test_what_would_upset_a_terminal_is_not_offered(tmp_path: Path):
    (tmp_path / INDEX).write_text("tag\t\x1b[2J\ntag\tfine\ntag\ta\u202eb\r\n")
    environ = {"CREDWALLET_HOME": str(tmp_path)}
    assert complete(["list", "--tag", ""], environ) == ["fine"]


def test_a_name_that_the_locale_cannot_spell_is_left_out(tmp_path: Path):
    (tmp_path / INDEX).write_text("tag\tfine\ntag\t\u6570\u636e\n", encoding="utf-8")
    for encoding, wanted in (("ascii", "fine\n"), ("utf-8", "fine\n\u6570\u636e\n")):
        ran = subprocess.run(
            [sys.executable, "-m", "credwallet", "_complete", "list", "--tag", ""],
            env={"CREDWALLET_HOME": str(tmp_path), "PYTHONIOENCODING": encoding},
            cwd=Path(__file__).parents[2],
            capture_output=True,
            check=False,
        )
        assert (ran.returncode, ran.stderr) == (0, b"")
        assert ran.stdout.decode() == wanted


def test_an_index_that_is_no_file_offers_nothing(tmp_path: Path):
    (tmp_path / INDEX).mkdir()
    assert complete(["show", ""], {"CREDWALLET_HOME": str(tmp_path)}) == []
    assert complete(["show", ""], {"CREDWALLET_HOME": f"{tmp_path}\0"}) == []


WORDS = st.text(max_size=6) | st.sampled_from(
    [*COMMANDS, *FLAGS, *VALUES, "--tag", "--", "list", "--home=", "=", "--sort=", "-"]
)


@given(st.lists(WORDS, max_size=5))
def test_whatever_was_typed_completion_only_offers_what_begins_like_it(
    words: list[str],
):
    found = offered(*words)
    last = words[-1] if words else ""
    begun = "" if last == "=" else last
    assert all(word.startswith(begun) for word in found)
    assert all("\n" not in word and ":" not in word for word in found)


def test_every_command_that_is_offered_is_one():
    assert {name.split()[0] for name in baked.COMMANDS} == set(COMMANDS)
