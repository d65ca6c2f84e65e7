"""Runs of every command from which the answers come that the schemas are held against.

A story is a function that runs command lines in one wallet, in an order in which each
has something to work on.
"""

import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from credwallet.cli.app import COMMANDS, load
from tests.cli.runner import Cli
from tests.cli.test_json import RUNS, named
from tests.contract import test_offline


class Answer(NamedTuple):
    """What one command line printed with `--json`; `folder` is where its files lie."""

    path: str
    argv: tuple[str, ...]
    document: dict[str, Any]
    folder: Path


@cache
def paths() -> tuple[str, ...]:
    """Name every command and sub-command that answers by itself."""
    return tuple(
        path for name in COMMANDS for path in test_offline.leaves(load(name), name)
    )


def path_of(argv: Sequence[str]) -> str:
    """Name the command of a command line; `""` if it names none."""
    fits = (
        path for path in paths() if list(argv[: path.count(" ") + 1]) == path.split()
    )
    return max(fits, key=len, default="")


class Telling:
    """Runs command lines with `--json` and keeps what they print."""

    def __init__(self, cli: Cli, answers: list[Answer]) -> None:
        self.cli = cli
        self._answers = answers

    def __call__(self, *argv: object, **how: Any) -> Any:
        """Run `credwallet ARGV... --json`; returns its `data`."""
        words = tuple(map(str, argv))
        ran = self.cli(*words, "--json", **how)
        document = json.loads(ran.out)
        assert document["exitCode"] == ran.code
        folder = self.cli.folder
        self._answers.append(Answer(path_of(words), words, document, folder))
        return document["data"]


STORIES: list[Callable[[Telling], None]] = []


def story(told: Callable[[Telling], None]) -> Callable[[Telling], None]:
    """Put a story on the list."""
    STORIES.append(told)
    return told


def put(tell: Telling, name: str, text: str | bytes) -> Path:
    """Write a file beside the wallet."""
    path = tell.cli.folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def run_all(filled: Path, folder: Path) -> list[Answer]:
    """Run the table of `test_json`, with the wallet open and locked, and every story.

    Args:
        filled: A wallet with the samples; it is copied.
        folder: Where the copies go.

    """
    answers: list[Answer] = []
    for number, (argv, opened) in enumerate(_table_runs()):
        tell = Telling(_wallet(filled, folder / f"table-{number}"), answers)
        words = named(tell.cli.folder)
        env = {} if opened else {"CREDWALLET_PASSPHRASE_FILE": "/there/is/none"}
        tell(*(words.get(word, word) for word in argv), env=env)
    for told in STORIES:
        told(Telling(_wallet(filled, folder / told.__name__), answers))
    return answers


def _table_runs() -> Iterator[tuple[list[str], bool]]:
    for argv in RUNS.values():
        yield argv, True
        yield argv, False


def _wallet(filled: Path, folder: Path) -> Cli:
    folder.mkdir()
    shutil.copytree(filled, folder / "wallet")
    return Cli(folder)
