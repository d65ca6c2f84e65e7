"""A credential goes into a picture, and nothing else of the picture changes."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credwallet import formats
from credwallet.errors import CredwalletError, Unreadable, Usage
from credwallet.formats import png, svg_baking
from credwallet.share import baking, file
from credwallet.share.handover import Request
from tests.formats.making import (
    ASSERTION,
    CREDENTIAL,
    END,
    PIXELS,
    SIGNATURE,
    as_json,
    chunk,
    itxt,
    token,
)
from tests.formats.making import png as picture
from tests.share.badges import credential, jwt

HEAD = '<?xml version="1.0"?>\n<!-- <svg> -->'
SVG = '<svg xmlns="http://www.w3.org/2000/svg" a="1>2"><g/></svg>'
NAMESPACE = ' xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0"'
TEXT = as_json(CREDENTIAL).decode()


def received(raw: bytes = as_json(CREDENTIAL)):
    return formats.read(raw)


@pytest.mark.parametrize("raw", [as_json(CREDENTIAL), token(CREDENTIAL)])
def test_a_png_gets_one_uncompressed_chunk_in_front_of_its_end(raw):
    before = picture(chunk(b"tEXt", b"Author\0me"))
    made = baking.bake(before, received(raw))
    assert made.raw == before[: -len(END)] + itxt(raw) + END
    assert formats.read(made.raw) == made
    assert made.document == CREDENTIAL


def test_json_is_baked_as_it_is_spelled():
    raw = json.dumps(CREDENTIAL, indent=3).encode()
    assert raw in baking.bake(picture(), received(raw)).raw


@pytest.mark.parametrize(
    "older",
    [
        itxt(TEXT.encode()),
        itxt(b"nonsense", packed=True),
        itxt(as_json(ASSERTION), keyword=b"openbadges"),
        chunk(b"tEXt", b"openbadges\0" + as_json(ASSERTION)),
        itxt(TEXT.encode()) + itxt(TEXT.encode()),
    ],
)
def test_an_older_badge_of_a_png_is_replaced(older):
    badge = received()
    assert baking.bake(picture(older), badge) == baking.bake(picture(), badge)


def test_a_badge_moves_from_picture_to_picture():
    first = baking.bake(picture(), received(token(CREDENTIAL)))
    second = baking.bake(SVG.encode(), first)
    assert (second.carrier, second.jws) == ("svg", first.jws)
    assert baking.bake(picture(), second).raw == first.raw


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            SVG,
            f'<svg{NAMESPACE} xmlns="http://www.w3.org/2000/svg" a="1>2">@<g/></svg>',
        ),
        (
            f'{HEAD}<svg xmlns="http://www.w3.org/2000/svg"/>\n',
            f'{HEAD}<svg{NAMESPACE} xmlns="http://www.w3.org/2000/svg">@</svg>\n',
        ),
        (
            '<s:svg xmlns:s="http://www.w3.org/2000/svg"></s:svg>',
            f'<s:svg{NAMESPACE} xmlns:s="http://www.w3.org/2000/svg">@</s:svg>',
        ),
        (
            f'<svg xmlns="http://www.w3.org/2000/svg"{NAMESPACE}/>',
            f'<svg xmlns="http://www.w3.org/2000/svg"{NAMESPACE}>@</svg>',
        ),
    ],
    ids=["plain", "empty", "prefixed", "declared"],
)
def test_an_svg_gets_a_namespace_and_an_element(before, after):
    baked = baking.bake(before.encode(), received()).raw.decode()
    element = f"<openbadges:credential><![CDATA[{TEXT}]]></openbadges:credential>"
    assert baked == after.replace("@", element)
    baked = baking.bake(before.encode(), received(token(CREDENTIAL))).raw.decode()
    element = f'<openbadges:credential verify="{token(CREDENTIAL).decode()}"/>'
    assert baked == after.replace("@", element)


@pytest.mark.parametrize(
    "older",
    [
        "<openbadges:assertion verify='x'/>",
        "<openbadges:assertion verify='x'></openbadges:assertion>",
        "<g><openbadges:assertion>\n{}\n</openbadges:assertion >\n</g>",
        f"<c:credential{NAMESPACE.replace('openbadges', 'c')} verify='a>b'/>",
    ],
)
def test_older_badges_of_an_svg_are_replaced_and_a_taken_prefix_is_said_again(older):
    head = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="http://openbadges.org">'
    left = older
    for part in ("<g>", "\n</g>"):
        left = left.replace(part, "")
    before = f"{head}<a/>{older}{older}<b/></svg>".encode()
    made = baking.bake(before, received()).raw.decode()
    element = (
        f"<openbadges:credential{NAMESPACE}><![CDATA[{TEXT}]]></openbadges:credential>"
    )
    assert made == f"{head}{element}<a/>{(older.replace(left, '')) * 2}<b/></svg>"


@settings(deadline=None, max_examples=80)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40), st.booleans())
def test_any_text_survives_in_any_picture(text, plain):
    document = {**CREDENTIAL, "name": text}
    raw = json.dumps(document, ensure_ascii=plain).encode()
    for before in (
        picture(),
        SVG.encode(),
        b'<?xml version="1.0" encoding="ISO-8859-1"?>' + SVG.encode(),
    ):
        made = baking.bake(before, received(raw))
        assert formats.read(made.raw).document == document


def test_the_end_of_a_cdata_section_in_a_name_ends_nothing():
    document = {**CREDENTIAL, "name": "]]></openbadges:credential><script/>"}
    made = baking.bake(SVG.encode(), received(as_json(document)))
    assert made.document == document


@settings(deadline=None, max_examples=150)
@given(st.data())
def test_a_broken_picture_is_refused_in_one_line(data):
    whole = data.draw(st.sampled_from([picture(), SVG.encode()]))
    at = data.draw(st.integers(0, len(whole) - 1))
    broken = data.draw(
        st.sampled_from(
            [whole[:at], whole[:at] + b"\0" + whole[at + 1 :], whole + whole[at:]]
        )
    )
    said = ""
    made = received()
    try:
        made = baking.bake(broken, received())
    except CredwalletError as refused:
        said = refused.what
    assert "\n" not in said
    assert made.document == CREDENTIAL


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\xff\xd8\xff\xe0", "a JPEG picture"),
        (b"GIF89a", "a GIF picture"),
        (b"RIFF\0\0\0\0WEBP", "a WEBP picture"),
        (b"%PDF-1.7", "a PDF"),
        (b"hello", "no picture"),
        (b"", "no picture"),
    ],
)
def test_other_pictures_are_refused_with_what_to_do(data, said):
    with pytest.raises(Usage) as refused:
        baking.bake(data, received())
    assert refused.value.what.endswith(said)
    assert "PNG" in refused.value.next_step


@pytest.mark.parametrize(
    "data",
    [
        SIGNATURE,
        picture()[:-5],
        picture() + b"x",
        picture().replace(PIXELS, b""),
        picture().replace(b"IDAT", b"IDAU"),
        b"<svg",
        b"<html xmlns='http://www.w3.org/2000/svg'/>",
        b'<!DOCTYPE svg [<!ENTITY x "y">]><svg xmlns="http://www.w3.org/2000/svg"/>',
    ],
)
def test_broken_pictures_are_refused(data):
    with pytest.raises(Unreadable) as refused:
        baking.bake(data, received())
    assert refused.value.next_step


def test_an_svg_in_utf_16_is_refused_with_what_to_do():
    with pytest.raises(Usage, match="UTF-16") as refused:
        baking.bake(SVG.encode("utf-16"), received())
    assert "UTF-8" in refused.value.next_step


def test_what_open_badges_3_does_not_bake_is_refused():
    for badge in (
        formats.read(as_json(ASSERTION)),
        credential({"type": ["VerifiableCredential"]}),
        credential(format="sd-jwt"),
        credential(format="jades"),
        credential(format="blockcerts-2"),
    ):
        with pytest.raises(Usage) as refused:
            baking.bake(picture(), badge)
        assert "--bake" in refused.value.next_step


def test_two_badges_are_never_put_into_one_picture():
    baked = baking.bake(SVG.encode(), received()).raw
    with pytest.raises(Usage):
        svg_baking.bake(baked, json="{}")
    assert (
        svg_baking.without_badge(baked)
        == SVG.replace("<svg", f"<svg{NAMESPACE}").encode()
    )
    assert png.without_badge(baking.bake(picture(), received()).raw) == picture()


def test_the_file_is_named_after_the_badge_and_ends_like_the_picture():
    request = Request(picture=picture())
    shared = file.hand_over((credential(), jwt()), request).files
    assert [(each.name, each.media_type) for each in shared] == [
        ("zazolc-gesla-jazn-100-more.png", "image/png"),
        ("zazolc-gesla-jazn-100-more-2.png", "image/png"),
    ]
    (shared,) = file.hand_over((jwt(),), Request(picture=SVG.encode())).files
    assert (shared.name[-4:], shared.media_type) == (".svg", "image/svg+xml")
    left = file.discloses(credential(), request)[-1]
    assert left.value.startswith("your picture")


@pytest.mark.parametrize("name", ["simple.json", "simple.jwt"])
@pytest.mark.parametrize("into", ["simple-json.svg", "simple-jwt.png"])
def test_a_real_badge_goes_into_a_real_picture(vectors, name, into):
    folder = vectors / "1edtech-public-validator/ob30"
    badge = formats.read((folder / name).read_bytes())
    made = baking.bake((folder / into).read_bytes(), badge)
    assert formats.read(made.raw).document == badge.document
