"""What follows from the answers: the verdict, and that every question is reported."""

import pytest

from credwallet.model.report import Check, Outcome, Problem, Verdict
from credwallet.verify import CHECKS, verdict_of
from tests.verify.badges import harbour, report

IDS = ["structure", "proof", "issuer", "validity", "status", "subject"]
IDS += ["endorsements", "refresh"]


def checks(**outcomes: str) -> list[Check]:
    found = []
    for name in IDS:
        outcome, _, type_ = outcomes.get(name, "passed").partition(":")
        problems = (Problem(type_ or "x", "why"),) if outcome == "failed" else ()
        found.append(Check(name, Outcome(outcome), "", problems))
    return found


def test_the_questions_stand_in_the_order_of_the_design() -> None:
    assert [question.ID for question in CHECKS] == IDS


def test_a_report_answers_every_question_also_when_the_first_fails() -> None:
    found = report(harbour() | {"type": ["Other"]})

    assert [check.id for check in found.checks] == IDS
    assert found.verdict is Verdict.MALFORMED
    assert found.check("proof").outcome is Outcome.SKIPPED


@pytest.mark.parametrize(
    ("outcomes", "verdict"),
    [
        ({}, "valid"),
        ({"structure": "failed", "proof": "failed"}, "malformed"),
        ({"proof": "failed", "status": "failed:revoked"}, "invalid"),
        ({"issuer": "failed", "validity": "failed:expired"}, "invalid"),
        ({"status": "failed:revoked", "validity": "failed:expired"}, "revoked"),
        ({"status": "failed:suspended"}, "suspended"),
        ({"validity": "failed:expired", "status": "unknown"}, "expired"),
        ({"validity": "failed:not-yet-valid"}, "not-yet-valid"),
        ({"validity": "failed:date"}, "invalid"),
        ({"status": "unknown"}, "undetermined"),
        ({"issuer": "unknown"}, "undetermined"),
        ({"status": "skipped"}, "valid"),
        ({"subject": "failed"}, "valid"),
        ({"subject": "unknown", "endorsements": "failed"}, "valid"),
    ],
)
def test_the_first_rule_that_applies_gives_the_verdict(outcomes, verdict) -> None:
    assert verdict_of(checks(**outcomes)) == verdict
