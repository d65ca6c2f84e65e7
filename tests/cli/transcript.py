r"""Do commands print what a written session says? Runs `tests/cli/*.txt`, and Markdown.

A transcript is a file that a reader learns from. It runs in an empty home of its own:

    # A remark: what there is to learn.
    -- note.txt --            the lines below are this file, to the next `$ ` or `-- `
    @demo/badges              copy a sample of `credwallet demo` here
    @demo/certificate.toml diploma.toml               ... under another name
    @wallet                   a wallet with the five good badges of `credwallet demo`
    @env COLUMNS=100          set a variable from here on; `@env COLUMNS` takes it away
    @now 2026-12-24T09:00     stop the clock there (UTC); it starts on 2026-11-25, noon
    $ credwallet list         a command; what ends in `\`, `|`, `;`, `do` and the like
                              goes on in lines that start with four blanks
    k7wq  Cleaning Data       what it prints on stdout
    ! credwallet: hint: ...   what it prints on stderr
    ? 3                       its exit code, if that is not 0
    $ [tty 80] credwallet init        on a terminal of 80 columns, stderr among stdout
    Your passphrase:          a question
    > yes                     what is typed then; `>* secret` if it cannot be seen

Blanks at the end of lines do not count; all else does, but for `<date>`, `<time>`,
`<did>`, `<code>`, `<number>`, `<handle>`, `<word>` and `<any>`, which stand for any of
their kind. `<did:mine>` is the same wherever it stands, also in commands. A line `...`
stands for any lines. A printed line that would read as one of the above has `\` before
it. The home is called /home/ada.

`credwallet WORDS` runs in this process, also before `>FILE` or a pipe; any other line
runs by `sh`, whose `credwallet` does the same (see `transcript_command`). With typed
lines it is a process on a pseudo terminal, where the passphrase is asked for. Otherwise
the passphrase comes from the file `passphrase.txt` of the home.

    python -m tests.cli.transcript --update FILE...    writes what is printed now

In Markdown the blocks that are fenced with ```console are one transcript, in which each
command stands on a terminal of 80 columns (`console 100`: of 100; `console pipe`: on
none). What readers need not see stands before it in `<!-- transcript` ... `-->`, each
on a line of its own. `run_blocks(read_blocks(text), folder)` raises `Mismatch`, an
AssertionError; `update_blocks(text, folder)` returns the page with what is printed now.
"""

import argparse
import difflib
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.cli.transcript_format import (
    Item,
    as_written,
    blocks,
    cut,
    read,
    read_blocks,
)
from tests.cli.transcript_home import Home

__all__ = [
    "Mismatch",
    "read",
    "read_blocks",
    "run_blocks",
    "run_file",
    "update",
    "update_blocks",
]


class Mismatch(AssertionError):
    """A command did not print what its transcript says."""


def run_blocks(items: Sequence[Item], folder: Path, name: str = "") -> int:
    """Run a transcript and compare all that it prints.

    Args:
        items: From `read` or `read_blocks`.
        folder: Empty, for the home of the transcript.
        name: What to call it in a complaint.

    Returns:
        The number of commands.

    Raises:
        Mismatch: With the place and the difference, at the first command that printed
            anything else.

    """
    with _home(folder) as home:
        for item in items:
            if not item.is_command:
                _prepare(home, item)
                continue
            printed = _run(home, item)
            if not home.holes.match(item.expected, printed):
                raise Mismatch(
                    f"{name}:{item.line}\n{_difference(home, item, printed)}"
                )
    return sum(item.is_command for item in items)


def run_file(path: Path, folder: Path) -> int:
    """Run a file as `run_blocks` does."""
    return run_blocks(read(path.read_text("utf-8").splitlines()), folder, path.name)


def update(text: str, folder: Path) -> str:
    """Return a transcript with what is printed now; what still matches stays."""
    with _home(folder, guess=True) as home:
        return _ended(_updated(home, read(text.splitlines())))


def update_blocks(markdown: str, folder: Path) -> str:
    """Return a page with what its blocks print now."""
    lines = markdown.splitlines()
    new: list[str] = []
    at = 0
    with _home(folder, guess=True) as home:
        for block in blocks(lines):
            new += lines[at : block.first]
            part = lines[block.first : block.end]
            new += _updated(home, read(part, block.first + 1, block.columns))
            at = block.end
    return _ended([*new, *lines[at:]])


def _updated(home: Home, items: Iterable[Item]) -> Iterator[str]:
    for item in items:
        yield from item.head.split("\n")
        if not item.is_command:
            _prepare(home, item)
            yield from item.body
            continue
        printed = _run(home, item)
        if home.holes.match(item.expected, printed):
            yield from item.body
        else:
            yield from _kept(home, item, printed)
            yield from item.body[len(cut(item.body)) :]


def _ended(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


@contextmanager
def _home(folder: Path, *, guess: bool = False) -> Iterator[Home]:
    home = Home(folder, guess=guess)
    try:
        yield home
    finally:
        home.end()


def _prepare(home: Home, item: Item) -> None:
    word, _, rest = item.head.partition(" ")
    rest = rest.strip()
    if word == "--":
        lines = [line.removeprefix("\\") for line in cut(item.body)]
        home.write(rest.removesuffix("--").strip(), lines)
    elif word.startswith("@demo/"):
        home.copy(word.removeprefix("@demo/"), rest)
    elif word == "@wallet":
        home.fill()
    elif word == "@env":
        name, equals, value = rest.partition("=")
        home.set(name, value if equals else None)
    elif word == "@now":
        home.stop_the_clock(rest)


def _run(home: Home, item: Item) -> list[str]:
    """Run a command; returns what it printed as it would be written."""
    command, columns = item.command
    printed = home.run(command, item.expected, columns)
    out = [f"{mark} {line}" if mark else as_written(line) for mark, line in printed.out]
    err = [f"! {line}" for line in printed.err]
    code = [f"? {printed.code}"] if printed.code else []
    written = [home.general(line.rstrip()) for line in out]
    return [*cut(written), *[home.general(line.rstrip()) for line in err], *code]


def _kept(home: Home, item: Item, printed: Sequence[str]) -> list[str]:
    """Write printed lines as the expected ones that they match, with their holes."""
    old = [line for line in item.expected if line not in ("...", "! ...")]
    return [
        next(
            (line for line in old if home.holes.match([line], [new])),
            home.holes.general(new),
        )
        for new in printed
    ]


def _difference(home: Home, item: Item, printed: Sequence[str]) -> str:
    lines = difflib.unified_diff(
        item.expected, _kept(home, item, printed), "written", "printed", lineterm=""
    )
    return "\n".join([item.head, *lines])


def main() -> None:
    """Run the files that are named, or write what they print now."""
    parser = argparse.ArgumentParser(prog="python -m tests.cli.transcript")
    parser.add_argument("--update", action="store_true", help="write what is printed")
    parser.add_argument("files", nargs="+", type=Path)
    options = parser.parse_args()
    for path in options.files:
        text = path.read_text("utf-8")
        page = path.suffix == ".md"
        with tempfile.TemporaryDirectory(prefix="transcript-") as name:
            folder = Path(name)
            if options.update:
                path.write_text((update_blocks if page else update)(text, folder))
            elif page:
                run_blocks(read_blocks(text), folder, path.name)
            else:
                run_file(path, folder)


if __name__ == "__main__":
    main()
