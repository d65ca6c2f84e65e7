"""What is asked of a way to share, and what it gives back.

Values only: making them is the work of the ways, writing and printing them that of the
command line.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from credwallet.model.credential import Credential
from credwallet.model.report import Linked

if TYPE_CHECKING:
    from credwallet.share.presentation import Presenting


class Kept(NamedTuple):
    """What the wallet knows about a credential beside its bytes.

    `unsigned` are JSON Pointers (RFC 6901) to members that no proof covers, `linked`
    the documents that an Open Badges 2.0 assertion names. `verdict` is the word of the
    last report as of now, made at `checked_at` (RFC 3339); `""` if nobody said.
    """

    unsigned: tuple[str, ...] = ()
    linked: tuple[Linked, ...] = ()
    verdict: str = ""
    checked_at: str = ""


class Request(NamedTuple):
    """What the learner asked for beside the credentials; `""` where nothing was.

    `page` is the address of a page that shows what its fragment carries,
    `certificate_url` a public address of the credential and `certificate_id` a number
    of it, both only for forms that others read. `unsigned` are JSON Pointers (RFC 6901)
    to members that no proof covers: they are never quoted as what the credential is.
    `kept` is what the wallet knows about each credential, by its bytes: see `about`.
    `picture` are the bytes of a PNG or SVG to bake the credential into. `fonts` are
    files of the learner's for letters that ours lacks, and `at` is the moment of the
    request (RFC 3339), for the forms that are dated. `audience` is who it is for,
    `upload` says that the server of the way may have it. `presenting` says to whom and
    with which keys, for the ways that are for one receiver. `title` and `about_me` are
    the learner's own words at the head of a page.
    """

    page: str = ""
    certificate_url: str = ""
    certificate_id: str = ""
    unsigned: tuple[str, ...] = ()
    kept: Mapping[bytes, Kept] = {}
    picture: bytes = b""
    fonts: tuple[Path, ...] = ()
    at: str = ""
    audience: str = ""
    upload: bool = False
    presenting: "Presenting | None" = None
    title: str = ""
    about_me: str = ""

    def about(self, credential: Credential) -> Kept:
        """Return what the wallet knows about one of the credentials."""
        return self.kept.get(credential.raw) or Kept(unsigned=self.unsigned)


class SharedFile(NamedTuple):
    """A file to hand over: a safe `name` with extension, and its bytes.

    `scan` is the same content as short ASCII text, for a QR code; `""` if it has none.
    """

    name: str
    media_type: str
    content: bytes
    scan: str = ""


class Upload(NamedTuple):
    """What a server would be given, after a question of its own.

    `host` is its name, `url` where `body` (JSON) goes, `years` how long it stays there,
    `terms` what the learner agrees to, in a sentence without full stop.
    """

    host: str
    url: str
    body: bytes
    years: int
    terms: str


class Handover(NamedTuple):
    """What a way made: files, addresses, and what has to be said about them.

    `notes` are single lines for the learner, among them what is not proven by this.
    `uploads` become `links` when their server has answered. `to` is who gets it, where
    the way knows.
    """

    files: tuple[SharedFile, ...] = ()
    links: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    uploads: tuple[Upload, ...] = ()
    to: str = ""


NOT_PROVEN = (
    "whoever has it can pass it on: it says who the badge is about, not who sends it",
    "it says nothing about today: the receiver has to check the status again",
)
"""What no copy of a credential proves, in words for the learner and the receiver."""
