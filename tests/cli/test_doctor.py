"""Does `doctor` say what is wrong and what to do, and leave everything as it is?"""

import os
import shutil
import sqlite3
from pathlib import Path

import pytest

from credwallet.cli.console import cells
from tests.cli.runner import Cli

needs_posix = pytest.mark.skipif(os.name != "posix", reason="POSIX permissions")
LOCKED = {"CREDWALLET_PASSPHRASE_FILE": ""}


def database(cli: Cli) -> Path:
    return cli.home / "vault.db"


def spoil(cli: Cli, sql: str) -> None:
    connection = sqlite3.connect(database(cli))
    connection.execute(sql)
    connection.commit()
    connection.close()


def backup(cli: Cli, name: str) -> Path:
    path = cli.home / "backups" / name
    path.parent.mkdir(mode=0o700, exist_ok=True)
    shutil.copy(database(cli), path)
    path.chmod(0o600)
    return path


def areas(cli: Cli, *argv: str, severity: str = "", **kwargs) -> set[str]:
    found = cli("doctor", "--json", *argv, **kwargs).data["findings"]
    return {each["area"] for each in found if each["severity"] == severity}


@pytest.mark.parametrize("argv", [(), ("--deep",)])
def test_a_good_wallet_is_good(filled: Cli, argv):
    ran = filled("doctor", *argv)
    assert (ran.code, ran.err) == (0, "")
    assert {row[0] for row in ran.rows} == {"ok", "warning"}
    for area in ("folder", "permissions", "format", "space", "slots", "rollback"):
        assert any(row[1] == area for row in ran.rows), area


def test_only_deep_finds_what_lies_in_a_body(filled: Cli):
    handle = filled.handle("Honest Charts")
    name = backup(filled, "vault-20261120T120000Z-rekey.db").name
    spoil(filled, "UPDATE rec SET sealed=zeroblob(200)")
    assert filled("doctor").code == 0
    ran = filled("doctor", "--deep", "--json")
    assert (ran.code, ran.data["deep"]) == (10, True)
    (finding,) = (each for each in ran.data["findings"] if each["severity"] == "damage")
    assert finding["what"] == "5 credentials are damaged"
    mine = next(each for each in finding["affected"] if each["handle"] == handle)
    assert mine["name"] == "Honest Charts"
    assert mine["backup"].endswith(name)
    (problem,) = ran.json["problems"]
    assert problem["type"] == "damage"
    assert problem["nextStep"].startswith("credwallet restore-backup ")
    assert problem["nextStep"].endswith(name)


def test_what_broken_pages_leave_readable_is_told_apart(filled: Cli):
    whole = database(filled).read_bytes()
    backup(filled, "vault-20261120T120000Z-rekey.db")
    outcomes = set()
    for start in range(32768, len(whole), 32768):
        spoiled = bytearray(whole)
        spoiled[start + 16 : start + 32768] = os.urandom(32752)
        database(filled).write_bytes(bytes(spoiled))
        ran = filled("doctor", "--deep", "--json", "--no-input")
        assert "Traceback" not in ran.err
        outcomes.add(ran.code)
        grave = [each for each in ran.data["findings"] if each["severity"] == "damage"]
        assert len({each["what"] for each in grave}) == len(grave)
    # Where a slot was hit nobody can tell damage from a wrong passphrase; a page may
    # also be free.
    assert 10 in outcomes
    assert outcomes <= {0, 6, 10}


def test_the_hint_never_names_a_backup_that_is_damaged_too(filled: Cli):
    good = backup(filled, "vault-20261118T120000Z-rekey.db")
    spoil(filled, "DELETE FROM rec")
    backup(filled, "vault-20261119T120000Z-rekey.db")
    backup(filled, "vault-20261120T120000Z-rekey.db").write_bytes(b"junk")
    for argv in (("doctor",), ("list",), ("verify", "--all")):
        ran = filled(*argv)
        assert ran.code == 10
        assert f"credwallet restore-backup {good}" in ran.err


def test_without_a_backup_damage_still_has_a_next_step(filled: Cli):
    spoil(filled, "DELETE FROM seg")
    for argv in (("doctor",), ("list",)):
        ran = filled(*argv)
        assert ran.code == 10
        assert "hint:" in ran.err
        assert "restore-backup" not in ran.err or "FILE" in ran.err


def test_a_wallet_that_was_rolled_back_is_told_with_both_states(filled: Cli):
    filled("list")
    older = shutil.copy(database(filled), filled.folder / "older.db")
    filled("note", "Honest Charts", "--text", "later")
    shutil.copy(older, database(filled))
    ran = filled("doctor", "--json")
    assert ran.code == 10
    held, seen = ran.data["held"]["generation"], ran.data["seen"]["generation"]
    assert (held, seen) == (held, held + 1)
    assert ran.data["seen"]["at"]
    (problem,) = ran.json["problems"]
    assert "credwallet accept-rollback" in problem["nextStep"]
    # Looking is not accepting.
    assert filled("doctor").code == 10
    assert filled("list").code == 10


def test_locked_it_says_what_can_be_said_without_the_key(filled: Cli):
    backup(filled, "vault-20261120T120000Z-rekey.db")
    ran = filled("doctor", "--json", "--no-input", env=LOCKED)
    assert ran.code == 6
    assert "index" not in {each["area"] for each in ran.data["findings"]}
    assert areas(filled, "--no-input", severity="unknown", env=LOCKED) == {"lock"}
    for area in ("permissions", "format", "space", "backups", "slots", "database"):
        assert any(each["area"] == area for each in ran.data["findings"])
    spoil(filled, "CREATE TABLE extra(x)")
    assert filled("doctor", "--no-input", env=LOCKED).code == 10


@needs_posix
def test_wrong_permissions_are_told_and_are_no_failure(filled: Cli):
    database(filled).chmod(0o644)
    filled.home.chmod(0o755)
    ran = filled("doctor")
    assert ran.code == 0
    told = [row for row in ran.rows if row[:2] == ["warning", "permissions"]]
    assert {row[3] for row in told} == {
        f"chmod 700 {filled.home}",
        f"chmod 600 {database(filled)}",
    }


def test_a_wallet_of_another_user_is_told_and_not_opened(filled: Cli, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 4242, raising=False)
    ran = filled("doctor", "--json")
    assert ran.code == 11
    assert areas(filled, severity="failure") == {"permissions"}
    assert "index" not in {each["area"] for each in ran.data["findings"]}


def test_strays_and_an_old_backup_are_told(filled: Cli):
    backup(filled, "vault-20250101T120000Z-rekey.db")
    (filled.home / "vault.db.new").write_bytes(b"half")
    assert {"files", "backups"} <= areas(filled, severity="warning")


def test_an_earlier_format_is_not_migrated_by_looking(filled: Cli):
    spoil(filled, "PRAGMA user_version=1")
    before = database(filled).read_bytes()
    ran = filled("doctor", "--json")
    assert ran.code == 0
    assert "format" in areas(filled, severity="warning")
    assert database(filled).read_bytes() == before


def test_without_a_wallet_there_is_none_to_look_at(cli: Cli):
    ran = cli("doctor")
    assert ran.code == 5
    assert "credwallet init" in ran.err


def test_paths_and_versions_are_told(filled: Cli):
    data = filled("doctor", "--json").data
    assert data["home"] == str(filled.home)
    assert data["state"].startswith(str(filled.folder))
    assert set(data["versions"]) == {"credwallet", "python", "sqlite", "system"}


def test_nothing_is_changed(filled: Cli):
    spoil(filled, "UPDATE rec SET sealed=zeroblob(200)")
    backup(filled, "vault-20250101T120000Z-rekey.db")
    state = filled.folder / ".local" / "state"
    before = {
        path: path.read_bytes()
        for path in filled.home.rglob("*")
        if path.is_file() and path.name != "maint.lock"
    }
    assert filled("doctor", "--deep").code == 10
    after = {
        path: path.read_bytes()
        for path in filled.home.rglob("*")
        if path.is_file() and path.name != "maint.lock"
    }
    assert after == before
    assert not state.exists()


def test_on_a_terminal_it_fits_in_80_columns(filled: Cli):
    spoil(filled, "UPDATE rec SET sealed=zeroblob(200)")
    lines = filled("doctor", "--deep", terminal=True, env={"NO_COLOR": "1"}).out
    words = [line for line in lines.splitlines() if str(filled.folder) not in line]
    assert max(map(cells, words)) <= 80
    assert any(line.startswith("✓ folder") for line in lines.splitlines())
    assert any(line.startswith("✗ records") for line in lines.splitlines())


def test_a_hostile_name_reaches_the_terminal_as_escapes(filled: Cli):
    (filled.home / "\x1b[2Jx").write_bytes(b"")
    out = filled("doctor", terminal=True, env={"NO_COLOR": "1"}).out
    assert "\x1b" not in out
    assert "\\x1b[2Jx" in out
