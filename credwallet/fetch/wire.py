"""How bytes go to one server and come back before a deadline.

Look-up, connection and a stream that gives every read only the time that is left. The
caller decides which address is connected to.
"""

import io
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer, WriteableBuffer

    from credwallet.fetch.addresses import Target


class Stream(Protocol):
    """The part of a connected TLS socket that is used."""

    def settimeout(self, value: float | None, /) -> None:
        """Set how many seconds the next operation may take."""
        ...

    def recv_into(self, buffer: "WriteableBuffer", /) -> int:
        """Receive at least one byte, or nothing at the end."""
        ...

    def sendall(self, data: "ReadableBuffer", /) -> None:
        """Send everything."""
        ...

    def close(self) -> None:
        """Close the connection."""
        ...


Resolve = Callable[[str, int], Sequence[str]]
Connect = Callable[[str, "Target", float], Stream]


def resolve(host: str, port: int) -> tuple[str, ...]:
    """Look a name up.

    Args:
        host: A host name or an address.
        port: Where it will be asked.

    Returns:
        All its addresses, each once, in the system's order.

    Raises:
        OSError: If it has none.

    """
    import socket  # noqa: PLC0415 -- lazily: only a fetch needs it

    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


def connect(address: str, target: "Target", timeout: float) -> Stream:
    """Open a TLS connection whose certificate must name the target's host.

    Args:
        address: The checked network address to connect to.
        target: Whose host is asked for and must be proven by the certificate.
        timeout: Seconds.

    Returns:
        The connected socket.

    Raises:
        OSError: No connection, or a certificate that does not fit.

    """
    import socket  # noqa: PLC0415 -- lazily: only a fetch needs them
    import ssl  # noqa: PLC0415 -- as above

    end = time.monotonic() + timeout
    plain = socket.create_connection((address, target.port), timeout)
    try:
        plain.settimeout(max(end - time.monotonic(), 0.001))
        return ssl.create_default_context().wrap_socket(
            plain, server_hostname=target.host
        )
    except BaseException:
        plain.close()
        raise


class Deadline(NamedTuple):
    """The moment after which nothing is waited for any more."""

    at: float
    clock: Callable[[], float]

    def seconds(self) -> float:
        """Return how long is left, in seconds; always more than 0.

        Raises:
            TimeoutError: If nothing is left.

        """
        left = self.at - self.clock()
        if left <= 0:
            raise TimeoutError
        return left


class Wire(io.RawIOBase):
    """A connection that gives every single read only the time that is left.

    It is a raw stream because `io.BufferedReader`, which `http.client` reads lines
    from, is built on one.
    """

    def __init__(self, stream: Stream, left: Deadline) -> None:
        self._stream = stream
        self._left = left

    def readable(self) -> bool:
        """Say yes."""
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        """Receive what there is; `TimeoutError` when the time is up."""
        self._stream.settimeout(self._left.seconds())
        return self._stream.recv_into(buffer)

    def makefile(self, _mode: str) -> io.BufferedReader:
        """Return the reader that `http.client` asks a socket for."""
        return io.BufferedReader(self)

    def send(self, text: str) -> None:
        """Send a request's head."""
        self.send_bytes(text.encode("ascii"))

    def send_bytes(self, data: bytes) -> None:
        """Send a request's body."""
        self._stream.settimeout(self._left.seconds())
        self._stream.sendall(data)

    def hang_up(self) -> None:
        """Close the connection."""
        self._stream.close()


def in_time(look_up: Callable[[], Sequence[str]], left: Deadline) -> Sequence[str]:
    """Do a look-up in a thread of its own: the system's cannot be given a limit.

    Args:
        look_up: Returns addresses or raises `OSError`.
        left: When to stop waiting.

    Returns:
        What the look-up returned.

    Raises:
        OSError: If it failed.
        TimeoutError: If it took too long.

    """
    import threading  # noqa: PLC0415 -- lazily: only a fetch needs it

    found: list[Sequence[str]] = []
    failed: list[OSError] = []

    def run() -> None:
        try:
            found.append(look_up())
        except OSError as error:
            failed.append(error)
        except ValueError:
            failed.append(OSError("the name cannot be looked up"))

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(left.seconds())
    for error in failed:
        raise error
    if not found:
        raise TimeoutError
    return found[0]
