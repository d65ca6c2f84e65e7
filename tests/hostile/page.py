"""Writes docs/hostile.md: `python -m tests.hostile.page`."""

import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from tests.hostile.corpus import control_files, hostile_files
from tests.hostile.defects import DEFECTS
from tests.hostile.hostile_file import HostileFile
from tests.hostile.rows import GROUPS, ROWS
from tests.hostile.running import DEFECT, MEBIBYTES, SECONDS, run_apart

PAGE = Path(__file__).parents[2] / "docs" / "hostile.md"
MEASURED = "## Measured\n"
HEAD = """\
# Hostile files

`tests/hostile` makes files that attack whoever reads them: each signed as it should be,
with fresh keys, and with one defect. Every file is read and verified by the package and
by the command, and its report is printed on a terminal and into a pipe. A test compares
this page with the corpus.

- reject: malformed, invalid, revoked, suspended, expired or not valid yet
- warn: what is not certain is named; called valid with that remark at most
- accept safely: read, and nothing in it is obeyed
- controls: good files of every format, all of them called valid

No file is asked for at a forbidden address, none writes a control character to the
terminal, none ends in a traceback.

| group | about | files | reject | warn | accept safely |
| --- | --- | --- | --- | --- | --- |
"""


def page() -> str:
    """Write what is compared."""
    files = hostile_files()
    return HEAD + "\n".join([*_table(files), *_details(files), *_defects()]) + "\n"


def _table(files: tuple[HostileFile, ...]) -> Iterator[str]:
    for group, about in GROUPS.items():
        yield _line(group, about, [file for file in files if file.group == group])
    yield _line("all", "", files)
    yield f"| controls | good files | {len(control_files())} | 0 | 0 | |"


def _line(name: str, about: str, files: Iterable[HostileFile]) -> str:
    counts = Counter(file.expect for file in files)
    cells = [counts[answer] for answer in ("reject", "warn", "accept-safely")]
    return f"| {name} | {about} | {sum(cells)} | {' | '.join(map(str, cells))} |"


def _details(files: tuple[HostileFile, ...]) -> Iterator[str]:
    for group, rows in ROWS.items():
        yield from ("", f"## {group}", "")
        yield "| files | what must happen | number | reject | warn | accept safely |"
        yield "| --- | --- | --- | --- | --- | --- |"
        for row, about in rows.items():
            yield _line(row, about, [file for file in files if file.row == row])


def _defects() -> Iterator[str]:
    if DEFECTS:
        yield from ("", "## Answered otherwise so far", "")
        yield from (f"- `{name}`: {why}" for name, why in sorted(DEFECTS.items()))


class Worst(NamedTuple):
    """The most that a file of a group took."""

    seconds: float
    slowest: str
    mebibytes: float
    largest: str


def measure(files: Iterable[HostileFile]) -> Worst:
    """Verify each file in a process of its own.

    Raises:
        AssertionError: If one was stopped, or took more than we promise.

    """
    worst = Worst(0, "", 0, "")
    for file in files:
        with tempfile.TemporaryDirectory() as folder:
            cost = run_apart(file, Path(folder))
        if (
            cost.code in (None, DEFECT)
            or cost.seconds > SECONDS
            or cost.mebibytes > MEBIBYTES
        ):
            raise AssertionError(f"{file.id}: {cost}")
        if cost.seconds > worst.seconds:
            worst = worst._replace(seconds=cost.seconds, slowest=file.id)
        if cost.mebibytes > worst.mebibytes:
            worst = worst._replace(mebibytes=cost.mebibytes, largest=file.id)
    return worst


def _measured() -> Iterator[str]:
    yield (
        f"Each file in a process of its own, its start included: at most {SECONDS} s"
        f"\nand {MEBIBYTES} MiB are allowed. These figures vary and are not compared.\n"
    )
    yield "| group | worst time | file | most memory | file |"
    yield "| --- | --- | --- | --- | --- |"
    everything = (*hostile_files(), *control_files())
    for group in (*ROWS, "controls"):
        worst = measure(file for file in everything if file.group == group)
        yield (
            f"| {group} | {worst.seconds:.1f} s | `{worst.slowest}` "
            f"| {worst.mebibytes:.0f} MiB | `{worst.largest}` |"
        )


def main() -> None:
    """Measure, and write the page."""
    measured = "\n".join(_measured())
    PAGE.write_text(f"{page()}\n{MEASURED}\n{measured}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
