"""Every call to the disk fails once, with each error, under each command.

    python -m tests.store.faults [--lasting] [--kill] [--reads] [COMMAND...]

`--lasting`: all calls after it fail too. `--kill`: the process is killed there instead.
`--reads`: reading fails too, and removing.
"""

import argparse
import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.store.faults import injecting
from tests.store.faults.commands import ALL
from tests.store.faults.injecting import ERRORS, KILL, KINDS, READ, REMOVE, Host, Rig


def main() -> None:
    """Print a line for each command, and each run that went wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("commands", nargs="*", choices=[*(c.name for c in ALL), []])
    for flag in ("--lasting", "--kill", "--reads"):
        parser.add_argument(flag, action="store_true")
    wish = parser.parse_args()
    wrong = 0
    with tempfile.TemporaryDirectory() as name:
        library = injecting.built(Path(name))
        if library is None:
            sys.exit("skipped: this needs Linux and a C compiler")
        with Host(library) as host:
            for command in ALL:
                if not wish.commands or command.name in wish.commands:
                    wrong += _all(host, Path(name), command, wish)
    sys.exit(bool(wrong))


def _all(host: Host, folder: Path, command, wish: argparse.Namespace) -> int:
    kinds = KINDS | (READ | REMOVE if wish.reads else 0)
    rig = Rig(host, folder / command.name, command, kinds=kinds)
    counts: Counter[str] = Counter()
    wrong = 0
    for unit in rig.units(KILL if wish.kill else ERRORS, lasting=wish.lasting):
        counts[f"exit {unit.code}, {'new' if unit.new else 'old'} state"] += 1
        if unit.wrong:
            wrong += 1
            print(f"  {unit.error} at {unit.at}: {unit.wrong}")  # noqa: T201 -- the table
    told = ", ".join(f"{count} {what}" for what, count in sorted(counts.items()))
    print(f"{command.name}: {rig.clean.calls} calls; {told}; {wrong} wrong")  # noqa: T201 -- the table
    return wrong


if __name__ == "__main__":
    main()
