"""Does the wallet keep offers, each by its id?"""

from pathlib import Path

import pytest

from tests.cli.runner import Cli

OFFERS = """format = "credwallet-offers/1"
[[offer]]
id = "linux"
title = "Linux+"
mode = "online"
cost = 320.5
currency = "EUR"
hours = 60
starts = 2027-01-11
requires = ["x:a"]
source = "https://harbour.example/linux"
read_on = 2026-11-20
gives = { achievement = "x:linux", credits = "5/2", credit_unit = "ects" }
[[offer]]
id = "security"
gives = { achievement = "x:security" }
"""
TABLE = "id,title,achievement\nlinux,Linux again,x:linux\ncloud,Cloud,x:cloud\n"


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "offers.toml").write_text(OFFERS)
    (tmp_path / "offers.csv").write_text(TABLE)
    return tmp_path


def test_every_offer_of_a_file_is_kept_listed_and_removed_by_itself(
    empty: Cli, files: Path
):
    ran = empty("offer", "add", files / "offers.toml")
    assert (ran.code, ran.rows) == (
        0,
        [["linux", "Linux+", "added"], ["security", "", "added"]],
    )
    ran = empty("offer", "list")
    assert ran.rows == [
        ["linux", "Linux+", "320.5", "EUR", "60", "online", "2027-01-11"],
        ["security", "", "", "", "", "", ""],
    ]
    assert empty("offer", "remove", "linux").rows == [["linux", "removed"]]
    assert [row[0] for row in empty("offer", "list").rows] == ["security"]


def test_an_offer_of_the_same_id_is_replaced_and_that_is_said(empty: Cli, files: Path):
    empty("offer", "add", files / "offers.toml")
    ran = empty("offer", "add", files / "offers.csv")
    assert [row[2] for row in ran.rows] == ["replaced", "added"]
    assert [row[:2] for row in empty("offer", "list").rows] == [
        ["cloud", "Cloud"],
        ["linux", "Linux again"],
        ["security", ""],
    ]


def test_all_that_a_file_says_is_kept(empty: Cli, files: Path):
    empty("offer", "add", files / "offers.toml")
    linux, security = empty("offer", "list", "--json").data["offers"]
    assert linux == {
        "id": "linux",
        "title": "Linux+",
        "provider": None,
        "mode": "online",
        "cost": "641/2",
        "currency": "EUR",
        "hours": "60",
        "starts": "2027-01-11",
        "ends": None,
        "requires": ["x:a"],
        "source": "https://harbour.example/linux",
        "readOn": "2026-11-20",
        "gives": {
            "achievement": "x:linux",
            "issuer": None,
            "name": None,
            "credits": "5/2",
            "creditUnit": "ects",
            "level": None,
            "framework": None,
            "kind": None,
            "grade": None,
            "tag": [],
            "alignment": [],
            "code": [],
            "sameAs": [],
            "issued": None,
            "expires": None,
        },
    }
    assert (security["cost"], security["gives"]["achievement"]) == (None, "x:security")


def test_nothing_is_kept_if_one_file_of_several_makes_no_sense(empty: Cli, files: Path):
    (files / "bad.csv").write_text("id,titel\n")
    for second in ("bad.csv", "offers.csv"):
        # The last offers an id that the first file offers too.
        ran = empty("offer", "add", files / "offers.toml", files / second)
        assert (ran.code, ran.out) == (2, "")
        assert ran.err.count("credwallet: error:") == 1
    assert empty("offer", "list", "--json").data == {"offers": []}


def test_a_file_that_is_not_there_or_holds_no_offer_is_told(empty: Cli, files: Path):
    assert empty("offer", "add", files / "none.toml").code == 5
    (files / "bare.toml").write_text('format = "credwallet-offers/1"\n')
    ran = empty("offer", "add", files / "bare.toml")
    assert ran.code == 2
    assert "there is no offer in" in ran.err


def test_what_is_not_kept_cannot_be_removed(empty: Cli):
    ran = empty("offer", "remove", "nothing")
    assert (ran.code, ran.out) == (5, "")
    assert "credwallet offer list" in ran.err
    assert "credwallet offer add FILE" in empty("offer", "list").err


def test_a_terminal_is_shown_no_control_characters_of_a_file(empty: Cli, files: Path):
    text = OFFERS.replace('title = "Linux+"', 'title = "Li\\u001b[31mnux\\u202e"')
    (files / "offers.toml").write_text(text)
    empty("offer", "add", files / "offers.toml")
    ran = empty("offer", "list", terminal=True)
    assert "\x1b[31m" not in ran.out
    assert "\u202e" not in ran.out
    assert "linux" in ran.out


def test_an_id_is_never_cut(empty: Cli, files: Path):
    name = "https://harbour.example/offers/" + "long-" * 14 + "end"
    (files / "long.csv").write_text(f"id,title,achievement\n{name},T,x:a\n")
    empty("offer", "add", files / "long.csv")
    ran = empty("offer", "list", terminal=True, env={"COLUMNS": "80"})
    assert name in ran.out


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("id,achievement,cost\na,x:a,5\n", "the column currency"),
        ("id,title\na,x\n", "the columns achievement"),
        ("id,achievement,tag\na,x:a,;\n", "semicolons between them"),
        ("id,achievement\na,x,y\n", "quotes around a value"),
    ],
)
def test_a_table_is_spoken_of_in_rows_and_columns(empty: Cli, files: Path, text, words):
    (files / "t.csv").write_text(text)
    ran = empty("offer", "add", files / "t.csv", "--json")
    (problem,) = ran.json["problems"]
    assert words in problem["title"] + problem["nextStep"]
    assert problem["line"] == 2
    assert not {"=", "[", "TOML"} & set(problem["title"] + problem["nextStep"])
