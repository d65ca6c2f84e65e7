"""Is every page true, does every link lead somewhere, and can every page be found?"""

import os
import re
import shutil
from pathlib import Path

import pytest

from credwallet.cli.app import COMMANDS
from credwallet.cli.helping.command_tree import every
from credwallet.cli.helping.help_layout import text_of
from tests.contract.code import ROOT
from tests.docs import check
from tests.docs.naming import complaint, named
from tests.docs.pages import Page, page, pages
from tests.docs.trying import TRIES, converse, run_all

EACH = pytest.mark.parametrize("found", pages(), ids=lambda found: found.name)
BLOCKS = [(each, block) for each in pages() for block in each.blocks]
# They are read by machines: word for word.
DEMO = "pip install --quiet . && .venv/bin/credwallet demo"
TESTS = "pip install --quiet -e '.[dev]' && .venv/bin/pytest"
COMMANDS_OF_README = [
    (f"python3 -m venv .venv && .venv/bin/{rest}",) for rest in (DEMO, TESTS)
]
# Recipes that no transcript runs, each with what does.
RUN_ELSEWHERE = {
    "credwallet key remove old": "tests/cli/test_key.py",
    "credwallet share k7wq --as sd-jwt --reveal given_name,address.city,skills[0] \\": (
        "tests/cli/test_presenting.py"
    ),
}


def needs_jq() -> None:
    if not shutil.which("jq"):
        pytest.skip("jq is not installed here")


@EACH
def test_every_link_leads_to_a_file_and_to_a_heading_of_it(found: Page):
    known = {each.path: each for each in pages()}
    for link in found.links:
        target = found.path
        if link.path:
            target = Path(os.path.normpath(found.path.parent / link.path))
        assert target.exists(), link
        assert target.is_relative_to(ROOT), link
        if link.anchor:
            assert link.anchor in known[target].anchors, link


def test_every_page_can_be_reached_from_the_readme():
    reached, new = set(), {"README.md"}
    while new:
        reached |= new
        paths = {
            os.path.normpath(Path(name).parent / link.path)
            for name in new
            for link in page(name).links
            if link.path
        }
        # Of a folder its own page is shown.
        paths |= {f"{path}/README.md" for path in paths}
        new = paths & {each.name for each in pages()} - reached
    assert {each.name for each in pages()} - reached == set()


@pytest.mark.parametrize(
    ("found", "block"),
    BLOCKS,
    ids=[f"{each.name}:{block.line}" for each, block in BLOCKS],
)
def test_every_block_is_what_it_says(found: Page, block, tmp_path: Path):
    assert block.kind in TRIES
    TRIES[block.kind](block, tmp_path)


@pytest.mark.parametrize(
    "found",
    [each for each in pages() if any(b.kind == "console" for b in each.blocks)],
    ids=lambda found: found.name,
)
def test_every_session_on_a_page_is_true(found: Page, tmp_path: Path):
    pytest.importorskip("pty", reason="shells and terminals of POSIX")
    if "jq" in found.text:
        needs_jq()
    assert converse(found, tmp_path) > 0


@pytest.mark.parametrize(
    "found",
    [each for each in pages() if any(b.kind == "sh" and b.runs for b in each.blocks)],
    ids=lambda found: found.name,
)
def test_every_script_on_a_page_runs(found: Page, tmp_path: Path):
    needs_jq()
    assert run_all(found, tmp_path) > 0


@EACH
def test_every_command_that_a_page_names_is_there_with_these_options(found: Page):
    wrong = {call.line: complaint(call.words) for call in named(found)}
    assert {line: what for line, what in wrong.items() if what} == {}


def test_every_command_is_named_on_a_page():
    words = {
        word
        for each in pages()
        for call in named(each)
        for word in call.words.split()[:1]
    }
    assert set(COMMANDS) - words == set()


@EACH
def test_a_page_is_written_as_the_others_are(found: Page):
    assert "\u2014" not in found.text
    assert not re.search(r"\b(?:TODO|FIXME|XXX|TBD)\b", found.text)


def test_the_readme_fits_on_a_few_screens_and_keeps_its_two_commands():
    readme = page("README.md")
    assert readme.text.count("\n") <= 260
    lines = [b.lines for b in readme.blocks if not b.kind][:2]
    assert lines == COMMANDS_OF_README


def test_every_recipe_of_a_page_is_run_by_a_transcript_or_as_an_example_of_help():
    paths = (ROOT / "tests" / "cli").glob("*.txt")
    run = _at_once("\n".join(path.read_text("utf-8") for path in paths))
    run += "".join(
        f"\n$ {line}" for each in every().values() for line in text_of(each)[2]
    )
    lines = [
        line.partition(" #")[0].rstrip()
        for each in pages()
        for block in each.blocks
        if not block.kind
        for line in block.lines
        if line.startswith("credwallet") and "FILE" not in line
    ]
    assert len(lines) > 30
    assert {line for line in lines if f"$ {line}" not in run} == set(RUN_ELSEWHERE)


def _at_once(text: str) -> str:
    """Leave out what says on which terminal a command stands."""
    return re.sub(r"^\$ \[tty \d+\] ", "$ ", text, flags=re.MULTILINE)


def test_the_check_counts_what_it_looks_at():
    counts = check.counts()
    assert counts["pages"] == len(pages())
    assert counts["links"] > 100
    assert counts["console blocks"] >= 10
