"""The address of the form says exactly what the credential says, percent-encoded."""

from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credwallet.errors import Usage
from credwallet.share import linkedin
from credwallet.share.handover import Request
from tests.share.badges import credential, jwt


def form(badge, **request) -> dict[str, str]:
    (address,) = linkedin.hand_over((badge,), Request(**request)).links
    parts = urlsplit(address)
    assert (parts.scheme, parts.netloc) == ("https", "www.linkedin.com")
    assert (parts.path, parts.fragment) == ("/profile/add", "")
    pairs = parse_qsl(parts.query, strict_parsing=True, keep_blank_values=True)
    assert len(dict(pairs)) == len(pairs)
    return dict(pairs)


def test_every_field_is_filled_in_as_written():
    assert form(credential()) == {
        "startTask": "CERTIFICATION_NAME",
        "name": "Zażółć gęślą jaźń: 100% & more?",
        "organizationName": "Example & Sons #1",
        "issueYear": "2026",
        "issueMonth": "3",
        "expirationYear": "2029",
        "expirationMonth": "12",
    }
    assert form(jwt()) == form(credential())


def test_spaces_and_signs_are_percent_encoded():
    (address,) = linkedin.hand_over((credential(),), Request()).links
    assert "&name=Za%C5%BC%C3%B3%C5%82%C4%87%20g" in address
    assert "100%25%20%26%20more%3F&organizationName=Example%20%26%20Sons%20%231&" in (
        address
    )


@pytest.mark.parametrize("month", range(1, 13))
def test_january_is_month_one(month):
    badge = credential({"validFrom": f"2026-{month:02}-01T00:00:00Z"})
    assert form(badge)["issueMonth"] == str(month)


@pytest.mark.parametrize(
    "written", ["2026-01-01T00:30:00+14:00", "2026-01-31T23:30:00-12:00", "2026-01"]
)
def test_the_month_is_the_one_that_is_written(written):
    filled = form(credential({"validFrom": written}))
    assert (filled["issueYear"], filled["issueMonth"]) == ("2026", "1")


@pytest.mark.parametrize(
    "written", ["", "2026", "2026-13-01", "2026-00-01", "20260-01-01", "x", 7, None]
)
def test_what_is_no_date_is_left_out(written):
    filled = form(credential({"validFrom": written}))
    assert "issueYear" not in filled
    assert "issueMonth" not in filled


def test_dates_of_the_older_data_model_are_read():
    badge = credential(
        {
            "validFrom": None,
            "issuanceDate": "2019-02-28T00:00:00Z",
            "validUntil": None,
            "expirationDate": "2020-02-28T00:00:00Z",
        }
    )
    filled = form(badge)
    assert (filled["issueYear"], filled["issueMonth"]) == ("2019", "2")
    assert (filled["expirationYear"], filled["expirationMonth"]) == ("2020", "2")


def test_open_badges_2_is_read():
    document = {
        "type": "Assertion",
        "badge": {"name": "Old badge", "issuer": {"name": "Old school"}},
        "issuedOn": "2018-07-01T00:00:00Z",
        "expires": "2021-08-01T00:00:00Z",
    }
    badge = credential({}, document=document, format="open-badges-2")
    assert form(badge) == {
        "startTask": "CERTIFICATION_NAME",
        "name": "Old badge",
        "organizationName": "Old school",
        "issueYear": "2018",
        "issueMonth": "7",
        "expirationYear": "2021",
        "expirationMonth": "8",
    }


def test_without_a_name_it_is_a_verifiable_credential():
    badge = credential({"name": "", "credentialSubject": {}, "issuer": "did:web:x"})
    filled = form(badge)
    assert filled["name"] == "Verifiable Credential"
    assert "organizationName" not in filled


def test_what_is_not_signed_is_not_quoted():
    unsigned = ("/credentialSubject/achievement/name", "/issuer")
    filled = form(credential(), unsigned=unsigned)
    assert filled["name"] == "Certificate"
    assert "organizationName" not in filled


def test_a_public_address_and_a_number_only_on_request():
    address = "https://issuer.example/badges/7?a=b&c=d#e"
    filled = form(credential(), certificate_url=address, certificate_id="N° 7/26")
    assert filled["certUrl"] == address
    assert filled["certId"] == "N° 7/26"


@pytest.mark.parametrize(
    "address", ["x", "javascript:1", "https://", "http://[", "//x"]
)
def test_an_address_that_nobody_can_open_is_refused(address):
    with pytest.raises(Usage):
        form(credential(), certificate_url=address)


def test_only_the_form_leaves():
    listed = linkedin.discloses(credential(), Request())
    assert [entry.path for entry in listed] == [
        "/issuer/name",
        "/validFrom",
        "/validUntil",
        "/credentialSubject/achievement/name",
    ]
    listed = linkedin.discloses(
        credential(), Request(certificate_url="https://x.example/", certificate_id="7")
    )
    assert [entry.value for entry in listed[-2:]] == ["https://x.example/", "7"]
    assert all(entry.linkable for entry in listed[-2:])


def test_of_several_subjects_the_first_named_achievement_counts():
    subjects = [{"id": "x"}, 7, {"achievement": [{"name": " "}, {"name": "Second"}]}]
    badge = credential({"credentialSubject": subjects})
    assert form(badge)["name"] == "Second"
    listed = linkedin.discloses(badge, Request())
    assert "/credentialSubject/2/achievement/1/name" in [item.path for item in listed]


@given(st.text(), st.text())
def test_any_text_survives_the_address(name, issuer):
    badge = credential(
        {
            "credentialSubject": {"achievement": {"name": name}},
            "issuer": {"name": issuer},
        }
    )
    try:
        name.encode() + issuer.encode()
    except UnicodeEncodeError:
        return
    filled = form(badge)
    if name.strip():
        assert filled["name"] == name
    if issuer.strip():
        assert filled["organizationName"] == issuer
