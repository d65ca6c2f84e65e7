"""How is a small picture said in sixels, which many terminals draw?

DEC STD 070 chapter 9.9: a device control string of bands, six rows high each. A letter
is six pixels of one colour, one above the other.
"""

from collections.abc import Iterator
from itertools import groupby

from credwallet.share.thumbnail import CLEAR, Paletted

MOST_COLOURS = 64
_BAND = 6
_FIRST = 0x3F
# A run that is shorter is said in fewer letters as it is.
_RUN = 4


def sixels(picture: Paletted) -> str:
    """Spell a picture in sixels; where it is clear the terminal shows through.

    Args:
        picture: Of at most 64 colours.

    Returns:
        The whole control sequence: ASCII between `ESC P` and `ESC backslash`.

    """
    colours = "".join(
        f"#{number};2;{_percent(red)};{_percent(green)};{_percent(blue)}"
        for number, (red, green, blue) in enumerate(picture.colours)
    )
    bands = "-".join(_band(picture, top) for top in range(0, picture.height, _BAND))
    size = f'"1;1;{picture.width};{picture.height}'
    return f"\x1bP0;1;0q{size}{colours}{bands}\x1b\\"


def _percent(level: int) -> int:
    return round(level * 100 / 255)


def _band(picture: Paletted, top: int) -> str:
    """Draw six rows, one colour after the other over the same place."""
    width = picture.width
    drawn: dict[int, bytearray] = {}
    for bit in range(min(_BAND, picture.height - top)):
        start = (top + bit) * width
        for column, colour in enumerate(picture.places[start : start + width]):
            if colour != CLEAR:
                drawn.setdefault(colour, bytearray(width))[column] |= 1 << bit
    return "$".join(
        f"#{colour}{''.join(_runs(drawn[colour]))}" for colour in sorted(drawn)
    )


def _runs(columns: bytearray) -> Iterator[str]:
    for bits, run in groupby(columns.rstrip(b"\0")):
        count = len(list(run))
        letter = chr(_FIRST + bits)
        yield f"!{count}{letter}" if count >= _RUN else letter * count
