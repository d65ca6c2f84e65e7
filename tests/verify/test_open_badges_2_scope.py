"""Where an issuer hosts its assertions: hosts are compared whole."""

from typing import Any

import pytest

from credwallet.model.report import Outcome, Verdict
from credwallet.verify.open_badges_2.scope import outside
from tests.verify.assertions import ISSUER, assertion, profile, types, verify, world

NOT_THERE = "https://a.example/i.json"


def scope(**verification: Any) -> dict[str, Any]:
    return profile(verification=verification)


@pytest.mark.parametrize(
    ("address", "verification"),
    [
        ("https://harbour.example/a", {}),
        ("https://harbour.example:443/a", {}),
        ("https://HARBOUR.example/a", {}),
        ("https://a.example/x", {"startsWith": "https://a.example"}),
        (
            "https://a.example/b/1",
            {"startsWith": ["https://c.example/", "https://a.example/b/"]},
        ),
        ("https://a.example/x?id=1", {"startsWith": "https://a.example/x?id="}),
        ("https://a.example/x", {"allowedOrigins": "a.example"}),
        ("https://a.example/x", {"allowedOrigins": ["b.example", "https://a.example"]}),
        ("https://a.example:8443/x", {"allowedOrigins": "a.example"}),
        (
            "https://a.example/b/1",
            {"allowedOrigins": "a.example", "startsWith": "https://a.example/b/"},
        ),
        (
            "https://a.example/x",
            {"allowedOrigins": "a.example", "verificationProperty": "id"},
        ),
    ],
)
def test_an_address_within_the_scope_is_the_issuers(address: str, verification) -> None:
    assert outside(address, ISSUER, scope(**verification)) is None


@pytest.mark.parametrize(
    ("address", "verification"),
    [
        ("https://harbour.example.evil.example/a", {}),
        ("https://evil.example/harbour.example", {}),
        ("https://harbour.example:8443/a", {}),
        ("https://harbour.example@evil.example/a", {}),
        ("https://evil.example\\@harbour.example/a", {}),
        ("https://harbour\u3002example/a", {}),
        ("https://a.example.evil/1", {"startsWith": "https://a.example"}),
        ("https://a.example@evil.example/1", {"startsWith": "https://a.example"}),
        ("https://a.example:1@evil.example/", {"startsWith": "https://a.example"}),
        ("http://a.example/1", {"startsWith": "https://a.example/"}),
        ("https://a.example/b/../c/1", {"startsWith": "https://a.example/b/"}),
        ("https://a.example/b/%2e%2e/c/1", {"startsWith": "https://a.example/b/"}),
        ("https://a.example/b/..%2fc/1", {"startsWith": "https://a.example/b/"}),
        ("https://a.example/b/%252e%252e/c", {"startsWith": "https://a.example/b/"}),
        ("https://a.example/1", {"startsWith": "https://"}),
        ("https://a.example/1", {"startsWith": "h"}),
        ("https://a.example/1", {"allowedOrigins": "example"}),
        ("https://xa.example/1", {"allowedOrigins": "a.example"}),
        ("https://a.example/1", {"allowedOrigins": "*"}),
        ("http://a.example/1", {"allowedOrigins": "https://a.example"}),
        (
            "https://a.example/c/1",
            {"allowedOrigins": "a.example", "startsWith": "https://a.example/b/"},
        ),
        ("https://a.example/1", {"startsWith": 7, "allowedOrigins": {}}),
        ("https://a.example:x/1", {"allowedOrigins": "a.example"}),
        ("https://[a.example/1", {"allowedOrigins": "a.example"}),
    ],
)
def test_an_address_outside_of_the_scope_is_not(address: str, verification) -> None:
    found = outside(address, ISSUER, scope(**verification))

    assert found is not None
    assert found.type == "out-of-scope"
    assert found.title.isascii()
    assert found.title.isprintable()


def test_a_badge_hosted_by_another_is_invalid() -> None:
    theirs = "https://evil.example/1.json"
    badge = assertion(id=theirs)

    found = verify(badge, world(**{theirs: badge}))

    assert found.check("proof").outcome is Outcome.PASSED
    assert types(found, "issuer") == {"out-of-scope"}
    assert found.verdict is Verdict.INVALID


def test_a_scope_that_is_not_about_the_id_is_not_guessed() -> None:
    issuer = scope(verificationProperty="uid", allowedOrigins="harbour.example")

    found = verify(assertion(), world(issuer=issuer))

    assert types(found, "issuer") == {"unknown-scope"}
    assert found.verdict is Verdict.UNDETERMINED
