"""What may stand where the last word is being typed?

Answered from `baked` and from the completion index of the wallet, before anything is
loaded; nothing is unlocked, asked or printed beside the words, and at worst nothing is
offered.
"""

import os
from collections.abc import Callable, Mapping, Sequence

from credwallet.cli.baked import COMMANDS, EVERYWHERE
from credwallet.cli.fast import INDEX

_MOST_BYTES = 4 * 1024 * 1024
# What stands for a kind where the shell offers files.
FILE = "file"

# Finds the words of a kind in the wallet that these words and variables name.
Words = Callable[[str, Mapping[str, str], Mapping[str, str]], Sequence[str]]


def complete(
    words: Sequence[str],
    environ: Mapping[str, str] | None = None,
    kept: Words | None = None,
) -> list[str]:
    """Offer what may stand where the last word is being typed.

    Args:
        words: The words after `credwallet`, the last one unfinished (may be empty).
        environ: Where the wallet is, unless the words say it.
        kept: Finds words of a kind in the wallet without opening it.

    """
    *before, current = joined(words) or [""]
    path, given, values, waiting = taken_apart(before)
    start, offered = "", list[str]()
    if waiting is not None:
        kind = _options(path).get(waiting, "")
    elif current.startswith("-") and "=" in current:
        option, _, current = current.partition("=")
        start, kind = f"{option}=", _options(path).get(option, "")
    elif current.startswith("-"):
        return _starting((*_options(path), *_always(path)), current)
    else:
        # Beside credentials some commands take words that come first.
        offered = _below(path) if not given else []
        kind = _position(path, len(given))
    offered += _of_kind(kind, environ, values, kept)
    return [f"{start}{word}" for word in _starting(offered, current)]


def joined(words: Sequence[str]) -> list[str]:
    """Undo how bash parts `--sort=name` into three words."""
    found: list[str] = []
    for word in words:
        if word == "=" and found and found[-1].startswith("--"):
            continue
        found.append(word)
    if words and words[-1] == "=" and found and found[-1].startswith("--"):
        found.append("")
    return found


def taken_apart(
    words: Sequence[str],
) -> tuple[str, list[str], dict[str, str], str | None]:
    """Part words into the path of a command, its arguments, and options with values.

    Args:
        words: Whole words after `credwallet`.

    Returns:
        The path, the arguments, the options with their values, and the option that
        still waits for its value.

    """
    path, given, values = "", list[str](), dict[str, str]()
    option: str | None = None
    only_arguments = False
    for word in words:
        name, equals, value = word.partition("=")
        if option is not None:
            values[option], option = word, None
        elif only_arguments or not word.startswith("-") or word == "-":
            deeper = f"{path} {word}".strip()
            if not given and not only_arguments and deeper in COMMANDS:
                path = deeper
            else:
                given.append(word)
        elif word == "--":
            only_arguments = True
        elif takes_value(path, name):
            if equals:
                values[name] = value
            else:
                option = name
        else:
            values[name] = ""
    return path, given, values, option


def chosen(words: Sequence[str]) -> list[tuple[str, list[str]]]:
    """List the words of a command line that can be one of a few, with those few.

    Args:
        words: Whole words after `credwallet`.

    """
    path, given, values, _ = taken_apart(words)
    options = _options(path)
    kinds = [(value, options.get(name, "")) for name, value in values.items()]
    kinds += [(word, _position(path, index)) for index, word in enumerate(given)]
    return [(word, kind.split("|")) for word, kind in kinds if "|" in kind]


def takes_value(path: str, option: str) -> bool:
    """Say whether an option of a command, or of all of them, is followed by a value.

    Args:
        path: The command's words, such as `issuer trust`; `""` for the program.
        option: As it is typed, with its dashes and without a value.

    """
    marked = f"{option}="
    specification = f"{COMMANDS.get(path, '')} {EVERYWHERE}"
    return any(word.startswith(marked) for word in specification.split(" "))


def takes_arguments(path: str) -> bool:
    """Say whether a command takes anything by position."""
    return any(not word.startswith("-") for word in COMMANDS[path].split())


def _options(path: str) -> dict[str, str]:
    """List the long options of a command, with the kinds of their values."""
    specification = f"{COMMANDS.get(path, '')} {EVERYWHERE}" if path else EVERYWHERE
    options = (word for word in specification.split() if word.startswith("--"))
    return {name: kind for name, _, kind in (each.partition("=") for each in options)}


def _always(path: str) -> tuple[str, ...]:
    return ("--help",) if path else ("--version", "--help")


def _below(path: str) -> list[str]:
    start = f"{path} " if path else ""
    names = [name[len(start) :] for name in COMMANDS if name.startswith(start)]
    found = [name for name in names if " " not in name]
    return found if path else sorted(found)


def _position(path: str, index: int) -> str:
    words = [word for word in COMMANDS.get(path, "").split() if word[0] != "-"]
    if not words:
        return ""
    last = words[-1]
    if index >= len(words) and not last.endswith("..."):
        return ""
    return words[min(index, len(words) - 1)].removesuffix("...")


def _of_kind(
    kind: str,
    environ: Mapping[str, str] | None,
    values: Mapping[str, str],
    kept: Words | None,
) -> Sequence[str]:
    if kind.startswith("@"):
        environ = os.environ if environ is None else environ
        return (kept or _kept)(kind[1:], environ, values)
    return kind.split("|") if kind not in ("", FILE) else ()


def _starting(words: Sequence[str], start: str) -> list[str]:
    return [word for word in words if word.startswith(start)]


def _kept(
    kind: str, environ: Mapping[str, str], values: Mapping[str, str]
) -> Sequence[str]:
    """Read the words of a kind out of the wallet's index."""
    from credwallet.cli.helping.wallet_folder import folder_of  # noqa: PLC0415 -- as needed

    try:
        home = folder_of(environ, values)
        text = _index(home) if home else ""
        if text is None:
            return _handles(home) if kind == "handle" else ()
    except (OSError, ValueError):
        return ()
    start = f"{kind}\t"
    words = (line[len(start) :] for line in text.split("\n") if line.startswith(start))
    # The shell shows them as they are.
    return [word for word in words if word.isprintable()]


def _index(home: str) -> str | None:
    """Read the index of a wallet; None if it has none."""
    from credwallet.cli.helping.wallet_folder import read_regular  # noqa: PLC0415 -- as needed

    path = os.path.join(home, INDEX)  # noqa: PTH118 -- start-up is a feature
    try:
        return read_regular(path, _MOST_BYTES).decode("utf-8", "replace")
    except FileNotFoundError:
        return None


def _handles(home: str) -> Sequence[str]:
    """Read the handles out of a wallet that has no index, such as a read-only one."""
    from pathlib import Path  # noqa: PLC0415 -- start-up is a feature

    from credwallet import store  # noqa: PLC0415 -- as above
    from credwallet.errors import CredwalletError  # noqa: PLC0415 -- as above

    try:
        return store.handles_without_unlocking(Path(home))
    except CredwalletError:
        return ()
