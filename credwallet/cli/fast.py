"""Answers that need no Typer: the version, all help, and completion.

Importing Typer takes five times as long as starting Python, so these are answered from
text that was made beforehand (`baked`, `baked_help.txt`) and that a test proves fresh.
"""

import os
import sys
from collections.abc import Mapping, Sequence

HELP = ("-h", "--help")
# Beside the wallet: the words that completion may offer without opening it.
INDEX = "completion.txt"
_MARK = "=== credwallet"


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
    if not argv:
        # Help that was asked for is the result; otherwise it is the complaint.
        sys.stderr.write(help_of(""))
        return 2
    if argv[0] == "_complete":
        from credwallet.cli.helping.offering import complete  # noqa: PLC0415 -- as above

        return _print("".join(f"{word}\n" for word in complete(argv[1:], environ)))
    path = None if "--json" in argv else asked_help(argv)
    return None if path is None else _print(help_of(path))


def asked_help(argv: Sequence[str]) -> str | None:
    """Say whose help a command line asks for.

    Args:
        argv: Arguments without the program's name.

    Returns:
        The path of a command, `""` for that of all, or None if none is asked for.

    """
    if not any(word in HELP for word in argv):
        return None
    *path, last = argv
    if last in HELP and not any(word[:1] == "-" for word in path):
        # The usual case, for which not even the options are looked up.
        name = " ".join(path)
        if help_of(name):
            return name
    from credwallet.cli.helping.offering import (  # noqa: PLC0415 -- start-up is a feature
        taken_apart,
        takes_arguments,
    )

    for index, word in enumerate(argv):
        if word == "--":
            return None
        if word in HELP:
            name, given, _, waiting = taken_apart(argv[:index])
            if waiting is None:
                known = not given or (name and takes_arguments(name))
                return name if known else None
    return None


def help_of(path: str) -> str:
    """Read the help of a command; nothing if there is no such command.

    Args:
        path: The words that call it, `""` for all of `credwallet`.

    """
    place = os.path.join(os.path.dirname(__file__), "baked_help.txt")  # noqa: PTH118, PTH120 -- pathlib costs more than all of this
    with open(place, "rb", buffering=0) as file:  # noqa: PTH123 -- as above
        text = file.read().decode()
    mark = f"{_MARK} {path}\n" if path else f"{_MARK}\n"
    start = 0 if text.startswith(mark) else text.find(f"\n{mark}") + 1
    if not start and path:
        return ""
    start += len(mark)
    end = text.find(f"\n{_MARK}", start) + 1
    return text[start : end or None]


def _print(text: str) -> int:
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except UnicodeEncodeError:
        # Names that this locale cannot spell are not offered.
        lines = text.splitlines(keepends=True)
        sys.stdout.write("".join(line for line in lines if line.isascii()))
    except BrokenPipeError:
        # The reader went away: nothing is left to say, and nothing to clean up.
        sys.stdout = None
    return 0
