"""Is the recorded session of the README what the commands print today?"""

import re

import pytest

from tests.docs import session


@pytest.fixture(scope="module")
def svg() -> str:
    return session.PICTURE.read_text("utf-8")


def test_the_recorded_session_is_what_is_printed(svg: str):
    pytest.importorskip("pty", reason="shells and terminals of POSIX")
    drawn, kept = session.said(session.drawn()), session.said(svg)
    assert drawn == kept, "run: python -m tests.docs.session"
    assert len(kept) > 40


def test_the_picture_shows_each_command(svg: str):
    text = "".join(piece.text for piece in session.said(svg)).replace("&#160;", " ")
    for command in session.SESSION:
        assert f"$ {command}" in text


def test_the_picture_asks_nothing_of_anybody(svg: str):
    addresses = set(re.findall(r"https?://[^\"\s<]+", svg))
    assert addresses <= {"http://www.w3.org/2000/svg"}
    assert "@font-face" not in svg
    assert "<script" not in svg


def test_the_picture_goes_with_dark_pages(svg: str):
    assert "@media (prefers-color-scheme: dark)" in svg
