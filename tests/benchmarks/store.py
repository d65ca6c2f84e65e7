"""A wallet of 100,000 credentials beside SQLCipher and plain SQLite.

    python -m tests.benchmarks.store [COUNT] [--rounds N] [--bytes N]
        [--sqlcipher FOLDER]

The same data and the same columns in each, each task in a process of its own, one
contender after the other in every round; medians. Nobody derives a key: ours is opened
with the vault key, SQLCipher with a raw key. SQLCipher (`sqlcipher3-wheels`) is
installed into a temporary folder, or taken from the one that is named. BYTES is the
size of a credential as received; the report on it, 1.4 kB, is stored with it.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = "sqlcipher3-wheels"
CONTENDERS = ("credwallet", "sqlcipher", "sqlite")
TASKS = ("list", "texts", "get", "update")
_MEGABYTE = 1e6

Figures = dict[tuple[str, str], list[dict[str, float]]]


class Target(NamedTuple):
    """What is to be reached: a figure of ours, alone or over SQLCipher's."""

    label: str
    task: str
    figure: str
    most: float
    unit: float = 1.0
    beside: bool = False


TARGETS = (
    Target("open and list, CPU, x SQLCipher", "list", "cpu", 0.6, beside=True),
    Target("bulk, CPU, x SQLCipher", "bulk", "cpu", 1.0, beside=True),
    Target("file, MB", "bulk", "size", 250, _MEGABYTE),
    Target("get one, verified, CPU ms", "get", "cpu", 5, 1e-3),
    Target("update one, wall, x SQLCipher", "update", "wall", 1.5, beside=True),
    Target("peak memory of list, MB", "list", "peak", 250),
)


def main() -> None:
    """Print what each took, and which targets are met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", nargs="?", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--bytes", type=int, default=4096)
    parser.add_argument("--sqlcipher", type=Path)
    wish = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        extra = wish.sqlcipher or _installed(folder / "packages")
        contenders = [each for each in CONTENDERS if extra or each != "sqlcipher"]
        figures = _figures(folder, contenders, wish, extra)
    print(
        f"{wish.count} credentials of {wish.bytes} bytes, "
        f"medians of {wish.rounds} rounds"
    )
    _table(figures, contenders)
    _targets(figures)


def _installed(folder: Path) -> Path | None:
    command = [sys.executable, "-m", "pip", "install", "-q", "--target", str(folder)]
    ran = subprocess.run([*command, PACKAGE], capture_output=True, check=False)
    if ran.returncode == 0:
        return folder
    print(f"{PACKAGE} cannot be installed here: there is nothing to compare with")
    return None


def _figures(
    folder: Path, contenders: list[str], wish: argparse.Namespace, extra: Path | None
) -> Figures:
    figures: Figures = {}

    def add(contender: str, task: str, place: Path) -> None:
        arguments = [contender, task, place, wish.count, wish.bytes]
        told = _run(arguments, extra)
        figures.setdefault((contender, task), []).append(told)

    for number in range(min(wish.rounds, 3)):
        for contender in contenders:
            place = folder / f"{contender}-{number}"
            place.mkdir()
            add(contender, "bulk", place)
            if number:
                _remove(place)
    for _ in range(wish.rounds):
        for task in TASKS:
            for contender in contenders:
                add(contender, task, folder / f"{contender}-0")
    return figures


def _remove(folder: Path) -> None:
    import shutil  # noqa: PLC0415 -- beside its only use

    shutil.rmtree(folder)


def _run(arguments: list[object], extra: Path | None) -> dict[str, float]:
    ran = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.wallets.run", *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(extra or "")},
        stdout=subprocess.PIPE,
        check=True,
    )
    told: dict[str, float] = json.loads(ran.stdout)
    return told


def _table(figures: Figures, contenders: list[str]) -> None:
    columns = (
        ("bulk", "cpu", 1, "bulk, CPU s"),
        ("bulk", "wall", 1, "bulk, wall s"),
        ("bulk", "size", _MEGABYTE, "file, MB"),
        ("list", "cpu", 1e-3, "open and list, CPU ms"),
        ("list", "wall", 1e-3, "open and list, wall ms"),
        ("list", "peak", 1, "peak memory of list, MB"),
        ("texts", "cpu", 1e-3, "the same, lists left as text, CPU ms"),
        ("get", "cpu", 1e-3, "get one, CPU ms"),
        ("update", "cpu", 1e-3, "update one, CPU ms"),
        ("update", "wall", 1e-3, "update one, wall ms"),
    )
    print(f"{'':<38}" + "".join(f"{each:>12}" for each in contenders))
    for task, figure, unit, label in columns:
        cells = [_median(figures, each, task, figure) / unit for each in contenders]
        print(f"{label:<38}" + "".join(f"{cell:12.2f}" for cell in cells))


def _targets(figures: Figures) -> None:
    for target in TARGETS:
        ours = figures["credwallet", target.task]
        if target.beside:
            theirs = figures.get(("sqlcipher", target.task))
            if theirs is None:
                print(f"{target.label:<38} not compared")
                continue
            value = statistics.median(
                one[target.figure] / other[target.figure]
                for one, other in zip(ours, theirs, strict=True)
            )
        else:
            value = statistics.median(one[target.figure] for one in ours) / target.unit
        met = "met" if value <= target.most else "MISSED"
        print(f"{target.label:<38} {value:8.2f}, at most {target.most:g}: {met}")


def _median(figures: Figures, contender: str, task: str, figure: str) -> float:
    return statistics.median(told[figure] for told in figures[contender, task])


if __name__ == "__main__":
    main()
