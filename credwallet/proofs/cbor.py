"""What do these CBOR bytes say? A small decoder, strict and bounded.

RFC 8949 (CBOR), restricted to its deterministic encoding (section 4.2.1): definite
lengths, every number in its shortest form, no key twice. Integers, byte and text
strings, arrays, maps, tags, true, false and null; no floating-point numbers.
"""

from typing import Any, NamedTuple

from credwallet.errors import Invalid

MAX_DEPTH = 16
MAX_ITEMS = 65_536

_UNSIGNED, _, _BYTES, _TEXT, _ARRAY, _MAP, _TAG, _SIMPLE = range(8)
_SIMPLE_VALUES = {20: False, 21: True, 22: None}


class Tagged(NamedTuple):
    """A value with a tag (RFC 8949 section 3.4)."""

    tag: int
    value: Any


def decode(data: bytes) -> Any:
    """Decode one CBOR data item that fills all of the bytes.

    Args:
        data: The encoding.

    Returns:
        int, bytes, str, bool, None, list, dict or `Tagged`.

    Raises:
        Invalid: Cut short, bytes left over, not in the deterministic form, of a kind
            that is not supported, deeper than 16 or more than 65,536 items.

    """
    reader = _Reader(data)
    value = reader.item(0)
    if reader.at != len(data):
        raise _refused("bytes are left over")
    return value


class _Reader:
    """One pass over the bytes; `at` is where it stands."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._items = 0
        self.at = 0

    def item(self, depth: int) -> Any:
        self._items += 1
        if depth > MAX_DEPTH or self._items > MAX_ITEMS:
            raise _refused("too deep or too many items")
        kind, number = self._head()
        if kind in (_ARRAY, _MAP):
            return self._container(kind, number, depth)
        if kind == _TAG:
            return Tagged(number, self.item(depth + 1))
        if kind in (_BYTES, _TEXT):
            data = self._take(number)
            return data if kind == _BYTES else _text(data)
        if kind == _SIMPLE:
            return _simple(number)
        return number if kind == _UNSIGNED else -1 - number

    def _container(self, kind: int, count: int, depth: int) -> Any:
        # Each item takes a byte at least: a longer claim is not even begun.
        if count > len(self._data) - self.at:
            raise _refused("it is cut short")
        if kind == _ARRAY:
            return [self.item(depth + 1) for _ in range(count)]
        found: dict[Any, Any] = {}
        for _ in range(count):
            key = self.item(depth + 1)
            if not isinstance(key, int | str | bytes) or isinstance(key, bool):
                raise _refused("a key is no number and no string")
            if key in found:
                raise _refused("a key stands there twice")
            found[key] = self.item(depth + 1)
        return found

    def _head(self) -> tuple[int, int]:
        first = self._take(1)[0]
        kind, short = first >> 5, first & 31
        if short < 24:
            return kind, short
        if short > 27 or kind == _SIMPLE:
            raise _refused("an open length, or a number with a fraction")
        size = 1 << (short - 24)
        number = int.from_bytes(self._take(size), "big")
        if number < 24 or (size > 1 and number >> (4 * size) == 0):
            raise _refused("a number is not in its shortest form")
        return kind, number

    def _take(self, count: int) -> bytes:
        end = self.at + count
        if end > len(self._data):
            raise _refused("it is cut short")
        taken = self._data[self.at : end]
        self.at = end
        return taken


def _simple(number: int) -> bool | None:
    if number not in _SIMPLE_VALUES:
        raise _refused("a value without a meaning")
    return _SIMPLE_VALUES[number]


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise _refused("a text is no UTF-8") from None


def _refused(why: str) -> Invalid:
    return Invalid(
        f"the CBOR is not readable: {why}",
        type="cbor",
        next_step="it was changed after issuing: ask for a fresh copy",
    )
