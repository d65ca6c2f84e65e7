"""Many `list` at once while one `import` is at work: no error, no lock left.

python -m tests.store.side_by_side [--lists 50] [--count 1000]
"""

import argparse
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.benchmarks.badges import variant
from tests.cli.runner import PASSPHRASE, new_wallet
from tests.store.crashes import TIDY

ROOT = Path(__file__).resolve().parents[2]


class Outcome(NamedTuple):
    """What was left: exit codes, how many each list saw, problems, files."""

    imported: int
    lists: tuple[int, ...]
    seen: tuple[int, ...]
    errors: tuple[str, ...]
    stray: frozenset[str]
    held: str


def run(folder: Path, *, lists: int, count: int) -> Outcome:
    """Import so many badges and list so often meanwhile.

    Args:
        folder: To work in.
        lists: Processes, all at once.
        count: Badges.

    """
    home = new_wallet(folder)
    key = Ed25519PrivateKey.generate()
    (folder / "badges").mkdir()
    for number in range(count):
        (folder / "badges" / f"{number}.json").write_bytes(variant(number, key))
    (folder / "passphrase").write_text(PASSPHRASE + "\n")
    (folder / "passphrase").chmod(0o600)
    importing = _started(folder, "--offline", "import", str(folder / "badges"))
    team = [_started(folder, "list", "--json") for _ in range(lists // 2)]
    # The other half while batches are being written.
    while importing.poll() is None and not _stored(home):
        time.sleep(0.02)
    team += [_started(folder, "list", "--json") for _ in range(lists - len(team))]
    told = [process.communicate(timeout=600) for process in team]
    _, problem = importing.communicate(timeout=600)
    codes = tuple(process.returncode for process in team)
    seen = tuple(len(json.loads(out)["data"].get("credentials", ())) for out, _ in told)
    errors = [error.decode() for _, error in told if error]
    if importing.returncode:
        errors.append(problem.decode())
    stray = frozenset(path.name for path in home.iterdir()) - TIDY
    held = _held(home)
    return Outcome(importing.returncode, codes, seen, tuple(errors), stray, held)


def _started(folder: Path, *argv: str) -> subprocess.Popen[bytes]:
    environ = {
        **os.environ,
        "CREDWALLET_HOME": str(folder / "wallet"),
        "CREDWALLET_PASSPHRASE_FILE": str(folder / "passphrase"),
        "HOME": str(folder),
        "XDG_STATE_HOME": str(folder / "state"),
        "XDG_RUNTIME_DIR": str(folder),
    }
    return subprocess.Popen(
        [sys.executable, "-m", "credwallet", *argv],
        cwd=ROOT,
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def _stored(home: Path) -> int:
    connection = sqlite3.connect(home / "vault.db", timeout=10)
    try:
        (count,) = connection.execute("SELECT count(*) FROM rec").fetchone()
    finally:
        connection.close()
    return int(count)


def _held(home: Path) -> str:
    """Name a lock that somebody still has."""
    connection = sqlite3.connect(home / "vault.db", timeout=0, isolation_level=None)
    try:
        connection.execute("PRAGMA locking_mode=EXCLUSIVE")
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("ROLLBACK")
    except sqlite3.Error as error:
        return str(error)
    finally:
        connection.close()
    lock = home / "maint.lock"
    if not lock.exists():
        return ""
    import fcntl  # noqa: PLC0415 -- POSIX only

    with lock.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            return f"maint.lock: {error.strerror}"
    return ""


def main() -> None:
    """Print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lists", type=int, default=50)
    parser.add_argument("--count", type=int, default=1000)
    wish = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        outcome = run(Path(name), lists=wish.lists, count=wish.count)
    for label, value in zip(Outcome._fields, outcome, strict=True):
        print(f"{label:<9} {value}")  # noqa: T201 -- the table
    failed = any((outcome.imported, *outcome.lists, outcome.errors, outcome.held))
    sys.exit(bool(failed or outcome.stray))


if __name__ == "__main__":
    main()
