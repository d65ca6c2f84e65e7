"""What does an SD-JWT say once its disclosures stand in their places?

RFC 9901 sections 4.2 (disclosures) and 7.1 step 3 (processing). Every digest may stand
once in all of it, and every disclosure must be used; else the whole is refused, because
somebody added or moved a value.
"""

import base64
import hashlib
from collections.abc import Sequence
from typing import Any, NamedTuple

from credwallet.canon import strict_json
from credwallet.errors import Invalid, Unreadable
from credwallet.formats._jws import decode
from credwallet.model.credential import JsonObject

# The names of the IANA registry of Named Information hashes; MD5 and the cut-off ones
# that stand there too protect nothing.
HASHES = {"sha-256": "sha256", "sha-384": "sha384", "sha-512": "sha512"}
MAX_DISCLOSURES = 10_000

_DIGESTS = "_sd"
_ELEMENT = "..."
_HASH = "_sd_alg"


class Disclosure(NamedTuple):
    """One value that may be disclosed: `name` is None for an element of an array."""

    encoded: bytes
    name: str | None
    value: Any


class Disclosed(NamedTuple):
    """The processed payload, and how many digests have no disclosure here."""

    claims: JsonObject
    withheld: int


def read_disclosures(parts: Sequence[bytes]) -> tuple[Disclosure, ...]:
    """Decode disclosures (section 4.2).

    Args:
        parts: Their texts, at most 10,000.

    Returns:
        One each, in order.

    Raises:
        Unreadable: Too many, no strict base64url, or no array of a salt, perhaps a
            name, and a value.

    """
    if len(parts) > MAX_DISCLOSURES:
        raise Unreadable(f"{len(parts)} disclosures, more than {MAX_DISCLOSURES}")
    texts = [decode(part, f"disclosure {n}") for n, part in enumerate(parts, 1)]
    # Each text has its own limit; all together must not be larger than one may be.
    if sum(text.count(b"{") + text.count(b"[") for text in texts) > _MOST_BRACKETS:
        raise Unreadable(f"the disclosures have more than {_MOST_BRACKETS} brackets")
    return tuple(
        _disclosure(part, text, number)
        for number, (part, text) in enumerate(zip(parts, texts, strict=True), 1)
    )


_MOST_BRACKETS = strict_json.MAX_CONTAINERS


def _disclosure(part: bytes, text: bytes, number: int) -> Disclosure:
    entry = strict_json.loads(text)
    if not isinstance(entry, list) or len(entry) not in (2, 3):
        raise Unreadable(f"disclosure {number} is no array of two or three")
    *head, value = entry
    if not all(isinstance(item, str) for item in head):
        raise Unreadable(f"disclosure {number} has a salt or a name that is no text")
    return Disclosure(part, head[1] if len(head) == 2 else None, value)


def hash_of(payload: JsonObject) -> str:
    """Tell which hash the digests of a payload are made with (section 4.1.1).

    Args:
        payload: What the issuer signed.

    Returns:
        `sha256`, `sha384` or `sha512`.

    Raises:
        Invalid: Any other.

    """
    name = payload.get(_HASH, "sha-256")
    if not isinstance(name, str) or name not in HASHES:
        raise Invalid(f"its digests are made with {_quoted(name)}, which is not safe")
    return HASHES[name]


def digest(text: bytes, hash_name: str) -> str:
    """Make the digest of a text, as it stands in `_sd` and in `sd_hash`.

    Args:
        text: ASCII.
        hash_name: As `hash_of` returns it.

    """
    raw = hashlib.new(hash_name, text).digest()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")


def disclose(
    payload: JsonObject,
    disclosures: Sequence[Disclosure],
    *,
    never: frozenset[str],
) -> Disclosed:
    """Put disclosures in the places where their digests stand (section 7.1 step 3).

    Args:
        payload: What the issuer signed; it stays as it is.
        disclosures: What the holder discloses.
        never: Claims of the payload that must not be disclosed selectively, nor any
            part of them.

    Returns:
        The claims without any digest.

    Raises:
        Invalid: A rule is broken; the words say which.

    """
    hash_name = hash_of(payload)
    for name in never:
        if name in payload and _hides(payload[name]):
            raise Invalid(f"the claim {name} must not be disclosed selectively")
    opening = _Opening(disclosures, hash_name, never)
    signed = {name: value for name, value in payload.items() if name != _HASH}
    claims = opening.members(signed, 1)
    opening.check_all_used()
    return Disclosed(claims, opening.withheld)


class _Opening:
    """One walk over a payload; keeps what was found on the way."""

    def __init__(
        self, disclosures: Sequence[Disclosure], hash_name: str, never: frozenset[str]
    ) -> None:
        self._unused: dict[str, Disclosure] = {}
        self._found: set[str] = set()
        self._never = never
        self.withheld = 0
        for entry in disclosures:
            key = digest(entry.encoded, hash_name)
            if key in self._unused:
                raise Invalid("a disclosure stands there twice")
            self._unused[key] = entry

    def check_all_used(self) -> None:
        for entry in self._unused.values():
            what = "an element" if entry.name is None else _quoted(entry.name)
            raise Invalid(f"a disclosure ({what}) is not among what the issuer signed")

    def members(self, value: JsonObject, depth: int) -> JsonObject:
        """Process an object: `_sd` gives way to what its digests stand for."""
        if _ELEMENT in value:
            raise Invalid("the name ... stands where no element of an array is")
        digests = value.get(_DIGESTS, [])
        if not isinstance(digests, list):
            raise Invalid("a member _sd is no array of digests")
        opened = {
            name: self.any(member, depth + 1)
            for name, member in value.items()
            if name != _DIGESTS
        }
        for entry in digests:
            disclosure = self._take(entry)
            if disclosure is not None:
                self._check_name(disclosure.name, opened, depth)
                opened[str(disclosure.name)] = self.any(disclosure.value, depth + 1)
        return opened

    def any(self, value: Any, depth: int) -> Any:
        """Process a value of any kind."""
        if depth > strict_json.MAX_DEPTH:
            raise Invalid(f"it is nested deeper than {strict_json.MAX_DEPTH}")
        if isinstance(value, dict):
            return self.members(value, depth)
        if isinstance(value, list):
            return self._elements(value, depth)
        return value

    def _elements(self, value: list[Any], depth: int) -> list[Any]:
        opened = []
        for element in value:
            if not isinstance(element, dict) or _ELEMENT not in element:
                opened.append(self.any(element, depth + 1))
                continue
            if len(element) != 1:
                raise Invalid("a digest of an element has other members beside it")
            disclosure = self._take(element[_ELEMENT])
            if disclosure is None:
                continue
            if disclosure.name is not None:
                raise Invalid("a member is disclosed as an element of an array")
            opened.append(self.any(disclosure.value, depth + 1))
        return opened

    def _take(self, key: Any) -> Disclosure | None:
        """Find what a digest stands for, None if that is withheld."""
        if not isinstance(key, str):
            raise Invalid("a digest is no text")
        if key in self._found:
            raise Invalid("a digest stands there twice")
        self._found.add(key)
        disclosure = self._unused.pop(key, None)
        if disclosure is None:
            self.withheld += 1
        return disclosure

    def _check_name(self, name: str | None, opened: JsonObject, depth: int) -> None:
        if name is None:
            raise Invalid("an element of an array is disclosed as a member")
        if name in (_DIGESTS, _ELEMENT) or (depth == 1 and name == _HASH):
            raise Invalid(f"a disclosure has the reserved name {name}")
        if depth == 1 and name in self._never:
            raise Invalid(f"the claim {name} must not be disclosed selectively")
        if name in opened:
            raise Invalid(f"a disclosure would replace the member {_quoted(name)}")


def _hides(value: Any) -> bool:
    if isinstance(value, dict):
        return any(
            name in (_DIGESTS, _ELEMENT) or _hides(member)
            for name, member in value.items()
        )
    return isinstance(value, list) and any(map(_hides, value))


def _quoted(value: Any) -> str:
    return ascii(value)[:80]
