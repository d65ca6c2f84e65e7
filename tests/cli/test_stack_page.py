"""Does the page of `stack-progress --html` say it all, and can nothing in it act?"""

import base64
import hashlib
import re
import stat
from dataclasses import replace
from fractions import Fraction
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credwallet.cli.adding_up.page import page_of
from credwallet.cli.adding_up.page_markup import MAX_TEXT, element, text
from credwallet.cli.adding_up.page_time import timeline_section
from credwallet.cli.adding_up.report import view_of
from credwallet.cli.adding_up.words import known
from credwallet.cli.terminal.console import plain
from credwallet.model.qualification import Holding
from credwallet.stacking.timeline import timeline
from tests.cli.chain import AWARD, CREDENTIALS, chain
from tests.cli.runner import SAMPLES, Cli
from tests.cli.test_console import ANY, harmless
from tests.cli.test_hostile import ATTACK
from tests.cli.test_stack_report import hostile_chain
from tests.stacking.given import AS_OF, ask, leaf, rules

BREAKOUT = "</script><script>alert(1)</script>\"'><img src=x onerror=alert(1)><!--"
VOID = {"meta", "br"}
ELEMENTS = {
    *("html", "head", "meta", "title", "style", "body", "header", "nav", "main"),
    *("footer", "section", "div", "span", "p", "a", "bdi", "strong", "h1", "h2", "h3"),
    *("ul", "ol", "li", "details", "summary"),
    *("svg", "circle", "rect", "line", "text"),
}


class Page(HTMLParser):
    """What a page holds, and whether every element is closed where it belongs."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.said: list[str] = []
        self.sheet = ""
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open[-1:] == ["style"]:
            self.sheet += data
        else:
            self.said.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    def attributes(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.elements if name == tag]

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.said).split())


def written(cli: Cli, *argv: object) -> Page:
    file = cli.folder / "page.html"
    ran = cli("stack-progress", *argv, "--html", file, "--force")
    assert ran.code == 0, ran.err
    return Page(file.read_text(encoding="utf-8"))


def assert_inert(page: Page) -> None:
    """Nothing runs, nothing is fetched, and only our own elements are there."""
    assert {tag for tag, _ in page.elements} <= ELEMENTS
    (policy,) = (
        attrs["content"]
        for attrs in page.attributes("meta")
        if attrs.get("http-equiv") == "Content-Security-Policy"
    )
    digest = base64.b64encode(hashlib.sha256(page.sheet.encode()).digest()).decode()
    assert policy is not None
    assert policy.split("; ") == [
        "default-src 'none'",
        f"style-src 'sha256-{digest}'",
        "base-uri 'none'",
        "form-action 'none'",
    ]
    assert "url(" not in page.sheet
    assert "@import" not in page.sheet
    for tag, attrs in page.elements:
        for name, value in attrs.items():
            assert not name.startswith("on"), (tag, name)
            assert name not in ("style", "src", "srcset", "xlink:href", "action")
            assert name != "href" or re.fullmatch(r"#q\d+", value or ""), value


def test_the_page_is_private_and_named(cli: Cli):
    file = cli.folder / "page.html"
    ran = cli("stack-progress", *chain(cli.folder), "--html", file, "--json")
    assert (ran.code, ran.data["page"]) == (0, str(file))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert cli("stack-progress", *chain(cli.folder), "--json").data["page"] is None


def test_a_page_that_is_there_is_kept_without_force(cli: Cli):
    file = cli.folder / "page.html"
    file.write_text("mine")
    argv = ("stack-progress", *chain(cli.folder), "--html", file)
    ran = cli(*argv)
    assert (ran.code, ran.out, file.read_text()) == (2, "", "mine")
    assert "--force" in ran.err
    ran = cli(*argv, "--force")
    assert ran.code == 0
    assert f"the page is in {file}" in ran.err
    assert file.read_text().startswith("<!doctype html>")


@pytest.mark.parametrize(("name", "code"), [(".", 2), ("file/page.html", 11)])
def test_a_place_that_cannot_be_written_is_one_line(cli: Cli, name: str, code: int):
    (cli.folder / "file").touch()
    argv = ("stack-progress", *chain(cli.folder), "--html", cli.folder / name)
    ran = cli(*argv)
    assert (ran.code, ran.out) == (code, "")
    assert ran.err.count("error:") == 1


def test_nothing_is_written_when_the_question_makes_no_sense(cli: Cli):
    file = cli.folder / "page.html"
    ran = cli("stack-progress", *chain(cli.folder), "--as-of", "soon", "--html", file)
    assert (ran.code, file.exists()) == (2, False)


def test_the_same_question_gives_the_same_page(cli: Cli):
    pages = set()
    for name in ("one.html", "two.html"):
        cli("stack-progress", *chain(cli.folder), "--html", cli.folder / name)
        pages.add((cli.folder / name).read_bytes())
    assert len(pages) == 1


def test_nothing_in_a_page_runs_or_is_fetched(cli: Cli):
    assert_inert(written(cli, *chain(cli.folder)))


def test_a_page_says_what_the_terminal_says(cli: Cli):
    said = written(cli, *chain(cli.folder)).text
    for words in (
        "As of 2026-11-25 (UTC).",
        "eligible: claim it from Harbour College",
        "Core credits done 8 of 8 credits SQL in Practice sql assumed",
        "elective any 1 of 2, done",
        "not needed : Statistics One",
        "blocked 6 of 12 credits apel1 assumed",
        "apel2: cap apel-c is full (at most six by experience)",
        "cannot be checked from credentials",
        "earned at the college itself not met 0 of at least 6 credits",
        "0% (50% when what is under way is done)",
        "Further credits: 2 credits",
        "sql assumed counts as Core credits , by tag",
        "claim its award first: Diploma in Data (entry) asks for it",
        "used above too: sql (assumed) (8 credits)",
        "2027-03-01 : SQL in Practice sql assumed ends; renewing it keeps",
        "issued 2025-03-01, expires 2027-03-01",
        "counts in Certificate in Data , Diploma in Data",
        "Old Workshop old assumed issued 2019-03-01, expires 2020-03-01 lapsed",
        "What counts nowhere here",
    ):
        assert words in said, words


def test_what_is_assumed_or_not_verified_is_called_so_and_never_valid(cli: Cli):
    more = AWARD + 'status = "unverified"\n'
    page = written(cli, *chain(cli.folder, more=more), "--assume-unverified")
    assert "Note: this counts what is assumed and what is not verified." in page.text
    assert "held: you have the award itself (award)" in page.text
    assert "award assumed, not verified" in page.text
    assert "valid" not in page.text.replace("qualification", "")
    chips = re.findall(r'<span class="chip">(.*?)</span>', file_of(cli))
    assert chips
    assert all("assumed</strong>" in c or "verified</strong>" in c for c in chips)


def file_of(cli: Cli) -> str:
    return (cli.folder / "page.html").read_text(encoding="utf-8")


def test_verified_credentials_of_a_wallet_carry_no_such_mark(filled: Cli):
    page = written(filled, "--qualification", SAMPLES / "certificate.toml")
    assert_inert(page)
    assert not re.search('class="flag"', file_of(filled))
    assert "Cleaning Data" in page.text
    assert "Privacy Basics" in page.text
    assert len(file_of(filled).encode()) < 100_000


def test_what_is_not_proven_is_said_on_the_ring_too():
    answer = replace(
        ask(rules(leaf())), proven=False, bounds=(Fraction(61, 100), Fraction(2, 3))
    )
    page = Page(page_of(view_of([answer], (), why=False), (), as_of=AS_OF))
    (ring,) = [a for a in page.attributes("svg") if "aria-label" in a]
    assert ring["aria-label"] == "Progress: at least 61%, at most 66%, not proven"
    assert "61\u201366%" in page.text
    assert "at least 61%, at most 66%, not proven" in page.text


def test_a_page_can_be_read_without_seeing_it(cli: Cli):
    page = written(cli, *chain(cli.folder))
    assert page.attributes("html") == [{"lang": "en"}]
    tags = [tag for tag, _ in page.elements]
    for landmark in ("header", "nav", "main", "footer", "h1", "title"):
        assert tags.count(landmark) == 1
    levels = [int(tag[1]) for tag in tags if re.fullmatch("h[1-6]", tag)]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    ids = [a["id"] for _, a in page.elements if "id" in a]
    assert len(ids) == len(set(ids))
    for tag, attrs in page.elements:
        if tag == "section":
            assert attrs["aria-labelledby"] in ids
        if tag == "a":
            assert (attrs["href"] or "")[1:] in ids
        if tag == "svg":
            assert ("aria-label" in attrs) != (attrs.get("aria-hidden") == "true")
    rings = [a["aria-label"] for a in page.attributes("svg") if "aria-label" in a]
    assert rings == [
        "Progress: 100%",
        "Progress: 43%",
        "Progress: 0% (50% when what is under way is done)",
    ]
    marks = [a for a in page.attributes("span") if a.get("class") == "mark"]
    assert all(a.get("aria-hidden") == "true" for a in marks)


def test_a_page_knows_dark_light_phones_and_paper():
    sheet = Path(SAMPLES.parent / "adding_up" / "page.css").read_text()
    for media in ("prefers-color-scheme: dark", "max-width", "print"):
        assert f"@media ({media}" in sheet or f"@media {media}" in sheet
    assert "<" not in sheet


@pytest.mark.parametrize("attack", [ATTACK, BREAKOUT, "\u202e" + BREAKOUT], ids=ascii)
def test_hostile_text_is_only_text(cli: Cli, attack: str):
    page = written(cli, *hostile_chain(cli, attack))
    assert_inert(page)
    raw = file_of(cli)
    assert all(map(harmless, raw.replace("\n", "")))
    assert plain(attack)[:40] in " ".join(page.said)


@given(ANY)
def test_any_text_is_harmless_between_tags_and_in_an_attribute(foreign: str):
    made = element("p", foreign, title=foreign).html
    assert all(map(harmless, made))
    page = Page(made)
    assert [tag for tag, _ in page.elements] == ["p"]
    expected = plain(foreign, limit=MAX_TEXT)
    assert "".join(page.said) == expected
    assert page.attributes("p") == ([{"title": expected}] if foreign else [{}])


def test_long_text_is_cut():
    assert len(text("x" * 5000).html) == MAX_TEXT


@given(st.dates(), st.dates(), st.dates())
def test_any_dates_stay_within_the_picture(issued, expires, day):
    holdings = [Holding("h", name="H", issued=issued, expires=expires)]
    spans = timeline([], holdings, as_of=day)
    page = Page(timeline_section(spans, known([], holdings), ()).html)
    for tag, attrs in page.elements:
        places = [attrs[key] for key in ("x", "x1", "x2") if key in attrs]
        assert all(0 <= float((place or "").rstrip("%")) <= 100 for place in places)
        if tag == "rect":
            left, wide = (float((attrs[k] or "").rstrip("%")) for k in ("x", "width"))
            assert wide > 0
            assert left + wide <= 100.01


def test_a_usual_wallet_makes_a_page_below_100_kilobytes(cli: Cli):
    more = "".join(
        f'[[credential]]\nid = "m{n:02}"\nname = "Micro-credential {n}"\n'
        f'achievement = "y:{n}"\nissued = 2024-01-{n + 1:02}\nexpires = 2028-01-01\n'
        f'credits = 1\ncredit_unit = "ects"\ntag = "core"\n'
        for n in range(30)
    )
    written(cli, *chain(cli.folder, more=more))
    assert len(file_of(cli).encode()) < 100_000


def test_a_very_large_wallet_makes_no_endless_page(cli: Cli):
    argv = chain(cli.folder)
    more = "".join(
        f'[[credential]]\nid = "m{n}"\nachievement = "y:{n}"\n' for n in range(3000)
    )
    (cli.folder / "held.toml").write_text(CREDENTIALS + more)
    page = written(cli, *argv)
    assert len(file_of(cli).encode()) < 200_000
    assert "more that it does not ask for" in page.text
