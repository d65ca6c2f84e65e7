"""One page shows what was asked for, under the learner's own words."""

from pathlib import Path

import pytest

from credwallet import formats
from credwallet.cli.output import ExitCode
from credwallet.formats import html_page
from credwallet.share import link
from tests.cli.badges import good
from tests.cli.runner import DOCUMENTS, Cli
from tests.cli.test_share import answer

CHARTS = "Honest Charts"
CLEANING = "Cleaning Data"
STATISTICS = "Statistics One"  # revoked
PYTHON = "Python for Analysis"


@pytest.fixture
def here(tmp_path: Path, monkeypatch) -> Path:
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def names(path: Path) -> list[str]:
    """The credentials that a page carries, in its order."""
    found = []
    for fragment in html_page.fragments(path.read_bytes()):
        document = formats.read(link.decode(f"#{fragment}")).document
        found.append(document["credentialSubject"]["achievement"]["name"])
    return found


def test_named_credentials_stand_on_it_in_their_order(filled, here):
    ran = filled("portfolio", CLEANING, CHARTS, "--out", "p.html", "--yes")
    assert (ran.code, ran.out) == (ExitCode.OK, "p.html\n")
    assert names(here / "p.html") == [CLEANING, CHARTS]


def test_a_filter_finds_them_newest_first_and_each_once(filled, here):
    filled("tag", CHARTS, "--add", "job")
    filled("tag", CLEANING, "--add", "job")
    filled("portfolio", "--tag", "job", "--out", "p.html", "--yes")
    dates = [
        row["validFrom"]
        for name in names(here / "p.html")
        for row in filled("list", "--json").data["credentials"]
        if row["name"] == name
    ]
    assert dates == sorted(dates, reverse=True)
    assert len(dates) == 2
    both = (CHARTS, "--tag", "job", "--out", "q.html", "--yes")
    filled("portfolio", *both)
    assert names(here / "q.html")[0] == CHARTS
    assert len(names(here / "q.html")) == 2


def test_what_a_filter_finds_and_is_not_good_is_left_out_and_named(filled, here):
    ran = filled("portfolio", "--all", "--out", "p.html", "--yes")
    handle = filled.handle(STATISTICS)
    assert ran.code == ExitCode.OK
    assert f"left out: {handle} is revoked" in ran.err
    assert STATISTICS not in names(here / "p.html")
    ran = filled("portfolio", "--all", "--out", "q.html", "--yes", "--anyway")
    assert STATISTICS in names(here / "q.html")
    assert "Statistics One: revoked when checked on 2026-11-25" in (
        (here / "q.html").read_text()
    )


def test_what_is_named_and_is_not_good_goes_only_anyway(filled, here):
    ran = filled("portfolio", CHARTS, STATISTICS, "--out", "p.html", "--yes")
    assert (ran.code, list(here.iterdir())) == (ExitCode.REVOKED, [])
    assert "--anyway" in ran.err


def test_an_html_of_one_that_is_not_good_says_so_too(filled, here):
    wanted = ("--as", "html", "--out", "p.html", "--yes", "--anyway")
    assert filled("share", STATISTICS, *wanted).code == ExitCode.OK
    assert "revoked when checked on" in (here / "p.html").read_text()
    wanted = ("--as", "html", "--out", "q.html", "--yes")
    filled("share", CHARTS, *wanted)
    assert "when checked on" not in (here / "q.html").read_text()


def test_the_words_of_the_learner_stand_at_its_head_and_are_listed(filled, here):
    said = ("--name", "Ada <b>Byron</b>", "--about", "For the job of a keeper & more.")
    out = ("--out", "p.html", "--yes", "--json")
    ran = filled("portfolio", CHARTS, CLEANING, *said, *out)
    text = (here / "p.html").read_text()
    assert "<title>Ada &lt;b&gt;Byron&lt;/b&gt;</title>" in text
    assert "For the job of a keeper &amp; more." in text
    assert "<b>Byron" not in text
    first = [(item["label"], item["value"]) for item in ran.data["discloses"][:2]]
    assert first == [
        ("title of the page", "Ada <b>Byron</b>"),
        ("your words", "For the job of a keeper & more."),
    ]
    labels = [item["label"] for item in ran.data["discloses"]]
    assert labels.count("your words") == 1
    assert {item["handle"] for item in ran.data["discloses"]} == {
        filled.handle(CHARTS),
        filled.handle(CLEANING),
    }


def test_it_asks_and_a_no_writes_nothing(filled, here, monkeypatch):
    asked = answer(monkeypatch, "n")
    ran = filled("portfolio", CHARTS, "--out", "p.html")
    assert (ran.code, list(here.iterdir())) == (ExitCode.ERROR, [])
    assert asked
    assert "What leaves with" in ran.err
    assert filled("share", "log", "--json").data["log"] == []


def test_the_log_knows_of_it(filled, here):
    wanted = ("--out", "p.html", "--for", "Harbour Works", "--yes")
    filled("portfolio", CHARTS, CLEANING, *wanted)
    (line,) = filled("share", "log", "--json").data["log"]
    assert (line["as"], line["to"]) == ("html", "Harbour Works")
    assert [part["name"] for part in line["credentials"]] == [CHARTS, CLEANING]
    assert all(part["whole"] for part in line["credentials"])


def test_our_own_wallet_reads_it_back_byte_for_byte(filled, here, tmp_path):
    filled("portfolio", CLEANING, "--out", "p.html", "--yes")
    ran = filled("verify", "p.html", "--documents", DOCUMENTS, "--json")
    assert [report["name"] for report in ran.data["reports"]] == [CLEANING]


@pytest.mark.parametrize(
    ("wanted", "code", "word"),
    [
        ((CHARTS,), ExitCode.USAGE, "--out"),
        (("--out", "p.html"), ExitCode.USAGE, "--tag"),
        (("nobody", "--out", "p.html"), ExitCode.NOT_FOUND, "nobody"),
        (("--tag", "none", "--out", "p.html"), ExitCode.NOT_FOUND, "credwallet list"),
        ((CHARTS, "--out", "there.html"), ExitCode.USAGE, "--force"),
        ((CHARTS, "--out", "x" * 300 + ".html"), ExitCode.USAGE, "name of a file"),
        ((CHARTS, "--out", "there.html/p.html"), ExitCode.STORAGE, "cannot be written"),
        ((CHARTS, "--out", "p.html", "--name", "x" * 201), ExitCode.USAGE, "--name"),
        ((CHARTS, "--out", "p.html", "--about", "x" * 3001), ExitCode.USAGE, "--about"),
    ],
)
def test_bad_input_is_one_line_with_a_next_step(filled, here, wanted, code, word):
    (here / "there.html").write_text("precious")
    ran = filled("portfolio", *wanted, "--yes")
    assert (ran.code, ran.out) == (code, "")
    assert word in ran.err
    assert ran.err.count("error:") == ran.err.count("hint:") == 1
    assert [path.name for path in here.iterdir()] == ["there.html"]
    assert (here / "there.html").read_text() == "precious"


def test_more_than_a_hundred_need_several_pages(empty: Cli, here, tmp_path):
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(101):
        good(folder, 1000 + number)
    empty("import", folder)
    ran = empty("portfolio", "--all", "--out", "p.html", "--yes")
    assert (ran.code, list(here.iterdir())) == (ExitCode.USAGE, [])
    assert "at most 100" in ran.err


def test_one_that_is_there_is_replaced_only_by_force(filled, here):
    (here / "p.html").write_text("old")
    wanted = (CHARTS, "--out", "p.html", "--yes")
    assert filled("portfolio", *wanted, "--force").code == ExitCode.OK
    assert names(here / "p.html") == [CHARTS]


def test_into_a_folder_it_goes_under_its_title(filled, here):
    filled("portfolio", CHARTS, CLEANING, "--out", ".", "--yes")
    assert [path.name for path in here.iterdir()] == ["portfolio.html"]
