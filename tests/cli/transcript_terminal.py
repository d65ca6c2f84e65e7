"""What does a command show on a pseudo terminal, and what is typed into it?"""

import os
import re
import select
import signal
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

# How long a question is waited for, and how long a silence says that one was asked.
PATIENCE_S = 30.0
QUIET_S = 2.0
_CONTROLS = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[()][A-Z0-9]|\a")


class Typed(NamedTuple):
    """A line to type, and what tells that it is asked for.

    Args:
        asked: Says of what has been shown since the line before whether to type now.
        text: Returns what to type, without the end of the line.

    """

    asked: Callable[[str], bool]
    text: Callable[[], str]


class Screen(NamedTuple):
    """What a run left.

    Args:
        code: The exit code.
        lines: What stood on the terminal; the first of each is "", or `>` for what was
            typed and `>*` for what was typed unseen.

    """

    code: int
    lines: list[tuple[str, str]]


def converse(
    command: Sequence[str],
    typed: Sequence[Typed],
    *,
    columns: int,
    environ: Mapping[str, str],
    folder: Path,
    guess: bool = False,
) -> Screen:
    """Run a command with a controlling terminal and type when it asks.

    Args:
        command: What to run; all its streams are the terminal.
        typed: The lines to type, in order.
        columns: The terminal's width.
        environ: The whole environment.
        folder: Where to run it.
        guess: Take any silence after text for a question.

    """
    import fcntl  # noqa: PLC0415 -- of POSIX, as terminals are
    import pty  # noqa: PLC0415 -- as above
    import struct  # noqa: PLC0415 -- as above
    import termios  # noqa: PLC0415 -- as above

    parent, child = pty.openpty()
    fcntl.ioctl(child, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))

    def take_terminal() -> None:
        os.setsid()
        fcntl.ioctl(child, termios.TIOCSCTTY, 0)

    process = subprocess.Popen(
        command,
        stdin=child,
        stdout=child,
        stderr=child,
        env=dict(environ),
        cwd=folder,
        preexec_fn=take_terminal,  # noqa: PLW1509 -- no threads here
    )
    os.close(child)
    try:
        lines = _talk(parent, typed, guess=guess)
    finally:
        os.close(parent)
        if process.poll() is None:
            _end(process)
    return Screen(process.returncode, lines)


def _end(process: "subprocess.Popen[bytes]") -> None:
    # Closing the terminal hangs up; whoever does not go by that is stopped.
    try:
        process.wait(QUIET_S)
    except subprocess.TimeoutExpired:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()


def _talk(parent: int, typed: Sequence[Typed], *, guess: bool) -> list[tuple[str, str]]:
    lines: list[tuple[str, str]] = []
    before = None
    for line in typed:
        shown, ended = _shown(parent, _asked_after(before, line), guess=guess)
        lines += _after(shown, before)
        if ended:
            return lines
        before = line.text()
        os.write(parent, f"{before}\n".encode())
    shown, _ = _shown(parent, lambda _: False, guess=False)
    return lines + _after(shown, before)


def _asked_after(before: str | None, line: Typed) -> Callable[[str], bool]:
    return lambda shown: line.asked(_rest(shown, before))


def _shown(
    parent: int, asked: Callable[[str], bool], *, guess: bool
) -> tuple[str, bool]:
    """Read until a question stands there; also tells whether nothing more can come."""
    data = b""
    while True:
        patience = QUIET_S if guess and data.strip() else PATIENCE_S
        ready, _, _ = select.select([parent], [], [], patience)
        if not ready:
            return _text(data), not guess
        try:
            part = os.read(parent, 65536)
        except OSError:
            part = b""
        data += part
        if not part:
            return _text(data), True
        if asked(_text(data)):
            return _text(data), False


def _text(data: bytes) -> str:
    text = _CONTROLS.sub("", data.decode("utf-8", "replace"))
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _after(shown: str, typed: str | None) -> list[tuple[str, str]]:
    """Say what was typed, whether it could be seen, and what came after it."""
    lines = [("", line) for line in _rest(shown, typed).splitlines()]
    if typed is None:
        return lines
    return [(">" if shown.startswith(f"{typed}\n") else ">*", typed), *lines]


def _rest(shown: str, typed: str | None) -> str:
    if typed is None:
        return shown
    start = f"{typed}\n"
    return shown.removeprefix(start if shown.startswith(start) else "\n")


@contextmanager
def without_a_terminal() -> Iterator[None]:
    """Whoever runs the tests at a terminal is asked nothing."""
    really = os.open

    def opened(path: Any, *how: Any, **more: Any) -> int:
        if path == "/dev/tty":
            raise OSError(6, "No such device or address")
        return really(path, *how, **more)

    with patch.object(os, "open", opened):
        yield
