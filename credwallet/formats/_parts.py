"""What a presentation holds, and which bytes are each part's own.

VC Data Model 2.0 section 4.13 (presentations), 4.13.1 (enveloped credentials); RFC 2397
(`data:` addresses).
"""

import json
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any, NamedTuple

from credwallet.errors import Unreadable
from credwallet.model.credential import Held, JsonObject

MEMBER = "verifiableCredential"
# Member names, and places in arrays, that lead to a value.
Path = tuple[str | int, ...]
# By how many presentations stand around: what is inside of others multiplies.
MAX_PARTS = (1000, 10)

# Only walks over text that `strict_json` accepted, to find where each value ends.
_DECODER = json.JSONDecoder()
_SPACE = " \t\r\n"


class Openers(NamedTuple):
    """How a part is opened; all take the bytes of the part and how deep it stands."""

    json_object: Callable[[JsonObject, bytes, int], Held]
    jws: Callable[[bytes, int], Held]
    sd_jwt: Callable[[bytes, int], Held]


def read_parts(
    text: str, path: Path, value: Any, *, openers: Openers, depth: int
) -> tuple[Held | Exception, ...]:
    """Read everything that a presentation holds.

    Args:
        text: The JSON text around it, accepted by `strict_json`.
        path: Leads from that text to the parts.
        value: What stands there: one part or an array of them.
        openers: Who reads an object, a compact JWS and an SD-JWT.
        depth: How many presentations (or learner records) stand around this one.

    Returns:
        The parts in order; one that cannot be read stands as its `Unreadable`.

    Raises:
        Unreadable: More than 1,000 parts (10 in a presentation in a presentation), or
            presentations in presentations in presentations.

    """
    if value is None:
        return ()
    parts = value if isinstance(value, list) else [value]
    if depth >= len(MAX_PARTS):
        raise Unreadable(
            f"presentations or records nested deeper than {len(MAX_PARTS)}"
        )
    if len(parts) > MAX_PARTS[depth]:
        raise Unreadable(
            f"it holds more than {MAX_PARTS[depth]} credentials",
            next_step="ask for it in several smaller ones",
        )
    places = spans(text, path, many=isinstance(value, list))
    return tuple(
        _open(part, text[start:end], openers, depth + 1)
        for part, (start, end) in zip(parts, places, strict=True)
    )


def open_data_address(address: str, openers: Openers, depth: int) -> Held:
    """Open the `data:` address of an enveloped credential or presentation.

    Args:
        address: Such as `data:application/vc+jwt,eyJ...`.
        openers: Who reads what is inside; its media type says which of them.
        depth: How many presentations stand around it.

    Returns:
        What is inside.

    Raises:
        Unreadable: It is no `data:` address, or of a media type that is no JWT, or what
            is inside is not readable.

    """
    head, comma, content = address.partition(",")
    if not comma or not head.startswith("data:"):
        raise Unreadable("an enveloped credential without a data: address as its id")
    media_type, *parameters = head[5:].lower().split(";")
    if not media_type.endswith("jwt") or "base64" in parameters:
        kind = head[5:65]
        raise Unreadable(f"an enveloped {kind!a}, not supported", type="unsupported")
    if media_type.endswith("sd-jwt"):
        return openers.sd_jwt(content.encode(), depth)
    return openers.jws(content.encode(), depth)


def _open(part: Any, text: str, openers: Openers, depth: int) -> Held | Exception:
    try:
        if isinstance(part, dict):
            return openers.json_object(part, text.encode(), depth)
        if isinstance(part, str):
            if part.startswith("data:"):
                return open_data_address(part, openers, depth)
            opener = openers.sd_jwt if "~" in part else openers.jws
            return opener(part.encode(), depth)
    except Unreadable as refusal:
        return refusal
    return Unreadable("a part that is neither an object nor a token")


def spans(text: str, path: Path, *, many: bool) -> Iterator[tuple[int, int]]:
    """Yield where each part starts and ends, at the speed of the C scanner.

    Args:
        text: A JSON text that `strict_json` accepted.
        path: Leads to the parts.
        many: Whether an array of parts stands there, or one part.

    """
    start = _skip(text, 0)
    for name in path:
        if isinstance(name, int):
            start = next(islice(_entries(text, start), name, None))[0]
        else:
            start = _member(text, start, name)
    if not many:
        yield start, _DECODER.raw_decode(text, start)[1]
        return
    yield from _entries(text, start)


def _entries(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Yield where each entry of the array at `start` starts and ends."""
    position = _skip(text, start + 1)
    while text[position] != "]":
        end = _DECODER.raw_decode(text, position)[1]
        yield position, end
        position = _skip(text, end)
        if text[position] == ",":
            position = _skip(text, position + 1)


def _member(text: str, start: int, name: str) -> int:
    """Find where the value of a member of the object at `start` begins."""
    position = start
    while True:
        found, end = _DECODER.raw_decode(text, _skip(text, position + 1))
        position = _skip(text, _skip(text, end) + 1)
        if found == name:
            return position
        position = _skip(text, _DECODER.raw_decode(text, position)[1])


def _skip(text: str, position: int) -> int:
    while text[position] in _SPACE:
        position += 1
    return position
