"""A QR code that does not say what it should is never handed out."""

import sys

import pytest

from credwallet.errors import Unreadable
from credwallet.share import drawing, qr, read_back

TEXT = "https://v.example/#c=j." + "aB3-_" * 40


@pytest.fixture(scope="module")
def code() -> qr.Symbol:
    return qr.symbol(TEXT)


def forms(code: qr.Symbol):
    lines = drawing.terminal(code, columns=500, rows=500)
    assert lines is not None
    return (
        (read_back.check_png, drawing.png(code)),
        (read_back.check_png, drawing.png(code, scale=4)),
        (read_back.check_svg, drawing.svg(code)),
        (read_back.check_terminal, lines),
    )


@pytest.mark.parametrize("length", [1, 17, 100, 700, 1273, 1732, 2953])
def test_what_is_drawn_says_what_it_should(length):
    text = (TEXT * 20)[:length]
    code = qr.symbol(text, dense=True)
    assert code.text == text
    for check, drawn in forms(code):
        check(drawn, text)


def test_another_text_is_noticed(code):
    for check, drawn in forms(code):
        with pytest.raises(Unreadable, match="says something else"):
            check(drawn, TEXT + "x")


def test_a_drawing_that_cannot_be_read_is_noticed(code):
    blank = code._replace(modules=((False,) * 57,) * 57)
    for check, drawn in forms(blank):
        with pytest.raises(Unreadable, match="cannot be read back"):
            check(drawn, TEXT)
    for drawn in ("", "<svg>", drawing.svg(code).replace('d="M4 ', 'd="M9999 ')):
        with pytest.raises(Unreadable):
            read_back.check_svg(drawn, TEXT)
    with pytest.raises(Unreadable):
        read_back.check_terminal("", TEXT)


def test_a_symbol_that_lost_a_corner_is_noticed(code):
    rows = [list(row) for row in code.modules]
    for row in rows[:9]:
        row[:9] = [False] * 9
    damaged = code._replace(modules=tuple(tuple(row) for row in rows))
    for check, drawn in forms(damaged):
        with pytest.raises(Unreadable):
            check(drawn, TEXT)


def test_without_the_extra_nothing_is_checked(code, monkeypatch):
    monkeypatch.setitem(sys.modules, "zxingcpp", None)
    for check, drawn in forms(code):
        check(drawn, "another text")
