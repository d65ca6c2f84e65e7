"""What keeps a key out of core dumps, other processes and swap?

As far as the system goes along: each of these is one more fence, and none is promised.
"""

import sys

_PR_SET_DUMPABLE = 4  # prctl(2)


def no_core_dumps() -> None:
    """Forbid the kernel to write this process's memory to a file if it crashes."""
    try:
        import resource  # noqa: PLC0415 -- lazily: POSIX only

        _, most = resource.getrlimit(resource.RLIMIT_CORE)
        resource.setrlimit(resource.RLIMIT_CORE, (0, most))
    except (ImportError, OSError, ValueError):
        return


def no_onlookers() -> None:
    """Forbid other programs of the same user to attach to this process (Linux)."""
    if not str(sys.platform).startswith("linux"):
        return
    import ctypes  # noqa: PLC0415 -- lazily: the agent alone

    try:
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    except (OSError, AttributeError):
        return


def keep_in_memory(secret: bytearray) -> None:
    """Ask that a buffer is never swapped out; it must not change its size after.

    Args:
        secret: At least one byte.

    """
    import ctypes  # noqa: PLC0415 -- lazily: the agent alone

    try:
        room = (ctypes.c_char * len(secret)).from_buffer(secret)
        ctypes.CDLL(None).mlock(
            ctypes.c_void_p(ctypes.addressof(room)), ctypes.c_size_t(len(secret))
        )
    except (OSError, AttributeError, TypeError):
        return
