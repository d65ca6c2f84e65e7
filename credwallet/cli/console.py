"""Printing: streams, colour, width, and the one way for foreign text to the screen.

Text inside a credential is hostile input to a terminal. `plain` is the only function
through which it may be printed; everything that a command prints goes through the
methods of `Console`, which call it.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from typing import TextIO

from credwallet.model.report import Outcome, Problem, Verdict

MAX_CELLS = 200
# Of running text, such as a description, on a terminal: about a screen and a half.
MAX_LONG = 4000
_NARROWEST = 8
_LABEL = 11

# Format characters that change what the reader sees: bidi embeddings, overrides and
# isolates, zero-width characters, tags, variations but of emoji, separators of lines,
# and letters and signs without any ink (Hangul fillers, the empty Braille pattern).
# Joiners are among them, so that an emoji made of several shows as its parts.
_DECEIVING = frozenset(
    (
        *(0x00AD, 0x034F, 0x061C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164),
        *(0x2800, 0xFEFF, 0xFFA0, 0xFFFC, 0x1D159),
        *(*range(0x180B, 0x1810), *range(0x200B, 0x2010), *range(0x2028, 0x202F)),
        *(*range(0x2060, 0x2070), *range(0xFE00, 0xFE0E), *range(0xFFF0, 0xFFFC)),
        *range(0xE0000, 0xE1000),
    )
)
_UNSHOWN = frozenset(("Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp"))
_MAX_COMBINING = 3

_ESC = "\x1b["
_STYLES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33"}
_VERDICT_STYLE = {Verdict.VALID: "green", Verdict.UNDETERMINED: "yellow"}
_MARKS = {
    Outcome.PASSED: ("\u2713", "+", "green"),
    Outcome.FAILED: ("\u2717", "x", "red"),
    Outcome.UNKNOWN: ("?", "?", "yellow"),
    Outcome.SKIPPED: ("-", "-", "dim"),
}


def plain(text: str, *, limit: int | None = None) -> str:
    r"""Make foreign text safe to print on one line.

    Control, bidi, zero-width and unassigned characters are shown as escapes such as
    `\x1b` or `\u202e`; a pile of combining marks is cut.

    Args:
        text: Any text, of any length.
        limit: Most terminal cells to return; longer text ends in an ellipsis.

    Returns:
        Text without line breaks, control or deceiving characters.

    """
    harmless = text.isascii() and text.isprintable()
    safe = text if harmless else "".join(_visible(text))
    return shorten(safe, limit) if limit is not None else safe


def _visible(text: str) -> Iterable[str]:
    combining = 0
    for character in text:
        code = ord(character)
        category = unicodedata.category(character)
        if category in ("Mn", "Me"):
            combining += 1
            if combining > _MAX_COMBINING:
                continue
        else:
            combining = 0
        if code in _DECEIVING or category in _UNSHOWN:
            yield _escape(code)
        else:
            yield character


def _escape(code: int) -> str:
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def cells(text: str) -> int:
    """Count the terminal cells of printable text (UAX 11: wide characters take two)."""
    if text.isascii():
        return len(text)
    return sum(_cell(character) for character in text)


def _cell(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def shorten(text: str, limit: int, ellipsis: str = "\u2026") -> str:
    """Cut printable text to `limit` cells, with an ellipsis where it was cut."""
    if cells(text) <= limit:
        return text
    kept: list[str] = []
    room = limit - len(ellipsis)
    for character in text:
        room -= _cell(character)
        if room < 0:
            break
        kept.append(character)
    return "".join(kept).rstrip() + ellipsis


def wrap(text: str, width: int) -> list[str]:
    """Break printable text at spaces into lines of at most `width` cells.

    A word that is wider than a line stays whole: an address must stay copyable.
    """
    lines: list[str] = []
    current = ""
    for word in text.split(" "):
        candidate = f"{current} {word}" if current else word
        if current and cells(candidate) > width:
            lines.append(current)
            current = word
        else:
            current = candidate
    if current:
        lines.append(current)
    return lines


def _narrow(widths: list[int], flexible: Sequence[int], room: int) -> None:
    """Take cells from the widest flexible column until all columns fit."""
    while sum(widths) > room:
        widest = max(flexible, key=widths.__getitem__)
        if widths[widest] <= _NARROWEST:
            return
        widths[widest] -= 1


class Console:
    """Where a command prints.

    Args:
        stdout: Receives results.
        stderr: Receives everything else.
        terminal: Whether stdout is a terminal: rows are then laid out in columns.
        error_terminal: Whether stderr is one: notes and progress are then shown.
        colour: Whether stdout may be coloured.
        width: Columns of the terminal.
        quiet: Keep to results and errors.
        verbose: Say more on stderr.

    """

    def __init__(
        self,
        stdout: TextIO,
        stderr: TextIO,
        *,
        terminal: bool,
        error_terminal: bool = False,
        colour: bool = False,
        width: int = 80,
        quiet: bool = False,
        verbose: bool = False,
    ) -> None:
        self.stdout = stdout
        self.stderr = stderr
        self.terminal = terminal
        self.error_terminal = error_terminal
        self.colour = colour
        self.width = width
        self.quiet = quiet
        self.verbose = verbose
        self._transient = 0
        encoding = (getattr(stdout, "encoding", "") or "").lower().replace("-", "")
        self.unicode = encoding.startswith("utf")
        self._ellipsis = "\u2026" if self.unicode else "..."

    def line(self, text: str = "", *, style: str = "", indent: int = 0) -> None:
        """Print one line of text that may hold foreign text."""
        self.pieces([(text, style)], indent=indent)

    def pieces(
        self, parts: Iterable[tuple[str, str]], *, indent: int = 0, gap: str = "  "
    ) -> None:
        """Print texts beside each other, each with its style; empty ones are left out.

        On a terminal each is cut at 200 cells: it is a name, and no name needs more.

        Args:
            parts: Text, which may be foreign, and style.
            indent: Cells to leave free in front.
            gap: What stands between them.

        """
        said = [
            self.styled(self._cut(self._safe(text), MAX_CELLS), style)
            for text, style in parts
            if text
        ]
        self.stdout.write(" " * indent + gap.join(said) + "\n")

    def row(self, values: Sequence[str]) -> None:
        """Print one record as tab separated values, whole."""
        text = "\t".join(self._safe(value) for value in values)
        self.stdout.write(text.rstrip(" ") + "\n")

    def rows(self, records: Iterable[Sequence[str]]) -> None:
        """Print records as tab separated lines, on a terminal too."""
        for values in records:
            self.row(values)

    def table(
        self,
        header: Sequence[str],
        rows: Sequence[Sequence[str]],
        *,
        flexible: Sequence[int] = (1,),
        styles: Sequence[str] = (),
    ) -> None:
        """Print records: columns on a terminal, tab separated lines in a pipe.

        Args:
            header: Names of the columns; shown on a terminal only.
            rows: Values; any text.
            flexible: Indexes of the columns that give way when the terminal is narrow.
            styles: A style for the last column of each row, `""` for none.

        """
        if not self.terminal:
            for values in rows:
                self.row(values)
            return
        safe = [
            [shorten(self._safe(value), MAX_CELLS, self._ellipsis) for value in values]
            for values in rows
        ]
        widths = [
            max(cells(values[column]) for values in (list(header), *safe))
            for column in range(len(header))
        ]
        _narrow(widths, flexible, self.width - 2 * (len(header) - 1))
        self.stdout.write(
            self.styled(self._laid_out(header, widths), "dim").rstrip() + "\n"
        )
        for index, values in enumerate(safe):
            style = styles[index] if index < len(styles) else ""
            self.stdout.write(self._laid_out(values, widths, style).rstrip() + "\n")

    def _laid_out(
        self, values: Sequence[str], widths: Sequence[int], last_style: str = ""
    ) -> str:
        out = []
        for index, (value, width) in enumerate(zip(values, widths, strict=True)):
            text = shorten(value, width, self._ellipsis)
            padding = " " * (width - cells(text))
            last = index == len(values) - 1
            out.append((self.styled(text, last_style) if last else text) + padding)
        return "  ".join(out)

    def styled(self, safe: str, style: str) -> str:
        """Colour text that already passed `plain`, if colour is on."""
        if not style or not self.colour:
            return safe
        return f"{_ESC}{_STYLES[style]}m{safe}{_ESC}0m"

    def mark(self, outcome: Outcome) -> tuple[str, str]:
        """Return the sign of an outcome and its style; a word must stand beside it."""
        sign, ascii_, style = _MARKS[outcome]
        return sign if self.unicode else ascii_, style

    def marked(self, outcome: Outcome, label: str, note: str, indent: int) -> None:
        """Print the answer to one question: mark, name, outcome, and its note."""
        lead = " " * indent + self.styled(*self.mark(outcome)) + " " + plain(label)
        room = max(20, self.width - indent - 2 - cells(label))
        lines = wrap(self._cut(self._safe(note), MAX_LONG), room) or [""]
        for number, line in enumerate(lines):
            start = lead if number == 0 else " " * (indent + 2 + cells(label))
            self.stdout.write(f"{start}{line}".rstrip() + "\n")

    def wrapped(self, text: str, *, indent: int = 0, style: str = "") -> None:
        """Print long text: broken at spaces on a terminal, whole in a pipe."""
        safe = self._cut(self._safe(text), MAX_LONG)
        room = max(20, self.width - indent)
        for line in wrap(safe, room) if self.terminal else [safe]:
            self.stdout.write(" " * indent + self.styled(line, style) + "\n")

    def labelled(self, label: str, value: str) -> None:
        """Print a name and its value, the value broken at spaces beside the name."""
        room = max(20, self.width - _LABEL)
        safe = self._cut(self._safe(value), MAX_LONG)
        for number, line in enumerate(wrap(safe, room)):
            name = (
                self.styled(label.ljust(_LABEL), "dim") if number == 0 else " " * _LABEL
            )
            self.stdout.write(f"{name}{line}\n")

    def shown(self, text: str, limit: int = MAX_CELLS) -> str:
        """Return foreign text as it will stand on stdout, to measure or to cut it.

        Args:
            text: Any text.
            limit: Most cells to return; longer text ends in an ellipsis.

        """
        return shorten(self._safe(text), limit, self._ellipsis)

    def _safe(self, text: str) -> str:
        safe = plain(text)
        if self.unicode:
            return safe
        return safe.encode("ascii", "backslashreplace").decode("ascii")

    def _cut(self, safe: str, limit: int) -> str:
        return shorten(safe, limit, self._ellipsis) if self.terminal else safe

    def verdict_style(self, verdict: str) -> str:
        """Return the style of a verdict's word."""
        try:
            return _VERDICT_STYLE.get(Verdict(verdict), "red")
        except ValueError:
            return ""

    def note(self, text: str) -> None:
        """Say something beside the result, on stderr, unless `--quiet`."""
        if not self.quiet:
            self.stderr.write(f"credwallet: {self._safe_error(text)}\n")

    def hint(self, text: str) -> None:
        """Offer a next step on stderr, unless `--quiet`."""
        if text and not self.quiet:
            self.stderr.write(f"credwallet: hint: {self._safe_error(text)}\n")

    def transient(self, text: str) -> None:
        """Show own text on the last line of stderr, in place of the one before."""
        text = text[: self.width - 1]
        self.stderr.write(f"\r{text.ljust(self._transient)}" + ("" if text else "\r"))
        self.stderr.flush()
        self._transient = len(text)

    def problem(self, problem: Problem) -> None:
        """Print a failure with its next step on stderr."""
        where = f" (at {problem.instance})" if problem.instance else ""
        self.stderr.write(
            f"credwallet: error: {self._safe_error(problem.title + where)}\n"
        )
        if problem.next_step:
            self.stderr.write(
                f"credwallet: hint: {self._safe_error(problem.next_step)}\n"
            )

    def _safe_error(self, text: str) -> str:
        safe = plain(text, limit=2000)
        encoding = getattr(self.stderr, "encoding", None) or "utf-8"
        return safe.encode(encoding, "backslashreplace").decode(encoding)
