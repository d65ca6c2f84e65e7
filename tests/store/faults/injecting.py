"""Lets the n-th call of a command to the disk fail, for every n.

The shim `disk.c` is compiled when it is needed and loaded with LD_PRELOAD.
"""

import errno
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self
from zlib import crc32

from tests.store.faults.commands import Command

ROOT = Path(__file__).resolve().parents[3]
OPEN, WRITE, SYNC, RENAME, REMOVE, READ = (1 << bit for bit in range(6))
KINDS = OPEN | WRITE | SYNC | RENAME
ERRORS = {"EIO": errno.EIO, "ENOSPC": errno.ENOSPC, "EACCES": errno.EACCES}
KILL = {"SIGKILL": -1}
_DONE, _LOCKED, _STORAGE = 0, 6, 11


class Fault(NamedTuple):
    """Call number `at` (from 1) of the kinds fails; those after it too if `lasting`."""

    at: int = 0
    error: int = 0
    kinds: int = KINDS
    lasting: bool = False


class Unit(NamedTuple):
    """What one run with a fault left, `wrong` if that is not as it should be."""

    command: str
    error: str
    at: int
    code: int
    new: bool
    wrong: str


def built(folder: Path) -> Path | None:
    """Compile the shim; None if there is no compiler that can."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None or sys.platform != "linux":
        return None
    library = folder / "disk.so"
    source = Path(__file__).with_name("disk.c")
    options = ["-shared", "-fPIC", "-O1", "-o", str(library), str(source), "-ldl"]
    ran = subprocess.run([compiler, *options], capture_output=True, check=False)
    return library if ran.returncode == 0 else None


class Host:
    """The process with the faulty disk."""

    def __init__(self, library: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.store.faults.host"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "LD_PRELOAD": str(library)},
            text=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        self._process.wait(timeout=60)

    def run(self, folder: Path, argv: tuple[str, ...], fault: Fault) -> dict[str, Any]:
        """Run a command with a fault."""
        words = [word.replace("{folder}", str(folder)) for word in argv]
        return self._ask(
            what="run", folder=str(folder), argv=words, fault=fault._asdict()
        )

    def look(self, folder: Path, passphrases: tuple[str, ...]) -> dict[str, Any]:
        """Tell what a folder holds; the disk is in order."""
        return self._ask(what="look", folder=str(folder), passphrases=passphrases)

    def _ask(self, **request: Any) -> dict[str, Any]:
        process = self._process
        if process.stdin is None or process.stdout is None:
            raise RuntimeError("the host has no pipes")
        process.stdin.write(json.dumps(request) + "\n")
        process.stdin.flush()
        answer: dict[str, Any] = json.loads(process.stdout.readline())
        return answer


class Clean(NamedTuple):
    """A command on a good disk: how many calls, both states, its second exit code."""

    calls: int
    before: dict[str, Any]
    after: dict[str, Any]
    again: int


class Rig:
    """One command, its folder as it was before, and the host."""

    def __init__(
        self, host: Host, folder: Path, command: Command, *, kinds: int = KINDS
    ) -> None:
        self.host = host
        self.command = command
        self.kinds = kinds
        self._folder = folder
        self._before = folder / "before"
        command.prepare(self._before)
        self.clean = self._clean()

    def _copy(self, name: str) -> Path:
        # The same name each time: paths are part of what a command stores.
        copy = self._folder / name
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(self._before, copy)
        return copy

    def _clean(self) -> Clean:
        copy = self._copy("run")
        before = self.host.look(copy, self.command.passphrases)
        ran = self.host.run(copy, self.command.argv, Fault(kinds=self.kinds))
        if ran.get("code"):
            raise RuntimeError(f"{self.command.name} failed on a good disk: {ran}")
        after = self.host.look(copy, self.command.passphrases)
        again = self.host.run(copy, self.command.argv, Fault())
        return Clean(ran["calls"], before, after, again["code"])

    def units(
        self, errors: dict[str, int], *, lasting: bool = False, step: int = 1
    ) -> Iterator[Unit]:
        """Run the command once for each call and error, or for each `step`-th call."""
        for name, number in errors.items():
            # Each command and error begins elsewhere, so that all kinds come up.
            seed = crc32(f"{self.command.name} {name}".encode())
            first = 1 + seed % min(step, self.clean.calls)
            for at in range(first, self.clean.calls + 1, step):
                fault = Fault(at, number, self.kinds, lasting)
                yield self._unit(fault, name + (" from then on" if lasting else ""))

    def _unit(self, fault: Fault, error: str) -> Unit:
        copy = self._copy("run")
        ran = self.host.run(copy, self.command.argv, fault)
        found = self._look(copy, killed="killed" in ran)
        code = ran.get("code", ran.get("killed"))
        new = _same(found, self.clean.after)
        unit = Unit(self.command.name, error, fault.at, code, new, "")
        if "killed" not in ran and not _said(code, ran["said"]):
            return unit._replace(wrong=f"exit {code}: {ran['said']}")
        if code == 0 and not new:
            return unit._replace(wrong=f"said to be done and is not: {found}")
        if not self._is_state(found, killed="killed" in ran):
            return unit._replace(wrong=f"neither old nor new: {found}")
        killed = "killed" in ran
        return unit._replace(wrong=self._next_run(copy, new=new, killed=killed))

    def _is_state(self, found: dict[str, Any], *, killed: bool) -> bool:
        """Tell whether the wallet is the old or the new one, and so is each file.

        Who is killed leaves an unfinished file; the next run takes it away.
        """
        before, after = self.clean.before, self.clean.after
        files = {*before["files"].items(), *after["files"].items()}
        return (
            found["wallet"] in (before["wallet"], after["wallet"])
            and {
                (name, content)
                for name, content in found["files"].items()
                if not (killed and name.startswith(".copy.db.unfinished"))
            }
            <= files
            and found["files"].keys() >= before["files"].keys()
        )

    def _look(self, copy: Path, *, killed: bool) -> dict[str, Any]:
        """Look; a killed process may leave a hidden file beside what it wrote."""
        found = self.host.look(copy, self.command.passphrases)
        if killed:
            names = [name for name in found["files"] if name.startswith(".")]
            for name in names:
                del found["files"][name]
        return found

    def _next_run(self, copy: Path, *, new: bool, killed: bool) -> str:
        """Run it again, on a good disk: nothing is in its way, nothing is left."""
        ran = self.host.run(copy, self.command.argv, Fault())
        if ran["code"] != (self.clean.again if new else 0):
            return f"the next run: exit {ran['code']}: {ran['said']}"
        found = self._look(copy, killed=killed)
        if found["stray"]:
            return f"left behind: {found['stray']}"
        if not _same(found, self.clean.after):
            return f"the next run did not get there: {found}"
        return ""


def _said(code: int, said: str) -> bool:
    # A passphrase that cannot be read leaves the wallet locked.
    unread = code == _LOCKED and "the passphrase file" in said
    return unread or code in (_DONE, _STORAGE)


def _same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return all(one[part] == other[part] for part in ("wallet", "files"))
