"""Bitstring Status List 1.0, one rule a test."""

import contextlib
import gzip
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credwallet.errors import Invalid, Undetermined
from credwallet.keys.multibase import base64url_encode
from credwallet.status import ListReport
from credwallet.status.bitstring import value_at
from tests.status.lists import (
    AT,
    ISSUER,
    LIST_URL,
    bits,
    credential,
    encoded,
    entry,
    good,
    listing,
    status,
)

CLEAR = encoded(bits())
SET = encoded(bits(7))


def test_a_bit_that_is_not_set_is_clear():
    found = status(entry(), listing(CLEAR))
    assert (found.state, found.purpose, found.origin) == (
        "clear",
        "revocation",
        "fetched",
    )
    assert found.list_url == LIST_URL


def test_a_bit_that_is_set_is_revoked():
    assert status(entry(), listing(SET)).state == "revoked"


def test_the_leftmost_bit_is_the_first():
    first = encoded(b"\x80" + bytes(16_383))
    assert status(entry(statusListIndex="0"), listing(first)).state == "revoked"
    assert status(entry(statusListIndex="7"), listing(first)).state == "clear"


@given(st.integers(0, 131_071), st.integers(0, 131_071))
def test_only_the_bit_at_the_index_counts(index, other):
    assert value_at(bits(index), other, 1) == (index == other)


@given(st.integers(1, 12), st.integers(0, 99), st.data())
def test_wider_entries_are_read_whole(size, index, data):
    value = data.draw(st.integers(0, 2**size - 1))
    raw = bits(index, entries=1000 * 8, size=size, value=value)
    assert value_at(raw, index, size) == value
    assert value_at(raw, index + 1, size) == 0


def test_a_suspension_is_its_own_state():
    document = listing(SET, subject={"statusPurpose": "suspension"})
    assert status(entry(statusPurpose="suspension"), document).state == "suspended"


def test_another_purpose_is_other_and_brings_its_message():
    raw = bits(7, size=2, value=2)
    messages = [
        {"status": "0x0", "message": "valid"},
        {"status": "0x2", "message": "under review"},
    ]
    found = status(
        entry(statusPurpose="message", statusSize=2, statusMessage=messages),
        listing(encoded(raw), subject={"statusPurpose": ["message", "revocation"]}),
    )
    assert (found.state, found.message) == ("other", "under review")


def test_an_index_may_be_an_integer_as_some_issuers_write_it():
    assert status(entry(statusListIndex=7), listing(SET)).state == "revoked"


@pytest.mark.parametrize(
    "index",
    [
        None,
        "",
        "-1",
        -1,
        "+7",
        "07",
        " 7",
        "7 ",
        "7.0",
        7.0,
        1e3,
        "0x7",
        "\u0667",
        "1" * 400,
        10**40,
        True,
        False,
        ["7"],
        {"a": 7},
        "seven",
    ],
    ids=repr,
)
def test_an_odd_index_is_undetermined(index):
    with pytest.raises(Undetermined, match="statusListIndex"):
        status(entry(statusListIndex=index), listing(CLEAR))


@pytest.mark.parametrize("index", ["131072", "999999999999", 131072])
def test_an_index_beyond_the_list_is_undetermined(index):
    with pytest.raises(Undetermined, match="none with the number"):
        status(entry(statusListIndex=index), listing(CLEAR))


@pytest.mark.parametrize("size", [0, -1, 33, 10**30, "1", 1.0, True, None, [1]])
def test_an_odd_status_size_is_undetermined(size):
    with pytest.raises(Undetermined, match="statusSize"):
        status(entry(statusSize=size), listing(CLEAR))


@pytest.mark.parametrize("purpose", [None, "", 7, ["revocation"], {"a": 1}])
def test_an_entry_without_a_purpose_is_undetermined(purpose):
    with pytest.raises(Undetermined, match="statusPurpose"):
        status(entry(statusPurpose=purpose), listing(CLEAR))


@pytest.mark.parametrize("purpose", ["suspension", None, [], ["suspension"], {"a": 1}])
def test_a_list_about_another_purpose_is_undetermined(purpose):
    with pytest.raises(Undetermined, match="the list about"):
        status(entry(), listing(SET, subject={"statusPurpose": purpose}))


@pytest.mark.parametrize(
    "url",
    [
        None,
        7,
        "",
        "status/1",
        "file:///etc/passwd",
        "data:application/json,{}",
        "ftp://issuer.example/1",
        "https://issuer.example/\r\nHost: other",
        ["https://issuer.example/status/1"],
    ],
    ids=repr,
)
def test_an_address_that_is_not_https_is_never_asked_for(url):
    with pytest.raises(Undetermined) as caught:
        status(entry(statusListCredential=url), listing(SET))
    assert caught.value.type == "status-entry"


def test_a_list_that_was_not_fetched_is_undetermined():
    with pytest.raises(Undetermined, match=r"status not checked.*offline") as caught:
        status(entry())
    assert caught.value.type == "offline"


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"{}", b"[]", b"7", b"\x00" * 100, b"a.b.c"], ids=repr
)
def test_what_is_no_credential_is_undetermined(body):
    with pytest.raises(Undetermined, match="status not checked"):
        status(entry(), body)


def test_a_list_of_another_type_is_undetermined():
    document = listing(SET, type=["VerifiableCredential"])
    with pytest.raises(Undetermined, match="not of type"):
        status(entry(), document)


def test_a_list_that_is_not_properly_signed_is_undetermined():
    def bad(held):
        return good(held)._replace(problem="the signature does not fit")

    with pytest.raises(Undetermined, match="the signature does not fit"):
        status(entry(), listing(SET), verify_list=bad)


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"validUntil": "2026-11-24T23:58:59Z"}, "was valid until"),
        ({"validFrom": "2026-11-25T00:01:01Z"}, "valid only from"),
        ({"validUntil": "yesterday"}, "no time"),
        ({"validUntil": "2026-13-01T00:00:00Z"}, "no time"),
    ],
)
def test_a_list_that_is_not_valid_now_is_undetermined(change, what):
    with pytest.raises(Undetermined, match=what):
        status(entry(), listing(SET, **change))


@pytest.mark.parametrize(
    "change",
    [
        {"validUntil": "2026-11-24T23:59:01Z"},
        {"validFrom": "2026-11-25T00:00:59Z"},
        {"validFrom": "0001-01-01T00:00:00Z", "validUntil": "9999-12-31T23:59:59Z"},
        {"validUntil": "2027-01-01T00:00:00"},
    ],
)
def test_sixty_seconds_and_any_year_are_tolerated(change):
    assert status(entry(), listing(CLEAR, **change)).state == "clear"


def test_the_time_is_the_one_that_was_asked_about():
    document = listing(CLEAR, validUntil="2026-01-01T00:00:00Z")
    past = datetime(2025, 6, 1, tzinfo=UTC)
    assert status(entry(), document, at=past).state == "clear"
    with pytest.raises(Undetermined):
        status(entry(), document, at=AT + timedelta(days=1))


FLAWS = {
    "by another issuer": ({"issuer": "did:web:other.example"}, "not by the issuer"),
    "under another id": ({"id": "https://issuer.example/status/2"}, "says it is"),
}


@pytest.mark.parametrize(("change", "what"), FLAWS.values(), ids=FLAWS)
def test_a_flawed_list_says_nothing_for_a_credential(change, what):
    with pytest.raises(Undetermined, match=what):
        status(entry(), listing(CLEAR, **change))


@pytest.mark.parametrize(("change", "what"), FLAWS.values(), ids=FLAWS)
def test_what_a_flawed_list_says_against_a_credential_is_believed(change, what):
    found = status(entry(), listing(SET, **change))
    assert found.state == "revoked"
    assert what in found.note


def test_a_list_shorter_than_131072_entries_is_too_short_to_clear():
    with pytest.raises(Undetermined, match="fewer than the 131,072"):
        status(entry(), listing(encoded(bits(entries=100_000))))
    short = status(entry(), listing(encoded(bits(7, entries=100_000))))
    assert short.state == "revoked"
    assert "100,000 entries" in short.note


def test_the_length_is_counted_in_entries_not_bits():
    document = listing(CLEAR, subject={"statusPurpose": "revocation"})
    with pytest.raises(Undetermined, match="65,536 entries"):
        status(entry(statusSize=2), document)


def test_who_issued_the_list_is_what_the_proof_says():
    def signed_by_another(held):
        return ListReport("did:web:other.example", "", held.valid_from, "")

    with pytest.raises(Undetermined, match=r"did:web:other\.example"):
        status(entry(), listing(CLEAR), verify_list=signed_by_another)


def test_a_list_without_an_id_is_fine():
    document = listing(CLEAR)
    del document["id"]
    assert status(entry(), document).state == "clear"


@pytest.mark.parametrize(
    "subject",
    [None, [], [1], "x", [{}, {}], {}, {"type": "BitstringStatusList"}],
    ids=repr,
)
def test_a_list_with_an_odd_subject_is_undetermined(subject):
    with pytest.raises(Undetermined):
        status(entry(), listing(SET, credentialSubject=subject))


ZIPPED = gzip.compress(bits(7))


@pytest.mark.parametrize(
    "text",
    [
        None,
        7,
        "",
        "u",
        base64url_encode(ZIPPED),
        "z" + base64url_encode(ZIPPED),
        "u" + base64url_encode(ZIPPED) + "=",
        "u" + base64url_encode(ZIPPED)[:-1] + "\n",
        "u***",
        "u" + base64url_encode(bits(7)[:64]),
        "u" + base64url_encode(ZIPPED[:-1]),
        "u" + base64url_encode(ZIPPED[:20]),
        "u" + base64url_encode(ZIPPED + b"more"),
        "u" + base64url_encode(ZIPPED + ZIPPED),
        "u" + base64url_encode(ZIPPED[:-8] + bytes(8)),
    ],
    ids=[
        "none",
        "number",
        "empty",
        "header only",
        "no header",
        "other header",
        "padded",
        "line end",
        "no base64url",
        "not zipped",
        "cut by one byte",
        "cut early",
        "bytes after",
        "two members",
        "wrong checksum",
    ],
)
def test_a_list_that_cannot_be_decoded_is_undetermined(text):
    with pytest.raises(Undetermined, match="encodedList"):
        status(entry(), listing(text))


def test_a_gzip_bomb_stops_at_16_mib():
    bomb = gzip.compress(bytes(200 * 1024 * 1024))
    with pytest.raises(Undetermined, match="larger than 16 MiB"):
        status(entry(), listing("u" + base64url_encode(bomb)))


def test_an_entry_that_is_no_object_is_invalid():
    for value in (None, "x", 7, [entry()]):
        with pytest.raises(Invalid):
            status(value, listing(SET))


def test_an_issuer_given_as_an_object_is_the_same_issuer():
    of = credential(issuer={"id": ISSUER, "name": "Example"})
    assert status(entry(), listing(CLEAR), of=of).state == "clear"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.text(max_size=4), inner, max_size=2)
    ),
    max_leaves=4,
)


@given(
    st.dictionaries(st.sampled_from(sorted(entry(statusSize=1))), JSON, max_size=2),
    st.dictionaries(st.sampled_from(["type", "statusPurpose", "encodedList"]), JSON),
)
def test_nothing_else_than_our_own_errors_comes_out(changes, subject):
    state = "undetermined"
    with contextlib.suppress(Invalid, Undetermined):
        state = status(entry(**changes), listing(SET, subject=subject)).state
    assert state in ("undetermined", "revoked", "clear", "other")
