"""What is inside an input: archives, web pages, PDFs, pictures of QR codes, links.

Each input becomes the inputs that it holds, in memory. What an archive calls its files
is shown and never used as a path. The address in a QR code is shown before anything is
fetched from it.
"""

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from credwallet.cli.terminal.console import plain
from credwallet.errors import CredwalletError, Unreadable, Usage
from credwallet.formats import archive, html_page, pdf_file, qr_picture, qr_text

if TYPE_CHECKING:
    from credwallet.cli.session import Session
    from credwallet.fetch import Fetch
    from credwallet.formats.wallets import Mine

# What a folder or an archive may hold beside badges is left alone; these are badges.
ENDINGS = frozenset(
    {
        *(".json", ".jsonld", ".jwt", ".jws", ".sdjwt", ".sd-jwt"),
        *(".png", ".svg", ".txt", ".vc", ".1ob", ""),
    }
)
# These mostly carry none: beside others they count only if they do.
_CARRIERS = frozenset({".html", ".htm", ".pdf"})
_MORE_IN_ARCHIVES = frozenset({".zip"})  # refused there with words, not in silence


_GZIP = b"\x1f\x8b"
_PACKED = Unreadable(
    "a file that is packed as a whole (gzip)", next_step="unpack it first: gunzip FILE"
)


class Source(NamedTuple):
    """One input: its name for people, and its bytes or why there are none.

    `mine` is what an export of ours says of it. `final` says that it comes out of a
    wallet file: nothing in it is unpacked any more.
    """

    name: str
    data: bytes | CredwalletError
    mine: "Mine | None" = None
    final: bool = False


def expanded(session: "Session", source: Source, fetch: "Fetch") -> Iterator[Source]:
    """Unpack an input as far as it can be; what needs none stays as it is.

    Args:
        session: For questions.
        source: A file, stdin, or what an address answered.
        fetch: For the address in a QR code, if the learner agrees.

    """
    data = source.data
    if source.final or isinstance(data, CredwalletError) or data[:1] in (b"{", b"e"):
        yield source  # the most common: JSON and tokens
    elif data[:2] == _GZIP:
        yield Source(source.name, _PACKED)
    elif archive.sniff(data):
        for inner in _unpacked(source.name, data):
            yield from _opened(session, inner, fetch)
    else:
        yield from _opened(session, source, fetch)


def _opened(session: "Session", source: Source, fetch: "Fetch") -> Iterator[Source]:
    data = source.data
    if isinstance(data, bytes) and html_page.sniff(data):
        yield from _linked(source.name, data)
    elif isinstance(data, bytes) and pdf_file.sniff(data):
        yield from _attached(source.name, data)
    else:
        yield _scanned(session, source, fetch)


def carried(address: str) -> Source:
    """Read the credential that an address carries behind its `#`; nothing is fetched.

    Args:
        address: As the learner gave it.

    """
    name = f"{address.partition('#')[0]}#c=..."
    try:
        return Source(name, _decoded(address))
    except CredwalletError as error:
        return Source(name, error)


def is_wanted(path: PurePosixPath) -> bool:
    """Say whether a file in a folder or an archive could be a badge, by its name."""
    hidden = any(part.startswith(".") for part in path.parts if part != "..")
    return not hidden and path.suffix.lower() in ENDINGS


def may_carry(path: PurePosixPath) -> bool:
    """Say whether a file is a web page or a PDF by its name; see `carries`."""
    return path.suffix.lower() in _CARRIERS


def carries(data: bytes) -> bool:
    """Say whether a web page or a PDF seems to carry a badge."""
    if html_page.sniff(data):
        return html_page.has_fragment(data)
    return pdf_file.sniff(data) and pdf_file.has_attachment(data)


def _unpacked(name: str, data: bytes) -> Iterator[Source]:
    found = False
    try:
        for member in archive.members(data):
            path = PurePosixPath(member.name.replace("\\", "/"))
            if not is_wanted_inside(path, member.content):
                continue
            found = True
            yield Source(f"{name}:{member.name}", member.content)
    except Unreadable as error:
        yield Source(name, error)
        return
    if not found:
        yield Source(
            name,
            Unreadable(
                "an archive without a file that could be a badge",
                next_step="badges end in .json, .jwt, .png or .svg",
            ),
        )


def is_wanted_inside(path: PurePosixPath, content: bytes | Unreadable) -> bool:
    """Say whether a file of an archive could be a badge.

    Args:
        path: Its name there.
        content: Its bytes, or why there are none.

    """
    if path.parts[:1] == ("__MACOSX",):
        return False
    if is_wanted(path) or path.suffix.lower() in _MORE_IN_ARCHIVES:
        return True
    return may_carry(path) and isinstance(content, bytes) and carries(content)


def _linked(name: str, page: bytes) -> Iterator[Source]:
    """Read the credentials that a web page carries in links of ours."""
    try:
        found = html_page.fragments(page)
    except Unreadable as error:
        yield Source(name, error)
        return
    left = html_page.MAX_INFLATED
    for number, fragment in enumerate(found, 1):
        inner = name if len(found) == 1 else f"{name}:{number}"
        content: bytes | CredwalletError
        try:
            content = _decoded(f"#{fragment}")
        except CredwalletError as error:
            content = error
        left -= _unpacked_size(content)
        if left < 0:
            yield Source(inner, _too_much("the page"))
            return
        yield Source(inner, content)


def _attached(name: str, document: bytes) -> Iterator[Source]:
    """Read the badges that are attached to a PDF."""
    try:
        left = pdf_file.MAX_INFLATED
        for number, content in enumerate(pdf_file.attachments(document), 1):
            left -= _unpacked_size(content)
            if left < 0:
                yield Source(name, _too_much("the PDF"))
                return
            yield Source(f"{name}:attachment {number}", content)
    except Unreadable as error:
        yield Source(name, error)


def _unpacked_size(content: bytes | CredwalletError) -> int:
    """Say how much was unpacked, also of what was then refused as too large."""
    if isinstance(content, bytes):
        return len(content)
    return pdf_file.MAX_ATTACHMENT if content.type == "too-large" else 0


def _too_much(what: str) -> Unreadable:
    return Unreadable(
        f"{what} holds more than 16 MiB: nothing from here on was read",
        next_step="ask for the badges as files",
    )


def _scanned(session: "Session", source: Source, fetch: "Fetch") -> Source:
    """Read the QR code of a picture that carries no badge itself."""
    data = source.data
    if isinstance(data, CredwalletError) or not qr_picture.sniff(data):
        return source
    if qr_picture.carries_badge(data):
        return source
    try:
        text = qr_picture.text_of(data)
        if qr_text.carries_credential(text):
            return Source(source.name, _decoded(text))
        if qr_text.is_link(text) and qr_text.refusal(text) is None:
            return Source(source.name, _fetched(session, text.strip(), fetch))
        return Source(source.name, qr_text.badge_text(text))
    except CredwalletError as error:
        return Source(source.name, error)


def _decoded(address: str) -> bytes:
    from credwallet.share import link  # noqa: PLC0415 -- lazily: few inputs are links

    return link.decode(address.strip())


def _fetched(session: "Session", address: str, fetch: "Fetch") -> bytes:
    """Fetch from the address of a QR code, once the learner saw it and agreed."""
    from credwallet.fetch.addresses import target_of  # noqa: PLC0415 -- lazily, rare

    target_of(address)  # what would be refused is not even asked about
    shown = plain(address.partition("#")[0])
    here = Unreadable(
        f"the QR code holds only an address, {shown[:200]}",
        next_step=f"import it from there: credwallet import {shown}",
        type="address-only",
    )
    if session.settings.offline:
        raise here
    try:
        agreed = session.confirm(
            f"The QR code holds the address {shown}. Fetch it?", flag=""
        )
    except Usage:
        raise here from None
    if not agreed:
        raise here
    session.keeping.leave_out(address)
    return fetch(address).body
