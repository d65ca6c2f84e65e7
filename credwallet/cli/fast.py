"""Answers that need no Typer: the version, the root help, and completion.

Importing Typer takes five times as long as starting Python, so these are answered from
text that was made beforehand (`baked`) and that a test proves fresh.
"""

import sys
from collections.abc import Callable, Mapping, Sequence

HELP = ("-h", "--help")


def answer(argv: Sequence[str], environ: Mapping[str, str] | None = None) -> int | None:
    """Answer a command line if it is one of the quick ones.

    Args:
        argv: Arguments without the program's name.
        environ: For completion: where the wallet is.

    Returns:
        The exit code, or None if the command line is for the slow way.

    """
    if list(argv) == ["--version"]:
        from credwallet import __version__  # noqa: PLC0415 -- start-up is a feature

        return _print(f"credwallet {__version__}\n")
    if not argv or (len(argv) == 1 and argv[0] in HELP):
        from credwallet.cli.baked import ROOT_HELP  # noqa: PLC0415 -- as above

        # Help that was asked for is the result; otherwise it is the complaint.
        if not argv:
            sys.stderr.write(ROOT_HELP)
            return 2
        return _print(ROOT_HELP)
    if argv[0] == "_complete":
        return _print("".join(f"{word}\n" for word in complete(argv[1:], environ)))
    return None


def _print(text: str) -> int:
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader went away: nothing is left to say, and nothing to clean up.
        sys.stdout = None
    return 0


def complete(
    words: Sequence[str],
    environ: Mapping[str, str] | None = None,
    handles: Callable[[str, Mapping[str, str]], Sequence[str]] | None = None,
) -> list[str]:
    """Offer what may stand where the last word is being typed.

    Never unlocks, asks, fails or prints an error: at worst nothing is offered.

    Args:
        words: The words after `credwallet`, the last one unfinished (may be empty).
        environ: Where the wallet is (`CREDWALLET_HOME`), unless the words say it.
        handles: Finds the handles of the wallet in a folder without opening it.

    """
    from credwallet.cli.baked import (  # noqa: PLC0415 -- start-up is a feature
        COMMANDS,
        GLOBAL_OPTIONS,
        TAKES_HANDLES,
        TAKES_VALUE,
    )

    *before, current = words or [""]
    if before and before[-1] in TAKES_VALUE:
        return []  # the shell offers files
    path, values = _taken_apart(before, TAKES_VALUE)
    if not path:
        names = sorted(name for name in COMMANDS if " " not in name)
        offered = [*GLOBAL_OPTIONS, "--version", "--help"] if _dash(current) else names
        return _starting(offered, current)
    name = _command(path, COMMANDS)
    if _dash(current):
        options = (*COMMANDS.get(name, ()), "--help", *GLOBAL_OPTIONS)
        return _starting(options, current)
    inner = [
        key.rpartition(" ")[2] for key in COMMANDS if key.rpartition(" ")[0] == name
    ]
    if name in TAKES_HANDLES:
        environ = _environ() if environ is None else environ
        home = values.get("--home") or environ.get("CREDWALLET_HOME", "")
        # Beside credentials some commands take words that come first.
        first = inner if path == [name] else []
        return _starting([*first, *(handles or _handles)(home, environ)], current)
    return _starting(inner, current)


def _command(path: Sequence[str], commands: Mapping[str, object]) -> str:
    """Find the longest start of a path that is a command."""
    for length in range(len(path), 1, -1):
        if " ".join(path[:length]) in commands:
            return " ".join(path[:length])
    return path[0]


def _taken_apart(
    words: Sequence[str], takes_value: Sequence[str]
) -> tuple[list[str], dict[str, str]]:
    """Part the words of a path of commands from options and their values."""
    path: list[str] = []
    values: dict[str, str] = {}
    option = ""
    for word in words:
        name, equals, value = word.partition("=")
        if option:
            values[option], option = word, ""
        elif word in takes_value:
            option = word
        elif equals and name in takes_value:
            values[name] = value
        elif not _dash(word):
            path.append(word)
    return path, values


def _dash(word: str) -> bool:
    return word.startswith("-")


def _starting(words: Sequence[str], start: str) -> list[str]:
    return [word for word in words if word.startswith(start)]


def _environ() -> Mapping[str, str]:
    from os import environ  # noqa: PLC0415 -- read in the command line only

    return environ


def _handles(home: str, environ: Mapping[str, str]) -> Sequence[str]:
    from pathlib import Path  # noqa: PLC0415 -- start-up is a feature

    from credwallet import store  # noqa: PLC0415 -- as above
    from credwallet.errors import CredwalletError  # noqa: PLC0415 -- as above

    if not home:
        from credwallet.cli.settings import default_home  # noqa: PLC0415 -- as above

        home = str(default_home(environ))
    try:
        return store.handles_without_unlocking(Path(home))
    except CredwalletError:
        return ()
