"""Questions to the person at the terminal: confirmations and the passphrase.

A passphrase comes from `--passphrase-fd`, `--passphrase-command`, `--passphrase-file`
(also the environment's `CREDWALLET_PASSPHRASE_FILE`) or the terminal itself, which is
opened directly so that stdin may be a pipe and stdout stays clean. It is never an
argument, and never taken from the environment itself.
"""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from credwallet.errors import Locked, Usage

MAX_PASSPHRASE_BYTES = 1024 * 1024


def passphrase_from_file(name: str, stdin: TextIO) -> str:
    """Read a passphrase from a file, or from stdin for `-`; one final newline is cut.

    Args:
        name: Path, or `-`.
        stdin: The text stream to read for `-`.

    Raises:
        Locked: If the file cannot be read or is empty, or `-` is the terminal.

    """
    try:
        if name == "-":
            if stdin.isatty():
                raise Locked(
                    "--passphrase-file - reads a pipe, and stdin is the terminal",
                    next_step="leave it out to be asked for the passphrase",
                )
            buffer = getattr(stdin, "buffer", stdin)
            data = buffer.read(MAX_PASSPHRASE_BYTES + 1)
        else:
            with Path(name).open("rb") as file:
                data = file.read(MAX_PASSPHRASE_BYTES + 1)
    except OSError as error:
        raise Locked(
            f"the passphrase file {name} cannot be read: {error.strerror}",
            next_step="check --passphrase-file or CREDWALLET_PASSPHRASE_FILE",
        ) from None
    return _passphrase(data if isinstance(data, bytes) else data.encode(), name)


def passphrase_from_descriptor(descriptor: int) -> str:
    """Read a passphrase from an open file descriptor; one final newline is cut.

    Raises:
        Locked: If the descriptor is not open or gives nothing.

    """
    data = b""
    try:
        while len(data) <= MAX_PASSPHRASE_BYTES:
            part = os.read(descriptor, 65536)
            if not part:
                break
            data += part
    except OSError:
        raise Locked(
            f"no passphrase can be read from descriptor {descriptor}",
            next_step="open it for the command: --passphrase-fd 3 3<passphrase.txt",
        ) from None
    return _passphrase(data, f"descriptor {descriptor}")


def passphrase_from_command(command: str) -> str:
    """Run a command, without a shell, and read what it prints; one newline is cut.

    Its stdin is empty, since ours may hold a badge; its stderr is ours.

    Args:
        command: Words, quoted as in a POSIX shell.

    Raises:
        Usage: If the words cannot be told apart.
        Locked: If it cannot be run, fails or prints nothing.

    """
    import shlex  # noqa: PLC0415 -- lazily: few runs have a command
    import subprocess  # noqa: PLC0415 -- as above

    try:
        words = shlex.split(command)
    except ValueError:
        words = []
    if not words:
        raise Usage(
            "--passphrase-command holds no words, or a quote that is not closed",
            next_step="for example: --passphrase-command 'pass show credwallet'",
        )
    name = f"the passphrase command {words[0]}"
    try:
        with subprocess.Popen(  # noqa: S603 -- the learner's own words, without a shell
            words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE
        ) as process:
            data = (
                process.stdout.read(MAX_PASSPHRASE_BYTES + 1) if process.stdout else b""
            )
            if len(data) > MAX_PASSPHRASE_BYTES:
                process.kill()
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "no name of a program"
        raise Locked(
            f"{name} cannot be run: {why}",
            next_step="check --passphrase-command",
        ) from None
    if process.returncode and len(data) <= MAX_PASSPHRASE_BYTES:
        raise Locked(
            f"{name} failed with {process.returncode}",
            next_step="see what it says when you run it by itself",
        )
    return _passphrase(data, name)


def _passphrase(data: bytes, source: str) -> str:
    if len(data) > MAX_PASSPHRASE_BYTES:
        raise Locked(
            f"{source} is too large to be a passphrase",
            next_step="give a file that holds the passphrase alone",
        )
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise Locked(
            f"{source} is not UTF-8 text",
            next_step="give a file that holds the passphrase alone",
        ) from None
    text = text.removesuffix("\n").removesuffix("\r")
    if not text:
        raise Locked(
            f"{source} holds no passphrase",
            next_step="give a file that holds the passphrase alone",
        )
    return text


def readable_by_others(name: str) -> bool:
    """Tell whether people other than its owner may read a file; False if unknown."""
    try:
        mode = Path(name).stat().st_mode
    except OSError:
        return False
    return os.name == "posix" and stat.S_ISREG(mode) and bool(mode & 0o077)


def terminal_answer(question: str, *, hidden: bool) -> str:
    """Ask on the controlling terminal.

    Args:
        question: Our own words, with what stands behind them: a colon and a space.
        hidden: Whether what is typed is kept off the screen.

    Returns:
        One line, without its end; `""` if nothing was typed.

    Raises:
        Locked: If there is no terminal to ask on, or a hidden answer is not given.

    """
    # Without a terminal getpass would fall back to stdin and warn; refuse first.
    require_terminal()
    question = _laid_out(question)
    if hidden:
        import getpass  # noqa: PLC0415 -- loads termios; only when asked

        try:
            return getpass.getpass(question)
        except (EOFError, UnicodeDecodeError):
            raise Locked(
                "no passphrase was given", next_step="run it again and type it"
            ) from None
    reading, writing = _terminal_files()
    with writing.open("w") as out, reading.open() as answers:
        out.write(question)
        out.flush()
        return answers.readline().rstrip("\n")


def _laid_out(question: str) -> str:
    """Break the lines of a question between words, as wide as the terminal is."""
    from credwallet.cli.terminal.plain_text import wrap  # noqa: PLC0415 -- only when asked

    try:
        with _terminal_files()[1].open("w") as out:
            width = os.get_terminal_size(out.fileno()).columns
    except (OSError, ValueError):
        return question
    if not width:  # it does not say
        return question
    lines = []
    for line in question.split("\n"):
        bare = line.lstrip(" ")
        indent = " " * (len(line) - len(bare))
        end = " " if line.endswith(" ") else ""
        # The answer is typed behind the last line.
        room = max(20, width - len(indent) - len(end) - 1)
        broken = wrap(bare.rstrip(" "), room, whole=True)
        lines.append("\n".join(f"{indent}{part}" for part in broken or [""]) + end)
    return "\n".join(lines)


def _terminal_files() -> tuple[Path, Path]:
    names = ("CONIN$", "CONOUT$") if os.name == "nt" else ("/dev/tty", "/dev/tty")
    return Path(names[0]), Path(names[1])


class Page:
    """A page of the terminal for one secret: shown, asked back, gone.

    Args:
        dumb: The terminal understands no escape sequences: nothing can be wiped.

    """

    def __init__(self, *, dumb: bool) -> None:
        self._dumb = dumb

    def ask(self, text: str) -> str:
        """Show a text and read a line.

        Raises:
            Locked: If there is no terminal.

        """
        return terminal_answer(text, hidden=False)

    def say(self, text: str) -> None:
        """Show a text."""
        with _terminal_files()[1].open("w") as out:
            out.write(text)

    def wipe(self) -> None:
        """Clear the page."""
        self._control("\x1b[2J\x1b[3J\x1b[H")

    def turn(self) -> None:
        """Go to the other page of the terminal, which has no memory."""
        self._control("\x1b[?1049h\x1b[2J\x1b[H")

    def turn_back(self) -> None:
        """Go back to where the learner was."""
        self._control("\x1b[2J\x1b[?1049l")

    def _control(self, sequence: str) -> None:
        self.say("\n" if self._dumb else sequence)


@contextmanager
def passing_page(*, dumb: bool) -> Iterator[Page]:
    """Give a page of the terminal that leaves nothing behind to scroll back to.

    Args:
        dumb: The terminal has none: the text is shown where the cursor stands.

    Raises:
        Locked: If there is no terminal.

    """
    require_terminal()
    page = Page(dumb=dumb or os.name != "posix")
    page.turn()
    try:
        yield page
    finally:
        page.turn_back()


def require_terminal() -> None:
    """Make sure that there is a terminal to ask on.

    Raises:
        Locked: If there is none.

    """
    if os.name != "posix":
        return
    try:
        os.close(os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY))
    except OSError:
        raise Locked(
            "there is no terminal to ask for the passphrase on",
            next_step="give --passphrase-file FILE or --passphrase-fd N, or before it: "
            "credwallet unlock",
        ) from None


def no_terminal(flag: str) -> Usage:
    """Build the refusal for a question that nobody can answer."""
    return Usage(
        "this needs an answer, and there is no terminal to ask on",
        next_step=f"answer beforehand with {flag}",
    )
