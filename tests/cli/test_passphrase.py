"""Does `passphrase change` change one slot, and say what that does not change?"""

import os
import sqlite3
from pathlib import Path

import pytest

from credwallet import store
from tests.cli.runner import Cli

NEW = "a wholly new passphrase"


def file(cli: Cli, text: str = NEW, name: str = "new.txt") -> Path:
    path = cli.folder / name
    path.write_text(text + "\n")
    path.chmod(0o600)
    return path


def rows(cli: Cli, sql: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(cli.home / "vault.db")
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


def test_the_new_passphrase_opens_the_wallet_and_the_old_one_does_not(filled: Cli):
    ran = filled("passphrase", "change", "--new-passphrase-file", file(filled))
    assert ran.code == 0
    assert "the data key is unchanged" in ran.out
    assert "credwallet rekey" in ran.err
    assert "backups of before still open with the old one" in ran.err
    assert filled("list").code == 6
    assert len(filled("list", "--passphrase-file", file(filled)).rows) == 5
    assert NEW not in ran.out + ran.err


def test_nothing_but_the_slot_and_the_head_is_written(filled: Cli):
    before = rows(filled, "SELECT * FROM rec UNION ALL SELECT n, n, sealed FROM seg")
    ran = filled(
        "passphrase", "change", "--new-passphrase-file", file(filled), "--json"
    )
    assert ran.data == {"changed": True, "dataKey": "unchanged"}
    after = rows(filled, "SELECT * FROM rec UNION ALL SELECT n, n, sealed FROM seg")
    assert after == before


def test_the_recovery_code_goes_on_opening_it(cli: Cli):
    cli("init", "--recovery-file", cli.folder / "code.txt")
    assert cli("passphrase", "change", "--new-passphrase-file", file(cli)).code == 0
    code = (cli.folder / "code.txt").read_text()
    store.open_vault(cli.home, recovery_code=code).close()


def test_it_comes_by_descriptor_and_by_stdin_too(filled: Cli):
    reading, writing = os.pipe()
    os.write(writing, b"by descriptor\n")
    os.close(writing)
    try:
        ran = filled("passphrase", "change", "--new-passphrase-fd", reading)
    finally:
        os.close(reading)
    assert ran.code == 0
    ran = filled(
        "passphrase",
        "change",
        "--new-passphrase-file",
        "-",
        "--passphrase-file",
        file(filled, "by descriptor"),
        stdin=b"by stdin\n",
    )
    assert ran.code == 0
    assert filled("list", "--passphrase-file", file(filled, "by stdin")).code == 0


def test_a_wrong_passphrase_changes_nothing(filled: Cli):
    slots = rows(filled, "SELECT * FROM slot")
    wrong = file(filled, "not the passphrase", "wrong.txt")
    ran = filled(
        "passphrase",
        "change",
        "--passphrase-file",
        wrong,
        "--new-passphrase-file",
        file(filled),
    )
    assert (ran.code, ran.out) == (6, "")
    assert ran.err == filled("list", "--passphrase-file", wrong).err
    assert rows(filled, "SELECT * FROM slot") == slots


@pytest.mark.parametrize("short", ["seven c", "żółć"])
def test_a_new_passphrase_that_is_too_short_changes_nothing(filled: Cli, short: str):
    ran = filled("passphrase", "change", "--new-passphrase-file", file(filled, short))
    assert ran.code == 2
    assert "at least 8 characters" in ran.err
    assert short not in ran.err
    assert filled("list").code == 0


def test_without_a_terminal_it_says_which_option_names_the_new_one(filled: Cli):
    ran = filled("passphrase", "change", "--no-input")
    assert ran.code == 2
    assert "--new-passphrase-file FILE" in ran.err
    assert filled("list").code == 0


def test_two_sources_are_one_too_many(filled: Cli):
    ran = filled(
        "passphrase",
        "change",
        "--new-passphrase-file",
        file(filled),
        "--new-passphrase-fd",
        3,
    )
    assert (ran.code, "not both" in ran.err) == (2, True)


def test_no_new_passphrase_is_taken_as_an_argument(filled: Cli):
    for words in ((NEW,), ("--new-passphrase", NEW)):
        ran = filled("passphrase", "change", *words)
        assert ran.code == 2
        assert NEW not in ran.out
    assert filled("list").code == 0


def test_a_file_that_others_can_read_is_said(filled: Cli):
    path = file(filled)
    path.chmod(0o644)
    ran = filled("passphrase", "change", "--new-passphrase-file", path)
    assert (ran.code, "others can read" in ran.err) == (0, True)


def test_without_a_wallet_nothing_is_asked(cli: Cli):
    ran = cli("passphrase", "change", "--no-input")
    assert ran.code == 5
    assert f"there is no wallet in {cli.home}" in ran.err


def test_the_same_text_in_another_unicode_form_opens_it(filled: Cli):
    path = file(filled, "cafe\u0301 na\u00efve cre\u0300me")
    assert filled("passphrase", "change", "--new-passphrase-file", path).code == 0
    other = file(filled, "caf\u00e9 nai\u0308ve cr\u00e8me", "other.txt")
    assert filled("list", "--passphrase-file", other).code == 0


def refused(cli: Cli, *argv: object, env: dict[str, str] | None = None) -> str:
    ran = cli("list", *argv, env=env)
    assert ran.code == 6
    assert "credwallet recover, or credwallet restore-backup FILE" in ran.err
    assert NEW not in ran.out + ran.err
    return ran.err


def test_a_refused_passphrase_is_said_to_come_from_where_it_came_from(filled: Cli):
    wrong = file(filled)
    variable = {"CREDWALLET_PASSPHRASE_FILE": str(wrong)}
    said = refused(filled, env=variable)
    assert f"it came from the file {wrong} (CREDWALLET_PASSPHRASE_FILE)" in said
    assert "look at CREDWALLET_PASSPHRASE_FILE" in said
    said = refused(filled, "--passphrase-file", wrong)
    assert f"it came from the file {wrong} (--passphrase-file)" in said
    command = f"cat {wrong}"
    said = refused(filled, "--passphrase-command", command)
    assert f"it came from the command {command} (--passphrase-command)" in said


def test_a_refused_passphrase_of_the_config_file_names_the_setting(filled: Cli):
    wrong = file(filled)
    nothing = {"CREDWALLET_PASSPHRASE_FILE": ""}
    filled("config", "set", "passphrase-file", wrong, env=nothing)
    said = refused(filled, env=nothing)
    assert f"the file {wrong} (the setting passphrase-file)" in said
    assert "see: credwallet config get passphrase-file" in said


def test_a_refused_passphrase_by_descriptor_names_it(filled: Cli):
    reading, writing = os.pipe()
    os.write(writing, b"no passphrase of this wallet")
    os.close(writing)
    said = refused(filled, "--passphrase-fd", reading)
    os.close(reading)
    assert f"it came from descriptor {reading} (--passphrase-fd)" in said


def test_what_keeps_the_old_passphrase_is_warned_of_after_a_change(filled: Cli):
    old = filled.folder / "passphrase.txt"
    new = file(filled)
    ran = filled("passphrase", "change", "--new-passphrase-file", new)
    assert f"warning: the file {old} (CREDWALLET_PASSPHRASE_FILE) gives the old" in (
        ran.err
    )


def test_a_setting_is_warned_of_even_if_the_flag_gave_the_passphrase(filled: Cli):
    old = filled.folder / "passphrase.txt"
    nothing = {"CREDWALLET_PASSPHRASE_FILE": ""}
    filled("config", "set", "passphrase-command", f"cat {old}", env=nothing)
    ran = filled(
        *("passphrase", "change", "--new-passphrase-file", file(filled)),
        *("--passphrase-file", old),
        env=nothing,
    )
    assert ran.code == 0
    assert f"the command cat {old} (the setting passphrase-command)" in ran.err


def test_nobody_is_warned_who_types_the_passphrase(filled: Cli):
    old = filled.folder / "passphrase.txt"
    ran = filled(
        *("passphrase", "change", "--new-passphrase-file", file(filled)),
        *("--passphrase-file", old),
        env={"CREDWALLET_PASSPHRASE_FILE": ""},
    )
    assert (ran.code, "warning" in ran.err) == (0, False)
