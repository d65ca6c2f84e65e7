"""In which font does each letter stand, and what if no font has it?

DejaVu Sans lies beside this file (Latin, Greek, Cyrillic, Arabic, Hebrew, Armenian,
Georgian, Lao and more); fonts of the learner's come after it. A letter that none of
them has is named, never left out. A sign that is no letter is left out, and said.
"""

import struct
import unicodedata
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

from credwallet.errors import NotFound, Unreadable, Usage
from credwallet.share.certificate import direction, joining

if TYPE_CHECKING:
    from fpdf import FPDF
    from fpdf.fonts import TTFFont

BUNDLED = Path(__file__).parent / "fonts" / "DejaVuSans.ttf"

_MOST_FONTS = 5
_NAMED = 8
_SUFFIXES = (".ttf", ".otf", ".ttc", ".otc")
# What the reader of fonts lets through when a file is not what it says.
_RAISED_BY_READERS = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
    struct.error,
)
_TABLES = ("head", "hhea", "maxp", "hmtx", "cmap", "OS/2", "post", "name")
# What is written here needs letters to change with their neighbours in ways that only
# a program for shaping text knows.
_SHAPED = frozenset(
    [
        "DEVANAGARI",
        "BENGALI",
        "GURMUKHI",
        "GUJARATI",
        "ORIYA",
        "TAMIL",
        "TELUGU",
        "KANNADA",
        "MALAYALAM",
        "SINHALA",
        "MYANMAR",
        "KHMER",
        "TIBETAN",
        "MONGOLIAN",
        "SYRIAC",
        "THAANA",
        "BALINESE",
        "JAVANESE",
    ]
)


class Run(NamedTuple):
    """Neighbouring letters of one font, in the order of paper.

    `shift` is None, or says that this is a mark over the letter before it: how far
    from where the pen is, in ems; the pen stays.
    """

    font: str
    text: str
    shift: float | None = None


class Letters:
    """The fonts of one document, and the letters that each of them has.

    Args:
        pdf: The document; the fonts are put into it.

    """

    def __init__(self, pdf: "FPDF") -> None:
        self._pdf = pdf
        self._fonts: dict[str, TTFFont] = {}
        self._have: dict[str, frozenset[int]] = {}

    def add(self, fonts: Iterable[Path]) -> None:
        """Open our font, and those of the learner's behind it.

        Args:
            fonts: Files, in the order in which they are asked.

        Raises:
            NotFound: A file is not there.
            Unreadable: A file is no font.
            Usage: There are too many.

        """
        files = (BUNDLED, *fonts)
        if len(files) > _MOST_FONTS + 1:
            raise Usage(f"more than {_MOST_FONTS} fonts", next_step="name fewer")
        for number, path in enumerate(files):
            self._add(f"font{number}", path)

    def check(self, texts: Iterable[str]) -> str:
        """Insist on a font for every letter.

        Args:
            texts: All that will be written.

        Returns:
            The signs, not letters, that no font has: they are left out.

        Raises:
            Usage: Letters that no font has, named one by one.

        """
        lacking = dict.fromkeys(
            letter
            for text in texts
            for letter in text
            if not self._font_of(letter) and letter not in "\u200c\u200d"
        )
        letters = [each for each in lacking if unicodedata.category(each)[0] in "LMN"]
        # Variation selectors go with the sign that they vary.
        letters = [each for each in letters if not "\ufe00" <= each <= "\ufe0f"]
        if letters:
            raise _no_font(letters)
        return "".join(lacking)

    def needs_shaping(self, texts: Iterable[str]) -> str:
        """Name the first script whose letters are set without being shaped, or `""`.

        Args:
            texts: All that will be written.

        """
        for text in texts:
            for letter in text:
                if letter > "\u06ff":
                    script = unicodedata.name(letter, "").partition(" ")[0]
                    if script in _SHAPED:
                        return script.capitalize()
        return ""

    def runs(self, line: str, *, right: bool) -> list[Run]:
        """Put a line into the order of paper and into fonts.

        Args:
            line: In the order in which it is read.
            right: Whether its paragraph is read from the right.

        """
        shown = direction.on_paper(self._joined(line), right=right).text
        made: list[Run] = []
        base = ""
        for letter in shown:
            font = self._font_of(letter)
            if not font:
                continue
            shift = None
            if unicodedata.category(letter) in ("Mn", "Me") and made:
                # A mark stands in the font of its letter, if that has it.
                if ord(letter) in self._have[made[-1].font]:
                    font = made[-1].font
                shift = self._shift(font, base, letter)
            else:
                base = letter
            joins = made and made[-1].font == font and made[-1].shift is None
            if joins and shift is None:
                made[-1] = Run(font, made[-1].text + letter)
            else:
                made.append(Run(font, letter, shift))
        return made

    def width(self, line: str, size: float) -> float:
        """Measure a line in millimetres.

        Args:
            line: In the order in which it is read.
            size: Of the letters, in points.

        """
        total = 0.0
        for run in self.runs(line, right=False):
            if run.shift is not None:
                continue
            self._pdf.set_font(run.font, size=size)
            total += self._pdf.get_string_width(run.text)
        return total

    def _joined(self, line: str) -> str:
        shown = joining.joined(line)
        if shown == line or all(self._font_of(letter) for letter in shown):
            return shown
        # A font with the letters and without their forms: letters side by side.
        return line.replace("\u200c", "").replace("\u200d", "")

    def _shift(self, font: str, base: str, mark: str) -> float | None:
        """Say how far back a mark is drawn so that it stands over its letter.

        Marks of Latin, Greek and Cyrillic reach back on their own; those of Arabic and
        Hebrew are drawn to the right of the pen, for programs that place them.
        """
        known = self._fonts[font]
        tables = known.ttfont
        if "glyf" not in tables or ord(base) not in known.cmap:
            return None
        names = tables.getBestCmap()
        glyph = tables["glyf"][names[ord(mark)]]
        advance = tables["hmtx"][names[ord(mark)]][0]
        if advance or not glyph.numberOfContours or glyph.xMin < 0:
            return None
        width = tables["hmtx"][names[ord(base)]][0]
        middle = (glyph.xMin + glyph.xMax) / 2
        return float(-(width / 2 + middle) / tables["head"].unitsPerEm)

    def _font_of(self, letter: str) -> str:
        code = ord(letter)
        return next((name for name, have in self._have.items() if code in have), "")

    def _add(self, name: str, path: Path) -> None:
        _check_font(path)
        try:
            self._pdf.add_font(name, fname=str(path))
        except _RAISED_BY_READERS:
            raise _no_font_file(path) from None
        font = self._pdf.fonts[name]
        # Fonts from files are of this kind.
        self._fonts[name] = cast("TTFFont", font)
        self._have[name] = frozenset(self._fonts[name].cmap)

    def close(self) -> None:
        """Close the files of the fonts; nothing can be written any more."""
        for font in self._fonts.values():
            font.ttfont.close()


def _check_font(path: Path) -> None:
    """Insist on a font, before a library opens it and leaves it open."""
    from fontTools.ttLib import (  # noqa: PLC0415 -- lazily: of the extra `pdf`
        TTFont,
        TTLibError,
    )

    if not path.is_file():
        raise NotFound(f"there is no font {path}", next_step="check the name")
    if path.suffix.lower() not in _SUFFIXES:
        raise _no_font_file(path)
    if path == BUNDLED:
        return
    try:
        font = TTFont(BytesIO(path.read_bytes()), fontNumber=0)
        for table in _TABLES:
            font[table].tableTag  # noqa: B018 -- reading it takes it apart
        outlines = font["CFF "] if "CFF " in font else font["glyf"]
    except (TTLibError, *_RAISED_BY_READERS):
        raise _no_font_file(path) from None
    if not font.getBestCmap() or not outlines:
        raise _no_font_file(path)


def _no_font_file(path: Path) -> Unreadable:
    return Unreadable(
        f"{path} is no font that can be used",
        next_step="give a TrueType or OpenType font: a file .ttf, .otf or .ttc",
    )


def _no_font(letters: list[str]) -> Usage:
    named = ", ".join(
        f"{letter} (U+{ord(letter):04X} {unicodedata.name(letter, 'unnamed')})"
        for letter in letters[:_NAMED]
    )
    more = f" and {len(letters) - _NAMED} more" if len(letters) > _NAMED else ""
    return Usage(
        f"no font at hand has the letters {named}{more}",
        next_step="name a font that has them: --font FILE, such as one of "
        "fonts.google.com/noto",
        type="no-font",
    )
