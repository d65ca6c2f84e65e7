"""One contender, one task, in a process of its own; answers one line of JSON.

python -m tests.benchmarks.wallets.run CONTENDER TASK FOLDER COUNT
"""

import importlib
import json
import random
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.benchmarks.wallets.data import Maker

BATCH = 512
ONES = 100


def opened(contender: str, folder: Path, *, new: bool = False) -> Any:
    """Open the wallet of a contender, or make it."""
    if contender == "credwallet":
        from tests.benchmarks.wallets.ours import Ours  # noqa: PLC0415 -- only its own

        return Ours(folder, new=new)
    from tests.benchmarks.wallets.tables import Tables  # noqa: PLC0415 -- as above

    cipher = contender == "sqlcipher"
    driver = importlib.import_module("sqlcipher3" if cipher else "sqlite3")
    return Tables(folder, driver, key=cipher, new=new)


def _measured(work: Callable[[], Any]) -> dict[str, float]:
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    return {"cpu": time.process_time() - cpu, "wall": time.perf_counter() - wall}


def bulk(contender: str, folder: Path, count: int) -> dict[str, float]:
    """Store everything, 512 a transaction; the making of the data is not counted."""
    maker = Maker(int(sys.argv[5])) if len(sys.argv) > 5 else Maker()
    wallet = opened(contender, folder, new=True)
    total = {"cpu": 0.0, "wall": 0.0}
    for start in range(0, count, BATCH):
        batch = list(maker.many(start, min(start + BATCH, count)))
        for name, value in _measured(lambda: wallet.put(batch)).items():  # noqa: B023 -- called at once
            total[name] += value
    for name, value in _measured(wallet.close).items():
        total[name] += value
    size = sum(path.stat().st_size for path in folder.rglob("*.db"))
    return {**total, "size": size}


def listing(contender: str, folder: Path, count: int) -> dict[str, float]:
    """Open and list everything."""
    _warm(contender, folder)
    before = _peak()
    found: list[Any] = []

    def work() -> None:
        wallet = opened(contender, folder)
        found.append((wallet, wallet.rows()))

    told = _measured(work)
    assert len(found[0][1]) == count
    return {**told, "peak": _peak(), "before": before}


def texts(contender: str, folder: Path, count: int) -> dict[str, float]:
    """Open and list everything, the lists of tables left as JSON texts."""
    if contender == "credwallet":
        return listing(contender, folder, count)
    _warm(contender, folder)
    found: list[Any] = []

    def work() -> None:
        wallet = opened(contender, folder)
        found.append((wallet, wallet.texts()))

    told = _measured(work)
    assert len(found[0][1]) == count
    return {**told, "peak": _peak()}


def get(contender: str, folder: Path, count: int) -> dict[str, float]:
    """Open some, spread over all of it; seconds for each."""
    wallet = opened(contender, folder)
    names = _some(wallet, count)
    wallet.close()
    wallet = opened(contender, folder)
    told = _measured(lambda: [wallet.get(name) for name in names])
    return {name: value / ONES for name, value in told.items()}


def update(contender: str, folder: Path, count: int) -> dict[str, float]:
    """Change some, spread over all of it; seconds for each."""
    wallet = opened(contender, folder)
    names = _some(wallet, count)
    wallet.close()
    wallet = opened(contender, folder)

    def work() -> None:
        for name in names:
            # Never what is there already: SQLite leaves a page that stays the same.
            wallet.update(name, f"note {time.time_ns()}")

    told = _measured(work)
    return {name: value / ONES for name, value in told.items()}


def _some(wallet: Any, count: int) -> list[bytes]:
    names = sorted(wallet.names())
    assert len(names) == count
    return random.Random(3).choices(names, k=ONES)  # noqa: S311 -- which ones


def _warm(contender: str, folder: Path) -> None:
    """Import what is imported on first use: that is start-up, and measured there."""
    wallet = opened(contender, folder)
    (name, *_) = wallet.names()[:1] if contender != "credwallet" else (None,)
    if name:
        wallet.get(name)
    wallet.close()


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


TASKS = {"bulk": bulk, "list": listing, "texts": texts, "get": get, "update": update}


def main() -> None:
    """Run the task."""
    contender, task, folder, count = sys.argv[1:5]
    print(json.dumps(TASKS[task](contender, Path(folder), int(count))))


if __name__ == "__main__":
    main()
