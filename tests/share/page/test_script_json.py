"""Strict JSON, RFC 8785, digests and encodings in the script of the page."""

import base64
import hashlib
import json
import math
import struct
from random import Random
from typing import Any

import pytest

from credwallet.canon import jcs, strict_json
from credwallet.errors import Invalid, Unreadable
from tests.share.page.scripts import Failure, answers

REFUSED = [
    b"",
    b" \n",
    b'{"a":1,"a":2}',
    b'{"a":1,"\\u0061":2}',
    b'{"x":[0,{"a/b":{"c":1},"d~":{"c":1,"c":2}}]}',
    b'{"__proto__":1,"__proto__":2}',
    b"[" * 200_000,
    b'{"a":' * 200_000,
    b"[" * 65 + b"]" * 65,
    b'[{"a":' * 33 + b"1" + b"}]" * 33,
    b"9" * 401,
    b"-" + b"9" * 400,
    b"0." + b"1" * 500,
    b"1e400",
    b"[-1e999]",
    b"NaN",
    b"[-Infinity]",
    b'{"a":["x","\\ud800"]}',
    b'{"a":{"\\uDFFF":1}}',
    b'"\\udc00\\ud800"',
    b'"\xff"',
    b'"\xed\xa0\x80"',
    b"\xef\xbb\xbf{}",
    b"\xef\xbb\xbf",
    "{}".encode("utf-16"),
    "{}".encode("utf-16-le"),
    "{}".encode("utf-32-be"),
    b"{} {}",
    b"{'a':1}",
    b"[1,]",
    b"[,1]",
    b'{"a":1,}',
    b"{,}",
    b"[01]",
    b"[-01]",
    b"[+1]",
    b"[.5]",
    b"[5.]",
    b"[1e]",
    b"[-]",
    b"[0x1]",
    b"[1_0]",
    b'"\t"',
    b'"\x00"',
    b'"\\x41"',
    b'"\\u12"',
    b'"\\u12G4"',
    b'"\\',
    b"// no\n1",
    b'{"a" 1}',
    b'{"a":1',
    b'{"a"}',
    b"{1:1}",
    b'"abc',
    b"[1]]",
    b"[1",
    b"tru",
    b"nullx",
    b"True",
    b"\x0b1",
    "[\u00a01]".encode(),
    "\u20281".encode(),
    b"[" + b"{}," * 250_000 + b"1]",
]
READ = [
    b"[" * 64 + b"]" * 64,
    b'"' + b"[" * 500 + b'"',
    b'["\\\\", "[", {"\\"": []}]',
    b'"\\ud83d\\ude00"',
    b'"\\\\ud800"',
    b" 1.5e3\t\r\n",
    b"9" * 400,
    b"[0, -0, -0.0, -0e0, 0.0, 1E2, 1e-400, 1e+2, -1.5, 123456789012345678]",
    b"[9007199254740991, 9007199254740992, 9007199254740993, -9007199254740993]",
    b"[9007199254740994, 1e21, 100000000000000000000001, 9007199254740993.0]",
    b'{"__proto__":{"a":1},"constructor":2,"hasOwnProperty":3,"":4,"1":5,"0":6}',
    '"\x7f\u0080\u2028\u2029\ufeff\U0010ffff"'.encode(),
    b'"\\u0000\\b\\f\\n\\r\\t\\/\\""',
    b"true",
    b"false",
    b"null",
    b'{ "a" : [ ] , "b" : { } }',
]


def bytes_question(data: bytes, ask: str = "parse") -> dict[str, Any]:
    return {"ask": ask, "bytes": base64.b64encode(data).decode()}


def shown(value: Any) -> Any:
    """A value in the form in which `canon.mjs` shows it, members sorted."""
    match value:
        case bool() | None | str():
            return value
        case int() | float():
            try:
                if value == float(value):
                    text = jcs.format_number(value)
                    is_minus = value == 0 and math.copysign(1, value) < 0
                    return {"number": f"-{text}" if is_minus else text}
            except OverflowError:
                pass
            return {"integer": str(value)}
        case list():
            return [shown(each) for each in value]
        case _:
            return members([[name, shown(each)] for name, each in value.items()])


def members(pairs: list[list[Any]]) -> dict[str, Any]:
    return {"members": sorted(pairs, key=lambda pair: pair[0])}


def ordered(value: Any) -> Any:
    """The same of what `canon.mjs` showed: ECMAScript puts numbers first."""
    if isinstance(value, list):
        return [ordered(each) for each in value]
    if isinstance(value, dict) and "members" in value:
        return members([[name, ordered(each)] for name, each in value["members"]])
    return value


def assert_alike(texts: list[bytes]) -> int:
    """Assert that both parsers read the same or refuse; return how many they read."""
    count = 0
    for text, answer in zip(texts, answers(map(bytes_question, texts)), strict=True):
        expected = read(text)
        if isinstance(expected, Unreadable):
            assert isinstance(answer, Failure), text[:200]
            assert (answer.kind, answer.type) == ("invalid", "unreadable")
            if "twice" in expected.what or "surrogate" in expected.what:
                # They only quote control characters differently.
                assert answer.message.split(" at ")[0] == expected.what.split(" at ")[0]
                assert answer.instance == (expected.instance or "")
        else:
            assert ordered(answer) == shown(expected), text[:200]
            count += 1
    return count


def read(text: bytes) -> Any:
    """What the command line reads, or its error."""
    try:
        return strict_json.loads(text)
    except Unreadable as error:
        return error


def test_what_readers_may_understand_differently_is_refused():
    assert assert_alike(REFUSED) == 0


def test_what_is_json_is_read():
    assert assert_alike(READ) == len(READ)


def test_more_than_ten_mebibytes_are_refused():
    at_limit = b'"' + b"a" * (strict_json.MAX_BYTES - 2) + b'"'
    wide = '"' + "ä" * (strict_json.MAX_BYTES // 2) + '"'
    read, beyond, text = answers(
        [
            bytes_question(at_limit),
            bytes_question(at_limit + b" "),
            {"ask": "parse", "text": wide},
        ]
    )
    assert len(read) == strict_json.MAX_BYTES - 2
    assert beyond.message == text.message == "the text is larger than 10 MiB"


def test_half_of_a_surrogate_pair_in_a_text_is_refused():
    (answer,) = answers([{"ask": "parse", "text": '"\ud800"'}])
    assert isinstance(answer, Failure)


def test_random_texts_are_read_alike():
    random = Random(1)  # noqa: S311 -- no secret
    alphabet = '[]{}",:\\ 1a0.-+eEu\n\t\U0001f600'
    texts = [
        "".join(random.choices(alphabet, k=random.randint(1, 12))) for _ in range(4000)
    ]
    for _ in range(3000):
        text = json.dumps(value(random), ensure_ascii=random.random() < 0.5)
        place = random.randrange(len(text))
        change = random.choice(["", random.choice(alphabet), "\\u0061", "\\ud83d"])
        texts.append(text[:place] + change + text[place + random.randint(0, 1) :])
    count = assert_alike([text.encode("utf-8", "surrogatepass") for text in texts])
    assert 500 < count < len(texts) - 500


def value(random: Random, depth: int = 0) -> Any:  # noqa: PLR0911 -- one a kind
    """Any JSON."""
    text = "".join(random.choices('aä\ufb33\U0001f600"\\\x00\x1f\x7f/\u2028 ', k=3))
    match random.randrange(8 if depth < 4 else 6):
        case 0:
            return random.choice([None, True, False])
        case 1:
            return random.randint(-(2**60), 2**60)
        case 2:
            return random.uniform(-1e3, 1e3)
        case 3:
            return double(random)
        case 4 | 5:
            return text
        case 6:
            return [value(random, depth + 1) for _ in range(random.randrange(4))]
        case _:
            names = random.sample(["a", "b", "\ufb33", "\U0001f600", "1", text, ""], 4)
            return {name: value(random, depth + 1) for name in names}


def double(random: Random) -> float:
    """Any finite double."""
    while True:
        (found,) = struct.unpack(">d", random.randbytes(8))
        if math.isfinite(found):
            return float(found)


@pytest.mark.parametrize(
    "name", ["arrays", "french", "structures", "unicode", "values", "weird"]
)
def test_the_vector_of_rfc_8785_gives_its_output(vectors, name):
    folder = vectors / "rfc8785-jcs"
    given = (folder / "input" / f"{name}.json").read_bytes()
    expected = (folder / "output" / f"{name}.json").read_text("utf-8").rstrip("\n")
    assert answers([bytes_question(given, "jcs")]) == [expected]


def test_the_canonical_form_is_that_of_the_command_line():
    random = Random(2)  # noqa: S311 -- no secret
    values = [value(random) for _ in range(3000)]
    values += [double(random) for _ in range(3000)]
    values += [2**53 + 1, -(2**53) - 3, 10**21, 10**300 + 1, -0.0, 5e-324]
    questions = [{"ask": "jcs", "text": json.dumps(each)} for each in values]
    for each, answer in zip(values, answers(questions), strict=True):
        assert answer == jcs.canonicalize(each).decode(), each


def test_a_number_beyond_every_double_has_no_canonical_form():
    text = "9" * 400
    with pytest.raises(Invalid) as caught:
        jcs.canonicalize(strict_json.loads(text))
    (answer,) = answers([{"ask": "jcs", "text": f"[{text}]"}])
    assert (answer.kind, answer.type) == ("invalid", caught.value.type)
    assert answer.message == caught.value.what


def test_digests_are_those_of_the_standard():
    texts = ["", "abc", *("ä" * size for size in range(40, 80)), "x" * 1000]
    found = answers([{"ask": "digest", "text": text} for text in texts])
    for text, answer in zip(texts, found, strict=True):
        data = text.encode()
        expected = [hashlib.sha256(data).hexdigest(), hashlib.sha384(data).hexdigest()]
        assert answer == expected, text


BASE58 = {
    # draft-msporny-base58-03, section 5, and leading zeros.
    b"Hello World!": "2NEpo7TZRRrLZSi2U",
    b"\x00\x00\x28\x7f\xb4\xcd": "11233QC4",
    b"": "",
    b"\x00\x00": "11",
    b"\xff": "5Q",
}


def test_bytes_are_written_as_hex_base64url_and_base58():
    datas = [*BASE58, *(bytes(range(size)) for size in (1, 2, 3, 4, 32, 33, 64, 256))]
    questions = [
        {"ask": "bytes", "data": base64.b64encode(data).decode()} for data in datas
    ]
    back = []
    for data, answer in zip(datas, answers(questions), strict=True):
        text = base64.urlsafe_b64encode(data).decode().rstrip("=")
        assert answer["hex"] == data.hex()
        assert answer["base64url"] == text
        assert answer["sha256"] == hashlib.sha256(data).hexdigest()
        assert answer["sha384"] == hashlib.sha384(data).hexdigest()
        assert answer["base58btc"] == BASE58.get(data, answer["base58btc"])
        back += [
            {"ask": "decode", "form": "base64url", "text": text},
            {"ask": "decode", "form": "base58btc", "text": answer["base58btc"]},
        ]
    assert answers(back) == [data.hex() for data in datas for _ in range(2)]


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("base64url", "AAA="),
        ("base64url", "AA+/"),
        ("base64url", "AA A"),
        ("base64url", "A"),
        ("base64url", "AB"),
        ("base64url", "AAB"),
        ("base64url", "ÄÄ"),
        ("base58btc", "0"),
        ("base58btc", "I"),
        ("base58btc", "l"),
        ("base58btc", "2NEp o7"),
        ("base58btc", "z" * 2000),
    ],
)
def test_what_is_not_so_written_is_refused(form, text):
    (answer,) = answers([{"ask": "decode", "form": form, "text": text}])
    assert (answer.kind, answer.type) == ("invalid", "encoding")
