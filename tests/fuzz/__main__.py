"""The long run: `python -m tests.fuzz TARGET|all --inputs N --seed S`."""

import argparse
import faulthandler
import sys
import time
from pathlib import Path

from tests.fuzz.oracle import Finding, limit_memory, peak_mebibytes
from tests.fuzz.running import run
from tests.fuzz.targets import TARGETS

_SLICE = 1000


def main() -> int:
    """Run the targets, print a table, and fail if there is a finding."""
    names = [target.name for target in TARGETS]
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("target", choices=[*names, "all"])
    parser.add_argument("--inputs", type=int, default=20_000)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--folder", type=Path, default=Path("fuzz-findings"))
    given = parser.parse_args()
    limit_memory()
    _say("| target | inputs | results | refusals | worst ms | minutes | MiB |")
    _say("| --- | --- | --- | --- | --- | --- | --- |")
    chosen = names if given.target == "all" else [given.target]
    found = [_row(name, given.inputs, given.seed, given.folder) for name in chosen]
    return 1 if any(found) else 0


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _row(name: str, inputs: int, seed: str, folder: Path) -> int:
    """Run one target in slices; a slice ends at its first finding."""
    target = next(target for target in TARGETS if target.name == name)
    begun = time.monotonic()
    tallies, findings = [], 0
    for number, start in enumerate(range(0, inputs, _SLICE)):
        try:
            count = min(_SLICE, inputs - start)
            tallies.append(run(target, count, f"{seed}/{number}", folder))
        except Finding as finding:
            findings += 1
            sys.stderr.write(f"{finding}\n")
    total = sum(tally.inputs for tally in tallies)
    results = sum(tally.results for tally in tallies)
    worst = max((tally.worst for tally in tallies), default=0.0)
    minutes = (time.monotonic() - begun) / 60
    _say(
        f"| {name} | {total} | {results} | {total - results} | {worst * 1000:.0f} "
        f"| {minutes:.1f} | {peak_mebibytes():.0f} |"
    )
    return findings


if __name__ == "__main__":
    # A crash in C must still say where.
    faulthandler.enable()
    raise SystemExit(main())
