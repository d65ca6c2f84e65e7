"""Badges baked into PNG pictures."""

import zlib

import pytest

from credwallet import formats
from credwallet.errors import Unreadable, Usage
from credwallet.formats import png as png_format
from tests.formats.making import (
    ASSERTION,
    CREDENTIAL,
    END,
    HEADER,
    PIXELS,
    SIGNATURE,
    as_json,
    chunk,
    itxt,
    png,
    token,
)

BADGE = as_json(CREDENTIAL)


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("text", [BADGE, token(CREDENTIAL)])
def test_a_badge_is_taken_out_packed_or_not(packed, text):
    data = png(itxt(text, packed=packed))
    held = formats.read(data)
    assert held.document == CREDENTIAL
    assert held.raw is data
    assert (held.carrier, held.media_type) == ("png", "image/png")


@pytest.mark.parametrize(
    "badge",
    [
        itxt(as_json(ASSERTION), keyword=b"openbadges"),
        chunk(b"tEXt", b"openbadges\0" + as_json(ASSERTION)),
        chunk(b"zTXt", b"openbadges\0\0" + zlib.compress(as_json(ASSERTION))),
        itxt(token(ASSERTION), keyword=b"openbadges"),
    ],
)
def test_an_older_badge_is_taken_out(badge):
    held = formats.read(png(badge))
    assert held.format == "open-badges-2"
    assert held.document == ASSERTION


def test_other_texts_language_and_order_do_not_matter():
    badge = b"openbadgecredential\0\0\0en-GB\0a name\0" + BADGE
    data = SIGNATURE + HEADER + chunk(b"tEXt", b"Author\0me") + chunk(b"iTXt", badge)
    held = formats.read(data + PIXELS + chunk(b"vpAg", b"") + END)
    assert held.document == CREDENTIAL


def test_a_badge_that_is_put_in_comes_out_again():
    empty = png()
    baked = png_format.bake(empty, png_format.KEYWORD, BADGE.decode())
    assert formats.read(baked).document == CREDENTIAL
    assert baked == png(itxt(BADGE))
    older = png_format.bake(empty, png_format.KEYWORD_2, as_json(ASSERTION).decode())
    assert formats.read(older).format == "open-badges-2"


def test_a_third_party_picture_can_be_baked(vectors):
    picture = (vectors / "openbadges-bakery/public_domain_heart.png").read_bytes()
    baked = png_format.bake(picture, png_format.KEYWORD, token(CREDENTIAL).decode())
    assert formats.read(baked).document == CREDENTIAL


def test_a_second_badge_is_not_put_in():
    with pytest.raises(Usage, match="carries a badge already"):
        png_format.bake(png(itxt(BADGE)), png_format.KEYWORD, "x")


@pytest.mark.parametrize("picture", [b"GIF89a", b"", png()[:-1]])
def test_nothing_is_put_into_a_broken_picture(picture):
    with pytest.raises(Unreadable):
        png_format.bake(picture, png_format.KEYWORD, "x")


def refusal(data: bytes) -> str:
    with pytest.raises(Unreadable) as caught:
        formats.read(data)
    return caught.value.detail.partition("png: ")[2].partition("; svg")[0]


def test_a_picture_without_a_badge_says_so():
    assert refusal(png()) == "the picture carries no badge"


@pytest.mark.parametrize(
    "second",
    [itxt(BADGE), itxt(as_json(ASSERTION), keyword=b"openbadges")],
)
def test_two_badges_in_one_picture_are_refused(second):
    assert "carries 2 badges" in refusal(png(itxt(BADGE), second))


def test_a_badge_that_is_no_badge_says_what_was_tried_inside():
    reason = refusal(png(itxt(b"hello")))
    assert reason.startswith("the badge inside is unreadable: neither JSON")


def test_a_presentation_in_a_picture_is_refused():
    assert "a presentation" in refusal(png(itxt(as_json([CREDENTIAL]))))


def test_an_address_in_a_picture_is_named_with_what_to_do():
    data = png(itxt(b"https://issuer.example/a.json", keyword=b"openbadges"))
    with pytest.raises(Unreadable, match=r"https://issuer\.example/a\.json") as caught:
        formats.read(data)
    assert caught.value.next_step.endswith("import https://issuer.example/a.json")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (SIGNATURE, "breaks off at byte 8"),
        (SIGNATURE + HEADER, "breaks off"),
        (png(itxt(BADGE))[:-1], "breaks off"),
        (png(itxt(BADGE), end=b""), "breaks off"),
        (png(itxt(BADGE)) + b"x", "follows after the picture's end"),
        (png(itxt(BADGE)) + itxt(BADGE), "follows after the picture's end"),
        (png(itxt(BADGE), end=chunk(b"IEND", b"x")), "follows after"),
        (SIGNATURE + PIXELS + itxt(BADGE) + END, "does not start with its header"),
        (SIGNATURE + END, "does not start with its header"),
        (png(b"\xff\xff\xff\xffiTXt"), "breaks off"),
        (png(b"\x40\0\0\0iTXt"), "breaks off"),
        (png(chunk(b"i\0Xt", b"")), "no PNG chunk at byte"),
        (png(itxt(BADGE)[:-1] + b"\0"), "checksum of chunk iTXt"),
        (png(chunk(b"iTXt", b"openbadgecredential\0")), "malformed"),
        (png(chunk(b"iTXt", b"openbadgecredential\0\2\0\0\0{}")), "malformed"),
        (png(chunk(b"iTXt", b"openbadgecredential\0\0\0{}")), "malformed"),
        (png(chunk(b"iTXt", b"openbadgecredential")), "malformed"),
        (png(chunk(b"iTXt", b"openbadgecredential\0\1\1\0\0{}")), "unknown way"),
        (png(chunk(b"iTXt", b"openbadgecredential\0\1\0\0\0{}")), "damaged"),
        (png(chunk(b"zTXt", b"openbadges\0")), "unknown way"),
        (png(*[chunk(b"tEXt", b"a\0b")] * 10_001), "more than 10000 chunks"),
    ],
)
def test_a_damaged_picture_is_refused_with_the_place(data, reason):
    assert reason in refusal(data)


@pytest.mark.parametrize(
    "change", [lambda z: z[:-5], lambda z: z + b"x", lambda _: b""]
)
def test_a_damaged_packed_badge_is_refused(change):
    packed = change(zlib.compress(BADGE))
    head = b"openbadgecredential\0\1\0\0\0"
    assert "damaged" in refusal(png(chunk(b"iTXt", head + packed)))


@pytest.mark.parametrize("packed", [False, True])
def test_a_badge_larger_than_four_mebibytes_is_refused(packed):
    text = b" " * (4 * 1024 * 1024) + BADGE
    assert "larger than 4 MiB" in refusal(png(itxt(text, packed=packed)))


def test_a_bomb_is_not_blown_up():
    machine = zlib.compressobj(9)
    block = b"\0" * (1024 * 1024)
    packed = b"".join(machine.compress(block) for _ in range(300)) + machine.flush()
    content = b"openbadges\0\0" + packed
    assert "larger than 4 MiB" in refusal(png(chunk(b"zTXt", content)))
    # Many of them are counted, and none is opened.
    small = chunk(b"zTXt", b"openbadges\0\0" + zlib.compress(b"\0" * 4_000_000))
    assert "carries 2000 badges" in refusal(png(*[small] * 2000))
