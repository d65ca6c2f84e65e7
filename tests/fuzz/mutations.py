"""Changes one input into another, always the same way for the same source of chance."""

import json
from collections.abc import Sequence
from random import Random
from typing import Any

# What readers have stumbled over: limits of numbers, of texts, of nesting, of time.
VALUES: tuple[Any, ...] = (
    None,
    True,
    False,
    0,
    -1,
    1e308,
    5e-324,
    2**53 + 1,
    -(2**63),
    10**399,
    "",
    " ",
    "\0",
    "\x1b[2J",
    "\u202e\u2066\u200b",
    "\ud7ff\ue000\uffff\U0010ffff",
    "a" * 5000,
    "https://never.example/x",
    "http://127.0.0.1/",
    "https://[::1]:99999/\\@",
    "did:web:northlight.example.org%3A",
    "did:key:z6Mk",
    "data:application/vc+jwt,ey",
    "urn:uuid:",
    "_:b0",
    "2026-02-30T00:00:00Z",
    "9999-12-31T23:59:60+14:00",
    "0000-01-01T00:00:00Z",
    "P99999999999Y",
    "u" + "A" * 50,
    "z" + "1" * 200,
    "sha256$",
    "999999999999999999999",
    [],
    {},
    [[]],
    [None],
    [{}, "", 0],
    {"": {}},
    {"id": 1, "type": None},
    {"@value": "x", "@type": "@json"},
    {"@set": []},
    {"@id": "@type"},
)
WORDS: tuple[bytes, ...] = (
    b"\0",
    b"\xff\xff\xff\xff",
    b"\x7f\xff\xff\xff",
    b"\x80",
    b"\xed\xa0\x80",
    b"\xef\xbb\xbf",
    b"\r\n",
    b"\x1b",
    b"{",
    b"}",
    b"[" * 70,
    b'"',
    b"\\u0000",
    b"\\ud800",
    b"1e999",
    b"-0",
    b"NaN",
    b"9" * 500,
    b".",
    b"..",
    b"~",
    b"~~",
    b"=",
    b"eyJ9",
    b"<!DOCTYPE x [<!ENTITY y 'z'>]>",
    b"<![CDATA[",
    b"]]>",
    b"&amp;",
    b"PK\x01\x02",
    b"PK\x05\x06",
    b"IEND",
    b"iTXt",
    b"[[requirement]]\n",
    b'id = "x"\n',
    b"'''",
    b"\x1f\x8b\x08",
)
_NAMES = ("@context", "@graph", "@id", "@type", "id", "type", "proof", "_sd", "", "x")
_MOST = 200_000


def bytes_changed(chance: Random, data: bytes, others: Sequence[bytes]) -> bytes:
    """Change bytes in one to six places."""
    made = bytearray(data)
    for _ in range(chance.choice((1, 1, 1, 2, 3, 6))):
        _change_bytes(chance, made, others)
    return bytes(made[:_MOST])


def _change_bytes(chance: Random, made: bytearray, others: Sequence[bytes]) -> None:
    at = chance.randrange(len(made) + 1)
    until = min(at + int(chance.paretovariate(0.7)), len(made))
    way = chance.randrange(9)
    if way == 0 and made:
        made[at % len(made)] ^= 1 << chance.randrange(8)
    elif way == 1 and made:
        made[at % len(made)] = chance.randrange(256)
    elif way == 2:
        del made[at:until]
    elif way == 3:
        made[at:at] = made[at:until] * chance.choice((1, 1, 2, 30))
    elif way == 4:
        made[at:at] = chance.choice(WORDS)
    elif way == 5:
        made[at:until] = chance.choice(WORDS)
    elif way == 6:
        made[at:] = b""
    elif way == 7:
        other = chance.choice(others)
        start = chance.randrange(len(other) + 1)
        made[at:until] = other[start : start + chance.choice((1, 8, 64, 1000))]
    else:
        made[at:until] = chance.randbytes(until - at)


def json_changed(chance: Random, value: Any) -> Any:
    """Change members and items in one to four places; the value itself stays."""
    made = json.loads(json.dumps(value))
    for _ in range(chance.choice((1, 1, 2, 4))):
        made = _change_json(chance, made)
    return made


def _change_json(chance: Random, value: Any) -> Any:
    places = list(_places(value))
    if not places:
        return chance.choice(VALUES)
    holder, name = chance.choice(places)
    other_holder, other_name = chance.choice(places)
    way = chance.randrange(8)
    if way == 0:
        del holder[name]
    elif way == 1:
        holder[name] = [holder[name]]
    elif way == 2:
        holder[name] = _copied(other_holder[other_name])
    elif way == 3 and isinstance(holder, dict):
        holder[chance.choice(_NAMES)] = holder.pop(name)
    elif way == 4 and isinstance(holder, dict):
        holder[chance.choice(_NAMES)] = _copied(chance.choice(VALUES))
    elif way == 5 and isinstance(holder, list):
        holder += _copied(holder) * chance.choice((1, 10))
    elif way == 6 and isinstance(holder[name], str):
        text = bytes_changed(chance, holder[name].encode(), WORDS)
        holder[name] = text.decode("utf-8", "replace")
    else:
        holder[name] = _copied(chance.choice(VALUES))
    return value


def _places(value: Any) -> list[tuple[Any, Any]]:
    found: list[tuple[Any, Any]] = []
    pending = [value]
    while pending:
        holder = pending.pop()
        if isinstance(holder, dict):
            found += [(holder, name) for name in holder]
            pending += holder.values()
        elif isinstance(holder, list):
            found += [(holder, number) for number in range(len(holder))]
            pending += holder
    return found


def _copied(value: Any) -> Any:
    return json.loads(json.dumps(value))
