"""Nothing that was acknowledged is lost, whatever happens to the process or the disk.

`python -m tests.store.crashes --rounds 500` is the long run of kill -9.
"""

import os
import resource
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from credwallet.errors import StorageFailure
from credwallet.store import failures, opening
from tests.store import crashes
from tests.store.wallets import NOW, credential, filled_wallet, new_wallet, opened

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 6


def start(wallet, first, count, *, size=300, limit=None):
    """Start a process that writes badges."""

    def limited():
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    arguments = [str(argument) for argument in (wallet, first, count, size)]
    return subprocess.Popen(
        [sys.executable, "-m", "tests.store.writer", *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        preexec_fn=limited,  # noqa: PLW1509 -- one thread; the limit must be the child's
    )


def acknowledged(process):
    """Collect what a writer said: which numbers must be there, which must not."""
    output, _ = process.communicate(timeout=60)
    present, absent = set(), set()
    # A line that was cut by the kill was not yet told to anybody.
    for line in output.decode().splitlines():
        if line.startswith("+"):
            present.add(int(line[1:]))
        elif line.startswith("-"):
            present.discard(int(line[1:]))
            absent.add(int(line[1:]))
    return present, absent


def numbers(vault):
    """Return the numbers of all badges."""
    return {int(entry.summary.name.removeprefix("Badge ")) for entry in vault.entries()}


def test_kill_9_at_any_moment_loses_nothing_that_was_acknowledged(tmp_path):
    tally = crashes.rounds(tmp_path / "w", ROUNDS)
    assert tally.acknowledged
    assert tally.looks
    assert tally == tally._replace(
        lost=0, came_back=0, reader_failures=0, unreadable=0, stray=frozenset()
    )


def test_two_writers_at_once_lose_nothing(tmp_path):
    new_wallet(tmp_path / "w").vault.close()
    writers = [start(tmp_path / "w", first, 60) for first in (0, 1000)]
    told = [acknowledged(writer)[0] for writer in writers]
    with opened(tmp_path / "w") as vault:
        assert numbers(vault) == told[0] | told[1]
        assert vault.check().records == 80


def test_a_full_disk_is_said_and_leaves_the_old_state(tmp_path):
    new_wallet(tmp_path / "w").vault.close()
    writer = start(tmp_path / "w", 1, 5_000, size=30_000, limit=2_000_000)
    output = writer.communicate(timeout=60)[0].decode().splitlines()
    assert writer.returncode == 0
    assert output[-1].startswith("!")
    told = {int(line[1:]) for line in output if line.startswith("+")}
    gone = {int(line[1:]) for line in output if line.startswith("-")}
    # It could be read while the disk was still full.
    readable = int(output[-1].split()[1])
    assert len(told - gone) <= readable <= len(told - gone) + 1
    with opened(tmp_path / "w") as vault:
        assert told - gone <= numbers(vault)
        vault.check()


def test_no_room_in_the_file_is_said_and_leaves_the_old_state(tmp_path):
    with opened(filled_wallet(tmp_path / "w")) as vault:
        entries = vault.entries()
        connection = vault._connected()
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count={pages + 5}")
        with pytest.raises(StorageFailure, match="no space") as caught:
            vault.put(
                [credential(n, raw=os.urandom(40_000)) for n in range(50, 60)], at=NOW
            )
        assert caught.value.type == "no-space"
        assert vault.entries() == entries
        connection.execute("PRAGMA max_page_count=1000000")
        vault.put([credential(n) for n in range(50, 60)], at=NOW)
        assert vault.check().records == 13


def test_a_wallet_that_others_keep_busy_is_said(tmp_path):
    filled_wallet(tmp_path / "w")
    other = sqlite3.connect(tmp_path / "w" / "vault.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with opened(tmp_path / "w") as vault:
        assert len(vault.entries()) == 3
        vault._connected().execute("PRAGMA busy_timeout=50")
        with pytest.raises(StorageFailure, match="another program") as caught:
            vault.put([credential(5)], at=NOW)
        assert caught.value.type == "busy"
        other.execute("ROLLBACK")
        vault.put([credential(5)], at=NOW)
    other.close()


def test_a_write_waits_ten_seconds_for_its_turn(tmp_path):
    with new_wallet(tmp_path / "w").vault as vault:
        assert vault._connected().execute("PRAGMA busy_timeout").fetchone() == (10000,)


def test_every_commit_reaches_the_disk(tmp_path):
    with new_wallet(tmp_path / "w").vault as vault:
        connection = vault._connected()
        for pragma, value in (
            ("synchronous", 2),
            ("fullfsync", 1),
            ("checkpoint_fullfsync", 1),
            ("secure_delete", 1),
            ("trusted_schema", 0),
        ):
            assert connection.execute(f"PRAGMA {pragma}").fetchone() == (value,)
        assert connection.execute("PRAGMA journal_mode").fetchone() == (b"wal",)


def test_after_an_error_of_the_disk_the_file_is_opened_anew(tmp_path, monkeypatch):
    with opened(filled_wallet(tmp_path / "w")) as vault:
        broken = vault._connected()
        error = sqlite3.OperationalError("disk I/O error")
        error.sqlite_errorname = "SQLITE_IOERR_FSYNC"

        def fail(*_, **__):
            raise error

        with monkeypatch.context() as patch:
            patch.setattr("credwallet.store.writing.Writing.finish", fail)
            with pytest.raises(StorageFailure, match="IOERR"):
                vault.put([credential(9)], at=NOW)
        assert len(vault.entries()) == 3
        assert vault._connected() is not broken


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("SQLITE_FULL", "no-space"),
        ("SQLITE_BUSY_SNAPSHOT", "busy"),
        ("SQLITE_IOERR_WRITE", "disk"),
        ("SQLITE_READONLY_DBMOVED", "disk"),
        ("SQLITE_CANTOPEN", "disk"),
        ("SQLITE_NOMEM", "storage"),
        ("SQLITE_CORRUPT", "damaged"),
        ("SQLITE_NOTADB", "damaged"),
        ("SQLITE_ERROR", "damaged"),
        (None, "damaged"),
    ],
)
def test_each_answer_of_sqlite_has_words_of_ours(name, kind):
    error = sqlite3.DatabaseError("words of SQLite")
    if name:
        error.sqlite_errorname = name
    said = failures.sqlite_failure(error, "write to the wallet")
    assert said.type == kind
    assert "words of SQLite" not in said.what


@pytest.mark.parametrize("number", [28, 5, 13, 122])
def test_an_error_while_making_a_wallet_leaves_nothing(tmp_path, monkeypatch, number):
    def fail(*_):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(StorageFailure):
        new_wallet(tmp_path / "w")
    assert list((tmp_path / "w").iterdir()) == []


def test_an_error_while_filling_a_new_wallet_leaves_nothing(tmp_path, monkeypatch):
    def fail(*_):
        error = sqlite3.OperationalError("full")
        error.sqlite_errorname = "SQLITE_FULL"
        raise error

    monkeypatch.setattr(opening, "empty_journal", fail)
    with pytest.raises(StorageFailure, match="no space"):
        new_wallet(tmp_path / "w")
    assert list((tmp_path / "w").iterdir()) == []


def test_what_a_killed_init_left_behind_is_cleared_away(tmp_path):
    (tmp_path / "w").mkdir(mode=0o700)
    for name in ("vault.db.new", "vault.db.new-wal", "vault.db.new-shm"):
        (tmp_path / "w" / name).write_bytes(b"half")
    with new_wallet(tmp_path / "w").vault as vault:
        vault.put([credential()], at=NOW)
    names = {path.name for path in (tmp_path / "w").iterdir()}
    assert names == {"vault.db", "maint.lock"}
