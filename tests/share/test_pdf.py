"""A certificate says what the credential says, and carries it byte for byte."""

import base64
import hashlib
import io
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from PIL import Image, ImageDraw

from credwallet import formats
from credwallet.errors import NotFound, Unreadable, Usage
from credwallet.formats import pdf_file
from credwallet.share import pdf
from credwallet.share.certificate import lettering, wording
from credwallet.share.certificate.picture import picture_of
from credwallet.share.handover import Kept, Request
from tests import receivers
from tests.formats.making import CREDENTIAL, as_json
from tests.share import reading
from tests.share.badges import DOCUMENT, credential, jwt

PAGE = "https://v.example/"
AT = "2026-11-25T12:00:00+00:00"
KEPT = Kept(verdict="valid", checked_at="2026-11-20T10:00:00+00:00")
SVG_HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10">'


def badge(title="Woodwork", /, *, issuer="Harbour College", **subject):
    achievement = {
        "id": "https://example.org/1",
        "type": "Achievement",
        "name": title,
        **subject.pop("achievement", {}),
    }
    return credential(
        {
            "issuer": {"id": "did:key:z6MkIssuer", "type": "Profile", "name": issuer},
            "credentialSubject": {
                "id": "did:key:z6MkHolder",
                "type": "AchievementSubject",
                "achievement": achievement,
                **subject,
            },
        }
    )


def made(held, *, kept=KEPT, **wanted):
    """Make the certificate of one credential; gives the file and the notes."""
    request = Request(**{"kept": {held.raw: kept}, "at": AT, **wanted})
    handover = pdf.hand_over((held,), request)
    (file,) = handover.files
    return file, handover.notes


def written(data: bytes) -> str:
    """Read the text of a PDF, one line a line of the page, with poppler."""
    receivers.require("pdftotext")
    ran = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=data, capture_output=True, check=True
    )
    return ran.stdout.decode()


def seen(data: bytes, dots: int = 200) -> reading.Pixels:
    """Draw the page with poppler."""
    receivers.require("pdftoppm")
    ran = subprocess.run(
        ["pdftoppm", "-gray", "-png", "-r", str(dots), "-singlefile", "-"],
        input=data,
        capture_output=True,
        check=True,
    )
    return reading.from_png(ran.stdout)


def address(data: bytes, kind: str) -> str:
    return f"data:image/{kind};base64,{base64.b64encode(data).decode()}"


def pixels(kind: str, size=(60, 60), mode="RGB", colour="red") -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, colour).save(out, kind)
    return out.getvalue()


# What it carries.


@pytest.mark.parametrize("held", [badge(), jwt()], ids=["json", "jwt"])
def test_the_credential_is_attached_byte_for_byte(held):
    file, _ = made(held, page=PAGE)
    assert file.media_type == "application/pdf"
    with pikepdf.open(io.BytesIO(file.content)) as read:
        ((name, attached),) = read.attachments.items()
        assert attached.get_file().read_bytes() == held.raw
        assert attached.get_file().mime_type == held.media_type
        assert attached.relationship == "/Data"
        assert [entry.AFRelationship for entry in read.Root.AF] == ["/Data"]
        assert name.endswith(".jwt" if held.jws else ".json")
        assert len(read.pages) == 1
    assert list(pdf_file.attachments(file.content)) == [held.raw]


@pytest.mark.parametrize("carrier", ["simple-json.svg", "simple-jwt.png", "simple.jwt"])
def test_a_baked_badge_is_attached_with_its_picture(vectors, carrier):
    raw = (vectors / "1edtech-public-validator/ob30" / carrier).read_bytes()
    file, _ = made(formats.read(raw))
    assert list(pdf_file.attachments(file.content)) == [raw]


def test_it_is_a_pdf_for_archives():
    file, _ = made(badge("A & B <i>"))
    with pikepdf.open(io.BytesIO(file.content)) as read:
        (intent,) = read.Root.OutputIntents
        assert intent.S == "/GTS_PDFA1"
        assert "/DestOutputProfile" in intent
        metadata = read.open_metadata()
        assert metadata.pdfa_status == "3B"
        assert metadata["dc:title"] == "A & B <i>"
        assert metadata["xmp:CreateDate"] == AT
        assert read.Root.Lang == "en"
        fonts = read.pages[0].Resources.Font.values()
        kinds = [font.DescendantFonts[0].FontDescriptor for font in fonts]
        assert all("/FontFile2" in kind or "/FontFile3" in kind for kind in kinds)
        # It opens at a page, and does nothing else.
        assert isinstance(read.Root.OpenAction, pikepdf.Array)
        assert "/JavaScript" not in read.Root.Names
        assert "/Annots" not in read.pages[0]


def test_the_same_request_makes_the_same_bytes():
    held = badge("Zażółć 木"[:6])
    first, _ = made(held, page=PAGE)
    again, _ = made(held, page=PAGE)
    later, _ = made(held, page=PAGE, at="2027-01-01T00:00:00Z")
    assert first == again
    assert later.content != first.content
    script = (
        "import hashlib;from tests.share.test_pdf import *;"
        "print(hashlib.sha256(made(badge('Zażółć'), page=PAGE)[0].content).hexdigest())"
    )
    for seed in ("1", "2"):
        ran = subprocess.run(
            [sys.executable, "-c", script],
            cwd=Path(__file__).parents[2],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ".", "TZ": f"UTC+{seed}"},
            capture_output=True,
            check=True,
        )
        digest = hashlib.sha256(made(badge("Zażółć"), page=PAGE)[0].content)
        assert ran.stdout.decode().strip() == digest.hexdigest()


# What it says.


def test_it_says_what_the_credential_says_and_what_is_not_proven():
    file, _ = made(badge(achievement={"description": "Makes chairs."}))
    text = written(file.content)
    for part in (
        "Woodwork",
        "Harbour College",
        "did:key:z6MkIssuer",
        "2026-03-31",
        "2029-12-01",
        "Makes chairs.",
        "Valid when last checked, on 2026-11-20",
        "attached to this PDF as woodwork.json",
        "credwallet verify",
        "does not prove",
        "anybody can draw one like it",
        "No QR code: no web page was named",
    ):
        assert part in " ".join(text.split()), part


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        (Kept(verdict="revoked", checked_at=AT), "Revoked when last checked"),
        (Kept(verdict="expired", checked_at=AT), "Expired when last checked"),
        (Kept(verdict="undetermined"), "Not certain: something could not be checked"),
        (Kept(), "Not checked by the wallet that made this page"),
    ],
)
def test_a_verdict_that_is_not_good_is_said_on_the_page(kept, said):
    file, _ = made(badge(), kept=kept)
    assert said in written(file.content)


def test_what_no_proof_covers_is_not_quoted():
    kept = KEPT._replace(unsigned=("/credentialSubject/achievement/name",))
    file, _ = made(badge("Invented"), kept=kept)
    assert "Invented" not in written(file.content)


@pytest.mark.parametrize(
    ("subject", "name"),
    [
        ({"name": "Ada Lovelace"}, "Ada Lovelace"),
        (
            {
                "identifier": [
                    {"identityType": "emailAddress", "hashed": False}
                    | {"identityHash": "a@b.example"},
                    {"identityType": "name", "hashed": False, "identityHash": "Ada"},
                ]
            },
            "Ada",
        ),
        (
            {
                "identifier": {"identityType": "name", "hashed": True}
                | {"identityHash": "sha256$00"}
            },
            "",
        ),
        ({}, ""),
    ],
)
def test_the_learner_is_named_where_the_issuer_did_it_in_the_open(subject, name):
    assert wording.wording(badge(**subject), KEPT).recipient == name


HOSTILE = [
    "x" * 10_000,
    "word " * 2_000,
    "\x1b[31mred\x07\x00",
    "\u202eevil\u2066\u200b\ufeff",
    "<b>{nb}</b> **bold** __under__ \\n (a) ((( [[",
    "e" + "\u0301" * 500,
    "\u115f\u3164\u2800",
    "a\u2028b\u2029c\td\ne",
    "\ud7ff\ue000\U000f0000\ufffe",
    "%s {0} %PDF- endstream endobj",
]


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_name_is_cut_and_harmless(name):
    held = badge(name, issuer=name, name=name, achievement={"description": name * 2})
    file, _ = made(held, page=PAGE)
    said = wording.wording(held, KEPT)
    for text in (said.name, said.issuer, said.recipient, said.about):
        assert len(text) <= 320
        assert not set(text) & set("\x1b\0\n\u202e\u200b\u2028\ufeff")
    with pikepdf.open(io.BytesIO(file.content)) as read:
        assert len(read.pages) == 1
        assert read.open_metadata()["dc:title"] == said.name
    assert list(pdf_file.attachments(file.content)) == [held.raw]


def test_the_longest_texts_cover_nothing():
    word = "Interdisciplinary methods for coastal infrastructure "
    held = badge(
        word * 9, issuer=word * 9, name=word * 9, achievement={"description": word * 30}
    )
    text = " ".join(written(made(held)[0].content).split())
    assert "Valid when last checked, on 2026-11-20" in text
    assert "How to check" in text
    assert text.index("Valid when") < text.index("How to check")


def test_certificates_of_one_name_get_two_names():
    request = Request(at=AT)
    files = pdf.hand_over((badge(), badge(issuer="Other")), request).files
    assert [file.name for file in files] == ["woodwork.pdf", "woodwork-2.pdf"]


def test_a_day_is_that_of_the_credential():
    assert wording.wording(badge(), KEPT).issued == DOCUMENT["validFrom"][:10]
    shown = wording.verdict_line(Kept(verdict="valid", checked_at="nonsense"))
    assert shown == "Valid"


# Scripts.


def test_letters_of_many_scripts_are_in_the_font_that_comes_along():
    names = "Łódź Ελλάδα Ђорђе Հայաստան საქართველო"
    text = written(made(badge(names))[0].content)
    for word in names.split():
        assert word in text


def test_right_to_left_is_in_the_right_order():
    file, _ = made(badge("אבגד 123 (Python)", issuer="אוניברסיטה"))
    lines = written(file.content)
    # Poppler puts the letters back into the order in which they are read.
    assert "אבגד" in lines.replace("\u202b", "").replace("\u202c", "")
    assert "אוניברסיטה" in lines


def test_letters_that_no_font_has_are_named_with_what_to_do():
    with pytest.raises(Usage) as refused:
        made(badge("木工 Woodwork"))
    assert "木 (U+6728" in refused.value.what
    assert "工 (U+5DE5" in refused.value.what
    assert "W" not in refused.value.what.split("letters")[1].replace("CJK", "")[:3]
    assert "--font FILE" in refused.value.next_step
    many = "".join(chr(0x4E00 + number) for number in range(50))
    with pytest.raises(Usage, match="and 42 more"):
        made(badge(many))


def font_of(letters: str, path: Path) -> Path:
    """Make a font in which each letter is a square."""
    pen = TTGlyphPen(None)
    pen.moveTo((50, 0))
    for point in ((50, 800), (900, 800), (900, 0)):
        pen.lineTo(point)
    pen.closePath()
    square, names = pen.glyph(), [".notdef", *(f"g{ord(at)}" for at in letters)]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(at): f"g{ord(at)}" for at in letters})
    builder.setupGlyf(dict.fromkeys(names, square))
    builder.setupHorizontalMetrics(dict.fromkeys(names, (1000, 50)))
    builder.setupHorizontalHeader(ascent=900, descent=-100)
    builder.setupNameTable({"familyName": "Squares", "styleName": "Regular"})
    builder.setupOS2(sTypoAscender=900, sTypoDescender=-100)
    builder.setupPost()
    builder.save(path)
    return path


def test_a_font_of_the_learners_fills_the_gap(tmp_path):
    font = font_of("木工基礎", tmp_path / "squares.ttf")
    file, _ = made(badge("木工 基礎 Woodwork"), fonts=(font,))
    text = written(file.content)
    assert "木工" in text
    assert "Woodwork" in text


def test_a_font_that_is_none_is_refused(tmp_path):
    for name, data in (("a.ttf", b"no font"), ("a.json", b"{}"), ("b.otf", b"OTTO")):
        path = tmp_path / name
        path.write_bytes(data)
        with pytest.raises(Unreadable, match="no font"):
            made(badge(), fonts=(path,))
    cut = tmp_path / "cut.ttf"
    cut.write_bytes(lettering.BUNDLED.read_bytes()[:50_000])
    with pytest.raises(Unreadable, match="no font"):
        made(badge(), fonts=(cut,))
    with pytest.raises(NotFound):
        made(badge(), fonts=(tmp_path / "missing.ttf",))
    with pytest.raises(Usage, match="more than 5"):
        made(badge(), fonts=(lettering.BUNDLED,) * 6)


def test_a_sign_that_is_no_letter_is_left_out_and_said():
    file, notes = made(badge("Winner \U0001f3c6\ufe0f of 2026"))
    assert any("U+1F3C6" in note for note in notes)
    assert "Winner" in written(file.content)


def test_a_script_that_needs_shaping_is_said(tmp_path):
    font = font_of("हिन्दी", tmp_path / "deva.ttf")
    _, notes = made(badge("हिन्दी"), fonts=(font,))
    assert any("Devanagari" in note for note in notes)


def test_the_font_comes_with_its_licence():
    licence = lettering.BUNDLED.with_name("LICENSE-DejaVu.txt").read_text()
    assert "Bitstream Vera" in licence
    assert lettering.BUNDLED.stat().st_size < 800_000


# The QR code.


@pytest.mark.parametrize("name", ["Woodwork", "W" + "o" * 400])
def test_the_code_on_the_page_is_the_link(name):
    held = badge(name, achievement={"id": "https://e.example/1"})
    file, _ = made(held, page=PAGE)
    text, version, _ = reading.read(seen(file.content, 150))
    assert text.startswith(f"{PAGE}#c=j.")
    assert version <= 25
    assert "opens a page of v.example" in " ".join(written(file.content).split())


def test_a_code_that_phones_would_not_read_is_left_out_with_the_reason():
    noise = hashlib.shake_256(b"noise").hexdigest(900)
    file, _ = made(badge(achievement={"criteria": {"narrative": noise}}), page=PAGE)
    text = " ".join(written(file.content).split())
    assert "too large for one that phones read" in text
    with pytest.raises(AssertionError, match="0 symbols"):
        reading.read(seen(file.content, 150))


def test_an_address_that_is_no_page_is_refused():
    with pytest.raises(Usage, match="https address"):
        made(badge(), page="ftp://v.example/")


def test_the_list_names_the_page_and_the_verdict():
    held = badge()
    listed = pdf.discloses(held, Request(page=PAGE, kept={held.raw: KEPT}))
    values = [entry.value for entry in listed if entry.part == "carrier"]
    assert values == ["Valid when last checked, on 2026-11-20", PAGE]
    assert any(entry.value == "did:key:z6MkHolder" for entry in listed)


# The picture.


@pytest.mark.parametrize(
    "image",
    [
        address(pixels("PNG"), "png"),
        address(pixels("PNG", mode="RGBA", colour=(255, 0, 0, 100)), "png"),
        address(pixels("PNG", mode="P", colour=1), "png"),
        address(pixels("JPEG"), "jpeg"),
        address(pixels("JPEG", mode="CMYK", colour=(0, 255, 255, 0)), "jpg"),
        address(
            f"{SVG_HEAD}<rect width='10' height='10' fill='#f00'/></svg>".encode(),
            "svg+xml",
        ),
        (
            "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' "
            "viewBox='0 0 9 9'%3E%3Ccircle cx='4' cy='4' r='3'/%3E%3C/svg%3E"
        ),
    ],
    ids=["png", "alpha", "palette", "jpeg", "cmyk", "svg", "percent"],
)
def test_a_picture_inside_of_the_credential_is_drawn(image):
    with_it, notes = made(badge(achievement={"image": {"id": image, "type": "Image"}}))
    assert not any("picture" in note for note in notes)
    page = seen(with_it.content, 60)
    corner = [row[360:450] for row in page[35:130]]
    assert min(min(row) for row in corner) < 250


STRANGE = {
    "address": "https://tracker.example/1.png",
    "file": "file:///etc/passwd",
    "text": "data:text/html;base64,PGI+",
    "not base64": "data:image/png;base64,@@@",
    "cut": address(pixels("PNG")[:60], "png"),
    "other kind": address(pixels("GIF"), "png"),
    "gif": address(pixels("GIF"), "gif"),
    "bomb": address(pixels("PNG", size=(5000, 5000), mode="1", colour=0), "png"),
    "no svg": address(b"<svg", "svg+xml"),
    **{
        f"svg {name}": address(f"{SVG_HEAD}{inner}</svg>".encode(), "svg+xml")
        for name, inner in {
            "image": "<image href='file:///etc/passwd' width='1' height='1'/>",
            "script": "<script>1</script>",
            "style": "<style>*{fill:url(http://a.example)}</style>",
            "attribute": "<rect style='fill:red' width='1' height='1'/>",
            "use": "<use href='#a'/>",
            "handler": "<rect onload='1' width='1' height='1'/>",
            "foreign": "<foreignObject/>",
            "url": "<rect fill='url(#a)' width='1' height='1'/>",
            "text": "<text>VALID</text>",
            "inner svg": "<svg/>",
            "namespace": "<x:rect xmlns:x='urn:x'/>",
            "many": "<g/>" * 3000,
        }.items()
    },
    "svg entity": address(
        f'<!DOCTYPE svg [<!ENTITY a "b">]>{SVG_HEAD}</svg>'.encode(), "svg+xml"
    ),
    "svg without size": address(
        b'<svg xmlns="http://www.w3.org/2000/svg"><g/></svg>', "svg+xml"
    ),
    "svg thin": address(
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 9000"/>', "svg+xml"
    ),
}


@pytest.mark.parametrize("kind", STRANGE)
def test_a_strange_picture_is_left_out(kind, monkeypatch):
    image = STRANGE[kind]
    assert picture_of(image) is None
    file, notes = made(badge(achievement={"image": image}))
    assert file.content.startswith(b"%PDF")
    assert any("picture is left out" in note for note in notes) == image.startswith(
        "data:"
    )


def test_a_picture_stays_inside_of_its_frame():
    shapes = f"{SVG_HEAD}<rect x='-900' y='-900' width='5000' height='5000'/></svg>"
    held = badge(achievement={"image": address(shapes.encode(), "svg+xml")})
    page = seen(made(held)[0].content, 60)
    assert page[60][405] < 80
    assert page[60][200] > 200 or page[100][200] > 200
    assert all(level > 240 for level in page[280][300:480])


# Without the extra.


def test_without_the_extra_it_is_said_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "fpdf", None)
    with pytest.raises(Usage) as refused:
        made(badge())
    assert refused.value.next_step == "pip install 'credwallet[pdf]'"
    assert refused.value.type == "extra-missing"


def test_a_drawing_is_a_drawing():
    # Keeps the pictures of this file honest: what is drawn is what is seen.
    image = Image.new("RGB", (20, 20), "white")
    ImageDraw.Draw(image).rectangle((5, 5, 10, 10), fill="black")
    out = io.BytesIO()
    image.save(out, "PNG")
    found = picture_of(address(out.getvalue(), "png"))
    assert found is not None
    assert found.pixels.tobytes() == image.tobytes()
    assert datetime.fromisoformat(AT).tzinfo == UTC
    assert formats.read(as_json(CREDENTIAL)).document == CREDENTIAL
