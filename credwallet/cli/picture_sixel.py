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
    rows = [
        picture.places[row * width : (row + 1) * width]
        for row in range(top, min(top + _BAND, picture.height))
    ]
    used = sorted(set().union(*rows) - {CLEAR})
    return "$".join(f"#{colour}{''.join(_runs(rows, colour))}" for colour in used)


def _runs(rows: list[bytes], colour: int) -> Iterator[str]:
    columns = [
        sum(1 << bit for bit, place in enumerate(column) if place == colour)
        for column in zip(*rows, strict=True)
    ]
    while columns and not columns[-1]:
        columns.pop()
    for bits, run in groupby(columns):
        count = len(list(run))
        letter = chr(_FIRST + bits)
        yield f"!{count}{letter}" if count >= _RUN else letter * count
