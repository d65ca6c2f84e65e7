"""On a real terminal: what is asked, how often, and what is shown nowhere else?"""

import os
import re
import select
import signal
import struct
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from credwallet import store
from credwallet.store.slot_changes import key_slots
from tests.cli.badges import good
from tests.cli.runner import PASSPHRASE, Cli

pty = pytest.importorskip("pty", reason="pseudo terminals are of POSIX")
fcntl = pytest.importorskip("fcntl")
termios = pytest.importorskip("termios")

COMMAND = [sys.executable, "-m", "credwallet"]
PATIENCE_S = 60
# Typed as it was last shown.
CODE_BACK = "the recovery code"
CODE = re.compile(r"[0-9A-Z]{4,}(?:-[0-9A-Z]+){3,}")


class Seen(NamedTuple):
    """What a run left: exit code, what the terminal showed, and stdout by itself."""

    code: int
    screen: str
    out: str


def converse(cli: Cli, *argv: object, say: list[tuple[str, str]]) -> Seen:
    """Run with a controlling terminal, and answer each question when it is asked.

    Args:
        cli: Whose wallet.
        argv: The command line; its stdout is a pipe.
        say: What must appear on the terminal, and what is then typed.

    """
    parent, child = pty.openpty()
    environ = {
        **os.environ,
        "CREDWALLET_HOME": str(cli.home),
        "CREDWALLET_PASSPHRASE_FILE": "",
        "TERM": "xterm",
    }
    process = subprocess.Popen(
        [*COMMAND, *map(str, argv)],
        stdin=child,
        stdout=subprocess.PIPE,
        stderr=child,
        env=environ,
        preexec_fn=lambda: _take_terminal(child),  # noqa: PLW1509 -- no threads here
    )
    os.close(child)
    screen, asked = b"", 0
    questions = list(say)
    while True:
        ready, _, _ = select.select([parent], [], [], PATIENCE_S)
        if not ready:
            process.kill()
            raise AssertionError(f"nothing came after: {screen!r}")
        try:
            part = os.read(parent, 65536)
        except OSError:
            break
        if not part:
            break
        screen += part
        while questions and questions[0][0].encode() in screen[asked:]:
            awaited, typed = questions.pop(0)
            asked += screen[asked:].index(awaited.encode()) + len(awaited)
            if typed == CODE_BACK:
                typed = CODE.findall(screen.decode())[-1] + "\n"
            os.write(parent, typed.encode())
    out = process.stdout.read() if process.stdout else b""
    if process.stdout:
        process.stdout.close()
    os.close(parent)
    code = process.wait()
    assert not questions, (questions, screen)
    return Seen(code, screen.decode(), out.decode())


def the_code(seen: Seen) -> str:
    """Return the recovery code, which stood on a page that went away."""
    before, page, after = re.split(r"\x1b\[\?1049[hl]", seen.screen)
    assert not CODE.findall(before + after)
    # Shown once; typing it back makes the terminal show it once more.
    (code,) = set(CODE.findall(page))
    shown, back = page.split("Type it back", 1)
    assert shown.count(code) == 1
    assert back.index(code) < back.rindex("\x1b[2J")
    return code


def _take_terminal(child: int) -> None:
    os.setsid()
    fcntl.ioctl(child, termios.TIOCSCTTY, 0)


def test_init_asks_twice_and_shows_the_recovery_code_once_on_the_terminal(cli: Cli):
    seen = converse(
        cli,
        "init",
        say=[
            ("New passphrase", f"{PASSPHRASE}\n"),
            ("The same again", f"{PASSPHRASE}\n"),
            ("Press Enter", "\n"),
            ("Type it back", CODE_BACK),
        ],
    )
    assert seen.code == 0
    assert seen.out == ""
    assert PASSPHRASE not in seen.screen
    code = the_code(seen)
    store.open_vault(cli.home, recovery_code=code).close()
    store.open_vault(cli.home, passphrase=PASSPHRASE).close()


def test_the_recovery_code_is_not_in_the_json_document_either(cli: Cli):
    seen = converse(
        cli,
        "init",
        "--json",
        say=[
            ("New passphrase", f"{PASSPHRASE}\n"),
            ("The same again", f"{PASSPHRASE}\n"),
            ("Press Enter", "\n"),
            ("Type it back", CODE_BACK),
        ],
    )
    code = the_code(seen)
    assert '"recovery": "shown"' in seen.out
    assert code not in seen.out


def new_wallet_says(*answers: tuple[str, str]) -> list[tuple[str, str]]:
    """Return what is asked when a wallet is made, and what is typed."""
    return [
        ("New passphrase", f"{PASSPHRASE}\n"),
        ("The same again", f"{PASSPHRASE}\n"),
        *answers,
    ]


def test_a_recovery_code_can_be_declined_and_then_there_is_none(cli: Cli):
    say = new_wallet_says(("Press Enter", "\n"), ("Type it back", "none\n"))
    seen = converse(cli, "init", "--json", say=say)
    assert seen.code == 0
    assert '"recovery": "none"' in seen.out
    assert "it has no recovery code" in seen.screen
    assert [slot.kind for slot in key_slots(cli.home)] == ["passphrase"]


def test_a_recovery_code_that_is_typed_back_wrongly_is_shown_again(cli: Cli):
    say = new_wallet_says(
        ("Press Enter", "\n"),
        ("Type it back", "AAAA-BBBB\n"),
        ("That is not the code", ""),
        ("Press Enter", "\n"),
        ("Type it back", CODE_BACK),
    )
    seen = converse(cli, "init", say=say)
    assert seen.code == 0
    code = CODE.findall(seen.screen)[-1]
    store.open_vault(cli.home, recovery_code=code).close()


def test_the_code_is_taken_at_the_second_prompt_where_it_is_shown_again(cli: Cli):
    say = new_wallet_says(
        ("Press Enter", "\n"),
        ("Type it back", "AAAA-BBBB\n"),
        ("Press Enter", CODE_BACK),
    )
    seen = converse(cli, "init", "--json", say=say)
    assert seen.code == 0
    assert '"recovery": "shown"' in seen.out
    code = CODE.findall(seen.screen)[-1]
    store.open_vault(cli.home, recovery_code=code).close()


def test_the_code_counts_for_nothing_at_the_first_prompt(cli: Cli):
    say = new_wallet_says(("Press Enter", CODE_BACK), ("Type it back", "none\n"))
    seen = converse(cli, "init", "--json", say=say)
    assert '"recovery": "none"' in seen.out


def test_a_recovery_code_that_is_never_typed_back_makes_no_wallet(cli: Cli):
    say = new_wallet_says(*[("Press Enter", "\n"), ("Type it back", "\n")] * 5)
    seen = converse(cli, "init", say=say)
    assert seen.code == 2
    assert "the recovery code was not typed back" in seen.screen
    assert not store.exists(cli.home)


def test_an_interrupt_at_the_recovery_code_makes_no_wallet_and_wipes_it(cli: Cli):
    seen = converse(cli, "init", say=new_wallet_says(("Press Enter", "\x03")))
    assert seen.code == 128 + signal.SIGINT
    assert not store.exists(cli.home)
    code = CODE.findall(seen.screen)[-1]
    assert seen.screen.index(code) < seen.screen.index("\x1b[2J\x1b[?1049l")


def test_the_new_passphrase_and_the_new_code_are_asked_for_in_recovery(cli: Cli):
    cli("init", "--recovery-file", cli.folder / "code.txt")
    code = (cli.folder / "code.txt").read_text().strip()
    seen = converse(
        cli,
        "recover",
        say=[
            ("Recovery code: ", f"{code.lower()}\n"),
            ("New passphrase", "a wholly new one\n"),
            ("The same again", "a wholly new one\n"),
            ("Press Enter", "\n"),
            ("Type it back", CODE_BACK),
        ],
    )
    assert seen.code == 0
    assert "a wholly new one" not in seen.screen
    assert code.lower() not in seen.screen
    new = CODE.findall(seen.screen)[-1]
    assert new != code
    store.open_vault(cli.home, recovery_code=new).close()
    store.open_vault(cli.home, passphrase="a wholly new one").close()


def test_a_changed_passphrase_is_asked_for_once_and_then_twice(filled: Cli):
    seen = converse(
        filled,
        "passphrase",
        "change",
        say=[
            ("Passphrase: ", f"{PASSPHRASE}\n"),
            ("New passphrase", "a wholly new one\n"),
            ("The same again", "a wholly new one\n"),
        ],
    )
    assert seen.code == 0
    assert "a wholly new one" not in seen.screen
    store.open_vault(filled.home, passphrase="a wholly new one").close()


def test_a_new_data_key_shows_a_new_recovery_code(filled: Cli):
    seen = converse(
        filled,
        "rekey",
        say=[
            ("Passphrase: ", f"{PASSPHRASE}\n"),
            ("Press Enter", "\n"),
            ("Type it back", CODE_BACK),
        ],
    )
    assert seen.code == 0
    store.open_vault(filled.home, recovery_code=the_code(seen)).close()


def test_two_different_passphrases_make_no_wallet(cli: Cli):
    seen = converse(
        cli,
        "init",
        say=[
            ("New passphrase", f"{PASSPHRASE}\n"),
            ("The same again", "something else\n"),
        ],
    )
    assert seen.code == 2
    assert "the two passphrases differ" in seen.screen
    assert not store.exists(cli.home)


def test_a_wrong_passphrase_is_refused_without_showing_it(filled: Cli):
    seen = converse(filled, "list", say=[("Passphrase: ", "not the one at all\n")])
    assert (seen.code, seen.out) == (6, "")
    assert "not the one at all" not in seen.screen
    assert "credwallet: hint: " in seen.screen


def test_the_right_passphrase_opens_and_stdout_stays_clean(filled: Cli):
    seen = converse(filled, "list", say=[("Passphrase: ", f"{PASSPHRASE}\n")])
    assert seen.code == 0
    assert len(seen.out.splitlines()) == 5
    assert "Passphrase" not in seen.out
    assert PASSPHRASE not in seen.screen


def test_the_first_import_asks_for_a_new_passphrase_and_shows_the_code(
    cli: Cli, tmp_path: Path
):
    seen = converse(
        cli,
        "import",
        good(tmp_path),
        say=[
            ("New passphrase", f"{PASSPHRASE}\n"),
            ("The same again", f"{PASSPHRASE}\n"),
            ("Press Enter", "\n"),
            ("Type it back", CODE_BACK),
        ],
    )
    assert seen.code == 0
    assert seen.out.split("\t")[1:4] == ["valid", "new", "Woodwork"]
    code = the_code(seen)
    assert code not in seen.out
    store.open_vault(cli.home, recovery_code=code).close()


def test_import_asks_once_however_many_there_are(filled: Cli, tmp_path: Path):
    files = [good(tmp_path, number) for number in (101, 102, 103)]
    seen = converse(filled, "import", *files, say=[("Passphrase: ", f"{PASSPHRASE}\n")])
    assert seen.code == 0
    assert seen.screen.count("Passphrase: ") == 1
    assert len(seen.out.splitlines()) == 3


def test_the_end_of_input_at_the_question_is_no_defect(filled: Cli):
    seen = converse(filled, "list", say=[("Passphrase: ", "\x04")])
    assert (seen.code, seen.out) == (6, "")
    assert "no passphrase was given" in seen.screen


def test_an_interrupt_at_the_question_is_130(filled: Cli):
    seen = converse(filled, "list", say=[("Passphrase: ", "\x03")])
    assert seen.code == 128 + signal.SIGINT
    assert seen.out == ""
    assert "Traceback" not in seen.screen


@pytest.mark.parametrize(("typed", "code"), [("y\n", 0), ("n\n", 1), ("\n", 1)])
def test_purge_asks_and_no_is_the_default(filled: Cli, typed: str, code: int):
    filled("remove", "Honest Charts")
    seen = converse(
        filled,
        "purge",
        "Honest Charts",
        say=[("Passphrase: ", f"{PASSPHRASE}\n"), ("for good? [y/N] ", typed)],
    )
    assert seen.code == code
    left = len(filled("list", "--trash").rows)
    assert left == (0 if code == 0 else 1)


class Stopped(NamedTuple):
    """What Ctrl-C left: exit code, the screen, and whether typing is still shown."""

    code: int
    screen: str
    echo: bool


def interrupt(
    cli: Cli, *argv: object, when: str, env: dict[str, str], more: str = ""
) -> Stopped:
    """Run with everything on a terminal, and press Ctrl-C at a word of the screen."""
    parent, child = pty.openpty()
    fcntl.ioctl(child, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    process = subprocess.Popen(
        [*COMMAND, *map(str, argv)],
        stdin=child,
        stdout=child,
        stderr=child,
        env={
            **os.environ,
            "CREDWALLET_HOME": str(cli.home),
            "TERM": "xterm-256color",
            **env,
        },
        preexec_fn=lambda: _take_terminal(child),  # noqa: PLW1509 -- no threads here
    )
    screen = b""
    while process.poll() is None:
        ready, _, _ = select.select([parent], [], [], 1)
        if not ready:
            continue
        screen += os.read(parent, 65536)
        if when and when.encode() in screen:
            os.write(parent, b"\x03")
            when = ""
    # The terminal may be late with what was written last.
    while select.select([parent], [], [], 0.5)[0]:
        screen += os.read(parent, 65536)
    echo = bool(termios.tcgetattr(child)[3] & termios.ECHO)
    os.close(child)
    os.close(parent)
    assert not when, screen
    return Stopped(process.returncode, screen.decode(), echo)


def assert_clean(stopped: Stopped) -> None:
    assert stopped.code == 128 + signal.SIGINT, stopped
    assert stopped.echo
    assert "Traceback" not in stopped.screen
    assert stopped.screen.endswith("credwallet: error: interrupted\r\n")
    # No cursor is hidden, no other page of the terminal is left open.
    assert not re.findall(r"\x1b\[\?(?:25l|1049h)", stopped.screen)
    last = stopped.screen.split("\r\n")[-2]
    assert last.rpartition("\r")[2] == "credwallet: error: interrupted"


@pytest.mark.parametrize("argv", [["list"], ["show", "Cleaning Data"], ["plan"]])
def test_ctrl_c_at_the_passphrase_leaves_typing_shown(filled: Cli, argv: list[str]):
    no_secret = {"CREDWALLET_PASSPHRASE_FILE": ""}
    stopped = interrupt(filled, *argv, when="Passphrase: ", env=no_secret)
    assert_clean(stopped)
    assert filled("list").code == 0


@pytest.fixture
def secret(filled: Cli) -> dict[str, str]:
    """How a run of another process gets the passphrase."""
    filled("help", "exit-codes")
    return {"CREDWALLET_PASSPHRASE_FILE": str(filled.folder / "passphrase.txt")}


def test_ctrl_c_in_an_import_leaves_the_wallet_whole(
    filled: Cli, secret: dict[str, str]
):
    many = filled.folder / "many"
    many.mkdir()
    for number in range(1000, 2500):
        good(many, number)
    before = {row[0] for row in filled("list").rows}
    stopped = interrupt(filled, "import", many, when="importing [", env=secret)
    assert_clean(stopped)
    assert before <= {row[0] for row in filled("list").rows}
    found = filled("doctor", "--deep", "--json")
    assert {f["severity"] for f in found.data["findings"]} <= {"ok", "warning"}


SLOW = """\
import time
from credwallet.stacking.planning import plan as module
module.plan = lambda *_, **__: time.sleep(60)
import sys
from credwallet.__main__ import main
sys.exit(main())
"""
RULES = """format = "credwallet-qualification/1"
[qualification]
id = "data"
title = "Data Diploma"
awarded_by = ["Harbour College"]
[[requirement]]
id = "one"
type = "count"
n = 9
match = { }
"""
OFFERS = """format = "credwallet-offers/1"
[[offer]]
id = "law"
mode = "online"
cost = 20
currency = "EUR"
hours = 6
gives = { achievement = "x:law" }
"""


def test_ctrl_c_in_a_plan_that_takes_long(
    filled: Cli, secret: dict[str, str], monkeypatch: pytest.MonkeyPatch
):
    rules = filled.folder / "rules.toml"
    rules.write_text(RULES)
    monkeypatch.setattr(f"{__name__}.COMMAND", [sys.executable, "-c", SLOW])
    offers = filled.folder / "offers.toml"
    offers.write_text(OFFERS)
    argv = ("plan", "--qualification", rules, "--offers", offers)
    stopped = interrupt(filled, *argv, when="planning for", env=secret)
    assert_clean(stopped)
    assert filled("list").code == 0


def test_a_question_is_broken_between_words(filled: Cli):
    filled("remove", "Honest Charts")
    parent, child = pty.openpty()
    fcntl.ioctl(child, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 40, 0, 0))
    asked = "remove Foundations of Data Literacy and Responsible Management? [y/N] "
    script = (
        "from credwallet.cli.terminal import prompt; import sys; "
        "sys.exit(prompt.terminal_answer(sys.argv[1], hidden=False) != 'y')"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", script, asked],
        stdin=child,
        preexec_fn=lambda: _take_terminal(child),  # noqa: PLW1509 -- no threads here
    )
    os.close(child)
    screen = b""
    while not screen.endswith(b"[y/N] "):
        assert select.select([parent], [], [], PATIENCE_S)[0], screen
        screen += os.read(parent, 65536)
    os.write(parent, b"y\n")
    assert process.wait() == 0
    os.close(parent)
    lines = screen.decode().split("\r\n")
    assert max(map(len, lines)) <= 40
    assert " ".join(lines) == asked
