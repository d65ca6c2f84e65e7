"""Printing: streams, colour, width, and the one way for foreign text to the screen.

Text inside a credential is hostile input to a terminal. `plain` (in `plain_text`) is
the only function through which it may be printed; everything that a command prints goes
through the methods of `Console`, which call it.
"""

from collections.abc import Iterable, Sequence
from typing import TextIO

from credwallet.cli.terminal import line_layout
from credwallet.cli.terminal.plain_text import (
    OUR_NAME,
    cells,
    isolated,
    one_spaced,
    plain,
    settled,
    shorten,
    wrap,
)
from credwallet.cli.terminal.styles import MARKS, RICH_STYLES, STYLES, VERDICT_STYLES
from credwallet.model.report import Outcome, Problem, Verdict

__all__ = ["MAX_CELLS", "MAX_LONG", "Console", "cells", "plain", "shorten", "wrap"]

MAX_CELLS = 200
# Of running text, such as a description, on a terminal: about a screen and a half.
MAX_LONG = 4000
_LABEL = 11
# A table has more air between its columns from this width on.
_WIDE = 120
_SAYS = f"{OUR_NAME} "

_ESC = "\x1b["


class Console:
    """Where a command prints.

    In all methods `text` may be foreign and is made harmless; `style` is a name of
    `STYLES`, `""` for none; `indent` is how many cells are left free in front.

    Args:
        stdout: Receives results.
        stderr: Receives everything else.
        terminal: Whether stdout is a terminal: rows are then laid out in columns.
        error_terminal: Whether stderr is one: notes and progress are then shown.
        colour: Whether stdout may be coloured.
        rich_colour: Whether that terminal knows 256 colours.
        isolates: Whether it may be told where text from right to left starts and ends.
        width: Columns of the terminal.
        quiet: Keep to results and errors.
        verbose: Say more on stderr.
        profile: What commands in notes, hints and next steps need to name; `""` none.

    """

    def __init__(
        self,
        stdout: TextIO,
        stderr: TextIO,
        *,
        terminal: bool,
        error_terminal: bool = False,
        colour: bool = False,
        rich_colour: bool = False,
        isolates: bool = True,
        width: int = 80,
        quiet: bool = False,
        verbose: bool = False,
        profile: str = "",
    ) -> None:
        self.stdout = stdout
        self.stderr = stderr
        self.terminal = terminal
        self.error_terminal = error_terminal
        self.colour = colour
        self._styles = RICH_STYLES if rich_colour else STYLES
        self.width = width
        self.quiet = quiet
        self.verbose = verbose
        self._profile = profile
        self._transient = 0
        self._hinted: set[str] = set()
        encoding = (getattr(stdout, "encoding", "") or "").lower().replace("-", "")
        self.unicode = encoding.startswith("utf")
        self._isolates = isolates and terminal and self.unicode
        self._ellipsis = "\u2026" if self.unicode else "..."

    def line(self, text: str = "", *, style: str = "", indent: int = 0) -> None:
        """Print one line of text that may hold foreign text.

        On a terminal it is cut at 200 cells, and what the line has no room for stands
        below, further in.
        """
        safe = self._cut(self._safe(text), MAX_CELLS)
        whole = [line_layout.Line(indent, safe)]
        laid_out = line_layout.hung(safe, indent, self.width)
        self._lines(laid_out if self.terminal else whole, style)

    def pieces(
        self,
        parts: Iterable[tuple[str, str]],
        *,
        indent: int = 0,
        gap: str = "  ",
        giving: Sequence[int] = (),
    ) -> None:
        """Print texts beside each other, each with its style; empty ones are left out.

        On a terminal they fit on the line: the widest are cut. Runs of spaces in them
        become one, so that no name looks like several.

        Args:
            parts: Text, which may be foreign, and style.
            indent: Cells to leave free in front.
            gap: What stands between them; without any, their spaces stay.
            giving: Places of the parts that are cut first, such as that of a name.

        """
        found = [(n, self._safe(t), style) for n, (t, style) in enumerate(parts) if t]
        texts = [text for _, text, _ in found]
        if texts and self.terminal:
            texts = [self._cut(one_spaced(t) if gap else t, MAX_CELLS) for t in texts]
            indent = line_layout.own_place(texts[0], indent)
            room = self.width - indent - len(gap) * (len(texts) - 1)
            first = [n for n, (place, *_) in enumerate(found) if place in giving]
            texts = line_layout.fitting(texts, room, self._ellipsis, first)
        styles = (style for *_, style in found)
        said = map(self._drawn, texts, styles)
        self.stdout.write(" " * indent + gap.join(said) + "\n")

    def row(self, values: Sequence[str]) -> None:
        """Print one record: laid out on a terminal, tab separated in a pipe."""
        self.rows([values])

    def rows(self, records: Iterable[Sequence[str]]) -> None:
        """Print records, whole: under each other on a terminal, or tab separated.

        What a terminal has no room for stands below, further in; but a single text is
        there to be copied, and stays as it is.
        """
        said = [[self._safe(value) for value in values] for values in records]
        if self.terminal and any(len(values) > 1 for values in said):
            spaced = [list(map(one_spaced, values)) for values in said]
            self._lines(line_layout.records(spaced, self.width))
            return
        for values in said:
            self.stdout.write("\t".join(values).rstrip(" ") + "\n")

    def _lines(self, lines: Iterable[line_layout.Line], style: str = "") -> None:
        for indent, text in lines:
            self.stdout.write(" " * indent + self._drawn(text, style) + "\n")

    def table(
        self,
        header: Sequence[str],
        rows: Sequence[Sequence[str]],
        *,
        flexible: Sequence[int] = (1,),
        styles: Sequence[str] = (),
        styled: int = -1,
        since: Sequence[int] = (),
        whole: Sequence[int] = (),
    ) -> None:
        """Print records: columns on a terminal, tab separated lines in a pipe.

        Args:
            header: Names of the columns; shown on a terminal only.
            rows: Values; any text.
            flexible: Indexes of the columns that give way, what tells rows apart first.
            styles: A style for one column of each row, `""` for none.
            styled: Index of that column.
            since: How wide a terminal must be to show each column; empty: all of them.
            whole: Indexes of the columns that are never cut, to be copied.

        """
        if not self.terminal:
            self.rows(rows)
            return
        from credwallet.cli.terminal.columns import (  # noqa: PLC0415 -- lazily: terminals only
            fitted,
            widths_of,
        )

        shown = [
            place
            for place in range(len(header))
            if not since or since[place] <= self.width
        ]
        columns = [
            [header[place], *(self._cell_text(values[place]) for values in rows)]
            for place in shown
        ]
        gap = 3 if self.width >= _WIDE else 2
        giving = [shown.index(place) for place in flexible if place in shown]
        room = self.width - gap * (len(columns) - 1)
        kept = [shown.index(place) for place in whole if place in shown]
        widths = widths_of(
            columns, flexible=giving, room=room, ellipsis=self._ellipsis, whole=kept
        )
        for place in giving:
            cut = fitted(columns[place][1:], widths[place], self._ellipsis)
            columns[place][1:] = cut
        coloured = shown.index(range(len(header))[styled])
        for number, values in enumerate(zip(*columns, strict=True)):
            tones = [""] * len(values)
            if number == 0:
                tones = ["dim"] * len(values)
            elif number <= len(styles):
                tones[coloured] = styles[number - 1]
            self._row_of(values, widths, tones, gap)

    def _cell_text(self, text: str) -> str:
        safe = one_spaced(settled(self._safe(text)))
        return shorten(safe, MAX_CELLS, self._ellipsis)

    def _row_of(
        self,
        values: Sequence[str],
        widths: Sequence[int],
        tones: Sequence[str],
        gap: int,
    ) -> None:
        line, behind = "", 0
        for value, width, tone in zip(values, widths, tones, strict=True):
            text = shorten(value, width, self._ellipsis)
            if text:
                line += " " * behind + self._drawn(text, tone)
                behind = 0
            behind += width - cells(text) + gap
        self.stdout.write(line + "\n")

    def styled(self, safe: str, style: str) -> str:
        """Colour text that already passed `plain`, if colour is on.

        Args:
            safe: Without anything that could steer a terminal.
            style: A name of `STYLES`, `""` for none.

        """
        if not style or not self.colour:
            return safe
        return f"{_ESC}{self._styles[style]}m{safe}{_ESC}0m"

    def _drawn(self, safe: str, style: str = "") -> str:
        """Keep harmless text to its own place on the line, and colour it."""
        return self.styled(isolated(safe) if self._isolates else safe, style)

    def mark(self, outcome: Outcome) -> tuple[str, str]:
        """Return the sign of an outcome and its style; a word must stand beside it."""
        sign, ascii_, style = MARKS[outcome]
        return sign if self.unicode else ascii_, style

    def marked(
        self, outcome: Outcome, label: str, note: str, indent: int, *, style: str = ""
    ) -> None:
        """Print the answer to one question: mark, name, outcome, and its note.

        Args:
            outcome: It chooses the mark.
            label: Own text beside the mark.
            note: Broken at spaces beside the label.
            indent: Cells to leave free in front.
            style: Of the label.

        """
        mark = self.styled(*self.mark(outcome))
        lead = f"{' ' * indent}{mark} {self.styled(plain(label), style)}"
        self._beside(lead, indent + 2 + cells(label), note)

    def wrapped(self, text: str, *, indent: int = 0, style: str = "") -> None:
        """Print long text: broken at spaces on a terminal, whole in a pipe."""
        safe = self._cut(self._safe(text), MAX_LONG)
        whole = [line_layout.Line(indent, safe)]
        laid_out = line_layout.running(safe, indent, self.width)
        self._lines(laid_out if self.terminal else whole, style)

    def labelled(self, label: str, value: str) -> None:
        """Print a name and its value, the value broken at spaces beside the name.

        Args:
            label: Our own word, at most 10 columns wide.
            value: Of any length; foreign text in it is made harmless here.

        """
        self._beside(self.styled(label.ljust(_LABEL), "dim"), _LABEL, value)

    def _beside(self, lead: str, indent: int, text: str) -> None:
        """Print what stands in front, and long text broken at spaces beside it.

        Args:
            lead: Coloured already.
            indent: Its cells.
            text: Any text.

        """
        safe = self._cut(self._safe(text), MAX_LONG)
        first, below = line_layout.beside_label(safe, indent, self.width)
        lead += self._drawn(first) if first else ""
        self.stdout.write(lead.rstrip() + "\n")
        self._lines(below)

    def picture(self, sequence: str) -> None:
        """Write a picture, in an escape sequence that credwallet itself made.

        Args:
            sequence: Of `picture`; it holds pixels in Base64 or sixels, and no byte of
                the file that they came from.

        """
        self.stdout.write(sequence + "\n")

    def shown(self, text: str, limit: int = MAX_CELLS) -> str:
        """Return foreign text as it will stand on stdout, to measure or to cut it.

        Args:
            text: Any text.
            limit: Most cells to return; longer text ends in an ellipsis.

        """
        return shorten(one_spaced(self._safe(text)), limit, self._ellipsis)

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
            return VERDICT_STYLES.get(Verdict(verdict), "red")
        except ValueError:
            return ""

    def note(self, text: str) -> None:
        """Say something beside the result, on stderr, unless `--quiet`."""
        if not self.quiet:
            self._aside(text)

    def hint(self, text: str) -> None:
        """Offer a next step on stderr, once in a run, unless `--quiet`."""
        if not self.quiet:
            self._hint(text)

    def again(self, text: str) -> str:
        """Put the profile of this run into the commands that own words name.

        Args:
            text: Such as `see: credwallet list`.

        """
        if not self._profile:
            return text
        from credwallet.cli.configuring.named_profile import (  # noqa: PLC0415 -- lazily: few runs
            with_profile,
        )

        return with_profile(text, self._profile)

    def transient(self, text: str) -> None:
        """Show own text on the last line of stderr, in place of the one before."""
        text = text[: self.width - 1]
        self.stderr.write(f"\r{text.ljust(self._transient)}" + ("" if text else "\r"))
        self.stderr.flush()
        self._transient = len(text)

    def problem(self, problem: Problem) -> None:
        """Print a failure with its next step on stderr."""
        where = f" (at {problem.instance})" if problem.instance else ""
        self._aside(f"error: {problem.title + where}")
        self._hint(problem.next_step)

    def _hint(self, text: str) -> None:
        """Say a next step once in a run, however many things need it."""
        if text and text not in self._hinted:
            self._hinted.add(text)
            self._aside(f"hint: {text}")

    def _aside(self, text: str) -> None:
        """Write one line to stderr; on a terminal it is broken at spaces."""
        if self._transient:
            self.transient("")
        safe = self._safe_error(self.again(text))
        below: list[line_layout.Line] = []
        if self.error_terminal:
            safe, below = line_layout.beside_label(safe, len(_SAYS), self.width)
        self.stderr.write(f"{_SAYS}{safe}".rstrip() + "\n")
        for indent, line in below:
            self.stderr.write(" " * indent + line + "\n")

    def _safe_error(self, text: str) -> str:
        safe = plain(text, limit=2000)
        encoding = getattr(self.stderr, "encoding", None) or "utf-8"
        return safe.encode(encoding, "backslashreplace").decode(encoding)
