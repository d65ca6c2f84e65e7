"""Badges baked into SVG pictures."""

import pytest

from credwallet import formats
from credwallet.errors import Unreadable
from tests.formats.making import ASSERTION, CREDENTIAL, as_json, svg, token

TEXT = as_json(CREDENTIAL).decode()
JWT = token(CREDENTIAL).decode()
OLD = as_json(ASSERTION).decode()


@pytest.mark.parametrize(
    "badge",
    [
        f"<ob:credential>{TEXT}</ob:credential>",
        f"<ob:credential>\n <![CDATA[{TEXT}]]>\n</ob:credential>",
        f"<ob:credential><![CDATA[{TEXT[:40]}]]>{TEXT[40:]}</ob:credential>",
        f'<ob:credential verify="{JWT}"/>',
        f'<ob:credential verify=" {JWT} ">\n\t</ob:credential>',
        f"<g><g><ob:credential>{TEXT}</ob:credential></g></g>",
        f"<credential xmlns='https://purl.imsglobal.org/ob/v3p0'>{TEXT}</credential>",
    ],
)
def test_a_badge_is_taken_out_of_text_or_attribute(badge):
    data = svg(badge)
    held = formats.read(data)
    assert held.document == CREDENTIAL
    assert held.raw is data
    assert (held.carrier, held.media_type) == ("svg", "image/svg+xml")


@pytest.mark.parametrize(
    "badge",
    [
        f"<old:assertion>{OLD}</old:assertion>",
        f"<old:assertion verify='{token(ASSERTION).decode()}'/>",
        f"<old:assertion verify='https://issuer.example/a'>{OLD}</old:assertion>",
    ],
)
def test_an_older_badge_is_taken_out(badge):
    held = formats.read(svg(badge))
    assert held.format == "open-badges-2"
    assert held.document == ASSERTION


@pytest.mark.parametrize(
    "before",
    [
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://127.0.0.1:1/x.dtd">',
        "<!DOCTYPE svg>",
        "<!-- a comment --><?xml-stylesheet href='http://127.0.0.1:1/'?>",
        "\n\n",
    ],
)
def test_a_bare_document_type_is_fine_and_never_fetched(before):
    data = svg(f"<ob:credential>{TEXT}</ob:credential>", before=before)
    assert formats.read(data).document == CREDENTIAL


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_other_encodings_of_xml_are_read(encoding):
    text = svg(f"<ob:credential>{TEXT}</ob:credential>").decode()
    assert formats.read(text.encode(encoding)).document == CREDENTIAL


def refusal(data: bytes) -> str:
    with pytest.raises(Unreadable) as caught:
        formats.read(data)
    return caught.value.detail.partition("svg: ")[2]


BADGE = f"<ob:credential>{TEXT}</ob:credential>"
LAUGHS = "".join(
    f'<!ENTITY l{number} "{f"&l{number - 1};" * 10}">' for number in range(1, 10)
)


@pytest.mark.parametrize(
    "before",
    [
        '<!DOCTYPE svg [<!ENTITY x "y">]>',
        '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE svg [<!ENTITY % x SYSTEM "http://127.0.0.1:1/x"> %x;]>',
        '<!DOCTYPE svg [<!NOTATION n SYSTEM "n"><!ENTITY x SYSTEM "y" NDATA n>]>',
        f'<!DOCTYPE svg [<!ENTITY l0 "ha">{LAUGHS}]>',
    ],
)
def test_every_entity_declaration_is_refused(before):
    assert "XML entity" in refusal(svg(BADGE, before=before))


def test_an_entity_of_an_external_document_type_is_refused():
    before = '<!DOCTYPE svg SYSTEM "http://127.0.0.1:1/x.dtd">'
    badge = f"<ob:credential>&x;{TEXT}</ob:credential>"
    assert "XML entity" in refusal(svg(badge, before=before))


def test_a_value_that_a_document_type_supplies_is_no_badge():
    before = f'<!DOCTYPE svg [<!ATTLIST ob:credential verify CDATA "{JWT}">]>'
    assert "unreadable" in refusal(svg("<ob:credential/>", before=before))


def test_attributes_are_not_declared_by_the_thousand():
    declared = " ".join(f'a{number} CDATA ""' for number in range(101))
    before = f"<!DOCTYPE svg [<!ATTLIST g {declared}>]>"
    assert "declares too many attributes" in refusal(svg(BADGE, before=before))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (svg(""), "the picture carries no badge"),
        (svg(BADGE + BADGE), "carries 2 badges"),
        (svg(BADGE + f"<old:assertion>{OLD}</old:assertion>"), "carries 2 badges"),
        (svg(f'<ob:credential verify="{JWT}">{TEXT}</ob:credential>'), "disagree"),
        (svg(f"<ob:credential>{TEXT}<a/></ob:credential>"), "contains XML"),
        (svg(f"<ob:credential>{BADGE}</ob:credential>"), "contains XML"),
        (svg("<ob:credential/>"), "the badge inside is unreadable"),
        (svg("<ob:credential>x</ob:credential>"), "the badge inside is unreadable"),
        (svg(f"<ob:credential>[{TEXT}]</ob:credential>"), "a presentation"),
        (svg(f"<old:assertion verify='https://x.example/'/>"), "https://x.example/"),  # noqa: F541 -- as its neighbours
        (svg(f"<ob:other>{TEXT}</ob:other>"), "carries no badge"),
        (svg(f"<credential>{TEXT}</credential>"), "carries no badge"),
        (svg(BADGE, root="html"), "no SVG picture"),
        (b"<html>" + BADGE.encode(), "no SVG picture"),
        (svg(BADGE)[:-3], "broken XML"),
        (svg(BADGE) + b"<svg/>", "broken XML"),
        (svg("<a b='1' b='2'/>" + BADGE), "broken XML"),
        (svg("<x:a/>" + BADGE), "broken XML"),
        (svg("\x01" + BADGE), "broken XML"),
        (svg("<g>" * 300 + "</g>" * 300 + BADGE), "nested too deep"),
        (svg("<g>" * 100_000), "nested too deep"),
        (svg("<a/>" * 200_001), "too many elements"),
        (b"<svg>\xff</svg>", "broken XML"),
        (b"<", "broken XML"),
        (b"\xff\xfe<\0", "broken XML"),
    ],
)
def test_a_hostile_or_broken_picture_is_refused_with_its_reason(data, reason):
    assert reason in refusal(data)


@pytest.mark.parametrize(
    "encoding", ["utf-7", "idna", "punycode", "hex", "undefined", "zip", "cp037", "\\"]
)
def test_an_odd_encoding_is_refused(encoding):
    data = svg(BADGE).replace(b'"1.0"', f'"1.0" encoding="{encoding}"'.encode(), 1)
    assert refusal(data)


def test_an_include_is_only_an_element():
    include = (
        '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" '
        'href="file:///etc/passwd" parse="text"/>'
    )
    assert formats.read(svg(include + BADGE)).document == CREDENTIAL
    inside = svg(f"<ob:credential>{include}</ob:credential>")
    assert "contains XML" in refusal(inside)
