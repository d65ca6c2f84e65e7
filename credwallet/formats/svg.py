"""Badges baked into SVG pictures: taken out.

Open Badges 3.0 section 5.3.2, Open Badges 2.0 "Baking". No entity, no external
document and no script is ever looked at.
"""

from typing import Any, NamedTuple

from credwallet.errors import Unreadable
from credwallet.formats._baked import only_one, unbake
from credwallet.model.credential import Credential

NAME = "svg"
REFUSAL = "no XML"

_MEDIA_TYPE = "image/svg+xml"
_MAX_DEPTH = 256
_MAX_ELEMENTS = 200_000
_MAX_DECLARATIONS = 100
_SVG = "http://www.w3.org/2000/svg svg"
BADGE_NAMESPACE = "https://purl.imsglobal.org/ob/v3p0"
BADGES = (
    f"{BADGE_NAMESPACE} credential",
    "http://openbadges.org assertion",
)
_ENCODINGS = ("utf-8", "utf-16", "us-ascii", "iso-8859-1")


class _Found(NamedTuple):
    """A badge element: what its `verify` attribute and its text say."""

    verify: str
    pieces: list[str]


def sniff(data: bytes) -> bool:
    """Say whether the bytes look like XML, in UTF-8 or UTF-16."""
    return data[:256].lstrip(b"\xef\xbb\xbf\xfe\xff\0 \t\r\n")[:1] == b"<"


def read(data: bytes) -> Credential:
    """Read the badge that was baked into a picture.

    Args:
        data: The whole picture.

    Returns:
        The credential; its `raw` is the picture.

    Raises:
        Unreadable: No SVG, an entity declaration, or none, two or an unreadable badge.

    """
    return unbake(badge_text(data), picture=data, carrier=NAME, media_type=_MEDIA_TYPE)


def badge_text(data: bytes) -> bytes:
    """Take the badge out of a picture, without reading it.

    Args:
        data: The whole picture.

    Returns:
        The text that was baked in, UTF-8.

    Raises:
        Unreadable: A damaged picture, or none or two badges in it.

    """
    return _text(only_one(_badges(data)))


def check(data: bytes) -> None:
    """Insist on a sound and harmless SVG picture, with or without badges.

    Args:
        data: The whole picture.

    Raises:
        Unreadable: Broken XML, no SVG, an entity, or too much of anything.

    """
    _badges(data)


def _text(badge: _Found) -> bytes:
    verify = badge.verify.strip(" \t\r\n")
    text = "".join(badge.pieces).strip(" \t\r\n")
    if not verify or not text:
        return (verify or text).encode()
    if verify.lower().startswith(("http://", "https://")):
        # Open Badges 2.0: the address of the hosted assertion, and a copy of it.
        return text.encode()
    raise Unreadable(
        "the badge has a token and a text, and they could disagree",
        next_step="ask the issuer for a picture with one badge",
    )


class _Walk:
    """What the parser has seen so far; its methods are the parser's handlers."""

    def __init__(self) -> None:
        self.found: list[_Found] = []
        self._depth = 0
        self._elements = 0
        self._badge_depth = 0
        self._declarations = 0

    def declare(self, *_: Any) -> None:
        # The parser visits every declared attribute at every element.
        self._declarations += 1
        if self._declarations > _MAX_DECLARATIONS:
            raise Unreadable("the picture declares too many attributes")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._elements += 1
        if self._elements == 1 and name not in (_SVG, "svg"):
            raise Unreadable("the XML is no SVG picture")
        if self._depth > _MAX_DEPTH or self._elements > _MAX_ELEMENTS:
            raise Unreadable("the picture is nested too deep or has too many elements")
        if self._badge_depth:
            raise Unreadable("the badge in the picture contains XML")
        if name in BADGES:
            self._badge_depth = self._depth
            self.found.append(_Found(attributes.get("verify", ""), []))

    def end(self, _name: str) -> None:
        if self._depth == self._badge_depth:
            self._badge_depth = 0
        self._depth -= 1

    def characters(self, text: str) -> None:
        if self._badge_depth:
            self.found[-1].pieces.append(text)


def _badges(data: bytes) -> list[_Found]:
    # Only pictures need it.
    from xml.parsers import expat  # noqa: PLC0415 -- lazily; entities are refused

    walk = _Walk()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    # Values that a document type supplies are no part of the picture.
    parser.specified_attributes = True
    parser.StartElementHandler = walk.start
    parser.EndElementHandler = walk.end
    parser.CharacterDataHandler = walk.characters
    parser.AttlistDeclHandler = walk.declare
    parser.EntityDeclHandler = _refuse_entity
    parser.ExternalEntityRefHandler = _refuse_entity
    parser.SkippedEntityHandler = _refuse_entity
    parser.XmlDeclHandler = _check_encoding
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise Unreadable(
            f"broken XML: {expat.ErrorString(error.code)} "
            f"(line {error.lineno}, column {error.offset + 1})",
            next_step="download the picture again",
            line=error.lineno,
            column=error.offset + 1,
        ) from None
    return walk.found


def _refuse_entity(*_: Any) -> int:
    raise Unreadable(
        "the picture declares or uses an XML entity, which is refused for safety",
        next_step="ask the issuer for the badge as PNG or JSON",
    )


def _check_encoding(_version: str, encoding: str | None, _standalone: int) -> None:
    if encoding is not None and encoding.lower() not in _ENCODINGS:
        raise Unreadable(f"the picture is in encoding {encoding[:40]!a}")
