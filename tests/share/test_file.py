"""A shared file is the received one, under a name that no system minds."""

import json
import re
from base64 import urlsafe_b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credwallet import formats
from credwallet.model.credential import Credential
from credwallet.share import drawing, file, qr
from credwallet.share.handover import Request
from credwallet.share.slug import slug
from tests.share import reading
from tests.share.badges import DOCUMENT, credential, jwt

OB30 = "1edtech-public-validator/ob30"


@pytest.mark.parametrize(
    ("received", "extension", "media_type"),
    [
        (f"{OB30}/simple.json", ".json", None),
        (f"{OB30}/simple.jwt", ".jwt", None),
        (f"{OB30}/simple-json.png", ".png", "image/png"),
        (f"{OB30}/simple-jwt.png", ".png", "image/png"),
        (f"{OB30}/simple-json.svg", ".svg", "image/svg+xml"),
    ],
)
def test_a_real_badge_leaves_byte_for_byte(vectors, received, extension, media_type):
    raw = (vectors / received).read_bytes()
    badge = formats.read(raw)
    assert isinstance(badge, Credential)
    (shared,) = file.hand_over((badge,), Request()).files
    assert shared.content == raw
    assert shared.name.endswith(extension)
    assert shared.media_type == (media_type or badge.media_type)


@pytest.mark.parametrize("received", ["simple.json", "simple-json.svg", "simple.jwt"])
def test_a_small_badge_fits_a_qr_code_without_any_page(vectors, received):
    badge = formats.read((vectors / OB30 / received).read_bytes())
    assert isinstance(badge, Credential)
    (shared,) = file.hand_over((badge,), Request()).files
    picture = drawing.png(qr.symbol(shared.scan), scale=4)
    scanned, _, _ = reading.read(reading.from_png(picture))
    assert formats.read(scanned.encode()).document == badge.document


def test_the_name_is_that_of_the_achievement():
    (shared,) = file.hand_over((credential(),), Request()).files
    assert shared.name == "zazolc-gesla-jazn-100-more.json"
    (shared,) = file.hand_over((jwt(),), Request()).files
    assert shared.name == "zazolc-gesla-jazn-100-more.jwt"


def test_what_is_not_signed_names_no_file():
    request = Request(unsigned=("/credentialSubject/achievement/name",))
    (shared,) = file.hand_over((credential(),), request).files
    assert shared.name == "certificate.json"


def test_no_two_files_have_one_name():
    made = file.hand_over((credential(), jwt(), credential(), credential()), Request())
    assert [shared.name for shared in made.files] == [
        "zazolc-gesla-jazn-100-more.json",
        "zazolc-gesla-jazn-100-more.jwt",
        "zazolc-gesla-jazn-100-more-2.json",
        "zazolc-gesla-jazn-100-more-3.json",
    ]


def test_the_note_says_what_is_not_proven():
    assert "not who sends it" in file.hand_over((credential(),), Request()).notes[0]


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("../../etc/passwd", "etc-passwd"),
        ("C:\\Windows\\system.ini", "c-windows-system-ini"),
        ("CON", "badge-con"),
        ("com1", "badge-com1"),
        ("nul.json", "nul-json"),
        ("Straße & Œuvre, Ðorđe", "strasse-oeuvre-dorde"),
        ("a\x00b\n\x1b[2Jc\u202e", "a-b-2jc"),
        ("日本語", "badge"),
        ("...", "badge"),
        ("", "badge"),
        ("-rf", "rf"),
        ("x" * 200, "x" * 80),
        ("x" * 79 + " y", "x" * 79),
    ],
)
def test_a_hostile_name_becomes_a_plain_one(name, made):
    assert slug(name, otherwise="badge") == made


@given(st.text(max_size=300))
def test_any_name_becomes_a_plain_one(name):
    made = slug(name, otherwise="badge")
    assert re.fullmatch(r"[a-z0-9]([a-z0-9-]{0,84}[a-z0-9])?", made)
    assert len(made) <= 80
    assert not re.fullmatch(r"(con|prn|aux|nul|com\d|lpt\d)", made)


def test_a_name_in_another_script_is_told_by_the_digest():
    name = file.file_name(name="日本語", media_type="application/vc", sha256="ab" * 32)
    assert name == "credential-abababab.json"


def test_a_seal_in_json_is_carried_as_json():
    payload = json.dumps({**DOCUMENT, "name": "ąę"}, ensure_ascii=False)
    header = {"alg": "ES256", "b64": False, "crit": ["b64"]}
    packed = urlsafe_b64encode(json.dumps(header).encode()).rstrip(b"=").decode()
    sealed = {"payload": payload, "protected": packed, "signature": "AAAA"}
    badge = formats.read(json.dumps(sealed, indent=2).encode())
    assert badge.format == "jades"
    (shared,) = file.hand_over((badge,), Request()).files
    assert (shared.name[-5:], shared.content) == (".json", badge.raw)
    assert formats.read(shared.scan.encode()).document == badge.document
