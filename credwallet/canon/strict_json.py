"""Is this JSON, and does every reader understand it alike? The one door from outside.

RFC 8259, narrowed to what RFC 7493 (I-JSON) and our limits allow: what two parsers may
read differently is refused, because a signature would then cover two meanings.
"""

import json
import re
from typing import Any, NoReturn

from credwallet.canon.json_scan import paths, to_pointer
from credwallet.errors import Unreadable

MAX_BYTES = 10 * 1024 * 1024
MAX_DEPTH = 64
MAX_DIGITS = 400
# Empty objects take 64 bytes each where their text takes 3: ten MiB must stay ten MiB.
MAX_CONTAINERS = 250_000

_SAME_BRACKETS = bytes.maketrans(b"[]", b"{}")
_NEITHER_BRACKET_NOR_QUOTE = bytes(set(range(256)) - set(b'[]{}"'))
_SURROGATE_ESCAPE = r"\\u[dD][89a-fA-F]"
_SURROGATE = "[\ud800-\udfff]"
_SAVE_AGAIN = "ask the issuer for the file again"


def loads(data: bytes | str) -> Any:
    """Read a JSON text, or say in one line why it is none.

    Args:
        data: The text, as UTF-8 bytes without a byte order mark, or as a string.

    Returns:
        What `json.loads` returns for it.

    Raises:
        Unreadable: Not UTF-8, not JSON, larger than 10 MiB, nested deeper than 64,
            250,000 objects and arrays, a member name twice in one object, a number of
            more than 400 digits or beyond a double, NaN or Infinity, half of a
            surrogate pair, or nothing at all.

    """
    text = _text(data) if isinstance(data, bytes) else data
    raw = data if isinstance(data, bytes) else _bytes(data)
    _check_depth(raw)
    try:
        value = _DECODER.decode(text)
    except json.JSONDecodeError as error:
        _refuse_syntax(text, error)
    except _DuplicateNameError as error:
        _refuse(f"member {_quoted(error.name)} stands twice", _twice(text, error.name))
    if "\\u" in text and re.search(_SURROGATE_ESCAPE, text):
        _check_surrogates(value, ())
    return value


class _DuplicateNameError(Exception):
    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def _text(raw: bytes) -> str:
    if len(raw) > MAX_BYTES:
        _refuse(f"the text is larger than {MAX_BYTES // 1024 // 1024} MiB")
    if raw[:3] == b"\xef\xbb\xbf" or raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        _refuse("the text starts with a byte order mark")
    if b"\0" in raw[:4]:
        _refuse("the text is UTF-16 or UTF-32, not UTF-8")
    if not raw or raw.isspace():
        _refuse("the text is empty")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        _refuse(f"the text is not UTF-8 (byte {error.start})")


def _bytes(text: str) -> bytes:
    try:
        raw = text.encode("utf-8")
    except UnicodeEncodeError as error:
        _refuse(f"half of a surrogate pair stands at character {error.start}")
    _text(raw)
    return raw


def _check_depth(raw: bytes) -> None:
    """Peel the innermost brackets off, layer by layer, at the speed of `replace`."""
    if raw.count(b"{") + raw.count(b"[") <= MAX_DEPTH:
        return
    if b"\\" in raw:
        raw = raw.replace(b"\\\\", b"").replace(b'\\"', b"")
    marks = raw.translate(_SAME_BRACKETS, _NEITHER_BRACKET_NOR_QUOTE)
    # Strings without a bracket vanish at once; of the others only the outside stays.
    brackets = b"".join(marks.replace(b'""', b"").split(b'"')[::2])
    if len(brackets) > 2 * MAX_CONTAINERS:
        _refuse(f"the text has more than {MAX_CONTAINERS} objects and arrays")
    layers = 0
    while brackets and layers <= MAX_DEPTH:
        rest = brackets.replace(b"{}", b"")
        if len(rest) == len(brackets):
            # Unbalanced, so not JSON; but the parser must not dive into it.
            layers += brackets.count(b"{")
            break
        brackets = rest
        layers += 1
    if layers > MAX_DEPTH:
        _refuse(f"the text is nested deeper than {MAX_DEPTH}")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        seen = set()
        for name, _ in pairs:
            if name in seen:
                raise _DuplicateNameError(name)
            seen.add(name)
    return members


def _integer(digits: str) -> int:
    if len(digits) > MAX_DIGITS:
        _refuse(f"number {digits[:20]}... has more than {MAX_DIGITS} digits")
    return int(digits)


def _float(digits: str) -> float:
    if len(digits) > MAX_DIGITS:
        _refuse(f"number {digits[:20]}... has more than {MAX_DIGITS} digits")
    number = float(digits)
    if number in (float("inf"), float("-inf")):
        _refuse(f"number {digits[:40]} is beyond every double")
    return number


def _constant(word: str) -> NoReturn:
    _refuse(f"{word} is no JSON")


_DECODER = json.JSONDecoder(
    object_pairs_hook=_object,
    parse_int=_integer,
    parse_float=_float,
    parse_constant=_constant,
)


def _check_surrogates(value: Any, path: tuple[str, ...]) -> None:
    if isinstance(value, str):
        if re.search(_SURROGATE, value):
            _refuse("half of a surrogate pair", to_pointer(path))
    elif isinstance(value, dict):
        for name, member in value.items():
            if re.search(_SURROGATE, name):
                _refuse("half of a surrogate pair in a name", to_pointer(path))
            _check_surrogates(member, (*path, name))
    elif isinstance(value, list):
        for index, entry in enumerate(value):
            _check_surrogates(entry, (*path, str(index)))


def _twice(text: str, name: str) -> str:
    seen = set()
    for path in paths(text):
        if path and path[-1] == name:
            if path in seen:
                return to_pointer(path)
            seen.add(path)
    return ""


def _refuse_syntax(text: str, error: json.JSONDecodeError) -> NoReturn:
    what = error.msg[:1].lower() + error.msg[1:]
    if text[error.pos : error.pos + 1] and error.msg == "Extra data":
        what = "something follows after the end"
    line, column = error.lineno, error.colno
    raise Unreadable(
        f"not JSON: {what} (line {line}, column {column})",
        next_step=_SAVE_AGAIN,
        line=line,
        column=column,
    )


def _refuse(what: str, pointer: str | None = None) -> NoReturn:
    where = f" at {_quoted(pointer)}" if pointer else ""
    raise Unreadable(what + where, next_step=_SAVE_AGAIN, instance=pointer)


def _quoted(name: str) -> str:
    return json.dumps(name if len(name) <= 80 else name[:80] + "...")
