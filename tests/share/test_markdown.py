"""No text of a credential becomes markup, a picture or a link to somewhere else."""

import html
import re
from importlib import import_module

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credwallet.errors import Usage
from credwallet.share import markdown
from credwallet.share.handover import Kept, Request
from tests.receivers import ask, require
from tests.share.badges import credential, jwt

TAGS = {"<ul>", "</ul>", "<li>", "</li>", "<strong>", "</strong>", "<p>", "</p>"}
HOSTILE = [
    "![x](https://evil.example/pixel.png)",
    "[click](https://evil.example/)",
    "<img src=https://evil.example/x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "&lt;b&gt; &amp; &#64;",
    "https://evil.example/a_b_c",
    "http://evil.example www.evil.example evil.example",
    "someone@evil.example mailto:someone@evil.example ftp://evil.example",
    "//evil.example/x xmpp:a@evil.example",
    "`code` **bold** _it_ ~~gone~~ | cell | ==mark==",
    "a\n\n# heading\n\n1. one\n- two\n> quote\n\n    code\n```\nfence",
    "\\*not\\* \\<escaped\\> \\",
    "[ref]: https://evil.example\n\n[ref]",
    "<https://evil.example> <a@evil.example>",
    "@octocat #123 GH-7 octocat/repo#9",
    "1. first\r\n2) second",
    "\u202eevil\u2066 \u200b \u2028 \x1b[31m \x00",
    "$x$ $$\\href{https://evil.example}{y}$$",
    ":smile: [x] [ ] [^1]",
]


def text(*badges, **request) -> str:
    made = markdown.hand_over(badges, Request(**request))
    (file,) = made.files
    assert (file.name, file.media_type) == ("certificates.md", "text/markdown")
    assert made.notes
    return file.content.decode()


def named(name: str, issuer: str = "School"):
    return credential(
        {
            "credentialSubject": {"achievement": {"name": name}},
            "issuer": {"name": issuer},
        }
    )


def test_a_line_says_what_who_and_when():
    line = text(named("Woodwork", "Harbour College"))
    assert line == (
        "- **Woodwork**, Harbour College, issued 2026\\-03\\-31, "
        "valid until 2029\\-12\\-01\n"
    )


def test_one_line_each_in_their_order():
    lines = text(named("B"), named("A"), jwt()).splitlines()
    assert [line[:7] for line in lines[:2]] == ["- **B**", "- **A**"]
    assert len(lines) == 3


def test_without_a_name_or_dates_it_is_still_a_line():
    badge = credential(
        {"name": "", "credentialSubject": {}, "issuer": "x", "validFrom": "soon"}
    )
    assert text(badge).startswith("- **Verifiable Credential**, valid until")


def test_the_name_leads_to_an_address_only_on_request():
    assert "](" not in text(named("A"))
    line = text(named("A"), certificate_url="https://issuer.example/(7)?a=b_c")
    assert line.startswith("- **[A](<https://issuer.example/(7)?a=b_c>)**, ")
    with pytest.raises(Usage):
        text(named("A"), certificate_url="https://x.example/> <img src=x>")
    with pytest.raises(Usage):
        text(named("A"), jwt(), certificate_url="https://x.example/")


def test_what_is_not_good_says_so():
    badge = named("A")
    kept = {badge.raw: Kept(verdict="revoked", checked_at="2026-11-20T10:00:00Z")}
    assert text(badge, kept=kept).endswith(
        "**revoked when checked on 2026\\-11\\-20**\n"
    )


def test_only_the_line_leaves():
    listed = markdown.discloses(credential(), Request())
    assert [item.path for item in listed] == [
        "/issuer/name",
        "/validFrom",
        "/validUntil",
        "/credentialSubject/achievement/name",
    ]


@given(st.text(max_size=400))
def test_any_text_stays_on_one_line_with_every_sign_escaped(name):
    said = markdown.harmless(name)
    assert len(said.splitlines()) <= 1
    assert not re.search(r"[!-/:-@\[-`{-~]", _plain(said))


def _plain(said: str) -> str:
    """Take out what is escaped: nothing that means something may be left."""
    said = re.sub(r"&(?:amp|lt|gt|#8203);", "", said)
    return re.sub(r"\\[!-/:-@\[-`{-~]", "", said)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_other_software_renders_it_as_the_same_words_and_nothing_else(hostile):
    require("markdown-it")
    lines = text(named(hostile, hostile), named("last", "one"))
    for way, rendered in ask("markdown.mjs", {"text": lines}).items():
        assert set(re.findall(r"<[^>]*>", rendered)) <= TAGS, (way, rendered)
        shown = html.unescape(re.sub(r"<[^>]*>", "", rendered)).replace("\u200b", "")
        for word in hostile.split():
            visible = "".join(sign for sign in word if sign.isprintable())
            assert visible in shown or not visible.isascii(), (way, visible)
        assert rendered.count("<li>") == 2


@pytest.mark.parametrize("hostile", HOSTILE)
def test_the_renderer_of_github_makes_no_link_of_it(hostile):
    require("cmarkgfm")
    cmarkgfm = import_module("cmarkgfm")
    lines = text(named(hostile, hostile), named("last", "one"))
    rendered = cmarkgfm.github_flavored_markdown_to_html(lines, options=0)
    assert set(re.findall(r"<[^>]*>", rendered)) <= TAGS, rendered


def test_where_an_address_begins_a_zero_width_space_keeps_it_apart():
    apart = "&#8203;"
    assert markdown.harmless("a@b.co") == rf"a\@{apart}b\.{apart}co"
    assert markdown.harmless("www.x.co") == rf"www\.{apart}x\.{apart}co"
    assert markdown.harmless("https://x") == rf"https\:{apart}\/{apart}\/{apart}x"
    assert markdown.harmless("The end. #") == r"The end\. \#"
