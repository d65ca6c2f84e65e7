"""PNG and SVG pictures that are broken, that explode, or that carry more (1d)."""

import json
import zlib
from collections.abc import Iterator
from typing import Any

from tests.formats.making import END, HEADER, PIXELS, SIGNATURE, chunk
from tests.hostile.badges import VARIANTS, Group, badge
from tests.hostile.bombs import zlib_bomb
from tests.hostile.controls import svg
from tests.hostile.hostile_file import HostileFile
from tests.hostile.signing import HARBOUR, proven, token

GROUP = Group("carriers")
JCS, RDFC, JWT = VARIANTS
KEYWORD = b"openbadgecredential"


def files() -> Iterator[HostileFile]:
    yield from _png()
    yield from _png_text()
    yield from _svg()
    yield from _svg_entities()
    yield from _svg_active()


def _itxt(
    text: bytes,
    *,
    packed: bool = False,
    head: bytes = b"\0\0",
    keyword: bytes = KEYWORD,
) -> bytes:
    flag = b"\1\0" if packed else head
    return chunk(b"iTXt", keyword + b"\0" + flag + b"\0\0" + text)


def _picture(*parts: bytes) -> bytes:
    return b"".join((SIGNATURE, HEADER, PIXELS, *parts))


def _good() -> bytes:
    return json.dumps(proven(badge())).encode()


def _png_file(
    name: str, data: bytes, why: str, expect: Any = "reject", **more: Any
) -> HostileFile:
    return GROUP.file(f"png/{name}", data, why, expect, suffix=".png", **more)


def _png() -> Iterator[HostileFile]:
    text = _itxt(_good())
    whole = _picture(text, END)
    false_length = len(_good()).to_bytes(4) + text[4:]
    for name, data, why in (
        (
            "false-checksum",
            _picture(text[:-4] + b"\0\0\0\0", END),
            "the checksum does not fit",
        ),
        (
            "changed-text",
            whole.replace(b"Knots", b"Ropes"),
            "changed, the checksum as before",
        ),
        (
            "false-length",
            _picture(false_length, END),
            "a chunk that is longer than it says",
        ),
        (
            "length-of-2-gibibytes",
            _picture(b"\x7f\xff\xff\xff" + text[4:], END),
            "a chunk of 2 GiB",
        ),
        (
            "length-of-4-gibibytes",
            _picture(b"\xff\xff\xff\xff" + text[4:], END),
            "a chunk of 4 GiB",
        ),
        ("no-end", _picture(text), "no end"),
        ("cut", whole[:-7], "cut off"),
        ("after-the-end", whole + text, "a badge behind the end"),
        ("bytes-after-the-end", whole + b"PK\x03\x04", "bytes behind the end"),
        (
            "end-with-content",
            _picture(text, chunk(b"IEND", b"x")),
            "an end that holds something",
        ),
        ("no-header", SIGNATURE + PIXELS + text + END, "no header"),
        (
            "short-header",
            SIGNATURE + chunk(b"IHDR", b"x") + text + END,
            "a short header",
        ),
        (
            "sixty-thousand-chunks",
            _picture(*[chunk(b"tIME", b"")] * 60_000, text, END),
            "60,000 chunks",
        ),
        (
            "chunk-without-a-name",
            _picture(chunk(b"\0\0\0\0", b""), text, END),
            "a chunk without a name",
        ),
        ("signature-only", SIGNATURE, "nothing behind the signature"),
        ("line-ends-changed", whole.replace(b"\r\n", b"\n", 1), "sent as text"),
        ("no-badge", _picture(END), "no badge"),
    ):
        yield _png_file(name, data, why)


def _png_text() -> Iterator[HostileFile]:
    good = _good()
    other = json.dumps(proven(badge(name="Master Mariner"))).encode()
    packed = zlib.compress(good, 9)
    for name, parts, why in (
        ("two-badges", [_itxt(good), _itxt(other)], "two badges that could disagree"),
        (
            "two-keywords",
            [_itxt(good), _itxt(other, keyword=b"openbadges")],
            "two badges",
        ),
        (
            "two-kinds",
            [_itxt(good), chunk(b"tEXt", KEYWORD + b"\0" + other)],
            "two badges",
        ),
        (
            "unknown-compression",
            [_itxt(packed, head=b"\1\7")],
            "packed in an unknown way",
        ),
        ("unknown-flag", [_itxt(good, head=b"\2\0")], "neither packed nor not"),
        (
            "packed-and-cut",
            [_itxt(packed[:-9], packed=True)],
            "the packed text is cut off",
        ),
        (
            "packed-and-more",
            [_itxt(packed + b"more", packed=True)],
            "bytes behind the packed text",
        ),
        ("no-text", [chunk(b"iTXt", KEYWORD)], "a keyword alone"),
        ("empty-text", [_itxt(b"")], "an empty text"),
        ("bad-utf-8", [_itxt(b'{"a": "\xff"}')], "no UTF-8"),
        ("presentation", [_itxt(_envelope())], "an envelope where one badge should be"),
        (
            "address",
            [_itxt(b"https://badges.never.example/1")],
            "the address of a badge",
        ),
    ):
        yield _png_file(name, _picture(*parts, END), why)
    for name, bomb in (
        ("one-gibibyte-itxt", _itxt(zlib_bomb(1024), packed=True)),
        ("one-gibibyte-ztxt", chunk(b"zTXt", KEYWORD + b"\0\0" + zlib_bomb(1024))),
        ("five-mebibytes", _itxt(zlib_bomb(5), packed=True)),
        ("picture-bomb", chunk(b"IDAT", zlib_bomb(256)) + _itxt(b"{}")),
    ):
        yield _png_file(
            name,
            _picture(bomb, END),
            "a text that inflates beyond all bounds",
            costly=True,
        )
    many = [chunk(b"tEXt", b"Comment\0" + bytes(100)) for _ in range(5000)]
    yield _png_file(
        "five-thousand-comments",
        _picture(*many, _itxt(good), END),
        "many harmless texts",
        "accept-safely",
        costly=True,
    )


def _envelope() -> bytes:
    return json.dumps(
        {"type": ["VerifiablePresentation"], "verifiableCredential": [proven(badge())]}
    ).encode()


def _svg_file(
    row: str, name: str, data: bytes, why: str, expect: Any = "reject", **more: Any
) -> HostileFile:
    return GROUP.file(f"{row}/{name}", data, why, expect, suffix=".svg", **more)


def _element(text: str = "", attributes: str = "") -> str:
    inside = f"<![CDATA[{text}]]>" if text else ""
    return f"<ob:credential{attributes}>{inside}</ob:credential>"


def _svg() -> Iterator[HostileFile]:
    row = "svg-entities"
    good = _element(_good().decode())
    baked = f' verify="{token(badge())}"'
    deep = "<g>" * 300 + "</g>" * 300
    for name, data, why in (
        ("two-badges", svg(good + good), "two badges"),
        (
            "token-and-text",
            svg(_element(_good().decode(), baked)),
            "a token and a text",
        ),
        (
            "xml-in-the-badge",
            svg("<ob:credential><g>{}</g></ob:credential>"),
            "XML in the badge",
        ),
        ("deep", svg(good, more=deep), "300 deep"),
        ("very-deep", svg(good, more="<g>" * 100_000), "100,000 deep"),
        ("many-elements", svg(good, more="<g/>" * 250_000), "250,000 elements"),
        ("cut", svg(good)[:-30], "cut off"),
        (
            "not-svg",
            svg(good).replace(b"<svg", b"<html").replace(b"</svg", b"</html"),
            "no picture",
        ),
        (
            "utf-7",
            svg(good).replace(b"UTF-8", b"UTF-7"),
            "in an encoding that hides characters",
        ),
        (
            "other-namespace",
            svg(good).replace(b"ob/v3p0", b"ob/v3p1"),
            "another namespace",
        ),
        ("nul", svg(good).replace(b"<circle", b"\0<circle"), "a NUL"),
        ("no-badge", svg(""), "no badge"),
    ):
        yield _svg_file(
            row, name, data, why, costly=name in ("many-elements", "very-deep")
        )


def _svg_entities() -> Iterator[HostileFile]:
    row = "svg-entities"
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    for name, subset, inside in (
        ("external-file", '<!ENTITY x SYSTEM "file:///etc/passwd">', "&x;"),
        ("external-address", '<!ENTITY x SYSTEM "https://dtd.never.example/x">', "&x;"),
        ("billion-laughs", f'<!ENTITY l0 "ha">{laughs}', "&l9;"),
        ("quadratic", f'<!ENTITY x "{"a" * 50_000}">', "&x;" * 50_000),
        ("parameter", '<!ENTITY % p SYSTEM "https://dtd.never.example/x"> %p;', ""),
        ("declared-only", '<!ENTITY x "y">', ""),
        (
            "in-the-badge",
            f"<!ENTITY x '{_good().decode()}'>",
            "<ob:credential>&x;</ob:credential>",
        ),
        ("undeclared", "", "&x;"),
        (
            "supplied-attribute",
            f"<!ATTLIST ob:credential verify CDATA '{token(badge())}'>",
            "<ob:credential/>",
        ),
        ("many-declarations", "<!ATTLIST svg a CDATA '1'>" * 50_000, ""),
        ("in-an-attribute", '<!ENTITY x "y">', '<ob:credential verify="&x;"/>'),
    ):
        doctype = f"<!DOCTYPE svg [{subset}]>"
        badge_ = "" if "ob:credential" in inside else _element(_good().decode())
        yield _svg_file(
            row,
            name,
            svg(badge_ + inside, before=doctype),
            "an entity or a default",
            costly=name in ("billion-laughs", "quadratic", "many-declarations"),
        )
    xinclude = (
        '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" '
        'href="file:///etc/passwd" parse="text"/>'
    )
    yield _svg_file(
        row,
        "xinclude-in-the-badge",
        svg(f"<ob:credential>{xinclude}</ob:credential>"),
        "an inclusion where the badge should be",
    )
    for name, before, more in (
        ("xinclude-beside", "", xinclude),
        (
            "bare-doctype",
            '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">',
            "",
        ),
        (
            "foreign-doctype",
            '<!DOCTYPE svg SYSTEM "https://dtd.never.example/x.dtd">',
            "",
        ),
        (
            "style-sheet",
            '<?xml-stylesheet href="https://css.never.example/x.css"?>',
            "",
        ),
    ):
        yield _svg_file(
            row,
            name,
            svg(_element(_good().decode()), before=before, more=more),
            "it names another document: never asked for",
            "accept-safely",
        )


def _svg_active() -> Iterator[HostileFile]:
    row = "svg-active-content"
    for name, more in (
        ("script", "<script>alert(1)</script>"),
        ("handler", '<rect onload="alert(1)"/>'),
        ("remote-image", '<image href="https://track.never.example/1.png"/>'),
        ("remote-use", '<use xlink:href="https://track.never.example/x.svg#y"/>'),
        (
            "foreign-object",
            (
                '<foreignObject><iframe xmlns="http://www.w3.org/1999/xhtml" '
                'src="javascript:alert(1)"/></foreignObject>'
            ),
        ),
        (
            "style-import",
            "<style>@import url(https://track.never.example/x.css);</style>",
        ),
        (
            "animated-link",
            '<a xlink:href="javascript:alert(1)"><animate attributeName="href"/></a>',
        ),
    ):
        for variant in (JCS, JWT):
            inside = (
                _element("", f' verify="{token(badge())}"')
                if variant == JWT
                else _element(json.dumps(proven(badge(), HARBOUR, JCS)))
            )
            yield _svg_file(
                row,
                f"{name}/{variant}",
                svg(inside, more=more),
                "the picture around the badge would act in a browser",
                "accept-safely",
            )
