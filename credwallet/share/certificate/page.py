"""The page of a certificate: what stands where.

A4, in millimetres from the top left corner. Every part has a fixed most of lines, so
that whatever a credential says the page is one and nothing is covered.
"""

from collections.abc import Iterable
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from credwallet.share.certificate import lines, picture
from credwallet.share.certificate.direction import starts_right
from credwallet.share.certificate.picture import Picture
from credwallet.share.certificate.wording import NOTHING_SAID, Wording

if TYPE_CHECKING:
    from fpdf import FPDF

    from credwallet.share.certificate.lettering import Letters
    from credwallet.share.qr import Symbol

_PAPER = 210.0
_MARGIN = 22.0
_WIDTH = _PAPER - 2 * _MARGIN
_PICTURE = 38.0
_CODE_TOP = 186.0
_CODE = 62.0
_QUIET = 4
_FOOT = 256.0
_POINT = 25.4 / 72
_LEADING = 1.35
_INK = (26, 32, 44)
_GREY = (90, 98, 112)
_BLUE = (28, 61, 110)
_GREEN = (22, 101, 52)
_AMBER = (133, 77, 14)
_RED = (153, 27, 27)

_TITLE_SIZES = (26, 22, 19, 16, 14)
_TITLE_LINES = 4

LABELS = (
    "CERTIFICATE",
    "Awarded to",
    "Issued by",
    "Issued on",
    "Valid until",
    "no end is stated",
    NOTHING_SAID,
    "About",
    "How to check",
    "What this page does not prove",
)
"""What stands on the page whatever the credential says."""


class Parts(NamedTuple):
    """What goes onto a page beside the words of the credential.

    `check` says how to check it, `unproven` what it does not prove; `no_code` is why
    there is no `code`.
    """

    code: "Symbol | None"
    no_code: str
    picture: Picture | None
    check: tuple[str, ...]
    unproven: tuple[str, ...]


class _Place(NamedTuple):
    """Where a paragraph starts, how wide it is, and how it looks."""

    left: float
    top: float
    width: float
    size: float
    most: int
    ink: tuple[int, int, int] = _INK


def draw(pdf: "FPDF", letters: "Letters", said: Wording, parts: Parts) -> None:
    """Draw the page into a document.

    Args:
        pdf: With one empty page, A4, in millimetres.
        letters: Its fonts.
        said: What the credential says.
        parts: The rest.

    """
    write = partial(_paragraph, pdf, letters)
    pdf.set_fill_color(*_BLUE)
    pdf.rect(0, 0, _PAPER, 4, style="F")
    width = _WIDTH
    if parts.picture is not None:
        width -= _PICTURE + 6
        _draw_picture(pdf, parts.picture)
    top = write(LABELS[0], _Place(_MARGIN, 18, width, 9, 1, _BLUE)) + 4
    size = next(
        (
            size
            for size in _TITLE_SIZES
            if lines.fits(
                said.name, width, partial(letters.width, size=size), most=_TITLE_LINES
            )
        ),
        _TITLE_SIZES[-1],
    )
    top = write(said.name, _Place(_MARGIN, top, width, size, _TITLE_LINES)) + 5
    if parts.picture is not None:
        top = max(top, 18 + _PICTURE + 4)
    top = _draw_facts(write, said, top)
    _draw_verdict(pdf, write, said, top)
    _draw_check(pdf, write, parts)
    top = write(LABELS[9], _Place(_MARGIN, _FOOT, _WIDTH, 8, 1, _GREY)) + 0.5
    for line in parts.unproven:
        top = write(line, _Place(_MARGIN, top, _WIDTH, 7.5, 2, _GREY)) + 0.3


_Write = partial[float]


def _draw_facts(write: _Write, said: Wording, top: float) -> float:
    if said.recipient:
        top = write(LABELS[1], _Place(_MARGIN, top, _WIDTH, 8, 1, _GREY))
        top = write(said.recipient, _Place(_MARGIN, top, _WIDTH, 14, 2)) + 3
    top = write(LABELS[2], _Place(_MARGIN, top, _WIDTH, 8, 1, _GREY))
    top = write(said.issuer or NOTHING_SAID, _Place(_MARGIN, top, _WIDTH, 12, 2))
    if said.issuer_id:
        top = write(said.issuer_id, _Place(_MARGIN, top, _WIDTH, 7.5, 2, _GREY))
    top += 3
    half = _WIDTH / 2
    write(LABELS[3], _Place(_MARGIN, top, half, 8, 1, _GREY))
    top = write(LABELS[4], _Place(_MARGIN + half, top, half, 8, 1, _GREY))
    write(said.issued or NOTHING_SAID, _Place(_MARGIN, top, half, 12, 1))
    until = said.expires or LABELS[5]
    top = write(until, _Place(_MARGIN + half, top, half, 12, 1)) + 3
    if said.about:
        top = write(LABELS[7], _Place(_MARGIN, top, _WIDTH, 8, 1, _GREY))
        top = write(said.about, _Place(_MARGIN, top, _WIDTH, 9, 4)) + 3
    return top


def _draw_verdict(pdf: "FPDF", write: _Write, said: Wording, top: float) -> None:
    ink = _GREEN if said.good else _RED if said.bad else _AMBER
    pdf.set_fill_color(*ink)
    pdf.rect(_MARGIN, top, 1.5, 8, style="F")
    write(said.verdict, _Place(_MARGIN + 5, top + 1.4, _WIDTH - 5, 11, 1, ink))


def _draw_check(pdf: "FPDF", write: _Write, parts: Parts) -> None:
    left, width = _MARGIN, _WIDTH
    if parts.code is not None:
        _draw_code(pdf, parts.code)
        left, width = _MARGIN + _CODE + 6, _WIDTH - _CODE - 6
    top = write(LABELS[8], _Place(left, _CODE_TOP, width, 11, 1)) + 1
    for line in parts.check:
        top = write(line, _Place(left, top, width, 8.5, 6)) + 1
    if parts.no_code:
        write(parts.no_code, _Place(left, top + 1, width, 8, 2, _GREY))


def _draw_code(pdf: "FPDF", code: "Symbol") -> None:
    side = len(code.modules) + 2 * _QUIET
    step = _CODE / side
    pdf.set_fill_color(255, 255, 255)
    pdf.rect(_MARGIN, _CODE_TOP, _CODE, _CODE, style="F")
    pdf.set_fill_color(0, 0, 0)
    for y, row in enumerate(code.modules, start=_QUIET):
        x = _QUIET
        for dark, run in groupby(row):
            count = len(tuple(run))
            if dark:
                # A hair taller, so that no light shines through between two rows.
                pdf.rect(
                    _MARGIN + x * step,
                    _CODE_TOP + y * step,
                    count * step,
                    step * 1.02,
                    style="F",
                )
            x += count


def _draw_picture(pdf: "FPDF", found: Picture) -> None:
    width = _PICTURE * min(found.ratio, 1.0)
    height = width / found.ratio
    left = _PAPER - _MARGIN - _PICTURE + (_PICTURE - width) / 2
    top = 16 + (_PICTURE - height) / 2
    # Whatever the picture draws, it stays inside of its frame.
    with pdf.rect_clip(left, top, width, height):
        if found.pixels is not None:
            pdf.image(found.pixels, x=left, y=top, w=width, h=height)
        else:
            stream = picture.as_stream(found.shapes)
            pdf.image(stream, x=left, y=top, w=width, h=height)


def _paragraph(pdf: "FPDF", letters: "Letters", text: str, place: _Place) -> float:
    """Write a text into its place; returns where the next one may start."""
    width = partial(letters.width, size=place.size)
    right = starts_right(text)
    top = place.top
    pdf.set_text_color(*place.ink)
    for line in lines.broken(text, place.width, width, most=place.most):
        left = place.left
        if right:
            left += place.width - width(line)
        base = top + place.size * _POINT
        _write_runs(pdf, letters, line, (left, base, place.size), right=right)
        top += place.size * _POINT * _LEADING
    return top


def _write_runs(
    pdf: "FPDF",
    letters: "Letters",
    line: str,
    start: tuple[float, float, float],
    *,
    right: bool,
) -> None:
    left, base, size = start
    for run in letters.runs(line, right=right):
        pdf.set_font(run.font, size=size)
        if run.shift is not None:
            pdf.text(left + run.shift * size * _POINT, base, run.text)
            continue
        pdf.text(left, base, run.text)
        left += pdf.get_string_width(run.text)


def texts(said: Wording, parts: Parts) -> Iterable[str]:
    """List all that is written on a page, for the choice of fonts.

    Args:
        said: What the credential says.
        parts: The rest.

    """
    return (
        *LABELS,
        *(said.name, said.recipient, said.issuer, said.issuer_id, said.about),
        *(said.issued, said.expires, said.verdict),
        *(parts.no_code, *parts.check, *parts.unproven),
    )
