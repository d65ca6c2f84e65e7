"""How a file stands in a tar archive: POSIX.1-2017 pax, the ustar header block."""

_BLOCK = 512

END = bytes(2 * _BLOCK)
"""What ends an archive."""


def member(name: str, content: bytes, *, at: int) -> bytes:
    """Write one file, for its owner alone.

    Args:
        name: At most 100 ASCII characters.
        content: Its bytes.
        at: When it was made, in seconds since 1970.

    """
    header = b"".join(
        (
            name.encode("ascii").ljust(100, b"\0"),
            _octal(0o600, 8),
            _octal(0, 8),
            _octal(0, 8),
            _octal(len(content), 12),
            _octal(at, 12),
            b" " * 8,
            b"0",
            bytes(100),
            b"ustar\x0000",
            bytes(_BLOCK - 265),
        )
    )
    checksum = b"%06o\0 " % sum(header)
    padding = bytes(-len(content) % _BLOCK)
    return header[:148] + checksum + header[156:] + content + padding


def _octal(number: int, width: int) -> bytes:
    return b"%0*o\0" % (width - 1, number)
