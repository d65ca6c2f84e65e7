"""May this picture of a badge stand on a certificate? It is never fetched.

Only what the credential carries itself counts: a PNG or JPEG in a `data:` address (RFC
2397) is unpacked and drawn anew in plain colours, an SVG is drawn only if it is made of
shapes and nothing else. No picture is better than a strange one.
"""

import base64
import binascii
import re
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote_to_bytes

from credwallet.errors import Unreadable
from credwallet.formats import qr_picture, svg
from credwallet.model.credential import Credential

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_BYTES = 4 * 1024 * 1024
MAX_SIDE = 800
"""Pixels: at 40 mm this is more than paper shows."""

_HEAD = re.compile(
    r"data:image/(png|jpe?g|svg\+xml)((?:;[\w.+=-]{0,60}){0,5}),", re.IGNORECASE
)
_STARTS = {"png": b"\x89PNG\r\n\x1a\n", "jpeg": b"\xff\xd8\xff", "jpg": b"\xff\xd8\xff"}
_MAX_PIXELS = 16_000_000
_MAX_SVG_BYTES = 300_000
_MAX_SHAPES = 2_000
_SVG = "http://www.w3.org/2000/svg"
_SHAPES = frozenset(
    (
        *("svg", "g", "title", "desc", "metadata"),
        *("path", "rect", "circle", "ellipse", "line", "polyline", "polygon"),
    )
)
_ATTRIBUTES = frozenset(
    (
        *("id", "class", "role", "version", "width", "height", "viewBox"),
        *("d", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "rx", "ry", "points"),
        *("fill", "fill-rule", "stroke", "stroke-width", "stroke-linecap"),
        *("stroke-linejoin", "stroke-miterlimit", "transform"),
    )
)
_NUMBER = re.compile(r"-?(?:\d{1,6}(?:\.\d{0,6})?|\.\d{1,6})(?:px)?\Z")
_BOX = re.compile(r"\s*-?[\d.]{1,9}(?:[\s,]+-?[\d.]{1,9}){3}\s*\Z")
_COLOUR = re.compile(r"(?:none|#[0-9a-fA-F]{3}|#[0-9a-fA-F]{6}|[a-z]{3,20})\Z")


class Picture(NamedTuple):
    """A picture that is safe to draw: `pixels`, or the bytes of an SVG in `shapes`.

    `ratio` is its width divided by its height.
    """

    ratio: float
    pixels: "Image | None" = None
    shapes: bytes = b""


def address_in(signed: Credential) -> str:
    """Find the `data:` address of the picture of a credential.

    Args:
        signed: Its signed part.

    Returns:
        The address, of the achievement before one of the credential itself; `""` if
        there is none, or the picture lies elsewhere.

    """
    holders: list[Any] = []
    for subject in signed.subjects:
        achieved = subject.get("achievement")
        holders += achieved if isinstance(achieved, list) else [achieved]
    holders += [signed.document, signed.document.get("badge")]
    for holder in holders:
        image = holder.get("image") if isinstance(holder, dict) else None
        address = image.get("id") if isinstance(image, dict) else image
        if isinstance(address, str) and address[:5].lower() == "data:":
            return address
    return ""


def carried_by(address: str) -> tuple[str, bytes]:
    """Unpack a `data:` address, without looking at the picture.

    Args:
        address: From the credential, `""` if it has none.

    Returns:
        `png`, `jpeg`, `jpg` or `svg+xml`, and the bytes; `""` and nothing if it is no
        such address, or too large.

    """
    head = _HEAD.match(address)
    if head is None or len(address) > 2 * MAX_BYTES:
        return "", b""
    data = _data(address[head.end() :], base64_="base64" in head[2].lower())
    if not data or len(data) > MAX_BYTES:
        return "", b""
    return head[1].lower(), data


def picture_of(address: str) -> Picture | None:
    """Take the picture out of a `data:` address.

    Args:
        address: From the credential, `""` if it has none.

    Returns:
        The picture; None if there is none, or it is broken, too large, or of a kind
        that is not drawn.

    """
    kind, data = carried_by(address)
    if kind == "svg+xml":
        return _of_shapes(data)
    if not kind or not data.startswith(_STARTS[kind]):
        return None
    return _of_pixels(data)


def _data(text: str, *, base64_: bool) -> bytes:
    packed = unquote_to_bytes(text)
    if not base64_:
        return packed
    try:
        return base64.b64decode(packed, validate=True)
    except binascii.Error:
        return b""


def _of_pixels(data: bytes) -> Picture | None:
    from PIL import Image  # noqa: PLC0415 -- lazily: 30 ms, rarely needed

    try:
        found = qr_picture.unpacked(data, most=_MAX_PIXELS, colours=True)
        found.thumbnail((MAX_SIDE, MAX_SIDE))
        # White below what is transparent, as paper is; no profile, no second frame.
        seen = found.convert("RGBA")
    except (Unreadable, *qr_picture.RAISED_BY_PILLOW):
        # Also what it says of its colours may make no sense.
        return None
    paper = Image.new("RGB", seen.size, "white")
    paper.paste(seen, mask=seen.getchannel("A"))
    return Picture(paper.width / paper.height, pixels=paper)


def _of_shapes(data: bytes) -> Picture | None:
    if len(data) > _MAX_SVG_BYTES:
        return None
    # Only pictures need it.
    from xml.parsers import expat  # noqa: PLC0415 -- lazily; `check` refuses entities

    walk = _Shapes()
    try:
        svg.check(data)
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = walk.start
        parser.StartDoctypeDeclHandler = walk.refuse
        parser.Parse(data, True)
    except (Unreadable, expat.ExpatError):
        return None
    return None if walk.ratio <= 0 else Picture(walk.ratio, shapes=data)


class _Shapes:
    """Insists on shapes of plain colours; its methods are the parser's handlers."""

    def __init__(self) -> None:
        self.ratio = 0.0
        self._count = 0

    def refuse(self, *_: Any) -> None:
        raise Unreadable("the picture is more than shapes", next_step="it is left out")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        namespace, _, local = name.rpartition(" ")
        self._count += 1
        first = self._count == 1
        if (
            namespace != _SVG
            or local not in _SHAPES
            or self._count > _MAX_SHAPES
            or (local == "svg") is not first
        ):
            self.refuse()
        for key, value in attributes.items():
            if key not in _ATTRIBUTES or not _is_plain(key, value):
                self.refuse()
        if first:
            self.ratio = _ratio(attributes)


def _is_plain(key: str, value: str) -> bool:
    if key in ("fill", "stroke"):
        return _COLOUR.match(value) is not None
    if key in ("width", "height", "x", "y", "r", "rx", "ry", "cx", "cy"):
        return _NUMBER.match(value) is not None or value == "100%"
    return "(" not in value or key == "transform"


def _ratio(attributes: dict[str, str]) -> float:
    """Read how wide the picture is for its height, 0 if that is not sane."""
    box = attributes.get("viewBox", "")
    if not _BOX.match(box):
        return 0.0
    try:
        _, _, width, height = (float(part) for part in re.split(r"[\s,]+", box.strip()))
    except ValueError:
        return 0.0
    if not (0.01 < width < 100_000 and 0.01 < height < 100_000):
        return 0.0
    ratio = width / height
    return ratio if 0.2 <= ratio <= 5 else 0.0


def as_stream(shapes: bytes) -> BytesIO:
    """Open the bytes of a picture for the library that draws it."""
    return BytesIO(shapes)
