"""Streams that inflate to far more than they are, made without much work."""

import zlib
from functools import lru_cache

_MEBIBYTE = 1024 * 1024


@lru_cache(maxsize=8)
def zlib_bomb(mebibytes: int, filling: bytes = b" ") -> bytes:
    """Pack so many mebibytes of one byte as ZLIB (RFC 1950)."""
    checksum = 1
    for _ in range(mebibytes):
        checksum = zlib.adler32(filling * _MEBIBYTE, checksum)
    return b"\x78\xda" + _deflated(mebibytes, filling) + checksum.to_bytes(4)


@lru_cache(maxsize=8)
def gzip_bomb(mebibytes: int, filling: bytes = b"\0") -> bytes:
    """Pack so many mebibytes of one byte as GZIP (RFC 1952)."""
    checksum = 0
    for _ in range(mebibytes):
        checksum = zlib.crc32(filling * _MEBIBYTE, checksum)
    head = b"\x1f\x8b\x08\0\0\0\0\0\x02\xff"
    size = mebibytes * _MEBIBYTE % 2**32
    tail = checksum.to_bytes(4, "little") + size.to_bytes(4, "little")
    return head + _deflated(mebibytes, filling) + tail


def _deflated(mebibytes: int, filling: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    block = packer.compress(filling * _MEBIBYTE) + packer.flush(zlib.Z_FULL_FLUSH)
    # After a full flush, nothing depends on what stood before: it can be repeated.
    return block * mebibytes + packer.flush()
