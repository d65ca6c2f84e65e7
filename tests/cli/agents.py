"""Agents for tests: in a thread with a clock of the test, or as they really are."""

import os
import socket
import struct
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

from credwallet.cli.agent import client, serving
from credwallet.cli.agent.held import Held, Limits
from credwallet.cli.agent.peer import peer_uid
from credwallet.cli.agent.place import Place, make_folder
from tests.cli.runner import Cli

KEY = bytes(range(32))
VAULT_ID = b"sixteen bytes id"
PATIENCE_S = 20
ASK = b'{"version": 1, "do": "key"}\n'
LOCK = b'{"version": 1, "do": "lock"}\n'


class Clock:
    """A clock that goes on when the test says so."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Agent:
    """One that runs in a thread."""

    def __init__(self, place: Place, limits: Limits) -> None:
        self.place = place
        self.clock = Clock()
        self.key = bytearray(KEY)
        self.held = Held(
            VAULT_ID, epoch=7, vault_key=self.key, limits=limits, now=self.clock()
        )
        self.thread = Thread(target=lambda: None)

    def run(self, uid_of: Callable[[socket.socket], int]) -> None:
        listener = serving.listen(self.place)
        world = serving.World(self.clock, uid_of=uid_of)

        def serve() -> None:
            serving.serve(listener, self.held, place=self.place, world=world)

        self.thread = Thread(target=serve)
        self.thread.start()

    def ended(self) -> bool:
        self.thread.join(PATIENCE_S)
        return not self.thread.is_alive()


@contextmanager
def agent(
    folder: Path,
    limits: Limits = Limits(),  # noqa: B008 -- immutable
    uid_of: Callable[[socket.socket], int] = peer_uid,
) -> Iterator[Agent]:
    """Run an agent that holds `KEY`, and end it."""
    made = Agent(Place(folder / "agents", "one"), limits)
    make_folder(made.place)
    made.run(uid_of)
    try:
        yield made
    finally:
        # Whatever the test did to it: without its socket it ends when it is woken.
        made.clock.now += 13 * 3600
        poke(made.place)
        assert made.ended()
        assert made.key == bytes(32)


def poke(place: Place) -> None:
    """Wake it up."""
    try:
        connected(place).close()
    except OSError:
        return


def connected(place: Place) -> socket.socket:
    """Connect to an agent without a word."""
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    connection.settimeout(PATIENCE_S)
    try:
        connection.connect(str(place.path))
    except OSError:
        connection.close()
        raise
    return connection


def said(place: Place, data: bytes) -> bytes:
    """Send bytes to an agent, and return all it says until it hangs up."""
    with connected(place) as connection:
        try:
            connection.sendall(data)
        except OSError:
            return b""
        return rest(connection)


def rest(connection: socket.socket) -> bytes:
    """Read until the other side hangs up."""
    heard = b""
    while True:
        try:
            part = connection.recv(4096)
        except ConnectionResetError:
            return heard
        if not part:
            return heard
        heard += part


def process(cli: Cli, *argv: object, **environ: str) -> "subprocess.CompletedProcess":
    """Run the command as a process without a terminal and without a passphrase."""
    cli("help")  # makes the folders
    names = {
        name: text for name, text in os.environ.items() if "CREDWALLET" not in name
    }
    return subprocess.run(
        [sys.executable, "-m", "credwallet", *map(str, argv)],
        env={
            **names,
            "CREDWALLET_HOME": str(cli.home),
            "XDG_RUNTIME_DIR": str(cli.folder / "run"),
            "XDG_STATE_HOME": str(cli.folder / "state"),
            **environ,
        },
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        start_new_session=True,
    )


def pid_of(place: Place) -> int:
    """Ask the kernel which process listens."""
    with connected(place) as connection:
        told = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12)
        # Let it hang up before anybody counts its descriptors.
        connection.sendall(b"\n")
        rest(connection)
    return int(struct.unpack("3i", told)[0])


def ask(agent_: Agent) -> bytes | None:
    """Ask for the key as a command does."""
    answer = client.held_key(agent_.place)
    return None if answer is None else bytes(answer.vault_key)
