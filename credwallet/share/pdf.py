"""`--as pdf`: a certificate for people, with the credential inside for machines.

One page of PDF/A-3 that says what the credential says, what the last check found, how
to check again and what is not proven. The credential is attached byte for byte, so that
`credwallet verify certificate.pdf` reads it back.
"""

import hashlib
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from credwallet.errors import Usage
from credwallet.model.credential import Credential
from credwallet.share import drawing, file, link, qr, read_back
from credwallet.share.carried import carried
from credwallet.share.certificate.wording import Wording, wording
from credwallet.share.disclosure import Disclosure, added
from credwallet.share.handover import NOT_PROVEN, Handover, Request, SharedFile
from credwallet.share.slug import slug

if TYPE_CHECKING:
    from credwallet.share.certificate import document

NAME = "pdf"
SUMMARY = "a certificate to print, with the credential inside; needs credwallet[pdf]"

_UNPROVEN = (
    (
        "Who hands it over: whoever has a copy can pass it on. It says who the "
        "credential is about."
    ),
    (
        "Anything about today: a credential can be revoked. Whoever relies on it "
        "checks it again."
    ),
    (
        "Anything by its looks: the holder's own wallet made this page, and anybody "
        "can draw one like it. Only the attached credential counts, checked by "
        "software of your own."
    ),
)
_NO_PAGE = "No QR code: no web page was named that would show the credential."


def discloses(credential: Credential, request: Request, /) -> tuple[Disclosure, ...]:
    """List what leaves: all of the credential, and what the page says beside it.

    Args:
        credential: What would be handed over.
        request: `page` stands in the QR code.

    """
    said = wording(credential, request.about(credential))
    beside = [added("verdict on the page", said.verdict)]
    if request.page:
        beside.append(added("page of the QR code", request.page))
    return (*file.discloses(credential, Request()), *beside)


def hand_over(credentials: tuple[Credential, ...], request: Request, /) -> Handover:
    """Make a certificate of each credential.

    Args:
        credentials: What to hand over.
        request: `page` for a QR code, `fonts`, the date `at`, and what the wallet
            knows about each.

    Returns:
        One PDF each, in order, no two with the same name.

    Raises:
        Usage: The extra `pdf` is missing, no font has some letter, or the address of
            the page is none.
        NotFound: A font is not there.
        Unreadable: A font is none, or a carrier does not hold its credential any more.

    """
    if request.page:
        link.checked_page(request.page)
    files: list[SharedFile] = []
    notes: list[str] = [*NOT_PROVEN]
    for credential in credentials:
        made, said = _certificate(credential, request)
        taken = {each.name for each in files}
        digest = hashlib.sha256(credential.raw).hexdigest()
        stem = slug(said.name, otherwise=f"certificate-{digest[:8]}")
        files.append(
            SharedFile(
                name=file.free_name(f"{stem}.pdf", taken),
                media_type="application/pdf",
                content=made.content,
            )
        )
        notes += _notes(made, said)
    return Handover(files=tuple(files), notes=tuple(dict.fromkeys(notes)))


def _certificate(
    credential: Credential, request: Request
) -> "tuple[document.Made, Wording]":
    from credwallet.share.certificate import (  # noqa: PLC0415 -- lazily: fonts
        document,
        page,
        picture,
    )

    said = wording(credential, request.about(credential))
    name = file.file_name(
        name=said.name,
        media_type=credential.media_type,
        sha256=hashlib.sha256(credential.raw).hexdigest(),
    )
    code, no_code = _code(credential, request)
    parts = page.Parts(
        code=code,
        no_code=no_code,
        picture=picture.picture_of(said.picture),
        check=_how_to_check(credential, name, request.page if code else ""),
        unproven=_UNPROVEN,
    )
    attached = document.Attachment(name, credential.media_type, credential.raw)
    made = document.document(said, parts, attached, fonts=request.fonts, at=request.at)
    return made, said


def _code(credential: Credential, request: Request) -> tuple[qr.Symbol | None, str]:
    """Make the QR code of a link, or say why there is none."""
    if not request.page:
        return None, _NO_PAGE
    address = link.encode(carried(credential), page=request.page)
    try:
        code = qr.symbol_for_paper(address)
    except Usage:
        code = None
    if code is None or code.version > qr.WANTED_VERSION:
        return None, (
            "No QR code: the credential is too large for one that phones read "
            f"({len(address)} characters as a link)."
        )
    read_back.check_png(drawing.png(code, scale=4), address)
    return code, ""


def _how_to_check(
    credential: Credential, name: str, page_address: str
) -> tuple[str, ...]:
    digest = hashlib.sha256(credential.raw).hexdigest()
    lines = [
        (
            f"The credential itself is attached to this PDF as {name}. Programs that "
            "show PDFs list it among the attachments."
        ),
        (
            "Give the attachment to software of your own choice that verifies this "
            "kind of credential. Free software does it with: credwallet verify FILE.pdf"
        ),
    ]
    if page_address:
        host = urlsplit(page_address).hostname or "this computer"
        lines.append(
            f"The code opens a page of {host[:100]} that shows the credential. Judge "
            "by its address whether to believe that page; nothing is uploaded."
        )
    lines.append(f"SHA-256 of the attachment: {digest}")
    return tuple(lines)


def _notes(made: "document.Made", said: Wording) -> list[str]:
    notes = []
    if made.left_out:
        signs = " ".join(f"U+{ord(sign):04X}" for sign in made.left_out[:8])
        notes.append(f"signs that no font has are left out: {signs}")
    if made.unshaped:
        notes.append(
            f"the letters of {made.unshaped} stand side by side, without the forms "
            "that they take in a word: look at the page before you hand it over"
        )
    from credwallet.share.certificate import picture  # noqa: PLC0415 -- as above

    if said.picture and picture.picture_of(said.picture) is None:
        notes.append(
            "its picture is left out: it is damaged, too large, or more than plain "
            "shapes"
        )
    return notes
