"""Who else can get at the wallet, and what lies beside it that should not?"""

import os
import stat
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from credwallet.store.backup_contents import BACKUPS, automatic_backups
from credwallet.store.findings import Finding, Severity, good, warning
from credwallet.store.folder import DATABASE
from credwallet.store.maintenance import LOCK

# A journal beside the file is SQLite's own business: never advise to delete it.
_OURS = frozenset(
    (
        *(DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", f"{DATABASE}-journal"),
        # The last one holds what a shell may complete; the command line writes it.
        *(LOCK, BACKUPS, "completion.txt"),
    )
)
_UNFINISHED = f"{DATABASE}.new"
_CONFLICTS = ("conflicted copy", ".sync-conflict-", "conflict)")


class Surroundings(NamedTuple):
    """Where to look: the wallet folder, the state folder, and when it is now."""

    folder: Path
    state: Path
    at: datetime


def permissions(where: Surroundings) -> list[Finding]:
    """Say whether every file and folder of the wallet is the user's alone."""
    if os.name != "posix":
        return [good("permissions", "as the system gives them")]
    findings = [
        finding
        for path in _ours(where)
        for finding in _permission(path, 0o700 if path.is_dir() else 0o600)
    ]
    return findings or [good("permissions", "only you can read it")]


def _ours(where: Surroundings) -> Iterator[Path]:
    yield where.folder
    for name in sorted(_OURS):
        yield where.folder / name
    yield from automatic_backups(where.folder)
    yield where.state
    yield from sorted(where.state.glob("*/*.anchor"))


def _permission(path: Path, wanted: int) -> Iterator[Finding]:
    try:
        state = path.lstat()
    except FileNotFoundError:
        return
    except OSError as error:
        what = f"{path} cannot be looked at: {error.strerror}"
        yield Finding("permissions", Severity.FAILURE, what, "check the folder above")
        return
    if stat.S_ISLNK(state.st_mode) and wanted == 0o600:
        yield Finding(
            "permissions",
            Severity.FAILURE,
            f"{path} is a link to somewhere else",
            "put the file itself there",
        )
    elif state.st_uid != os.geteuid():
        yield Finding(
            "permissions",
            Severity.FAILURE,
            f"{path} belongs to another user (number {state.st_uid})",
            "work as that user, or make it yours: chown",
        )
    elif stat.S_IMODE(state.st_mode) & 0o077 and not stat.S_ISLNK(state.st_mode):
        yield warning(
            "permissions",
            f"others can get at {path} ({stat.S_IMODE(state.st_mode):04o})",
            f"chmod {wanted:o} {path}",
        )


def strays(folder: Path) -> list[Finding]:
    """Say what lies in the wallet folder that does not belong there."""
    findings = []
    try:
        names = sorted(os.listdir(folder))  # noqa: PTH208 -- names only
    except OSError as error:
        what = f"the folder cannot be listed: {error.strerror}"
        return [Finding("files", Severity.FAILURE, what, "check its permissions")]
    for name in names:
        if name in _OURS:
            continue
        if any(word in name for word in _CONFLICTS):
            findings.append(
                warning(
                    "files",
                    f"{name} was left by a program that syncs the folder",
                    "move the wallet out of the synced folder; "
                    "then look at which of the two is newer, with --home",
                )
            )
        elif name.startswith(_UNFINISHED):
            findings.append(
                warning(
                    "files",
                    f"{name} was left by something that did not come to its end",
                    "nothing needs to be done: it goes when the wallet is opened next",
                )
            )
        else:
            findings.append(
                warning("files", f"{name} is not credwallet's", "keep it elsewhere")
            )
    return findings or [good("files", "nothing that does not belong there")]
