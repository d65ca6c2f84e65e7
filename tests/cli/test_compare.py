"""Does `stack-progress --compare` put qualifications beside each other?"""

from pathlib import Path

import pytest

from credwallet.cli.terminal.console import cells
from tests.cli.runner import SAMPLES, Cli
from tests.cli.test_next import rules

OFFERS = """id,achievement,cost,currency,hours
cheap,x:a,100.5,EUR,50
quick,x:a,300,EUR,10
other,x:b,20,EUR,5
"""


@pytest.fixture
def files(cli: Cli) -> Path:
    folder = cli.folder
    told = 'source = "https://harbour.example/q"\nread_on = 2026-11-20'
    (folder / "first.toml").write_text(rules("first", "a", "b", more=told))
    (folder / "second.toml").write_text(
        rules("second", "c", more='basis = "estimate"\ntitle = "Second Thoughts"')
    )
    (folder / "third.toml").write_text(rules("third", "z"))
    (folder / "offers.csv").write_text(OFFERS)
    (folder / "held.toml").write_text(
        'format = "credwallet-what-if/1"\n'
        '[[credential]]\nid = "c"\nachievement = "x:z"\nexpires = 2027-05-01\n'
    )
    return folder


def ask(cli: Cli, *argv: object, **how):
    """Compare three qualifications without a wallet."""
    folder = cli.folder
    wanted = [
        part
        for name in ("first", "second", "third")
        for part in ("--qualification", folder / f"{name}.toml")
    ]
    given = ("--no-wallet", "--what-if", folder / "held.toml", "--compare")
    return cli("stack-progress", *wanted, *given, *argv, **how)


def test_one_record_a_qualification(cli: Cli, files: Path):
    ran = ask(cli, "--offers", files / "offers.csv")
    assert (ran.code, ran.err) == (0, "")
    assert ran.rows == [
        [
            *("first", "comparison", "not-started", "0%", "a,b", "241/2", "EUR", "15"),
            *("0", "1", "", "rule", "https://harbour.example/q", "2026-11-20"),
            *("cheap,other", "other,quick"),
        ],
        [
            *("second", "comparison", "not-started", "0%", "c", "-", "", "-", "0", "1"),
            *("", "estimate", "", "", "no offer for c", "no offer for c"),
        ],
        [
            *("third", "comparison", "eligible", "100%", "", "0", "", "0", "1", "0"),
            *("2027-05-01", "rule", "", "", "", ""),
        ],
    ]


def test_json_adds_the_comparison_to_the_progress(cli: Cli, files: Path):
    data = ask(cli, "--offers", files / "offers.csv", "--json").data
    assert [entry["id"] for entry in data["qualifications"]] == [
        *("first", "second", "third")
    ]
    first, second, third = data["comparison"]
    assert first == {
        "qualification": "first",
        "title": first["title"],
        "state": "not-started",
        "percent": 0,
        "missing": ["a", "b"],
        "cost": "241/2",
        "currency": "EUR",
        "hours": "15",
        "cheapest": {
            "offers": ["cheap", "other"],
            "proven": True,
            "least": "241/2",
            "why": None,
        },
        "quickest": {
            "offers": ["other", "quick"],
            "proven": True,
            "least": "15",
            "why": None,
        },
        "used": [],
        "unused": ["c"],
        "lapses": None,
        "basis": "rule",
        "source": "https://harbour.example/q",
        "readOn": "2026-11-20",
    }
    assert (second["cost"], second["cheapest"]["why"]) == (None, "no offer for c")
    assert (third["cost"], third["lapses"]) == ("0", "2027-05-01")


def test_without_offers_money_and_hours_are_a_dash_and_why(cli: Cli, files: Path):
    row = ask(cli).rows[0]
    assert (row[5], row[7]) == ("-", "-")
    assert row[14:] == ["there are no offers", "there are no offers"]


def test_without_compare_there_is_no_comparison(cli: Cli, files: Path):
    ran = cli(
        *("stack-progress", "--no-wallet", "--json"),
        *("--qualification", files / "first.toml"),
    )
    assert ran.data["comparison"] is None


def test_offers_that_the_wallet_keeps_and_goals_are_taken_in(filled: Cli):
    folder = filled.folder
    privacy = "https://harbour.example/achievements/privacy-basics"
    (folder / "o.csv").write_text(f"id,achievement,cost,currency\np,{privacy},5,EUR\n")
    (folder / "z.toml").write_text(rules("z", "z"))
    filled("qualification", "add", SAMPLES / "certificate.toml", folder / "z.toml")
    filled("offer", "add", folder / "o.csv")
    filled("goal", "add", "z")
    ran = filled("stack-progress", "--compare")
    assert [(row[0], row[5]) for row in ran.rows] == [
        ("z", "-"),
        ("harbour/data-practice", "5"),
    ]


def test_a_terminal_shows_a_table_of_eighty_columns(cli: Cli, files: Path):
    ran = ask(
        cli,
        *("--offers", files / "offers.csv"),
        terminal=True,
        env={"COLUMNS": "80", "NO_COLOR": "1"},
    )
    lines = ran.out.splitlines()
    assert all(cells(line) <= 80 for line in lines)
    assert [line.split() for line in lines[:4]] == [
        ["QUALIFICATION", "NOW", "MISSING", "COST", "HOURS", "UNUSED", "LAPSES"],
        ["first", "0%", "a,", "b", "120.50", "EUR", "15", "1"],
        ["second", "0%", "c", "-", "-", "1"],
        ["third", "100%", "0", "0", "0", "2027-05-01"],
    ]
    assert "  cheapest: 120.50 EUR by cheap, other" in lines
    assert "  quickest: 15 hours by other, quick" in lines
    assert "  cheapest: - (no offer for c)" in lines
    assert "Second Thoughts" in lines
    assert "  an estimate" in lines
    assert "  a rule; https://harbour.example/q; read on 2026-11-20" in lines


def test_a_bad_offers_file_is_refused_in_one_line(cli: Cli, files: Path):
    (files / "bad.csv").write_text("id,titel\n")
    ran = ask(cli, "--offers", files / "bad.csv")
    assert (ran.code, ran.out) == (2, "")
    assert "did you mean 'title'?" in ran.err


def test_it_says_what_a_comparison_leaves_out(cli: Cli, files: Path):
    for flags, word in ((("--why",), "--why"), (("--ladder",), "--ladder")):
        ran = ask(cli, *flags, "--offers", files / "offers.csv")
        assert f"a comparison does not show {word}" in ran.err
    ran = ask(cli, "--why", "--ladder")
    assert "a comparison does not show --why and --ladder" in ran.err


def test_it_says_that_offers_alone_mean_a_comparison(cli: Cli, files: Path):
    asked = ("--no-wallet", "--qualification", files / "first.toml")
    ran = cli("stack-progress", *asked, "--offers", files / "offers.csv")
    assert "as with --compare" in ran.err
    assert ran.rows[0][1] == "comparison"
    assert ask(cli, "--offers", files / "offers.csv").err == ""
