"""Draws the recorded session of the README, `docs/session.svg`.

`python -m tests.docs.session` does it again: the commands run in a throw-away home,
with the clock and the handles of the transcripts, on a terminal of 80 columns. The
picture asks nothing of anybody (no font is loaded), and goes with light and dark pages.
"""

import io
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from tests.cli.transcript_home import Home

PICTURE = Path(__file__).parents[2] / "docs" / "session.svg"
COLUMNS = 80
SESSION = (
    "credwallet import badges --documents documents.json",
    "credwallet list",
    "credwallet stack-progress --qualification certificate.toml --why",
    "credwallet share k7wq --as html --out badge.html --yes --quiet",
)
_SAMPLES = ("badges", "documents", "documents.json", "certificate.toml")
_PROMPT = "$ "
# On light pages, then on dark ones. All other colours can be read on both.
_PAPER, _INK = ("#ffffff", "#0d1117"), ("#1f2328", "#e6edf3")
_EDGE = "#8b949e"
_LIGHT = TerminalTheme((255, 255, 255), (31, 35, 40), [(0, 0, 0)] * 8)
_FORMAT = """\
<svg class="rich-terminal" viewBox="0 0 {width} {height}" \
xmlns="http://www.w3.org/2000/svg" role="img">
<title>A session in a terminal</title>
<style>
.{unique_id}-matrix {{ font-family: "DejaVu Sans Mono", Menlo, Consolas, monospace; \
font-size: {char_height}px; line-height: {line_height}px; }}
.{unique_id}-title {{ font-family: sans-serif; font-size: 18px; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" />
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" \
clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""
_DARK_STYLES = (
    "@media (prefers-color-scheme: dark) {{ .session-paper {{ fill: {paper}; }} "
    "{ink} {{ fill: {colour}; }} }}"
)


class Drawn(NamedTuple):
    """One piece of text of a picture, with its colour on light pages."""

    text: str
    colour: str


def recorded() -> Iterator[str]:
    """Run the session; yields its lines with the colours of a terminal."""
    with tempfile.TemporaryDirectory(prefix="session-") as name:
        home = Home(Path(name))
        try:
            home.set("TERM", "xterm-256color")
            for sample in _SAMPLES:
                home.copy(sample, "")
            home.run("credwallet init --no-recovery --quiet", (), COLUMNS)
            for command in SESSION:
                yield f"\x1b[1m{_PROMPT}{command}\x1b[0m"
                yield from (line for _, line in home.run(command, (), COLUMNS).out)
                yield ""
        finally:
            home.end()


def drawn() -> str:
    """Draw the session."""
    console = Console(
        record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True
    )
    for line in recorded():
        console.print(Text.from_ansi(line), soft_wrap=True)
    svg = console.export_svg(
        title="credwallet", theme=_LIGHT, code_format=_FORMAT, unique_id="session"
    )
    lines = (line.rstrip() for line in _for_dark_pages(svg).splitlines())
    return "".join(f"{line}\n" for line in lines if line)


def _for_dark_pages(svg: str) -> str:
    """Name what is paper and what is ink, and turn both around on dark pages."""
    svg = svg.replace(f'fill="{_PAPER[0]}"', 'class="session-paper"', 1)
    svg = re.sub(r'stroke="rgba[^"]*"', f'stroke="{_EDGE}"', svg)
    inks = re.findall(rf"(\.session-r\d+) {{ fill: {_INK[0]}", svg)
    ink = ", ".join([*inks, ".session-title"])
    styles = [
        f".session-paper {{ fill: {_PAPER[0]}; }}",
        f".session-title {{ fill: {_INK[0]}; }}",
        _DARK_STYLES.format(paper=_PAPER[1], ink=ink, colour=_INK[1]),
    ]
    title = f'class="session-title" fill="{_INK[0]}"'
    svg = svg.replace(title, 'class="session-title"')
    return svg.replace("</style>", "\n".join([*styles, "</style>"]), 1)


def said(svg: str) -> list[Drawn]:
    """Read what a picture shows, whatever version of rich drew it."""
    colours = dict(re.findall(r"\.session-(r\d+) { fill: (#\w+)", svg))
    pieces = re.findall(r'<text class="session-(r\d+)"[^>]*>([^<]*)</text>', svg)
    return [Drawn(text, colours[name]) for name, text in pieces]


def main() -> None:
    """Write the picture."""
    PICTURE.write_text(drawn(), encoding="utf-8")


if __name__ == "__main__":
    main()
