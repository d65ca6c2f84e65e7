"""Is a block of a page true? It runs, parses, or is read by the command for it.

- `console`: all of a page are one transcript (`tests/cli/transcript.py`).
- `sh`: parses; without `no-run` beside `sh` it also runs, after those before it on the
  page, in a home with the badges of the demo, and ends with 0.
- `toml`, `csv`: the command that reads such a file takes it, without a warning.
- `json`, `ini`, `python`: parses.
"""

import ast
import configparser
import json
import re
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from tests.cli.runner import SAMPLES, Cli, new_wallet
from tests.cli.transcript import read_blocks, run_blocks
from tests.cli.transcript_home import Home
from tests.docs.pages import Block, Page

# What the blocks of pages find in their home, beside the wallet.
_FILES = ("badges", "documents", "documents.json", "certificate.toml")
_FORMAT = re.compile(r'format = "(credwallet-[a-z-]+)/\d+"')
# Which command reads a file of which format, with FILE for it.
_READERS: Mapping[str, Sequence[str]] = {
    "credwallet-qualification": ("qualification", "lint", "FILE"),
    "credwallet-offers": ("offer", "add", "FILE"),
    "credwallet-policy": ("policy", "show", "FILE"),
    "credwallet-what-if": (
        *("stack-progress", "--no-wallet", "--qualification"),
        *(str(SAMPLES / "certificate.toml"), "--what-if", "FILE"),
    ),
}


def converse(page: Page, folder: Path) -> int:
    """Run the `console` blocks of a page; returns the number of commands."""
    return run_blocks(read_blocks(page.text), folder, page.name)


def run_all(page: Page, folder: Path) -> int:
    """Run the `sh` blocks of a page that are to be run; returns their number.

    Raises:
        AssertionError: For the first one that fails, with what it printed.

    """
    blocks = [block for block in page.blocks if block.kind == "sh" and block.runs]
    home = Home(folder)
    try:
        home.fill()
        for name in _FILES:
            home.copy(name, "")
        for block in blocks:
            home.write("block.sh", ["set -eu", *block.lines])
            ran = home.run("sh block.sh; exit $?", (), None)
            assert ran.code == 0, f"{page.name}:{block.line}: {ran}"
    finally:
        home.end()
    return len(blocks)


def parse_sh(block: Block, _folder: Path) -> None:
    """Let `sh` parse a block."""
    ran = subprocess.run(
        ["sh", "-n"], input=block.text, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr


def read_rules(block: Block, folder: Path) -> None:
    """Let the command read a file that stands in a block."""
    found = _FORMAT.match(block.text)
    if found is None and block.kind == "toml":
        _read_settings(block, folder)
        return
    kind = found[1] if found else "credwallet-offers"
    path = folder / f"file.{block.kind}"
    path.write_text(block.text)
    new_wallet(folder)
    words = [str(path) if word == "FILE" else word for word in _READERS[kind]]
    ran = Cli(folder)(*words)
    assert ran.code == 0, ran.err
    assert "warning" not in ran.out + ran.err


def _read_settings(block: Block, folder: Path) -> None:
    """Read a config file; a key that is not known is a warning."""
    path = folder / "config.toml"
    path.write_text(block.text)
    path.chmod(0o600)
    ran = Cli(folder)("config", "list", env={"CREDWALLET_CONFIG": str(path)})
    assert (ran.code, ran.err) == (0, "")
    assert "file" in {row[2] for row in ran.rows}, ran.out


def _json(block: Block, _folder: Path) -> None:
    json.loads(block.text)


def _ini(block: Block, _folder: Path) -> None:
    configparser.ConfigParser(interpolation=None).read_string(block.text)


def _python(block: Block, _folder: Path) -> None:
    ast.parse(block.text)


def _nothing(_block: Block, _folder: Path) -> None:
    """Take it as it is."""


# How a block alone is tried, by its kind. A kind that stands nowhere here is refused.
TRIES: Mapping[str, Callable[[Block, Path], None]] = {
    "": _nothing,
    "text": _nothing,
    "console": _nothing,
    "sh": parse_sh,
    "toml": read_rules,
    "csv": read_rules,
    "json": _json,
    "ini": _ini,
    "python": _python,
}
