"""`--format zip`: the files as they were received, for other people's software."""

import zlib
from collections.abc import Iterator
from typing import Any

from credwallet.formats.archive import MAX_ENTRIES, MAX_INFLATED
from credwallet.share import file
from credwallet.share.wallets._leaving import (
    LeftOut,
    Outgoing,
    Piece,
    own_words,
    the_rest,
)

NAME = "zip"
SUMMARY = "the files as they were received"
EXTENSION = ".zip"
MEDIA_TYPE = "application/zip"

# What is packed more tightly is taken for a bomb, by us and by others.
_RATIO = 50
_EPOCH = (1980, 1, 1, 0, 0, 0)


class _Sink:
    """What a zip file is written to, and taken from piece by piece."""

    def __init__(self) -> None:
        self._written: list[bytes] = []

    def write(self, data: bytes, /) -> int:
        """Take bytes."""
        self._written.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Do nothing: all is taken at once."""

    def taken(self) -> bytes:
        """Give what was written since the last time."""
        data = b"".join(self._written)
        self._written.clear()
        return data


def pieces(wallet: Outgoing, /) -> Iterator[Piece]:
    """Write the archive member by member.

    Args:
        wallet: What goes out.

    """
    import zipfile  # noqa: PLC0415 -- lazily: few exports are zip archives

    sink = _Sink()
    into: Any = sink
    taken: set[str] = set()
    total = 0
    with zipfile.ZipFile(into, "w") as archive:
        for leaving in wallet.credentials:
            summary, raw = leaving.summary, leaving.credential.raw
            name = file.file_name(
                name=summary.name, media_type=summary.media_type, sha256=summary.sha256
            )
            if name in taken:
                stem, _, extension = name.rpartition(".")
                name = f"{stem}-{leaving.handle}.{extension}"
            taken.add(name)
            total += len(raw)
            info = zipfile.ZipInfo(name, _EPOCH)
            info.external_attr = 0o100600 << 16
            archive.writestr(info, raw, _method(raw))
            yield sink.taken()
            yield from own_words(leaving)
    yield sink.taken()
    if len(taken) > MAX_ENTRIES or total > MAX_INFLATED:
        yield LeftOut(
            "",
            f"for import it is too large a zip archive (at most {MAX_ENTRIES:,} files, "
            f"{MAX_INFLATED >> 20} MiB): unpack it and give the folder",
        )
    yield from the_rest(wallet.documents)


def _method(raw: bytes) -> int:
    import zipfile  # noqa: PLC0415 -- lazily, as above

    packed = len(zlib.compress(raw))
    if packed >= len(raw) or len(raw) > _RATIO * packed:
        return zipfile.ZIP_STORED
    return zipfile.ZIP_DEFLATED
