"""Does a report say the same as the errors that it was made of?"""

from datetime import UTC, datetime

import pytest

from credwallet.errors import Invalid, Undetermined
from credwallet.model.report import Check, Outcome, Problem, Verdict, VerificationReport
from tests.model.shapes import held


def test_a_problem_says_what_its_error_said():
    error = Invalid(
        "the signature does not fit",
        next_step="ask for a fresh copy",
        instance="/proof/0",
        type="signature",
    )
    assert Problem.of(error) == Problem(
        type="signature",
        title="the signature does not fit",
        detail="",
        instance="/proof/0",
        next_step="ask for a fresh copy",
    )


def test_an_error_without_a_kind_goes_by_its_class():
    assert Problem.of(Undetermined("offline")).type == "undetermined"


def test_verdicts_are_declared_from_the_gravest_to_the_best():
    assert list(Verdict) == [
        "malformed",
        "invalid",
        "revoked",
        "suspended",
        "expired",
        "not-yet-valid",
        "undetermined",
        "valid",
    ]


def test_a_check_is_found_by_its_name_and_an_unknown_name_is_an_error():
    report = VerificationReport(
        subject=held({}),
        at=datetime(2026, 1, 1, tzinfo=UTC),
        offline=True,
        checks=(Check("proof", Outcome.PASSED, "fits"),),
        verdict=Verdict.VALID,
    )
    assert report.check("proof").note == "fits"
    with pytest.raises(KeyError):
        report.check("weather")
