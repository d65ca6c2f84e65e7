"""What `credwallet verify FILE` says to a file, in this process or another."""

import json
import os
import re
import resource
import subprocess
import sys
import time
import unicodedata
from pathlib import Path
from typing import Any, NamedTuple

from credwallet.cli.terminal.styles import RICH_STYLES, STYLES
from tests.cli.runner import Cli, Ran
from tests.hostile.hostile_file import HostileFile

SECONDS = 10
# How the command ends when it meets an exception that is none of our errors.
DEFECT = 1
MEBIBYTES = 300
# What our own styles and layout write around the texts.
STYLES = tuple(
    f"\x1b[{each}m" for each in ("0", *STYLES.values(), *RICH_STYLES.values())
)
# Our own, around text from right to left; nothing foreign can open or end one.
ISOLATED = re.compile("\u2068([^\u2068\u2069]*)\u2069")
# Nothing is seen of these, though Unicode calls them letters, marks or signs.
INKLESS = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0\ufffc"
    "\U0001d159"
)


# The command, which at its end writes down its peak of memory where Linux tells it.
_COMMAND = """
import atexit, pathlib, re, sys
def tell():
    status = pathlib.Path("/proc/self/status")
    if status.exists():
        peak = re.search(r"VmHWM:\\s+(\\d+)", status.read_text()).group(1)
        pathlib.Path.home().joinpath("peak").write_text(peak)
atexit.register(tell)
from credwallet.__main__ import main
sys.exit(main())
"""


def put(file: HostileFile, folder: Path) -> tuple[Path, list[str]]:
    """Write the file and its documents.

    Returns:
        The path, and the arguments that supply the documents.

    """
    path = folder / f"file{file.suffix}"
    path.write_bytes(file.data)
    if not file.documents:
        return path, []
    listing = {}
    for number, (url, body) in enumerate(file.documents.items()):
        name = f"document-{number}"
        (folder / name).write_bytes(body)
        listing[url] = name
    documents = folder / "documents.json"
    documents.write_text(json.dumps(listing))
    return path, ["--documents", str(documents)]


def run(cli: Cli, file: HostileFile, *more: str, terminal: bool = False) -> Ran:
    """Verify a file by the command line, without a network."""
    path, documents = put(file, cli.folder)
    return cli("verify", path, *documents, *more, terminal=terminal)


class Cost(NamedTuple):
    """How a child process ended, and what it took.

    `code` is None if it was stopped at a limit; `mebibytes` is its peak of memory.
    """

    code: int | None
    out: str
    err: str
    seconds: float
    mebibytes: float


def run_apart(file: HostileFile, folder: Path) -> Cost:
    """Verify a file in a process of its own, stopped at the limits that we promise."""
    path, documents = put(file, folder)
    argv = [sys.executable, "-c", _COMMAND, "verify", str(path), *documents]
    environ = {"HOME": str(folder), "PATH": os.environ.get("PATH", "")}
    begun = time.monotonic()
    with (folder / "out").open("wb") as out, (folder / "err").open("wb") as err:
        child = subprocess.Popen(
            [*argv, "--json", "--offline"],
            cwd=Path(__file__).parents[2],
            env=environ,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            preexec_fn=_limit,  # noqa: PLW1509 -- no thread runs in the tests
        )
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    code = child.returncode
    return Cost(
        code if code >= 0 else None,
        (folder / "out").read_text(),
        (folder / "err").read_text(),
        time.monotonic() - begun,
        _peak(folder, usage.ru_maxrss),
    )


def _peak(folder: Path, with_parent: int) -> float:
    """Take the peak that the child wrote down: the usual one counts its parent's."""
    found = folder / "peak"
    return (int(found.read_text()) if found.exists() else with_parent) / 1024


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))


def reports(document: Any) -> list[Any]:
    """Take the reports out of the envelope, with those of what they contain."""
    found = []
    pending = list(document["data"].get("reports", ()))
    while pending:
        report = pending.pop()
        found.append(report)
        pending += report.get("contains", [])
    return found


def problem_types(document: Any) -> set[str]:
    """Name every problem that the envelope and its reports tell."""
    found = {problem["type"] for problem in document["problems"]}
    for report in reports(document):
        for check in report["checks"]:
            found |= {problem["type"] for problem in check["problems"]}
    return found


def raw_characters(text: str) -> set[str]:
    """Find what must not reach a terminal: controls, and what is not seen."""
    for style in STYLES:
        text = text.replace(style, "")
    text = ISOLATED.sub(r"\1", text)
    return {
        character
        for character in text.replace("\n", "").replace("\t", "")
        if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
        or character in INKLESS
    }
