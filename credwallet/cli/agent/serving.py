"""Who may ask the agent, and how is one that hangs kept from holding up the others?

One thread, no waiting but for everybody at once: each connection has two seconds and
one line.
"""

import os
import select
import socket
from collections.abc import Callable, Iterable
from typing import NamedTuple

from credwallet.cli.agent.held import Held
from credwallet.cli.agent.peer import peer_uid
from credwallet.cli.agent.place import Place
from credwallet.cli.agent.protocol import MAX_LINE, write_refused
from credwallet.errors import StorageFailure

PATIENCE_S = 2.0
# After the machine slept, and when the socket was removed, it is noticed so late.
TICK_S = 30.0
MOST_CLIENTS = 32
_BACKLOG = 64


class World(NamedTuple):
    """What the agent knows of the world; a test supplies each of them.

    `now` gives seconds of a clock that does not go back, `wait` returns the sockets
    that can be read within so many seconds, and `uid_of` who is at the other end.
    """

    now: Callable[[], float]
    wait: Callable[[Iterable[socket.socket], float], Iterable[socket.socket]] = (
        lambda sockets, seconds: select.select(list(sockets), (), (), seconds)[0]
    )
    uid_of: Callable[[socket.socket], int] = peer_uid


class _Client(NamedTuple):
    until: float
    heard: bytearray


def listen(place: Place) -> socket.socket:
    """Make the socket; one of ours in its place, stale or not, is replaced.

    Raises:
        OSError: If it cannot be made.

    """
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    new = place.folder / f"{place.name}.{os.getpid()}"
    before = os.umask(0o177)
    try:
        listener.bind(os.fspath(new))
        listener.listen(_BACKLOG)
        listener.setblocking(False)
        new.rename(place.path)
    except BaseException:
        listener.close()
        new.unlink(missing_ok=True)
        raise
    finally:
        os.umask(before)
    return listener


def serve(listener: socket.socket, held: Held, *, place: Place, world: World) -> None:
    """Answer until the key's time is up, somebody locks it, or the socket is gone.

    The key is wiped and the socket removed when this returns.

    Args:
        listener: From `listen`.
        held: The key.
        place: Where the socket lies.
        world: Clock and waiting.

    """
    clients: dict[socket.socket, _Client] = {}
    mark = _mark(place)
    try:
        while (left := held.left(world.now())) and mark and _mark(place) == mark:
            ready = world.wait((listener, *clients), _until_next(clients, left))
            now = world.now()
            for each in tuple(ready):
                if each is listener:
                    _welcome(listener, clients, now + PATIENCE_S, world)
                elif (answer := _heard(each, clients, held, now)) is not None:
                    if not held.left(now):
                        # Whoever asked for the lock finds no socket when it hears that.
                        _remove(place, mark)
                    _send(each, answer)
                    _part(each, clients)
            for each in [one for one, client in clients.items() if client.until <= now]:
                _part(each, clients)
    finally:
        held.wipe()
        _remove(place, mark)
        listener.close()
        for each in tuple(clients):
            _part(each, clients)


def _until_next(clients: dict[socket.socket, _Client], left: float) -> float:
    return min(TICK_S, left, PATIENCE_S if clients else TICK_S)


def _mark(place: Place) -> tuple[int, int] | None:
    """Tell one socket file from another; None if there is none."""
    try:
        found = place.path.lstat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _welcome(
    listener: socket.socket,
    clients: dict[socket.socket, _Client],
    until: float,
    world: World,
) -> None:
    try:
        connection, _ = listener.accept()
    except OSError:
        return
    connection.setblocking(False)
    try:
        ours = world.uid_of(connection) == os.geteuid()
    except StorageFailure:
        ours = False
    if not ours:
        connection.close()
        return
    if len(clients) >= MOST_CLIENTS:
        _part(next(iter(clients)), clients)
    clients[connection] = _Client(until, bytearray())


def _remove(place: Place, mark: tuple[int, int] | None) -> None:
    """Remove the socket, unless another agent put its own there."""
    if mark and _mark(place) == mark:
        place.path.unlink(missing_ok=True)


def _heard(
    connection: socket.socket,
    clients: dict[socket.socket, _Client],
    held: Held,
    now: float,
) -> bytearray | None:
    """Read what is there, and return the answer; None while the question goes on."""
    client = clients.get(connection)
    if client is None:
        return None
    try:
        part = connection.recv(MAX_LINE)
    except BlockingIOError:
        return None
    except OSError:
        part = b""
    client.heard.extend(part)
    line, newline, more = bytes(client.heard).partition(b"\n")
    if newline and not more:
        return held.answer(line, now)
    if newline or len(line) >= MAX_LINE:
        return write_refused("one line, and no longer than 1024 bytes")
    return None if part else bytearray()


def _send(connection: socket.socket, answer: bytearray) -> None:
    try:
        # Far smaller than what the kernel takes without anybody reading it.
        connection.send(answer)
    except OSError:
        return
    finally:
        answer[:] = bytes(len(answer))


def _part(connection: socket.socket, clients: dict[socket.socket, _Client]) -> None:
    clients.pop(connection, None)
    connection.close()
