"""Is a badge read out of a picture of a QR code, and nothing done that nobody asked?"""

import io
import sys
from pathlib import Path
from typing import Any

import pytest

from credwallet.cli.session import Session
from credwallet.errors import Unreadable
from credwallet.fetch import Document
from credwallet.formats import png, qr_picture, qr_text
from credwallet.share import link
from credwallet.share.carried import Carried
from tests.cli.badges import signed_badge
from tests.cli.runner import Cli
from tests.cli.test_picture import MANY_OPACITIES

Image = pytest.importorskip("PIL.Image")
pytest.importorskip("zxingcpp")
qrcode = pytest.importorskip("qrcode")

TOKEN = "eyJhbGciOiJFUzI1NiJ9.e30.c2ln"
SMALL = '{"a": "small badge, for the reading of codes only"}'


def code(text: str, *, scale: int = 4) -> Any:
    drawn = qrcode.QRCode(error_correction=1, box_size=scale, border=4)
    drawn.add_data(text)
    return drawn.make_image().get_image().convert("L")


def saved(picture: Any, kind: str = "PNG", **options: Any) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()


def photo(cli: Cli, text: str, kind: str = "PNG") -> Path:
    path = cli.folder / f"photo.{kind.lower()}"
    path.write_bytes(saved(code(text), kind))
    return path


def badge_as_text() -> str:
    return Carried("j", signed_badge(7).decode()).text


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_a_badge_link_in_a_picture_is_imported_without_network(empty: Cli, kind: str):
    text = link.encode(Carried("j", badge_as_text()), page="https://page.example/v")
    path = photo(empty, text, kind)
    ran = empty("import", path, "--offline")
    assert (ran.code, ran.rows[0][1:4]) == (0, ["valid", "new", "Woodwork"])
    assert empty("show", "Woodwork", "--raw").raw == badge_as_text().encode()


def test_a_badge_link_is_imported_as_an_argument_too(empty: Cli):
    text = link.encode(Carried("j", badge_as_text()), page="https://page.example/v")
    ran = empty("import", text, "--offline")
    assert ran.rows[0][1:4] == ["valid", "new", "Woodwork"]
    assert ran.rows[0][4] == "https://page.example/v#c=..."


def test_a_badge_link_that_was_cut_is_said(cli: Cli):
    text = link.encode(Carried("j", badge_as_text()), page="https://page.example/v")
    ran = cli("verify", text[:-40])
    assert (ran.code, "damaged or was cut" in ran.err) == (3, True)


def test_json_and_tokens_are_taken_as_they_are():
    assert qr_text.badge_text(f" {SMALL}\n") == SMALL.encode()
    assert qr_text.badge_text(TOKEN) == TOKEN.encode()
    assert qr_picture.text_of(saved(code(SMALL))) == SMALL


def test_letters_outside_of_ascii_keep_their_bytes():
    text = '{"name": "Prüfung für Zoë, 漢字"}'
    drawn = qrcode.QRCode(box_size=4)
    drawn.add_data(text.encode())
    picture = drawn.make_image().get_image().convert("L")
    assert qr_picture.text_of(saved(picture)) == text


def test_a_baked_badge_wins_over_a_code(cli: Cli):
    baked = png.bake(
        saved(code("https://other.example/")), png.KEYWORD, badge_as_text()
    )
    path = cli.folder / "baked.png"
    path.write_bytes(baked)
    ran = cli("verify", path)
    assert (ran.code, ran.rows[0][1]) == (0, "valid")


def test_two_baked_badges_are_not_talked_over_by_a_code(cli: Cli):
    baked = png.bake(saved(code(SMALL)), png.KEYWORD, badge_as_text())
    chunk = baked[baked.index(b"iTXt") - 4 : -12]
    path = cli.folder / "two.png"
    path.write_bytes(baked[:-12] + chunk + baked[-12:])
    ran = cli("verify", path)
    assert (ran.code, "carries 2 badges" in ran.err) == (3, True)


# An address: shown, asked about, never followed in silence.


def test_an_address_is_shown_and_not_fetched_where_nobody_can_be_asked(cli: Cli):
    ran = cli("verify", photo(cli, "https://issuer.example/b/1"), "--no-input")
    assert (ran.code, ran.out) == (3, "")
    assert "holds only an address, https://issuer.example/b/1" in ran.err
    assert "credwallet import https://issuer.example/b/1" in ran.err


@pytest.mark.parametrize(("answer", "code_"), [("yes", 0), ("no", 3)])
def test_an_address_is_fetched_only_after_a_yes(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, answer: str, code_: int
):
    asked, fetched = [], []

    def confirm(_session: Session, question: str, **_: object) -> bool:
        asked.append(question)
        return answer == "yes"

    def fetch(url: str) -> Document:
        fetched.append(url)
        return Document(url, signed_badge(7), "", "fetched")

    monkeypatch.setattr(Session, "confirm", confirm)
    path = photo(cli, "https://issuer.example/b/1")
    ran = cli("verify", path, network=lambda: fetch)
    assert (ran.code, len(asked)) == (code_, 1)
    assert "https://issuer.example/b/1" in asked[0]
    assert fetched == (["https://issuer.example/b/1"] if answer == "yes" else [])


def test_offline_an_address_is_not_even_asked_about(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(Session, "confirm", None)
    ran = cli("verify", photo(cli, "https://issuer.example/b/1"), "--offline")
    assert (ran.code, "holds only an address" in ran.err) == (3, True)


@pytest.mark.parametrize(
    "text",
    [
        "http://127.0.0.1/badge",
        "https://127.0.0.1/badge",
        "https://[::1]/badge",
        "https://2130706433/badge",
        "https://localhost/badge",
        "https://user:secret@issuer.example/badge",
        "http://issuer.example/badge",
        "https://169.254.169.254/latest/meta-data",
    ],
)
def test_an_address_that_may_not_be_fetched_is_refused_without_a_question(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, text: str
):
    monkeypatch.setattr(Session, "confirm", None)
    ran = cli("verify", photo(cli, text), network=lambda: None)
    assert (ran.code, ran.out) == (4, "")
    assert "was not fetched" in ran.err


# What is no badge is named, and obeyed by nobody.


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("VP1-B3CDJ5OAH", "QR presentation (VP1) that cannot be read"),
        ("openid-credential-offer://?credential_offer_uri=x", "OpenID4VCI"),
        ("https://w.example/?credential_offer=%7B%7D", "OpenID4VCI"),
        ("openid4vp://?client_id=x&request_uri=y", "OpenID4VP"),
        ("haip://?x", "OpenID4VP"),
        ("dccrequest://request?issuer=x", "an offer to issue a credential"),
        ("javascript:alert(1)", "is no badge; it says: javascript:alert(1)"),
        ("file:///etc/passwd", "is no badge; it says: file:///etc/passwd"),
        ("data:text/html,x", "is no badge"),
        ("hello world", "is no badge; it says: hello world"),
        ("\x1b]0;owned\x07", r"it says: \x1b]0;owned\x07"),
        ("https://a.example/ https://b.example/", "is no badge"),
        ("", "is no badge"),
    ],
)
def test_what_is_no_badge_is_named(text: str, said: str):
    with pytest.raises(Unreadable) as caught:
        qr_text.badge_text(text)
    assert said in caught.value.what
    assert caught.value.next_step
    assert caught.value.what.isprintable()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("openid-credential-offer://?credential_offer_uri=S3CRET", "OpenID4VCI"),
        ("https://w.example/?credential_offer_uri=S3CRET", "OpenID4VCI"),
        ("https://w.example/a?x=1&credential_offer=S3CRET", "OpenID4VCI"),
        ("VP1-S3CRET", "QR presentation (VP1)"),
        ("dccrequest://request?secret=S3CRET", "an offer to issue a credential"),
    ],
)
def test_a_pasted_offer_is_explained_and_its_codes_are_not_repeated(
    cli: Cli, text: str, said: str
):
    ran = cli("import", text, "--dry-run", network=lambda: None)
    assert (ran.code, ran.out) == (3, "")
    assert (": this is a" in ran.err, said in ran.err) == (True, True)
    assert "S3CRET" not in ran.err
    ran = cli("verify", photo(cli, text), network=lambda: None)
    assert (ran.code, said in ran.err, "S3CRET" in ran.err) == (3, True, False)


def test_a_code_cannot_steer_the_terminal(cli: Cli):
    ran = cli("verify", photo(cli, "\x1b]52;c;AAAA\x07\u202e"))
    assert (ran.code, "\x1b" in ran.err, "\u202e" in ran.err) == (3, False, False)


def test_a_picture_without_a_code_is_said(cli: Cli):
    path = cli.folder / "blank.jpg"
    path.write_bytes(saved(Image.new("L", (300, 200), 255), "JPEG"))
    ran = cli("verify", path)
    assert (ran.code, "no QR code was found" in ran.err) == (3, True)


def test_two_different_codes_are_refused():
    both = Image.new("L", (700, 300), 255)
    for place, text in enumerate((SMALL, TOKEN)):
        both.paste(code(text), (place * 350, 0))
    with pytest.raises(Unreadable, match="2 different QR codes"):
        qr_picture.text_of(saved(both))


def test_without_the_extra_it_is_named(cli: Cli, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "zxingcpp", None)
    ran = cli("verify", photo(cli, SMALL))
    assert (ran.code, "pip install 'credwallet[scan]'" in ran.err) == (3, True)


# A code is found as people photograph it.


def test_a_dense_code_in_a_corner_of_a_large_photo_is_found():
    text = "https://page.example/#c=j." + "A" * 1200
    large = Image.new("RGB", (4000, 3000), (190, 180, 150))
    large.paste(code(text).resize((900, 900)), (2900, 1900))
    assert qr_picture.text_of(saved(large, "JPEG", quality=80)) == text


def test_a_turned_code_and_an_inverted_one_are_found():
    upside = code(SMALL).rotate(30, expand=True, fillcolor=255)
    inverted = code(SMALL).point([255 - level for level in range(256)])
    for picture in (upside, inverted):
        assert qr_picture.text_of(saved(picture)) == SMALL


def test_what_is_transparent_is_white():
    drawn = code(SMALL)
    clear = Image.new("RGBA", drawn.size, (0, 0, 0, 0))
    ink = drawn.point([255 - level for level in range(256)])
    clear.paste((0, 0, 0, 255), mask=ink)
    assert qr_picture.text_of(saved(clear)) == SMALL


# Hostile pictures.


def test_a_picture_of_too_many_pixels_is_not_unpacked():
    huge = saved(Image.new("1", (7000, 6000)))
    with pytest.raises(Unreadable, match="more than 40 million pixels"):
        qr_picture.text_of(huge)


@pytest.mark.parametrize("size", [(qr_picture.MAX_SIDE + 1, 1), (1, 100_000)])
def test_a_picture_of_one_endless_line_is_refused(size: tuple[int, int]):
    # Made smaller, it would take memory by the length of the line, a gibibyte or more.
    said = f"more than {qr_picture.MAX_SIDE:,} pixels wide or high"
    with pytest.raises(Unreadable, match=said):
        qr_picture.text_of(saved(Image.new("1", size)))


def test_colours_that_make_no_sense_are_a_damaged_picture():
    with pytest.raises(Unreadable, match="damaged"):
        qr_picture.text_of(MANY_OPACITIES)


@pytest.mark.parametrize("kind", ["lossless", "lossy"])
def test_a_large_webp_is_not_even_opened(monkeypatch: pytest.MonkeyPatch, kind: str):
    options = {"lossless": kind == "lossless", "method": 0}
    large = saved(Image.new("L", (4000, 2600)), "WEBP", **options)
    monkeypatch.setattr(Image, "open", None)
    with pytest.raises(Unreadable, match="more than 10 million pixels"):
        qr_picture.text_of(large)


def test_a_header_that_claims_a_giant_is_refused():
    small = bytearray(saved(Image.new("L", (8, 8))))
    small[16:24] = (100_000).to_bytes(4) * 2
    with pytest.raises(Unreadable):
        qr_picture.text_of(bytes(small))


def test_a_jpeg_of_endless_layers_is_refused():
    data = saved(Image.new("L", (64, 64)), "JPEG", progressive=True)
    start = data.rindex(b"\xff\xda")
    with pytest.raises(Unreadable, match="layers"):
        qr_picture.text_of(data[:-2] + data[start:-2] * 30 + data[-2:])


def test_a_field_of_corners_of_codes_costs_no_more_than_another_picture():
    corner = Image.new("L", (8, 8), 255)
    corner.paste(0, (0, 0, 7, 7))
    corner.paste(255, (1, 1, 6, 6))
    corner.paste(0, (2, 2, 5, 5))
    row = Image.new("L", (3000, 8))
    field = Image.new("L", (3000, 3000))
    for x in range(0, 3000, 8):
        row.paste(corner, (x, 0))
    for y in range(0, 3000, 8):
        field.paste(row, (0, y))
    searched = [part.width * part.height for part in qr_picture._parts(saved(field))]
    assert len(searched) == 6
    assert max(searched) <= 1_500_000
    with pytest.raises(Unreadable):
        qr_picture.text_of(saved(field))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_a_damaged_picture_raises_nothing_but_a_refusal(kind: str):
    data = saved(code(SMALL, scale=2), kind)
    for place in range(0, len(data), max(1, len(data) // 60)):
        for changed in (
            data[:place],
            data[:place] + b"\xff" + data[place + 1 :],
            data[:place] + b"\0" + data[place + 1 :],
        ):
            try:
                qr_picture.text_of(changed)
            except Unreadable as error:
                assert error.what  # noqa: PT017 -- most are refused, a few are not
