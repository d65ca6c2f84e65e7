"""The one door for JSON from outside."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credwallet.canon import strict_json
from credwallet.canon.json_scan import paths
from credwallet.errors import Unreadable

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.text(st.characters(exclude_categories=["Cs"])), inner, max_size=4
        )
    ),
    max_leaves=25,
)


@pytest.mark.parametrize(
    ("text", "what", "instance"),
    [
        (b"", "the text is empty", None),
        (b" \n", "the text is empty", None),
        (b'{"a":1,"a":2}', 'member "a" stands twice at "/a"', "/a"),
        (b'{"a":1,"\\u0061":2}', 'member "a" stands twice at "/a"', "/a"),
        (
            b'{"x":[0,{"a/b":{"c":1},"d":{"c":1,"c":2}}]}',
            'member "c" stands twice at "/x/1/d/c"',
            "/x/1/d/c",
        ),
        (b"[" * 200_000, "the text is nested deeper than 64", None),
        (b'{"a":' * 200_000, "the text is nested deeper than 64", None),
        (b"[" * 65 + b"]" * 65, "the text is nested deeper than 64", None),
        (b'[{"a":' * 33 + b"1" + b"}]" * 33, "the text is nested deeper than 64", None),
        (b'["]]]]", "\\"",' * 65, "the text is nested deeper than 64", None),
        (b"9" * 6000, "number 99999999999999999999... has more than 400 digits", None),
        (
            b"-" + b"9" * 401,
            "number -9999999999999999999... has more than 400 digits",
            None,
        ),
        (
            b"0." + b"1" * 500,
            "number 0.111111111111111111... has more than 400 digits",
            None,
        ),
        (b"1e400", "number 1e400 is beyond every double", None),
        (b"[-1e999]", "number -1e999 is beyond every double", None),
        (b"NaN", "NaN is no JSON", None),
        (b"[-Infinity]", "-Infinity is no JSON", None),
        (b'{"a":["x","\\ud800"]}', 'half of a surrogate pair at "/a/1"', "/a/1"),
        (b'{"a":{"\\uDFFF":1}}', 'half of a surrogate pair in a name at "/a"', "/a"),
        (b'"\\udc00\\ud800"', "half of a surrogate pair", ""),
        ('"\ud800"', "half of a surrogate pair stands at character 1", None),
        (b'"\xff"', "the text is not UTF-8 (byte 1)", None),
        (b'"\xed\xa0\x80"', "the text is not UTF-8 (byte 1)", None),
        (b"\xef\xbb\xbf{}", "the text starts with a byte order mark", None),
        ("\ufeff{}", "the text starts with a byte order mark", None),
        ("{}".encode("utf-16"), "the text starts with a byte order mark", None),
        ("{}".encode("utf-16-le"), "the text is UTF-16 or UTF-32, not UTF-8", None),
        ("{}".encode("utf-32-be"), "the text is UTF-16 or UTF-32, not UTF-8", None),
        (
            b"{} {}",
            "not JSON: something follows after the end (line 1, column 4)",
            None,
        ),
        (b"{'a':1}", None, None),
        (b"[1,]", None, None),
        (b"[01]", None, None),
        (b"[+1]", None, None),
        (b"[.5]", None, None),
        (b'"\t"', None, None),
        (b'"\\x41"', None, None),
        (b"// no\n1", None, None),
        (b'{"a" 1}', None, None),
        (b'{"a":1', None, None),
        (b'"abc', None, None),
        (b"[1]]", None, None),
        (b"tru", None, None),
        ("[\u00a01]".encode(), None, None),
    ],
)
def test_what_readers_may_understand_differently_is_refused(text, what, instance):
    with pytest.raises(Unreadable) as caught:
        strict_json.loads(text)
    if what is not None:
        assert caught.value.what == what
    assert "\n" not in caught.value.what
    assert len(caught.value.what) < 250
    assert caught.value.instance == instance
    assert caught.value.next_step


def test_more_than_ten_mebibytes_are_refused():
    at_limit = b'"' + b"a" * (strict_json.MAX_BYTES - 2) + b'"'
    assert len(strict_json.loads(at_limit)) == strict_json.MAX_BYTES - 2
    with pytest.raises(Unreadable, match="larger than 10 MiB"):
        strict_json.loads(at_limit + b" ")
    with pytest.raises(Unreadable, match="larger than 10 MiB"):
        strict_json.loads('"' + "ä" * (strict_json.MAX_BYTES // 2) + '"')


def test_more_than_250000_objects_and_arrays_are_refused():
    at_limit = b"[" + b"{}," * (strict_json.MAX_CONTAINERS - 2) + b"[]]"
    assert len(strict_json.loads(at_limit)) == strict_json.MAX_CONTAINERS - 1
    with pytest.raises(Unreadable, match="more than 250000 objects and arrays"):
        strict_json.loads(at_limit.replace(b"[]", b"[],[]"))


def test_what_is_within_the_limits_is_read():
    assert strict_json.loads(b"[" * 64 + b"]" * 64)
    assert strict_json.loads(b'"' + b"[" * 500 + b'"') == "[" * 500
    assert strict_json.loads(b'["\\\\", "[", {"\\"": []}]') == ["\\", "[", {'"': []}]
    assert strict_json.loads(b"9" * 400) == int("9" * 400)
    assert strict_json.loads(b'"\\ud83d\\ude00"') == "\U0001f600"
    assert strict_json.loads(b'"\\\\ud800"') == "\\ud800"
    assert strict_json.loads(" 1.5e3 ") == 1500.0


@given(JSON, st.booleans())
@settings(max_examples=300, deadline=None)
def test_whatever_json_writes_is_read_as_json_reads_it(value, ensure_ascii):
    text = json.dumps(value, ensure_ascii=ensure_ascii)
    assert strict_json.loads(text) == value
    assert strict_json.loads(text.encode()) == value


@given(st.binary(max_size=60) | st.text(max_size=60))
@settings(max_examples=500, deadline=None)
def test_any_bytes_are_read_or_refused(data):
    try:
        value = strict_json.loads(data)
    except Unreadable:
        return
    assert value == json.loads(data)


@given(st.text('[]{}",:\\ 1a', max_size=40))
@settings(max_examples=500, deadline=None)
def test_brackets_and_quotes_in_any_order_are_read_or_refused(text):
    try:
        expected = json.loads(text)
    except ValueError:
        with pytest.raises(Unreadable):
            strict_json.loads(text)
    else:
        try:
            value = strict_json.loads(text)
        except Unreadable as error:
            value = expected if "twice" in error.what else None
        assert value == expected


@given(JSON, st.sampled_from([None, 1, "\t"]))
@settings(max_examples=200, deadline=None)
def test_the_scan_comes_by_every_value_once(value, indent):
    text = f" {json.dumps(value, indent=indent)}\n"
    expected = []

    def walk(found, path):
        if isinstance(found, dict):
            for name, member in found.items():
                walk(member, (*path, name))
        if isinstance(found, list):
            for index, member in enumerate(found):
                walk(member, (*path, str(index)))
        expected.append(path)

    walk(value, ())
    assert list(paths(text)) == expected
