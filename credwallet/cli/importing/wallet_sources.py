"""The credentials of a wallet file as inputs, one after the other.

Where the file is on disk it is read as a stream: a wallet may be larger than any
credential. What a wallet holds besides is given to whoever keeps it.
"""

from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from credwallet.cli.importing.expanding import Source, is_wanted_inside
from credwallet.cli.session import MAX_DOCUMENT_BYTES
from credwallet.errors import Unreadable
from credwallet.formats import archive, wallets
from credwallet.formats.tar_archive import sniff as is_tar
from credwallet.formats.wallets import credwallet_tar

Keep = Callable[[wallets.Document], None]

_NESTED = Unreadable(
    "an archive inside the archive",
    next_step="unpack the outer one and give the inner one",
)


def kind_of_file(path: Path) -> wallets.WalletFormat | None:
    """Tell whether a file is a wallet that is read as a stream.

    Args:
        path: A file on disk; of a pipe nothing is read.

    """
    try:
        if not path.is_file():
            return None
        with path.open("rb") as stream:
            return wallets.find(stream.read(wallets.HEAD_BYTES))
    except (OSError, ValueError):
        return None


def large_archive(path: Path) -> bytes | Unreadable | None:
    """Read a zip archive that is larger than any credential; None if it is none.

    Args:
        path: A file on disk.

    """
    most = archive.MAX_INFLATED
    try:
        if not path.is_file() or path.stat().st_size <= MAX_DOCUMENT_BYTES:
            return None
        with path.open("rb") as stream:
            head = stream.read(4)
            data = head + stream.read(most) if archive.sniff(head) else b""
    except (OSError, ValueError):
        return None
    if len(data) > most:
        return Unreadable(
            f"a zip archive larger than {most >> 20} MiB",
            next_step="unpack it and give the folder",
        )
    return data or None


def sources_of(
    name: str, stream: BinaryIO, kind: wallets.WalletFormat, keep: Keep
) -> Iterator[Source]:
    """Read a wallet file.

    Args:
        name: Of the file, for people.
        stream: At its start.
        kind: What the file is.
        keep: Is given what is no credential, unless it decides about trust.

    Yields:
        Its credentials, and why what else there is cannot be read.

    """
    own = kind is credwallet_tar
    found = 0
    try:
        for item in kind.items(stream):
            if isinstance(item, wallets.Document):
                if not own:
                    keep(item)
            elif own or _is_wanted(item):
                found += 1
                if found > wallets.MOST and not own:
                    raise _too_many()
                yield _source(name, item)
    except Unreadable as error:
        yield Source(name, error, final=True)
        return
    if not found and not own:
        empty = Unreadable(
            "a wallet or an archive without a credential",
            next_step="badges end in .json, .jwt, .png or .svg",
        )
        yield Source(name, empty, final=True)


def _too_many() -> Unreadable:
    return Unreadable(
        f"it holds more than {wallets.MOST:,} credentials: the others were not read",
        next_step="export them in several parts",
    )


def _is_wanted(item: wallets.Entry) -> bool:
    # Items of a JSON wallet and lines have numbers for names: no ending, so wanted.
    return is_wanted_inside(PurePosixPath(item.name.replace("\\", "/")), item.content)


def _source(name: str, item: wallets.Entry) -> Source:
    content = item.content
    if isinstance(content, bytes) and (archive.sniff(content) or is_tar(content)):
        content = _NESTED
    return Source(f"{name}:{item.name}", content, mine=item.mine, final=True)
