"""`--as link`: an address that carries the credential itself.

`PAGE#c=KIND.DATA`, where KIND is `j` (JSON), `t` (JWT) or `s` (SD-JWT) and DATA the
base64url (RFC 4648 section 5, no padding) of the raw deflate (RFC 1951) of the text.
What follows `#` is never sent to a server (RFC 9110 section 4.2.5): the page gets the
credential from the receiver's own browser. Which page that is, the learner says.
"""

import base64
import binascii
import re
import zlib
from urllib.parse import urlsplit

from credwallet.errors import Unreadable, Usage
from credwallet.model.credential import Credential
from credwallet.share.carried import Carried, carried
from credwallet.share.disclosure import Disclosure, everything
from credwallet.share.handover import NOT_PROVEN, Handover, Request

NAME = "link"
SUMMARY = "an address that carries the credential after its #; needs --page"

MAX_INFLATED = 10 * 1024 * 1024
RECOMMENDED_LENGTH = 8000
"""Octets of an address that everybody supports (RFC 9110 section 4.1)."""

_OWN_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})
_UNSAFE = re.compile(r"[^!-~]|[\"<>\\^`{|}]")
_FRAGMENT = re.compile(r"c=[jts]\.[A-Za-z0-9_-]+\Z")


def discloses(credential: Credential, request: Request, /) -> tuple[Disclosure, ...]:
    """List what leaves: all of the credential, without a picture around it.

    Args:
        credential: What would be handed over.
        request: Nothing of it matters here.

    """
    del request
    return everything(credential)


def hand_over(credentials: tuple[Credential, ...], request: Request, /) -> Handover:
    """Make an address of each credential.

    Args:
        credentials: What to hand over.
        request: `page` is the address of the page.

    Returns:
        One link each, in order.

    Raises:
        Usage: If there is no page, or its address cannot carry a fragment.
        Unreadable: If a carrier does not hold its credential any more.

    """
    page = checked_page(request.page)
    links = tuple(encode(carried(credential), page=page) for credential in credentials)
    notes = [
        *NOT_PROVEN,
        "it cannot be taken back: every browser that opens it remembers it",
    ]
    if _only_here(page):
        notes.append("this page opens on this computer only: others need an https page")
    if any(len(link) > RECOMMENDED_LENGTH for link in links):
        notes.append(
            f"longer than {RECOMMENDED_LENGTH} characters: some programs will cut it"
        )
    return Handover(links=links, notes=tuple(notes))


def encode(credential: Carried, *, page: str) -> str:
    """Write a credential behind the address of a page.

    Args:
        credential: Its text.
        page: Address without fragment.

    Returns:
        The link, ASCII.

    """
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS, 9)
    packed = packer.compress(credential.text.encode()) + packer.flush()
    data = base64.urlsafe_b64encode(packed).rstrip(b"=").decode("ascii")
    return f"{page}#c={credential.kind}.{data}"


def decode(link: str) -> bytes:
    """Read the credential out of a link.

    Args:
        link: An address as `encode` writes it.

    Returns:
        The text, UTF-8; at most 10 MiB.

    Raises:
        Unreadable: If there is no such fragment, or it is damaged or too large.

    """
    _, _, fragment = link.partition("#")
    if not _FRAGMENT.match(fragment):
        raise Unreadable(
            "the link carries no credential after its #",
            next_step="copy the whole link; it may have been cut",
        )
    data = fragment.partition(".")[2]
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        packed = base64.urlsafe_b64decode(data + "=" * (-len(data) % 4))
        text = unpacker.decompress(packed, MAX_INFLATED + 1)
    except (binascii.Error, zlib.error):
        raise _damaged() from None
    if len(text) > MAX_INFLATED:
        raise Unreadable(
            "the link carries more than 10 MiB, no credential is that large",
            next_step="do not trust whoever sent it",
            type="too-large",
        )
    if not unpacker.eof or unpacker.unused_data:
        raise _damaged()
    return text


def checked_page(page: str) -> str:
    """Accept the address of a page, or say what is wrong with it.

    Args:
        page: What the learner gave, `""` if nothing.

    Returns:
        The same address.

    Raises:
        Usage: If there is none, or it is not https with a host (`http` on this
            machine and `file` are taken, for trying a page out), has a fragment, a
            password, or characters that no address holds.

    """
    if not page:
        raise Usage("a link needs the page that will show it", next_step=ABOUT_PAGES)
    if _UNSAFE.search(page) or "#" in page:
        raise Usage(
            "the address of the page must be plain, without spaces and without #",
            next_step="write other characters percent-encoded",
        )
    try:
        parts = urlsplit(page)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise _no_page(page) from None
    if parts.username is not None or parts.password is not None:
        raise Usage(
            "the address of the page holds a user name or password",
            next_step="leave out what stands before the @",
        )
    secure = parts.scheme == "https" and bool(host)
    trial = parts.scheme == "http" and host in _OWN_MACHINE
    local = parts.scheme == "file" and not host and parts.path.startswith("/")
    if not (secure or trial or local):
        raise _no_page(page)
    return page


def _only_here(page: str) -> bool:
    return not page.lower().startswith("https:")


def _damaged() -> Unreadable:
    return Unreadable(
        "the link is damaged or was cut",
        next_step="ask for it again, or for the file itself",
    )


def _no_page(page: str) -> Usage:
    return Usage(
        f"{page[:200]} is not the https address of a page",
        next_step="give --page https://..., since browsers verify only on secure pages",
    )


ABOUT_PAGES = (
    "make the page once: credwallet share page --out index.html; put it on any host of "
    "static files, such as your own web space (none is built in, and the credential "
    "itself is not uploaded); then give its address: --page https://... Without a "
    "host, hand over a file: --as html shows itself, --as file is the credential alone"
)
