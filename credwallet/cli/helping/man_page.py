"""What does the man page say? Made from the commands and the tables, as roff.

The macros are those of man(7). No date and no version stand in it, so that it changes
only when what it describes does.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from credwallet.cli.app import COMMANDS, GLOBALS
from credwallet.cli.helping.command_tree import arguments, below
from credwallet.cli.helping.help_layout import (
    VERBATIM,
    meaning,
    name_of,
    option_rows,
    text_of,
    usage,
)
from credwallet.cli.helping.variables import VARIABLES
from credwallet.cli.output import MEANING

_WORDS = (
    "Keeps badges (Open Badges, Verifiable Credentials, learner records) as they were "
    "received, in one encrypted file that belongs to the learner. Verifies them, "
    "says what was checked and what was not, works out which qualifications they add "
    "up to, and hands them over."
)
_STREAMS = (
    "Results go to standard output, everything else to standard error. In a pipe each "
    "record is one line of values parted by tabs; with --json the output is one "
    "document. A credential is named by its handle, its identifier or its name."
)
_FILES = {
    "~/.local/share/credwallet/vault.db": "the wallet, encrypted; see --home",
    "~/.local/share/credwallet/backups/": "its latest automatic copies",
    "~/.local/share/credwallet/completion.txt": "words for completion: handles, or "
    "names too if you said so, or nothing",
    "~/.local/share/credwallet-profiles/": "the wallets of other profiles",
    "~/.local/state/credwallet/": "which state of a wallet was the latest one",
    "~/.config/credwallet/config.toml": "what you configured",
}
_FIRST = (
    "credwallet import badge.json",
    "credwallet list",
    "credwallet stack-progress",
    "credwallet help exit-codes",
)
_ALSO = (("crontab", "5"), ("jq", "1"), ("qrencode", "1"))
_SPECIAL = str.maketrans(
    {
        "\\": r"\e",
        "-": r"\-",
        "'": r"\(aq",
        "`": r"\(ga",
        "^": r"\(ha",
        "~": r"\(ti",
        '"': r"\(dq",
    }
)


def man_page(tree: Mapping[str, Any]) -> str:
    """Write the man page.

    Args:
        tree: Every command by its path.

    """
    lines = [
        '.\\" Made by: python -m credwallet.cli.helping.baking',
        '.TH CREDWALLET 1 "" credwallet "User Commands"',
        # No word is parted: what is copied out of the page has to work.
        ".nh",
        ".ad l",
        *_section("NAME"),
        r"credwallet \- keep, verify, stack and share your micro\-credentials",
        *_section("SYNOPSIS"),
        ".B credwallet",
        escaped("COMMAND [OPTIONS] [ARGUMENTS]"),
        *_section("DESCRIPTION"),
        escaped(_WORDS),
        ".PP",
        escaped(_STREAMS),
        ".PP",
        escaped(GLOBALS),
        *_section("COMMANDS"),
        *(line for path, each in tree.items() for line in _command(path, each)),
        *_section("EXIT STATUS"),
        *_terms((str(int(code)), text) for code, text in MEANING.items()),
        *_section("ENVIRONMENT"),
        *_terms(VARIABLES.items()),
        *_section("FILES"),
        *_terms(_FILES.items()),
        *_section("EXAMPLES"),
        *_examples(_FIRST),
        *_section("SEE ALSO"),
        *_also(),
    ]
    return "\n".join(lines) + "\n"


def escaped(text: str) -> str:
    """Write text so that roff prints it as it is.

    Args:
        text: One line.

    """
    line = text.translate(_SPECIAL)
    # At the start of a line a dot would be a request.
    return rf"\&{line}" if line.startswith(".") else line


def _also() -> Iterator[str]:
    last = len(_ALSO) - 1
    for index, (name, part) in enumerate(_ALSO):
        yield f".BR {name} ({part}){',' if index < last else ''}"


def _section(title: str) -> list[str]:
    return [f'.SH "{title}"']


def _command(path: str, command: Any) -> Iterator[str]:
    text = text_of(command)
    top = path in COMMANDS
    yield f'.SS "{escaped(usage(path, command))}"'
    yield escaped(text.summary)
    for paragraph in text.prose:
        yield from _paragraph(paragraph)
    rows = [(name_of(each), meaning(each)) for each in arguments(command)]
    yield from _terms([*rows, *option_rows(command)])
    # The examples of a group are those of what is below it.
    if text.examples and not (top and below(command) and not rows):
        yield ".PP"
        yield "Examples:"
        yield from _examples(text.examples)


def _paragraph(text: str) -> Iterator[str]:
    yield ".PP"
    if text.startswith(VERBATIM):
        yield ".nf"
        yield from map(escaped, text.removeprefix(VERBATIM).strip("\n").splitlines())
        yield ".fi"
    else:
        yield escaped(" ".join(text.split()))


def _terms(rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    for term, text in rows:
        yield ".TP"
        yield rf"\fB{escaped(term)}\fR"
        yield escaped(text)


def _examples(examples: Iterable[str]) -> Iterator[str]:
    yield ".PP"
    yield ".nf"
    yield ".RS 4"
    for example in examples:
        yield escaped(f"$ {example}")
    yield ".RE"
    yield ".fi"
