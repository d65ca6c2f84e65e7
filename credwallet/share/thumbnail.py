"""How does this picture look when it is small? It is drawn anew, of its colours alone.

For terminals, which must never get a byte of a stranger's file. How much a hostile
picture may cost is limited before anything is unpacked.
"""

from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from credwallet.errors import Unreadable
from credwallet.formats import qr_picture

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_BYTES = 4 * 1024 * 1024
MAX_PIXELS = 16_000_000
CLEAR = 255
"""In `Paletted.places`: nothing is drawn there."""
_OPAQUE = 128


class Thumbnail(NamedTuple):
    """A small picture: `pixels` are four bytes each (RGB and opacity), row by row."""

    width: int
    height: int
    pixels: bytes


class Paletted(NamedTuple):
    """A small picture of few colours: `places` has a place in `colours` a pixel."""

    width: int
    height: int
    colours: tuple[tuple[int, int, int], ...]
    places: bytes


def thumbnail(data: bytes, *, width: int, height: int) -> Thumbnail | None:
    """Draw a picture anew, so that it fits a box; of several frames the first.

    Args:
        data: PNG, JPEG, GIF or WEBP.
        width: Most pixels across.
        height: Most pixels down.

    Returns:
        The picture; None if it is broken, too large, or no picture.

    """
    from PIL import Image  # noqa: PLC0415 -- lazily: 30 ms, rarely needed

    if not data or len(data) > MAX_BYTES:
        return None
    try:
        found = qr_picture.unpacked(data, most=MAX_PIXELS, colours=True)
        share = min(width / found.width, height / found.height)
        size = (max(1, round(found.width * share)), max(1, round(found.height * share)))
        seen = _in_colours(found).resize(
            size, Image.Resampling.LANCZOS if share < 1 else Image.Resampling.NEAREST
        )
    except (Unreadable, *qr_picture.RAISED_BY_PILLOW):
        # Also what it says of its colours may make no sense.
        return None
    return Thumbnail(*size, seen.tobytes())


def _in_colours(found: "Image") -> "Image":
    if found.mode.startswith(("I", "F")):
        # 16 bits a pixel: the upper eight are what is seen.
        wide = found.convert("I").point([level // 256 for level in range(65_536)], "L")
        return wide.convert("RGBA")
    if found.mode == "CMYK":
        return found.convert("RGB").convert("RGBA")
    return found.convert("RGBA")


def as_png(small: Thumbnail) -> bytes:
    """Write a small picture as PNG, with nothing in it but its pixels."""
    from PIL import Image  # noqa: PLC0415 -- loaded already

    size = (small.width, small.height)
    out = BytesIO()
    Image.frombytes("RGBA", size, small.pixels).save(out, "PNG")
    return out.getvalue()


def paletted(small: Thumbnail, *, colours: int) -> Paletted:
    """Choose few colours for a small picture; what is half clear becomes clear.

    Args:
        small: The picture.
        colours: Most colours, at most 255.

    """
    from PIL import Image  # noqa: PLC0415 -- loaded already

    size = (small.width, small.height)
    seen = Image.frombytes("RGBA", size, small.pixels)
    few = seen.convert("RGB").quantize(colours, dither=Image.Dither.NONE)
    flat = few.getpalette() or []
    table = tuple(zip(flat[0::3], flat[1::3], flat[2::3], strict=True))
    places = bytes(
        place if opacity >= _OPAQUE else CLEAR
        for place, opacity in zip(few.tobytes(), small.pixels[3::4], strict=True)
    )
    return Paletted(*size, table, places)
