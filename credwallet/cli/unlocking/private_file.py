"""A file that is written whole or not at all; as a rule for its owner alone."""

import contextlib
import os
import secrets
from collections.abc import Iterable
from pathlib import Path

from credwallet.errors import StorageFailure, Usage


def write_private(
    path: Path, pieces: Iterable[bytes], *, force: bool, mode: int = 0o600
) -> int:
    """Write a file with the mode 0600: beside its place first, then into it.

    Args:
        path: Where it goes; a link there is replaced and not followed.
        pieces: What it holds, in order.
        force: Whether one that is there may be replaced.
        mode: Another mode, for a file that is to be handed over.

    Returns:
        How many bytes were written.

    Raises:
        Usage: If it is there and `force` is not given, or if it is a folder.
        StorageFailure: If it cannot be written.

    """
    if os.path.isdir(path):  # noqa: PTH112 -- a name that is too long is no folder
        raise Usage(f"{path} is a folder", next_step="name a file inside it")
    if os.path.lexists(path) and not force:
        raise there_already(path)
    beside = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        size = _write(beside, pieces, mode)
        if force:
            beside.replace(path)
        else:
            # Unlike a rename it fails if another file came there meanwhile.
            os.link(beside, path)
            beside.unlink()
        _sync_folder(path.parent)
    except OSError as error:
        # Not of the folder, which may be a file.
        if isinstance(error, FileExistsError) and os.path.lexists(path):
            raise there_already(path) from None
        between = next((p for p in path.parents if p.is_file()), None)
        raise StorageFailure(
            f"{path} cannot be written: "
            + (f"{between} is a file" if between else f"{error.strerror}"),
            next_step="name a folder, or check space and permissions",
            file=str(path),
        ) from None
    finally:
        # Gone as a rule; if not, that must not hide why it could not be written.
        with contextlib.suppress(OSError):
            beside.unlink()
    return size


def _write(path: Path, pieces: Iterable[bytes], mode: int) -> int:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
    size = 0
    with os.fdopen(os.open(path, flags, mode), "wb") as file:
        for piece in pieces:
            size += file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    return size


def _sync_folder(folder: Path) -> None:
    if not hasattr(os, "O_DIRECTORY"):
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def new_folder(path: Path) -> Path | None:
    """Name the topmost folder that would have to be made for a file; None if none.

    Args:
        path: Where the file is to go.

    """
    missing = [folder for folder in path.parents if not os.path.lexists(folder)]
    return missing[-1] if missing else None


def there_already(path: Path) -> Usage:
    """Build the refusal to overwrite a file.

    Args:
        path: The file that is there.

    """
    return Usage(f"{path} is there already", next_step="name another, or give --force")
