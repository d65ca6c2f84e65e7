"""What does the agent answer? Asked by every command that opens a wallet.

`socket` is imported only if there is a socket to ask: it costs a fifth of Python's own
start. Its private half `_socket` would save that, too little to lean on.
"""

import os
from typing import TYPE_CHECKING

from credwallet.cli.agent.place import Place, is_there
from credwallet.errors import StorageFailure, Unreadable

if TYPE_CHECKING:
    from credwallet.cli.agent.protocol import Answer

# It is on this machine and answers at once, or not at all.
PATIENCE_S = 2.0


def held_key(place: Place) -> "Answer | None":
    """Ask the agent for the key of a wallet.

    Args:
        place: Of the wallet's agent.

    Returns:
        The key, or None if there is no agent, or it holds nothing any more.

    Raises:
        StorageFailure: If what is there is not ours, or does not answer as it should.

    """
    if not is_there(place):
        return None
    from credwallet.cli.agent.protocol import (  # noqa: PLC0415 -- lazily: an agent
        KEY,
        question,
        read_answer,
    )

    line = _ask(place, question(KEY))
    try:
        return None if line is None else read_answer(bytes(line))
    except Unreadable as error:
        raise _strange(error.what) from None
    finally:
        if line is not None:
            line[:] = bytes(len(line))


def lock(place: Place) -> bool:
    """Let the agent wipe its key and end.

    One that does not answer loses its socket: it ends when it notices.

    Args:
        place: Of the wallet's agent.

    Returns:
        Whether there was one.

    Raises:
        StorageFailure: If what is there is not ours.

    """
    if not is_there(place):
        return False
    from credwallet.cli.agent.protocol import (  # noqa: PLC0415 -- lazily: an agent
        LOCK,
        question,
        read_answer,
    )

    try:
        line = _ask(place, question(LOCK))
        if line is not None and read_answer(bytes(line)) is None:
            return True
    except (StorageFailure, Unreadable):
        place.path.unlink(missing_ok=True)
        return True
    place.path.unlink(missing_ok=True)
    return line is not None


def _ask(place: Place, question: bytes) -> bytearray | None:
    """Send a line and wait for the answer; None if nobody listens (any more)."""
    import socket  # noqa: PLC0415 -- lazily: only if there is an agent

    from credwallet.cli.agent.peer import peer_uid  # noqa: PLC0415 -- as above
    from credwallet.cli.agent.protocol import MAX_LINE  # noqa: PLC0415 -- as above

    answer, filled = bytearray(MAX_LINE), 0
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.settimeout(PATIENCE_S)
        try:
            connection.connect(os.fspath(place.path))
        except (FileNotFoundError, ConnectionRefusedError):
            return None
        except OSError as error:
            raise _strange(error.strerror or "it does not listen") from None
        if peer_uid(connection) != os.geteuid():
            raise _strange("it belongs to another user")
        try:
            connection.sendall(question)
            with memoryview(answer) as room:
                while filled < MAX_LINE and b"\n" not in answer[:filled]:
                    count = connection.recv_into(room[filled:])
                    if count == 0:
                        break
                    filled += count
        except (BrokenPipeError, ConnectionResetError):
            return None  # it was just ending
        except OSError:
            raise _strange("it does not answer") from None
    if filled == 0:
        return None  # it was just ending
    if b"\n" not in answer:
        raise _strange("it broke off")
    end = answer.index(b"\n")
    line = answer[:end]
    answer[:] = bytes(len(answer))
    return line


def _strange(why: str) -> StorageFailure:
    return StorageFailure(
        f"the agent cannot be asked: {why}",
        next_step="end it with: credwallet lock; until then use the passphrase",
        type="agent",
    )
