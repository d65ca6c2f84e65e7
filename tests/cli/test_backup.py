"""Does a learner get the wallet back from a backup, and hear what a backup is worth?"""

import hashlib
import os
import shutil
import signal
from pathlib import Path

import pytest

from credwallet import store
from tests.cli import badges
from tests.cli.runner import PASSPHRASE, Cli, new_wallet
from tests.store.frozen import placed

NOWHERE = {"CREDWALLET_PASSPHRASE_FILE": ""}


def names(cli: Cli, *argv: str) -> list[str]:
    return [row["name"] for row in cli("list", *argv, "--json").data["credentials"]]


@pytest.fixture
def copy(filled: Cli):
    """Give a backup of the filled wallet."""
    file = filled.folder / "copy.db"
    assert filled("backup", file).code == 0
    return file


def test_a_backup_prints_its_digest(filled: Cli):
    file = filled.folder / "copy.db"
    ran = filled("backup", file)
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    assert (ran.code, ran.rows) == (0, [[digest, str(file)]])
    assert ran.err == ""


def test_a_script_hears_what_was_checked(filled: Cli):
    file = filled.folder / "copy.db"
    data = filled("backup", file, "--json").data
    assert data["opened"]
    assert data["credentials"] == len(names(filled))
    assert data["bytes"] == file.stat().st_size
    assert data["path"] == str(file)


def test_a_locked_wallet_is_copied_without_asking_and_that_is_said(filled: Cli):
    file = filled.folder / "copy.db"
    ran = filled("backup", file, "--no-input", env=NOWHERE)
    assert ran.code == 0
    assert "no credential in it was opened" in ran.err
    ran = filled("backup", file, "--force", "--json", "--no-input", env=NOWHERE)
    assert (ran.data["opened"], ran.data["generation"]) == (False, None)
    ran = filled("backup", file, "--force", "--deep", "--no-input", env=NOWHERE)
    assert ran.code == 6


def test_nothing_is_overwritten_without_force(filled: Cli, copy):
    before = copy.read_bytes()
    ran = filled("backup", copy)
    assert (ran.code, ran.out) == (2, "")
    assert "is there already" in ran.err
    assert "--force" in ran.err
    assert copy.read_bytes() == before
    assert filled("backup", copy, "--force").code == 0


@pytest.mark.parametrize("command", ["backup", "restore-backup"])
def test_a_backup_does_not_go_through_a_pipe(filled: Cli, command):
    ran = filled(command, "-", stdin=b"SQLite format 3\0")
    assert (ran.code, ran.out) == (2, "")
    assert "does not go through a pipe" in ran.err


def test_a_backup_inside_the_wallet_folder_is_refused(filled: Cli):
    ran = filled("backup", filled.home / "copy.db")
    assert (ran.code, ran.out) == (2, "")
    assert "in the wallet folder" in ran.err


def test_without_a_wallet_there_is_nothing_to_copy(cli: Cli):
    assert cli("backup", cli.folder / "copy.db").code == 5


def test_a_learner_gets_back_what_was_copied(filled: Cli, copy):
    before = names(filled)
    filled("remove", before[0])
    filled("purge", before[0], "--yes")
    ran = filled("restore-backup", copy, "--yes")
    assert ran.code == 0
    assert f"restored: {len(before)} credentials, all of them open" in ran.out
    assert names(filled) == before
    # It was done on purpose: nothing is said of a rollback.
    ran = filled("list")
    assert (ran.code, ran.err) == (0, "")


def test_what_was_there_before_is_kept_and_can_be_put_back(filled: Cli, copy):
    filled("import", badges.good(filled.folder, 7, name="Later"))
    kept = filled("restore-backup", copy, "--yes", "--json").data["kept"]
    assert "Later" not in names(filled)
    assert filled("restore-backup", kept, "--yes").code == 0
    assert "Later" in names(filled)


def test_a_lost_wallet_comes_back_on_another_machine(filled: Cli, copy):
    before = names(filled)
    shutil.rmtree(filled.home)
    env = {"XDG_STATE_HOME": str(filled.folder / "other-state")}
    data = filled("restore-backup", copy, "--json", env=env).data
    assert (data["restored"], data["kept"]) == (True, None)
    assert names(filled) == before


def test_putting_back_asks_first(filled: Cli, copy):
    filled("import", badges.good(filled.folder, 7, name="Later"))
    ran = filled("restore-backup", copy, "--no-input")
    assert (ran.code, ran.out) == (2, "")
    assert "--yes" in ran.err
    assert "Later" in names(filled)


def test_the_wrong_passphrase_changes_nothing(filled: Cli, copy):
    wrong = filled.folder / "wrong.txt"
    wrong.write_text("not the passphrase\n")
    wrong.chmod(0o600)
    env = {"CREDWALLET_PASSPHRASE_FILE": str(wrong)}
    before = (filled.home / "vault.db").read_bytes()
    assert filled("restore-backup", copy, "--yes", env=env).code == 6
    assert (filled.home / "vault.db").read_bytes() == before


def test_the_backup_of_another_wallet_is_named_as_such(filled: Cli, tmp_path):
    (tmp_path / "other").mkdir()
    other = Cli(tmp_path / "other")
    new_wallet(other.folder)
    file = tmp_path / "other.db"
    assert other("backup", file).code == 0
    before = names(filled)
    ran = filled("restore-backup", file, "--yes")
    assert (ran.code, ran.out) == (2, "")
    assert "a backup of another wallet" in ran.err
    assert names(filled) == before


def test_a_damaged_backup_is_10_and_a_good_one_is_named(filled: Cli, copy):
    good = filled.folder / "good.db"
    filled("backup", good)
    data = bytearray(copy.read_bytes())
    data[data.rindex(b"CW\x01\x01") + 60] ^= 1
    copy.write_bytes(data)
    ran = filled("restore-backup", copy, "--yes")
    assert (ran.code, ran.out) == (10, "")
    assert f"the backup {copy} is damaged" in ran.err
    assert f"credwallet restore-backup {good}" in ran.err


def test_a_backup_that_is_not_there_is_5(filled: Cli):
    assert filled("restore-backup", filled.folder / "none.db", "--yes").code == 5


@pytest.mark.skipif(os.name != "posix", reason="links")
def test_links_are_refused(filled: Cli, copy):
    link = filled.folder / "link.db"
    link.symlink_to(copy)
    for argv in (["backup", link, "--force"], ["restore-backup", link, "--yes"]):
        ran = filled(*argv)
        assert (ran.code, ran.out) == (11, "")
        assert "is a link" in ran.err


def test_a_wallet_of_the_first_format_is_migrated_by_any_command(cli: Cli):
    holds = placed(1, cli.home)
    secret = cli.folder / "passphrase.txt"
    secret.write_text(holds["passphrase"] + "\n")
    secret.chmod(0o600)
    ran = cli("list", "--json")
    assert ran.code == 0
    assert len(ran.data["credentials"]) == 5
    (backup,) = (cli.home / "backups").iterdir()
    assert cli("restore-backup", backup, "--yes").code == 0
    assert len(names(cli)) == 5


@pytest.mark.skipif(not hasattr(os, "fork"), reason="os.fork")
def test_an_import_that_was_killed_ends_with_everything_once(cli: Cli, monkeypatch):
    monkeypatch.setattr("credwallet.cli.importing.work.BATCH", 4)
    new_wallet(cli.folder)
    many = cli.folder / "many"
    many.mkdir()
    for number in range(10):
        badges.good(many, number, name=f"Badge {number}")
    put, calls = store.Vault.put, []

    def killed(vault, items, *, at):
        calls.append(len(items))
        if len(calls) == 3:
            os.kill(os.getpid(), signal.SIGKILL)
        return put(vault, items, at=at)

    child = os.fork()
    if not child:
        monkeypatch.setattr(store.Vault, "put", killed)
        cli("import", many)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    with store.open_vault(cli.home, passphrase=PASSPHRASE) as vault:
        assert len(vault.entries()) == 8
    rows = cli("import", many, "--json").data["reports"]
    assert sorted(row["stored"] for row in rows) == ["duplicate"] * 8 + ["new"] * 2
    assert sorted(names(cli)) == [f"Badge {number}" for number in range(10)]


def test_an_atomic_import_is_all_or_nothing(cli: Cli):
    new_wallet(cli.folder)
    badges.good(cli.folder, 1, name="Good")
    bad = badges.tampered(cli.folder)
    ran = cli("import", badges.good(cli.folder, 1, name="Good"), bad, "--atomic")
    assert ran.code == 3
    assert names(cli) == []


def test_backups_are_dated(filled: Cli):
    at = store.automatic(filled.home, "rekey").name
    assert at.startswith("vault-2")
    assert at.endswith("Z-rekey.db")


def test_a_copy_is_named_after_the_moment_of_the_run(filled: Cli, tmp_path: Path):
    copy = tmp_path / "copy.db"
    filled("backup", copy)
    kept = filled("restore-backup", copy, "--yes", "--json").data["kept"]
    assert Path(kept).name == "vault-20261125T120000Z-restore.db"
    filled("rekey", "--no-recovery", "--no-input")
    names = {path.name for path in (filled.home / "backups").glob("*-rekey.db")}
    assert names == {"vault-20261125T120000Z-rekey.db"}


@pytest.mark.parametrize(
    "data",
    [
        b'{"type": "VerifiableCredential"}',
        b"Dear Ada\n",
        b"PK\x03\x04" + bytes(200),
        b"SQLite format 3\0" + bytes(200),  # of another program
    ],
)
def test_a_file_that_is_no_backup_is_called_so_before_anything_is_asked(
    filled: Cli, data: bytes
):
    file = filled.folder / "else.db"
    file.write_bytes(data)
    before = names(filled)
    # Without --yes the question would be an error of its own.
    ran = filled("restore-backup", file, "--no-input")
    assert (ran.code, ran.out) == (2, "")
    assert f"{file} is no backup of a wallet" in ran.err
    assert "credwallet import FILE" in ran.err
    assert "--yes" not in ran.err
    assert names(filled) == before


def test_an_export_is_no_backup(filled: Cli):
    file = filled.folder / "all.tar"
    filled("export", "--all", "--format", "credwallet", "--out", file)
    assert "is no backup of a wallet" in filled("restore-backup", file).err


def test_a_backup_whose_beginning_was_lost_is_still_a_damaged_one(filled: Cli, copy):
    copy.write_bytes(bytes(4096) + copy.read_bytes()[4096:])
    ran = filled("restore-backup", copy, "--yes")
    assert (ran.code, ran.out) == (10, "")
    assert "is damaged" in ran.err


def test_a_backup_that_is_not_there_is_said_before_anything_is_asked(filled: Cli):
    ran = filled("restore-backup", filled.folder / "none.db", "--no-input")
    assert ran.code == 5
