"""Web pages and PDFs that carry badges, and more than badges (1d)."""

import base64
import zlib
from collections.abc import Iterator
from typing import Any

from tests.hostile.badges import Group, badge, text
from tests.hostile.bombs import zlib_bomb
from tests.hostile.hostile_file import HostileFile
from tests.hostile.signing import HARBOUR, JsonObject, b64, proven, token

GROUP = Group("carriers")
PLAIN = "https://page.example.org/"


def files() -> Iterator[HostileFile]:
    yield from _pages()
    yield from _documents()


def _good() -> bytes:
    return text(proven(badge(), HARBOUR, "eddsa-jcs-2022"))


def _changed() -> bytes:
    made: JsonObject = {**proven(badge()), "name": "Master Mariner"}
    return text(made)


def fragment(data: bytes, kind: str = "j") -> str:
    """Write a badge as our links carry it."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return f"#c={kind}.{b64(packer.compress(data) + packer.flush())}"


def page(*fragments: str, around: str = "") -> bytes:
    """Write a web page with links."""
    links = "".join(f'<a href="{PLAIN}{each}">badge</a>' for each in fragments)
    return f"<!DOCTYPE html><html><body>{links}{around}</body></html>".encode()


def attached(content: bytes, *, entries: str = "", length: int | None = None) -> bytes:
    """Write an object of a PDF that holds a file."""
    stated = len(content) if length is None else length
    head = f"7 0 obj\n<< /Type /EmbeddedFile {entries} /Length {stated} >>\nstream\n"
    return head.encode() + content + b"\nendstream\nendobj\n"


def pdf(*objects: bytes) -> bytes:
    """Write a PDF around objects."""
    return b"%PDF-1.7\n" + b"".join(objects) + b"trailer << >>\n%%EOF\n"


def _flate(content: bytes) -> bytes:
    return attached(zlib.compress(content, 9), entries="/Filter /FlateDecode")


def _page(
    name: str, data: bytes, why: str, expect: Any = "reject", **more: Any
) -> HostileFile:
    return GROUP.file(f"web-page/{name}", data, why, expect, suffix=".html", **more)


def _pages() -> Iterator[HostileFile]:
    good = fragment(_good())
    bomb = f"#c=j.{b64(zlib_bomb(64)[2:-4])}"
    for name, fragments, why in (
        ("no-badge", [], "no badge"),
        ("hundred-and-one", [f"#c=j.{n}" for n in range(101)], "101 badges"),
        ("changed", [fragment(_changed())], "a badge that was changed"),
        ("one-of-two-changed", [good, fragment(_changed())], "one of two was changed"),
        ("cut", [good[:-40]], "a link that was cut"),
        ("more-behind", [good + "AAAA"], "bytes behind the packed text"),
        ("not-packed", [f"#c=j.{b64(_good())}"], "not packed"),
        ("bomb", [bomb], "64 MiB in a link"),
        ("many-bombs", [f"{bomb}{n:03}" for n in range(100)], "6 GiB in 100 links"),
    ):
        yield _page(name, page(*fragments), why, costly="bomb" in name)
    for name, around in (
        ("script", "<script>fetch('https://track.never.example/1')</script>"),
        ("picture", '<img src="https://track.never.example/1.png">'),
        ("frame", '<iframe src="file:///etc/passwd"></iframe>'),
        ("base", '<base href="https://page.never.example/">'),
        ("refresh", '<meta http-equiv="refresh" content="0;url=javascript:alert(1)">'),
        ("terminal-codes", "<title>\x1b]0;owned\x07\x1b[2J\u202e</title>"),
        ("not-html", "<" * 100_000),
    ):
        yield _page(
            name,
            page(good, around=around),
            "the page around the badge would act in a browser",
            "accept-safely",
        )

    yield _page(
        "other-kind",
        page(good.replace("=j.", "=t.")),
        "JSON that is called a token: it is what it is",
        "accept-safely",
    )


def _pdf(
    name: str, data: bytes, why: str, expect: Any = "reject", **more: Any
) -> HostileFile:
    return GROUP.file(f"pdf/{name}", data, why, expect, suffix=".pdf", **more)


def _documents() -> Iterator[HostileFile]:
    good = _flate(_good())
    bomb = attached(zlib_bomb(64), entries="/Filter /FlateDecode")
    ascii_ = base64.b85encode(_good())
    spaces = b" " * (9 * 1024 * 1024)
    liars = [
        attached(b"", length=200_000 + n).replace(b"\nendstream", b"")
        for n in range(100)
    ]
    for name, objects, why in (
        ("no-attachment", [], "nothing attached"),
        ("encrypted", [b"5 0 obj << /Encrypt 6 0 R >> endobj"], "encrypted"),
        ("changed", [_flate(_changed())], "a badge that was changed"),
        ("one-of-two-changed", [good, _flate(_changed())], "one of two was changed"),
        ("no-badge", [_flate(b"{}")], "attached, and no badge"),
        ("cut", [good[: len(good) // 2]], "cut off"),
        ("length-too-long", [attached(_good()[:-9], length=10**8)], "a false length"),
        ("length-too-short", [attached(b"{}" + _good(), length=2)], "a false length"),
        ("unknown-filter", [attached(ascii_, entries="/Filter /Crypt")], "encrypted"),
        (
            "two-filters",
            [attached(ascii_, entries="/Filter [/ASCII85Decode /FlateDecode]")],
            "packed twice",
        ),
        ("hundred-and-one", [good] * 101, "101 attachments"),
        ("bomb", [bomb], "64 MiB attached"),
        ("many-bombs", [bomb] * 100, "6 GiB attached"),
        ("many-lengths-into-spaces", [*liars, spaces], "each length ends in spaces"),
        ("two-hundred-thousand-types", [b"/EmbeddedFile " * 200_000], "types alone"),
    ):
        costly = name.startswith(("bomb", "many", "two-hundred"))
        yield _pdf(name, pdf(*objects), why, costly=costly)
    for name, beside in (
        ("script", b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>"),
        ("open-action", b"<< /OpenAction << /S /URI /URI (https://x.never.example) >>"),
        ("launch", b"<< /S /Launch /F (/bin/sh) >>"),
        ("external-file", b"<< /FS /URL /F (https://x.never.example/badge.json) >>"),
        ("terminal-codes", b"<< /Title (\x1b]0;owned\x07\x1b[2J) >>"),
    ):
        yield _pdf(
            name,
            pdf(b"3 0 obj\n" + beside + b"\nendobj\n", good),
            "the document around the badge would act in a viewer",
            "accept-safely",
        )
    signed = token(badge()).encode()
    yield _pdf(
        "dangerous-beside",
        pdf(
            attached(b"MZ", entries="/Subtype /application#2fzip"),
            attached(signed),
        ),
        "another attachment is no badge at all, and is left alone",
        "accept-safely",
    )
