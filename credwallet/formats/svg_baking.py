"""How is a badge put into an SVG picture, with every other byte left as it is?

Open Badges 3.0 section 5.3.2: the namespace is declared on the `svg` tag, and the
element `openbadges:credential` follows directly behind it, with a JWT in its attribute
`verify` or the JSON text as CDATA. The picture is never written anew: two pieces of
text go in, and older badges come out.
"""

import re
from typing import Any, NamedTuple

from credwallet.errors import Unreadable, Usage
from credwallet.formats import svg

_PREFIX = "openbadges"
_DECLARATION = f' xmlns:{_PREFIX}="{svg.BADGE_NAMESPACE}"'
_TAG = re.compile(rb"""<([^\s/>]+)((?:[^"'>]|"[^"]*"|'[^']*')*?)(/?)>""")
_UTF_16 = (b"\xfe\xff", b"\xff\xfe", b"<\0", b"\0<")
# What XML 1.0 section 2.2 does not let in; JSON writes it as an escape.
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class _Places(NamedTuple):
    """Where the root tag stands, and each old badge (first byte, one past the last)."""

    root: int
    badges: list[tuple[int, int]]
    declared: str | None


def without_badge(picture: bytes) -> bytes:
    """Take every badge out of a picture, and nothing else.

    Args:
        picture: An SVG.

    Raises:
        Unreadable: The bytes are no sound SVG.
        Usage: They are UTF-16.

    """
    for start, end in reversed(_places(picture).badges):
        picture = picture[:start] + picture[end:]
    return picture


def bake(picture: bytes, *, token: str = "", json: str = "") -> bytes:
    """Put a badge into a picture without one.

    Args:
        picture: An SVG without a badge.
        token: A compact JWS, or `""`.
        json: In its place the JSON text; in pictures that are not UTF-8 ASCII only.

    Returns:
        The picture with the element behind its first tag.

    Raises:
        Unreadable: The bytes are no sound SVG.
        Usage: They are UTF-16, or there is a badge already.

    """
    places = _places(picture)
    if places.badges:
        raise Usage(
            "the picture carries a badge already",
            next_step="take the picture without one",
        )
    tag = _TAG.match(picture, places.root)
    if tag is None:
        raise Unreadable("the picture has no first tag that can be found")
    at_root = places.declared is None
    # Where the prefix means something else, it is said on the element itself.
    other = places.declared not in (None, svg.BADGE_NAMESPACE)
    namespace = _DECLARATION if other else ""
    if token:
        element = f'<{_PREFIX}:credential{namespace} verify="{token}"/>'
    else:
        safe = json.replace("]]>", "]]]]><![CDATA[>")
        name = f"{_PREFIX}:credential"
        element = f"<{name}{namespace}><![CDATA[{safe}]]></{name}>"
    root, attributes, closed = tag[1], tag[2], tag[3]
    first = b"<" + root + (_DECLARATION.encode() if at_root else b"") + attributes
    last = b"</" + root + b">" if closed else b""
    return b"".join(
        (
            picture[: places.root],
            first,
            b">",
            element.encode(),
            last,
            picture[tag.end() :],
        )
    )


def takes_unicode(picture: bytes) -> bool:
    """Say whether letters beyond ASCII may be put into a picture as UTF-8.

    Args:
        picture: A sound SVG.

    """
    head = re.match(
        rb"""(?:\xef\xbb\xbf)?<\?xml[^>]*?encoding\s*=\s*["']([\w-]+)""", picture
    )
    return head is None or head[1].lower() == b"utf-8"


def fits(text: str) -> bool:
    """Say whether XML can hold a text as it is (XML 1.0 section 2.2)."""
    return _NO_XML.search(text) is None


def _places(data: bytes) -> _Places:
    if data.startswith(_UTF_16):
        raise Usage(
            "the SVG picture is written in UTF-16",
            next_step="save it as UTF-8 first",
        )
    svg.check(data)
    # Only pictures need it.
    from xml.parsers import expat  # noqa: PLC0415 -- lazily; `check` refuses entities

    parser = expat.ParserCreate(namespace_separator=" ")
    walk = _Walk(parser, data)
    parser.StartElementHandler = walk.start
    parser.EndElementHandler = walk.end
    parser.StartNamespaceDeclHandler = walk.declare
    parser.Parse(data, True)
    return _Places(walk.root, walk.badges, walk.declared)


class _Walk:
    """Where the parser saw what; its methods are the parser's handlers."""

    def __init__(self, parser: Any, data: bytes) -> None:
        self.root = -1
        self.badges: list[tuple[int, int]] = []
        self.declared: str | None = None
        self._parser = parser
        self._data = data
        self._open = -1

    def declare(self, prefix: str | None, address: str | None) -> None:
        if self.root < 0 and prefix == _PREFIX:
            self.declared = address or ""

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        place = self._parser.CurrentByteIndex
        if self.root < 0:
            self.root = place
        if name in svg.BADGES:
            self._open = place

    def end(self, name: str) -> None:
        if name not in svg.BADGES:
            return
        place = self._parser.CurrentByteIndex
        closing = self._data.startswith(b"</", place)
        # Behind an empty tag the parser stands behind it already, or at its start.
        if closing:
            place = self._data.index(b">", place) + 1
        elif place == self._open:
            tag = _TAG.match(self._data, place)
            place = tag.end() if tag else place
        self.badges.append((self._open, place))
