"""Texts that two readers of JSON understand differently, or that break one (1b)."""

from collections.abc import Iterator

from tests.hostile.badges import VARIANTS, Group, badge, secured, text
from tests.hostile.hostile_file import HostileFile
from tests.hostile.signing import HARBOUR, compact, header_of, jws, proven, token

GROUP = Group("json-and-json-ld")
SUITES = VARIANTS[:2]


def files() -> Iterator[HostileFile]:
    yield from _duplicates()
    yield from _limits()
    yield from _encodings()


def _with(data: bytes, old: bytes, new: bytes) -> bytes:
    if old not in data:
        raise AssertionError(old)
    return data.replace(old, new, 1)


def _duplicates() -> Iterator[HostileFile]:
    row = "duplicate-members"
    why = "a name stands twice: readers disagree about which one counts"
    for suite in SUITES:
        good = text(proven(badge(), HARBOUR, suite))
        for name, old, new in (
            (
                "top",
                b'"validFrom":',
                b'"validFrom": "2020-01-01T00:00:00Z", "validFrom":',
            ),
            ("nested", b'"description":', b'"name": "Master Mariner", "description":'),
            (
                "by-escape",
                b'"validFrom":',
                b'"v\\u0061lidFrom": "2020-01-01T00:00:00Z", "validFrom":',
            ),
            (
                "in-the-proof",
                b'"proofPurpose":',
                b'"proofPurpose": "authentication", "proofPurpose":',
            ),
            ("issuer", b'"issuer":', b'"issuer": "did:example:other", "issuer":'),
            ("proof-twice", b'"proof":', b'"proof": [], "proof":'),
        ):
            yield GROUP.file(f"{row}/{name}/{suite}", _with(good, old, new), why)
    document, header = compact(badge()), compact(header_of(HARBOUR))
    for name, head, payload in (
        ("header-alg", _with(header, b'"alg"', b'"alg":"none","alg"'), document),
        ("header-kid", _with(header, b'"kid"', b'"kid":"x","k\\u0069d"'), document),
        (
            "payload-top",
            header,
            _with(
                document,
                b'"validFrom"',
                b'"validFrom":"2020-01-01T00:00:00Z","validFrom"',
            ),
        ),
        (
            "payload-deep",
            header,
            _with(document, b'"narrative"', b'"narrative":"","narrative"'),
        ),
        (
            "iss",
            header,
            _with(document, b"{", b'{"iss":"did:example:x","iss":"did:example:y",'),
        ),
    ):
        yield GROUP.file(f"{row}/{name}/vc-jwt", jws(head, payload, HARBOUR.key), why)


def _limits() -> Iterator[HostileFile]:
    row = "json-limits"
    for name, value, why in (
        ("brackets", b"[" * 200_000 + b"]" * 200_000, "200,000 brackets"),
        ("open-brackets", b"[" * 200_000, "200,000 brackets that never close"),
        ("objects", b'{"a":' * 70 + b"1" + b"}" * 70, "objects deeper than 64"),
        ("digits", b"9" * 6000, "a number of 6,000 digits"),
        ("fraction", b"0." + b"9" * 6000, "a fraction of 6,000 digits"),
        ("exponent", b"1e400", "a number beyond every double"),
        ("negative-exponent", b"-1e400", "a number beyond every double"),
        ("nan", b"NaN", "no JSON"),
        ("infinity", b"-Infinity", "no JSON"),
        ("lone-surrogate", b'"\\ud800"', "half of a surrogate pair"),
        ("surrogate-name", b'{"\\udfff": 1}', "half of a surrogate pair as a name"),
        ("bad-utf-8", b'"\xff\xfe"', "no UTF-8"),
        ("overlong-utf-8", b'"\xc0\xaf"', "an overlong form of a slash"),
        ("surrogate-utf-8", b'"\xed\xa0\x80"', "a surrogate in UTF-8"),
        ("raw-control", b'"\x00\x1b"', "a control character that is not escaped"),
        ("comment", b"1 /* none */", "no JSON"),
        ("trailing-comma", b"[1,]", "no JSON"),
        ("single-quotes", b"'x'", "no JSON"),
        ("leading-zero", b"007", "no JSON"),
        ("containers", b"[" + b"{}," * 300_000 + b"{}]", "300,000 objects"),
    ):
        for variant in ("eddsa-jcs-2022", "vc-jwt"):
            yield _put(f"{row}/{name}/{variant}", value, why, variant)


def _put(id_: str, value: bytes, why: str, variant: str) -> HostileFile:
    if variant == "vc-jwt":
        payload = _with(compact(badge()), b"{", b'{"tags":' + value + b",")
        return GROUP.file(id_, jws(header_of(HARBOUR), payload, HARBOUR.key), why)
    good = secured(badge(), HARBOUR, variant)
    return GROUP.file(id_, _with(good, b"{", b'{"tags":' + value + b","), why)


def _encodings() -> Iterator[HostileFile]:
    row = "json-limits"
    good = text(proven(badge()))
    words = good.decode()
    for name, data, why in (
        ("utf-16", words.encode("utf-16"), "UTF-16"),
        ("utf-16-be", words.encode("utf-16-be"), "UTF-16 without a mark"),
        ("utf-32", words.encode("utf-32-le"), "UTF-32"),
        ("byte-order-mark", b"\xef\xbb\xbf" + good, "a byte order mark"),
        ("bytes-after-the-end", good + b"\0", "a byte after the end"),
        ("second-object", good + good, "a second object after the first"),
        ("cut", good[:-2], "cut off"),
        ("empty", b"", "nothing"),
        ("spaces", b" " * 100_000, "nothing but spaces"),
        ("null", b"null", "no object"),
        ("too-large", b'{"a":"' + b"a" * 11 * 1024 * 1024 + b'"}', "more than 10 MiB"),
        ("list-of-lists", b"[[]]", "no credential"),
    ):
        yield GROUP.file(f"{row}/{name}", data, why)
    payload = compact(badge()).decode().encode("utf-16-le")
    yield GROUP.file(
        f"{row}/utf-16/vc-jwt",
        jws(header_of(HARBOUR), payload, HARBOUR.key),
        "UTF-16 inside",
    )
    yield GROUP.file(
        f"{row}/bytes-after-the-end/vc-jwt", token(badge()) + ".e30", "a fourth part"
    )
