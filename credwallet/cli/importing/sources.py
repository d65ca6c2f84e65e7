"""Where badges come from: files, folders, stdin and https addresses."""

import io
import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from credwallet.cli.importing.expanding import (
    Source,
    carried,
    carries,
    expanded,
    is_wanted,
    may_carry,
)
from credwallet.cli.importing.wallet_sources import (
    Keep,
    kind_of_file,
    large_archive,
    sources_of,
)
from credwallet.cli.session import MAX_DOCUMENT_BYTES, read_file
from credwallet.errors import (
    CredwalletError,
    NotFound,
    StorageFailure,
    Unreadable,
    Usage,
)
from credwallet.formats import qr_text, wallets

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from credwallet.cli.session import Session
    from credwallet.fetch import Fetch


def check_stdin(session: "Session", names: "Sequence[str]") -> None:
    """Make sure that at most one thing is read from stdin, and that it is a pipe.

    Args:
        session: For stdin, and for where the passphrase comes from.
        names: Inputs, as for `read_sources`.

    Raises:
        Usage: If more than one input claims stdin, or stdin is a terminal.

    """
    if "-" not in names:
        return
    if list(names).count("-") > 1:
        raise Usage("only one input can be -", next_step="name the others as files")
    if session.settings.passphrase_file == "-":  # noqa: S105 -- no secret, stdin
        raise Usage(
            "both the input - and --passphrase-file - would read stdin",
            next_step="give the passphrase by another file or by --passphrase-fd N",
        )
    if session.environment.stdin.isatty():
        raise Usage(
            "- reads a badge from a pipe, and stdin is the terminal",
            next_step="for example: credwallet import - <badge.json",
        )


def is_there(name: str) -> bool:
    """Tell whether a name is one of a file or folder; never raises."""
    return os.path.exists(name)  # noqa: PTH110 -- Path.exists raises for a long name


def read_sources(
    session: "Session",
    names: "Sequence[str]",
    fetch: "Fetch",
    *,
    expect: "Callable[[int], None]" = lambda _: None,
    keep: Keep = lambda _: None,
) -> Iterator[Source]:
    """Read every input in turn; one that fails does not stop the others.

    Args:
        session: For stdin, and for questions.
        names: Paths, folders, archives, `-` (once, see `check_stdin`), https addresses
            or links that carry a credential.
        fetch: For addresses.
        expect: Is told how many inputs come as soon as that is known.
        keep: Is given what wallets of other programs hold besides credentials.

    """
    for source in _given(session, names, fetch, expect, keep):
        data = source.data
        kind = wallets.find(data) if isinstance(data, bytes) else None
        if kind is None or source.final or not isinstance(data, bytes):
            yield from expanded(session, source, fetch)
        else:
            yield from sources_of(source.name, io.BytesIO(data), kind, keep)


def _given(
    session: "Session",
    names: "Sequence[str]",
    fetch: "Fetch",
    expect: "Callable[[int], None]",
    keep: Keep,
) -> Iterator[Source]:
    expect(len(names))
    for name in names:
        if name == "-":
            yield _stdin(session)
        elif (refusal := _refusal(name)) is not None:
            yield refusal
        elif qr_text.carries_credential(name):
            yield carried(name)
        elif name.startswith(("https://", "http://")):
            session.keeping.leave_out(name)
            yield _fetched(name, fetch)
        elif os.path.isdir(name):  # noqa: PTH112 -- Path.is_dir raises for a long name
            found = list(_wanted(Path(name)))
            expect(len(found) - 1)
            yield from _folder(Path(name), found)
        else:
            yield from _file_or_wallet(Path(name), keep)


def _file_or_wallet(path: Path, keep: Keep) -> Iterator[Source]:
    """Read a file at once, unless it is of a kind that may be larger than that."""
    kind = kind_of_file(path)
    if kind is None:
        large = large_archive(path)
        yield _file(path) if large is None else Source(_name(path), large)
        return
    try:
        with path.open("rb") as stream:
            yield from sources_of(_name(path), stream, kind, keep)
    except OSError as error:
        what = f"{_name(path)} cannot be read: {error.strerror}"
        failure = StorageFailure(what, next_step="check its permissions")
        yield Source(_name(path), failure)


def _refusal(name: str) -> Source | None:
    """Explain a pasted offer or presentation; its codes are not repeated."""
    error = None if is_there(name) else qr_text.refusal(name, what="this")
    short = f"{name[:4]}..." if name.startswith("V") else f"{name.partition(':')[0]}:"
    return Source(short, error) if error is not None else None


def _file(path: Path) -> Source:
    try:
        return Source(_name(path), read_file(path))
    except CredwalletError as error:
        return Source(_name(path), error)


def _name(path: Path) -> str:
    # A name that is not UTF-8 could be kept in no JSON.
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _fetched(url: str, fetch: "Fetch") -> Source:
    try:
        return Source(url, fetch(url).body)
    except CredwalletError as error:
        return Source(url, error)


def _stdin(session: "Session") -> Source:
    data = session.environment.stdin.buffer.read(MAX_DOCUMENT_BYTES + 1)
    if len(data) > MAX_DOCUMENT_BYTES:
        return Source(
            "-",
            Unreadable(
                "stdin holds more than 10 MiB, no credential does",
                next_step="check that it is the right file",
            ),
        )
    return Source("-", data)


def _folder(folder: Path, found: "Sequence[Path]") -> Iterator[Source]:
    if not found:
        yield Source(
            _name(folder),
            NotFound(
                f"{folder} holds no file that could be a badge",
                next_step="badges end in .json, .jwt, .png or .svg",
            ),
        )
    for path in found:
        yield _file(path)


def _wanted(folder: Path) -> Iterator[Path]:
    """Walk through a folder in the order of names; links to folders are left alone."""
    try:
        with os.scandir(folder) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
    except OSError:
        return
    for entry in found:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _wanted(folder / entry.name)
        elif _is_wanted(entry) and entry.is_file():
            yield folder / entry.name


def _is_wanted(entry: "os.DirEntry[str]") -> bool:
    path = PurePosixPath(entry.name)
    if not may_carry(path):
        return is_wanted(path)
    source = _file(Path(entry.path))
    return isinstance(source.data, bytes) and carries(source.data)
