"""RFC 8785: its vectors, a second implementation, and what has no canonical form."""

import math
import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credwallet.canon import jcs, strict_json
from credwallet.errors import Invalid

# The doubles of RFC 8785 appendix B.
NUMBERS = {
    "0000000000000000": "0",
    "8000000000000000": "0",
    "0000000000000001": "5e-324",
    "8000000000000001": "-5e-324",
    "7fefffffffffffff": "1.7976931348623157e+308",
    "ffefffffffffffff": "-1.7976931348623157e+308",
    "4340000000000000": "9007199254740992",
    "c340000000000000": "-9007199254740992",
    "4430000000000000": "295147905179352830000",
    "44b52d02c7e14af5": "9.999999999999997e+22",
    "44b52d02c7e14af6": "1e+23",
    "44b52d02c7e14af7": "1.0000000000000001e+23",
    "444b1ae4d6e2ef4e": "999999999999999700000",
    "444b1ae4d6e2ef4f": "999999999999999900000",
    "444b1ae4d6e2ef50": "1e+21",
    "3eb0c6f7a0b5ed8c": "9.999999999999997e-7",
    "3eb0c6f7a0b5ed8d": "0.000001",
    "41b3de4355555553": "333333333.3333332",
    "41b3de4355555554": "333333333.33333325",
    "41b3de4355555555": "333333333.3333333",
    "41b3de4355555556": "333333333.3333334",
    "41b3de4355555557": "333333333.33333343",
    "becbf647612f3696": "-0.0000033333333333333333",
    "43143ff3c1cb0959": "1424953923781206.2",
}

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**60), 2**60)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.text(st.characters(exclude_categories=["Cs"])), inner, max_size=5
        )
    ),
    max_leaves=30,
)


@pytest.mark.parametrize(
    "name", ["arrays", "french", "structures", "unicode", "values", "weird"]
)
def test_the_vector_of_the_rfc_gives_its_output(vectors, name):
    folder = vectors / "rfc8785-jcs"
    value = strict_json.loads((folder / "input" / f"{name}.json").read_bytes())
    expected = (folder / "output" / f"{name}.json").read_bytes().rstrip(b"\n")
    assert jcs.canonicalize(value) == expected


@pytest.mark.parametrize(("bits", "text"), NUMBERS.items())
def test_the_number_is_written_as_the_rfc_says(bits, text):
    number = struct.unpack(">d", bytes.fromhex(bits))[0]
    assert jcs.canonicalize(number) == text.encode()
    assert jcs.canonicalize([{"a": number}]) == f'[{{"a":{text}}}]'.encode()


@given(st.floats(allow_nan=False, allow_infinity=False))
@settings(max_examples=1000, deadline=None)
def test_a_number_reads_back_as_itself_and_is_as_short_as_can_be(number):
    text = jcs.format_number(number)
    assert float(text) == number
    digits = text.lstrip("-").replace(".", "").partition("e")[0].strip("0")
    shortest = repr(abs(number)).replace(".", "").partition("e")[0].strip("0")
    assert digits == shortest
    assert ("e" in text) == (number != 0 and not 1e-6 <= abs(number) < 1e21)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (2**53, b"9007199254740992"),
        (2**53 + 1, b"9007199254740992"),
        (-(2**53) - 3, b"-9007199254740996"),
        (10**21, b"1e+21"),
        (10**300 + 1, b"1e+300"),
    ],
)
def test_a_large_integer_is_the_double_it_stands_for(number, text):
    assert jcs.canonicalize(number) == text


def second_opinion(value):
    """Write RFC 8785 the slow way, from its text."""
    if isinstance(value, dict):
        units = sorted(
            value,
            key=lambda name: struct.unpack(
                f">{len(name.encode('utf-16-be')) // 2}H", name.encode("utf-16-be")
            ),
        )
        return (
            "{"
            + ",".join(
                f"{second_opinion(name)}:{second_opinion(value[name])}"
                for name in units
            )
            + "}"
        )
    if isinstance(value, list):
        return "[" + ",".join(map(second_opinion, value)) + "]"
    if isinstance(value, str):
        escapes = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}
        escapes |= {'"': '\\"', "\\": "\\\\"}
        return (
            '"'
            + "".join(
                escapes.get(c, f"\\u{ord(c):04x}" if ord(c) < 32 else c) for c in value
            )
            + '"'
        )
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return jcs.format_number(value)


@given(JSON)
@settings(max_examples=500, deadline=None)
def test_a_second_implementation_writes_the_same(value):
    assert jcs.canonicalize(value).decode() == second_opinion(value)


@given(JSON)
@settings(max_examples=200, deadline=None)
def test_the_canonical_form_is_its_own_canonical_form(value):
    once = jcs.canonicalize(value)
    assert jcs.canonicalize(strict_json.loads(once)) == once


def test_times_in_texts_are_no_numbers():
    value = {"b": "2024-01-01T00:00:00.000Z", "a": ["12:30.5", ",1e5"]}
    assert jcs.canonicalize(value) == (
        b'{"a":["12:30.5",",1e5"],"b":"2024-01-01T00:00:00.000Z"}'
    )


def test_names_are_ordered_by_utf16():
    value = {"\ufb33": 1, "\U0001f600": 2, "a": 3}
    assert list(strict_json.loads(jcs.canonicalize(value))) == [
        "a",
        "\U0001f600",
        "\ufb33",
    ]


@pytest.mark.parametrize(
    "value",
    [
        math.nan,
        [math.inf],
        {"a": -math.inf},
        10**400,
        [1.5, 10**400],
        "\ud800",
        {"\udfff": 1},
        {"\U0001f600": "\ud800"},
        {"a": {1, 2}},
        {1: 1, "a": 2},
        b"bytes",
    ],
)
def test_what_is_no_i_json_has_no_canonical_form(value):
    with pytest.raises(Invalid) as caught:
        jcs.canonicalize(value)
    assert caught.value.type == "not-i-json"


def test_nesting_beyond_all_bounds_is_refused():
    value = 1.5
    for _ in range(100_000):
        value = [value]
    with pytest.raises(Invalid):
        jcs.canonicalize(value)
