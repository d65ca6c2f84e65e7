"""Is it valid at this time?"""

from datetime import UTC, datetime, timedelta

import pytest

from credwallet.errors import Invalid
from credwallet.model.report import Verdict
from credwallet.verify import dates
from tests.samples import make
from tests.verify.badges import KID, NORTHLIGHT, harbour, northlight_documents, report
from tests.verify.badges import unsigned as unsigned_badge

UNTIL = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("offset_s", "verdict"),
    [(-172800, "valid"), (59, "valid"), (60, "expired"), (172800, "expired")],
)
def test_it_expires_a_minute_after_valid_until(offset_s, verdict) -> None:
    badge = harbour(validUntil="2026-03-01T00:00:00Z")

    found = report(badge, at=UNTIL + timedelta(seconds=offset_s))

    assert found.verdict == verdict


@pytest.mark.parametrize(
    ("offset_s", "verdict"), [(-61, "not-yet-valid"), (-60, "valid"), (0, "valid")]
)
def test_it_begins_a_minute_before_valid_from(offset_s, verdict) -> None:
    # The proof is from nine in the morning of the same day.
    begins = datetime(2026, 2, 1, 10, 0, tzinfo=UTC)
    badge = harbour(validFrom="2026-02-01T10:00:00Z")

    assert report(badge, at=begins + timedelta(seconds=offset_s)).verdict == verdict


def test_a_proof_from_the_future_is_not_yet_valid() -> None:
    at = datetime(2026, 2, 1, 8, 0, tzinfo=UTC)

    assert report(harbour(), at=at).verdict is Verdict.NOT_YET_VALID


@pytest.mark.parametrize(
    ("claims", "verdict"),
    [
        ({}, "valid"),
        ({"exp": 1772323200}, "expired"),
        ({"nbf": 4102444800}, "not-yet-valid"),
    ],
)
def test_the_claims_of_a_token_count_too(claims, verdict) -> None:
    document = unsigned_badge(issuer=NORTHLIGHT) | claims
    token = make.jwt(document, make.NORTHLIGHT_KEY, KID)

    assert report(token, documents=northlight_documents()).verdict == verdict


@pytest.mark.parametrize("claim", ["1772323200", True, 10**300, [], None])
def test_an_expiry_claim_that_is_no_number_is_never_valid(claim) -> None:
    document = unsigned_badge(issuer=NORTHLIGHT) | {"exp": claim}
    token = make.jwt(document, make.NORTHLIGHT_KEY, KID)

    found = report(token, documents=northlight_documents())

    assert found.verdict in (Verdict.INVALID, Verdict.MALFORMED)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-01T00:00:00Z", datetime(2026, 3, 1, tzinfo=UTC)),
        ("2026-03-01T02:00:00+02:00", datetime(2026, 3, 1, tzinfo=UTC)),
        ("2026-02-28T24:00:00Z", datetime(2026, 3, 1, tzinfo=UTC)),
        ("2026-03-01T00:00:00.5Z", datetime(2026, 3, 1, 0, 0, 0, 500000, UTC)),
        ("2024-02-29T00:00:00Z", datetime(2024, 2, 29, tzinfo=UTC)),
    ],
)
def test_dates_of_the_standard_are_read(text, expected) -> None:
    assert dates.parse(text, zone_required=True, pointer="") == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-03-01",
        "2026-03-01T00:00:00",
        "2026-13-01T00:00:00Z",
        "2025-02-29T00:00:00Z",
        "2026-03-01T25:00:00Z",
        "2026-03-01T24:00:01Z",
        "2026-W01-1T00:00:00Z",
        "20260301T000000Z",
        "2026-03-01 00:00:00Z",
        "2026-03-01T00:00:00+15:00",
        "2026-03-01T00:00:00z",
        "99999-03-01T00:00:00Z",
        "\u0662\u0660\u0662\u0666-03-01T00:00:00Z",
        "2026-03-01T00:00:00Z ",
    ],
)
def test_other_texts_are_no_dates(text) -> None:
    with pytest.raises(Invalid):
        dates.parse(text, zone_required=True, pointer="")
