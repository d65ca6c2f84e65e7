"""Where is the agent's socket, and is what lies there ours alone?

The folder is the session's own runtime folder (XDG Base Directory), else one of ours
in the folder for temporary files. Whoever may not make files in it cannot put a socket
of theirs there.
"""

import hashlib
import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from credwallet.errors import StorageFailure

_OTHERS = 0o077


class Place(NamedTuple):
    """Folder and name of one wallet's socket."""

    folder: Path
    name: str

    @property
    def path(self) -> Path:
        """The socket itself."""
        return self.folder / self.name


def place_of(home: Path, environ: Mapping[str, str]) -> Place:
    """Tell where the agent of a wallet listens; nothing is made or looked at.

    Args:
        home: Folder of the wallet; links on the way to it are followed.
        environ: For `XDG_RUNTIME_DIR` and `TMPDIR`.

    """
    name = hashlib.sha256(os.fsencode(os.path.realpath(home))).hexdigest()[:12]
    return Place(_folder(environ), name)


def is_there(place: Place) -> bool:
    """Tell whether there is a socket of ours.

    Raises:
        StorageFailure: If the folder or the socket is somebody else's, open to
            others, a link, or no socket.

    """
    try:
        folder = place.folder.lstat()
        found = place.path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        raise _refused(place.path, f"cannot be read: {error.strerror}") from None
    _check(place.folder, folder, stat.S_ISDIR(folder.st_mode), "folder")
    _check(place.path, found, stat.S_ISSOCK(found.st_mode), "socket")
    return True


def make_folder(place: Place) -> None:
    """Make the folder if it is missing, private from the start.

    Raises:
        StorageFailure: If it cannot be made, or what is there is not ours alone.

    """
    try:
        place.folder.mkdir(0o700, exist_ok=True)
        found = place.folder.lstat()
    except OSError as error:
        raise _refused(place.folder, f"cannot be made: {error.strerror}") from None
    _check(place.folder, found, stat.S_ISDIR(found.st_mode), "folder")


def _folder(environ: Mapping[str, str]) -> Path:
    runtime = environ.get("XDG_RUNTIME_DIR", "")
    if runtime.startswith("/") and Path(runtime).is_dir():
        return Path(runtime) / "credwallet"
    # Sticky: others may take the name before us, and are then refused, but not later.
    temporary = environ.get("TMPDIR") or "/tmp"  # noqa: S108 -- owner and mode are checked
    return Path(temporary) / f"credwallet-{os.geteuid()}"


def _check(path: Path, found: os.stat_result, right: bool, kind: str) -> None:
    if not right:
        raise _refused(path, f"is no {kind}")
    if found.st_uid != os.geteuid():
        raise _refused(path, "belongs to another user")
    if stat.S_IMODE(found.st_mode) & _OTHERS:
        raise _refused(path, "is open to other users")


def _refused(path: Path, why: str) -> StorageFailure:
    return StorageFailure(
        f"the place of the agent, {path}, {why}",
        next_step="look who made it, and remove it; until then use the passphrase",
        type="agent",
    )
