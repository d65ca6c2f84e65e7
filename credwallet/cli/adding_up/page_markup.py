"""How does text become part of a web page without ever acting in it?

Elements are put together from `Markup`, which only this module makes, and from plain
`str`, which is escaped on its way in: nobody has to remember it. Foreign text is made
harmless by `console.plain` first, as on a terminal, so that what turns text around or
hides it stands there as an escape.
"""

from html import escape
from typing import NamedTuple

from credwallet.cli.terminal.console import plain

# Of one text on a page: about a screen of a phone.
MAX_TEXT = 1000
_VOID = frozenset({"meta", "br"})


class Markup(NamedTuple):
    """A part of a page, escaped already."""

    html: str


# What an element may hold: text that is still to be escaped, or a part of a page.
Content = str | Markup


def text(foreign: str) -> Markup:
    """Make any text harmless in a page, between tags and in an attribute.

    Args:
        foreign: Text of a credential, of a file or our own.

    Returns:
        The text without control or deceiving characters, escaped and cut.

    """
    return Markup(escape(plain(foreign, limit=MAX_TEXT), quote=True))


def element(name: str, /, *contents: Content, **attributes: str) -> Markup:
    """Put an element together.

    Args:
        name: Of the element; ours.
        contents: What it holds.
        attributes: By their names, ours, with `_` for `-` and a last `_` left off;
            one that is empty is left out.

    """
    said = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{text(value).html}"'
        for key, value in attributes.items()
        if value
    )
    if name in _VOID:
        return Markup(f"<{name}{said}>")
    return Markup(f"<{name}{said}>{joined(*contents).html}</{name}>")


def joined(*contents: Content) -> Markup:
    """Put parts one after the other."""
    return Markup(
        "".join(
            part.html if isinstance(part, Markup) else text(part).html
            for part in contents
        )
    )


def foreign(said: str, **attributes: str) -> Markup:
    """Put foreign text apart, so that its direction turns nothing beside it around.

    Args:
        said: Plain text from a file or a credential, escaped here.
        attributes: As `element` takes them.

    """
    return element("bdi", said, **attributes)


def style_of(sheet: str) -> Markup:
    """Put our own style sheet in, as it stands; nothing foreign may be in it."""
    return Markup(f"<style>{sheet}</style>")


def document(*contents: Content, lang: str) -> str:
    """Write the whole page.

    Args:
        contents: The head and the body.
        lang: The language of the page's own words, a BCP 47 tag.

    """
    return f"<!doctype html>\n{element('html', *contents, lang=lang).html}\n"
