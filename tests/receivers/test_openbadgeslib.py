"""openbadgeslib, a library of others, accepts what we hand over, and no changed one.

PyPI `openbadgeslib[ldp]`: Open Badges 3.0 with eddsa-rdfc-2022 and as VC-JWT, and
baked pictures. The network is closed while it works.
"""

import importlib
import json
import socket

import pytest

from credwallet import formats
from credwallet.formats import pdf_file
from credwallet.share import file, link, pdf
from credwallet.share.handover import Request
from tests import receivers
from tests.cli.badges import HARBOUR, signed_badge
from tests.formats.making import png

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><g/></svg>'
DCC = "dcc-vc-test-fixtures/verifiableCredentials/v2/dataIntegrityProof/didKey"


@pytest.fixture(autouse=True)
def _receiver(monkeypatch: pytest.MonkeyPatch) -> None:
    receivers.require("openbadgeslib", "pyld")

    def closed(*_: object, **__: object) -> None:
        raise AssertionError("the receiver asked for the network")

    monkeypatch.setattr(socket.socket, "connect", closed)
    monkeypatch.setattr(socket, "getaddrinfo", closed)


def accept(text: bytes | str, issuer: str = HARBOUR):
    """Let the receiver verify; gives what it read."""
    ldp = importlib.import_module("openbadgeslib.ob3.ldp")
    return ldp.OB3LdpVerifier(issuer_did=issuer).verify(text)


def refuse(text: bytes | str, issuer: str = HARBOUR) -> str:
    errors = importlib.import_module("openbadgeslib.errors")
    with pytest.raises(errors.LibOpenBadgesException) as refused:
        accept(text, issuer)
    return str(refused.value)


def shared(raw: bytes, **wanted) -> bytes:
    (made,) = file.hand_over((formats.read(raw),), Request(**wanted)).files
    return made.content


def changed(text: bytes | str):
    """Change one letter of the name."""
    if isinstance(text, bytes):
        assert b"Woodwork" in text
        return text.replace(b"Woodwork", b"Woodwerk")
    assert "Woodwork" in text
    return text.replace("Woodwork", "Woodwerk")


def test_our_file_is_accepted_and_a_changed_one_refused():
    text = shared(signed_badge())
    assert accept(text).achievement.name == "Woodwork"
    assert "signature mismatch" in refuse(changed(text))
    other = "did:key:z6MkpTHR8VNsBxYAAWHut2Geadd9jSwuBV8xRoAnwWsdvktH"
    refuse(text, other)


@pytest.mark.parametrize(
    "name",
    [
        "legacyRegistry-noStatus-noExpiry-basicOBv3.json",
        "legacyRegistry-noStatus-noExpiry-alignments.json",
    ],
)
def test_the_file_of_a_real_badge_is_accepted_and_a_changed_one_refused(vectors, name):
    raw = (vectors / DCC / name).read_bytes()
    text = shared(raw)
    issuer = json.loads(raw)["issuer"]["id"]
    achievement = accept(text, issuer).achievement.name
    assert achievement
    refuse(text.replace(achievement.encode(), b"Doctor of Everything"), issuer)


def test_a_baked_png_is_read_and_accepted_and_a_changed_one_refused():
    reader = importlib.import_module("openbadgeslib.ob3.verifier").OB3Verifier
    text = reader.extract_token_from_png(shared(signed_badge(), picture=png()))
    assert accept(text).achievement.name == "Woodwork"
    refuse(changed(text))


@pytest.mark.parametrize("name", ["Woodwork", "Woodwork ]]> & <Ärger> 木工"])
def test_a_baked_svg_is_read_and_accepted_and_a_changed_one_refused(name):
    reader = importlib.import_module("openbadgeslib.ob3.verifier").OB3Verifier
    baked = shared(signed_badge(name=name), picture=SVG)
    text = reader.extract_token_from_svg(baked)
    assert accept(text).achievement.name == name
    refuse(changed(text))


@pytest.mark.parametrize("into", ["png", "svg"])
def test_a_token_is_read_out_of_our_picture_as_it_went_in(vectors, into):
    reader = importlib.import_module("openbadgeslib.ob3.verifier").OB3Verifier
    raw = (vectors / "1edtech-public-validator/ob30/simple.jwt").read_bytes()
    baked = shared(raw, picture=png() if into == "png" else SVG)
    read = getattr(reader, f"extract_token_from_{into}")
    assert read(baked) == raw.decode().strip()


def test_what_a_link_carries_is_accepted_and_a_changed_one_refused():
    held = formats.read(signed_badge())
    (address,) = link.hand_over((held,), Request(page="https://v.example/")).links
    text = link.decode(address)
    assert accept(text).achievement.name == "Woodwork"
    refuse(changed(text))


def test_what_a_certificate_carries_is_accepted_and_a_changed_one_refused():
    receivers.require("fpdf")
    held = formats.read(signed_badge())
    (made,) = pdf.hand_over((held,), Request(at="2026-11-25T12:00:00Z")).files
    (text,) = pdf_file.attachments(made.content)
    assert isinstance(text, bytes)
    assert accept(text).achievement.name == "Woodwork"
    refuse(changed(text))
