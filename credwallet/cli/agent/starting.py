"""How does the agent become a process of its own?

It is forked before the passphrase is asked for, so that the passphrase is never in its
memory: it waits for the key at the end of a pipe. If none comes, it ends.
"""

import contextlib
import os
import signal
import struct
import sys
import time
from math import inf
from typing import NamedTuple

from credwallet.cli.agent.hardening import (
    keep_in_memory,
    no_core_dumps,
    no_onlookers,
)
from credwallet.cli.agent.held import Held, Limits
from credwallet.cli.agent.place import Place, is_there, make_folder
from credwallet.errors import CredwalletError, StorageFailure

# Number and wallet of the key, and its limits (0 for none); the key follows.
_LABEL = struct.Struct(">H16sdd")
_KEY_BYTES = 32
_LISTENING = b"listening"
_WORDS = 1000
_MOST_DESCRIPTORS = 65_536


class Waiting(NamedTuple):
    """An agent that has no key yet: the ends of two pipes."""

    to_agent: int
    from_agent: int

    def hand_over(
        self, vault_id: bytes, *, epoch: int, vault_key: bytearray, limits: Limits
    ) -> None:
        """Give it the key, and wait until it listens.

        Args:
            vault_id: 16 bytes.
            epoch: Number of the key.
            vault_key: 32 bytes; wiped.
            limits: For how long.

        Raises:
            StorageFailure: If it cannot listen.

        """
        parcel = bytearray(_LABEL.size + _KEY_BYTES)
        idle = 0.0 if limits.idle == inf else limits.idle
        _LABEL.pack_into(parcel, 0, epoch, vault_id, limits.hard, idle)
        parcel[_LABEL.size :] = vault_key
        vault_key[:] = bytes(len(vault_key))
        try:
            os.write(self.to_agent, parcel)
            told = _read(self.from_agent, _WORDS)
        except OSError as error:
            told = bytearray((error.strerror or "it died").encode())
        finally:
            parcel[:] = bytes(len(parcel))
            self.give_up()
        if told != _LISTENING:
            why = told.decode(errors="replace") or "it died"
            raise StorageFailure(
                f"the agent does not start: {why}",
                next_step="use the passphrase or the keyring instead",
                type="agent",
            )

    def give_up(self) -> None:
        """Close the pipes: an agent without a key ends."""
        for descriptor in self:
            with contextlib.suppress(OSError):
                os.close(descriptor)


def start(place: Place) -> Waiting:
    """Fork an agent that waits for its key.

    Args:
        place: Where it will listen; its folder is made.

    Raises:
        StorageFailure: If this system has no such sockets, or what is in the place of
            the socket is not ours.

    """
    check_possible()
    make_folder(place)
    is_there(place)  # refuses what is not ours
    key_out, key_in = os.pipe()
    told_out, told_in = os.pipe()
    child = os.fork()
    if child == 0:
        # Nothing above this line may see another exception or exit of the child.
        try:
            _detach()
            _be_agent(place, key_out, told_in)
        finally:
            os._exit(0)
    os.close(key_out)
    os.close(told_in)
    os.waitpid(child, 0)
    return Waiting(key_in, told_out)


def check_possible() -> None:
    """Make sure that this system can have an agent.

    Raises:
        StorageFailure: If it cannot.

    """
    import socket  # noqa: PLC0415 -- lazily: the agent alone

    if not (hasattr(socket, "AF_UNIX") and hasattr(os, "fork")):
        raise StorageFailure(
            "this system has no agent: it lacks sockets in the file system",
            next_step="use the keyring instead: credwallet keyring enable",
            type="agent",
        )


def clock() -> float:
    """Read a clock that does not go back and, on Linux, goes on while asleep."""
    boot = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if boot is None else time.clock_gettime(boot)


def _detach() -> None:
    """Leave the terminal and the parent; in the second child only."""
    for number in (signal.SIGINT, signal.SIGHUP, signal.SIGQUIT):
        signal.signal(number, signal.SIG_IGN)
    os.setsid()
    if os.fork():
        # Whoever leads a session could get a terminal again.
        os._exit(0)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    os.chdir("/")


def _be_agent(place: Place, key_out: int, told_in: int) -> None:
    from credwallet.cli.agent.serving import (  # noqa: PLC0415 -- lazily: in the child
        World,
        listen,
        serve,
    )

    no_core_dumps()
    no_onlookers()
    key_out, told_in = _alone_with(key_out, told_in)
    parcel = _read(key_out, _LABEL.size + _KEY_BYTES)
    if len(parcel) != _LABEL.size + _KEY_BYTES:
        return  # the wallet did not open
    os.close(key_out)
    epoch, vault_id, hard, idle = _LABEL.unpack_from(parcel)
    key = parcel[_LABEL.size :]
    keep_in_memory(key)
    parcel[:] = bytes(len(parcel))
    limits = Limits(hard, idle or inf)
    held = Held(vault_id, epoch=epoch, vault_key=key, limits=limits, now=clock())
    try:
        is_there(place)
        listener = listen(place)
    except (OSError, CredwalletError) as error:
        held.wipe()
        words = getattr(error, "what", None) or getattr(error, "strerror", None)
        os.write(told_in, str(words or error).encode()[:_WORDS])
        return
    os.write(told_in, _LISTENING)
    os.close(told_in)
    serve(listener, held, place=place, world=World(clock))


def _alone_with(key_out: int, told_in: int) -> tuple[int, int]:
    """Close every descriptor but two; the standard ones lead nowhere."""
    # Out of the way first, so that none is closed by the other's taking its place.
    keep = [os.dup(key_out), os.dup(told_in)]
    highest = max(keep) + 1
    for position, descriptor in enumerate(keep):
        os.dup2(descriptor, highest + position)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in range(3):
        os.dup2(nowhere, standard)
    os.dup2(highest, 3)
    os.dup2(highest + 1, 4)
    os.closerange(5, min(os.sysconf("SC_OPEN_MAX"), _MOST_DESCRIPTORS))
    return 3, 4


def _read(descriptor: int, most: int) -> bytearray:
    """Read to the end, or so many bytes, into a buffer that can be wiped."""
    room, filled = bytearray(most), 0
    with memoryview(room) as view:
        while filled < most:
            count = os.readv(descriptor, [view[filled:]])
            if count == 0:
                break
            filled += count
    part = room[:filled]
    room[:] = bytes(most)
    return part
