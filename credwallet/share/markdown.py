"""`--as markdown`: a list for a README, a profile or a forum.

CommonMark 0.31 (2.4 backslash escapes, 2.5 entities), GitHub Flavored Markdown 0.29
(6.9 autolinks). Texts of credentials come from strangers: none of them becomes markup,
a picture, or a link. Forums also make links of bare names such as `example.com`, and
people of `@names`, even where a sign is escaped: a zero-width space after the sign
stops them, and nobody sees it.
"""

import re

from credwallet.model.credential import Credential
from credwallet.share.disclosure import Disclosure
from credwallet.share.few_words import few_words
from credwallet.share.handover import Handover, Request, SharedFile
from credwallet.share.headline import Headline, seen
from credwallet.share.one_line import one_line
from credwallet.share.public import check_public
from credwallet.share.standing import standing

NAME = "markdown"
SUMMARY = "a list in Markdown, for a profile or a forum"

_FILE = "certificates.md"
_WITHOUT_NAME = "Verifiable Credential"
_DATE = re.compile(r"[0-9]{4}(?:-[0-9]{2}){0,2}(?=[T ]|\Z)")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
_ZERO_WIDTH_SPACE = "\u200b"
# After one of these a bare address, a name or a number begins.
_BEFORE_A_LINK = re.compile(r"([.:@#/])(?=[^\s.:@#/]|/)")
_NOTES = ("a list proves nothing to a reader: hand over the credential as well",)


def discloses(credential: Credential, request: Request, /) -> tuple[Disclosure, ...]:
    """List what leaves: name, issuer, the two dates, and what was asked for beside.

    Args:
        credential: What the line is about.
        request: `certificate_url` leaves if it is given.

    """
    _, said = seen(credential, request)
    return few_words(credential, request, said)


def hand_over(credentials: tuple[Credential, ...], request: Request, /) -> Handover:
    """Make one text with a line for each credential.

    Args:
        credentials: What the lines are about, in order.
        request: The name leads to `certificate_url` if that is given.

    Returns:
        One Markdown file.

    Raises:
        Usage: If `certificate_url` is no web address, or given for several.

    """
    check_public(request, len(credentials))
    text = "".join(_line(credential, request) for credential in credentials)
    content = text.encode("utf-8", "replace")
    return Handover(files=(SharedFile(_FILE, "text/markdown", content),), notes=_NOTES)


def harmless(text: str) -> str:
    """Write a text so that Markdown shows it and does nothing else with it.

    Args:
        text: Any text; what is longer than 300 characters is cut.

    Returns:
        One line.

    """
    apart = _BEFORE_A_LINK.sub(rf"\1{_ZERO_WIDTH_SPACE}", one_line(text))
    escaped = _PUNCTUATION.sub(
        lambda match: _ENTITIES.get(match[0], f"\\{match[0]}"), apart
    )
    # As an entity it can be seen in the source, and goes to any terminal.
    return escaped.replace(_ZERO_WIDTH_SPACE, "&#8203;")


def _line(credential: Credential, request: Request) -> str:
    _, said = seen(credential, request)
    name = harmless(said.name.text) or _WITHOUT_NAME
    if request.certificate_url:
        name = f"[{name}](<{request.certificate_url}>)"
    parts = [f"**{name}**", *_facts(said)]
    if bad := standing(credential, request):
        parts.append(f"**{harmless(bad)}**")
    return f"- {', '.join(parts)}\n"


def _facts(said: Headline) -> list[str]:
    issued = _DATE.match(said.issued.text)
    expires = _DATE.match(said.expires.text)
    facts = [
        harmless(said.issuer.text),
        f"issued {harmless(issued[0])}" if issued else "",
        f"valid until {harmless(expires[0])}" if expires else "",
    ]
    return [fact for fact in facts if fact]
