"""Is every command that a message names one that there is, with its options?"""

import ast
import re
from functools import cache
from typing import Any

import pytest

from credwallet.cli import app
from credwallet.cli.settings import split
from credwallet.errors import Usage
from tests.contract.code import ROOT, Module, modules

# A command, and what follows of it in the same text: words, options, capitals.
_NAMED = re.compile(
    r"(?<![\w/.'-])credwallet((?: (?:--?[a-z][a-z-]*|[a-z][a-z-]*(?![\w'/.]))"
    r"| (?:[A-Z][A-Z.]*|X|\.\.\.))+)"
)
# Generated text, and scripts for shells.
_SCRIPTS = ("cli/baked", "cli/completion.py")
# Words that follow the name of the program in a sentence.
_SENTENCE = {
    *("and", "as", "by", "can", "does", "for", "has", "in", "is", "it", "left"),
    *(
        "itself",
        "keeps",
        "knows",
        "made",
        "makes",
        "or",
        "prints",
        "reads",
        "than",
        "that",
    ),
    *("to", "went", "when", "which", "with", "works", "writes", "wrote", "your"),
}


def _texts(each: Module) -> list[tuple[int, str]]:
    """The texts of a module that people see; X stands for what is filled in."""
    inside = set()
    found = []
    for node in ast.walk(each.tree):
        if isinstance(node, ast.JoinedStr):
            inside |= {id(value) for value in node.values}
            parts = (
                str(value.value) if isinstance(value, ast.Constant) else "X"
                for value in node.values
            )
            found.append((node.lineno, "".join(parts)))
        elif (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in inside
        ):
            found.append((node.lineno, node.value))
    return found


def _commands() -> list[tuple[str, list[str]]]:
    found = []
    for each in modules():
        if each.name.startswith(_SCRIPTS):
            continue
        for line, text in _texts(each):
            for match in _NAMED.finditer(" ".join(text.split())):
                words = match[1].split()
                if words[0] not in _SENTENCE:
                    found.append((f"{each.name}:{line} {match[0]}", words))
    return found


@cache
def _root() -> Any:
    return app.root()


@cache
def _command(name: str) -> Any:
    return _root().get_command(None, name)


def _options(command: Any) -> set[str]:
    return {
        name
        for parameter in command.params
        for name in (*parameter.opts, *parameter.secondary_opts)
        if name.startswith("-")
    } | {"--help", "-h"}


def _wrong(words: list[str]) -> str:
    """Say what a command line names that there is not; `""` if all is there."""
    # Any value will do for what a reader is to fill in; 3 is one of a number, too.
    filled = [word if word.islower() else "3" for word in words]
    environ = {"CREDWALLET_CONFIG": ""}
    try:
        rest = list(split(filled, environ)[1])
    except Usage:
        # The value was filled in, or the sentence ends before it.
        rest = list(split([*filled, "3"], environ)[1])
    if not rest:
        return ""
    if rest[0].startswith("-"):
        return "" if rest[0] in ("--help", "-h", "--version") else rest[0]
    name = rest.pop(0)
    if name not in app.COMMANDS:
        return name if name.isalpha() else ""
    command = _command(name)
    inner = getattr(command, "commands", None) or {}
    if rest and rest[0] in inner:
        command = inner[rest.pop(0)]
    elif rest and inner and rest[0][0].isalpha():
        # `share` takes credentials, too; a group takes commands alone.
        return "" if name == "share" else rest[0]
    known = _options(command)
    return next((w for w in rest if w.startswith("-") and w not in known), "")


def test_commands_are_named_at_all():
    assert len(_commands()) > 150


def test_every_command_that_is_named_is_there_with_its_options():
    wrong = [
        f"{where}: {what}" for where, words in _commands() if (what := _wrong(words))
    ]
    assert wrong == []


def test_every_command_on_the_page_of_errors_is_there():
    text = (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")
    named = [line.split() for line in re.findall("`credwallet ([^`]+)`", text)]
    assert len(named) > 20
    assert [words for words in named if _wrong(words)] == []


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("lisst", "lisst"),
        ("list --colour", "--colour"),
        ("context ad", "ad"),
        ("context add X", ""),
        ("verify --refresh ID", ""),
        ("--offline verify X", ""),
    ],
)
def test_what_is_not_there_would_be_found(line: str, wrong: str):
    assert _wrong(line.split()) == wrong
