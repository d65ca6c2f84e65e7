"""A server gets a credential only after a consent that names it, and once."""

import json
import webbrowser
from pathlib import Path

import pytest

from credwallet.cli.output import ExitCode
from credwallet.errors import Undetermined
from credwallet.fetch import Document
from credwallet.fetch.port import NO_ANSWER
from tests.cli.runner import Cli
from tests.cli.test_share import answer

CLEANING = "Cleaning Data"
STATISTICS = "Statistics One"
SERVER = "verifierplus.org"
VIEW = "/credentials/39db5701-2434-42b3-aa0b-088bbd423449"
# Statistics One is revoked.
ANYWAY = ("--anyway", "--yes")
UPLOAD = ("--as", "verifierplus", "--upload")


class Keeper:
    """A server that keeps what it is given, as the source of VerifierPlus does."""

    def __init__(self, *answers: bytes | Exception) -> None:
        self.answers = list(answers)
        self.given: list[tuple[str, dict]] = []

    def __call__(self, url: str, body: bytes, /) -> Document:
        self.given.append((url, json.loads(body)))
        told = json.dumps({"status": "Credential added", "url": {"view": VIEW}})
        said = self.answers.pop(0) if self.answers else told.encode()
        if isinstance(said, Exception):
            raise said
        return Document(url, said, "application/json", "fetched")


def log(cli: Cli) -> list[dict]:
    return cli("share", "log", "--json").data["log"]


@pytest.fixture
def here(tmp_path: Path, monkeypatch) -> Path:
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def opened(monkeypatch) -> list[str]:
    """The addresses that a browser was asked to open."""
    found: list[str] = []
    monkeypatch.setattr(webbrowser, "open", lambda url: not found.append(url))
    return found


def test_the_question_names_the_server_and_the_day_and_wants_its_name(
    filled, monkeypatch
):
    asked = answer(monkeypatch, SERVER)
    keeper = Keeper()
    ran = filled("share", CLEANING, *UPLOAD, post=keeper)
    assert (ran.code, ran.out) == (ExitCode.OK, f"https://{SERVER}{VIEW}\n")
    (question,) = asked
    for part in (SERVER, "2027-11-25", "deletes nothing", "everybody who has the link"):
        assert part in question
    ((url, body),) = keeper.given
    assert url == f"https://{SERVER}/api/credentials"
    assert body["vp"]["verifiableCredential"][0]["name"] == CLEANING
    assert "What leaves with" in ran.err
    (line,) = log(filled)
    assert (line["as"], line["to"]) == ("verifierplus", SERVER)
    assert line["where"] == [f"https://{SERVER}{VIEW}"]
    assert line["credentials"][0]["whole"]


@pytest.mark.parametrize("given", ["", "y", "yes", "verifierplus", "n"])
def test_anything_else_is_no(filled, monkeypatch, given):
    answer(monkeypatch, given)
    keeper = Keeper()
    ran = filled("share", CLEANING, *UPLOAD, post=keeper)
    assert (ran.code, ran.out, keeper.given) == (ExitCode.ERROR, "", [])
    assert log(filled) == []


def test_yes_alone_uploads_nothing(filled):
    keeper = Keeper()
    wanted = ("--url", "https://harbour.example/7", "--yes")
    ran = filled("share", CLEANING, "--as", "verifierplus", *wanted, post=keeper)
    assert ran.out.startswith(f"https://{SERVER}/#verify?vc=https%3A%2F%2Fharbour")
    assert keeper.given == []


def test_both_options_are_an_answer_beforehand(filled):
    keeper = Keeper()
    ran = filled("share", CLEANING, *UPLOAD, "--yes", "--json", post=keeper)
    assert ran.data["link"] == f"https://{SERVER}{VIEW}"
    assert ran.data["discloses"][-1]["label"] == "holder"
    assert len(keeper.given) == 1


def test_without_a_terminal_it_says_how_to_agree(filled):
    keeper = Keeper()
    ran = filled("share", CLEANING, *UPLOAD, "--no-input", post=keeper)
    assert (ran.code, keeper.given) == (ExitCode.USAGE, [])
    assert "--yes beside --upload" in ran.err


def test_offline_forbids_it(filled, opened):
    keeper = Keeper()
    ran = filled("share", CLEANING, *UPLOAD, "--yes", "--offline", post=keeper)
    assert (ran.code, keeper.given) == (ExitCode.USAGE, [])
    assert "--offline forbids it" in ran.err
    wanted = ("--as", "linkedin", "--open", "--offline", "--yes")
    assert filled("share", CLEANING, *wanted).code == ExitCode.USAGE
    assert opened == []


@pytest.mark.parametrize("way", ["file", "link", "linkedin", "resume", "markdown"])
def test_no_other_way_uploads(filled, here, way):
    keeper = Keeper()
    wanted = ("--as", way, "--page", "https://v.example/", "--out", "x.y")
    ran = filled("share", CLEANING, *wanted, "--upload", "--yes", post=keeper)
    assert (ran.code, keeper.given) == (ExitCode.USAGE, [])
    assert "--upload" in ran.err


def test_what_the_server_refused_is_not_in_the_log(filled):
    refusal = Undetermined("it was not given", next_step="x", type="bad-answer")
    ran = filled("share", CLEANING, *UPLOAD, "--yes", post=Keeper(refusal))
    assert (ran.code, ran.out) == (ExitCode.UNDETERMINED, "")
    assert log(filled) == []


@pytest.mark.parametrize(
    "said",
    [Undetermined("lost", next_step="x", type=NO_ANSWER), b"<html>", b'{"url":{}}'],
    ids=["no-answer", "no-json", "no-page"],
)
def test_what_the_server_may_have_is_in_the_log(filled, said):
    ran = filled("share", CLEANING, *UPLOAD, "--yes", post=Keeper(said))
    assert (ran.code, ran.out) == (ExitCode.UNDETERMINED, "")
    (line,) = log(filled)
    assert line["where"] == [f"{SERVER}: no answer, it may be there"]


def test_of_several_those_that_went_out_are_in_the_log(filled):
    told = json.dumps({"url": {"view": VIEW}}).encode()
    refusal = Undetermined("it was not given", next_step="x", type="bad-answer")
    keeper = Keeper(told, refusal)
    ran = filled("share", CLEANING, STATISTICS, *UPLOAD, *ANYWAY, post=keeper)
    assert ran.code == ExitCode.UNDETERMINED
    (line,) = log(filled)
    assert [part["name"] for part in line["credentials"]] == [CLEANING]
    assert line["where"] == [f"https://{SERVER}{VIEW}"]


def test_a_file_that_is_there_stops_it_before_anything_leaves(filled, here):
    (here / "link.txt").write_text("precious")
    for out in ("link.txt", "."):
        keeper = Keeper()
        ran = filled("share", CLEANING, *UPLOAD, "--out", out, "--yes", post=keeper)
        assert (ran.code, keeper.given) == (ExitCode.USAGE, []), out
    assert (here / "link.txt").read_text() == "precious"


def test_the_address_may_go_into_a_qr_code(filled, here):
    wanted = (*UPLOAD, "--qr", "png", "--out", "code.png", "--yes", "--json")
    ran = filled("share", CLEANING, *wanted, post=Keeper())
    assert ran.data["qr"]["path"] == "code.png"
    assert log(filled)[0]["where"] == [f"https://{SERVER}{VIEW}", "code.png"]


def test_several_do_not_go_into_one_qr_code_and_nothing_leaves(filled):
    keeper = Keeper()
    wanted = (*UPLOAD, "--qr", "png", *ANYWAY)
    ran = filled("share", CLEANING, STATISTICS, *wanted, post=keeper)
    assert (ran.code, keeper.given) == (ExitCode.USAGE, [])


# The browser.


def test_a_browser_is_opened_only_when_asked(filled, opened):
    ran = filled("share", CLEANING, "--as", "linkedin", "--yes")
    assert opened == []
    again = filled("share", CLEANING, "--as", "linkedin", "--yes", "--open")
    assert (opened, again.out) == ([ran.out.strip()], ran.out)


def test_a_no_opens_nothing(filled, opened, monkeypatch):
    answer(monkeypatch, "n")
    filled("share", CLEANING, "--as", "linkedin", "--open")
    assert opened == []


@pytest.mark.parametrize(
    "wanted",
    [(CLEANING, "--as", "file"), (CLEANING, STATISTICS, "--as", "linkedin")],
    ids=["a-file", "two"],
)
def test_only_one_address_is_opened(filled, opened, wanted):
    ran = filled("share", *wanted, "--open", *ANYWAY)
    assert (ran.code, opened) == (ExitCode.USAGE, [])
    assert "--open" in ran.err


def test_without_a_browser_it_says_so(filled, monkeypatch):
    monkeypatch.setattr(webbrowser, "open", lambda _url: False)
    ran = filled("share", CLEANING, "--as", "linkedin", "--yes", "--open")
    assert ran.code == ExitCode.OK
    assert "open the address yourself" in ran.err
