"""Which user is at the other end of a socket? The kernel says so."""

import socket
import struct
import sys

from credwallet.errors import StorageFailure

_LINUX_CREDENTIALS = struct.Struct("3i")
# Of macOS and FreeBSD: `struct xucred` starts with a version and the user (unix(4)).
_SOL_LOCAL, _LOCAL_PEERCRED = 0, 1
_XUCRED_BYTES = 76
_XUCRED_START = struct.Struct("=II")


def peer_uid(connection: socket.socket) -> int:
    """Ask the kernel for the user at the other end.

    Raises:
        StorageFailure: If this system does not tell.

    """
    option = getattr(socket, "SO_PEERCRED", None)
    try:
        if option is not None:
            told = connection.getsockopt(
                socket.SOL_SOCKET, option, _LINUX_CREDENTIALS.size
            )
            return int(_LINUX_CREDENTIALS.unpack(told)[1])
        if str(sys.platform).startswith(("darwin", "freebsd")):
            told = connection.getsockopt(_SOL_LOCAL, _LOCAL_PEERCRED, _XUCRED_BYTES)
            return int(_XUCRED_START.unpack_from(told)[1])
    except (OSError, struct.error):
        pass
    raise StorageFailure(
        "this system does not tell who is at the other end of a socket",
        next_step="use the passphrase or the keyring instead of the agent",
        type="agent",
    )
