"""The page as a file: fresh, small, shut, and never broken by what it carries."""

import base64
import hashlib
import html
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credwallet import formats
from credwallet.errors import Usage
from credwallet.formats import html_page
from credwallet.model.credential import Credential
from credwallet.share import html as way
from credwallet.share import link
from credwallet.share.carried import Carried, carried
from credwallet.share.handover import Request
from credwallet.share.page import build, empty_page, page, tables
from tests.cli import badges
from tests.share.badges import credential, jwt
from tests.share.page.browser import policy_of

SHIPPED = Path(build.__file__).parent / "page.html"


class Outline(HTMLParser):
    """Every element with its attributes, and the text of scripts."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        inside = self.elements[-1][0] if self.elements else ""
        (self.scripts if inside in ("script", "style") else self.texts).append(data)


def outline(content: bytes) -> Outline:
    found = Outline()
    found.feed(content.decode())
    return found


def pieces(content: bytes) -> tuple[str, str, bytes]:
    """Take a page apart: its program, its tables, and what is around them."""
    around = re.sub(rb'(id="(?:program|tables)">)[^<]*', rb"\1", content)
    packed = content.partition(b'id="tables">')[2].partition(b"<")[0].decode()
    return build.unpacked(content), str(tables.unpacked(packed)), around


def test_the_shipped_page_is_fresh() -> None:
    # Unpacked, since one deflate library writes other bytes than the next.
    assert pieces(SHIPPED.read_bytes()) == pieces(build.build())


def test_it_is_below_120_kilobytes() -> None:
    assert len(empty_page()) < build.MAX_BYTES


def test_its_policy_allows_its_own_programs_and_style_and_nothing_else() -> None:
    content = empty_page()
    policy = dict(
        part.split(" ", 1) for part in policy_of(content).split("; ") if " " in part
    )
    assert policy["default-src"] == "'none'"
    assert policy["img-src"] == "data:"
    assert policy["form-action"] == policy["base-uri"] == "'none'"
    style = re.search(rb"<style>(.*?)</style>", content, re.DOTALL)
    loader = re.search(rb"<script>(.*?)</script>", content, re.DOTALL)
    assert style is not None
    assert loader is not None
    program = build.unpacked(content).encode()
    assert policy["style-src"] == hashed(style[1])
    assert policy["script-src"] == f"{hashed(loader[1])} {hashed(program)}"


def hashed(data: bytes) -> str:
    digest = hashlib.sha256(data).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def test_nothing_in_it_names_anything_to_load() -> None:
    found = outline(empty_page())
    for tag, attributes in found.elements:
        assert not {"src", "srcset", "action", "style"} & attributes.keys(), tag
        assert not [name for name in attributes if name.startswith("on")], tag
        assert tag not in ("iframe", "object", "embed", "base", "form", "img"), tag
        if tag in ("a", "link"):
            assert attributes["href"] in ("#main", "data:,")


def test_its_program_never_reads_text_as_markup_or_asks_for_anything() -> None:
    program = build.program()
    for name in (
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "Function(",
        "fetch(",
        "XMLHttpRequest",
        "WebSocket",
        "sendBeacon",
        "importScripts",
        "localStorage",
        "cookie",
    ):
        assert name not in program, name


def test_it_can_be_used_without_a_mouse_and_without_eyes() -> None:
    found = outline(empty_page())
    tags = [tag for tag, _ in found.elements]
    assert tags.count("h1") == tags.count("main") == 1
    assert {"header", "footer", "section"} <= set(tags)
    live = [given for _, given in found.elements if given.get("aria-live") == "polite"]
    assert [given["id"] for given in live] == ["verdict"]
    labels = {given.get("for") for tag, given in found.elements if tag == "label"}
    fields = {
        given["id"] for tag, given in found.elements if tag in ("input", "textarea")
    }
    assert labels == fields == {"file", "text"}
    assert dict(found.elements)["html"] == {"lang": "en"}
    style = "".join(found.scripts)
    for words in ("prefers-color-scheme: dark", "@media print", ":focus-visible"):
        assert words in style


@pytest.mark.parametrize("made", [credential(), jwt()], ids=["json", "jwt"])
def test_what_it_carries_is_read_back(made: Credential) -> None:
    handed = carried(made)
    content = page([handed])
    assert html_page.sniff(content)
    (fragment,) = html_page.fragments(content)
    assert link.decode(f"#{fragment}").decode() == handed.text


def test_an_empty_page_carries_nothing() -> None:
    assert not html_page.has_fragment(empty_page())


def test_the_way_makes_one_page_of_several() -> None:
    first = formats.read(badges.signed_badge(1, name="Woodwork"))
    second = formats.read(badges.signed_badge(2, name="Sailing"))
    made = way.hand_over((first, second), Request())
    (file,) = made.files
    assert (file.name, file.media_type, file.scan) == ("woodwork.html", "text/html", "")
    assert len(html_page.fragments(file.content)) == 2
    assert any("last word" in note for note in made.notes)
    assert way.discloses(first, Request())


def test_more_than_a_hundred_are_refused() -> None:
    with pytest.raises(Usage, match="at most 100"):
        page([Carried("t", f"e30.e30.{number}") for number in range(101)])


HOSTILE = [
    "</script><script>alert(1)</script>",
    "<!--credentials--><!--/credentials-->",
    "</title><img src=x onerror=alert(1)>",
    "\u202egnp.exe",
    "a\u200bb\u2066c\x00\x1b[31m",
    "'\"><svg/onload=alert(1)>",
    "<!--",
]


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_no_words_break_out_of_the_page(words: str) -> None:
    plain = outline(page([Carried("j", "{}")], title="x", note="y"))
    found = outline(page([Carried("j", words)], title=words, note=words))
    assert found.elements == plain.elements
    hidden = r"[\x00-\x08\x1b\u200b\u202a-\u202e\u2066-\u2069]"
    assert not re.search(hidden, "".join(found.texts))


@given(st.text(), st.text(), st.text())
def test_no_text_changes_the_elements(carried_: str, title: str, note: str) -> None:
    content = page([Carried("j", carried_)], title=f"x{title}", note=f"y{note}")
    plain = page([Carried("j", "{}")], title="x", note="y")
    assert outline(content).elements == outline(plain).elements
    assert link.decode(f"#{html_page.fragments(content)[0]}") == carried_.encode()


def test_words_of_the_maker_stand_there_as_theirs() -> None:
    content = page([Carried("j", "{}")], title="A & B", note="one\ntwo").decode()
    assert "<title>A &amp; B</title>" in content
    assert "In the words of whoever made this page" in html.unescape(content)
    assert "one\ntwo" in content
