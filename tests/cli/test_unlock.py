"""Do `unlock` and `lock` do what they say, as processes of their own?"""

import os
import shutil
import socket
import sqlite3
import zoneinfo
from pathlib import Path

import pytest

from credwallet.cli.agent.place import Place, place_of
from tests.cli.agents import pid_of, process
from tests.cli.runner import Cli, new_wallet

pytestmark = pytest.mark.skipif(
    not hasattr(socket, "SO_PEERCRED"), reason="the peer's user is told on Linux"
)


def unlocked(cli: Cli, *argv: str) -> Place:
    ran = process(cli, "unlock", *argv, "--passphrase-file", secret(cli))
    assert (ran.returncode, ran.stderr.count("\n")) == (0, 1), ran.stderr
    return place_of(cli.home, {"XDG_RUNTIME_DIR": str(cli.folder / "run")})


def secret(cli: Cli) -> Path:
    cli("help")
    return cli.folder / "passphrase.txt"


def test_unlock_opens_for_every_command_and_lock_closes(filled: Cli):
    before = process(filled, "list")
    assert (before.returncode, before.stdout) == (6, "")
    assert "no terminal to ask" in before.stderr
    at = unlocked(filled, "--for", "5m")
    number = pid_of(at)
    listed = process(filled, "list")
    assert (listed.returncode, len(listed.stdout.splitlines())) == (0, 5)
    assert process(filled, "tag", "Cleaning Data", "--add", "x").returncode == 0
    locked = process(filled, "lock")
    assert (locked.returncode, locked.stdout) == (0, "locked\n")
    assert process(filled, "list").returncode == 6
    assert process(filled, "lock").stdout == "it was locked already\n"
    assert not os.path.lexists(at.path)
    assert gone(number)


def gone(number: int) -> bool:
    """Wait until a process that is no child of ours has ended."""
    try:
        watching = os.pidfd_open(number)
    except ProcessLookupError:
        return True
    try:
        import select  # noqa: PLC0415 -- with its only user

        return bool(select.select([watching], [], [], 20)[0])
    finally:
        os.close(watching)


def test_the_agent_has_no_terminal_no_files_and_no_core_dump(filled: Cli):
    at = unlocked(filled)
    number = pid_of(at)
    try:
        proc = Path(f"/proc/{number}")
        limits = (proc / "limits").read_text()
        assert limits.split("Max core file size")[1].split()[0] == "0"
        stats = (proc / "stat").read_text().rpartition(")")[2].split()
        session, terminal = int(stats[3]), int(stats[4])
        # It leads no session, or it could get a terminal again.
        assert terminal == 0
        assert session not in (number, os.getsid(0))
        if os.geteuid() == 0:
            links = [str(each.readlink()) for each in (proc / "fd").iterdir()]
            assert {each.partition(":")[0] for each in links} == {"/dev/null", "socket"}
        else:
            with pytest.raises(PermissionError):
                (proc / "environ").read_bytes()
    finally:
        process(filled, "lock")


def test_unlock_says_until_when(filled: Cli):
    ran = filled("unlock", "--json")
    assert ran.data == {
        "home": str(filled.home),
        "until": "2026-11-26T00:00:00Z",
        "idleMinutes": 15,
    }
    ran = filled("unlock", "--for", "1h30m", "--json")
    assert (ran.data["until"], ran.data["idleMinutes"]) == (
        "2026-11-25T13:30:00Z",
        None,
    )
    assert filled("lock", "--json").data["wasUnlocked"] is True


def test_unlock_again_replaces_the_agent(filled: Cli):
    first = pid_of(unlocked(filled))
    at = unlocked(filled)
    assert pid_of(at) != first
    assert gone(first)
    assert process(filled, "list").returncode == 0
    process(filled, "lock")


@pytest.mark.parametrize("span", ["13h", "0h", "12h1m", "8", "", "-1h", "8d", "h"])
def test_a_span_that_is_none_or_too_long_is_refused_before_anything(filled: Cli, span):
    ran = filled("unlock", f"--for={span}")
    assert ran.code == 2
    assert "8h, 30m, 1h30m" in ran.err
    assert not (filled.folder / "run" / "credwallet").exists()


def test_a_wrong_passphrase_leaves_no_agent(filled: Cli):
    wrong = filled.folder / "wrong.txt"
    wrong.write_text("not the passphrase")
    wrong.chmod(0o600)
    ran = process(filled, "unlock", "--passphrase-file", wrong)
    assert ran.returncode == 6
    assert list((filled.folder / "run" / "credwallet").iterdir()) == []
    assert process(filled, "lock").stdout == "it was locked already\n"


def test_unlock_does_not_ask_the_agent_itself(filled: Cli):
    unlocked(filled)
    ran = process(filled, "unlock", "--for", "12h")
    assert ran.returncode == 6
    assert process(filled, "list").returncode == 0
    process(filled, "lock")


def test_unlock_without_a_wallet_says_how_to_make_one(cli: Cli):
    ran = cli("unlock")
    assert ran.code == 5
    assert "credwallet init" in ran.err


def test_a_key_of_another_wallet_falls_back_and_is_said(filled: Cli, tmp_path: Path):
    unlocked(filled)
    other = new_wallet(tmp_path / "other")
    for each in filled.home.iterdir():
        shutil.rmtree(each) if each.is_dir() else each.unlink()
    shutil.copy(other / "vault.db", filled.home / "vault.db")
    ran = process(filled, "list")
    assert (ran.returncode, ran.stdout) == (6, "")
    assert "a key that is not the wallet's" in ran.stderr
    assert process(filled, "list", "--passphrase-file", secret(filled)).returncode == 0
    process(filled, "lock")


def test_damage_is_damage_also_with_the_agents_key(filled: Cli):
    unlocked(filled)
    connection = sqlite3.connect(filled.home / "vault.db")
    (sealed,) = connection.execute("SELECT sealed FROM head").fetchone()
    flipped = sealed[:-1] + bytes([sealed[-1] ^ 1])
    connection.execute("UPDATE head SET sealed=?", (flipped,))
    connection.commit()
    connection.close()
    assert process(filled, "list").returncode == 10
    process(filled, "lock")


def test_what_is_not_ours_is_said_and_the_next_way_is_taken(filled: Cli):
    at = unlocked(filled)
    at.path.chmod(0o666)
    ran = process(filled, "list")
    assert ran.returncode == 6
    assert "is open to other users" in ran.stderr
    at.path.chmod(0o600)
    process(filled, "lock")


def test_a_system_without_such_sockets_says_so(filled: Cli, monkeypatch):
    monkeypatch.delattr(socket, "AF_UNIX")
    ran = filled("unlock")
    assert ran.code == 11
    assert "has no agent" in ran.err
    assert "keyring" in ran.err


def test_a_place_with_too_long_a_name_says_so(filled: Cli):
    runtime = filled.folder / ("x" * 120)
    runtime.mkdir(0o700)
    ran = filled("unlock", env={"XDG_RUNTIME_DIR": str(runtime)})
    assert ran.code == 11
    assert "the agent does not start" in ran.err


IN_UTC = "unlocked for 90 minutes, until 2026-11-25 13:30 UTC\n"


@pytest.mark.parametrize(
    ("zone", "terminal", "said"),
    [
        ("Europe/Berlin", True, "unlocked until 2026-11-25 14:30 CET\n"),
        ("Asia/Tokyo", True, "unlocked until 2026-11-25 22:30 JST\n"),
        ("Asia/Tokyo", False, IN_UTC),
        *((zone, True, IN_UTC) for zone in ("", "../etc/passwd", "\x00", "No/Where")),
    ],
)
def test_a_terminal_is_told_the_time_of_its_user(filled: Cli, zone, terminal, said):
    try:
        zoneinfo.ZoneInfo("Asia/Tokyo")
    except zoneinfo.ZoneInfoNotFoundError:
        pytest.skip("no table of time zones here")
    env = {"TZ": zone} if zone else {}
    ran = filled("unlock", "--for", "90m", env=env, terminal=terminal)
    assert (ran.code, ran.out) == (0, said)
    filled("lock")
