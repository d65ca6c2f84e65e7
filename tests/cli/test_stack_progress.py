"""Does `stack-progress` say how far, what is missing, and why?"""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from credwallet.cli import stack_progress
from credwallet.cli.terminal.console import cells
from credwallet.stacking.allocating import allocate, solver
from tests.cli.runner import SAMPLES, Cli

CERTIFICATE = SAMPLES / "certificate.toml"
RULES = """format = "credwallet-qualification/1"
[qualification]
id = "two"
title = "Two Things"
awarded_by = ["Harbour College"]
[[requirement]]
id = "one"
type = "credential"
match = { achievement = ["x:1"] }
[[requirement]]
id = "other"
type = "credential"
match = { achievement = ["x:2"] }
"""
WHAT_IF = 'format = "credwallet-what-if/1"\n'


def credential(number: int, more: str = "") -> str:
    return f'[[credential]]\nid = "c{number}"\nachievement = "x:{number}"\n{more}\n'


@pytest.fixture
def files(cli: Cli) -> Path:
    (cli.folder / "two.toml").write_text(RULES)
    (cli.folder / "one.toml").write_text(WHAT_IF + credential(1))
    (cli.folder / "both.toml").write_text(WHAT_IF + credential(1) + credential(2))
    return cli.folder


def without_wallet(cli: Cli, *argv: object, **how):
    return cli("stack-progress", "--no-wallet", *argv, **how)


def test_the_samples_reach_three_quarters_of_their_certificate(filled: Cli):
    ran = filled("stack-progress", "--qualification", CERTIFICATE, "--json")
    assert ran.code == 0
    assert ran.data["asOf"] == "2026-11-25"
    (answer,) = ran.data["qualifications"]
    assert (answer["state"], answer["fraction"], answer["percent"]) == (
        "in-progress",
        "3/4",
        75,
    )
    assert answer["done"] == ["cleaning", "programming", "charts"]
    assert answer["missing"] == [
        {"requirement": "privacy", "shortBy": "1", "unit": "credentials"}
    ]
    assert answer["allocation"][filled.handle("Cleaning Data")] == ["cleaning"]
    unused = {entry["credential"]: entry["why"] for entry in answer["unused"]}
    assert unused == {
        filled.handle("Privacy Basics"): "expired 2026-06-30",
        filled.handle("Statistics One"): "revoked",
    }
    assert (answer["proven"], answer["bounds"]) == (True, ["3/4", "3/4"])


def test_another_day_gives_another_answer(filled: Cli):
    ran = filled(
        *("stack-progress", "--qualification", CERTIFICATE, "--json"),
        *("--as-of", "2026-03-01"),
    )
    assert ran.data["asOf"] == "2026-03-01"
    # Out of date when it was verified, and by its dates alone: it was good in March.
    privacy = ran.data["qualifications"][0]["requirements"][2]
    assert (privacy["id"], privacy["state"]) == ("privacy", "done")
    ran = filled("stack-progress", "--qualification", CERTIFICATE, "--json")
    privacy = ran.data["qualifications"][0]["requirements"][2]
    assert (privacy["id"], privacy["state"]) == ("privacy", "lapsed")
    ran = filled(
        *("stack-progress", "--qualification", CERTIFICATE, "--json"),
        *("--as-of", "2025-01-01"),
    )
    assert ran.data["qualifications"][0]["percent"] == 0


def test_a_credential_in_the_trash_does_not_count(filled: Cli):
    filled("remove", "Cleaning Data")
    ran = filled("stack-progress", "--qualification", CERTIFICATE, "--json")
    assert ran.data["qualifications"][0]["percent"] == 50


def test_a_pipe_gets_one_record_a_line(cli: Cli, files: Path):
    ran = without_wallet(
        *(cli, "--qualification", files / "two.toml", "--what-if", files / "one.toml"),
        "--why",
    )
    assert (ran.code, ran.err) == (0, "")
    assert ran.rows == [
        ["two", "progress", "in-progress", "50%", "Two Things", "in progress"],
        ["two", "requirement", "one", "done", "1/1 credentials", "c1", ""],
        [
            *("two", "requirement", "other", "missing", "0/1 credentials", ""),
            "nothing that you hold counts here",
        ],
        ["two", "missing", "other", "1", "credentials"],
        ["two", "used", "c1", "one", "achievement id", "1"],
        ["two", "assumed", "c1"],
    ]


@pytest.mark.parametrize("width", [40, 80, 200])
@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
def test_a_terminal_gets_a_page_within_its_width(
    cli: Cli, files: Path, width: int, encoding: str
):
    ran = without_wallet(
        *(cli, "--qualification", files / "two.toml", "--what-if", files / "one.toml"),
        terminal=True,
        encoding=encoding,
        env={"COLUMNS": str(width), "NO_COLOR": "1"},
    )
    assert "Two Things" in ran.out
    assert "50%" in ran.out
    assert "Still missing:" in ran.out
    assert ("#" * 12 in ran.out) == (encoding == "ascii")
    assert max(map(cells, ran.out.splitlines())) <= width


def test_satisfied_says_who_to_claim_it_from(cli: Cli, files: Path):
    ran = without_wallet(
        cli, "--qualification", files / "two.toml", "--what-if", files / "both.toml"
    )
    assert ran.rows[0][2:] == [
        *("eligible", "100%", "Two Things", "eligible: claim it from Harbour College")
    ]


@pytest.mark.parametrize(("file", "code"), [("one.toml", 7), ("both.toml", 0)])
def test_what_is_required_and_not_reached_is_exit_7(
    cli: Cli, files: Path, file: str, code: int
):
    ran = without_wallet(
        *(cli, "--qualification", files / "two.toml", "--what-if", files / file),
        *("--require-satisfied", "--json"),
    )
    assert (ran.code, ran.json["exitCode"]) == (code, code)
    assert ran.data["qualifications"][0]["satisfied"] == (code == 0)


def test_several_files_are_several_answers_in_their_order(cli: Cli, files: Path):
    (files / "b.toml").write_text(RULES.replace('"two"', '"b"'))
    ran = without_wallet(
        *(cli, "--qualification", files / "two.toml"),
        *("--qualification", files / "b.toml", "--json"),
    )
    assert [answer["id"] for answer in ran.data["qualifications"]] == ["two", "b"]


def test_own_exceptions_count_with_assume(cli: Cli, files: Path):
    (files / "own.toml").write_text(
        WHAT_IF + credential(1) + '[[override]]\nqualification = "two"\n'
        'type = "waive"\nrequirement = "other"\n'
    )
    argv = ("--qualification", files / "two.toml", "--what-if", files / "own.toml")
    assert without_wallet(cli, *argv).rows[0][3] == "50%"
    assert without_wallet(cli, *argv, "--assume").rows[0][3] == "100%"


def test_the_unverified_count_when_assumed_and_are_marked(cli: Cli, files: Path):
    (files / "u.toml").write_text(WHAT_IF + credential(1, 'status = "unverified"'))
    argv = ("--qualification", files / "two.toml", "--what-if", files / "u.toml")
    assert without_wallet(cli, *argv).rows[0][3] == "0%"
    ran = without_wallet(cli, *argv, "--assume-unverified")
    assert ran.rows[0][3] == "50%"
    assert ["two", "unverified", "c1"] in ran.rows


def test_what_is_under_way_is_shown_beside_the_percentage(cli: Cli, files: Path):
    (files / "w.toml").write_text(
        WHAT_IF + credential(1) + credential(2, 'result_status = "Enrolled"')
    )
    ran = without_wallet(
        cli, "--qualification", files / "two.toml", "--what-if", files / "w.toml"
    )
    assert ran.rows[0][3] == "50% (100% when what is under way is done)"


def test_kept_qualifications_are_asked_by_id_or_all(filled: Cli, files: Path):
    assert filled("stack-progress").code == 2
    filled("qualification", "add", CERTIFICATE, files / "two.toml")
    every = filled("stack-progress", "--json").data["qualifications"]
    assert [answer["id"] for answer in every] == ["harbour/data-practice", "two"]
    one = filled("stack-progress", "two", "--json").data["qualifications"]
    assert [answer["id"] for answer in one] == ["two"]
    ran = filled("stack-progress", "three")
    assert (ran.code, ran.out) == (5, "")


@pytest.mark.parametrize(
    ("argv", "code", "words"),
    [
        ((), 2, "no qualification"),
        (("two",), 2, "--no-wallet"),
        (("--qualification", "absent.toml"), 5, "no file"),
        (("--qualification", "{}/one.toml"), 2, "line 1: the format is another one"),
        (("--qualification", "{}/broken.toml"), 2, "line 2"),
        (("--qualification", "{}/binary.toml"), 2, "no UTF-8"),
        (("--qualification", "{}"), 2, "is a folder"),
        (("--qualification", "{}/two.toml", "--what-if", "{}/two.toml"), 2, "format"),
        (("--qualification", "{}/two.toml", "--as-of", "soon"), 2, "no date"),
        (
            ("--qualification", "{}/two.toml", "--qualification", "{}/two.toml"),
            2,
            "two",
        ),
        (
            (
                *("--qualification", "{}/two.toml"),
                *("--what-if", "{}/one.toml", "--what-if", "{}/both.toml"),
            ),
            2,
            "two credentials go by the id c1",
        ),
    ],
)
def test_what_makes_no_sense_is_one_line_and_no_percentage(
    cli: Cli, files: Path, argv: tuple[str, ...], code: int, words: str
):
    (files / "broken.toml").write_text("a = 1\nb = = 2\n")
    (files / "binary.toml").write_bytes(b"\xff\xfe\x00")
    named = [argument.replace("{}", str(files)) for argument in argv]
    ran = without_wallet(cli, *named)
    assert (ran.code, ran.out) == (code, "")
    assert words in ran.err.splitlines()[0]
    ran = without_wallet(cli, *named, "--json")
    assert (ran.code, ran.data) == (code, {})


def test_foreign_text_is_harmless_on_the_terminal(cli: Cli, files: Path):
    evil = "\\u001b[2J\\u202e"
    (files / "evil.toml").write_text(
        RULES.replace("Two Things", evil) + f'title = "{evil}"\ntext = "{evil}"\n'
    )
    for terminal in (True, False):
        ran = without_wallet(
            cli, "--qualification", files / "evil.toml", terminal=terminal
        )
        assert "\x1b[2J" not in ran.out
        assert "\u202e" not in ran.out
        assert "\\x1b[2J" in ran.out


def test_the_day_is_that_of_utc(cli: Cli, files: Path):
    (files / "e.toml").write_text(WHAT_IF + credential(1, "expires = 2026-11-25"))
    late = datetime.fromisoformat("2026-11-24T20:00:00-05:00")
    argv = ("--qualification", files / "two.toml", "--what-if", files / "e.toml")
    assert without_wallet(cli, *argv, now=late).rows[0][3] == "0%"
    early = datetime(2026, 11, 24, 20, tzinfo=UTC)
    assert without_wallet(cli, *argv, now=early).rows[0][3] == "50%"


def test_what_is_not_proven_says_so_and_which_extra_would_prove_it(
    cli: Cli, monkeypatch
):
    monkeypatch.setattr(solver, "available", lambda: False)
    monkeypatch.setattr(allocate, "available", lambda: False)
    monkeypatch.setattr(stack_progress, "_WORK", 0)
    head = RULES[: RULES.index("[[requirement]]")]
    leaves = "".join(
        f'[[requirement]]\nid = "r{n}"\ntype = "count"\nn = 3\n'
        f'match = {{ tag = ["t{n}", "t{n + 1}"] }}\n'
        for n in range(12)
    )
    held = "".join(
        f'[[credential]]\nid = "c{n}"\nachievement = "x:{n}"\n'
        f'tag = ["t{n % 13}", "t{(n * 5) % 13}", "t{(n * 7) % 13}"]\n'
        for n in range(33)
    )
    (cli.folder / "rules.toml").write_text(head + leaves)
    (cli.folder / "held.toml").write_text(WHAT_IF + held)
    files = ("--qualification", cli.folder / "rules.toml")
    ran = without_wallet(cli, *files, "--what-if", cli.folder / "held.toml")
    assert ran.code == 0
    assert "not proven" in ran.rows[0][3]
    assert "pip install 'credwallet[solver]'" in ran.err


def test_a_pipe_calls_what_is_not_needed_as_a_terminal_does(cli: Cli):
    group = '[[group]]\nid = "g"\ntype = "n_of"\nn = 1\n'
    deeper = '[[group]]\nid = "h"\ntype = "n_of"\nn = 1\nin = "g"\n'
    need = (
        '[[requirement]]\nid = "{0}"\ntype = "credential"\nin = "{1}"\n'
        'match = {{ achievement = ["x:{0}"] }}\n'
    )
    head = 'format = "credwallet-qualification/1"\n[qualification]\nid = "q"\n'
    rules, held = cli.folder / "q.toml", cli.folder / "held.toml"
    rules.write_text(
        head
        + group
        + deeper
        + need.format("a", "g")
        + need.format("b", "h")
        + need.format("c", "h")
    )
    held.write_text(
        'format = "credwallet-what-if/1"\n[[credential]]\nid = "w"\n'
        'achievement = "x:a"\n'
    )
    asked = ("--no-wallet", "--qualification", rules, "--what-if", held)
    rows = cli("stack-progress", *asked).rows
    states = {row[2]: row[3] for row in rows if row[1] == "requirement"}
    assert states == {"a": "done", "b": "not-needed", "c": "not-needed"}
    assert "not needed" in cli("stack-progress", *asked, terminal=True).out
