"""The CBOR reader: what it takes, and what it does not begin."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credwallet.errors import Invalid
from credwallet.proofs.cbor import MAX_DEPTH, Tagged, decode
from tests.proofs.receipts import cbor

VALUES = st.recursive(
    st.integers(-(2**64), 2**64 - 1) | st.binary(max_size=40) | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.integers(0, 500), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(VALUES)
def test_what_was_written_is_read(value: object) -> None:
    assert decode(cbor(value)) == value


@given(st.binary(max_size=64))
def test_any_bytes_are_refused_or_the_only_ones_for_their_value(data: bytes) -> None:
    try:
        value = decode(data)
    except Invalid:
        return
    if isinstance(value, int | bytes | str) and not isinstance(value, bool):
        assert cbor(value) == data


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("00", 0),
        ("1818", 24),
        ("20", -1),
        ("3b7fffffffffffffff", -(2**63)),
        ("f5", True),
        ("f6", None),
        ("d95d0183410102f4", Tagged(0x5D01, [b"\x01", 2, False])),
        ("a10141ff", {1: b"\xff"}),
    ],
)
def test_examples_of_the_standard(text: str, value: object) -> None:
    assert decode(bytes.fromhex(text)) == value


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0000",  # something left over
        "1817",  # 23 in two bytes
        "190018",  # 24 in three
        "1b00000000ffffffff",
        "9bffffffffffffffff",  # an array of 2^64 items
        "bbffffffffffffffff",
        "5bffffffffffffffff00",
        "9a7fffffff00",
        "9f00ff",  # an open length
        "5f4100ff",
        "f93c00",  # floating point
        "fb3ff0000000000000",
        "f7",  # undefined
        "62c328",  # no UTF-8
        "a201000100",  # a key twice
        "a1f500",  # true as a key
        "a1800000",
        "1c",
    ],
)
def test_what_is_not_deterministic_or_not_there_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        decode(bytes.fromhex(text))


@pytest.mark.parametrize("opening", [b"\x81", b"\xa1\x00", b"\xc1"])
def test_depth_has_an_end(opening: bytes) -> None:
    with pytest.raises(Invalid, match="too deep"):
        decode(opening * 100_000 + b"\x00")
    decode(opening * MAX_DEPTH + b"\x00")


def test_so_has_the_number_of_items() -> None:
    with pytest.raises(Invalid, match="too many items"):
        decode(b"\x9a\x00\x01\x86\xa0" + b"\x00" * 100_000)
