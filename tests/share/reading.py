"""Reads QR codes back with software that is not ours, from pixels only."""

import io
import re

import pytest
from PIL import Image

DARK, LIGHT = 0, 255

Pixels = list[bytearray]


def read(pixels: Pixels) -> tuple[str, int, str]:
    """Return text, version and error level of the one QR code in a grey picture."""
    zxingcpp = pytest.importorskip("zxingcpp", reason="zxing-cpp is not installed")
    flat = b"".join(bytes(row) for row in pixels)
    image = memoryview(flat).cast("B", (len(pixels), len(pixels[0])))
    found = zxingcpp.read_barcodes(
        image, formats=zxingcpp.BarcodeFormat.QRCode, try_invert=False
    )
    assert len(found) == 1, f"{len(found)} symbols found"
    # The rest of what is known about the symbol stands in its extra information.
    extra = getattr(found[0], "extra", {}) or {}
    return found[0].text, int(extra.get("Version", 0)), extra.get("ECLevel", "")


def from_png(data: bytes) -> Pixels:
    """Decode a PNG with Pillow."""
    with Image.open(io.BytesIO(data)) as image:
        grey = image.convert("L")
        width, height = grey.size
        flat = grey.tobytes()
    return [bytearray(flat[y * width : (y + 1) * width]) for y in range(height)]


def from_svg(text: str, scale: int = 4) -> Pixels:
    """Draw our kind of SVG: a white square, and a path of horizontal strokes."""
    side = int(re.search(r'viewBox="0 0 (\d+) \1"', text)[1])
    white, black = re.findall(r' d="([^"]+)"', text)
    assert white == f"M0 0h{side}v{side}H0z"
    modules = [bytearray([LIGHT] * side) for _ in range(side)]
    x, y = 0.0, 0.0
    for command, first, second in re.findall(
        r"([Mmh])(-?[\d.]+)(?: (-?[\d.]+))?", black
    ):
        if command == "M":
            x, y = float(first), float(second)
        elif command == "m":
            x, y = x + float(first), y + float(second)
        else:
            for column in range(int(x), int(x) + int(first)):
                modules[int(y - 0.5)][column] = DARK
            x += float(first)
    return enlarge(modules, scale, scale)


def from_terminal(text: str, width: int = 8, height: int = 16) -> Pixels:
    """Draw half blocks as a terminal does: one cell is `width` by `height` pixels."""
    halves = {" ": (0, 0), "\u2580": (1, 0), "\u2584": (0, 1), "\u2588": (1, 1)}
    modules = []
    for line in text.splitlines():
        cells = re.sub(r"\x1b\[[0-9;]*m", "", line)
        modules += [
            bytearray(DARK if halves[cell][half] else LIGHT for cell in cells)
            for half in (0, 1)
        ]
    return enlarge(modules, width, height // 2)


def enlarge(modules: Pixels, x_scale: int, y_scale: int) -> Pixels:
    """Make each module a rectangle of pixels."""
    wide = [
        bytearray(b"".join(bytes([module]) * x_scale for module in row))
        for row in modules
    ]
    return [row for row in wide for _ in range(y_scale)]
