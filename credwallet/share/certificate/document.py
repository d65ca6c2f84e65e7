"""A certificate as a PDF/A-3B that carries the credential.

ISO 19005-3: fonts inside, colours by an output intent, what is attached is an
associated file (`/AF`, relationship Data). The same request makes the same bytes: the
date is that of the request, and nothing is left to chance. `fpdf2` writes the file.
"""

from collections.abc import Iterable
from contextlib import closing
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from credwallet.errors import Usage
from credwallet.model.moment import moment_of
from credwallet.share.certificate import page
from credwallet.share.certificate.lettering import Letters
from credwallet.share.certificate.wording import Wording

if TYPE_CHECKING:
    from fpdf import FPDF

_PRODUCER = "credwallet"
_XMP = """\
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""
    xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:xmp="http://ns.adobe.com/xap/1.0/"
    xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
    xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
   <pdfaid:part>3</pdfaid:part>
   <pdfaid:conformance>B</pdfaid:conformance>
   <dc:format>application/pdf</dc:format>
   <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
   <dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
   <xmp:CreatorTool>{producer}</xmp:CreatorTool>
   <xmp:CreateDate>{at}</xmp:CreateDate>
   <xmp:ModifyDate>{at}</xmp:ModifyDate>
   <pdf:Producer>{producer}</pdf:Producer>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>"""


class Attachment(NamedTuple):
    """What the PDF carries: a safe name, its media type, its bytes."""

    name: str
    media_type: str
    content: bytes


class Made(NamedTuple):
    """The file; `left_out` are signs that no font has, `unshaped` a script."""

    content: bytes
    left_out: str
    unshaped: str


def document(
    said: Wording,
    parts: page.Parts,
    attached: Attachment,
    *,
    fonts: Iterable[Path],
    at: str,
) -> Made:
    """Make the file.

    Args:
        said: What the credential says.
        parts: What else stands on the page.
        attached: The credential, byte for byte.
        fonts: Files of the learner's, for letters that ours lacks.
        at: Its date (RFC 3339).

    Raises:
        Usage: The extra `pdf` is not installed, or no font has some letter.
        NotFound: A font is not there.
        Unreadable: A font is none.

    """
    moment = (moment_of(at) or datetime(1970, 1, 1, tzinfo=UTC)).astimezone(UTC)
    moment = moment.replace(microsecond=0)
    pdf = _empty(said, moment)
    texts = tuple(page.texts(said, parts))
    with closing(Letters(pdf)) as letters:
        letters.add(fonts)
        left_out = letters.check(texts)
        page.draw(pdf, letters, said, parts)
        pdf.embed_file(
            bytes=attached.content,
            basename=attached.name,
            mime_type=attached.media_type,
            associated_file_relationship="Data",
            desc="The credential itself, as it was received",
            creation_date=moment,
            modification_date=moment,
            compress=True,
            checksum=True,
        )
        content = bytes(pdf.output())
    return Made(content, left_out, letters.needs_shaping(texts))


def _empty(said: Wording, moment: datetime) -> "FPDF":
    try:
        from fpdf import FPDF  # noqa: PLC0415 -- lazily: of the extra `pdf`
        from fpdf.enums import (  # noqa: PLC0415 -- lazily: as above
            DocumentCompliance,
        )
    except ImportError:
        raise Usage(
            "what writes PDFs is not installed",
            next_step="pip install 'credwallet[pdf]'",
            type="extra-missing",
        ) from None
    pdf = FPDF(unit="mm", format="A4", enforce_compliance=DocumentCompliance.PDFA_3B)
    # No text means a number of pages here, whatever it looks like.
    pdf.alias_nb_pages("")
    pdf.set_auto_page_break(auto=False)
    pdf.set_margins(0, 0, 0)
    pdf.set_lang("en")
    pdf.set_title(said.name)
    pdf.set_author(said.issuer or "unknown issuer")
    pdf.set_creator(_PRODUCER)
    pdf.set_producer(_PRODUCER)
    pdf.set_creation_date(moment)
    pdf.set_xmp_metadata(
        _XMP.format(
            title=escape(said.name, quote=False),
            author=escape(said.issuer or "unknown issuer", quote=False),
            producer=_PRODUCER,
            at=moment.isoformat(timespec="seconds"),
        )
    )
    pdf.add_page()
    return pdf
