"""Does the row of a credential say what was signed, and grow old correctly?"""

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credwallet.model.credential import Presentation
from credwallet.model.report import Check, Outcome, Verdict, VerificationReport
from credwallet.model.summary import (
    Summary,
    expiry,
    summary_again,
    summary_of,
    verdict_at,
)
from tests.model.shapes import DOCUMENTS, held

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
BADGE: dict[str, Any] = {
    "id": "urn:example:1",
    "name": "Cleaning Data",
    "type": ["VerifiableCredential", "OpenBadgeCredential"],
    "issuer": {"id": "did:example:issuer", "name": "Harbour College"},
    "validFrom": "2026-01-01T00:00:00Z",
    "validUntil": "2027-01-01T00:00:00Z",
    "credentialSubject": {
        "id": "did:example:learner",
        "result": [{"status": "Completed"}],
        "achievement": {
            "id": "urn:a",
            "name": "Cleaning",
            "creditsAvailable": 3,
            "alignment": [
                {"targetName": "Data", "targetUrl": "https://s/d", "targetCode": "D1"},
                {"targetName": "Data", "targetUrl": "https://s/d"},
            ],
        },
    },
}


def report(
    document: dict[str, Any], *, unsigned: tuple[str, ...] = ()
) -> VerificationReport:
    return VerificationReport(
        subject=held(document),
        at=NOW,
        offline=False,
        checks=(Check("structure", Outcome.PASSED),),
        verdict=Verdict.VALID,
        unsigned=unsigned,
    )


def test_a_row_holds_what_the_list_shows():
    summary = summary_of(report(BADGE), tags=["work"])
    assert summary.name == "Cleaning Data"
    assert (summary.issuer_id, summary.issuer_name) == (
        "did:example:issuer",
        "Harbour College",
    )
    assert summary.alignments == ("https://s/d", "D1")
    assert summary.skills == ("Data",)
    assert (summary.credits, summary.result_status) == ("3", "Completed")
    assert (summary.verdict, summary.checked_at) == (
        "valid",
        "2026-11-25T12:00:00+00:00",
    )
    assert tuple(summary.tags) == ("work",)


def test_a_badge_without_a_name_goes_by_its_achievement():
    assert summary_of(report({**BADGE, "name": None})).name == "Cleaning"


def test_nothing_that_is_unsigned_reaches_the_row():
    unsigned = ("/name", "/type/1", "/credentialSubject/achievement/creditsAvailable")
    summary = summary_of(report(BADGE, unsigned=unsigned))
    assert summary.name == "Cleaning"
    assert summary.types == ("VerifiableCredential",)
    assert summary.credits == ""


def test_a_new_report_leaves_the_learners_own_words_alone():
    before = summary_of(report(BADGE), tags=["work"])._replace(
        note="for the interview", trashed_at="2026-11-01T00:00:00Z", verdict="expired"
    )
    again = summary_again(report(BADGE), before)
    assert again.verdict == "valid"
    assert (tuple(again.tags), again.note, again.trashed_at) == (
        ("work",),
        "for the interview",
        "2026-11-01T00:00:00Z",
    )


def test_a_presentation_has_no_row():
    presentation = Presentation(
        raw=b"", media_type="", format="json-ld", document={}, credentials=()
    )
    with pytest.raises(TypeError):
        summary_of(report(BADGE)._replace(subject=presentation))


@given(DOCUMENTS, st.lists(st.text(max_size=6), max_size=2))
def test_any_document_makes_a_row_of_json_values(
    document: dict[str, Any], unsigned: list[str]
):
    summary = summary_of(report(document, unsigned=tuple(unsigned)))
    again = Summary(*json.loads(json.dumps(summary)))
    assert again.name == summary.name
    assert list(again.types) == list(summary.types)


def row(**changes: Any) -> Summary:
    return summary_of(report(BADGE))._replace(**changes)


@pytest.mark.parametrize("verdict", ["valid", "undetermined", "not-yet-valid"])
def test_a_badge_whose_end_has_come_since_is_expired(verdict: str):
    summary = row(verdict=verdict, valid_until="2026-11-25T12:00:00Z")
    assert verdict_at(summary, NOW - timedelta(seconds=1)) == verdict
    assert verdict_at(summary, NOW) == "expired"


@pytest.mark.parametrize(
    "verdict", ["malformed", "invalid", "revoked", "suspended", "expired"]
)
def test_time_alone_changes_no_graver_verdict(verdict: str):
    summary = row(verdict=verdict, valid_until="2020-01-01T00:00:00Z")
    assert verdict_at(summary, NOW) == verdict


def test_a_badge_without_an_end_never_expires():
    assert verdict_at(row(valid_until=""), datetime.max.replace(tzinfo=UTC)) == "valid"


@pytest.mark.parametrize("text", ["soon", "2026-13-01T00:00:00Z", "2026", "\x00"])
def test_an_end_that_is_no_date_changes_nothing(text: str):
    assert expiry(row(valid_until=text)) is None
    assert verdict_at(row(valid_until=text), NOW) == "valid"


def test_a_date_without_zone_is_read_as_utc():
    assert expiry(row(valid_until="2026-11-25T12:00:00")) == NOW


def test_zones_are_compared_as_moments():
    summary = row(valid_until="2026-11-25T14:00:00+02:00")
    assert verdict_at(summary, NOW) == "expired"
    elsewhere = NOW.astimezone(timezone(timedelta(hours=-8))) - timedelta(seconds=1)
    assert verdict_at(summary, elsewhere) == "valid"


@given(
    st.text(max_size=30)
    | st.datetimes(timezones=st.just(UTC)).map(lambda moment: moment.isoformat()),
    st.datetimes(timezones=st.just(UTC)),
)
def test_the_verdict_at_any_moment_is_the_kept_one_or_expired(text: str, at: datetime):
    summary = row(valid_until=text)
    until = expiry(summary)
    expected = "expired" if until is not None and until <= at else "valid"
    assert verdict_at(summary, at) == expected
