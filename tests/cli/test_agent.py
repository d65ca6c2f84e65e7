"""Does the agent give the key to its user alone, in time, and to nobody afterwards?"""

import os
import socket
import stat
import struct
from math import inf
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credwallet.cli.agent import client, peer, place, serving, starting
from credwallet.cli.agent.held import HARD_S, IDLE_S, Held, Limits
from credwallet.cli.agent.place import Place, make_folder, place_of
from credwallet.cli.agent.protocol import (
    MAX_LINE,
    question,
    read_answer,
    read_question,
    write_locked,
    write_open,
    write_refused,
)
from credwallet.errors import StorageFailure, Unreadable
from tests.cli.agents import (
    ASK,
    KEY,
    LOCK,
    VAULT_ID,
    agent,
    ask,
    connected,
    rest,
    said,
)

pytestmark = pytest.mark.skipif(
    not hasattr(socket, "SO_PEERCRED"), reason="the peer's user is told on Linux"
)
REFUSED = b'"is": "refused"'


def held(limits: Limits, *, now: float = 0.0) -> tuple[Held, bytearray]:
    key = bytearray(KEY)
    return Held(VAULT_ID, epoch=7, vault_key=key, limits=limits, now=now), key


# How long it holds the key.


def test_a_key_that_is_asked_for_is_held_on():
    holding, _ = held(Limits())
    for minute in range(0, 12 * 60, 14):
        answer = read_answer(bytes(holding.answer(ASK, minute * 60.0)))
        assert answer is not None
        assert (answer.vault_id, answer.epoch, answer.vault_key) == (VAULT_ID, 7, KEY)


def test_a_key_that_is_not_asked_for_is_wiped():
    holding, key = held(Limits())
    assert holding.left(IDLE_S - 1) == 1
    assert key == KEY
    assert read_answer(bytes(holding.answer(ASK, IDLE_S))) is None
    assert key == bytes(32)


def test_after_the_hard_limit_it_is_wiped_however_often_it_was_asked_for():
    holding, key = held(Limits(hard=3600, idle=inf))
    assert holding.answer(ASK, 3599) == write_open(VAULT_ID, 7, bytearray(KEY))
    assert holding.answer(ASK, 3600) == write_locked()
    assert key == bytes(32)


def test_nobody_gets_more_than_twelve_hours():
    holding, key = held(Limits(hard=1e9, idle=inf))
    assert holding.left(0) == HARD_S
    assert holding.left(HARD_S) == 0
    assert key == bytes(32)


def test_a_wiped_key_does_not_come_back_with_an_earlier_moment():
    holding, _ = held(Limits())
    holding.left(IDLE_S)
    assert holding.answer(ASK, 0.0) == write_locked()


def test_lock_wipes():
    holding, key = held(Limits())
    assert holding.answer(LOCK, 1.0) == write_locked()
    assert key == bytes(32)
    assert holding.left(1.0) == 0


def test_a_running_agent_ends_when_its_time_is_up(tmp_path: Path):
    with agent(tmp_path) as one:
        assert ask(one) == KEY
        one.clock.now += IDLE_S - 1
        assert ask(one) == KEY
        one.clock.now += IDLE_S
        assert ask(one) is None
        assert one.ended()
        assert not os.path.lexists(one.place.path)


# What is said.


@given(st.binary(max_size=200))
def test_garbage_is_no_question_and_no_answer(data: bytes):
    with pytest.raises(Unreadable):
        read_question(data)
    with pytest.raises(Unreadable):
        read_answer(data)
    holding, _ = held(Limits())
    assert holding.answer(data, 1.0) == write_refused(
        "no question of this version of the protocol"
    )


@pytest.mark.parametrize(
    "line",
    [
        b'{"version": 2, "do": "key"}',
        b'{"version": "1", "do": "key"}',
        b'{"version": true, "do": "key"}',
        b'{"version": 1.0, "do": "key"}',
        b'{"do": "key"}',
        b'{"version": 1}',
        b'{"version": 1, "do": "dump"}',
        b'{"version": 1, "do": ["key"]}',
        b'{"version": 1, "do": "key", "for": "me"}',
        b'{"version": 1, "do": "lock", "do": "key"}',
        b"[1]",
    ],
)
def test_another_version_or_wish_is_refused(line: bytes):
    holding, _ = held(Limits())
    answer = bytes(holding.answer(line, 1.0))
    assert REFUSED in answer
    assert KEY.hex().encode() not in answer


@pytest.mark.parametrize(
    "change",
    [
        ('"version": 1', '"version": 2'),
        (VAULT_ID.hex(), "ab"),
        (KEY.hex(), KEY.hex()[2:]),
        (KEY.hex(), "zz" * 32),
        ('"epoch": 7', '"epoch": 0'),
        ('"epoch": 7', '"epoch": 70000'),
        ('"epoch": 7', '"epoch": "7"'),
        ('"open"', '"ajar"'),
    ],
)
def test_a_strange_answer_is_none(change: tuple[str, str]):
    line = write_open(VAULT_ID, 7, bytearray(KEY)).decode()
    with pytest.raises(Unreadable):
        read_answer(line.replace(*change).encode())


def test_no_line_of_ours_comes_near_the_limit():
    longest = write_open(VAULT_ID, 65535, bytearray(KEY))
    assert len(longest) < MAX_LINE / 4
    assert question("key") == ASK
    assert longest.endswith(b"\n")


# Who asks.


def test_a_command_gets_the_key(tmp_path: Path):
    with agent(tmp_path) as one:
        assert [ask(one) for _ in range(50)] == [KEY] * 50


@pytest.mark.parametrize(
    "data",
    [
        b"GET / HTTP/1.1\r\n\r\n",
        b"\n",
        b"\xff\xfe\n",
        b"{" * 500 + b"\n",
        b"x" * MAX_LINE,
        b"x" * (100 * MAX_LINE),
        ASK + ASK,
        ASK + b"x",
        b'{"version": 2, "do": "key"}\n',
    ],
    ids=range(9),
)
def test_a_hostile_client_gets_nothing_and_the_next_one_its_answer(
    tmp_path: Path, data: bytes
):
    with agent(tmp_path) as one:
        heard = said(one.place, data)
        assert heard == b"" or REFUSED in heard
        assert KEY.hex().encode() not in heard
        assert ask(one) == KEY


def test_a_client_that_hangs_does_not_block_others_and_is_sent_away(tmp_path: Path):
    with agent(tmp_path) as one:
        silent, slow = connected(one.place), connected(one.place)
        slow.sendall(ASK[:5])
        assert ask(one) == KEY
        one.clock.now += serving.PATIENCE_S
        assert ask(one) == KEY
        for connection in (silent, slow):
            assert rest(connection) == b""
            connection.close()


def test_a_crowd_that_hangs_does_not_keep_others_out(tmp_path: Path):
    with agent(tmp_path) as one:
        crowd = [connected(one.place) for _ in range(serving.MOST_CLIENTS + 20)]
        assert ask(one) == KEY
        for connection in crowd:
            connection.close()
        assert ask(one) == KEY


def test_a_client_that_goes_away_is_no_harm(tmp_path: Path):
    with agent(tmp_path) as one:
        for part in (b"", ASK[:7], ASK):
            connection = connected(one.place)
            connection.sendall(part)
            connection.close()
        assert ask(one) == KEY


def test_another_user_is_sent_away_without_a_word(tmp_path: Path):
    with agent(tmp_path, uid_of=lambda _: os.geteuid() + 1) as one:
        assert said(one.place, ASK) == b""
        assert said(one.place, LOCK) == b""
        assert one.key == KEY


def test_where_the_user_is_not_told_nobody_is_let_in(tmp_path: Path):
    def untold(_: socket.socket) -> int:
        raise StorageFailure("this system does not tell")

    with agent(tmp_path, uid_of=untold) as one:
        assert said(one.place, ASK) == b""


def test_an_agent_of_another_user_is_not_asked(tmp_path: Path, monkeypatch):
    with agent(tmp_path) as one:
        monkeypatch.setattr(
            "credwallet.cli.agent.peer.peer_uid", lambda _: os.geteuid() + 1
        )
        with pytest.raises(StorageFailure, match="belongs to another user"):
            client.held_key(one.place)


def test_an_agent_without_its_socket_ends(tmp_path: Path):
    at = Place(tmp_path / "agents", "one")
    make_folder(at)
    listener = serving.listen(at)
    holding, key = held(Limits())

    def wait(*_: object) -> tuple[socket.socket, ...]:
        at.path.unlink()
        return ()

    world = serving.World(lambda: 1.0, wait=wait)
    serving.serve(listener, holding, place=at, world=world)
    assert key == bytes(32)


def test_the_agent_before_ends_and_leaves_the_new_socket_alone(tmp_path: Path):
    at = Place(tmp_path / "agents", "one")
    make_folder(at)
    listener = serving.listen(at)
    holding, key = held(Limits())
    new: list[socket.socket] = []

    def wait(*_: object) -> tuple[socket.socket, ...]:
        new.append(serving.listen(at))
        return ()

    world = serving.World(lambda: 1.0, wait=wait)
    serving.serve(listener, holding, place=at, world=world)
    assert key == bytes(32)
    assert len(new) == 1
    connected(at).close()
    new[0].close()


class Elsewhere:
    """A socket of macOS: tells its peer in a `struct xucred`."""

    def getsockopt(self, level: int, option: int, size: int) -> bytes:
        assert (level, option, size) == (0, 1, 76)
        return struct.pack("=IIH", 0, 501, 1).ljust(size, b"\0")


def test_on_macos_the_user_is_told_in_another_way(monkeypatch):
    monkeypatch.delattr(socket, "SO_PEERCRED")
    monkeypatch.setattr(peer.sys, "platform", "darwin")
    assert peer.peer_uid(Elsewhere()) == 501


def test_a_system_that_tells_nobodys_user_has_no_agent(monkeypatch):
    monkeypatch.delattr(socket, "SO_PEERCRED")
    monkeypatch.setattr(peer.sys, "platform", "sunos5")
    with pytest.raises(StorageFailure, match="does not tell who"):
        peer.peer_uid(Elsewhere())


# Where the socket lies.


def test_the_folder_and_the_socket_are_ours_alone(tmp_path: Path):
    before = os.umask(0)
    try:
        with agent(tmp_path) as one:
            assert stat.S_IMODE(one.place.folder.stat().st_mode) == 0o700
            assert stat.S_IMODE(one.place.path.lstat().st_mode) == 0o600
            assert os.listdir(one.place.folder) == ["one"]  # noqa: PTH208 -- names
    finally:
        os.umask(before)


def test_each_wallet_has_its_own_place_whatever_the_way_to_it(tmp_path: Path):
    (tmp_path / "link").symlink_to(tmp_path / "wallet")
    environ = {"XDG_RUNTIME_DIR": str(tmp_path)}
    one = place_of(tmp_path / "wallet", environ)
    assert one.folder == tmp_path / "credwallet"
    assert place_of(tmp_path / "link", environ) == one
    assert place_of(tmp_path / "other", environ) != one


@pytest.mark.parametrize("runtime", ["", "relative", "/there/is/none"])
def test_without_a_runtime_folder_it_is_one_of_ours_among_temporary_files(runtime):
    environ = {"XDG_RUNTIME_DIR": runtime, "TMPDIR": "/tmp/x"}  # noqa: S108 -- a name alone
    assert place_of(Path("/x"), environ).folder == Path(
        f"/tmp/x/credwallet-{os.geteuid()}"  # noqa: S108 -- as above
    )


def lies(at: Place) -> None:
    """Put a socket that nobody listens to in the place."""
    make_folder(at)
    serving.listen(at).close()


def test_a_stale_socket_is_no_agent_and_is_replaced(tmp_path: Path):
    lies(Place(tmp_path / "agents", "one"))
    assert client.held_key(Place(tmp_path / "agents", "one")) is None
    with agent(tmp_path) as one:
        assert ask(one) == KEY


def file_in_its_place(at: Place) -> None:
    at.path.unlink()
    at.path.write_bytes(b"")
    at.path.chmod(0o600)


def link_in_its_place(at: Place) -> None:
    at.path.rename(at.folder / "elsewhere")
    at.path.symlink_to(at.folder / "elsewhere")


def link_for_its_folder(at: Place) -> None:
    at.folder.rename(at.folder.with_name("elsewhere"))
    at.folder.symlink_to(at.folder.with_name("elsewhere"))


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (file_in_its_place, "is no socket"),
        (link_in_its_place, "is no socket"),
        (link_for_its_folder, "is no folder"),
        (lambda at: at.path.chmod(0o666), "is open to other users"),
        (lambda at: at.folder.chmod(0o711), "is open to other users"),
    ],
)
def test_what_is_not_ours_is_neither_asked_nor_replaced(tmp_path: Path, change, why):
    at = Place(tmp_path / "agents", "one")
    lies(at)
    change(at)
    for use in (client.held_key, client.lock, starting.start):
        with pytest.raises(StorageFailure, match=why):
            use(at)
    assert os.path.lexists(at.path)


def test_what_belongs_to_another_user_is_refused(tmp_path: Path, monkeypatch):
    at = Place(tmp_path / "agents", "one")
    lies(at)
    monkeypatch.setattr(place.os, "geteuid", lambda: os.getuid() + 1)
    for use in (client.held_key, client.lock, starting.start):
        with pytest.raises(StorageFailure, match="belongs to another user"):
            use(at)


def test_an_agent_that_does_not_answer_loses_its_socket(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(client, "PATIENCE_S", 0.01)
    at = Place(tmp_path / "agents", "one")
    make_folder(at)
    with serving.listen(at):
        with pytest.raises(StorageFailure, match="does not answer"):
            client.held_key(at)
        assert client.lock(at)
    assert not os.path.lexists(at.path)
