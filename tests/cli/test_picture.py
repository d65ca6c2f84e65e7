"""Is the picture of a badge drawn where it can be, and never passed on as it came?"""

import base64
import io
import json
import re
import struct
import zlib
from typing import Any

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from credwallet.cli.terminal.picture import PICTURES, protocol_of
from credwallet.cli.terminal.picture_sixel import MOST_COLOURS, sixels
from credwallet.share.certificate.picture import carried_by, picture_of
from credwallet.share.thumbnail import CLEAR, Paletted, Thumbnail, paletted, thumbnail
from tests.cli.badges import document, sign
from tests.cli.runner import Cli, Ran

RED, BLUE = (255, 0, 0, 255), (0, 0, 255, 255)
KITTY = {"KITTY_WINDOW_ID": "1", "TERM": "xterm-kitty"}
ITERM2 = {"TERM_PROGRAM": "iTerm.app", "TERM": "xterm-256color"}
SIXEL = {"TERM": "foot"}
TERMINALS = {"kitty": KITTY, "iterm2": ITERM2, "sixel": SIXEL}
START = {"kitty": "\x1b_G", "iterm2": "\x1b]1337;File=", "sixel": "\x1bP"}
CONTROL = re.compile(
    "\x1b[_P\\]]|\x1b\\[(?![\\d;]*m)|[\x00-\x09\x0b-\x1a\x1c-\x1f\x7f]"
)


def encoded(image: Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def halves(mode: str = "RGBA", size: tuple[int, int] = (40, 40)) -> Image.Image:
    """A picture whose left half is red and whose right half is blue."""
    image = Image.new("RGBA", size, RED)
    image.paste(BLUE, (size[0] // 2, 0, *size))
    return image.convert(mode)


def badge(picture: bytes, kind: str = "png") -> bytes:
    """A signed badge with its picture in a `data:` address."""
    written = document(700, name="Pictured")
    address = f"data:image/{kind};base64,{base64.b64encode(picture).decode()}"
    image = {"id": address, "type": "Image"}
    written["credentialSubject"]["achievement"]["image"] = image
    return json.dumps(sign(written)).encode()


def shown(cli: Cli, data: bytes, *argv: str, env: dict[str, str], **how: Any) -> Ran:
    assert cli("import", "-", stdin=data).code == 0
    how = {"terminal": True, **how}
    return cli("show", "Pictured", *argv, env={"NO_COLOR": "1", **env}, **how)


def png_of(out: str, protocol: str) -> Image.Image:
    """Take the PNG back out of what went to the terminal."""
    if protocol == "kitty":
        said = "".join(re.findall("\x1b_G[^;]*;([^\x1b]*)\x1b\\\\", out))
    else:
        (said,) = re.findall("\x1b]1337;File=[^:]*:([^\x07]*)\x07", out)
    return Image.open(io.BytesIO(base64.b64decode(said, validate=True)))


def drawn(text: str) -> tuple[int, int, list[list[tuple[int, int, int] | None]]]:
    """Draw sixels as a terminal does: the size, and a colour a pixel, None if clear."""
    whole = re.fullmatch(r'\x1bP0;1;0q"1;1;(\d+);(\d+)(.*)\x1b\\', text, re.DOTALL)
    assert whole, text[:80]
    width, height, body = int(whole[1]), int(whole[2]), whole[3]
    pixels: list[list[tuple[int, int, int] | None]] = [
        [None] * width for _ in range(-(-height // 6) * 6)
    ]
    colours: dict[int, tuple[int, int, int]] = {}
    column = top = colour = 0
    token = re.compile(r"#(\d+)(?:;2;(\d+);(\d+);(\d+))?|!(\d+)([?-~])|([?-~])|([$-])")
    place = 0
    while place < len(body):
        found = token.match(body, place)
        assert found, body[place : place + 20]
        place = found.end()
        number, red, green, blue, count, run, letter, move = found.groups()
        if number and red:
            colours[int(number)] = (int(red), int(green), int(blue))
        elif number:
            colour = int(number)
        elif move:
            column, top = 0, top + (6 if move == "-" else 0)
        else:
            bits = ord(run or letter) - 0x3F
            end = column + int(count or 1)
            for bit in (bit for bit in range(6) if bits >> bit & 1):
                pixels[top + bit][column:end] = [colours[colour]] * (end - column)
            column = end
    assert len(colours) <= MOST_COLOURS
    assert all(pixel is None for row in pixels[height:] for pixel in row)
    return width, height, pixels[:height]


def test_sixels_that_are_drawn_give_the_picture_back():
    few = Paletted(
        5, 8, ((255, 0, 0), (0, 128, 255)), bytes([0, 0, 0, 0, 1, 1, CLEAR, 0] * 5)
    )
    width, height, pixels = drawn(sixels(few))
    assert (width, height) == (5, 8)
    said = {0: (100, 0, 0), 1: (0, 50, 100), CLEAR: None}
    assert [pixel for row in pixels for pixel in row] == [said[p] for p in few.places]


def test_a_picture_of_thousands_of_colours_has_64_in_sixels():
    image = Image.linear_gradient("L").resize((60, 60))
    many = Image.merge("RGB", (image, image.rotate(90), image.rotate(180)))
    small = thumbnail(encoded(many), width=60, height=60)
    assert small is not None
    few = paletted(small, colours=MOST_COLOURS)
    assert len(few.colours) <= MOST_COLOURS
    width, height, pixels = drawn(sixels(few))
    assert (width, height) == (60, 60)
    assert all(pixel is not None for row in pixels for pixel in row)


def test_what_is_clear_stays_clear_in_sixels():
    small = Thumbnail(2, 1, bytes([255, 0, 0, 255, 0, 0, 255, 0]))
    _, _, pixels = drawn(sixels(paletted(small, colours=4)))
    assert pixels == [[(100, 0, 0), None]]


@pytest.mark.parametrize(
    ("environ", "protocol"),
    [
        (KITTY, "kitty"),
        ({"TERM": "xterm-kitty"}, "kitty"),
        ({"TERM": "xterm-ghostty"}, "kitty"),
        (ITERM2, "iterm2"),
        ({"TERM_PROGRAM": "WezTerm"}, "iterm2"),
        ({"LC_TERMINAL": "iTerm2", "TERM": "xterm-256color"}, "iterm2"),
        (SIXEL, "sixel"),
        ({"TERM": "mlterm-256color"}, "sixel"),
        ({"TERM": "xterm-256color"}, ""),
        ({"TERM": "dumb", "TERM_PROGRAM": "iTerm.app"}, ""),
        ({}, ""),
        ({**KITTY, "TMUX": "/run/tmux,1,0"}, ""),
        ({**ITERM2, "STY": "1.pts"}, ""),
        ({**ITERM2, "TERM": "screen-256color"}, ""),
        ({**ITERM2, "TERM": "tmux-256color"}, ""),
    ],
)
def test_a_terminal_is_known_by_its_name(environ: dict[str, str], protocol: str):
    assert protocol_of(environ) == protocol


@pytest.mark.parametrize("protocol", PICTURES)
def test_the_learners_word_wins_over_the_terminals_name(protocol: str):
    assert protocol_of({"TERM": "tmux"}, protocol) == protocol
    assert protocol_of(KITTY, "never") == ""
    assert protocol_of(KITTY, "nonsense") == ""


@pytest.mark.parametrize("protocol", PICTURES)
def test_the_picture_stands_above_the_story_and_nothing_else_changes(
    empty: Cli, protocol: str
):
    ran = shown(empty, badge(encoded(halves())), env=TERMINALS[protocol])
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(START[protocol])
    without = empty(
        "show", "Pictured", "--no-image", terminal=True, env={"NO_COLOR": "1"}
    ).out
    assert "\x1b" not in without
    assert ran.out.endswith(without)
    sequence = ran.out.removesuffix(without)
    assert sequence.isascii()
    assert sequence.endswith(("\x1b\\\n", "\x07\n"))


@pytest.mark.parametrize("protocol", ["kitty", "iterm2"])
def test_the_png_that_goes_to_the_terminal_is_a_new_one(empty: Cli, protocol: str):
    info = PngInfo()
    info.add_text("Comment", "\x1b]52;c;ZXZpbA==\x07 evil")
    given = encoded(halves(), pnginfo=info, icc_profile=b"evil profile")
    ran = shown(empty, badge(given), env=TERMINALS[protocol])
    image = png_of(ran.out, protocol)
    assert image.format == "PNG"
    assert not {"Comment", "icc_profile"} & set(image.info)
    assert b"evil" not in encoded(image)
    assert max(image.size) <= 600
    width, height = image.size
    left = image.convert("RGB").getpixel((width // 4, height // 2))
    right = image.convert("RGB").getpixel((3 * width // 4, height // 2))
    assert (left, right) == ((255, 0, 0), (0, 0, 255))


def test_the_kitty_protocol_is_told_to_answer_nothing_and_gets_small_chunks(
    empty: Cli,
):
    noise = Image.effect_noise((300, 300), 90)
    ran = shown(empty, badge(encoded(noise)), env=KITTY)
    chunks = re.findall("\x1b_G([^;]*);([^\x1b]*)\x1b\\\\", ran.out)
    assert len(chunks) > 1
    assert chunks[0][0] == "a=T,f=100,q=2,r=10,m=1"
    assert [keys for keys, _ in chunks[1:]] == ["m=1"] * (len(chunks) - 2) + ["m=0"]
    assert all(len(said) <= 4096 for _, said in chunks)


def test_sixels_of_a_badge_show_its_picture(empty: Cli):
    ran = shown(empty, badge(encoded(halves())), env=SIXEL)
    width, _, pixels = drawn(ran.out[: ran.out.index("\x1b\\") + 2])
    assert pixels[0][0] == (100, 0, 0)
    assert pixels[-1][width - 1] == (0, 0, 100)


def test_a_baked_badge_shows_the_picture_it_was_baked_into(filled: Cli):
    ran = filled("show", "Honest Charts", terminal=True, env={**KITTY, "NO_COLOR": "1"})
    image = png_of(ran.out, "kitty")
    assert image.width == image.height == 200
    assert b"openbadge" not in encoded(image)


def test_a_wide_picture_stays_within_the_terminal(empty: Cli):
    data = badge(encoded(halves(size=(2000, 100))))
    ran = shown(empty, data, env={**KITTY, "COLUMNS": "40"})
    image = png_of(ran.out, "kitty")
    assert image.width <= 39 * 10
    assert ",r=1," in ran.out


@pytest.mark.parametrize(
    "how",
    [
        {"argv": ["--no-image"]},
        {"argv": ["--json"]},
        {"argv": ["--quiet"]},
        {"terminal": False},
        {"terminal": False, "argv": ["--image"]},
    ],
)
def test_there_is_no_picture_where_none_belongs(empty: Cli, how: dict[str, Any]):
    argv = how.pop("argv", [])
    for env in TERMINALS.values():
        ran = shown(empty, badge(encoded(halves())), *argv, env=env, **how)
        assert ran.code == 0
        assert "\x1b" not in ran.out


def test_who_asks_for_the_picture_is_told_why_there_is_none(empty: Cli):
    data = badge(b"<svg xmlns='http://www.w3.org/2000/svg'/>", "svg+xml")
    ran = shown(empty, data, "--image", env=KITTY)
    assert ran.code == 0
    assert "an SVG is not drawn" in " ".join(ran.err.split())
    ran = shown(empty, data, "--image", env={"TERM": "xterm"})
    assert "this terminal is not known to draw pictures" in ran.err
    assert shown(empty, data, env=KITTY).err == ""


def chunk(kind: bytes, content: bytes) -> bytes:
    sum_ = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", sum_)


def png(width: int, height: int, body: bytes) -> bytes:
    """A PNG with a header that says anything."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = (chunk(b"IHDR", head), chunk(b"IDAT", body), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


FRAMES = [halves("P"), halves("P").rotate(90)]
GOOD = {
    "palette": encoded(halves("P")),
    "palette with a clear colour": encoded(halves("P"), transparency=0),
    "16 bits": encoded(Image.new("I;16", (30, 30), 40_000)),
    "grey": encoded(halves("L")),
    "grey with opacity": encoded(halves("LA")),
    "one bit": encoded(halves("1")),
    "animated PNG": encoded(FRAMES[0], save_all=True, append_images=FRAMES[1:]),
    "one pixel": encoded(halves(size=(1, 1))),
    "CMYK JPEG": encoded(halves("CMYK"), "JPEG"),
    "grey JPEG": encoded(halves("L"), "JPEG"),
}
# More opacities than there are colours.
MANY_OPACITIES = b"\x89PNG\r\n\x1a\n" + b"".join(
    (
        chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 4, 2, 3, 0, 0, 0)),
        chunk(b"PLTE", b"\1\2\3" * 4),
        chunk(b"tRNS", b"\1" * 300),
        chunk(b"IDAT", zlib.compress(b"\0ab" * 4)),
        chunk(b"IEND", b""),
    )
)
BAD = {
    "one endless line": encoded(Image.new("1", (16_000_000, 1))),
    "one endless column": encoded(Image.new("1", (1, 30_001))),
    "more opacities than colours": MANY_OPACITIES,
    "empty": b"",
    "no picture": b"\x1b]52;c;ZXZpbA==\x07" * 50,
    "cut off": encoded(halves())[:60],
    "broken body": png(40, 40, b"\x00" * 100),
    "huge": png(100_000, 100_000, zlib.compress(b"\x00" * 1000)),
    "more pixels than are drawn": png(5_000, 5_000, zlib.compress(bytes(10_000_000))),
    "no width": png(0, 10, zlib.compress(b"\x00" * 100)),
    "5 MB": encoded(halves()) + bytes(5_000_000),
}


@pytest.mark.parametrize("data", GOOD.values(), ids=GOOD)
@pytest.mark.parametrize("box", [(200, 200), (1, 1)])
def test_every_kind_of_picture_is_drawn(data: bytes, box: tuple[int, int]):
    small = thumbnail(data, width=box[0], height=box[1])
    assert small is not None
    assert len(small.pixels) == small.width * small.height * 4
    assert (small.width, small.height) <= box
    drawn(sixels(paletted(small, colours=MOST_COLOURS)))


def test_sixteen_bits_are_seen_as_bright_as_they_are():
    small = thumbnail(GOOD["16 bits"], width=30, height=30)
    assert small is not None
    assert small.pixels[:4] == bytes([156, 156, 156, 255])


@pytest.mark.parametrize("data", BAD.values(), ids=BAD)
def test_a_bad_picture_is_left_out(data: bytes):
    assert thumbnail(data, width=200, height=200) is None


@pytest.mark.parametrize("data", BAD.values(), ids=BAD)
def test_a_bad_picture_is_on_no_certificate_either(data: bytes):
    address = f"data:image/png;base64,{base64.b64encode(data).decode()}"
    found = picture_of(address)
    assert found is None or data in (BAD["5 MB"], BAD["more pixels than are drawn"])


def test_sixels_stay_few_however_fine_the_terminal_is(
    empty: Cli, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("credwallet.cli.terminal.traits.cell_height", lambda _: 60)
    fine = badge(encoded(halves(size=(1800, 600))))
    ran = shown(empty, fine, env=SIXEL)
    (sequence,) = re.findall("\x1bP[^\x1b]*\x1b\\\\", ran.out)
    width, height, _ = drawn(sequence)
    assert (width, height) == (600, 200)
    ran = empty("show", "Pictured", terminal=True, env=KITTY)
    assert png_of(ran.out, "kitty").height > 500


@pytest.mark.parametrize("protocol", PICTURES)
@pytest.mark.parametrize(
    "name", ["no picture", "cut off", "huge", "5 MB", "more opacities than colours"]
)
def test_a_bad_picture_changes_nothing_on_the_terminal(
    empty: Cli, protocol: str, name: str
):
    ran = shown(empty, badge(BAD[name]), env=TERMINALS[protocol])
    assert (ran.code, ran.err) == (0, "")
    assert not CONTROL.search(ran.out)
    assert ran.out.startswith("Pictured\n")


@pytest.mark.parametrize(
    "address",
    [
        "https://harbour.example/badge.png",
        "file:///etc/passwd",
        "data:image/png;base64,%%%",
        "data:image/png,\x1b[2J",
        "data:text/html;base64,aGk=",
        "data:image/png;base64," + "A" * 10_000_000,
    ],
    ids=["https", "file", "no base64", "escapes", "no image", "10 MB"],
)
def test_a_picture_elsewhere_or_of_no_sense_is_neither_fetched_nor_drawn(
    address: str,
):
    assert thumbnail(carried_by(address)[1], width=9, height=9) is None
