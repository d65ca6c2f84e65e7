"""Which commands does a page name, and are there such commands with such options?

Looked at are lines of code that call `credwallet`, code within sentences that does, and
such code that starts with a command's name and has an option.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from credwallet.cli.app import COMMANDS as TABLE
from credwallet.cli.baked import COMMANDS, EVERYWHERE
from tests.docs.pages import Page

# A call ends where a shell goes on to something else.
_CALL = re.compile(r"(?:^|[\s(;|/'\"`$])credwallet((?:\s+[^|;&()<>#`]*)?)")
_ALTERNATIVES = re.compile(r"[a-z-]+(?:[|/][a-z-]+)+")
_OPTION = re.compile(r"--[a-z][a-z-]*")
_SHORT = {"-h", "-q", "-y", "--help", "--version", "--yes"}
_SHELLS = ("", "console", "sh", "ini", "text")


class Named(NamedTuple):
    """What a page says that can be called: the words after `credwallet`, and where."""

    words: str
    line: int


def named(page: Page) -> Iterator[Named]:
    """Find everything on a page that calls a command."""
    for block in page.blocks:
        if block.kind in _SHELLS:
            yield from _calls(block.kind, block.lines, block.line)
    for line, code in page.words:
        first, _, rest = code.partition(" ")
        if first == "credwallet":
            yield Named(rest, line)
        elif first in TABLE and _OPTION.search(rest):
            yield Named(code, line)


def _calls(kind: str, lines: tuple[str, ...], first: int) -> Iterator[Named]:
    text = "\n".join(lines).replace("\\\n", "  ")
    for number, line in enumerate(text.split("\n")):
        if kind == "console" and not line.startswith(("$ ", "    ")):
            continue
        for found in _CALL.finditer(line.partition(" # ")[0]):
            yield Named(found[1].strip(), first + number + (kind != ""))


def complaint(words: str) -> str:
    """Say what is wrong with a call; "" if there is such a command."""
    rest = [word.strip("'\",.") for word in words.split()]
    while rest and rest[0].startswith("-"):
        if not _fits(rest[0], EVERYWHERE):
            return f"there is no option {rest[0]} for all commands"
        wants = f"{rest[0]}=" in EVERYWHERE.split()
        rest = rest[2 if wants else 1 :]
    if not rest or rest[0].isupper() or rest[0] in ("...", "WORDS"):
        return ""
    if "|" in rest[0] or not re.match(r"[a-z]", rest[0]):
        return f"{rest[0]} is no command"
    if rest[0] not in COMMANDS:
        return f"there is no command {rest[0]}"
    return _about(rest)


def _about(words: list[str]) -> str:
    path, rest = words[0], words[1:]
    while inner := _below(path):
        # What follows `share` may be a credential.
        if not rest or not re.match(r"[a-z]", rest[0]) or path == "share":
            break
        strange = set(re.split(r"[|/]", rest[0])) - inner
        if strange:
            return f"{path} has no {', '.join(sorted(strange))}"
        if _ALTERNATIVES.fullmatch(rest[0]):
            return ""
        path, rest = f"{path} {rest[0]}", rest[1:]
    if rest and f"{path} {rest[0]}" in COMMANDS:
        path, rest = f"{path} {rest[0]}", rest[1:]
    for word in rest:
        option = _OPTION.match(word)
        if option and not _fits(option[0], f"{COMMANDS[path]} {EVERYWHERE}"):
            return f"{path} has no option {option[0]}"
    return ""


def _below(path: str) -> set[str]:
    """Return the commands directly below one."""
    names = (name.split() for name in COMMANDS)
    return {name[-1] for name in names if name[:-1] == path.split()}


def _fits(option: str, table: str) -> bool:
    return option in {word.partition("=")[0] for word in table.split()} | _SHORT
