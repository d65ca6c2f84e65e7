"""Is an older wallet taken only on purpose, and said which one it is?"""

import shutil
from pathlib import Path

import pytest

from tests.cli.runner import Cli


def roll_back(cli: Cli, changes: int = 1) -> None:
    """Put a whole older file in the wallet's place."""
    assert cli("list").code == 0
    older = shutil.copy(cli.home / "vault.db", cli.folder / "older.db")
    for number in range(changes):
        assert cli("note", "Honest Charts", "--text", str(number)).code == 0
    shutil.copy(older, cli.home / "vault.db")


def anchor(cli: Cli) -> Path:
    (path,) = (cli.folder / ".local/state/credwallet").glob("*/*.anchor")
    return path


@pytest.fixture
def older(filled: Cli) -> Cli:
    roll_back(filled, 2)
    return filled


@pytest.mark.parametrize(
    "argv",
    [("list",), ("show", "Honest Charts"), ("tag", "Honest Charts", "--add", "x")],
)
def test_every_command_refuses_an_older_wallet(older: Cli, argv):
    ran = older(*argv)
    assert (ran.code, ran.out) == (10, "")
    assert "rolled back" in ran.err
    assert "credwallet accept-rollback" in ran.err


def test_it_needs_an_answer(older: Cli):
    ran = older("accept-rollback", "--no-input")
    assert (ran.code, ran.out) == (2, "")
    assert "--yes" in ran.err
    assert older("list").code == 10


def test_the_question_names_both_states_and_when(older: Cli, monkeypatch):
    asked = []

    def terminal_answer(question: str, *, hidden: bool) -> str:
        asked.append(question)
        return "n"

    monkeypatch.setattr(
        "credwallet.cli.terminal.prompt.terminal_answer", terminal_answer
    )
    assert older("accept-rollback").code == 1
    (question,) = asked
    held = older("doctor", "--json").data["held"]
    seen = older("doctor", "--json").data["seen"]
    for state in (held, seen):
        assert f"state {state['generation']} of {state['at']}" in question
    assert seen["generation"] == held["generation"] + 2
    assert older("list").code == 10


def test_a_yes_goes_on_from_the_older_wallet(older: Cli):
    ran = older("accept-rollback", "--yes")
    assert ran.code == 0
    assert "accepted" in ran.out
    assert older("list").code == 0
    assert older("note", "Honest Charts", "--text", "again").code == 0
    assert older("list").code == 0


def test_json_says_what_was_accepted(older: Cli):
    data = older("accept-rollback", "--yes", "--json").data
    assert data["accepted"] is True
    assert data["seen"]["generation"] == data["held"]["generation"] + 2
    data = older("accept-rollback", "--yes", "--json").data
    assert data == {"accepted": False, "held": None, "seen": None}


def test_the_latest_wallet_has_nothing_to_accept(filled: Cli):
    ran = filled("accept-rollback", "--no-input")
    assert (ran.code, ran.err) == (0, "")
    assert "latest" in ran.out


def test_the_wrong_passphrase_accepts_nothing(older: Cli):
    secret = older.folder / "wrong.txt"
    secret.write_text("not the passphrase")
    secret.chmod(0o600)
    ran = older("accept-rollback", "--yes", "--passphrase-file", secret)
    assert ran.code == 6
    assert older("list").code == 10


def test_a_damaged_anchor_is_said_once_and_blocks_nothing(filled: Cli):
    assert filled("list").code == 0
    anchor(filled).write_bytes(b"junk")
    ran = filled("list")
    assert (ran.code, len(ran.rows)) == (0, 5)
    assert "rollback anchor" in ran.err
    assert "made anew" in ran.err
    assert filled("list").err == ""


def test_a_wallet_that_was_copied_elsewhere_opens(filled: Cli):
    assert filled("list").code == 0
    shutil.copytree(filled.home, filled.folder / "copy")
    assert filled("note", "Honest Charts", "--text", "later").code == 0
    assert filled("list", "--home", filled.folder / "copy").code == 0
    assert filled("list").code == 0


def test_where_nothing_can_be_remembered_the_wallet_still_opens(filled: Cli):
    (filled.folder / "file").write_text("in the way")
    ran = filled("list", env={"XDG_STATE_HOME": str(filled.folder / "file")})
    assert (ran.code, len(ran.rows)) == (0, 5)
    assert "rollback anchor" in ran.err


def test_the_anchor_lies_outside_of_the_wallet_folder(filled: Cli):
    state = filled.folder / "elsewhere"
    assert filled("list", env={"XDG_STATE_HOME": str(state)}).code == 0
    (path,) = state.glob("credwallet/*/*.anchor")
    assert path.stat().st_mode & 0o777 == 0o600
    assert not list(filled.home.rglob("*.anchor"))


def test_a_change_of_the_vault_key_does_not_forget_what_was_seen(filled: Cli):
    assert filled("list").code == 0
    older = shutil.copy(filled.home / "vault.db", filled.folder / "older.db")
    assert filled("rekey", "--no-recovery").code == 0
    assert filled("list").code == 0
    shutil.copy(older, filled.home / "vault.db")
    ran = filled("list")
    assert (ran.code, ran.out) == (10, "")
    assert "rolled back" in ran.err


def test_a_backup_that_was_restored_is_the_latest_from_then_on(filled: Cli):
    copy = filled.folder / "copy.db"
    assert filled("backup", copy).code == 0
    assert filled("note", "Honest Charts", "--text", "later").code == 0
    assert filled("restore-backup", copy, "--yes").code == 0
    assert filled("list").code == 0
    assert filled("doctor").code == 0
