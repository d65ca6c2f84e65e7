"""Does `next` rank what could be earned, and say what each offer would do?"""

from pathlib import Path

import pytest

from credwallet.cli.terminal.console import cells
from tests.cli.runner import SAMPLES, Cli

CERTIFICATE = SAMPLES / "certificate.toml"
PRIVACY = "https://harbour.example/achievements/privacy-basics"


def rules(name: str, *parts: str, more: str = "") -> str:
    leaves = "".join(
        f'[[requirement]]\nid = "{part}"\ntype = "credential"\n'
        f'match = {{ achievement = ["x:{part}"] }}\n'
        for part in parts
    )
    head = f'format = "credwallet-qualification/1"\n[qualification]\nid = "{name}"\n'
    return f"{head}{more}\n{leaves}"


TABLE = """id,title,provider,mode,cost,currency,hours,starts,achievement,requires
linux,Linux+,Harbour,online,300,EUR,60,,x:linux,
security,Security+,Harbour,face,500,EUR,90,2027-02-01,x:security,
cloud,Cloud+,,blended,100,EUR,,,x:cloud,x:linux
idle,Idle,,online,1,EUR,1,,x:idle,
"""


@pytest.fixture
def files(cli: Cli) -> Path:
    folder = cli.folder
    (folder / "one.toml").write_text(rules("one", "a", "linux"))
    (folder / "two.toml").write_text(rules("two", "linux"))
    (folder / "three.toml").write_text(rules("three", "security", "cloud", "linux"))
    (folder / "offers.csv").write_text(TABLE)
    (folder / "held.toml").write_text(
        'format = "credwallet-what-if/1"\n'
        '[[credential]]\nid = "c"\nachievement = "x:a"\n'
    )
    return folder


def ask(cli: Cli, *argv: object, offers: str = "offers.csv", **how):
    """Ask without a wallet, about three qualifications."""
    folder = cli.folder
    wanted = [
        part
        for name in ("one", "two", "three")
        for part in ("--qualification", folder / f"{name}.toml")
    ]
    given = ("--offers", folder / offers, "--what-if", folder / "held.toml")
    return cli("next", "--no-wallet", *wanted, *given, *argv, **how)


def ids(ran) -> list[str]:
    return [row[0] for row in ran.rows]


def test_what_finishes_most_comes_first_and_what_needs_another_last(
    cli: Cli, files: Path
):
    ran = ask(cli)
    assert ran.code == 0
    assert ids(ran) == ["linux", "security", "idle", "cloud"]
    assert ran.rows[0] == [
        *("linux", "2", "11/6", "300", "EUR", "60", "online", "18/11", "one,two"),
        *("one:1/2>1,two:0>1,three:0>1/3", "", "proven", "Linux+"),
    ]
    assert ran.rows[3][10] == "x:linux"


def test_json_says_it_all_exactly(cli: Cli, files: Path):
    data = ask(cli, "--json", "--limit", 1).data
    assert data["asOf"] == "2026-11-25"
    assert data["qualifications"] == ["one", "two", "three"]
    assert (data["goals"], data["warnings"]) == ([], [])
    assert data["offers"] == [
        {
            "id": "linux",
            "title": "Linux+",
            "provider": "Harbour",
            "mode": "online",
            "cost": "300",
            "currency": "EUR",
            "hours": "60",
            "starts": None,
            "ends": None,
            "requires": [],
            "source": None,
            "readOn": None,
            "finishes": ["one", "two"],
            "gain": "11/6",
            "advances": [
                {"qualification": "one", "from": "1/2", "to": "1"},
                {"qualification": "two", "from": "0", "to": "1"},
                {"qualification": "three", "from": "0", "to": "1/3"},
            ],
            "costPerPoint": "18/11",
            "needsFirst": [],
            "proven": True,
        }
    ]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (("--sort", "cost"), ["idle", "linux", "security", "cloud"]),
        (("--sort", "hours"), ["idle", "linux", "security", "cloud"]),
        (("--sort", "gain"), ["linux", "security", "idle", "cloud"]),
        (("--mode", "face"), ["security"]),
        (("--mode", "face", "--mode", "blended"), ["security", "cloud"]),
        (("--budget", "100"), ["idle", "cloud"]),
        (("--limit", "2"), ["linux", "security"]),
        (("--as-of", "2027-02-02"), ["linux", "idle", "cloud"]),
        (("--goal", "three"), ["linux", "security", "idle", "cloud"]),
    ],
    ids=" ".join,
)
def test_options_sort_and_leave_out(cli: Cli, files: Path, options, expected):
    ran = ask(cli, *options)
    assert (ran.code, ids(ran)) == (0, expected)


def test_goals_named_count_before_the_others(cli: Cli, files: Path):
    (files / "three.toml").write_text(rules("three", "security"))
    assert ids(ask(cli))[:2] == ["linux", "security"]
    ran = ask(cli, "--goal", "three", "--json")
    assert [entry["id"] for entry in ran.data["offers"]][:2] == ["security", "linux"]
    assert ran.data["goals"] == ["three"]
    ran = ask(cli, "--goal", "one", "--goal", "three")
    assert ids(ran)[:2] == ["linux", "security"]


def test_a_goal_that_is_not_looked_at_is_not_found(cli: Cli, files: Path):
    ran = ask(cli, "--goal", "four")
    assert (ran.code, ran.out) == (5, "")
    assert "--qualification FILE" in ran.err


def test_the_wallet_gives_credentials_rules_offers_and_goals(
    filled: Cli, tmp_path: Path
):
    (tmp_path / "offers.csv").write_text(
        f"id,achievement\nprivacy,{PRIVACY}\nother,x:other\n"
    )
    (tmp_path / "other.toml").write_text(rules("other", "other"))
    filled("qualification", "add", CERTIFICATE, tmp_path / "other.toml")
    filled("offer", "add", tmp_path / "offers.csv")
    ran = filled("next")
    assert [(row[0], row[8]) for row in ran.rows] == [
        ("other", "other"),
        ("privacy", "harbour/data-practice"),
    ]
    assert ran.rows[1][2] == "1/4"
    filled("goal", "add", "harbour/data-practice")
    assert ids(filled("next")) == ["privacy", "other"]
    assert ids(filled("next", "--goal", "other")) == ["other", "privacy"]
    assert filled("next", "other", "--json").data["goals"] == []


def test_an_offers_file_stands_above_what_is_kept_by_the_same_id(
    empty: Cli, tmp_path: Path
):
    (tmp_path / "one.toml").write_text(rules("one", "a"))
    (tmp_path / "kept.csv").write_text("id,achievement\no,x:a\np,x:a\n")
    (tmp_path / "file.csv").write_text("id,achievement\no,x:b\n")
    empty("qualification", "add", tmp_path / "one.toml")
    empty("offer", "add", tmp_path / "kept.csv")
    ran = empty("next", "--offers", tmp_path / "file.csv")
    assert [(row[0], row[1]) for row in ran.rows] == [("p", "1"), ("o", "0")]


def test_costs_in_two_currencies_need_a_rate_to_be_compared(cli: Cli, files: Path):
    (files / "mixed.csv").write_text(
        "id,cost,currency,achievement\na,20,EUR,x:linux\nb,10,USD,x:linux\n"
    )
    ran = ask(cli, offers="mixed.csv")
    assert (ran.code, ids(ran)) == (0, ["a", "b"])
    assert "EUR and USD" in ran.err
    warnings = ask(cli, "--json", offers="mixed.csv").data["warnings"]
    assert len(warnings) == 1
    for more in (("--sort", "cost"), ("--budget", "50"), ("--currency", "EUR")):
        ran = ask(cli, *more, offers="mixed.csv")
        assert (ran.code, ran.out) == (2, "")
        assert "USD" in ran.err
    ran = ask(cli, "--rate", "usd=0.92", offers="mixed.csv")
    assert (ids(ran), ran.err) == (["b", "a"], "")
    assert [row[7] for row in ran.rows] == ["3/55", "6/55"]


@pytest.mark.parametrize(
    "options",
    [
        ("--sort", "price"),
        ("--mode", "remote"),
        ("--budget", "-5"),
        ("--budget", "0"),
        ("--budget", "lots"),
        ("--budget", "1e3"),
        ("--rate", "USD"),
        ("--rate", "USD=0"),
        ("--rate", "dollar=1"),
        ("--rate", "USD=1", "--rate", "USD=2"),
        ("--currency", "euro"),
        ("--limit", "0"),
        ("--as-of", "tomorrow"),
        ("qualification",),
    ],
    ids=" ".join,
)
def test_nonsense_is_refused_in_one_line(cli: Cli, files: Path, options):
    ran = ask(cli, *options)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.count("credwallet: error:") == 1
    assert "credwallet: hint:" in ran.err


def test_no_offer_at_all_is_an_error_with_a_next_step(cli: Cli, files: Path):
    ran = cli("next", "--no-wallet", "--qualification", files / "one.toml")
    assert (ran.code, ran.out) == (2, "")
    assert "--offers FILE" in ran.err


def test_no_offer_that_is_left_is_no_error(cli: Cli, files: Path):
    ran = ask(cli, "--budget", "0.5")
    assert (ran.code, ran.out) == (0, "")
    assert "no offer is left" in ran.err


def test_a_terminal_shows_both_columns_and_what_advances(cli: Cli, files: Path):
    ran = ask(cli, terminal=True, env={"COLUMNS": "80", "NO_COLOR": "1"})
    lines = ran.out.splitlines()
    assert all(cells(line) <= 80 for line in lines)
    assert lines[0].split() == [
        *("OFFER", "FINISHES", "POINTS", "COST", "A", "POINT", "HOURS", "MODE")
    ]
    assert lines[1].split() == [
        *("linux", "2", "183.3", "300", "EUR", "1.64", "EUR", "60", "online")
    ]
    assert "  finishes one (50% to 100%), two (0% to 100%)" in lines
    assert "  advances three (0% to 33%)" in lines
    assert "  needs first: x:linux" in lines
    assert lines[-1] == "1 offer without any gain: idle"


def test_long_names_keep_to_the_width_and_are_harmless(cli: Cli, files: Path):
    name = "very-long-" * 20
    (files / "long.toml").write_text(
        'format = "credwallet-offers/1"\n[[offer]]\n'
        f'id = "{name}"\ntitle = "\\u001b[2J\\u202e{name}"\n'
        'gives = { achievement = "x:linux" }\n'
    )
    ran = ask(
        cli, offers="long.toml", terminal=True, env={"COLUMNS": "80", "NO_COLOR": "1"}
    )
    assert cells(ran.out.splitlines()[1]) <= 80
    assert "\x1b" not in ran.out
    assert "\u202e" not in ran.out
