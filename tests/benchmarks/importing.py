"""Ten thousand badges into a wallet: by one process, by two, and once more.

    python -m tests.benchmarks.importing [COUNT]

The limit is SHA-256 of the bytes and one Ed25519 check for each. What two processes
gain is printed beside what a loop of plain hashing gains from two in the same minute:
on a shared machine that is less than two. Start-up and key derivation are part of it.
"""

import hashlib
import multiprocessing
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.benchmarks import badges

ROUNDS = 3
ISSUERS = 20
# As long as an import takes, about.
HASHED = 1200


class Ran(NamedTuple):
    """One run of the command: seconds by the clock and of the processor, peak MB."""

    wall: float
    cpu: float
    peak: float


def main() -> None:
    """Make the badges, import them, print the ratios."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    processors = sorted(os.sched_getaffinity(0))[:2]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _make(folder / "badges", count)
        rounds = [_round(folder, number, processors) for number in range(ROUNDS)]
    limit = statistics.median(_limit() for _ in range(5)) * count
    one, two, again, control = zip(*rounds, strict=True)
    cpu = statistics.median(ran.cpu for ran in one)
    print(f"{count} badges, {ROUNDS} rounds, {len(processors)} processors")
    print(f"one process            {cpu / limit:6.2f} x the limit (processor time)")
    print(f"peak memory            {max(ran.peak for ran in (*one, *two)):6.0f} MB")
    told = statistics.median(ran.cpu for ran in again) / cpu
    print(f"once more              {told:6.2f} x the first import")
    gain = statistics.median(
        alone.wall / both.wall for alone, both in zip(one, two, strict=True)
    )
    plain = statistics.median(control)
    print(f"two processes          {gain:6.2f} x as fast, plain hashing {plain:.2f}:")
    print(f"                       {gain / plain:6.2f} of what hashing gains")


def _make(folder: Path, count: int) -> None:
    folder.mkdir()
    keys = [Ed25519PrivateKey.generate() for _ in range(ISSUERS)]
    for number in range(count):
        data = badges.variant(number, keys[number % ISSUERS])
        (folder / f"{number:06}.json").write_bytes(data)


def _round(
    folder: Path, number: int, processors: list[int]
) -> tuple[Ran, Ran, Ran, float]:
    alone = folder / f"one-{number}"
    one = _import(folder, alone, processors[:1])
    again = _import(folder, alone, processors[:1])
    two = _import(folder, folder / f"two-{number}", processors)
    hashing = _hashing(processors[:1]) / _hashing(processors)
    return one, two, again, hashing


def _import(folder: Path, home: Path, processors: list[int]) -> Ran:
    passphrase = folder / "passphrase"
    passphrase.write_text("correct horse battery staple\n")
    # The last one: nothing here may depend on the learner's own settings.
    options = ["--home", str(home), "--passphrase-file", str(passphrase), "--offline"]
    command = [sys.executable, "-m", "credwallet", *options]
    if not home.exists():
        subprocess.run([*command, "init"], check=True, capture_output=True)
    before = os.sched_getaffinity(0)
    # A new process may run where this one may.
    os.sched_setaffinity(0, processors)
    with (folder / "out").open("wb") as out:
        start = time.perf_counter()
        process = subprocess.Popen(
            [*command, "import", str(folder / "badges")], stdout=out, stderr=out
        )
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
    os.sched_setaffinity(0, before)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError((folder / "out").read_text()[-500:])
    return Ran(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def _hashing(processors: list[int]) -> float:
    """Hash the same amount with so many processes; seconds by the clock."""
    context = multiprocessing.get_context("fork")
    share = HASHED // len(processors)
    team = [
        context.Process(target=_hash, args=(share, processor))
        for processor in processors
    ]
    start = time.perf_counter()
    for process in team:
        process.start()
    for process in team:
        process.join()
    return time.perf_counter() - start


def _hash(share: int, processor: int) -> None:
    os.sched_setaffinity(0, [processor])
    data = bytes(1024 * 1024)
    for _ in range(share):
        hashlib.sha256(data).digest()


def _limit() -> float:
    badge = badges.eddsa_rdfc()
    start = time.process_time()
    for _ in range(1000):
        hashlib.sha256(badge.raw).digest()
        badge.key.verify(badge.signature, badge.data, hash_name="sha256")
    return (time.process_time() - start) / 1000


if __name__ == "__main__":
    main()
