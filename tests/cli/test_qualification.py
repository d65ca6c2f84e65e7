"""Does the wallet keep qualification files, and `lint` name what is wrong in one?"""

from pathlib import Path

from tests.cli.runner import SAMPLES, Cli

CERTIFICATE = SAMPLES / "certificate.toml"
NAME = "harbour/data-practice"


def test_a_file_is_kept_listed_shown_and_removed(empty: Cli):
    ran = empty("qualification", "add", CERTIFICATE)
    assert (ran.code, ran.rows) == (
        0,
        [[NAME, "Certificate in Data Practice", "added"]],
    )
    ran = empty("qualification", "list")
    assert ran.rows == [[NAME, "Certificate in Data Practice", "2026", "5"]]
    ran = empty("qualification", "show", NAME)
    assert ran.out == CERTIFICATE.read_text()
    ran = empty("qualification", "remove", NAME)
    assert ran.rows == [[NAME, "removed"]]
    assert empty("qualification", "list", "--json").data == {"qualifications": []}


def test_the_file_is_kept_as_it_was_written(empty: Cli, tmp_path: Path):
    file = tmp_path / "mine.toml"
    file.write_text(CERTIFICATE.read_text() + "# a comment of mine\u00e9\n")
    empty("qualification", "add", file)
    shown = empty("qualification", "show", NAME, "--json").data
    assert shown["toml"] == file.read_text()
    assert shown["qualification"]["source"].startswith("https://harbour.example/")
    assert shown["qualification"]["readOn"] == "2026-11-25"


def test_a_file_of_the_same_id_is_replaced(empty: Cli, tmp_path: Path):
    newer = tmp_path / "newer.toml"
    newer.write_text(CERTIFICATE.read_text().replace("Data Practice", "Data Care"))
    empty("qualification", "add", CERTIFICATE)
    assert empty("qualification", "add", newer).rows[0][1:] == [
        "Certificate in Data Care",
        "replaced",
    ]
    assert len(empty("qualification", "list").rows) == 1


def test_nothing_is_kept_when_one_of_several_files_makes_no_sense(
    empty: Cli, tmp_path: Path
):
    bad = tmp_path / "bad.toml"
    bad.write_text("x = 1\n")
    ran = empty("qualification", "add", CERTIFICATE, bad)
    assert (ran.code, ran.out) == (2, "")
    assert empty("qualification", "list").out == ""


def test_what_is_not_kept_is_not_found(empty: Cli):
    for verb in ("show", "remove"):
        ran = empty("qualification", verb, "nothing")
        assert (ran.code, ran.out) == (5, "")
        assert "qualification list" in ran.err


def test_lint_needs_no_wallet_and_names_every_mistake(cli: Cli, tmp_path: Path):
    assert cli("qualification", "lint", CERTIFICATE).code == 0
    bad = tmp_path / "bad.toml"
    bad.write_text(
        CERTIFICATE.read_text()
        .replace('version = "2026"', "versoin = 1")
        .replace("n = 1", "n = 9")
    )
    ran = cli("qualification", "lint", bad)
    near = " (did you mean 'version'?)"
    assert ran.code == 2
    assert ran.out.splitlines() == [
        f"{bad}:9:1: error: unknown key 'versoin' in qualification '{NAME}'{near}",
        f"{bad}:33:1: error: n is 9, but only 2 are in it",
    ]
    found = cli("qualification", "lint", bad, "--json").data["findings"]
    assert [(f["line"], f["column"], f["severity"]) for f in found] == [
        (9, 1, "error"),
        (33, 1, "error"),
    ]


def test_a_warning_is_no_failure(cli: Cli, tmp_path: Path):
    doubtful = tmp_path / "doubtful.toml"
    text = CERTIFICATE.read_text() + "weight = 3\n"
    doubtful.write_text(text)
    ran = cli("qualification", "lint", doubtful)
    assert ran.code == 0
    assert ": warning: a weight means nothing under n_of" in ran.out


def test_lint_names_what_is_wrong_between_files(cli: Cli, tmp_path: Path):
    copy = tmp_path / "copy.toml"
    copy.write_text(CERTIFICATE.read_text())
    assert cli("qualification", "lint", copy).code == 0
    ran = cli("qualification", "lint", CERTIFICATE, copy)
    assert ran.code == 2
    assert ran.out.startswith(f"{copy}:5:1: error: '{NAME}' is the id of {CERTIFICATE}")


def test_of_several_faults_the_first_line_is_named_and_who_names_the_others(
    empty: Cli, tmp_path: Path
):
    text = CERTIFICATE.read_text()
    file = tmp_path / "wrong.toml"
    at = text.index("[[requirement]]")
    file.write_text(f"{text[:at]}colour = 'blue'\n{text[at:]}titel = 'x'\nhue = 1\n")
    listed = empty("qualification", "lint", file, "--json").data["findings"]
    assert len(listed) > 1
    ran = empty("qualification", "add", file, "--json")
    (problem,) = ran.json["problems"]
    assert (ran.code, problem["line"]) == (2, min(each["line"] for each in listed))
    assert "credwallet qualification lint FILE names them all" in problem["nextStep"]
