"""Pictures of QR codes that lead somewhere else (1d)."""

import io
from collections.abc import Iterator
from typing import Any

import qrcode

from tests.hostile.badges import Group, badge
from tests.hostile.hostile_file import HostileFile
from tests.hostile.signing import MALLORY, b64, compact, header_of, jws, token

GROUP = Group("carriers")
ROW = "qr"


def picture(text: str | bytes) -> bytes:
    """Draw a QR code."""
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_L, box_size=4)
    code.add_data(text)
    out = io.BytesIO()
    code.make_image().save(out)
    return out.getvalue()


def _file(
    name: str, text: str | bytes, why: str, expect: Any = "reject", **more: Any
) -> HostileFile:
    return GROUP.file(
        f"{ROW}/{name}", picture(text), why, expect, suffix=".png", **more
    )


def files() -> Iterator[HostileFile]:
    for name, text in (
        ("file", "file:///etc/passwd"),
        ("javascript", "javascript:alert(1)"),
        ("data", "data:text/html,<script>alert(1)</script>"),
        ("loopback", "https://127.0.0.1:8443/badge.json"),
        ("loopback-decimal", "https://2130706433/badge.json"),
        ("metadata", "http://169.254.169.254/latest/meta-data/"),
        ("http", "http://badges.never.example/1"),
        ("https", "https://badges.never.example/1"),
        ("user", "https://harbour.example.org@badges.never.example/1"),
        ("password", "https://ada:secret@badges.never.example/1"),
        ("line-end", "https://badges.never.example/1\r\nHost: x"),
        (
            "offer",
            "openid-credential-offer://?credential_offer_uri=https%3A%2F%2Fnever.example",
        ),
        ("request", "openid4vp://?request_uri=https%3A%2F%2Fnever.example"),
        ("wifi", "WIFI:S:free;T:nopass;;"),
        ("terminal-codes", "\x1b]0;owned\x07\x1b[2J"),
        ("terminal-codes-in-an-address", "https://badges.never.example/\x1b[2J"),
        ("words", "verified"),
        ("other-letters", "https://h\u0430rbour.example.org/1"),
        ("formula", "=cmd|' /C calc'!A0"),
    ):
        yield _file(
            name,
            text,
            "a code that leads elsewhere: shown, not followed",
            answers=("undetermined", "malformed"),
        )
    yield _file("binary", bytes(range(256)), "bytes that are no text")
    yield _file("nul", b"\0" * 40, "zeros")
    yield _file("token-cut", token(_small())[:400], "a token that was cut off")
    forged = jws(header_of(MALLORY, alg="none", kid=None), {}, MALLORY.key)
    yield _file("token-unsigned", forged, "a token that is not signed")
    yield _file(
        "token-with-codes", b"eyJ\x1b[2J" + b64(compact({})).encode(), "no token"
    )


def _small() -> Any:
    return badge(
        credentialSubject={"id": "did:example:x"}, type=["VerifiableCredential"]
    )
