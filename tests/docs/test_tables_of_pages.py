"""Do the tables and lists of pages say what the tables of the code say?"""

import re
import tomllib

from credwallet.cli.checking.conditions import CONDITIONS
from credwallet.cli.helping.variables import VARIABLES
from credwallet.cli.output import GRAVEST_FIRST, MEANING, ExitCode
from credwallet.model.report import Outcome, Verdict
from credwallet.share import WAYS
from credwallet.verify import CHECKS
from tests.contract.code import ROOT
from tests.docs.pages import page, pages

TICKED = re.compile(r"`([^`]+)`")


def column(name: str, heading: str, number: int = 0) -> list[str]:
    """Return a column of the table whose first line starts with a heading."""
    text = page(name).text.split(f"\n| {heading} |", 1)[1].split("\n\n")[0]
    rows = [line.split("|")[1:-1] for line in text.split("\n")[2:]]
    return [row[number].strip() for row in rows if row]


def words(name: str) -> str:
    return " ".join(page(name).text.split())


def test_the_exit_codes_are_told_on_each_page_that_has_their_table():
    for name in ("README.md", "docs/scripting.md", "docs/errors.md", "docs/json.md"):
        cells = column(name, "code")
        if "| code | meaning | code |" in page(name).text:
            cells += column(name, "code", 2)
        told = [int(cell) for cell in cells]
        assert {*told, ExitCode.INTERRUPTED} == set(MEANING), name
        assert len(told) == len(set(told)), name
        assert "130" in page(name).text, name


def test_the_gravest_exit_code_is_told_rightly():
    order = ", ".join(str(int(code)) for code in GRAVEST_FIRST)
    for name in ("docs/scripting.md", "docs/errors.md"):
        assert f" {order}" in words(name), name


def test_the_conditions_of_check_are_told_in_the_words_of_the_code():
    names = [
        TICKED.findall(cell)[0] for cell in column("docs/scripting.md", "condition")
    ]
    assert [name.partition("=")[0] for name in names] == [*CONDITIONS, "none"]
    told = column("docs/scripting.md", "condition", 1)
    for condition, text in zip(CONDITIONS.values(), told, strict=False):
        assert text.startswith(condition.meaning)


def test_every_way_to_share_has_a_line():
    cells = column("docs/sharing.md", "`--as`")
    names = {name.split()[0] for cell in cells for name in TICKED.findall(cell)}
    assert names == set(WAYS)


def test_the_questions_of_a_report_are_told_in_their_order():
    names = [
        TICKED.findall(cell)[0] for cell in column("docs/verifying.md", "question")
    ]
    assert names == [question.ID for question in CHECKS]


def test_the_readme_has_every_verdict_and_every_answer():
    for word in (*Verdict, *Outcome):
        assert f"`{word.value}`" in words("README.md")


def test_the_readme_has_every_extra():
    with (ROOT / "pyproject.toml").open("rb") as file:
        extras = set(tomllib.load(file)["project"]["optional-dependencies"])
    told = words("README.md").split("Extras: ")[1].split(". ")[0]
    assert set(TICKED.findall(told)) == extras - {"dev"}


def test_every_variable_of_ours_is_told_of_on_a_page():
    ours = [name for name in VARIABLES if name.startswith("CREDWALLET_")]
    text = "\n".join(each.text for each in pages())
    assert [name for name in ours if name not in text] == []
