"""Does `plan` say what to take, in which order, and what it takes?"""

from datetime import UTC, datetime

import pytest

from credwallet.cli.terminal.console import cells
from tests.cli.runner import SAMPLES, Cli

CERTIFICATE = SAMPLES / "certificate.toml"
NAME = "harbour/data-practice"
PRIVACY = "https://harbour.example/achievements/privacy-basics"
OFFERS = f"""format = "credwallet-offers/1"
[[offer]]
id = "privacy-online"
title = "Privacy Basics"
provider = "Harbour College"
mode = "online"
cost = 120
currency = "EUR"
hours = 30
requires = ["x:law"]
source = "https://harbour.example/courses"
read_on = 2026-11-25
gives = {{ achievement = "{PRIVACY}", expires = 2029-01-01 }}
[[offer]]
id = "privacy-town"
mode = "face"
cost = 300
currency = "EUR"
hours = 12
gives = {{ achievement = "{PRIVACY}" }}
[[offer]]
id = "law"
mode = "online"
cost = 20
currency = "EUR"
hours = 6
gives = {{ achievement = "x:law" }}
"""


@pytest.fixture
def planned(filled: Cli) -> Cli:
    (filled.folder / "offers.toml").write_text(OFFERS)
    assert filled("offer", "add", filled.folder / "offers.toml").code == 0
    assert filled("qualification", "add", CERTIFICATE).code == 0
    return filled


def test_a_plan_names_what_to_take_in_order_and_what_it_takes(planned: Cli):
    data = planned("plan", NAME, "--per-week", 6, "--json").data
    assert (data["goal"], data["feasible"], data["proven"]) == (NAME, True, True)
    assert [entry["id"] for entry in data["offers"]] == ["law", "privacy-online"]
    assert (data["cost"], data["currency"], data["hours"]) == ("140", "EUR", "36")
    assert data["weeks"] == "6"
    first, second = data["schedule"]
    assert first["ends"] < second["starts"] <= second["ends"] == data["finishesOn"]
    assert data["bounds"] == ["140", "140"]
    assert data["relaxation"] is None


def test_the_fewest_hours_may_be_another_plan(planned: Cli):
    data = planned("plan", NAME, "--minimise", "hours", "--json").data
    assert [entry["id"] for entry in data["offers"]] == ["privacy-town"]


@pytest.mark.parametrize(
    ("flags", "limit", "to"),
    [
        (("--budget", "100"), "budget", "140"),
        (("--hours", "10"), "hours", "12"),
        (("--by", "2026-12-05", "--per-week", "7"), "by", "2026-12-06"),
        (("--mode", "blended"), "mode", "online"),
    ],
    ids=["budget", "hours", "by", "mode"],
)
def test_what_has_to_give_way_is_said_and_the_exit_code_is_7(
    planned: Cli, flags, limit, to
):
    ran = planned("plan", NAME, *flags, "--json")
    assert (ran.code, ran.data["feasible"]) == (7, False)
    found = {entry["limit"]: entry["to"] for entry in ran.data["relaxations"]}
    assert found[limit] == to
    shown = planned("plan", NAME, *flags)
    assert shown.code == 7
    assert any(limit in row for row in shown.rows)


def test_a_requirement_without_any_offer_is_named(filled: Cli):
    filled("qualification", "add", CERTIFICATE)
    ran = filled("plan", NAME, "--json")
    assert (ran.code, ran.data["noOffer"]) == (7, ["privacy"])


def test_the_date_of_a_goal_is_kept_to_unless_another_is_named(planned: Cli):
    planned("goal", "add", NAME, "--by", "2026-12-05")
    data = planned("plan", "--per-week", 7, "--json").data
    assert (data["goal"], data["limits"]["byGoal"]) == (NAME, True)
    assert not data["feasible"]
    data = planned("plan", "--per-week", 7, "--by", "2027", "--json").data
    assert (data["feasible"], data["limits"]["byGoal"]) == (True, False)
    late = datetime(2027, 3, 1, tzinfo=UTC)
    ran = planned("plan", now=late)
    assert (ran.code, ran.out) == (2, "")
    assert "goal add" in ran.err


def test_without_a_wallet_the_files_are_enough(cli: Cli):
    (cli.folder / "offers.toml").write_text(OFFERS)
    argv = ("plan", "--no-wallet", "--qualification", CERTIFICATE)
    ran = cli(*argv, "--offers", cli.folder / "offers.toml", "--json")
    assert (ran.code, ran.data["goal"]) == (7, NAME)
    assert ran.data["noOffer"] == ["cleaning", "programming", "charts", "statistics"]


def test_on_a_terminal_it_fits_and_says_who_promised(planned: Cli):
    ran = planned("plan", NAME, "--per-week", 6, terminal=True)
    lines = ran.out.splitlines()
    assert all(cells(line) <= 80 for line in lines if "://" not in line)
    for word in ("140 EUR", "Privacy Basics", "6 weeks", "2026-11-25", "expires"):
        assert word in ran.out, word


def test_what_is_held_takes_no_plan(planned: Cli):
    assumed = planned.folder / "more.toml"
    assumed.write_text(
        'format = "credwallet-what-if/1"\n[[credential]]\nid = "p"\n'
        f'achievement = "{PRIVACY}"\n'
    )
    ran = planned("plan", NAME, "--what-if", assumed, "--json")
    assert (ran.code, ran.data["offers"], ran.data["alreadySatisfied"]) == (0, [], True)


@pytest.mark.parametrize(
    "flags",
    [
        ("--budget", "lots"),
        ("--budget", "-5"),
        ("--budget", "0"),
        ("--hours", "1e9"),
        ("--per-week", "0"),
        ("--by", "yesterday"),
        ("--by", "2020"),
        ("--mode", "remote"),
        ("--minimise", "fun"),
        ("--rate", "USD"),
        ("--rate", "USD=0"),
        ("--currency", "euro"),
        ("--offers", "/there/is/none"),
    ],
    ids=lambda flags: " ".join(flags).replace("/", "_"),
)
def test_a_limit_that_makes_no_sense_is_one_line(planned: Cli, flags):
    ran = planned("plan", NAME, *flags)
    assert ran.code in (2, 5)
    assert ran.out == ""
    assert len(ran.err.strip().splitlines()) <= 2
    assert "Traceback" not in ran.err


def test_two_currencies_are_never_added_up_without_a_rate(planned: Cli):
    other = planned.folder / "usd.toml"
    other.write_text(
        OFFERS.replace('cost = 20\ncurrency = "EUR"', 'cost = 20\ncurrency = "USD"')
    )
    ran = planned("plan", NAME, "--offers", other)
    assert (ran.code, ran.out) == (2, "")
    assert "EUR" in ran.err
    assert "USD" in ran.err
    rated = planned(
        "plan", NAME, "--offers", other, "--currency", "EUR", "--rate", "USD=0.5"
    )
    assert rated.code == 0
    assert any("130" in cell for row in rated.rows for cell in row)


def test_a_goal_that_is_not_there_is_not_found(planned: Cli):
    ran = planned("plan", "nothing")
    assert (ran.code, ran.out) == (5, "")


def test_without_any_offer_it_says_how_to_give_some(filled: Cli):
    filled("qualification", "add", CERTIFICATE)
    ran = filled("plan", NAME)
    assert "credwallet offer add FILE" in ran.err
    assert "--offers FILE" in ran.err
