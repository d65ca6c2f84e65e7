"""Makes everything that is made from the commands, so that nothing is loaded for it.

`baked.py` holds what completion offers, `baked_help.txt` the help of every command, and
the folder `completions` of the repository the scripts and the man page. After a change
of a command's name, words or flags run `python -m credwallet.cli.helping.baking`; a
test compares the results with the files.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from credwallet.cli.app import COMMANDS, GLOBALS, SECTIONS
from credwallet.cli.completion import SCRIPTS
from credwallet.cli.configuring.keys import KEYS
from credwallet.cli.help import TOPICS
from credwallet.cli.helping.command_tree import arguments, every, options
from credwallet.cli.helping.help_layout import help_text, wrapped
from credwallet.cli.helping.man_page import man_page
from credwallet.cli.helping.word_kinds import of_argument, of_option
from credwallet.cli.settings import FLAGS, VALUES

HERE = Path(__file__).parents[1]
COMPLETIONS = HERE.parents[1] / "completions"
MARK = "=== credwallet"
_HEAD = '''"""Made by `python -m credwallet.cli.helping.baking`; do not edit.

For each command what stands at its positions, then its options: the kind of the word
is `@` and a kind of the wallet's index, choices, or `file`; `=` means that a value
follows.
"""

# ruff: noqa: E501 -- the choices of an option stay in one piece

'''


def root_help() -> str:
    """Write the help of `credwallet` itself."""
    lines = [
        "Usage: credwallet COMMAND [ARGUMENTS]",
        "",
        "Your own wallet for micro-credentials: keep, verify, stack and share them.",
        "",
        "  credwallet import badge.json      verify a badge and keep it",
        "  credwallet stack-progress         see what your badges add up to",
        "  credwallet share ID --qr          hand one over",
        "  credwallet demo                   see it at work, in a throw-away wallet",
        "",
        *_sections(),
        "",
        *wrapped(GLOBALS, after="  "),
        "",
        "More on a command: credwallet COMMAND --help. Version: credwallet --version.",
        f"Topics: credwallet help {'|'.join(TOPICS)}.",
    ]
    return "\n".join(lines) + "\n"


def _sections() -> Iterator[str]:
    width = max(map(len, COMMANDS)) + 2
    for name, entry in COMMANDS.items():
        if name in SECTIONS:
            # The first stands below an empty line already.
            yield from ([] if name == next(iter(COMMANDS)) else [""])
            yield f"{SECTIONS[name]}:"
        yield f"  {name:<{width}}{entry.summary}"


def all_help(tree: Mapping[str, Any]) -> str:
    """Write the help of every command, each after a line with its path.

    Args:
        tree: Every command by its path.

    """
    sections = [f"{MARK}\n{root_help()}"]
    sections += [
        f"{MARK} {path}\n{help_text(path, each)}" for path, each in tree.items()
    ]
    return "".join(sections)


def source(tree: Mapping[str, Any]) -> str:
    """Write the whole of `baked.py`, laid out as the formatter would.

    Args:
        tree: Every command by its path.

    """
    everywhere = [name for name in (*FLAGS, *VALUES) if name.startswith("--")]
    words = " ".join(map(_everywhere, everywhere))
    lines = [*_assigned("EVERYWHERE = ", words, ""), "", "COMMANDS = {"]
    for path, command in tree.items():
        text = " ".join(_words(path, command))
        lines += [f"    {line}" for line in _assigned(f'"{path}": ', text, ",")]
    return _HEAD + "\n".join([*lines, "}", ""])


def _everywhere(name: str) -> str:
    if name not in VALUES:
        return name
    key = KEYS.get(name.removeprefix("--"))
    return f"{name}={'|'.join(key.allowed) if key else ''}"


def _words(path: str, command: Any) -> list[str]:
    found = []
    for argument in arguments(command):
        kind = of_argument(path, argument) or "file"
        found.append(kind if argument.nargs == 1 else f"{kind}...")
    named = []
    for option in options(command):
        kind = "" if option.is_flag else f"={of_option(path, option)}"
        named += [f"{name}{kind}" for name in (*option.opts, *option.secondary_opts)]
    return [*found, *sorted(named)]


# What the formatter leaves on one line, with an indent and a comma.
_LINE = 83


def _assigned(start: str, text: str, end: str) -> list[str]:
    if len(start) + len(text) + 2 <= _LINE:
        return [f"{start}{json.dumps(text)}{end}"]
    lines: list[str] = []
    room = ""
    for word in text.split(" "):
        if len(room) + len(word) + 1 > _LINE - 8 and room:
            lines.append(f"    {json.dumps(room)}")
            room = ""
        room += f"{word} "
    lines.append(f"    {json.dumps(room.rstrip())}")
    return [f"{start}(", *lines, f"){end}"]


def everything() -> dict[Path, str]:
    """Make all that is made from the commands: the text of each file."""
    tree = every()
    made = {
        HERE / "baked.py": source(tree),
        HERE / "baked_help.txt": all_help(tree),
        COMPLETIONS / "credwallet.1": man_page(tree),
    }
    return made | {
        COMPLETIONS / f"credwallet.{ending}": script
        for ending, (_, script) in SCRIPTS.items()
    }


def main() -> None:
    """Rewrite the files; those of the repository only if there is one."""
    for path, text in everything().items():
        if path.parent.is_dir():
            path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
