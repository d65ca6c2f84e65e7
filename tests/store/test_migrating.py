"""Is a wallet of an earlier format, after its first opening, all there in this one?"""

import os
import shutil
import signal
import sqlite3
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

from credwallet.errors import Damaged, StorageFailure
from credwallet.store import (
    handles_without_unlocking,
    migrating,
    open_vault,
    vault_id,
)
from credwallet.store.failures import no_space
from tests.store.faults import injecting
from tests.store.frozen import content, freeze, placed
from tests.store.test_format import SECRETS, check
from tests.store.wallets import NOW, credential, edit, filled_wallet, opened, select

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="os.fork")
FOLDER = {"vault.db", "maint.lock", "backups"}


@pytest.fixture
def old(tmp_path):
    """Give a wallet of format 1, and what it holds."""
    return tmp_path / "w", placed(1, tmp_path / "w")


def is_whole(folder, holds):
    """Open a wallet of whatever format and compare everything."""
    with open_vault(folder, passphrase=holds["passphrase"]) as vault:
        found = content(vault)
    assert found == {name: holds[name] for name in found}
    # The index for completion may stand there as well.
    assert {path.name for path in folder.iterdir()} - {"completion.txt"} == FOLDER


def version(folder):
    """Read the number of the format."""
    return select(folder, "PRAGMA user_version")[0][0]


def backups(folder):
    """List the automatic backups."""
    return sorted((folder / "backups").iterdir())


@pytest.mark.parametrize("number", [1, 2])
def test_a_frozen_wallet_opens_with_everything_in_it(tmp_path, number):
    folder = tmp_path / "w"
    holds = placed(number, folder)
    with open_vault(folder, passphrase=holds["passphrase"]) as vault:
        found = content(vault)
        assert found == {name: holds[name] for name in found}
        vault.put([credential(99)], at=NOW)
        vault.check()


@pytest.mark.parametrize("kind", SECRETS)
def test_another_reader_sees_what_is_frozen_today(tmp_path, kind):
    holds = freeze(tmp_path / "w")
    check(tmp_path / "w" / "vault.db", holds, kind)


def test_an_earlier_format_becomes_this_one_on_the_first_opening(old):
    folder, holds = old
    is_whole(folder, holds)
    assert version(folder) == 2
    assert select(folder, "PRAGMA page_size") == [(32768,)]
    # Nothing happens on the second one.
    before = (folder / "vault.db").stat().st_ino
    is_whole(folder, holds)
    assert (folder / "vault.db").stat().st_ino == before
    assert len(backups(folder)) == 1


def test_another_reader_sees_the_same_after_it(old):
    folder, holds = old
    open_vault(folder, passphrase=holds["passphrase"]).close()
    for kind in (1, 2):
        check(folder / "vault.db", {**holds, "format": 2}, kind)


def test_a_backup_of_the_earlier_format_is_kept(old, tmp_path):
    folder, holds = old
    open_vault(folder, passphrase=holds["passphrase"]).close()
    (backup,) = backups(folder)
    assert backup.name.endswith("-migrate.db")
    assert backup.stat().st_mode & 0o777 == 0o600
    other = tmp_path / "other"
    other.mkdir(mode=0o700)
    shutil.copy(backup, other / "vault.db")
    assert version(other) == 1
    is_whole(other, holds)


def test_the_recovery_code_migrates_too(old):
    folder, holds = old
    with open_vault(folder, recovery_code=holds["recovery_code"]) as vault:
        assert vault.check().records == len(holds["credentials"])
    assert version(folder) == 2


def test_what_is_only_looked_at_stays_as_it_is(old):
    folder, holds = old
    assert len(vault_id(folder)) == 16
    assert len(handles_without_unlocking(folder)) == len(holds["credentials"])
    assert version(folder) == 1


def test_what_the_journal_of_a_killed_process_holds_comes_along(old):
    folder, holds = old
    other = sqlite3.connect(folder / "vault.db", isolation_level=None)
    other.execute("PRAGMA journal_mode=WAL")
    (sealed,) = other.execute("SELECT sealed FROM head").fetchone()
    other.execute("UPDATE head SET sealed=zeroblob(9)")
    other.execute("UPDATE head SET sealed=?", (sealed,))
    killed = folder.with_name("killed")
    shutil.copytree(folder, killed)
    other.close()
    assert (killed / "vault.db-wal").stat().st_size
    is_whole(killed, holds)


def test_a_wallet_that_an_earlier_version_has_open_is_left_alone(old, monkeypatch):
    folder, holds = old
    # Earlier versions know no lock but those of SQLite.
    other = sqlite3.connect(folder / "vault.db", isolation_level=None)
    other.execute("PRAGMA journal_mode=WAL")
    other.execute("SELECT * FROM head").fetchone()
    monkeypatch.setattr("credwallet.store.schema.BUSY_SECONDS", 0.1)
    with pytest.raises(StorageFailure, match="another program"):
        open_vault(folder, passphrase=holds["passphrase"])
    assert version(folder) == 1
    other.close()
    is_whole(folder, holds)


@pytest.mark.parametrize("number", [3, 200, 2**31 - 1])
def test_a_format_from_the_future_is_refused_and_left_alone(tmp_path, number):
    folder = filled_wallet(tmp_path / "w")
    edit(folder, (f"PRAGMA user_version={number}", ()))
    before = (folder / "vault.db").read_bytes()
    for attempt in (opened, vault_id, handles_without_unlocking):
        with pytest.raises(Damaged, match=f"format {number}, known is 2") as caught:
            attempt(folder)
        assert caught.value.type == "unknown-format"
        assert "newer" in caught.value.next_step
    assert (folder / "vault.db").read_bytes() == before
    assert not (folder / "backups").exists()


@pytest.mark.parametrize("number", [0, -1])
def test_a_format_that_never_was_is_damage(tmp_path, number):
    folder = filled_wallet(tmp_path / "w")
    edit(folder, (f"PRAGMA user_version={number}", ()))
    with pytest.raises(Damaged, match="cannot be"):
        opened(folder)


def test_a_wallet_that_says_it_is_older_than_it_is_loses_nothing(tmp_path):
    folder = filled_wallet(tmp_path / "w")
    edit(folder, ("PRAGMA user_version=1", ()))
    with opened(folder) as vault:
        assert vault.check().records == 3
    assert version(folder) == 2


def test_a_copy_that_differs_never_takes_the_place(old, monkeypatch):
    folder, holds = old
    copy = migrating.copy_on_our_pages

    def change(source, target):
        copy(source, target)
        made = sqlite3.connect(target)
        made.execute("DELETE FROM rec WHERE rid=(SELECT min(rid) FROM rec)")
        made.commit()
        made.close()

    with monkeypatch.context() as patched:
        patched.setattr(migrating, "copy_on_our_pages", change)
        with pytest.raises(Damaged, match="table rec could not be copied"):
            open_vault(folder, passphrase=holds["passphrase"])
    assert version(folder) == 1
    is_whole(folder, holds)


def test_a_damaged_wallet_is_not_migrated(old):
    folder, holds = old
    data = bytearray((folder / "vault.db").read_bytes())
    for page in range(1, len(data) // 8192):
        data[page * 8192 : page * 8192 + 8] = b"\xff" * 8
    (folder / "vault.db").write_bytes(data)
    with pytest.raises(Damaged):
        open_vault(folder, passphrase=holds["passphrase"])
    assert version(folder) == 1
    assert not backups(folder)


@pytest.mark.parametrize("step", ["keep", "copy_on_our_pages", "_compare", "prune"])
def test_no_space_at_any_step_leaves_a_wallet(old, monkeypatch, step):
    folder, holds = old

    def fail(*_):
        raise no_space()

    with monkeypatch.context() as patched:
        patched.setattr(migrating, step, fail)
        with pytest.raises(StorageFailure, match="no space"):
            open_vault(folder, passphrase=holds["passphrase"])
        assert not [path for path in folder.iterdir() if "new" in path.name]
    is_whole(folder, holds)


@pytest.mark.parametrize(
    ("name", "which"),
    [
        *(("os.fsync", which) for which in range(1, 5)),
        *(("pathlib.Path.rename", which) for which in (1, 2)),
    ],
)
def test_a_disk_that_fails_leaves_a_wallet(old, monkeypatch, name, which):
    folder, holds = old
    module, _, attribute = name.rpartition(".")
    owner = {"os": os, "pathlib.Path": Path}[module]
    real, calls = getattr(owner, attribute), []

    def fail(*arguments):
        calls.append(1)
        if len(calls) == which:
            raise OSError(5, "Input/output error")
        return real(*arguments)

    with monkeypatch.context() as patched:
        patched.setattr(owner, attribute, fail)
        with pytest.raises(StorageFailure, match="Input/output error"):
            open_vault(folder, passphrase=holds["passphrase"])
    assert len(calls) >= which
    is_whole(folder, holds)


# At every fifth line of these that is new: 40 processes are killed.
STEP = 5
# And at every seventh call to the disk.
CALLS = 7
MODULES = ("migrating.py", "backups.py", "folder.py", "schema.py")


@contextmanager
def killed_at(number):
    """Kill this process when it comes to so manieth new line of the store."""
    seen = set()

    def trace(frame, event, _argument):
        name = Path(frame.f_code.co_filename).name
        if name not in MODULES:
            return None
        if event == "line":
            seen.add((name, frame.f_lineno))
            if len(seen) >= number:
                os.kill(os.getpid(), signal.SIGKILL)
        return trace

    sys.settrace(trace)
    yield
    sys.settrace(None)


def killed(folder, number):
    """Migrate in another process; tell whether it was killed on the way."""
    child = os.fork()
    if not child:
        with killed_at(number):
            migrating.migrate(folder)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


@needs_fork
def test_killed_anywhere_the_old_or_the_new_wallet_is_there(tmp_path):
    versions, number = [], 1
    while True:
        folder = tmp_path / f"w{number}"
        holds = placed(1, folder)
        if not killed(folder, number):
            break
        versions.append(version(folder))
        is_whole(folder, holds)
        shutil.rmtree(folder)
        number += STEP
    assert versions == sorted(versions)
    assert set(versions) == {1, 2}
    assert len(versions) * STEP > 100


@pytest.fixture(scope="module")
def host(tmp_path_factory):
    """Give a process whose calls to the disk fail as they are told."""
    library = injecting.built(tmp_path_factory.mktemp("disk"))
    if library is None:
        pytest.skip("this needs Linux and a C compiler")
    with injecting.Host(library) as host:
        yield host


@pytest.mark.parametrize("error", [*injecting.ERRORS, *injecting.KILL])
def test_whatever_call_fails_the_old_or_the_new_wallet_is_there(tmp_path, host, error):
    number = (injecting.ERRORS | injecting.KILL)[error]
    calls, at = 10_000, 1 + len(error)
    while at <= calls:
        folder = tmp_path / "run"
        folder.mkdir()
        holds = placed(1, folder / "wallet")
        (folder / "passphrase.txt").write_text(holds["passphrase"])
        (folder / "passphrase.txt").chmod(0o600)
        if calls == 10_000:
            calls = host.run(folder, ("list",), injecting.Fault())["calls"]
            shutil.rmtree(folder)
            continue
        fault = injecting.Fault(at, number)
        ran = host.run(folder, ("list",), fault)
        assert ran.get("code", ran.get("killed")) in (0, 6, 11, -signal.SIGKILL), ran
        is_whole(folder / "wallet", holds)
        shutil.rmtree(folder)
        at += CALLS
    assert calls > 10 * CALLS
