"""What is asked of a way to share, and what it gives back.

Values only: making them is the work of the ways, writing and printing them that of the
command line.
"""

from typing import NamedTuple


class Request(NamedTuple):
    """What the learner asked for beside the credentials; `""` where nothing was.

    `page` is the address of a page that shows what its fragment carries,
    `certificate_url` a public address of the credential and `certificate_id` a number
    of it, both only for forms that others read. `unsigned` are JSON Pointers (RFC 6901)
    to members that no proof covers: they are never quoted as what the credential is.
    """

    page: str = ""
    certificate_url: str = ""
    certificate_id: str = ""
    unsigned: tuple[str, ...] = ()


class SharedFile(NamedTuple):
    """A file to hand over: a safe `name` with extension, and its bytes.

    `scan` is the same content as short ASCII text, for a QR code; `""` if it has none.
    """

    name: str
    media_type: str
    content: bytes
    scan: str = ""


class Handover(NamedTuple):
    """What a way made: files, addresses, and what has to be said about them.

    `notes` are single lines for the learner, among them what is not proven by this.
    """

    files: tuple[SharedFile, ...] = ()
    links: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


NOT_PROVEN = (
    "whoever has it can pass it on: it says who the badge is about, not who sends it",
    "it says nothing about today: the receiver has to check the status again",
)
"""What no copy of a credential proves, in words for the learner and the receiver."""
