"""Third-party vectors first: every row is answered as expected, or says why not."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from credwallet.model.report import Outcome
from tests.verify import conformance
from tests.verify.manifest import KINDS, answer, contexts, report_on, rows
from tests.verify.on_purpose import ON_PURPOSE

Answers = dict[str, tuple[str, str]]


@pytest.fixture(scope="module")
def answers(vectors: Path) -> Callable[[str], Answers]:
    """Run the rows of a kind, once: the expectation and our answer by id."""
    known = contexts(vectors)

    @cache
    def of(kind: str) -> Answers:
        return {
            row.id: (row.expect, answer(row, report_on(row, known)))
            for row in rows(vectors, kind)
        }

    return of


@pytest.mark.parametrize("kind", KINDS)
def test_every_row_is_answered_as_expected_or_stands_in_the_table(
    answers, kind: str
) -> None:
    wrong = {
        name: (expect, given)
        for name, (expect, given) in answers(kind).items()
        if given != (ON_PURPOSE[name].given if name in ON_PURPOSE else expect)
    }

    assert wrong == {}


@pytest.mark.parametrize("kind", KINDS)
def test_no_row_of_the_table_agrees_with_the_expectation(answers, kind: str) -> None:
    agreeing = [
        name
        for name, (expect, given) in answers(kind).items()
        if name in ON_PURPOSE and expect == given
    ]

    assert agreeing == []


@pytest.mark.parametrize("kind", KINDS)
def test_no_row_is_called_valid_that_others_call_bad(answers, kind: str) -> None:
    accepted = [
        name
        for name, (expect, given) in answers(kind).items()
        if given == "valid" and expect != "valid"
    ]

    assert accepted == []


def test_every_row_of_the_table_is_a_row_of_the_manifest(vectors: Path) -> None:
    names = {row.id for row in rows(vectors, *KINDS)}

    assert set(ON_PURPOSE) - names == set()


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
