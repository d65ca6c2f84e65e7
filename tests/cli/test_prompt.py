"""Does a passphrase come in by every way that is safe, and by no other?"""

import io
import os
from pathlib import Path

import pytest

from credwallet.cli.terminal import prompt
from credwallet.cli.terminal.prompt import (
    MAX_PASSPHRASE_BYTES,
    passphrase_from_command,
    passphrase_from_descriptor,
    passphrase_from_file,
    readable_by_others,
)
from credwallet.errors import Locked, Usage
from tests.cli.runner import PASSPHRASE, Cli, Terminal

NOTHING = io.StringIO()


def secret(folder: Path, data: bytes) -> str:
    path = folder / "secret"
    path.write_bytes(data)
    path.chmod(0o600)
    return str(path)


@pytest.mark.parametrize(
    ("data", "passphrase"),
    [
        (b"open sesame", "open sesame"),
        (b"open sesame\n", "open sesame"),
        (b"open sesame\r\n", "open sesame"),
        (b"two lines\n\n", "two lines\n"),
        (b" spaces stay \n", " spaces stay "),
        ("żółć\n".encode(), "żółć"),
    ],
)
def test_one_final_newline_is_cut_and_nothing_else(
    tmp_path: Path, data: bytes, passphrase: str
):
    assert passphrase_from_file(secret(tmp_path, data), NOTHING) == passphrase


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "holds no passphrase"),
        (b"\n", "holds no passphrase"),
        (b"\xff\xfe", "is not UTF-8"),
        (b"x" * (MAX_PASSPHRASE_BYTES + 1), "is too large"),
    ],
)
def test_a_file_that_holds_no_passphrase_is_refused(
    tmp_path: Path, data: bytes, what: str
):
    with pytest.raises(Locked, match=what) as caught:
        passphrase_from_file(secret(tmp_path, data), NOTHING)
    assert caught.value.next_step
    assert repr(data)[2:10] not in caught.value.what.replace(str(tmp_path), "")


def test_a_file_that_is_not_there_is_refused(tmp_path: Path):
    with pytest.raises(Locked, match="cannot be read: No such file"):
        passphrase_from_file(str(tmp_path / "none"), NOTHING)
    with pytest.raises(Locked, match="cannot be read: Is a directory"):
        passphrase_from_file(str(tmp_path), NOTHING)


def test_a_dash_reads_stdin():
    stream = Terminal(terminal=False, data=b"from a pipe\n")
    assert passphrase_from_file("-", stream) == "from a pipe"


def test_a_dash_does_not_read_a_terminal_where_it_would_be_seen():
    stream = Terminal(terminal=True, data=b"typed\n")
    with pytest.raises(Locked, match="stdin is the terminal"):
        passphrase_from_file("-", stream)


def test_a_descriptor_is_read_to_its_end():
    reading, writing = os.pipe()
    os.write(writing, b"from a descriptor\n")
    os.close(writing)
    try:
        assert passphrase_from_descriptor(reading) == "from a descriptor"
    finally:
        os.close(reading)


@pytest.mark.parametrize("descriptor", [999_999, 9_999_999])
def test_a_descriptor_that_is_not_open_is_refused(descriptor: int):
    with pytest.raises(Locked, match=f"descriptor {descriptor}"):
        passphrase_from_descriptor(descriptor)


def test_a_file_that_others_can_read_is_noticed(tmp_path: Path):
    name = secret(tmp_path, b"x")
    assert not readable_by_others(name)
    Path(name).chmod(0o640)
    assert readable_by_others(name)
    assert not readable_by_others(str(tmp_path / "none"))


def test_the_learner_is_warned_of_a_file_that_others_can_read(filled: Cli):
    assert "warning" not in filled("list").err
    (filled.folder / "passphrase.txt").chmod(0o644)
    ran = filled("list")
    assert ran.code == 0
    assert "warning: others can read" in ran.err
    assert "warning" not in filled("list", "--quiet").err


def test_the_wallet_opens_by_file_descriptor_and_stdin(filled: Cli):
    env = {"CREDWALLET_PASSPHRASE_FILE": ""}
    reading, writing = os.pipe()
    os.write(writing, PASSPHRASE.encode())
    os.close(writing)
    try:
        by_descriptor = filled("list", "--passphrase-fd", reading, env=env)
    finally:
        os.close(reading)
    by_stdin = filled(
        "list", "--passphrase-file", "-", stdin=PASSPHRASE.encode(), env=env
    )
    by_file = filled(
        "list", "--passphrase-file", filled.folder / "passphrase.txt", env=env
    )
    assert by_descriptor.code == by_stdin.code == by_file.code == 0
    assert by_descriptor.out == by_stdin.out == by_file.out


def test_the_wallet_opens_by_what_a_command_prints(filled: Cli):
    command = f"cat '{filled.folder}/passphrase.txt'"
    for env in ({"CREDWALLET_PASSPHRASE_FILE": ""}, wrong_file(filled)):
        ran = filled("list", "--passphrase-command", command, env=env)
        assert (ran.code, len(ran.rows)) == (0, 5)


def wrong_file(cli: Cli) -> dict[str, str]:
    path = cli.folder / "wrong.txt"
    path.write_text("not the passphrase")
    path.chmod(0o600)
    return {"CREDWALLET_PASSPHRASE_FILE": str(path)}


@pytest.mark.parametrize(
    ("command", "passphrase"),
    [
        ("echo open sesame", "open sesame"),
        ("echo 'open  sesame'", "open  sesame"),
        ("echo $HOME; echo `id` | cat > x", "$HOME; echo `id` | cat > x"),
        ('printf "a\\nb"', "a\nb"),
    ],
)
def test_a_command_is_run_without_a_shell(command: str, passphrase: str):
    assert passphrase_from_command(command) == passphrase


@pytest.mark.parametrize(
    ("command", "what"),
    [
        ("false", "false failed with 1"),
        ("sh -c 'exit 77'", "sh failed with 77"),
        ("true", "holds no passphrase"),
        ("/there/is/none open sesame", "none cannot be run: No such file"),
        ("printf '\\377'", "is not UTF-8"),
        ("cat /dev/zero", "is too large"),
        ("sh -c 'echo x; kill -9 $$'", "sh failed with -9"),
    ],
)
def test_a_command_that_gives_no_passphrase_is_refused(command: str, what: str):
    with pytest.raises(Locked, match=what) as caught:
        passphrase_from_command(command)
    assert caught.value.next_step
    assert "open sesame" not in caught.value.what


@pytest.mark.parametrize("command", ["", "  ", "echo 'open"])
def test_a_command_without_words_is_refused(command: str):
    with pytest.raises(Usage, match="holds no words"):
        passphrase_from_command(command)


def test_a_command_does_not_read_our_stdin():
    with pytest.raises(Locked, match="holds no passphrase"):
        passphrase_from_command("cat")


def test_the_descriptor_wins_over_the_file(filled: Cli):
    reading, writing = os.pipe()
    os.write(writing, b"not the passphrase")
    os.close(writing)
    try:
        assert filled("list", "--passphrase-fd", reading).code == 6
    finally:
        os.close(reading)


def test_no_input_forbids_asking(filled: Cli):
    ran = filled("list", "--no-input", env={"CREDWALLET_PASSPHRASE_FILE": ""})
    assert (ran.code, ran.out) == (6, "")
    assert ran.err == (
        "credwallet: error: the wallet is locked and --no-input forbids asking\n"
        "credwallet: hint: give --passphrase-file FILE or --passphrase-fd N, or before "
        "it: credwallet unlock\n"
    )


def test_without_a_terminal_nothing_is_asked(filled: Cli, monkeypatch):
    def no_terminal(*_: object) -> int:
        raise OSError(6, "No such device or address")

    monkeypatch.setattr(prompt.os, "open", no_terminal)
    with pytest.raises(Locked, match="there is no terminal"):
        prompt.terminal_answer("Passphrase: ", hidden=True)


def test_no_command_takes_a_passphrase_as_an_argument(cli: Cli):
    ran = cli("list", "--passphrase", "open sesame")
    assert ran.code == 2
    assert "open sesame" not in ran.err
