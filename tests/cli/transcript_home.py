"""Where does a transcript run, and what does a command print there?"""

import contextlib
import os
import re
import secrets
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from tests.cli.runner import PASSPHRASE, SAMPLES, Terminal
from tests.cli.transcript_command import CLOCK, answer
from tests.cli.transcript_holes import Holes
from tests.cli.transcript_terminal import Typed, converse, without_a_terminal

REPOSITORY = Path(__file__).parents[2]
# What the home is called in a transcript. Its real name is as long, so that lines break
# at the same places.
HOME = "/home/ada"
_SHORT_NAMES = Path("/tmp")  # noqa: S108 -- a link with a name that nobody else has
_TYPED = re.compile(r">\*?(?: (.*)|$)")
_TO_FILE = re.compile(r"(credwallet .*?) >(\S+)")
_TO_PIPE = re.compile(r"(credwallet .*?) \|\s+(.*)", re.DOTALL)
_FOR_SHELL = re.compile(r"[|&;<>()$`\\*?\[\]{}~#\n]")
_PATIENCE_S = 120


class Printed(NamedTuple):
    """What a command left; on a terminal stdout holds stderr and what was typed.

    Args:
        code: The exit code.
        out: Lines with the mark that says how a line was typed, else "".
        err: Lines.

    """

    code: int
    out: list[tuple[str, str]]
    err: list[str]


class Home:
    """A folder with the variables, the clock and the holes of one transcript.

    Args:
        folder: Empty; removed by whoever made it.
        guess: Type when the command falls silent, whatever it asked.

    """

    def __init__(self, folder: Path, *, guess: bool = False) -> None:
        self._real = folder.resolve()
        self.folder = _short_name(self._real)
        self.holes = Holes()
        self._guess = guess
        for name in (".bin", ".run"):
            (self.folder / name).mkdir(0o700)
        shim = self.folder / ".bin" / "credwallet"
        module = f"'{sys.executable}' -m tests.cli.transcript_command"
        shim.write_text(f'#!/bin/sh\nexec {module} "$@"\n')
        shim.chmod(0o700)
        secret = self.folder / "passphrase.txt"
        secret.write_text(f"{PASSPHRASE}\n")
        secret.chmod(0o600)
        self.environ = {
            "HOME": str(self.folder),
            "PWD": str(self.folder),
            "PATH": f"{shim.parent}:{os.environ.get('PATH', os.defpath)}",
            "PYTHONPATH": str(REPOSITORY),
            "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
            "CREDWALLET_PASSPHRASE_FILE": str(secret),
            "XDG_RUNTIME_DIR": str(self.folder / ".run"),
            "LC_ALL": "C.UTF-8",
            "TERM": "dumb",
        }

    def write(self, name: str, lines: Sequence[str]) -> None:
        """Make a file."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(self.filled("".join(f"{line}\n" for line in lines)))

    def copy(self, sample: str, name: str) -> None:
        """Copy a sample of the demo, or a folder of them."""
        source = SAMPLES / sample
        target = self.folder / (name or source.name)
        target.parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if source.is_dir() else shutil.copyfile)(source, target)

    def fill(self) -> None:
        """Make a wallet with the samples; the one that was changed stays outside."""
        words = ("import", "badges", "--documents", "documents.json")
        self._here(words, None, None, folder=SAMPLES)

    def set(self, name: str, value: str | None) -> None:
        """Set a variable, or take it away."""
        self.environ.pop(name, None)
        if value is not None:
            self.environ[name] = self.filled(value)

    def stop_the_clock(self, at: str) -> None:
        """Stop it at a time in ISO 8601, UTC."""
        moment = datetime.fromisoformat(at).replace(tzinfo=UTC)
        self.environ[CLOCK] = moment.isoformat()

    def filled(self, text: str) -> str:
        """Put in what the holes hold, and the folder for its name."""
        return self.holes.filled(text).replace(HOME, str(self.folder))

    def general(self, text: str) -> str:
        """Put the name of the folder in its place."""
        return text.replace(str(self._real), HOME).replace(str(self.folder), HOME)

    def run(
        self, command: str, expected: Sequence[str], columns: int | None
    ) -> Printed:
        """Run one command.

        Args:
            command: As it is written in the transcript.
            expected: The lines below it: what is typed stands among them.
            columns: Width of its terminal; None for none.

        """
        text = self.filled(command)
        typed = any(_TYPED.fullmatch(line) for line in expected)
        words, target = _words_of(text)
        if columns and (typed or words is None):
            return self._converse(text, expected, columns)
        if words is None:
            return self._piped(text)
        return self._here(words, target, columns)

    def end(self) -> None:
        """End an agent that a command started, and give the short name back."""
        if self._has_agent():
            self._here(["lock"], None, None)
        # It answers before it takes its socket away, which it knows by the short name.
        until = time.monotonic() + _PATIENCE_S
        while self._has_agent() and time.monotonic() < until:
            time.sleep(0.01)
        self.folder.unlink()

    def _has_agent(self) -> bool:
        return any(path.is_socket() for path in (self.folder / ".run").rglob("*"))

    def _here(
        self,
        words: Sequence[str],
        target: str | None,
        columns: int | None,
        folder: Path | None = None,
    ) -> Printed:
        environ = dict(self.environ)
        if columns:
            environ["COLUMNS"] = str(columns)
        err = Terminal(terminal=columns is not None)
        out = err if columns and not target else Terminal(terminal=False)
        with (
            patch.dict(os.environ, environ, clear=True),
            contextlib.chdir(folder or self.folder),
            without_a_terminal(),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
        ):
            streams = (Terminal(terminal=columns is not None), out, err)
            code = answer(words, streams, environ)
        shown = out.content()
        if target:
            (self.folder / target).write_bytes(shown)
            shown = b""
        errors = [] if out is err else _lines(err.content())
        return Printed(code, [("", line) for line in _lines(shown)], errors)

    def _piped(self, text: str) -> Printed:
        """Run what stands before the first pipe here, which is quicker."""
        found = _TO_PIPE.fullmatch(text)
        words = _words_of(found[1])[0] if found else None
        if found is None or words is None:
            return self._by_shell(text)
        first = self._here(words, None, None)
        data = "".join(f"{line}\n" for _, line in first.out).encode()
        second = self._by_shell(found[2], data)
        return second._replace(err=[*first.err, *second.err])

    def _by_shell(self, text: str, stdin: bytes = b"") -> Printed:
        ran = subprocess.run(
            ["sh", "-c", text],
            env=self.environ,
            cwd=self.folder,
            input=stdin,
            capture_output=True,
            timeout=_PATIENCE_S,
            check=False,
            start_new_session=True,
        )
        out = [("", line) for line in _lines(ran.stdout)]
        return Printed(ran.returncode, out, _lines(ran.stderr))

    def _converse(self, text: str, expected: Sequence[str], columns: int) -> Printed:
        environ = dict(self.environ)
        typed, before = [], list[str]()
        for line in expected:
            found = _TYPED.fullmatch(line)
            if found:
                typed.append(self._typed(before, found[1] or ""))
                before = []
            else:
                before.append(line.removeprefix("\\"))
        if typed:
            del environ["CREDWALLET_PASSPHRASE_FILE"]
        screen = converse(
            ["sh", "-c", text],
            typed,
            columns=columns,
            environ=environ,
            folder=self.folder,
            guess=self._guess,
        )
        return Printed(screen.code, screen.lines, [])

    def _typed(self, before: Sequence[str], text: str) -> Typed:
        def asked(shown: str) -> bool:
            # A question is the end of what stands there: no line ends after it.
            lines = [self.general(line.rstrip()) for line in shown.split("\n")]
            if self._guess:
                self.holes.notice(before, lines)
            return bool(lines[-1]) and self.holes.match(before, lines)

        return Typed(asked, lambda: self.filled(text))


def _short_name(folder: Path) -> Path:
    """Make a link to a folder whose name is as long as that of the home."""
    while True:
        letters = len(HOME) - len(f"{_SHORT_NAMES}/")
        name = _SHORT_NAMES / secrets.token_hex(letters)[:letters]
        with contextlib.suppress(FileExistsError):
            name.symlink_to(folder)
            return name


def _words_of(text: str) -> tuple[list[str] | None, str | None]:
    """Take apart what needs no shell, and the file that its stdout goes to."""
    found = _TO_FILE.fullmatch(text)
    command, target = (found[1], found[2]) if found else (text, None)
    if _FOR_SHELL.search(command + (target or "")):
        return None, None
    try:
        words = shlex.split(command)
    except ValueError:
        return None, None
    return (words[1:], target) if words[:1] == ["credwallet"] else (None, None)


def _lines(data: bytes) -> list[str]:
    return data.decode("utf-8", "replace").splitlines()
