"""Symbols are read back, from pixels, by software that is not ours."""

import io
import random
import string
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from credwallet.errors import Usage
from credwallet.share import drawing, qr
from tests.share import reading

# Bytes that a version holds at level L and M (ISO/IEC 18004 table 7).
CAPACITY = {
    1: (17, 14),
    2: (32, 26),
    5: (106, 84),
    6: (134, 106),
    9: (230, 180),
    10: (271, 213),
    13: (425, 331),
    18: (718, 560),
    21: (929, 711),
    25: (1273, 997),
    26: (1367, 1059),
    27: (1465, 1125),
    30: (1732, 1370),
    40: (2953, 2331),
}


def link_of(length: int) -> str:
    """Make a text like our links, always the same for a length."""
    source = random.Random(length)  # noqa: S311 -- no secret
    start = "https://v.example/#c=j."
    alphabet = string.ascii_letters + string.digits + "-_"
    rest = "".join(source.choices(alphabet, k=max(0, length - len(start))))
    return (start + rest)[:length]


@pytest.mark.parametrize("version", CAPACITY)
@pytest.mark.parametrize("level", ["L", "M"])
def test_a_version_holds_what_the_standard_says(version, level):
    room = CAPACITY[version]["LM".index(level)]
    made = qr.symbol(link_of(room), error=level, dense=True)
    assert (made.version, made.level) == (version, level)
    assert len(made.modules) == 4 * version + 17
    assert {len(row) for row in made.modules} == {len(made.modules)}


@pytest.mark.parametrize("version", [*range(1, 26), 30])
def test_every_form_of_every_version_is_read_back(version):
    text = next(
        text
        for length in range(10, 2000, 3)
        if (text := link_of(length)) and _version(text) == version
    )
    made = qr.symbol(text)
    assert made.version == version
    wanted = (text, version, "L")
    assert reading.read(reading.from_png(drawing.png(made))) == wanted
    assert reading.read(reading.from_png(drawing.png(made, scale=4))) == wanted
    assert reading.read(reading.from_svg(drawing.svg(made))) == wanted
    shown = drawing.terminal(made, columns=200, rows=100)
    assert shown is not None
    assert reading.read(reading.from_terminal(shown)) == wanted
    assert reading.read(reading.from_terminal(shown, width=9, height=18)) == wanted


def _version(text: str) -> int:
    return next(version for version in range(1, 41) if len(text) <= _ROOM_AT_L[version])


# Bytes at level L for all versions (ISO/IEC 18004 table 7).
_ROOM_AT_L = dict(
    enumerate(
        (
            *(17, 32, 53, 78, 106, 134, 154, 192, 230, 271),
            *(321, 367, 425, 458, 520, 586, 644, 718, 792, 858),
            *(929, 1003, 1091, 1171, 1273, 1367, 1465, 1528, 1628, 1732),
            *(1840, 1952, 2068, 2188, 2303, 2431, 2563, 2699, 2809, 2953),
        ),
        start=1,
    )
)


@pytest.mark.parametrize("level", ["L", "M"])
def test_both_error_levels_are_read_back(level):
    made = qr.symbol(link_of(300), error=level)
    found = reading.read(reading.from_png(drawing.png(made)))
    assert found == (link_of(300), made.version, level)


@settings(max_examples=60, deadline=None)
@given(
    st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=80)
)
def test_any_printable_ascii_text_is_read_back(text):
    made = qr.symbol(text)
    assert reading.read(reading.from_png(drawing.png(made, scale=4)))[0] == text


def test_digits_and_capitals_take_their_own_modes():
    assert qr.symbol("7" * 41).version == 1
    assert qr.symbol("A" * 25).version == 1
    assert qr.symbol("a" * 17).version == 1
    assert qr.symbol("a" * 18).version == 2


def test_paper_gets_level_m_only_while_it_stays_readable():
    assert qr.symbol_for_paper(link_of(997))[:2] == (25, "M")
    assert qr.symbol_for_paper(link_of(998))[:2] == (22, "L")
    assert qr.symbol_for_paper(link_of(1700))[:2] == (30, "L")
    assert qr.symbol_for_paper(link_of(2400), dense=True)[:2] == (36, "L")


def test_above_version_25_there_is_a_warning():
    assert qr.warning(qr.symbol(link_of(1273))) == ""
    assert "version 26" in qr.warning(qr.symbol(link_of(1274)))


def test_above_version_30_it_is_refused_unless_dense_is_asked_for():
    assert qr.symbol(link_of(1732)).version == 30
    with pytest.raises(Usage) as refused:
        qr.symbol(link_of(1733))
    assert "version 31" in refused.value.what
    assert "--dense" in refused.value.next_step
    assert qr.symbol(link_of(1733), dense=True).version == 31


@pytest.mark.parametrize("length", [2954, 9000, 100_000])
def test_what_fits_no_symbol_is_refused(length):
    for make in (qr.symbol, qr.symbol_for_paper):
        with pytest.raises(Usage) as refused:
            make(link_of(length), dense=True)
        assert "do not fit into any QR code" in refused.value.what
        assert "--as file" in refused.value.next_step


def test_text_beyond_ascii_is_refused():
    with pytest.raises(Usage):
        qr.symbol("zażółć")


@pytest.mark.parametrize("arguments", [{"scale": 3}, {"quiet": 3}, {"scale": 65}])
def test_a_picture_that_scanners_miss_is_not_drawn(arguments):
    with pytest.raises(Usage):
        drawing.png(qr.symbol("x"), **arguments)
    if "quiet" in arguments:
        with pytest.raises(Usage):
            drawing.svg(qr.symbol("x"), **arguments)


def test_a_png_is_one_bit_deep_and_small():
    data = drawing.png(qr.symbol(link_of(1273)))
    with Image.open(io.BytesIO(data)) as image:
        assert (image.mode, image.size) == ("1", (1000, 1000))
    assert len(data) < 5000


def test_an_svg_is_well_formed_and_small():
    text = drawing.svg(qr.symbol(link_of(1273)))
    assert len(text) < 25_000
    assert ET.fromstring(text).tag == "{http://www.w3.org/2000/svg}svg"  # noqa: S314 -- our own text


def test_a_terminal_gets_a_symbol_only_if_it_fits():
    made = qr.symbol(link_of(134))
    assert made.version == 6
    assert drawing.terminal(made, columns=80, rows=24) is not None
    assert drawing.terminal(made, columns=44, rows=24) is None
    assert drawing.terminal(made, columns=80, rows=23) is None
    assert drawing.terminal(qr.symbol(link_of(135)), columns=80, rows=24) is None
    assert drawing.terminal(qr.symbol(link_of(425)), columns=120, rows=40) is not None


def test_a_terminal_line_sets_its_colours_and_puts_them_back():
    shown = drawing.terminal(qr.symbol("x"), columns=80, rows=24)
    assert shown is not None
    for line in shown.splitlines():
        assert line.startswith("\x1b[0;30;107;38;5;16;48;5;231m")
        assert line.endswith("\x1b[0m")
        assert line.count("\x1b") == 2


def test_the_quiet_zone_of_a_terminal_is_never_below_two():
    narrow = drawing.terminal(qr.symbol("x"), columns=80, rows=24, quiet=0)
    assert narrow == drawing.terminal(qr.symbol("x"), columns=80, rows=24)
