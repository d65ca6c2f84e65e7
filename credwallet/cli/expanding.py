"""What is inside an input: archives, pictures of QR codes, links that carry a badge.

Each input becomes the inputs that it holds, in memory. What an archive calls its files
is shown and never used as a path. The address in a QR code is shown before anything is
fetched from it.
"""

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from credwallet.cli.console import plain
from credwallet.errors import CredwalletError, Unreadable, Usage
from credwallet.formats import archive, qr_picture, qr_text

if TYPE_CHECKING:
    from credwallet.cli.session import Session
    from credwallet.fetch import Fetch

# What a folder or an archive may hold beside badges is left alone; these are badges.
ENDINGS = frozenset(
    {
        *(".json", ".jsonld", ".jwt", ".jws", ".sdjwt", ".sd-jwt"),
        *(".png", ".svg", ".txt", ".vc", ".1ob", ""),
    }
)
_MORE_IN_ARCHIVES = frozenset({".zip"})  # refused there with words, not in silence


class Source(NamedTuple):
    """One input: its name for people, and its bytes or why there are none."""

    name: str
    data: bytes | CredwalletError


def expanded(session: "Session", source: Source, fetch: "Fetch") -> Iterator[Source]:
    """Unpack an input as far as it can be; what needs none stays as it is.

    Args:
        session: For questions.
        source: A file, stdin, or what an address answered.
        fetch: For the address in a QR code, if the learner agrees.

    """
    if isinstance(source.data, bytes) and archive.sniff(source.data):
        for inner in _unpacked(source.name, source.data):
            yield _scanned(session, inner, fetch)
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


def _unpacked(name: str, data: bytes) -> Iterator[Source]:
    found = False
    try:
        for member in archive.members(data):
            path = PurePosixPath(member.name.replace("\\", "/"))
            if not (is_wanted(path) or path.suffix.lower() in _MORE_IN_ARCHIVES):
                continue
            if path.parts[:1] == ("__MACOSX",):
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
        if qr_text.is_link(text):
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
