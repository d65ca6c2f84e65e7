"""Does `timeline` put what happened and what lies ahead into the order of time?"""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credwallet.cli.terminal.console import cells
from credwallet.cli.timeline_events import events_of
from credwallet.model.goal import Goal
from credwallet.model.report import Verdict
from credwallet.store import Entry
from tests.cli.badges import document, sign, signed_badge
from tests.cli.runner import NOW, SAMPLES, Cli
from tests.store.wallets import EMPTY

PLAIN = {"NO_COLOR": "1", "COLUMNS": "80"}


def put(cli: Cli, number: int, *, achievement: int | None = None, **changes: Any):
    """Put a badge into the wallet; `achievement` makes it a copy of another's."""
    written = document(number, **changes)
    subject = written["credentialSubject"]
    subject["achievement"]["id"] = f"https://h.example/{achievement or number}"
    ran = cli("import", "-", stdin=json.dumps(sign(written)).encode())
    assert ran.code in (0, 8), ran
    return ran.rows[0][0]


def events(cli: Cli, *argv: object, **how: Any) -> list[tuple[Any, ...]]:
    ran = cli("timeline", *argv, "--json", **how)
    assert ran.code == 0, ran
    return [(each["date"], each["event"], each["name"]) for each in ran.data["events"]]


def test_a_pipe_gets_date_event_handle_and_name_oldest_first(filled: Cli):
    rows = filled("timeline").rows
    assert [(row[0], row[1], row[3]) for row in rows] == [
        ("2026-02-01", "earned", "Cleaning Data"),
        ("2026-02-01", "earned", "Honest Charts"),
        ("2026-02-01", "earned", "Privacy Basics"),
        ("2026-02-01", "earned", "Python for Analysis"),
        ("2026-02-01", "earned", "Statistics One"),
        ("2026-06-30", "lapsed", "Privacy Basics"),
        ("2026-11-25", "revoked", "Statistics One"),
    ]
    assert rows[0][2] == filled.handle("Cleaning Data")


def test_what_lapsed_lapses_and_begins_is_asked_for_today(empty: Cli):
    put(
        empty,
        100,
        name="First Aid",
        validFrom="2024-03-01T00:00:00Z",
        until="2027-03-01T00:00:00Z",
    )
    assert [each[1] for each in events(empty)] == ["earned", "lapses"]
    later = datetime(2028, 1, 1, tzinfo=UTC)
    assert [each[1] for each in events(empty, now=later)] == ["earned", "lapsed"]
    before = datetime(2024, 1, 1, tzinfo=UTC)
    assert [each[1] for each in events(empty, now=before)] == ["begins", "lapses"]


def test_a_later_copy_of_an_achievement_renews_the_earlier_one(empty: Cli):
    first = put(
        empty,
        100,
        name="First Aid",
        validFrom="2024-03-01T00:00:00Z",
        until="2026-03-01T00:00:00Z",
    )
    second = put(
        empty,
        101,
        achievement=100,
        name="First Aid",
        validFrom="2026-02-20T00:00:00Z",
        until="2028-02-20T00:00:00Z",
    )
    found = {
        (each["event"], each["handle"]): (each["renews"], each["renewedBy"])
        for each in empty("timeline", "--json").data["events"]
    }
    assert found == {
        ("earned", first): (None, None),
        ("renewed", second): (first, None),
        ("lapsed", first): (None, second),
        ("lapses", second): (None, None),
    }


def test_a_forged_copy_renews_nothing(empty: Cli):
    put(empty, 100, name="Wood", validFrom="2024-03-01T00:00:00Z")
    written = document(101, name="Wood", validFrom="2025-03-01T00:00:00Z")
    forged = sign(written)
    achievement = forged["credentialSubject"]["achievement"]
    achievement["id"] = "https://h.example/100"
    ran = empty("import", "-", "--keep-invalid", stdin=json.dumps(forged).encode())
    assert ran.code == 3
    assert "renewed" not in {each[1] for each in events(empty)}
    shown = empty("timeline", terminal=True, env=PLAIN).out
    assert "invalid" in shown


def test_another_achievement_of_the_same_identifier_is_no_renewal(empty: Cli):
    put(empty, 100, achievement=7, name="Wood", validFrom="2024-03-01T00:00:00Z")
    put(empty, 101, achievement=7, name="Metal", validFrom="2025-03-01T00:00:00Z")
    assert {each[1] for each in events(empty)} == {"earned"}


def test_what_is_revoked_has_nothing_more_to_lose(filled: Cli):
    about = [row for row in filled("timeline").rows if row[3] == "Statistics One"]
    assert [row[1] for row in about] == ["earned", "revoked"]
    seen = [e for e in filled("timeline", "--json").data["events"] if e["seenAtCheck"]]
    assert [each["name"] for each in seen] == ["Statistics One"]


def test_goals_with_a_date_stand_in_it_unless_a_filter_is_given(filled: Cli):
    filled("qualification", "add", SAMPLES / "certificate.toml")
    filled("goal", "add", "harbour/data-practice", "--by", "2027", "--why", "a job")
    assert filled("timeline").rows[-1] == [
        "2027-12-31",
        "goal",
        "harbour/data-practice",
        "a job",
    ]
    last = filled("timeline", "--json").data["events"][-1]
    assert (last["handle"], last["qualification"]) == (None, "harbour/data-practice")
    assert "goal" not in {each[1] for each in events(filled, "--issuer", "harbour")}
    filled("goal", "add", "harbour/data-practice")
    assert "goal" not in {each[1] for each in events(filled)}


@pytest.mark.parametrize(
    ("argv", "dates"),
    [
        (["--from", "2026-03"], ["2026-06-30", "2026-11-25"]),
        (["--until", "2026-02"], ["2026-02-01"]),
        (["--from", "2026-06-30", "--until", "2026-06-30"], ["2026-06-30"]),
        (["--from", "2026", "--until", "2026-10"], ["2026-02-01", "2026-06-30"]),
        (["--from", "2027"], []),
    ],
)
def test_both_ends_are_included(filled: Cli, argv: list[str], dates: list[str]):
    assert sorted({each[0] for each in events(filled, *argv)}) == dates


@pytest.mark.parametrize(
    ("argv", "word"),
    [
        (["--from", "soon"], "--from soon is no date"),
        (["--until", "2026-02-30"], "is no date"),
        (["--from", "2026-13"], "is no date"),
        (["--from", "2027", "--until", "2026"], "--until is before --from"),
        (["--collection", "nope"], "there is no collection nope"),
        (["--filter", "nope"], "there is no filter nope"),
    ],
)
def test_what_makes_no_sense_is_refused(filled: Cli, argv: list[str], word: str):
    ran = filled("timeline", *argv)
    assert ran.code in (2, 5)
    assert word in ran.err
    assert ran.out == ""


@pytest.mark.parametrize(
    ("argv", "names"),
    [
        (["--issuer", "harbour"], {"Cleaning Data", "Privacy Basics"}),
        (["--verdict", "revoked"], {"Statistics One"}),
        (["--tag", "x", "--tag", "y"], {"Honest Charts"}),
        (["--collection", "job"], {"Cleaning Data"}),
    ],
)
def test_the_filters_of_the_list_choose_the_credentials(filled: Cli, argv, names):
    filled("collection", "add", "job", "Cleaning Data")
    filled("tag", "Honest Charts", "--add", "x", "--add", "y")
    filled("tag", "Cleaning Data", "--add", "x")
    assert {each[2] for each in events(filled, *argv)} == names


def test_a_terminal_groups_by_year_and_draws_today(empty: Cli):
    put(
        empty,
        100,
        name="First Aid",
        validFrom="2024-03-01T00:00:00Z",
        until="2027-03-01T00:00:00Z",
    )
    put(empty, 101, name="Wood", until="2026-12-24T00:00:00Z")
    lines = empty("timeline", terminal=True, env=PLAIN).out.splitlines()
    assert [line for line in lines if line[:1] != " "] == [
        "2024",
        "",
        "2026",
        "-- today, 2026-11-25 ".ljust(60, "-"),
        "",
        "2027",
    ]
    today = next(at for at, line in enumerate(lines) if "today" in line)
    assert "12-24  lapses" in lines[today + 1]


def test_no_line_is_wider_than_the_terminal(filled: Cli):
    filled("import", "-", stdin=signed_badge(name="数据" * 60, issuer_name="é" * 300))
    filled("qualification", "add", SAMPLES / "certificate.toml")
    filled("goal", "add", "harbour/data-practice", "--by", "2027", "--why", "w" * 300)
    for width in (50, 80, 120, 200):
        env = {"NO_COLOR": "1", "COLUMNS": str(width)}
        ran = filled("timeline", terminal=True, env=env)
        assert all(cells(line) <= width for line in ran.out.splitlines())


def test_hostile_names_reach_neither_terminal_nor_columns(empty: Cli):
    name = "\x1b[2J\u202eevil\tx\ny"
    put(empty, 100, name=name, issuer_name=name)
    for terminal in (False, True):
        ran = empty("timeline", terminal=terminal, env=PLAIN)
        assert "\x1b" not in ran.out
        assert "\u202e" not in ran.out
    assert [len(row) for row in empty("timeline").rows] == [4]


def test_an_empty_wallet_has_no_timeline(empty: Cli):
    ran = empty("timeline")
    assert (ran.code, ran.out) == (0, "")
    assert "credwallet list" in ran.err


DATES = st.sampled_from(
    [
        "",
        "soon",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
        "2026-11-25T12:00:00Z",
        "2026-02-01T00:00:00Z",
        "2027-01-01",
    ]
)
ROWS = st.builds(
    lambda start, end, verdict, checked, achievement: EMPTY._replace(
        name="N",
        issuer_id="did:x",
        valid_from=start,
        valid_until=end,
        verdict=str(verdict),
        checked_at=checked,
        achievements=[achievement],
    ),
    DATES,
    DATES,
    st.sampled_from(Verdict),
    DATES,
    st.sampled_from(["a", "b"]),
)


@given(st.lists(ROWS, max_size=6))
def test_any_dates_make_a_timeline_in_order(rows):
    entries = [Entry(b"", f"h{n}", row) for n, row in enumerate(rows)]
    found = events_of(entries, [Goal("q", 1, NOW.date())], at=NOW)
    dated = [event.day for event in found if event.day is not None]
    assert dated == sorted(dated)
    assert len(found) >= len(rows) + 1
    undated = [event.day is None for event in found]
    assert undated == sorted(undated)
