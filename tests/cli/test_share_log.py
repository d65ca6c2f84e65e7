"""What went out is in the log, and nothing else is."""

import json
from pathlib import Path

import pytest

from credwallet.cli.output import ExitCode
from credwallet.errors import StorageFailure
from credwallet.store import Vault, open_vault
from tests.cli.runner import PASSPHRASE, Cli
from tests.cli.test_share import answer

CHARTS = "Honest Charts"
CLEANING = "Cleaning Data"
PAGE = "https://v.example/"


def log(cli: Cli, *more: str) -> list[dict]:
    return cli("share", "log", *more, "--json").data["log"]


@pytest.fixture
def here(tmp_path: Path, monkeypatch) -> Path:
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def test_a_handover_is_one_line_with_what_how_when_whom_and_where(filled, here):
    filled("share", CHARTS, "--out", "charts.json", "--yes", "--for", "Ms Öz, HR")
    (line,) = log(filled)
    (part,) = line["credentials"]
    assert line["at"].startswith("2026-11-25T12:00:00")
    assert (line["as"], line["to"]) == ("file", "Ms Öz, HR")
    assert line["where"] == ["charts.json"]
    assert (part["name"], part["handle"]) == (CHARTS, filled.handle(CHARTS))
    assert (part["whole"], part["discloses"]) == (True, [])


@pytest.mark.parametrize(
    ("wanted", "way", "to", "where"),
    [
        ((), "file", "whoever has it", ["stdout"]),
        (("--as", "link", "--page", PAGE), "link", "whoever has it", ["stdout"]),
        (("--as", "linkedin"), "linkedin", "linkedin.com", ["stdout"]),
        (("--as", "resume"), "resume", "whoever has it", ["stdout"]),
        (("--as", "markdown"), "markdown", "whoever has it", ["stdout"]),
        (("--as", "linkedin", "--qr", "png"), "linkedin", "linkedin.com", None),
        (("--as", "resume", "--out", "c.json"), "resume", "whoever has it", ["c.json"]),
    ],
)
def test_every_way_writes_its_line(filled, here, *, wanted, way, to, where):
    assert filled("share", CHARTS, *wanted, "--yes").code == ExitCode.OK
    (line,) = log(filled)
    assert (line["as"], line["to"]) == (way, to)
    assert where is None or line["where"] == where
    assert PAGE not in json.dumps(line)


@pytest.mark.parametrize(
    ("terminal", "more", "where"),
    [
        (True, (), "the screen"),
        (False, (), "stdout"),
        (True, ("--json",), "stdout"),
    ],
)
def test_a_link_went_to_the_screen_only_if_there_is_one(
    filled, here, terminal, more, where
):
    filled("share", CHARTS, "--as", "linkedin", "--yes", *more, terminal=terminal)
    assert log(filled)[0]["where"] == [where]


def test_of_a_part_the_places_are_named_and_no_values(filled, here):
    filled("share", CHARTS, "--as", "resume", "--yes")
    (part,) = log(filled)[0]["credentials"]
    assert part["whole"] is False
    assert "/issuer/name" in part["discloses"]
    assert filled("share", "log").rows[0][2] == f"{CHARTS} (in part)"


@pytest.mark.parametrize("given", ["n", "", "no"])
def test_a_no_leaves_no_line(filled, here, monkeypatch, given):
    answer(monkeypatch, given)
    assert filled("share", CHARTS).code == ExitCode.ERROR
    assert log(filled) == []


def test_what_failed_leaves_no_line(filled, here):
    (here / "there.json").write_text("precious")
    wrong = [
        ("--out", "there.json"),
        ("--as", "link"),
        ("--as", "fax"),
        ("--as", "verifierplus"),
        ("--out", "there.json/inside.json"),
        ("--out", "x" * 300 + ".json"),
    ]
    for wanted in wrong:
        ran = filled("share", CHARTS, *wanted, "--yes")
        assert ran.code in (ExitCode.USAGE, ExitCode.STORAGE), wanted
        assert ran.err.count("error:") == 1, ran.err
        assert "Traceback" not in ran.err
    assert log(filled) == []
    assert (here / "there.json").read_text() == "precious"


def test_several_handovers_stand_in_their_order(filled, here):
    for name in ("a.json", "b.json"):
        filled("share", CHARTS, "--out", name, "--yes")
    assert sorted(line["where"][0] for line in log(filled)) == ["a.json", "b.json"]


def test_several_credentials_of_one_handover_are_one_line(filled, here):
    filled("share", CHARTS, CLEANING, "--as", "markdown", "--yes")
    (line,) = log(filled)
    assert [part["name"] for part in line["credentials"]] == [CHARTS, CLEANING]


def test_the_log_of_one_credential_is_asked_for_by_its_name(filled, here):
    filled("share", CHARTS, "--out", "a.json", "--yes")
    filled("share", CLEANING, "--out", "b.json", "--yes")
    assert [line["where"] for line in log(filled, CLEANING)] == [["b.json"]]
    handle = filled.handle(CHARTS)
    assert [line["where"] for line in log(filled, handle)] == [["a.json"]]
    assert len(log(filled, CHARTS, CLEANING)) == 2
    ran = filled("share", "log", "nobody")
    assert (ran.code, ran.out) == (ExitCode.NOT_FOUND, "")


def test_a_credential_that_was_deleted_for_good_stays_in_the_log(filled, here):
    handle = filled.handle(CHARTS)
    filled("share", CHARTS, "--out", "a.json", "--yes")
    filled("remove", CHARTS)
    filled("purge", handle, "--yes")
    assert len(log(filled, handle)) == len(log(filled, CHARTS)) == 1


def test_an_empty_log_says_so(filled):
    ran = filled("share", "log")
    assert (ran.code, ran.out) == (ExitCode.OK, "")
    assert "nothing was handed over yet" in ran.err
    assert log(filled) == []


def test_on_a_terminal_it_fits(filled, here):
    filled("share", CHARTS, "--out", "a-file-with-a-long-name.json", "--yes")
    ran = filled("share", "log", terminal=True, env={"COLUMNS": "80", "NO_COLOR": "1"})
    assert all(len(line) <= 80 for line in ran.out.splitlines())
    assert "2026-11-25 12:00" in ran.out


def test_clearing_asks_and_says_that_nothing_comes_back(filled, here, monkeypatch):
    filled("share", CHARTS, "--out", "a.json", "--yes")
    filled("share", CLEANING, "--out", "b.json", "--yes")
    asked = answer(monkeypatch, "n")
    assert filled("share", "log", "--clear").code == ExitCode.ERROR
    assert "What went out stays out" in asked[0]
    assert len(log(filled)) == 2
    assert filled("share", "log", "--clear", "--no-input").code == ExitCode.USAGE
    ran = filled("share", "log", CHARTS, "--clear", "--yes", "--json")
    assert ran.data == {"cleared": 1}
    assert [line["where"] for line in log(filled)] == [["b.json"]]
    filled("share", "log", "--clear", "--yes")
    assert log(filled) == []


def test_it_is_sealed(filled, here):
    filled("share", CHARTS, "--out", "unmistakable.json", "--yes", "--for", "Ms Oz")
    for path in filled.home.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            for word in (b"unmistakable", b"Ms Oz", b"whoever has it"):
                assert word not in data, path


def test_a_log_that_cannot_be_written_does_not_undo_what_went_out(
    filled, here, monkeypatch
):
    def full(*_: object) -> None:
        raise StorageFailure("no space is left", next_step="x")

    with monkeypatch.context() as patched:
        patched.setattr(Vault, "put_document", full)
        ran = filled("share", CHARTS, "--out", "a.json", "--yes")
    assert (ran.code, ran.out) == (ExitCode.OK, "a.json\n")
    assert "the log was not written: no space is left" in ran.err


def test_a_credential_that_is_called_log_is_reached_by_its_handle(filled, here):
    with open_vault(filled.home, passphrase=PASSPHRASE) as vault:
        entry = vault.find(CHARTS)
        vault.update(entry.rid, summary=entry.summary._replace(name="log"))
    assert filled("share", "log").out == ""
    ran = filled("share", entry.handle, "--out", "x.json", "--yes")
    assert ran.out == "x.json\n"
    assert filled("share", "log").rows[0][2] == "log"


def test_hostile_names_do_no_harm_in_the_log(filled, here):
    hostile = "\x1b]52;c;AAAA\x07\u202eevil\n\tname"
    with open_vault(filled.home, passphrase=PASSPHRASE) as vault:
        entry = vault.find(CHARTS)
        vault.update(entry.rid, summary=entry.summary._replace(name=hostile))
    filled("share", entry.handle, "--yes", "--for", hostile)
    for terminal in (True, False):
        ran = filled("share", "log", terminal=terminal, env={"NO_COLOR": "1"})
        assert not {"\x1b", "\x07", "\u202e"} & set(ran.out)
        assert terminal or len(ran.rows) == 1


def test_help_names_the_commands_beside(filled):
    assert "credwallet share log" in filled("share", "log", "--help").out
    assert "share log" in filled("share", "--help").out
    ran = filled("share", "log", "--wrong")
    assert ran.code == ExitCode.USAGE
    assert "credwallet share log --help" in ran.err


def test_lines_of_one_moment_stand_in_the_order_in_which_things_went_out(filled, here):
    names = [f"{number}.json" for number in range(8)]
    for name in names:
        filled("share", CLEANING, "--out", name, "--yes")
    assert [line["where"] for line in log(filled)] == [[name] for name in names]
    assert [line["where"] for line in log(filled, CLEANING)] == [[n] for n in names]


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (("share", CHARTS, "--out", "x.json"), "nothing was handed over"),
        (("share", "log", "--clear"), "nothing was forgotten"),
    ],
)
def test_a_no_is_said_in_words(filled, here, monkeypatch, argv, said):
    filled("share", CLEANING, "--out", "first.json", "--yes")
    answer(monkeypatch, "n")
    ran = filled(*argv)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.endswith(f"credwallet: {said}\n")
    assert len(log(filled)) == 1
