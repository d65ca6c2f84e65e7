"""Does nobody use a wallet file while somebody else replaces it?"""

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from credwallet.errors import StorageFailure
from credwallet.store import handles_without_unlocking, maintenance, vault_id
from tests.store.wallets import filled_wallet, new_wallet, opened

pytestmark = pytest.mark.skipif(os.name != "posix", reason="flock")
ROOT = Path(__file__).resolve().parents[2]
HOLDER = """\
import sys, time
from pathlib import Path
from credwallet.store import maintenance
hold = getattr(maintenance, sys.argv[1])(Path(sys.argv[2]))
print("held", flush=True)
time.sleep(60)
"""


@pytest.fixture
def wallet(tmp_path):
    """Give a closed wallet of three badges."""
    return filled_wallet(tmp_path / "w")


@pytest.fixture
def holder(wallet):
    """Give a function that lets another process hold the lock."""
    started = []

    def hold(how):
        process = subprocess.Popen(
            [sys.executable, "-c", HOLDER, how, str(wallet)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
        )
        started.append(process)
        assert process.stdout.readline() == b"held\n"
        return process

    yield hold
    for process in started:
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=60)


def refused(folder):
    """Tell whether nobody may replace the wallet now."""
    try:
        maintenance.alone(folder, seconds=0).close()
    except StorageFailure as error:
        return error.type == "busy"
    return False


def test_an_open_wallet_is_not_replaced_until_it_is_closed(wallet):
    with opened(wallet):
        assert refused(wallet)
    assert not refused(wallet)


def test_a_wallet_that_was_just_made_is_held_too(tmp_path):
    with new_wallet(tmp_path / "w").vault:
        assert refused(tmp_path / "w")
    assert not refused(tmp_path / "w")


def test_many_use_a_wallet_at_once(wallet):
    with opened(wallet) as one, opened(wallet) as other:
        assert one.entries() == other.entries()
    assert not refused(wallet)


def test_whoever_could_not_open_it_holds_nothing(wallet, monkeypatch):
    def fail(*_args, **_kwargs):
        raise StorageFailure("no", next_step="")

    with monkeypatch.context() as patched:
        patched.setattr("credwallet.store.opening._unlocked", fail)
        with pytest.raises(StorageFailure):
            opened(wallet)
        patched.setattr("credwallet.store.entering.connect", fail)
        with pytest.raises(StorageFailure):
            opened(wallet)
    assert not refused(wallet)


def test_nobody_opens_a_wallet_that_is_being_replaced(wallet, holder, monkeypatch):
    process = holder("alone")
    monkeypatch.setattr(maintenance, "_pause", lambda: None)
    for attempt in (opened, vault_id, handles_without_unlocking):
        with pytest.raises(StorageFailure, match="another credwallet"):
            attempt(wallet)
    process.kill()
    process.wait()
    opened(wallet).close()


def test_a_lock_dies_with_its_process(wallet, holder):
    process = holder("shared")
    assert refused(wallet)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert not refused(wallet)


def test_whoever_waits_gets_its_turn(wallet, holder, monkeypatch):
    process = holder("alone")
    waits = []

    def pause():
        waits.append(1)
        process.kill()
        process.wait()

    monkeypatch.setattr(maintenance, "_pause", pause)
    opened(wallet).close()
    assert waits == [1]


def test_the_lock_is_a_private_file_and_stays(wallet):
    state = (wallet / "maint.lock").stat()
    assert stat.S_IMODE(state.st_mode) == 0o600
    assert state.st_size == 0


def test_a_lock_that_is_a_link_is_refused(wallet, tmp_path):
    (wallet / "maint.lock").unlink()
    (wallet / "maint.lock").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(StorageFailure, match="is a link"):
        opened(wallet)
    assert not (tmp_path / "elsewhere").exists()


def test_programs_that_we_start_do_not_inherit_the_lock(wallet):
    with opened(wallet):
        child = subprocess.Popen(["sleep", "60"], close_fds=False)
    try:
        assert not refused(wallet)
    finally:
        child.kill()
        child.wait()


def test_without_locks_a_wallet_opens_all_the_same(wallet, monkeypatch):
    # As on Windows, where there is no such module.
    monkeypatch.setitem(sys.modules, "fcntl", None)
    with opened(wallet) as vault:
        assert len(vault.entries()) == 3
        maintenance.alone(wallet, seconds=0).close()
