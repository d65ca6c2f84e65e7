"""Kill two writers and a reader at any moment, and count what was lost.

    python -m tests.store.crashes [--rounds 500]

Each round starts them anew on the same wallet, kills all three with SIGKILL after a
random time, and opens every credential. A line that a writer told is acknowledged.
"""

import argparse
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from credwallet.errors import CredwalletError
from tests.store.wallets import new_wallet, opened

ROOT = Path(__file__).resolve().parents[2]
# What may be in the folder of a closed wallet.
# What a wallet may leave in its folder, the index for completion among it.
TIDY = {"vault.db", "maint.lock", "backups", "completion.txt"}
# All of a wallet is opened each time: with 20,000 badges that is all one would do.
ROUNDS_OF_A_WALLET = 100
_APART = 50_000


class Tally(NamedTuple):
    """What so many rounds did: numbers of writes and of rounds, and names of files."""

    acknowledged: int = 0
    purged: int = 0
    lost: int = 0
    came_back: int = 0
    looks: int = 0
    reader_failures: int = 0
    unreadable: int = 0
    stray: frozenset[str] = frozenset()

    def plus(self, other: "Tally") -> "Tally":
        """Add up two of them."""
        *numbers, stray = zip(self, other, strict=True)
        return Tally(*map(sum, numbers), stray[0] | stray[1])


class Round(NamedTuple):
    """What the three told before they were killed."""

    present: set[int]
    absent: set[int]
    looks: int
    reader_failures: int


def rounds(folder: Path, count: int, *, seed: int = 9) -> Tally:
    """Go through so many rounds on one wallet.

    Args:
        folder: Where the wallet is made.
        count: How many times all three are killed.
        seed: Of the moments.

    """
    new_wallet(folder).vault.close()
    choose = random.Random(seed)  # noqa: S311 -- when to kill
    present: set[int] = set()
    absent: set[int] = set()
    tally = Tally()
    for turn in range(count):
        told = _round(folder, 2 * _APART * turn, choose.random() * 0.3)
        present |= told.present
        absent |= told.absent
        tally = tally.plus(_look(folder, present, absent))
        tally = tally.plus(
            Tally(
                len(told.present) + len(told.absent),
                len(told.absent),
                looks=told.looks,
                reader_failures=told.reader_failures,
            )
        )
    return tally


def _round(folder: Path, first: int, seconds: float) -> Round:
    team = [
        _started("writer", folder, first, _APART),
        _started("writer", folder, first + _APART, _APART),
        _started("reader", folder),
    ]
    # Killed while at work, not while starting.
    starts = [process.stdout.read(1) for process in team]
    time.sleep(seconds)
    for process in team:
        process.send_signal(signal.SIGKILL)
    # A line that was cut by the kill was not yet told to anybody.
    lines = [
        (start + process.communicate(timeout=60)[0]).decode().split("\n")[:-1]
        for start, process in zip(starts, team, strict=True)
    ]
    written = [line for told in lines[:2] for line in told]
    absent = {int(line[1:]) for line in written if line[0] == "-"}
    put = {int(line[1:]) for line in written if line[0] == "+"}
    looks = lines[2].count(".")
    failures = sum(line[0] == "!" for told in lines for line in told)
    return Round(put - absent, absent, looks, failures)


def _started(module: str, *arguments: object) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", f"tests.store.{module}", *map(str, arguments)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
    )


def _look(folder: Path, present: set[int], absent: set[int]) -> Tally:
    """Open everything; a purge that was not yet told may have happened."""
    try:
        with opened(folder) as vault:
            vault.check()
            kept = {
                int(entry.summary.name.removeprefix("Badge "))
                for entry in vault.entries()
            }
    except CredwalletError:
        return Tally(unreadable=1)
    lost = {number for number in present - kept if number % 3}
    came_back = absent & kept
    # Counted once only.
    present &= kept
    absent -= kept
    return Tally(
        lost=len(lost),
        came_back=len(came_back),
        stray=frozenset(path.name for path in folder.iterdir()) - TIDY,
    )


def main() -> None:
    """Print the tally."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=500)
    count = parser.parse_args().rounds
    tally = Tally()
    with tempfile.TemporaryDirectory() as name:
        for start in range(0, count, ROUNDS_OF_A_WALLET):
            some = min(ROUNDS_OF_A_WALLET, count - start)
            folder = Path(name) / f"wallet-{start}"
            tally = tally.plus(rounds(folder, some, seed=start))
    print(f"{count} rounds of kill -9, two writers and a reader")  # noqa: T201 -- its table
    for label, value in zip(Tally._fields, tally, strict=True):
        words = sorted(value) if isinstance(value, frozenset) else value
        print(f"{label:<16} {words}")  # noqa: T201 -- its table
    sys.exit(bool(tally.lost or tally.came_back or tally.unreadable or tally.stray))


if __name__ == "__main__":
    main()
