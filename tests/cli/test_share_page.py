"""`share page` and `share --as html`: pages that anybody can open."""

import hashlib
from pathlib import Path

import pytest

from credwallet.cli.output import ExitCode
from credwallet.share import link
from credwallet.share.page import empty_page
from tests.cli import badges
from tests.cli.runner import Cli


@pytest.fixture
def held(empty: Cli, tmp_path: Path) -> Cli:
    """A wallet with two good badges and one whose status cannot be had."""
    paths = [badges.good(tmp_path, 1, name="Carpentry"), badges.undetermined(tmp_path)]
    assert empty("import", *paths).code in (ExitCode.OK, ExitCode.UNDETERMINED)
    return empty


def test_the_page_is_written_without_a_wallet(cli: Cli, tmp_path: Path) -> None:
    out = tmp_path / "index.html"
    ran = cli("share", "page", "--out", out, "--json")
    assert ran.code == ExitCode.OK, ran
    assert out.read_bytes() == empty_page()
    (file,) = ran.data["files"]
    assert file == {
        "path": str(out),
        "mediaType": "text/html",
        "bytes": len(empty_page()),
    }
    assert ran.data["sha256"] == hashlib.sha256(out.read_bytes()).hexdigest()
    assert not cli.home.exists()


def test_the_page_goes_to_stdout_and_into_folders(cli: Cli, tmp_path: Path) -> None:
    assert cli("share", "page").raw == empty_page()
    ran = cli("share", "page", "--out", tmp_path)
    assert ran.rows == [[str(tmp_path / "index.html")]]
    assert "CREDWALLET_PAGE" in ran.err
    assert hashlib.sha256(empty_page()).hexdigest() in ran.err


def test_the_page_overwrites_nothing_unasked(cli: Cli, tmp_path: Path) -> None:
    out = tmp_path / "index.html"
    out.write_text("mine")
    ran = cli("share", "page", "--out", out)
    assert ran.code == ExitCode.USAGE
    assert "--force" in ran.err
    assert out.read_text() == "mine"
    assert cli("share", "page", "--out", out, "--force").code == ExitCode.OK
    assert out.read_bytes() == empty_page()


def test_the_page_does_not_go_to_a_terminal_or_into_json(cli: Cli) -> None:
    for flags in ({"terminal": True}, {}):
        ran = cli("share", "page", *([] if flags else ["--json"]), **flags)
        assert ran.code == ExitCode.USAGE
        assert "--out index.html" in ran.err or "--out index.html" in ran.out


def test_a_badge_becomes_a_page_that_is_read_back(held: Cli, tmp_path: Path) -> None:
    out = tmp_path / "badge.html"
    ran = held("share", held.handle("Carpentry"), "--as", "html", "--out", out, "--yes")
    assert ran.code == ExitCode.OK, ran
    assert "could change it" in ran.err
    verified = held("verify", out, "--json")
    assert verified.code == ExitCode.OK, verified
    assert verified.data["reports"][0]["verdict"] == "valid"
    assert held("import", out).code == ExitCode.OK


def test_several_badges_become_one_page(held: Cli, tmp_path: Path) -> None:
    out = tmp_path / "badges.html"
    handles = [row[0] for row in held("list").rows]
    assert len(handles) == 2
    ran = held("share", *handles, "--as", "html", "--out", out, "--yes", "--json")
    assert ran.code == ExitCode.OK, ran
    assert [file["mediaType"] for file in ran.data["files"]] == ["text/html"]
    assert len(held("verify", out, "--offline", "--json").data["reports"]) == 2


def test_a_page_goes_into_no_qr_code_and_to_no_terminal(held: Cli) -> None:
    handle = held.handle("Carpentry")
    ran = held("share", handle, "--as", "html", "--qr", "png", "--yes")
    assert ran.code == ExitCode.USAGE
    ran = held("share", handle, "--as", "html", "--yes", terminal=True)
    assert ran.code == ExitCode.USAGE
    assert "web page does not go to the terminal" in ran.err


def test_a_link_without_a_page_says_how_to_make_one(held: Cli) -> None:
    ran = held("share", held.handle("Carpentry"), "--as", "link", "--yes")
    assert ran.code == ExitCode.USAGE
    assert "credwallet share page --out index.html" in ran.err
    assert "--as html" in link.ABOUT_PAGES
