"""Is the man page whole, and does it say what it should once it is laid out?"""

import shutil
import subprocess
from pathlib import Path

import pytest

from credwallet.cli.app import COMMANDS
from credwallet.cli.helping.command_tree import every, options
from credwallet.cli.helping.help_layout import text_of
from credwallet.cli.helping.man_page import escaped, man_page
from credwallet.cli.helping.variables import VARIABLES
from credwallet.cli.output import MEANING
from tests.contract.code import PACKAGE

PAGE = Path(__file__).parents[2] / "completions" / "credwallet.1"
needs_groff = pytest.mark.skipif(
    not shutil.which("groff"), reason="there is no groff to lay the page out"
)


def laid_out(text: str) -> str:
    ran = subprocess.run(
        ["groff", "-man", "-ww", "-Tascii", "-P-cbou", "-rLL=100n"],
        input=text.encode(),
        capture_output=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, b"")
    return ran.stdout.decode("ascii")


def test_the_page_in_the_repository_is_fresh():
    """If this fails, run: python -m credwallet.cli.helping.baking."""
    assert PAGE.read_text(encoding="ascii") == man_page(every())


def test_the_sections_stand_in_the_usual_order():
    titles = [
        line[5:-1] for line in PAGE.read_text().splitlines() if line.startswith(".SH ")
    ]
    assert titles == [
        *("NAME", "SYNOPSIS", "DESCRIPTION", "COMMANDS", "EXIT STATUS"),
        *("ENVIRONMENT", "FILES", "EXAMPLES", "SEE ALSO"),
    ]


@needs_groff
def test_it_is_laid_out_without_a_warning_and_says_everything():
    text = laid_out(PAGE.read_text())
    joined = " ".join(text.split())
    for name in COMMANDS:
        assert f"credwallet {name} [OPTIONS]" in joined
    for path, command in every().items():
        for option in options(command):
            assert option.opts[0] in joined, path
        for example in text_of(command).examples:
            assert f"$ {' '.join(example.split())}" in joined, path
    for code, meaning in MEANING.items():
        assert f"{int(code)} {meaning}" in joined
    for name, meaning in VARIABLES.items():
        assert f"{name} {meaning}" in joined


@needs_groff
@pytest.mark.parametrize(
    "text",
    [
        ".hidden like a request",
        "'br like another",
        r"C:\new\fBbold\n[.x]",
        "--not-a-hyphen -x",
        'say "this" and `that` ^ ~',
        "\\",
    ],
)
def test_what_roff_would_take_for_its_own_is_printed_as_it_is(text: str):
    page = f".TH T 1\n.SH X\n{escaped(text)}\n"
    assert text in " ".join(laid_out(page).split())


@needs_groff
def test_a_warning_of_groff_is_noticed():
    with pytest.raises(AssertionError):
        laid_out(".TH T 1\n.SH X\n.nosuchrequest\n")


def test_every_variable_of_ours_that_the_code_reads_is_listed():
    found = set()
    for path in PACKAGE.rglob("*.py"):
        for word in path.read_text(encoding="utf-8").split('"'):
            if word.startswith("CREDWALLET_") and word.isupper():
                found.add(word)
    # Refused on purpose: what stands there would be seen by every program.
    assert found - {"CREDWALLET_PASSPHRASE"} <= set(VARIABLES)
