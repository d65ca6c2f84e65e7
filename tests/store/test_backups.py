"""Can a backup be trusted, and does what is put back hold what was copied?"""

import errno
import hashlib
import os
import shutil
import signal
import sqlite3
import stat
from pathlib import Path

import pytest

from credwallet.errors import Damaged, Locked, NotFound, StorageFailure, Usage
from credwallet.store import automatic, back_up, backups, open_vault, restore_backup
from credwallet.store.failures import no_space
from tests.store.frozen import content, placed
from tests.store.wallets import (
    NOW,
    PASSPHRASE,
    credential,
    edit,
    filled_wallet,
    new_wallet,
    opened,
    select,
)

needs_posix = pytest.mark.skipif(os.name != "posix", reason="POSIX permissions")
TIDY = {"vault.db", "maint.lock", "backups"}


@pytest.fixture
def wallet(tmp_path):
    """Give a closed wallet of three badges and a document."""
    folder = filled_wallet(tmp_path / "w")
    with opened(folder) as vault:
        vault.put_document("issuer", "one", b"first")
    return folder


@pytest.fixture
def copy(wallet, tmp_path):
    """Give a backup of it."""
    return back_up(wallet, tmp_path / "copy.db").path


def held(folder):
    """Open everything there is in a wallet."""
    with opened(folder) as vault:
        return content(vault)


def change(folder):
    """Put something in that no backup has."""
    with opened(folder) as vault:
        vault.put([credential(77)], at=NOW)


def restored(folder, file, passphrase=PASSPHRASE):
    """Put a backup back."""
    return restore_backup(folder, file, passphrase=passphrase)


def automatics(folder):
    """List the automatic backups by name."""
    return sorted(path.name for path in (folder / "backups").iterdir())


def test_a_backup_is_one_private_file_that_holds_everything(wallet, tmp_path):
    with opened(wallet) as vault:
        made = back_up(wallet, tmp_path / "copy.db", vault=vault)
    assert made.checked.records == 3
    assert made.checked.documents == 1
    data = made.path.read_bytes()
    assert (made.size, made.sha256) == (len(data), hashlib.sha256(data).hexdigest())
    if os.name == "posix":
        assert stat.S_IMODE(made.path.stat().st_mode) == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy.db", "w"]
    other = tmp_path / "other"
    other.mkdir(mode=0o700)
    shutil.copy(made.path, other / "vault.db")
    assert held(other) == held(wallet)


def test_a_backup_can_be_read_where_nothing_can_be_written(copy):
    uri = f"file:{copy}?mode=ro"
    connection = sqlite3.connect(uri, uri=True)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert connection.execute("SELECT count(*) FROM rec").fetchone() == (3,)
    connection.close()


def test_others_write_while_it_is_copied(wallet, tmp_path):
    with opened(wallet) as vault:
        vault.put([credential(50)], at=NOW)
        # Not yet in the file itself, but in its journal.
        assert (wallet / "vault.db-wal").stat().st_size
        made = back_up(wallet, tmp_path / "copy.db", vault=vault)
        vault.put([credential(51)], at=NOW)
    assert made.checked.records == 4


def test_it_is_made_while_locked_but_then_nothing_in_it_is_opened(wallet, tmp_path):
    assert back_up(wallet, tmp_path / "copy.db").checked is None


def test_a_file_that_is_there_is_replaced_only_on_demand(wallet, tmp_path):
    file = tmp_path / "copy.db"
    file.write_bytes(b"dear")
    with pytest.raises(Usage, match="is there already"):
        back_up(wallet, file)
    assert file.read_bytes() == b"dear"
    back_up(wallet, file, force=True)
    assert file.read_bytes().startswith(b"SQLite format 3\0")


@pytest.mark.parametrize("name", ["w/copy.db", "w/backups/copy.db", "w/../w/vault.db"])
def test_a_backup_in_the_wallet_folder_is_none(wallet, tmp_path, name):
    (wallet / "backups").mkdir(mode=0o700)
    before = held(wallet)
    with pytest.raises(Usage, match="in the wallet folder"):
        back_up(wallet, tmp_path / name, force=True)
    (tmp_path / "link").symlink_to(wallet)
    with pytest.raises(Usage, match="in the wallet folder"):
        back_up(wallet, tmp_path / "link" / "copy.db")
    assert held(wallet) == before


def test_what_is_no_file_is_refused(wallet, tmp_path):
    (tmp_path / "folder").mkdir()
    with pytest.raises(Usage, match="is not a file"):
        back_up(wallet, tmp_path / "folder", force=True)
    with pytest.raises(NotFound, match="no folder"):
        back_up(wallet, tmp_path / "nowhere" / "copy.db")
    with pytest.raises(NotFound, match="no wallet"):
        back_up(tmp_path / "folder", tmp_path / "copy.db")


@needs_posix
def test_links_are_not_followed(wallet, copy, tmp_path):
    link = tmp_path / "link.db"
    link.symlink_to(copy)
    before = copy.read_bytes()
    with pytest.raises(StorageFailure, match="is a link"):
        back_up(wallet, link, force=True)
    with pytest.raises(StorageFailure, match="is a link"):
        restored(wallet, link)
    assert copy.read_bytes() == before
    (wallet / "backups").rename(tmp_path / "elsewhere")
    (wallet / "backups").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(StorageFailure, match="is a link"):
        automatic(wallet, "rekey")


@needs_posix
def test_a_pipe_is_no_backup(wallet, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(Usage, match="is not a file"):
        restored(wallet, tmp_path / "pipe")


def test_a_damaged_wallet_gives_no_backup(wallet, tmp_path):
    edit(wallet, ("UPDATE rec SET sealed=zeroblob(100)", ()))
    file = tmp_path / "copy.db"
    file.write_bytes(b"dear")
    with opened(wallet) as vault, pytest.raises(Damaged):
        back_up(wallet, file, vault=vault, force=True)
    assert file.read_bytes() == b"dear"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy.db", "w"]


def test_what_a_killed_backup_left_is_cleared_away(wallet, tmp_path):
    (tmp_path / ".copy.db.unfinished").write_bytes(b"half")
    back_up(wallet, tmp_path / "copy.db")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy.db", "w"]


@pytest.mark.parametrize("step", ["copy_of", "check_structure", "_measured", "sync"])
def test_no_space_leaves_no_half_backup(wallet, tmp_path, monkeypatch, step):
    def fail(*_):
        raise OSError(errno.ENOSPC, "no space")

    monkeypatch.setattr(backups, step, fail)
    file = tmp_path / "copy.db"
    with pytest.raises(StorageFailure) as caught:
        back_up(wallet, file)
    assert caught.value.type == "no-space"
    assert [path.name for path in tmp_path.iterdir() if path.name != "w"] == []
    assert {path.name for path in wallet.iterdir()} == TIDY


def test_the_last_three_automatic_ones_are_kept(wallet):
    names = [automatic(wallet, reason).name for reason in ("a", "b", "c", "d", "e")]
    assert automatics(wallet) == sorted(names[2:])
    assert names == sorted(names)
    assert all(name.startswith("vault-20") for name in names)
    if os.name == "posix":
        assert stat.S_IMODE((wallet / "backups").stat().st_mode) == 0o700
        modes = {path.stat().st_mode & 0o777 for path in (wallet / "backups").iterdir()}
        assert modes == {0o600}


def test_what_is_put_back_holds_what_was_copied(wallet, copy):
    before = held(wallet)
    change(wallet)
    later = held(wallet)
    done = restored(wallet, copy)
    assert held(wallet) == before
    assert (done.checked.records, done.checked.documents) == (3, 1)
    assert {path.name for path in wallet.iterdir()} == TIDY
    # And the way back.
    assert done.kept.name.endswith("-restore.db")
    restored(wallet, done.kept)
    assert held(wallet) == later


def test_what_is_put_back_opens_without_another_derivation(wallet, copy):
    done = restored(wallet, copy)
    with open_vault(wallet, vault_key=done.vault_key) as vault:
        assert vault.check() == done.checked


def test_a_backup_of_an_earlier_format_is_brought_to_this_one(tmp_path):
    holds = placed(1, tmp_path / "old")
    folder = tmp_path / "new"
    done = restored(folder, tmp_path / "old" / "vault.db", holds["passphrase"])
    assert done.kept is None
    assert select(folder, "PRAGMA user_version") == [(2,)]
    found = held(folder)
    assert found == {name: holds[name] for name in found}


def test_where_there_is_no_wallet_it_becomes_one(copy, wallet, tmp_path):
    folder = tmp_path / "deep" / "new"
    assert restored(folder, copy).kept is None
    assert held(folder) == held(wallet)
    assert {path.name for path in folder.iterdir()} == TIDY


def test_the_files_of_a_wallet_as_they_were_can_be_put_back(wallet, tmp_path):
    with opened(wallet) as vault:
        vault.put([credential(50)], at=NOW)
        shutil.copytree(wallet, tmp_path / "taken")
    restored(tmp_path / "new", tmp_path / "taken" / "vault.db")
    assert held(tmp_path / "new") == held(wallet)
    # The copy itself is left as it is.
    assert (tmp_path / "taken" / "vault.db-wal").stat().st_size


def test_the_wrong_passphrase_changes_nothing(wallet, copy):
    before = (wallet / "vault.db").read_bytes()
    with pytest.raises(Locked):
        restored(wallet, copy, "not the passphrase")
    assert (wallet / "vault.db").read_bytes() == before
    assert automatics(wallet) == []


def test_the_backup_of_another_wallet_is_refused(wallet, tmp_path):
    other = back_up(filled_wallet(tmp_path / "o"), tmp_path / "other.db").path
    before = held(wallet)
    with pytest.raises(Usage, match="another wallet") as caught:
        restored(wallet, other)
    assert "--home" in caught.value.next_step
    assert held(wallet) == before


def test_a_file_that_is_not_there_is_not_found(wallet, tmp_path):
    with pytest.raises(NotFound):
        restored(wallet, tmp_path / "none.db")


def spoil_a_record(data):
    """Flip a bit in the last sealed record."""
    place = data.rindex(b"CW\x01\x01") + 60
    data[place] ^= 1


def truncate(data):
    """Take the second half away."""
    del data[len(data) // 2 :]


def make_junk(data):
    """Leave nothing of it."""
    data[:] = b"junk" * (len(data) // 4)


def empty(data):
    """Leave nothing at all."""
    data.clear()


DAMAGE = [spoil_a_record, truncate, make_junk, empty]


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_backup_is_refused_and_a_good_one_named(wallet, copy, damage):
    good = automatic(wallet, "rekey")
    before = held(wallet)
    data = bytearray(copy.read_bytes())
    damage(data)
    copy.write_bytes(data)
    with pytest.raises(Damaged, match=r"the backup .*copy\.db") as caught:
        restored(wallet, copy)
    assert caught.value.type == "damaged-backup"
    assert f"credwallet restore-backup {good}" in caught.value.next_step
    assert held(wallet) == before
    assert {path.name for path in wallet.iterdir()} == TIDY
    assert automatics(wallet) == [good.name]


def test_one_beside_it_is_named_too_but_none_that_is_damaged(wallet, copy, tmp_path):
    good = back_up(wallet, tmp_path / "b.db").path
    data = bytearray(copy.read_bytes())
    spoil_a_record(data)
    copy.write_bytes(data)
    shutil.copy(copy, tmp_path / "a.db")
    os.utime(tmp_path / "a.db", (2**31, 2**31))
    with pytest.raises(Damaged) as caught:
        restored(wallet, copy)
    assert str(good) in caught.value.next_step
    good.unlink()
    with pytest.raises(Damaged) as caught:
        restored(wallet, copy)
    assert "no other backup" in caught.value.next_step


def test_a_backup_from_the_future_is_refused_with_words(wallet, copy):
    connection = sqlite3.connect(copy)
    connection.execute("PRAGMA user_version=3")
    connection.close()
    with pytest.raises(Damaged, match="format 3, known is 2") as caught:
        restored(wallet, copy)
    assert caught.value.type == "unknown-format"


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_wallet_is_replaced_and_kept(wallet, copy, damage):
    before = held(wallet)
    data = bytearray((wallet / "vault.db").read_bytes())
    damage(data)
    (wallet / "vault.db").write_bytes(data)
    done = restored(wallet, copy)
    assert held(wallet) == before
    # SQLite reads the one in which a record was changed; to it that is no damage.
    readable = damage is spoil_a_record
    assert done.kept.name.endswith("-restore.db" if readable else "-damaged.db")
    if damage in (truncate, make_junk):
        assert done.kept.read_bytes() == bytes(data)


def test_copies_of_damaged_wallets_push_no_good_one_out(wallet, copy):
    good = {automatic(wallet, "rekey").name for _ in range(3)}
    for _ in range(5):
        (wallet / "vault.db").write_bytes(b"junk" * 1000)
        restored(wallet, copy)
    assert good <= set(automatics(wallet))
    assert len(automatics(wallet)) == 6


def test_a_stale_journal_never_gets_into_what_is_put_back(wallet, copy):
    before = held(wallet)
    with opened(wallet) as vault:
        vault.put([credential(50)], at=NOW)
        journal = (wallet / "vault.db-wal").read_bytes()
    (wallet / "vault.db").write_bytes(b"junk" * 1000)
    (wallet / "vault.db-wal").write_bytes(journal)
    done = restored(wallet, copy)
    assert held(wallet) == before
    assert done.kept.with_name(f"{done.kept.name}-wal").read_bytes() == journal


def test_a_wallet_in_use_is_not_replaced(wallet, copy, monkeypatch):
    monkeypatch.setattr("credwallet.store.maintenance._pause", lambda: None)
    with opened(wallet) as vault:
        with pytest.raises(StorageFailure, match="another credwallet"):
            restored(wallet, copy)
        assert vault.check().records == 3


STEPS = ("copy_bytes", "_check_same", "_set_aside", "replacement", "_finish")


@pytest.mark.parametrize("step", STEPS)
def test_no_space_while_putting_back_leaves_the_wallet(wallet, copy, monkeypatch, step):
    change(wallet)
    before = held(wallet)

    def fail(*_):
        raise no_space()

    with monkeypatch.context() as patched:
        patched.setattr(f"credwallet.store.restoring.{step}", fail)
        with pytest.raises(StorageFailure, match="no space"):
            restored(wallet, copy)
    assert held(wallet) == before
    assert {path.name for path in wallet.iterdir()} == TIDY


@needs_posix
@pytest.mark.parametrize("step", [*STEPS, "prune", "check_structure", "_clear"])
def test_killed_while_putting_back_one_of_both_is_there(wallet, copy, step):
    old = held(wallet)
    change(wallet)
    later = held(wallet)
    child = os.fork()
    if not child:
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(f"credwallet.store.restoring.{step}", _kill)
            restored(wallet, copy)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    assert held(wallet) in (old, later)
    restored(wallet, copy)
    assert held(wallet) == old
    assert not [name for name in automatics(wallet) if not name.startswith("vault-")]


def _kill(*_):
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_new_wallet_has_no_backups(tmp_path):
    new_wallet(tmp_path / "w").vault.close()
    assert not Path(tmp_path / "w" / "backups").exists()
