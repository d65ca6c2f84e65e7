"""Third-party vectors first: every row is answered as expected, or says why not."""

from pathlib import Path

import pytest

from credwallet.model.report import Outcome
from tests.verify import conformance
from tests.verify.manifest import KINDS, answer, contexts, report_on, rows
from tests.verify.on_purpose import ON_PURPOSE


@pytest.fixture(scope="module")
def answers(vectors: Path) -> dict[str, tuple[str, str, str]]:
    """Every row of the kinds of this release: kind, expectation, our answer."""
    known = contexts(vectors)
    return {
        row.id: (row.kind, row.expect, answer(report_on(row, known)))
        for row in rows(vectors, *KINDS)
    }


def test_every_row_is_answered_as_expected_or_stands_in_the_table(answers) -> None:
    wrong = {
        name: (expect, given)
        for name, (_, expect, given) in answers.items()
        if given != expect and name not in ON_PURPOSE
    }

    assert wrong == {}


def test_every_row_of_the_table_differs_as_the_table_says(answers) -> None:
    given = {name: answers[name][2] for name in ON_PURPOSE}

    assert given == {name: entry.given for name, entry in ON_PURPOSE.items()}


def test_no_row_of_the_table_agrees_with_the_expectation(answers) -> None:
    agreeing = [name for name in ON_PURPOSE if answers[name][1] == answers[name][2]]

    assert agreeing == []


def test_no_row_is_called_valid_that_others_call_bad(answers) -> None:
    accepted = [
        name
        for name, (_, expect, given) in answers.items()
        if given == "valid" and expect != "valid"
    ]

    assert accepted == []


def test_the_proof_fits_wherever_we_differ_only_about_issuer_or_list(
    vectors: Path,
) -> None:
    known = contexts(vectors)
    fitting = ("FOREIGN_KEY", "SELF_ASSERTED", "LIST_BY_ANOTHER", "LIST_NOT_GOOD")
    outcomes = {
        row.id: report.check("proof").outcome
        for row in rows(vectors, *KINDS)
        if row.id in ON_PURPOSE
        and ON_PURPOSE[row.id].reason in fitting
        and (report := report_on(row, known)) is not None
    }

    assert set(outcomes.values()) == {Outcome.PASSED}


def test_the_conformance_page_shows_this_run(vectors: Path) -> None:
    page = Path(__file__).parents[2] / "docs" / "conformance.md"

    assert page.read_text(encoding="utf-8") == conformance.page(vectors)
