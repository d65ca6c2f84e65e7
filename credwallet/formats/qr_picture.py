"""What does the QR code in this picture say? Nothing is fetched, opened or believed.

ISO/IEC 18004 is left to zxing-cpp and the picture to Pillow, both of the extra `scan`.
A hostile picture costs seconds and no more: its size is known before it is unpacked,
and small copies are searched, because patterns that look like the corners of a code
make the search of a large one slow beyond measure.
"""

import struct
import warnings
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING

from credwallet.errors import Unreadable
from credwallet.formats import png

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_PIXELS = 40_000_000
# Making a picture smaller takes room for its longer side as often as it is wide.
MAX_SIDE = 30_000
# Unpacking such a picture takes four times the memory of the other kinds.
MAX_PIXELS_WEBP = 10_000_000
# A photo has about ten; each costs a walk over all pixels.
MAX_JPEG_SCANS = 20
# Searching the worst picture of that size takes a second.
_SEARCHED = 1_500_000
_STRIP = 256

_STARTS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a")
_FORMATS = ("PNG", "JPEG", "GIF", "WEBP")
# The whole, then the middle and the corners, each a little more than half as wide.
_TILES = (
    (0.0, 0.0, 1.0, 1.0),
    (0.2, 0.2, 0.8, 0.8),
    (0.0, 0.0, 0.6, 0.6),
    (0.4, 0.0, 1.0, 0.6),
    (0.0, 0.4, 0.6, 1.0),
    (0.4, 0.4, 1.0, 1.0),
)
RAISED_BY_PILLOW = (
    ArithmeticError,
    EOFError,
    LookupError,
    MemoryError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
"""What Pillow's readers let through when a file is not what it says."""


def sniff(data: bytes) -> bool:
    """Say whether the bytes are a picture of a kind that is searched for a code."""
    return data.startswith(_STARTS) or _is_webp(data)


def carries_badge(data: bytes) -> bool:
    """Say whether a picture is a PNG with a badge baked in, which then counts alone.

    Args:
        data: The whole picture.

    Returns:
        True also for a PNG that is damaged or holds several badges: the reader of
        baked badges says so.

    """
    if not png.sniff(data):
        return False
    try:
        return png.has_badge(data)
    except Unreadable:
        return True


def text_of(data: bytes) -> str:
    """Read the one QR code in a picture.

    Args:
        data: PNG, JPEG, GIF (its first frame) or WEBP.

    Returns:
        Its text, which may hold anything.

    Raises:
        Unreadable: No code, several that differ, a picture that is damaged or too
            large, or the extra `scan` is not installed.

    """
    try:
        import zxingcpp  # noqa: PLC0415 -- lazily: of the extra `scan`
    except ImportError:
        raise Unreadable(
            "a picture without a badge inside; a QR code in it cannot be read yet",
            next_step="install what reads QR codes: pip install 'credwallet[scan]'",
            type="extra-missing",
        ) from None
    wanted = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    for part in _parts(data):
        codes = zxingcpp.read_barcodes(part, formats=wanted)
        found = {_text(code.bytes, code.text) for code in codes}
        if len(found) > 1:
            raise Unreadable(
                f"the picture shows {len(found)} different QR codes",
                next_step="cut the picture so that it shows one",
            )
        if found:
            return found.pop()
    raise Unreadable(
        "the picture carries no badge, and no QR code was found in it",
        next_step="photograph the code alone, straight from above, or give the badge "
        "as a file",
    )


def _text(raw: bytes, text: str) -> str:
    # The bytes count: a guessed character set would break a signature.
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return text


def _parts(data: bytes) -> Iterator["Image"]:
    """Cut out of a picture what is searched, small enough each."""
    picture = unpacked(data)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            picture = _grey(picture)
        except RAISED_BY_PILLOW:  # what it says of its colours makes no sense
            raise _damaged() from None
    width, height = picture.size
    for left, top, right, bottom in _TILES:
        box = (width * left, height * top, width * right, height * bottom)
        pixels = (box[2] - box[0]) * (box[3] - box[1])
        shrink = min((_SEARCHED / pixels) ** 0.5, 1.0)
        size = (
            max(int((box[2] - box[0]) * shrink), 1),
            max(int((box[3] - box[1]) * shrink), 1),
        )
        yield picture.resize(size, box=box)
        if shrink == 1.0:  # the whole, as it is: its parts show nothing more
            return


def unpacked(data: bytes, *, most: int = MAX_PIXELS, colours: bool = False) -> "Image":
    """Open a picture and unpack it, once its size is known to be bearable.

    Args:
        data: PNG, JPEG, GIF (its first frame) or WEBP.
        most: Pixels that are bearable.
        colours: Whether a JPEG keeps them; its brightness alone is unpacked sooner.

    Returns:
        The picture.

    Raises:
        Unreadable: A picture that is damaged or too large.

    """
    from PIL import Image  # noqa: PLC0415 -- lazily: 30 ms, rarely needed

    if _is_webp(data) and _webp_pixels(data) > MAX_PIXELS_WEBP:
        raise _too_large(MAX_PIXELS_WEBP)
    if data[:2] == b"\xff\xd8" and data.count(b"\xff\xda") > MAX_JPEG_SCANS:
        raise Unreadable(
            f"a JPEG picture of more than {MAX_JPEG_SCANS} layers",
            next_step="save it again as PNG",
        )
    with warnings.catch_warnings():
        # Pillow warns about much that does not matter for a code.
        warnings.simplefilter("ignore")
        try:
            picture = Image.open(BytesIO(data), formats=_FORMATS)
            long = max(picture.size) > MAX_SIDE
            if not long and picture.width * picture.height <= most:
                if picture.format == "JPEG" and not colours:
                    picture.draft("L", picture.size)
                picture.load()
                return picture
        except (*RAISED_BY_PILLOW, Image.DecompressionBombError):
            raise _damaged() from None
    if long:
        raise Unreadable(
            f"the picture is more than {MAX_SIDE:,} pixels wide or high",
            next_step="cut the picture so that it shows the code",
        )
    raise _too_large(most)


def _grey(picture: "Image") -> "Image":
    """Turn to shades of grey; what is transparent becomes white, as on a page.

    Strip by strip, since a second copy of all colours would cost too much memory.
    """
    from PIL import Image  # noqa: PLC0415 -- lazily, as above

    clear = "A" in picture.getbands() or "transparency" in picture.info
    grey = Image.new("L", picture.size)
    for top in range(0, picture.height, _STRIP):
        below = min(top + _STRIP, picture.height)
        strip = picture.crop((0, top, picture.width, below))
        plain = strip.convert("L")
        if clear:
            alpha = strip.convert("RGBA").getchannel("A")
            plain.paste(255, mask=alpha.point([255 - level for level in range(256)]))
        grey.paste(plain, (0, top))
    return grey


def _damaged() -> Unreadable:
    return Unreadable(
        "the picture is damaged, or larger than any photo",
        next_step="download it or take it again",
    )


def _too_large(pixels: int) -> Unreadable:
    return Unreadable(
        f"the picture has more than {pixels // 1_000_000} million pixels",
        next_step="cut the picture so that it shows the code",
    )


def _is_webp(data: bytes) -> bool:
    return data[:4] == b"RIFF" and data[8:12] == b"WEBP"


def _webp_pixels(data: bytes) -> int:
    """Read the size of a WEBP picture (RFC 9649 sections 2.5 to 2.7).

    Its reader makes room for the whole picture as soon as it is opened.
    """
    kind, body = data[12:16], data[20:30]
    if len(body) < 10:
        return 0
    if kind == b"VP8X":
        width = int.from_bytes(body[4:7], "little") + 1
        return width * (int.from_bytes(body[7:10], "little") + 1)
    if kind == b"VP8L":
        bits = int.from_bytes(body[1:5], "little")
        return ((bits & 0x3FFF) + 1) * ((bits >> 14 & 0x3FFF) + 1)
    width = int.from_bytes(body[6:8], "little") & 0x3FFF
    return width * (int.from_bytes(body[8:10], "little") & 0x3FFF)
