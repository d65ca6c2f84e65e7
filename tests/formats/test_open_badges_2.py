"""Assertions of Open Badges before version 3."""

import json

import pytest

from credwallet import formats
from credwallet.errors import Unreadable
from credwallet.formats import open_badges_2
from tests.formats.making import ASSERTION, as_json, token


@pytest.mark.parametrize(
    "document",
    [
        ASSERTION,
        {"type": ["Assertion", "Extension"]},
        {"uid": "1", "badge": "https://b.example", "recipient": {}, "verify": {}},
        {"badge": {"name": "old"}, "recipient": "a@b.example"},
        {"badge": "https://b.example", "verification": {"type": "hosted"}},
    ],
)
def test_an_assertion_of_any_age_is_extracted(document):
    held = formats.read(as_json(document))
    assert held.format == "open-badges-2"
    assert held.document == document
    assert held.jws is None


def test_a_signed_assertion_is_told_from_a_credential_by_its_payload():
    data = token(ASSERTION, header={"alg": "RS256", "typ": "JWT"})
    held = formats.read(data)
    assert held.format == "open-badges-2"
    assert held.jws.payload == as_json(ASSERTION)
    assert held.raw is data


@pytest.mark.parametrize("name", ["BadgeClass", "Issuer", "RevocationList"])
def test_what_only_describes_a_badge_is_named(name):
    with pytest.raises(Unreadable, match=f"a {name}, which describes a badge"):
        formats.read(as_json({"type": name, "id": "https://x.example"}))


@pytest.mark.parametrize(
    "address",
    ["https://x.example/a.json", " HTTP://x.example/\n", "https://x.example/ y"],
)
def test_a_bare_address_is_named_with_what_to_do(address):
    with pytest.raises(Unreadable) as caught:
        formats.read(address.encode())
    first = address.split()[0]
    assert f"only the address of the badge, {first}" in caught.value.what
    assert caught.value.next_step.endswith(first)


def test_an_address_with_control_characters_is_shown_harmlessly():
    with pytest.raises(Unreadable) as caught:
        formats.read(b"https://x.example/\x1b[31m\xe2\x80\xae\xff")
    assert caught.value.what.isprintable()
    assert caught.value.what.isascii()


@pytest.mark.parametrize("payload", [{"a": 1}, b"[1]", b"x", {"badge": 1}])
def test_anything_else_is_no_assertion(payload):
    with pytest.raises(Unreadable):
        open_badges_2.read(token(payload))


def test_a_third_party_class_or_issuer_is_no_assertion(vectors):
    rows = json.loads((vectors / "manifest.json").read_bytes())
    files = [row["file"] for row in rows if row["kind"] == "ob2-object"]
    assert files
    for file in files:
        with pytest.raises(Unreadable):
            formats.read((vectors / file).read_bytes())
