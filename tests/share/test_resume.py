"""The entries of a JSON Resume say what the credentials say, and fit its schema."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credwallet.errors import Usage
from credwallet.share import resume
from credwallet.share.handover import Kept, Request
from tests.receivers import ask, require
from tests.share.badges import credential, jwt

# As the schema 1.3.1 writes it.
ISO_8601 = re.compile(
    r"^([1-2][0-9]{3}-[0-1][0-9]-[0-3][0-9]|[1-2][0-9]{3}-[0-1][0-9]|[1-2][0-9]{3})$"
)


def entries(*badges, **request) -> list[dict[str, str]]:
    made = resume.hand_over(badges, Request(**request))
    (file,) = made.files
    assert (file.name, file.media_type) == ("certificates.json", "application/json")
    assert made.notes
    document = json.loads(file.content)
    assert list(document) == ["certificates"]
    return document["certificates"]


def judged(badge, verdict: str) -> dict[bytes, Kept]:
    return {
        badge.raw: Kept(verdict=verdict, checked_at="2026-11-20T10:00:00+00:00"),
    }


def test_an_entry_has_name_date_and_issuer_as_written():
    assert entries(credential()) == [
        {
            "name": "Zażółć gęślą jaźń: 100% & more?",
            "date": "2026-03-31",
            "issuer": "Example & Sons #1",
        }
    ]


def test_several_credentials_stand_in_one_file_in_their_order():
    other = credential({"validFrom": "2020-05-01T00:00:00Z"})
    assert [entry["date"] for entry in entries(other, jwt())] == [
        "2020-05-01",
        "2026-03-31",
    ]


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2026", "2026"),
        ("2026-03", "2026-03"),
        ("2026-03-31", "2026-03-31"),
        ("2026-03-31T23:30:00-05:00", "2026-03-31"),
        ("2026-13-01", None),
        ("2026-03-32", None),
        ("20260331", None),
        ("0999-01-01", None),
        ("x", None),
        (7, None),
    ],
)
def test_a_date_that_the_schema_does_not_know_is_left_out(written, date):
    (entry,) = entries(credential({"validFrom": written}))
    assert entry.get("date") == date
    assert date is None or ISO_8601.match(date)


def test_an_address_only_on_request_and_for_one_only():
    assert "url" not in entries(credential())[0]
    address = "https://issuer.example/7"
    assert entries(credential(), certificate_url=address)[0]["url"] == address
    with pytest.raises(Usage, match="several"):
        entries(credential(), jwt(), certificate_url=address)
    with pytest.raises(Usage, match="no web address"):
        entries(credential(), certificate_url="javascript:alert(1)")


@pytest.mark.parametrize("verdict", ["expired", "revoked", "invalid", "not-yet-valid"])
def test_what_is_not_good_says_so_in_its_name(verdict):
    badge = credential()
    request = {"kept": judged(badge, verdict)}
    (entry,) = entries(badge, **request)
    said = f"({verdict.replace('-', ' ')} when checked on 2026-11-20)"
    assert entry["name"].endswith(said)
    assert said.strip("()") in [
        item.value for item in resume.discloses(badge, Request(**request))
    ]


@pytest.mark.parametrize("verdict", ["valid", "undetermined", ""])
def test_what_is_good_needs_no_word(verdict):
    badge = credential()
    (entry,) = entries(badge, kept=judged(badge, verdict))
    assert entry["name"].endswith("more?")


def test_only_the_entry_leaves():
    listed = resume.discloses(credential(), Request(certificate_url="https://x.y/"))
    assert [item.path for item in listed] == [
        "/issuer/name",
        "/validFrom",
        "/credentialSubject/achievement/name",
        "",
    ]


def test_a_name_with_control_characters_becomes_one_line():
    name = "A\x00\x1b[31mB\n\u202eC"
    badge = credential({"credentialSubject": {"achievement": {"name": name}}})
    assert entries(badge)[0]["name"] == "A [31mB C"


@given(st.text(max_size=50), st.text(max_size=50), st.text(max_size=30))
def test_whatever_a_credential_says_the_rules_of_the_schema_hold(name, issuer, date):
    badge = credential(
        {
            "credentialSubject": {"achievement": {"name": name}},
            "issuer": {"name": issuer},
            "validFrom": date,
        }
    )
    (entry,) = entries(badge)
    assert set(entry) <= {"name", "date", "issuer"}
    assert all(isinstance(value, str) and value for value in entry.values())
    assert ISO_8601.match(entry.get("date", "2026"))


def test_the_schema_of_json_resume_accepts_it():
    require("@jsonresume/schema")
    made = {
        "certificates": [
            *entries(credential(), jwt(), credential({"validFrom": "2020"})),
            *entries(credential(), certificate_url="https://issuer.example/7?a=b#c"),
        ]
    }
    assert ask("resume.mjs", {"resume": made})["errors"] == []
    wrong = {"certificates": [{"name": 7, "date": "31.3.2026"}]}
    assert ask("resume.mjs", {"resume": wrong})["errors"]
