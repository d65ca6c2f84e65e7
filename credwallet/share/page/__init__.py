"""The page that shows and verifies credentials in any browser, without our software.

`page.html` is the page without a credential (made by `build`). A credential is put in
as the text of a link, in base64url, so that nothing of it can be taken for markup, and
`formats.html_page` finds it there again.
"""

import html
import unicodedata
from collections.abc import Sequence
from functools import cache
from importlib import resources

from credwallet.errors import Usage
from credwallet.share import link
from credwallet.share.carried import Carried

MAX_CREDENTIALS = 100
_MAX_TITLE = 200
_MAX_NOTE = 4000
# Letters and signs without any ink, which hide what stands beside them.
_INKLESS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\u2800\uffa0\ufffc")


def empty_page() -> bytes:
    """Give the page without any credential, to be put on a host of static files."""
    return _template().encode("utf-8")


def page(contents: Sequence[Carried], *, title: str = "", note: str = "") -> bytes:
    """Make a page that carries credentials and verifies them when it is opened.

    Args:
        contents: At most 100, shown in this order.
        title: Of the page, in one line; any text.
        note: Words of whoever makes the page, shown as such; lines stay lines.

    Returns:
        HTML, UTF-8.

    Raises:
        Usage: If there are more.

    """
    if len(contents) > MAX_CREDENTIALS:
        raise Usage(
            f"a page carries at most {MAX_CREDENTIALS} credentials",
            next_step="make several pages",
        )
    carried = "\n".join(
        '<script type="text/plain" class="credential">'
        f"{link.encode(content, page='')}</script>"
        for content in contents
    )
    text = _template()
    heading = _shown(title, _MAX_TITLE).replace("\n", " ")
    if heading.strip():
        text = _put(_put(text, "title", heading), "heading", heading)
    if note.strip():
        said = _shown(note, _MAX_NOTE)
        text = _put(
            text,
            "note",
            '<p class="note" dir="auto"><b>In the words of whoever made this page, not'
            f" checked:</b>\n{said}</p>",
        )
    return _put(text, "credentials", carried).encode("utf-8")


@cache
def _template() -> str:
    return (resources.files(__package__) / "page.html").read_text("utf-8")


def _put(text: str, place: str, content: str) -> str:
    before, _, rest = text.partition(f"<!--{place}-->")
    _, _, after = rest.partition(f"<!--/{place}-->")
    return before + content + after


def _shown(text: str, limit: int) -> str:
    """Make foreign text harmless in a page: no markup, nothing that hides or turns."""
    if len(text) > limit:
        text = text[: limit - 1] + "\u2026"
    return html.escape("".join(map(_visible, text.replace("\r\n", "\n"))))


def _visible(character: str) -> str:
    if character == "\n" or (character.isprintable() and character not in _INKLESS):
        return character
    if unicodedata.category(character) == "Zs" or character == "\t":
        return " "
    return f"\\u{ord(character):04x}"
